"""How fast letters go, and whether they go at all: a slot for each, pauses of the whole queue or of one addressee."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from campaign.store.columns import instant, moment
from campaign.store.database import Database

QUEUE = "queue"
# A letter whose addressee is paused is looked at again after this while; ending the pause brings it back at once.
PUT_OFF = timedelta(minutes=10)
_MADE_UP = timedelta(seconds=2)


@dataclass(frozen=True)
class Pace:
    """At most so many letters: to one addressee in an hour, from this installation in a minute; 0 sets no limit."""

    per_target_hour: int = 0
    per_minute: int = 0


NO_LIMIT = Pace()


@dataclass(frozen=True)
class Pause:
    """What is paused: `queue`, or `target-7`; by whom, why and since when."""

    what: str
    by: str
    reason: str
    at: datetime


def of_target(target: int) -> str:
    """What a pause of one addressee is called."""
    return f"target-{target}"


def paused(db: Database) -> frozenset[str]:
    """All that is paused: `queue`, `target-7`."""
    return frozenset(row["what"] for row in db.rows("SELECT what FROM paused"))


def minute_is_full(db: Database, pace: Pace, now: datetime) -> bool:
    """Whether this minute has had its share of letters."""
    return bool(pace.per_minute) and _free_at(db, QUEUE, now) > now


def slot(db: Database, target: int | None, pace: Pace, now: datetime, *, has_one: bool) -> datetime:
    """When a letter to that addressee may go which is due now: `now`, or a later moment that is then its own.

    Slots follow each other evenly, so that an hour's letters are spread over the hour; a letter that `has_one` needs no
    other. To be called within the transaction that claims or puts off the letter.
    """
    if target is None or has_one or not pace.per_target_hour:
        return now
    at = _free_at(db, of_target(target), now)
    _take(db, of_target(target), at + timedelta(hours=1) / pace.per_target_hour)
    return at


def note_gone(db: Database, pace: Pace, now: datetime) -> None:
    """One letter takes its share of the minute; a sender that rested may make up for a moment."""
    if pace.per_minute:
        at = max(_free_at(db, QUEUE, now - _MADE_UP), now - _MADE_UP)
        _take(db, QUEUE, at + timedelta(minutes=1) / pace.per_minute)


def _free_at(db: Database, what: str, now: datetime) -> datetime:
    rows = db.rows("SELECT next_at FROM pace WHERE what = :what", what=what)
    return max(now, moment(rows[0]["next_at"])) if rows else now


def _take(db: Database, what: str, until: datetime) -> None:
    db.run(
        """INSERT INTO pace (what, next_at) VALUES (:what, :next_at)
           ON CONFLICT (what) DO UPDATE SET next_at = excluded.next_at""",
        what=what,
        next_at=instant(until),
    )


def pauses(db: Database) -> list[Pause]:
    """Everything that is paused, the oldest pause first."""
    rows = db.rows("SELECT what, paused_by, reason, at FROM paused ORDER BY at, what")
    return [Pause(row["what"], row["paused_by"], row["reason"], moment(row["at"])) for row in rows]


def add_pause(db: Database, what: str, *, by: str, reason: str, now: datetime) -> bool:
    """False if it was paused already."""
    added = db.run(
        "INSERT INTO paused (what, paused_by, reason, at) VALUES (:what, :by, :reason, :at) ON CONFLICT (what) DO NOTHING",
        what=what,
        by=by,
        reason=reason,
        at=instant(now),
    )
    return added == 1


def end_pause(db: Database, what: str, now: datetime) -> bool:
    """Ends a pause; letters that were put off are due again. False if nothing was paused."""
    if db.run("DELETE FROM paused WHERE what = :what", what=what) != 1:
        return False
    if what != QUEUE:
        db.run(
            "UPDATE letters SET next_at = :now WHERE target_id = :target AND state = 'queued' AND next_at > :now "
            "AND attempts = 0",
            target=int(what.removeprefix("target-")),
            now=instant(now),
        )
    return True
