"""What a supporter's draft has of its own: answers to the two questions, words and orders that vary."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from campaign.domain.grammar import one_line

LONGEST_ANSWER = 300
_ENDS = frozenset(".!?…。؟")


@dataclass(frozen=True)
class OwnWords:
    """A supporter's answers to the two questions above the letter, to be worked into the draft; empty where unanswered."""

    moved: str = ""
    matters: str = ""

    def as_sentences(self) -> "OwnWords":
        """The answers as they can stand behind a colon: one line each, with an end."""
        return OwnWords(_a_sentence(self.moved), _a_sentence(self.matters))


NO_WORDS = OwnWords()


def _a_sentence(answer: str) -> str:
    said = one_line(answer)[:LONGEST_ANSWER].strip()
    return said if not said or said[-1] in _ENDS else f"{said}."


@dataclass(frozen=True)
class Chance:
    """The same `seed` always chooses the same of several ways to say a thing, and no seed the first of them."""

    seed: str

    def either(self, *ways: str) -> str:
        """One of several ways to say a thing."""
        return ways[self._number("\x1f".join(ways)) % len(ways)]

    def mixed(self, items: Iterable[str]) -> list[str]:
        """Items of equal weight in an order of their own."""
        return sorted(items, key=self._number) if self.seed else list(items)

    def _number(self, words: str) -> int:
        if not self.seed:
            return 0
        return int.from_bytes(hashlib.sha256(f"{self.seed}\x1e{words}".encode()).digest()[:8])
