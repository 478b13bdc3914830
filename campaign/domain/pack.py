"""Packs for events, and the batches that events report."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from campaign.domain.codes import code_of
from campaign.domain.event_refusals import EventAfterClosing, NotYetHeld

MOST_LETTERS = 300
"""As many letters as one pack can have."""
LARGEST_BATCH = 100_000
_CODE_LENGTH = 8
_FIRST_DAY = date(1961, 1, 1)
# Events happen in every time zone.
_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Pack:
    """Letters for one case, made to be printed for an event. Where `target` is None they go to all officials in turn."""

    id: int
    code: str
    case: int
    target: int | None
    group: int | None
    languages: tuple[str, ...]
    letters: int
    made_by: str
    made_at: datetime

    @property
    def shown_code(self) -> str:
        return shown_code(self.code)


@dataclass(frozen=True)
class Batch:
    """What an event reports: `n` letters that somebody vouches for. Who wrote them is not taken down.

    A correction is a batch of its own, with a reason, that `replaces` the one before.
    """

    id: int
    pack: int | None
    case: int
    group: int | None
    n: int
    held_on: date
    vouched_by: str
    kept_at: str
    reported_by: str
    reported_at: datetime
    reason: str | None = None
    replaced_at: datetime | None = None
    replaces: int | None = None


def pack_code(word: str) -> str:
    """The code of a pack, out of a random word."""
    return code_of(f"pack:{word}", _CODE_LENGTH)


def shown_code(code: str) -> str:
    """`K7QM-4XPD`: in two halves it is easier to read and to type."""
    return f"{code[:4]}-{code[4:]}"


def check_day(held_on: date, *, today: date, made_on: date | None, ended_on: date | None, person: str) -> None:
    """Raises NotYetHeld for a day on which the event cannot have been, EventAfterClosing where the case had ended by then.

    `made_on` is when its pack was made, `ended_on` when we learnt that the case had ended.
    """
    first = made_on - _A_DAY if made_on else _FIRST_DAY
    if not first <= held_on <= today + _A_DAY:
        raise NotYetHeld
    if ended_on is not None and held_on > ended_on:
        raise EventAfterClosing(person, ended_on)


def chains(batches: Iterable[Batch]) -> list[tuple[Batch, ...]]:
    """Each batch that stands, the newest first, with those that it replaced, step by step back to the first."""
    known = {batch.id: batch for batch in batches}
    found = []
    for batch in sorted(known.values(), key=lambda one: -one.id):
        if batch.replaced_at is None:
            chain = [batch]
            while chain[-1].replaces in known:
                chain.append(known[chain[-1].replaces or 0])
            found.append(tuple(chain))
    return found
