"""E-mail addresses that somebody marked as failing: no e-mail goes there any more, and what waits for them is held."""

from dataclasses import dataclass
from datetime import datetime

from campaign.store.columns import instant, moment
from campaign.store.database import Database, Row
from campaign.store.journal import Event, record


@dataclass(frozen=True)
class FailingMark:
    """An e-mail address that fails, by whose word and why."""

    email: str
    reason: str
    by: str
    at: datetime

    @property
    def sentence(self) -> str:
        """What stands with a letter that is held for it."""
        return f"The e-mail address {self.email} was marked as failing by {self.by}: {self.reason}"


def add_mark(db: Database, mark: FailingMark) -> bool:
    """False if the address was marked already."""
    added = db.run(
        """INSERT INTO failing_addresses (email, reason, marked_by, marked_at) VALUES (:email, :reason, :by, :at)
           ON CONFLICT (email) DO NOTHING""",
        email=mark.email,
        reason=mark.reason,
        by=mark.by,
        at=instant(mark.at),
    )
    return added == 1


def remove_mark(db: Database, email: str) -> bool:
    return db.run("DELETE FROM failing_addresses WHERE email = :email", email=email) == 1


def marks(db: Database) -> list[FailingMark]:
    return [_mark(row) for row in db.rows("SELECT * FROM failing_addresses ORDER BY email")]


def find_mark(db: Database, email: str | None) -> FailingMark | None:
    rows = db.rows("SELECT * FROM failing_addresses WHERE email = :email", email=email or "")
    return _mark(rows[0]) if rows else None


def find_mark_of(db: Database, letter: int) -> FailingMark | None:
    """The mark of the address that a confirmed letter would go to."""
    rows = db.rows(
        "SELECT f.* FROM failing_addresses f JOIN letters l ON l.recipient = f.email WHERE l.id = :id", id=letter
    )
    return _mark(rows[0]) if rows else None


def hold_letters(db: Database, mark: FailingMark, now: datetime, *, actor: str) -> int:
    """Holds every queued letter to that address; says how many.

    A letter of which an earlier try ended unknown may have arrived, so it becomes `uncertain` instead.
    """
    rows = db.rows(
        """UPDATE letters SET state = CASE WHEN unknown_tries > 0 THEN 'uncertain' ELSE 'held' END, reason = :reason
           WHERE state = 'queued' AND recipient = :email RETURNING id, case_id, state""",
        email=mark.email,
        reason=mark.sentence,
    )
    for row in rows:
        event = Event(
            now, actor, "letter", row["case_id"], row["id"], None, None, "queued", row["state"], mark.sentence
        )
        record(db, event)
    return len(rows)


def requeue_letters(db: Database, mark: FailingMark, now: datetime, *, actor: str) -> int:
    """What was held for that mark waits in the queue again; says how many letters that are."""
    rows = db.rows(
        """UPDATE letters SET state = 'queued', reason = NULL, next_at = :now
           WHERE state = 'held' AND confirmed_at IS NOT NULL AND recipient = :email AND reason = :reason
           RETURNING id, case_id""",
        email=mark.email,
        reason=mark.sentence,
        now=instant(now),
    )
    for row in rows:
        record(db, Event(now, actor, "letter", row["case_id"], row["id"], before="held", after="queued"))
    return len(rows)


def count_queued(db: Database, email: str) -> int:
    """How many letters marking that address would hold now."""
    rows = db.rows("SELECT count(*) AS n FROM letters WHERE state = 'queued' AND recipient = :email", email=email)
    return int(rows[0]["n"])


def _mark(row: Row) -> FailingMark:
    return FailingMark(row["email"], row["reason"], row["marked_by"], moment(row["marked_at"]))
