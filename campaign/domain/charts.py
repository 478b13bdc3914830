"""Charts: figures in, places on a drawing out. What stands here has no colours and no words but the ones it was given.

Places are in the drawing's own units, of which it is `WIDE` wide; the templates write them down as SVG.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

WIDE = 640
TALL = 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 8, 34, 40
MOST_BARS = 70
MOST_MARKS = 12
_A_WEEK, _A_MONTH = 7, 30
_APART = 26


@dataclass(frozen=True)
class Bar:
    """A stretch of days with what was sent in it, and on top of that what was reported; heights from the ground up."""

    first: date
    last: date
    sent: int
    reported: int
    x: float
    width: float
    y_sent: float
    y_reported: float
    base: float

    @property
    def height_sent(self) -> float:
        return round(self.base - self.y_sent, 1)

    @property
    def height_reported(self) -> float:
        return round(self.y_sent - self.y_reported, 1)


@dataclass(frozen=True)
class Line:
    """A line of the scale, with its number."""

    y: float
    n: int


@dataclass(frozen=True)
class Mark:
    """A place to point out; `told` says on which days what happened there, `number` leads to it."""

    number: int
    told: tuple[tuple[date, str], ...]
    x: float


@dataclass(frozen=True)
class DayChart:
    """Letters over time: each bar is so many days (1, 7 or about 30)."""

    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...]
    days: int
    left: float = _LEFT
    right: float = WIDE - _RIGHT
    base: float = TALL - _BOTTOM
    wide: int = WIDE
    tall: int = TALL

    @property
    def each(self) -> str:
        return {1: "day", _A_WEEK: "week"}.get(self.days, "thirty days")

    @property
    def highest(self) -> Bar | None:
        return max(self.bars, key=lambda bar: (bar.sent + bar.reported, bar.first), default=None)


def over_time(
    sent: Mapping[date, int], reported: Mapping[date, int], happened: Sequence[tuple[date, str]] = (),
    *, first: date | None = None, last: date | None = None,
) -> DayChart | None:  # fmt: skip
    """Letters by day from the first day to the last; without these from the first to the last on which there are any.

    None where there is nothing to draw. Where the days are too many, a bar stands for a week or for thirty days.
    """
    counted = sorted(day for day in {*sent, *reported} if sent.get(day, 0) or reported.get(day, 0))
    if not counted:
        return None
    first, last = first or counted[0], last or counted[-1]
    days = (last - first).days + 1
    each = 1 if days <= MOST_BARS else _A_WEEK if days <= MOST_BARS * _A_WEEK else _A_MONTH
    starts = [first + timedelta(days=place) for place in range(0, max(days, 1), each)]
    sums = [_between(sent, reported, start, start + timedelta(days=each - 1)) for start in starts]
    top = _round_up(max(a + b for a, b in sums))
    step = (WIDE - _LEFT - _RIGHT) / max(len(starts), 7)
    bars = tuple(
        _bar(start, min(last, start + timedelta(days=each - 1)), counts, _LEFT + place * step, step, top)
        for place, (start, counts) in enumerate(zip(starts, sums, strict=True))
    )
    lines = tuple(Line(_height(n, top), n) for n in sorted({0, top // 2, top}))
    told = [(day, words) for day, words in happened if first <= day <= last][-MOST_MARKS:]
    return DayChart(bars, lines, _marks(told, first, each, step), each)


def _between(sent: Mapping[date, int], reported: Mapping[date, int], first: date, last: date) -> tuple[int, int]:
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return sum(sent.get(day, 0) for day in days), sum(reported.get(day, 0) for day in days)


def _bar(first: date, last: date, counts: tuple[int, int], x: float, step: float, top: int) -> Bar:
    gap = min(step * 0.25, 6)
    return Bar(
        first,
        last,
        *counts,
        x=round(x + gap / 2, 1),
        width=round(step - gap, 1),
        y_sent=_height(counts[0], top),
        y_reported=_height(sum(counts), top),
        base=TALL - _BOTTOM,
    )


def _marks(told: Sequence[tuple[date, str]], first: date, each: int, step: float) -> tuple[Mark, ...]:
    """What lies so near together that its numbers would stand on each other has one number."""
    marks: list[Mark] = []
    for day, words in told:
        x = round(_LEFT + ((day - first).days + 0.5) / each * step, 1)
        if marks and x - marks[-1].x < _APART:
            marks[-1] = replace(marks[-1], told=(*marks[-1].told, (day, words)))
        else:
            marks.append(Mark(len(marks) + 1, ((day, words),), x))
    return tuple(marks)


def _height(n: int, top: int) -> float:
    return round(TALL - _BOTTOM - (TALL - _BOTTOM - _TOP) * n / top, 1)


def _round_up(n: int) -> int:
    """The next round number whose half is whole: 2, 4, 10, 20, 40, 50, 100 …"""
    size = 1
    while True:
        for nice in (2, 4, 10):
            if n <= nice * size:
                return nice * size
        size *= 10


@dataclass(frozen=True)
class Ranked:
    """One of several, with how long its bar is, of `WIDE`."""

    name: str
    n: int
    y: int
    width: float


@dataclass(frozen=True)
class RankChart:
    """The largest of several, the largest first; `left_out` is how many are not drawn."""

    rows: tuple[Ranked, ...]
    left_out: int
    tall: int
    wide: int = WIDE


A_ROW = 46


def ranked(counted: Mapping[str, int], most: int = 12) -> RankChart | None:
    """The largest as bars; None where there is nothing."""
    found = sorted(((name, n) for name, n in counted.items() if n), key=lambda pair: (-pair[1], pair[0]))
    if not found:
        return None
    top = found[0][1]
    rows = tuple(
        Ranked(name, n, place * A_ROW, round(max(3, WIDE * n / top), 1)) for place, (name, n) in enumerate(found[:most])
    )
    return RankChart(rows, len(found) - len(rows), len(rows) * A_ROW)
