"""What the head of a document tells: index number, date, country and headline."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from campaign.domain.countries import countries_named, country_called, leading_country
from campaign.domain.dates import PrintedDate, printed_dates
from campaign.domain.reading.index_codes import country_of_index
from campaign.domain.reading.labels import Label, Mark
from campaign.domain.reading.numbers import Numbered, Place
from campaign.domain.reading.page import Page

INDEX = re.compile(
    r"(?<![A-Za-z])(?P<region>AFR|AMR|ASA|EUR|MDE|ACT|IOR|ORG|POL|NWS)\s?(?P<country>\d\d)\s?/\s?(?P<serial>\d{1,5})\s?/\s?(?P<year>\d{4}|\d\d)(?!\d)(?P<version>/[a-z](?![\w/]))?",
    re.I,
)
INDEX_LABEL = re.compile(r"index|[ií]ndice|n°\s?d.index", re.I)
_LABELLED_INDEX = re.compile(rf"(?:{INDEX_LABEL.pattern})(?:\s?(?:ai|number|no\.?))?\s*:?\s*" + INDEX.pattern, re.I)
DATE_LABEL = re.compile(
    r"(?:\b|(?<=[a-z\d]))(?:issue\s*date|date\s*de\s*publication|date|fecha|data|datum)\s*:\s*", re.I
)
_SENT_TO = re.compile(
    r"\b(?:sent|deported|extradited|returned|expelled|removed|fled|flown|transferred|escaped|back|extradition|deportation|return|removal)\b[^.;]{0,30}\bto\s+(?:the\s+)?$",
    re.I,
)
# The place or the office before a date that stands alone, and its article: "London, 2 October", "ÉFAI - 2 octobre", "Londres, le 2 octobre".
_DATELINE = re.compile(
    r"^\W*(?:(?!\w*(?:sent|update)\b)[A-ZÉÍÁÓÚ][^\W\d_]+)(?: [A-ZÉ][^\W\d_]+)?\s*[,–-]\s*(?:le|the|el|a)?\s*$"
)
# What may stand beside a date that stands alone, and what parts it: "Index: AFR 12/003/2014 · Angola · 21 February 2014".
_BESIDE_DATE = re.compile(
    r"[\W\d]*(?:(?:ai|index|public|external|published|updated|posted|publi[eé]e? le|le|share|print|tweet|email|e-mail|facebook|twitter|whatsapp|compartir|imprimir|partager|imprimer)\W*)*",
    re.I,
)
_PIECES = re.compile(r"\s*[|·•]\s*|\s[–—-]\s")
_UNTIL_BEFORE = re.compile(
    r"\b(?:until|before|by|expires|bis(?: zum)?|hasta(?: el)?|antes del|jusqu.au|avant le|datum):?\s*$", re.I
)
_LONGEST_DATELINE = 50
_LONGEST_LINK = 400
_MAIL_DATE = re.compile(r"\d{1,2}:\d\d(:\d\d)?\s*[+\-A-Z]")


@dataclass(frozen=True)
class Found:
    """Something read in the head, and from where to where it stands in the page's text."""

    value: str
    start: int
    end: int


def same_index(one: str, other: str) -> bool:
    """Whether two index numbers are the same but for zeros, century and the letter of a language."""
    return index_key(one) == index_key(other)


def index_key(index: str) -> tuple[str, int, int, int] | None:
    """What of an index number tells papers apart: region, country, serial, year of two figures."""
    found = INDEX.search(index)
    if found is None:
        return None
    return found["region"].upper(), int(found["country"]), int(found["serial"]), int(found["year"][-2:])


def _printed(found: re.Match[str]) -> str:
    return f"{found['region'].upper()} {found['country']}/{found['serial']}/{found['year']}{(found['version'] or '').lower()}"


def own_indexes(page: Page, marks: tuple[Mark, ...], numbered: list[Numbered]) -> list[Found]:
    """The index numbers that are this document's own, labelled ones before those in a head line; different ones only once."""
    cut = _earlier_lines(page, marks)
    found = []
    for n, line in enumerate(page.lines):
        if "/" not in line or n in cut:
            continue
        # the label may stand at the end of the line above
        start = page.start_of(max(0, n - 1))
        labelled = [
            m
            for m in _LABELLED_INDEX.finditer(page.text, start, page.start_of(n) + len(line))
            if page.line_at(m.end()) == n
        ]
        found += [Found(_printed(m), m.start(), m.end()) for m in labelled]
    if not found:
        for number in numbered:
            if number.place in (Place.HEAD, Place.FOOT):
                line = re.sub(r"\([^)]*\)?", lambda m: " " * len(m.group()), page.lines[number.line])
                start = page.start_of(number.line)
                found += [Found(_printed(m), start + m.start(), start + m.end()) for m in INDEX.finditer(line)]
    unique: list[Found] = []
    for one in found:
        if not any(same_index(one.value, other.value) for other in unique):
            unique.append(one)
    return unique


def _earlier_lines(page: Page, marks: tuple[Mark, ...]) -> set[int]:
    lines: set[int] = set()
    for mark, after in zip(marks, (*marks[1:], None), strict=False):
        if mark.label in (Label.EARLIER, Label.ASIDE):
            last = page.line_at(after.start) if after else len(page.lines)
            lines.update(range(page.line_at(mark.start), last))
    return lines


def earlier_text(page: Page, marks: tuple[Mark, ...]) -> str:
    """What stands under the label for links to earlier outputs."""
    earlier = [mark for mark in marks if mark.label is Label.EARLIER]
    if not earlier:
        return ""
    # up to a blank line: what follows may be the page's own foot
    words = page.text[earlier[0].start : earlier[0].start + _LONGEST_LINK]
    return re.split(r"(?<=\w)[^\w\n]*\n\s*\n", words)[0]


@dataclass(frozen=True)
class FoundDate:
    """A date that is the document's own, and where it stands."""

    printed: PrintedDate
    start: int
    end: int

    @property
    def value(self) -> date | None:
        return self.printed.value


def own_dates(page: Page, numbered: list[Numbered], upto: int) -> list[FoundDate]:
    """The dates labelled as the document's own; if there is none, the first that stands alone in the head."""
    labelled = []
    labels = [
        label
        for n, line in enumerate(page.lines)
        if "dat" in (small := line.lower()) or "fecha" in small
        for label in DATE_LABEL.finditer(page.text, page.start_of(n), page.start_of(n) + len(line) + 2)
    ]
    for label in labels:
        after = page.text[label.end() : label.end() + 40]
        dates = printed_dates(after.split("|")[0])
        # a mail's own date line is not the paper's
        if dates and dates[0].start <= 2 and not _MAIL_DATE.search(after):
            labelled.append(FoundDate(dates[0], label.end() + dates[0].start, label.end() + dates[0].end))
    if labelled:
        return labelled
    return _standing_alone(page, numbered, upto)


def _standing_alone(page: Page, numbered: list[Numbered], upto: int) -> list[FoundDate]:
    heads = {number.line for number in numbered if number.place is Place.HEAD}
    for n, line in enumerate(page.lines[:upto]):
        if not any(map(str.isdigit, line)) or len(line) > 220:
            continue
        outside = re.sub(r"\([^)]*\)?", lambda m: " " * len(m.group()), line)
        dates = [d for d in printed_dates(outside) if d.value or d.is_ambiguous]
        # a day until which to act is not the paper's own
        dates = [d for d in dates if not _UNTIL_BEFORE.search(outside[: d.start])]
        if not dates:
            continue
        rest = INDEX.sub("", outside[: dates[-1].start] + outside[dates[-1].end :])
        alone = all(_BESIDE_DATE.fullmatch(piece) or country_called(piece) for piece in _PIECES.split(rest.strip()))
        dateline = len(line) < _LONGEST_DATELINE and not outside[dates[-1].end :].strip(" .")
        if alone or n in heads or (dateline and _DATELINE.match(outside[: dates[-1].start])):
            start = page.start_of(n)
            return [FoundDate(dates[-1], start + dates[-1].start, start + dates[-1].end)]
    return []


def head_country(page: Page, numbered: list[Numbered], indexes: list[Found], upto: int) -> Found | None:
    """The country that the head names: behind the index number, beside the UA number, or on a line of its own."""
    for index in indexes:
        rest = page.text[index.end :].split("\n")[0]
        named = re.split(r"(?:Date|Fecha|Issue|Distr)\b|\d", rest, flags=re.I)[0]
        if country := country_called(named):
            return Found(country, index.end, index.end + len(named))
    for number in numbered:
        if number.country and (country := country_called(number.country)):
            return Found(country, number.start, number.end)
    for n, line in enumerate(page.lines[:upto]):
        if 2 < len(line) < 60 and (country := country_called(line)):
            return Found(country, page.start_of(n), page.start_of(n) + len(line))
    for number in numbered:
        if number.place is Place.HEAD:
            rest = INDEX.sub("|", page.wide[number.line])
            for piece in re.split(r"[|,:]|\s{2,}|\d", rest):
                if country := country_called(piece):
                    start = page.start_of(number.line)
                    return Found(country, start, start + len(page.lines[number.line]))
    return None


def people_line_country(page: Page, upto: int) -> Found | None:
    """The country in CAPITALS with which the list of people begins in old heads."""
    for n, line in enumerate(page.lines[:upto]):
        if not line[:3].isupper():
            continue
        leading = leading_country(line)
        if leading and line[: leading[1]].isupper() and len(line) > leading[1]:
            return Found(leading[0], page.start_of(n), page.start_of(n) + leading[1])
    return None


def coded_country(indexes: list[Found]) -> Found | None:
    """The country that the document's own index number belongs to."""
    for index in indexes:
        if country := country_of_index(index.value):
            return Found(country, index.start, index.end)
    return None


def told_country(page: Page, title: str, marks: tuple[Mark, ...]) -> Found | None:
    """The country before the headline's colon, in a link to an earlier output, or the one most named in the text."""
    if ":" in title and (country := country_called(title.split(":")[0])):
        at = max(0, page.text.find(title))
        return Found(country, at, at + len(title))
    for mark in marks:
        if mark.label is Label.EARLIER:
            for piece in re.finditer(r"[^:\n(]{3,50}(?=:)", page.text[mark.end :]):
                if country := country_called(piece.group()):
                    return Found(country, mark.end + piece.start(), mark.end + piece.end())
    named = countries_named(page.text[:20000])
    if not named:
        return None
    own = {country_of_index(found.group()) for found in INDEX.finditer(page.text[:60_000])}
    by_index = next(((country, at) for country, at in named if country in own), None)
    if by_index and len(own) == 1:
        return Found(by_index[0], by_index[1], by_index[1] + 1)
    # a country to which somebody was sent is not the paper's
    homes = [(c, at) for c, at in named if not _SENT_TO.search(page.text[max(0, at - 60) : at])]
    named = homes or named
    counts = Counter(country for country, _ in named)
    most = max(counts.values())
    country, at = next((c, p) for c, p in named if counts[c] == most)
    return Found(country, at, at + 1)
