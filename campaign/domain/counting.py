"""What letters are counted by, and which of the honest numbers a letter is in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from campaign.domain.letter import Channel, LetterState, Number

WAITING = (
    LetterState.UNCONFIRMED,
    LetterState.QUEUED,
    LetterState.HELD,
    LetterState.SENDING,
    LetterState.UNCERTAIN,
)
"""What has not left yet, or of which nobody knows whether it has."""

WENT = (Number.SENT_BY_US, Number.REPORTED_SENT)
"""The numbers that say that a single letter went; pages name their sum as "sent or reported"."""


class Face(StrEnum):
    """One thing that letters are counted by."""

    CASE = "case"
    TARGET = "target"
    CHANNEL = "channel"
    COUNTRY = "country"
    LANGUAGE = "language"
    GROUP = "group"
    DAY = "day"


def number_of_letters(channel: str, state: str) -> Number | None:
    """Which of the honest numbers counts letters of that channel and state; none counts test letters, for none are stored."""
    if channel == Channel.EMAIL:
        return Number.SENT_BY_US if state == LetterState.SENT else None
    if state == LetterState.OPENED:
        return Number.OPENED_ELSEWHERE
    return Number.REPORTED_SENT if state == LetterState.REPORTED else None


@dataclass(frozen=True)
class Selection:
    """Which letters are counted; what is None chooses all.

    Days are those on which a letter went, or on which it was written if it did not go, in UTC.
    """

    first: date | None = None
    last: date | None = None
    action: int | None = None
    case: int | None = None
    country: str | None = None
    channel: Channel | None = None
    group: int | None = None

    @property
    def leaves_out_events(self) -> bool:
        """Whether it asks for what events do not tell: by which channel and from which country letters went."""
        return self.country is not None or self.channel is not None


@dataclass
class Figures:
    """Letters by channel and state, with how many of them are copies for embassies, made personal, and came back.

    `events` are letters that events report, which are no single letters of ours.
    """

    letters: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    events: int = 0

    def add(self, channel: str, state: str, measures: tuple[int, int, int, int]) -> None:
        kept = self.letters.setdefault((channel, state), [0, 0, 0, 0])
        for place, n in enumerate(measures):
            kept[place] += n

    def add_all(self, other: "Figures") -> None:
        self.events += other.events
        for (channel, state), (n, copies, own, back) in other.letters.items():
            self.add(channel, state, (n, copies, own, back))

    @property
    def numbers(self) -> dict[Number, int]:
        """The four honest numbers."""
        counted = dict.fromkeys(Number, 0) | {Number.REPORTED_BY_EVENTS: self.events}
        for number, (n, copies, _, _) in self._numbered():
            counted[number] += n if number is Number.SENT_BY_US else n - copies
        return counted

    @property
    def went(self) -> int:
        """Letters sent by us or reported sent by their writers."""
        return sum(self.numbers[number] for number in WENT)

    @property
    def made_personal(self) -> int:
        """How many of those their writers made more than the draft."""
        return sum(own for number, (_, _, own, _) in self._numbered() if number in WENT)

    @property
    def embassy_copies(self) -> int:
        """Copies for embassies that people say they sent; they are in none of the numbers."""
        return sum(copies for number, (_, copies, _, _) in self._numbered() if number is Number.REPORTED_SENT)

    @property
    def came_back(self) -> int:
        """How many of the letters sent by us came back; they stay in that number."""
        return sum(back for number, (_, _, _, back) in self._numbered() if number is Number.SENT_BY_US)

    def in_state(self, *states: LetterState) -> int:
        """How many letters, copies too, are in one of these states."""
        return sum(n for (_, state), (n, *_) in self.letters.items() if state in states)

    @property
    def by_state(self) -> dict[str, int]:
        """How many letters are in each state in which there are any."""
        found = {state: self.in_state(state) for state in LetterState}
        return {state.value: n for state, n in found.items() if n}

    @property
    def is_empty(self) -> bool:
        return not self.events and not any(n for n, *_ in self.letters.values())

    def _numbered(self) -> Iterator[tuple[Number, list[int]]]:
        for (channel, state), measures in self.letters.items():
            if (number := number_of_letters(channel, state)) is not None:
                yield number, measures
