"""The fields around the letter: until when letters are asked for, and in which languages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from campaign.domain.dates import PrintedDate, printed_dates
from campaign.domain.folding import fold
from campaign.domain.languages import languages_listed, languages_named
from campaign.domain.reading.labels import Label, Mark
from campaign.domain.reading.page import Page, joined
from campaign.domain.urgent_action import Doubt, Fact

# A day until which to write, told in a sentence rather than behind a label, by language.
UNTIL_IN_WORDS: dict[str, tuple[str, ...]] = {
    "en": (
        r"\b(?:appeals?|letters?|faxes|telegrams|messages) to arrive (?:before|by|no later than)\s+",
        r"\bcontact (?:these|this|both|the following)\b[^.\n]{0,60}?\bby\s+",
        r"\bplease (?:post|mail|send) (?:your|these|the) (?:letters?|appeals?|messages|cards) (?:\w+ ){0,3}(?:by|before|no later than)\s+",
        r"\b(?:letters?|appeals?|messages|cards|e-?mails?|faxes) (?:should|must|need to|have to|ought to) (?:be|reach|arrive|go|leave|get)\b[^.\n]{0,50}?\b(?:by|before|no later than|until)\s+",
    ),
    "es": (
        r"\b(?:cartas?|llamamientos?|mensajes) deben\b[^.\n]{0,60}?\b(?:antes del|hasta el|a mas tardar el)\s+",
    ),
    "fr": (
        r"\b(?:agir|action) (?:jusqu'au|avant le)\s+",
        r"\b(?:lettres?|appels?|messages) doivent\b[^.\n]{0,60}?\b(?:avant le|au plus tard le|jusqu'au|d'ici au)\s+",
    ),
    "de": (r"\bmitmachen bis\s+",),
    "sv": (r"\bsista datum:\s*",),
}  # fmt: skip
_IN_WORDS = re.compile("|".join(row for rows in UNTIL_IN_WORDS.values() for row in rows))
_DIGIT = re.compile(r"\d")
_OWN_LANGUAGE = re.compile(
    r"\b(?:either )?(?P<opening>in|en)\s+(?P<list>[^.:;]{2,140}?)(?:,|\bor\b|\bo\b|\bou\b|\bet\b|\band\b)*\s*(?:in |en |dans )?(?:your own|su propio|tu propio|sus propios|votre propre|vos propres|votre langue)"
)
_PREPOSITION = re.compile(r"\b(?:in|en)\s")
_LAST_OF_FIELD = re.compile(
    r"(?:you can also|you may also|also write|tambien (?:puede|pueden|puedes)|vous pouvez|please take|pueden escribir)"
)
_STANDS_AT_ONCE = 16


@dataclass(frozen=True)
class Until:
    """A deadline as printed, with its places in the page's text."""

    printed: PrintedDate
    start: int
    end: int


def deadline_of(page: Page, marks: tuple[Mark, ...], issued_on: date | None) -> tuple[Fact[date] | None, list[Doubt]]:
    """Until when letters are asked for; a deadline that reads two ways, or two of them, is none but a doubt."""
    found = _deadlines(page, marks)
    if not found:
        return None, []
    first = found[0]
    evidence = page.evidence(first.start, first.end)
    if any(until.printed.is_ambiguous for until in found):
        return None, [Doubt("The date until which letters are asked for can be read two ways.", evidence)]
    values = [u.printed.first_after(issued_on) if issued_on else u.printed.value for u in found]
    days = {value for value in values if value}
    if len(days) > 1:
        return None, [Doubt("The document names two different dates until which letters are asked for.", evidence)]
    if not days:
        return None, [
            Doubt("The date until which letters are asked for has no year, and the document no date.", evidence)
        ]
    return Fact(days.pop(), evidence), []


def _deadlines(page: Page, marks: tuple[Mark, ...]) -> list[Until]:
    found = []
    for mark in marks:
        if mark.label is not Label.UNTIL:
            continue
        after = page.text[mark.end : mark.end + 60]
        dates = printed_dates(re.sub(r"\n(?=\S)", " ", after))
        if dates and dates[0].start <= _STANDS_AT_ONCE and "\n\n" not in after[: dates[0].start].replace("\n\n", "", 1):
            found.append(Until(dates[0], mark.start, mark.end + dates[0].end))
    return found + list(_told_in_words(page))


def _told_in_words(page: Page) -> Iterator[Until]:
    """Days until which to write in sentences; the day stands on the line of its words, or on the next."""
    folded, seen = page.folded.replace("’", "'"), 0
    for n, line in enumerate(page.lines):
        if not _DIGIT.search(line):
            continue
        begin = max(seen, page.start_of(n - 1) if n else 0)
        seen = page.start_of(n) + len(line)
        for told in _IN_WORDS.finditer(folded, begin, seen):
            dates = printed_dates(page.text[told.end() : told.end() + 40])
            if dates and dates[0].start <= 3:
                yield Until(dates[0], told.start(), told.end() + dates[0].end)


def languages_of(page: Page, marks: tuple[Mark, ...]) -> Fact[tuple[str, ...]] | None:
    """The languages in which letters are preferred, in English, as printed; "your own language" is left out."""
    for n, mark in enumerate(marks):
        if mark.label is Label.LANGUAGES:
            limit = marks[n + 1].start if n + 1 < len(marks) else len(page.text)
            value = re.split(r"\n\s*\n", page.text[mark.end : min(limit, mark.end + 300)].lstrip(": \n"))[0]
            last = _LAST_OF_FIELD.search(fold(value))
            value = value[: last.start()] if last else value
            if languages_named(value) and (named := languages_listed(value.rsplit(":", 1)[-1])):
                return Fact(named, page.evidence(mark.start, mark.end + len(value)))
    for mark in marks:
        if mark.label is Label.ACT:
            start = mark.start
            text = page.text[start : start + 500].replace("\n", " ")
            found = _OWN_LANGUAGE.search(fold(text))
            listed = text[found.start("list") : found.end("list")] if found else ""
            # "send airmail letters in Spanish, in English": the lists after the words that ask
            listed = _PREPOSITION.sub(", ", listed.rsplit(" letters in ", 1)[-1])
            if found and languages_named(listed) and (named := languages_listed(listed)):
                return Fact(named, page.evidence(start + found.start(), start + found.end()))
    return None


def summary_of(page: Page, start: int, stops: list[int]) -> Fact[str] | None:
    """The first paragraph behind `start`, up to a blank line or the nearest of `stops`."""
    stops = [stop for stop in stops if stop > start]
    text = page.text[start : min([*stops, start + 4000, len(page.text)])]
    lead = len(text) - len(text.lstrip())
    paragraph = re.split(r"\n\s*\n", text[lead:])[0]
    if not re.search(r"\w", paragraph):
        return None
    return Fact(joined(paragraph), page.evidence(start + lead, start + lead + len(paragraph.rstrip())))
