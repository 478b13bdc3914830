"""What of the numbers everybody may see: none that says who wrote."""

from collections.abc import Mapping
from dataclasses import dataclass

SHOWN_FROM = 25
"""Below this a number says more about how new a case is than about the people who write."""

PER_COUNTRY_FROM = 5
"""Fewer letters from one country could be one person known there."""


@dataclass(frozen=True)
class ByCountry:
    """Letters for each country that can be shown, the most first; the rest is together at least as many as a shown one."""

    shown: tuple[tuple[str, int], ...]
    other_countries: int = 0
    other_letters: int = 0


def by_country(letters: Mapping[str, int]) -> ByCountry:
    """Hides every figure below five, and as many of the smallest others as it takes that no hidden one can be worked out.

    A total is public, so one figure that is missing alone is the total less all the others.
    """
    ranked = sorted(letters.items(), key=lambda pair: (-pair[1], pair[0]))
    shown = [pair for pair in ranked if pair[1] >= PER_COUNTRY_FROM]
    hidden = ranked[len(shown) :]
    while shown and hidden and (len(hidden) == 1 or sum(n for _, n in hidden) < PER_COUNTRY_FROM):
        hidden.append(shown.pop())
    return ByCountry(tuple(shown), len(hidden), sum(n for _, n in hidden))
