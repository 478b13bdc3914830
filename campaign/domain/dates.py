"""Dates as documents print them, in the languages of the documents."""

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from campaign.domain.folding import fold

_MONTHS: dict[str, tuple[str, ...]] = {
    "en": ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"),
    "es": ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    "fr": ("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre"),
    "de": ("januar", "februar", "marz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "dezember"),
    "pt": ("janeiro", "fevereiro", "marco", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro"),
    "it": ("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"),
    "short": ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
}  # fmt: skip
_MONTH = {name: number for names in _MONTHS.values() for number, name in enumerate(names, 1)} | {
    "sept": 9,
    "setiembre": 9,
}
_SORTED = {"".join(sorted(name)): number for name, number in _MONTH.items() if len(name) > 4}
_WORDS = "|".join(sorted(_MONTH, key=len, reverse=True))
_DAY = r"(?P<day>\d{1,2})(?:\s?(?:st|nd|rd|th|er|º|°)\b|\.)?"
_YEAR = r"(?P<year>\d{4})"
_DAY_FIRST = re.compile(
    rf"(?<!\d){_DAY}\s*(?:(?:of|de|del)\s+)?(?P<month>[a-z]{{3,12}})\.?(?:[\s,]*(?:(?:of|de|del)\s+)?{_YEAR}(?!\d))?"
)
_MONTH_FIRST = re.compile(
    rf"(?P<month>{_WORDS})\.?\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:\s*,?\s*{_YEAR}(?!\d))?"
)
_ISO = re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)")
_NUMERIC = re.compile(
    r"(?<![\d/\-])(?P<day>\d{1,2})\s?(?P<mark>[/.\-–])\s?(?P<month>\d{1,2})\s?(?P=mark)\s?(?P<year>\d{4})(?![\d\-/])"
)


@dataclass(frozen=True)
class PrintedDate:
    """A date as it stands in a text, from `start` to `end`.

    `value` is None where it can be read two ways (`is_ambiguous`) or has no year (then `day` and `month` say what is known).
    """

    start: int
    end: int
    value: date | None
    day: int = 0
    month: int = 0
    is_ambiguous: bool = False

    def first_after(self, start: date) -> date | None:
        """This date; if it was printed without a year, the first such day after `start`."""
        if self.value or self.is_ambiguous:
            return self.value
        days = (_real(year, self.month, self.day) for year in range(start.year, start.year + 9))
        return next((day for day in days if day and day > start), None)


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(word: str) -> int | None:
    # A misprint such as "Novmeber" has the letters of the month in another order.
    return _MONTH.get(word) or (_SORTED.get("".join(sorted(word))) if len(word) > 4 else None)


def _numeric(found: re.Match[str]) -> PrintedDate | None:
    first, second, year = int(found["day"]), int(found["month"]), int(found["year"])
    by_day, by_month = _real(year, second, first), _real(year, first, second)
    if found["mark"] != "." and by_day and by_month and by_day != by_month:
        return PrintedDate(found.start(), found.end(), None, is_ambiguous=True)
    value = by_day or (by_month if found["mark"] != "." else None)
    return PrintedDate(found.start(), found.end(), value) if value else None


def _worded(found: re.Match[str]) -> PrintedDate | None:
    month, day = _month(found["month"]), int(found["day"])
    if month is None or not _real(2000, month, day):
        return None
    if found["year"] is None:
        return PrintedDate(found.start(), found.end(), None, day, month)
    value = _real(int(found["year"]), month, day)
    return PrintedDate(found.start(), found.end(), value, day, month) if value else None


def _iso(found: re.Match[str]) -> PrintedDate | None:
    value = _real(int(found["year"]), int(found["month"]), int(found["day"]))
    return PrintedDate(found.start(), found.end(), value) if value else None


def printed_dates(text: str) -> list[PrintedDate]:
    """Every date in `text`, in its order; dates without a year are among them."""
    if not any(map(str.isdigit, text)):
        return []
    return sorted(_without_overlap(_found(fold(text))), key=lambda printed: printed.start)


def _found(folded: str) -> Iterator[PrintedDate]:
    for pattern, value in ((_ISO, _iso), (_NUMERIC, _numeric), (_DAY_FIRST, _worded), (_MONTH_FIRST, _worded)):
        for found in pattern.finditer(folded):
            if printed := value(found):
                yield printed


def _without_overlap(dates: Iterator[PrintedDate]) -> list[PrintedDate]:
    """Of dates that overlap only the fullest: "9 October 10, 2024" must not give two."""
    kept: list[PrintedDate] = []
    starts: list[int] = []
    for printed in sorted(dates, key=lambda p: (p.value is None and not p.is_ambiguous, p.start - p.end)):
        # What is kept does not overlap, so only the neighbours can.
        place = bisect(starts, printed.start)
        if (place and kept[place - 1].end > printed.start) or (place < len(kept) and kept[place].start < printed.end):
            continue
        starts.insert(place, printed.start)
        kept.insert(place, printed)
    return kept
