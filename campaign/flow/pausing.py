"""The queue, or the letters to one addressee, are paused and go on again: by a named person, with a reason."""

from datetime import datetime

from campaign.domain.refusals import ReasonMissing
from campaign.flow import remembering
from campaign.store import actions, pacing
from campaign.store.columns import instant
from campaign.store.database import Database
from campaign.store.journal import Event, record
from campaign.store.ledger import Kind, Line
from campaign.store.owed import owe


def pause(db: Database, target: int | None, *, reason: str, by: str, now: datetime) -> bool:
    """From now on nothing new is handed to the mail server; False if it was paused already.

    `target` is an addressee's id, None the whole queue. What is being handed over at this moment ends. Raises
    ReasonMissing, and NotFound for an addressee that is none.
    """
    if not reason.strip():
        raise ReasonMissing
    with db.atomic():
        what = _what(db, target)
        if not pacing.add_pause(db, what, by=by, reason=reason.strip(), now=now):
            return False
        owe(db, Line(Kind.PAUSED, instant(now), what=what))
        record(
            db,
            Event(
                now,
                by,
                "pause",
                subject=_subject(target),
                before="going",
                after="paused",
                reason=f"{_named(db, target)}: {reason.strip()}",
            ),
        )
    remembering.write_down(db)
    return True


def resume(db: Database, target: int | None, *, by: str, now: datetime) -> bool:
    """Letters go again; False if nothing was paused."""
    with db.atomic():
        what = _what(db, target)
        if not pacing.end_pause(db, what, now):
            return False
        owe(db, Line(Kind.RESUMED, instant(now), what=what))
        record(
            db,
            Event(
                now, by, "pause", subject=_subject(target), before="paused", after="going", reason=_named(db, target)
            ),
        )
    remembering.write_down(db)
    return True


def _what(db: Database, target: int | None) -> str:
    return pacing.QUEUE if target is None else pacing.of_target(actions.target(db, target).id)


def _subject(target: int | None) -> str | None:
    return None if target is None else f"target:{target}"


def _named(db: Database, target: int | None) -> str:
    return "the queue" if target is None else actions.target(db, target).target.title
