"""The gate between the queue and the mail server: nothing passes for a case once its closing is saved.

The closer commits `closing`, then takes the case's lock alone, then commits `closed`. A sender holds the lock
together with other senders while it asks for the case's state and talks to the mail server. So whatever read
`open` is over before `closed` is written, and whoever comes later reads `closing`.
"""

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from campaign.domain.case import CaseState
from campaign.domain.refusals import StorageFailed
from campaign.store import cases, letters, snapshots
from campaign.store.database import Database
from campaign.store.journal import Event, record

_STEP = 0.02
HANDED_OVER = "Whatever was being handed over has ended; nothing leaves any more."

_P = ParamSpec("_P")
_R = TypeVar("_R")


def saved_on_a_full_disk(closing: Callable[Concatenate[Database, _P], _R]) -> Callable[Concatenate[Database, _P], _R]:
    """Marks what can close a case: where the disk is full it takes the room that lies beside the database, once more."""

    @wraps(closing)
    def tried(db: Database, /, *words: _P.args, **named: _P.kwargs) -> _R:
        try:
            return closing(db, *words, **named)
        except StorageFailed:
            if not db.make_room():
                raise
            return closing(db, *words, **named)

    return tried


def ticking(now: datetime) -> Callable[[], datetime]:
    """A clock that stands at `now` and goes on: a closing can wait long, and its record says when it was done."""
    began = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - began)


def shut(db: Database, ids: Iterable[int], *, patience: timedelta, actor: str, clock: Callable[[], datetime]) -> int:
    """Waits out what is being handed over for these cases, which no longer are open, and finishes their closing.

    Returns how many letters were still in hand when patience ran out: 0 means that nothing leaves any more.
    """
    return sum(_shut_one(db, id, patience, actor, clock) for id in ids)


def finish_closings(db: Database, actor: str, clock: Callable[[], datetime]) -> int:
    """Finishes closings whose closer could not wait, or died; returns how many are left."""
    left = [id for id in cases.cases_closing(db) if _shut_one(db, id, timedelta(0), actor, clock)]
    return len(left)


def _shut_one(db: Database, id: int, patience: timedelta, actor: str, clock: Callable[[], datetime]) -> int:
    until = time.monotonic() + patience.total_seconds()
    if not db.locks.take_case(id, patience):
        return max(1, letters.count_being_handed_over(db, id))
    while not _finished(db, id, actor, clock):
        if time.monotonic() >= until:
            return max(1, letters.count_being_handed_over(db, id))
        time.sleep(_STEP)
    return 0


def _finished(db: Database, id: int, actor: str, clock: Callable[[], datetime]) -> bool:
    """Whether all is written down; not while somebody is changing a letter that could leave, and has not committed that."""
    with suppress(_NotYet), db.atomic():
        case, now = cases.case(db, id), clock()
        if case.state is CaseState.CLOSING and cases.finish_closing(db, id):
            cause = case.cause
            record(db, Event(now, actor, "case", id, output=cause.output, decision=cause.decision, document=cause.document,
                             line=cause.first, before=case.state, after=CaseState.CLOSED, reason=HANDED_OVER))  # fmt: skip
            letters.stop_waiting_letters(db, id, case.cause.text, actor, now)
            if letters.count_waiting_letters(db, id):
                raise _NotYet
            snapshots.freeze(db, case, now)
        return True
    return False


class _NotYet(Exception):
    """Only to let the transaction fail."""
