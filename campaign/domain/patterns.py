"""Regular expressions that are asked of a text only where it has letters without which they cannot match.

A table of a hundred phrases is nearly always about words that a given sentence does not have. Which words those are
is worked out of the pattern itself, so a row of a table needs nothing beside it that could fall behind it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

try:
    from re import _parser  # type: ignore[attr-defined]
except ImportError:  # a Python without this module: every pattern is then asked of every text
    _parser = None

_MOST_SPELT = 64  # what a part of a pattern can spell is followed up to so many words
_MOST_NEEDED = 200  # more literals would take longer to look for than the pattern itself
_SHORTEST = 2
_RUN = 5
_STEP = 3
_ZERO_WIDTH = ("AT", "ASSERT", "ASSERT_NOT")

Words = frozenset[str]
Row = TypeVar("Row")
_NOTHING: Words = frozenset([""])
_NONE: Words = frozenset()


@dataclass(frozen=True)
class Pattern:
    """A compiled pattern, and the literals of which every text that it matches has at least one; none are known if empty."""

    compiled: re.Pattern[str]
    needs: tuple[str, ...]

    def may_match(self, text: str) -> bool:
        """False only if nothing in `text` can match."""
        for literal in self.needs:
            if literal in text:
                return True
        return not self.needs

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """Like `re.Pattern.search`."""
        return self.compiled.search(text, start, len(text) if end is None else end) if self.may_match(text) else None

    def match(self, text: str) -> re.Match[str] | None:
        """Like `re.Pattern.match`."""
        return self.compiled.match(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Like `re.Pattern.finditer`."""
        return self.compiled.finditer(text) if self.may_match(text) else iter(())


def pattern(words: str) -> Pattern:
    """The pattern that `words` describe, with what it needs."""
    return Pattern(re.compile(words), needed(words))


def runs_of(text: str) -> frozenset[str]:
    """Runs of five letters in `text`, one at every third letter: a literal of seven letters or more has one of them in itself."""
    return frozenset([text[n : n + _RUN] for n in range(0, len(text) - _RUN + 1, _STEP)])


class Literals(Generic[Row]):
    """Many literals, each with what it stands for, found in a text together: far quicker than one by one."""

    def __init__(self, rows: Iterable[tuple[str, Row]]):
        self._rows = tuple(rows)
        self._short: list[int] = []
        self._by_run: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        for n, (literal, _) in enumerate(self._rows):
            if len(literal) < _RUN + _STEP - 1:
                self._short.append(n)
                continue
            for first in range(_STEP):
                further = range(first + _STEP, len(literal) - _RUN + 1, _STEP)
                chain = tuple(literal[start : start + _RUN] for start in further)
                self._by_run.setdefault(literal[first : first + _RUN], []).append((n, chain))

    def in_text(self, text: str, runs: frozenset[str] | None = None) -> list[tuple[str, Row]]:
        """Those that stand in `text`, in their order; with its `runs` many are found sooner, and without them a few."""
        if runs is None:
            return [row for row in self._rows if row[0] in text]
        near = set(self._short)
        for run in self._by_run.keys() & runs:
            near.update(n for n, chain in self._by_run[run] if runs.issuperset(chain))
        return [self._rows[n] for n in sorted(near) if self._rows[n][0] in text]


class Table(Generic[Row]):
    """Rows that have a pattern each, and where in a text any of them can match."""

    def __init__(self, rows: Iterable[tuple[Pattern, Row]]):
        self._rows = tuple(rows)
        self._anywhere = [n for n, (sought, _) in enumerate(self._rows) if not sought.needs]
        needing: dict[str, list[int]] = {}
        for n, (sought, _) in enumerate(self._rows):
            for literal in sought.needs:
                needing.setdefault(literal, []).append(n)
        self._needs = Literals(needing.items())

    def likely(self, text: str, starts: Sequence[int], runs: frozenset[str] | None = None) -> dict[int, list[Row]]:
        """By stretch of `text`, the rows of which something in it can match, in their order.

        A stretch goes from one of `starts` to the next; no match may reach over its end. `runs` are those of the text:
        a table of hundreds of rows should be given them.
        """
        found: dict[int, set[int]] = {n: set(self._anywhere) for n in range(len(starts))} if self._anywhere else {}
        for literal, needing in self._needs.in_text(text, runs):
            at = text.find(literal)
            while at >= 0:
                stretch = bisect_right(starts, at) - 1
                found.setdefault(stretch, set()).update(needing)
                at = text.find(literal, starts[stretch + 1] if stretch + 1 < len(starts) else len(text))
        return {stretch: [self._rows[n][1] for n in sorted(rows)] for stretch, rows in found.items()}


def needed(words: str) -> tuple[str, ...]:
    """Literals of which every text that the pattern `words` matches has at least one; empty where none can be told."""
    if _parser is None:
        return ()
    parsed = _parser.parse(words)
    if parsed.state.flags & re.IGNORECASE:
        return ()
    exact, best = _of_row(parsed)
    return tuple(sorted(_shortest(_better(best, exact) or _NONE), key=len))


def _shortest(words: Words) -> Words:
    """The words without those that have another of them in themselves."""
    return frozenset(word for word in words if not any(other in word for other in words if other != word))


def _better(one: Words | None, other: Words | None) -> Words | None:
    """The set that tells more: its shortest literal is longer, or it has fewer; None for sets that tell nothing."""
    usable = [words for words in (one, other) if words and min(map(len, words)) >= _SHORTEST]
    return max(usable, key=lambda words: (min(map(len, words)), -len(words)), default=None)


def _of_row(items: Any) -> tuple[Words | None, Words | None]:
    """Of items one behind the other: all that they can spell, if that is known, and the literals one of which they need."""
    spelt, best, is_whole = _NOTHING, None, True
    for item in items:
        exact, need = _of_item(*item)
        best = _better(best, need)
        if exact is not None and len(spelt) * len(exact) <= _MOST_SPELT:
            spelt = frozenset(one + other for one in spelt for other in exact)
            continue
        best, is_whole = _better(best, spelt), False
        spelt = exact if exact is not None else _NOTHING
    return (spelt if is_whole else None), _better(best, spelt)


def _of_item(kind: Any, value: Any) -> tuple[Words | None, Words | None]:
    """The same of one item of a parsed pattern."""
    name = str(kind)
    if name == "LITERAL":
        return frozenset([chr(value)]), None
    if name in _ZERO_WIDTH:
        return _NOTHING, None
    if name == "IN":
        letters = [chr(one) for what, one in value if str(what) == "LITERAL"]
        return (frozenset(letters) if len(letters) == len(value) else None), None
    if name == "SUBPATTERN":
        _, added, _, inner = value
        return (None, None) if added & re.IGNORECASE else _of_row(inner)
    if name == "BRANCH":
        return _of_branches([_of_row(branch) for branch in value[1]])
    if name in ("MAX_REPEAT", "MIN_REPEAT"):
        return _of_repeat(*value)
    return None, None


def _of_branches(rows: list[tuple[Words | None, Words | None]]) -> tuple[Words | None, Words | None]:
    """Of alternatives: the union, where each of them tells something."""
    spelt = [exact for exact, _ in rows if exact is not None]
    needs = [need for exact, best in rows if (need := _better(best, exact)) is not None]
    exact = _NONE.union(*spelt) if len(spelt) == len(rows) else _NONE
    need = _shortest(_NONE.union(*needs)) if len(needs) == len(rows) else _NONE
    return (exact if 0 < len(exact) <= _MOST_SPELT else None), (need if 0 < len(need) <= _MOST_NEEDED else None)


def _of_repeat(least: int, most: int, inner: Any) -> tuple[Words | None, Words | None]:
    exact, need = _of_row(inner)
    if least == 0:
        return (exact | _NOTHING if exact is not None and most == 1 else None), None
    return (exact if least == most == 1 else None), _better(need, exact)
