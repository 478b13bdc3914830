"""The outputs of an action in the order of its series, whatever the order in which they arrived."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from campaign.domain.urgent_action import Output, Reading

_INDEX = re.compile(r"([A-Za-z]{3})\s?(\d\d)\s?/\s?(\d{1,5})\s?/\s?(\d{2,4})")


def index_parts(index: str) -> tuple[str, int, int, int] | None:
    """Region, country, serial and year of two figures: what is the same in every copy of a paper."""
    found = _INDEX.search(index)
    return (found[1].upper(), int(found[2]), int(found[3]), int(found[4][-2:])) if found else None


def _serial(output: Output) -> tuple[int, int] | None:
    parts = index_parts(output.index) if output.index else None
    if parts is None:
        return None
    # index numbers began in the last century; 61 and above are its years
    return (parts[3] + (1900 if parts[3] > 60 else 2000), parts[2])


def have_same_index(one: Reading, other: Reading) -> bool | None:
    """Whether two readings bear the same index number; None if one of them has none."""
    if not (one.index and other.index):
        return None
    return index_parts(one.index.value) == index_parts(other.index.value)


Group = list[Output]


def in_series(outputs: Iterable[Output], are_copies: Callable[[Reading, Reading], bool]) -> list[Group]:
    """The outputs in groups, earliest first: a group is one paper in several copies, or papers that claim one place."""
    groups: list[Group] = []
    for output in sorted(outputs, key=_steady):
        home = next((g for g in groups if any(_share_place(output, other, are_copies) for other in g)), None)
        if home is None:
            groups.append([output])
        else:
            home.append(output)
    return _ordered(groups)


def _steady(output: Output) -> tuple[int, date, tuple[int, int], str, float, int]:
    return (
        output.ordinal or 10**6,
        output.issued_on or date.max,
        _serial(output) or (9999, 0),
        output.reading.index.value if output.reading.index else "",
        output.taken_in_at.timestamp(),
        output.id,
    )


def _share_place(one: Output, other: Output, are_copies: Callable[[Reading, Reading], bool]) -> bool:
    if one.ordinal is not None and one.ordinal == other.ordinal:
        return True
    return (one.ordinal is None or other.ordinal is None) and are_copies(one.reading, other.reading)


def _ordinal(group: Group) -> int | None:
    return next((o.ordinal for o in group if o.ordinal is not None), None)


def _issued(group: Group) -> date | None:
    return min((o.issued_on for o in group if o.issued_on), default=None)


def _number(group: Group) -> tuple[int, int] | None:
    return min((s for o in group if (s := _serial(o))), default=None)


def _ordered(groups: list[Group]) -> list[Group]:
    """Groups with an ordinal by it; the others between them by date, else by index serial, else at the end."""
    row = sorted(
        (g for g in groups if _ordinal(g) is not None), key=lambda g: (_ordinal(g) or 0, _issued(g) or date.max)
    )
    rest = [g for g in groups if _ordinal(g) is None]
    rest.sort(key=lambda g: (_issued(g) or date.max, _number(g) or (9999, 0), min(o.taken_in_at for o in g)))
    for group in rest:
        row.insert(_place(group, row), group)
    return row


def _place(group: Group, row: Sequence[Group]) -> int:
    before = [n for n, other in enumerate(row) if _compare(other, group) <= 0 and _is_comparable(other, group)]
    if before:
        return before[-1] + 1
    after = [n for n, other in enumerate(row) if _is_comparable(other, group)]
    return after[0] if after else len(row)


def _is_comparable(one: Group, other: Group) -> bool:
    return bool((_issued(one) and _issued(other)) or (_number(one) and _number(other)))


def _compare(one: Group, other: Group) -> int:
    first, second = _issued(one), _issued(other)
    if first and second and first != second:
        return -1 if first < second else 1
    a, b = _number(one) or (0, 0), _number(other) or (0, 0)
    return (a > b) - (a < b)
