"""What the head of a document tells: index number, date, country and headline."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from campaign.domain.countries import countries_named, country_called, leading_country
from campaign.domain.dates import PrintedDate, printed_dates
from campaign.domain.folding import fold
from campaign.domain.reading.labels import Label, Mark
from campaign.domain.reading.numbers import Numbered, Place
from campaign.domain.reading.page import Page, joined

INDEX = re.compile(
    r"(?<![A-Za-z])(?P<region>AFR|AMR|ASA|EUR|MDE|ACT|IOR|ORG|POL|NWS)\s?(?P<country>\d\d)\s?/\s?(?P<serial>\d{1,5})\s?/\s?(?P<year>\d{4}|\d\d)(?!\d)",
    re.I,
)
_LABELLED_INDEX = re.compile(
    r"(?:index|[ií]ndice|n°\s?d.index)(?:\s?(?:ai|number|no\.?))?\s*:?\s*" + INDEX.pattern, re.I
)
_DATE_LABEL = re.compile(r"(?:\b|(?<=[a-z\d]))(?:issue\s*date|date\s*de\s*publication|date|fecha)\s*:\s*", re.I)
_MAIL_DATE = re.compile(r"\d{1,2}:\d\d(:\d\d)?\s*[+\-A-Z]")
_URGENT_ACTION = frozenset({"urgentaction", "accionurgente", "actionurgente", "amnestyinternationalurgentaction", "urgentactionappeal", "urgentactionupdate",
                            "urgentactionamnestyinternational", "urgentactionappealstopaction", "stopaction"})  # fmt: skip
_BARE_BANNERS = frozenset({"urgentaction", "accionurgente", "actionurgente"})
_NO_TITLE = re.compile(
    r"(?:skip to|log in|login|home\b|menu\b|donate|share\b|cookie|we use cookies|search|select this|subject:|from:|to:|date:|sent:|cc:|index:|public\b|external\b|distr|ai index|amnesty international|about us|breadcrumb|\*|•|https?:|www\.|dear |message-id|print\b|download|for general distribution)",
    re.I,
)


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
    return f"{found['region'].upper()} {found['country']}/{found['serial']}/{found['year']}"


def own_indexes(page: Page, marks: tuple[Mark, ...], numbered: list[Numbered]) -> list[Found]:
    """The index numbers that are this document's own, labelled ones before those in a head line; different ones only once."""
    cut = _earlier_lines(page, marks)
    found = [
        Found(_printed(labelled), labelled.start(), labelled.end())
        for labelled in _LABELLED_INDEX.finditer(page.text)
        if page.line_at(labelled.start()) not in cut
    ]
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
    return page.text[earlier[0].start :] if earlier else ""


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
    for label in _DATE_LABEL.finditer(page.text):
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
        if not dates:
            continue
        rest = INDEX.sub("", outside[: dates[-1].start] + outside[dates[-1].end :])
        alone = re.fullmatch(
            r"[\W\d]*(?:(?:ai|index|public|external|published|updated|posted|publi[eé]e? le|le)\W*)*",
            rest.strip(),
            re.I,
        )
        if alone or n in heads:
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
    counts = Counter(country for country, _ in named)
    most = max(counts.values())
    country, at = next((c, p) for c, p in named if counts[c] == most)
    return Found(country, at, at + 1)


def headline(page: Page, numbered: list[Numbered], upto: int) -> Found | None:
    """The headline as printed: the line under URGENT ACTION, else the first line of the head that can be one."""
    numbers = {number.line for number in numbered if number.place is not Place.TITLE}
    banner = False
    first: int | None = None
    banners = [n for n, line in enumerate(page.lines[:60]) if _letters(line) in _BARE_BANNERS]
    for n, line in enumerate(page.lines[: upto + 30]):
        if not line or (banners and n < banners[0]):
            continue
        if _letters(line) in _URGENT_ACTION:
            banner = True
            continue
        if n in numbers or _is_frame(line):
            continue
        if banner or n < upto:
            bracketed = any(number.place is Place.TITLE and number.line == n for number in numbered)
            if banner or not bracketed:
                return _headline_from(page, n)
            first = n if first is None else first
    return _headline_from(page, first) if first is not None else None


def _letters(line: str) -> str:
    return re.sub(r"[^a-z]", "", fold(line))


def _is_frame(line: str) -> bool:
    if _NO_TITLE.match(line) or country_called(line) or len(_letters(line)) < 4 or "|" in line:
        return True
    dates = printed_dates(line)
    return (bool(dates) and len(_letters(line)) <= 10) or bool(_DATE_LABEL.match(line))


def _headline_from(page: Page, n: int) -> Found:
    """A headline in capitals goes on over lines in capitals; another one only if a blank line follows its second line."""
    last = n
    lines = page.lines
    while last + 1 < len(lines) and last - n < 3 and lines[last + 1] and not _is_frame(lines[last + 1]):
        here, below = lines[last], lines[last + 1]
        capitals = here.isupper() and below.isupper() and _letters(below) not in _URGENT_ACTION
        wrapped = (
            len(here) > 30
            and below[:1].islower()
            and len(below) < 80
            and not any(lines[last + 2 : last + 3])
            and not below.endswith(".")
        )
        if not (capitals or wrapped):
            break
        last += 1
    start = page.start_of(n)
    text = joined("\n".join(lines[n : last + 1]))
    return Found(text, start, page.start_of(last) + len(lines[last]))


def concern(page: Page, number: Numbered) -> Found | None:
    """The concern beside the UA number, the headline of the old layouts: "Fear of torture / Incommunicado detention"."""
    lines, n = [page.wide[number.line]], number.line
    while n + 1 < len(page.lines) and len(lines) < 6 and page.lines[n + 1] and not people_starts(page, n + 1):
        n += 1
        lines.append(page.wide[n])
    text = "\n".join(lines)
    flat = re.sub(r"[ \t]+", " ", text) if "(" in text else text
    bare = re.sub(r"\([^()]*\)", " ", flat, flags=re.S)
    start = re.search(r"\d{1,3}\s?[/.]\s?\d{2,4}", bare)
    if start is None:
        return None
    rest = INDEX.sub(" ", bare[start.end() :])
    if " - " in rest or " – " in rest or "\n- " in rest:
        rest = re.split(r"\s[-–]\s", rest, maxsplit=1)[1]
    pieces = [piece for piece in re.split(r"\s{3,}|\t", re.sub(r"\n\s*", " ", rest)) if len(_letters(piece)) > 3]
    pieces = [piece for piece in pieces if not printed_dates(piece) or len(piece) > 40]
    value = joined(_without_dates(pieces[0])).strip(" -–:,.") if pieces else ""
    if len(_letters(value)) < 4 or country_called(value):
        return None
    return Found(value, number.start, page.start_of(n) + len(page.lines[n]))


def _without_dates(text: str) -> str:
    for printed in reversed(printed_dates(text)):
        if printed.value:
            text = text[: printed.start] + " " + text[printed.end :]
    return text


def people_starts(page: Page, n: int) -> bool:
    """Whether an old head's list of people begins on that line: a country in CAPITALS, then something."""
    leading = leading_country(page.lines[n])
    return bool(leading and page.lines[n][: leading[1]].isupper())
