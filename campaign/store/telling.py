"""Writers who are to be told how an action ended."""

from dataclasses import dataclass
from datetime import datetime

from campaign.store.columns import instant
from campaign.store.database import Database


@dataclass(frozen=True)
class Untold:
    """A writer whose case has ended: `went` says whether a letter of theirs was sent or reported."""

    case: int
    writer: str
    email: str
    went: bool


def next_untold(db: Database, ended_before: datetime) -> Untold | None:
    """A writer of a case that was closed before that instant, and who has not been told yet."""
    rows = db.rows(
        """SELECT l.case_id, l.writer, max(l.email) AS email,
               max(CASE WHEN l.state IN ('sent', 'reported', 'uncertain') THEN 1 ELSE 0 END) AS went
           FROM letters l JOIN cases c ON c.id = l.case_id
           WHERE c.state = 'closed' AND c.changed_at <= :before AND l.told_at IS NULL AND l.email IS NOT NULL
             AND l.confirmed_at IS NOT NULL AND l.state IN ('sent', 'reported', 'uncertain', 'stopped')
           GROUP BY l.case_id, l.writer ORDER BY l.case_id, l.writer LIMIT 1""",
        before=instant(ended_before),
    )
    if not rows:
        return None
    return Untold(rows[0]["case_id"], rows[0]["writer"], rows[0]["email"], bool(rows[0]["went"]))


def set_told(db: Database, untold: Untold, now: datetime) -> None:
    db.run(
        "UPDATE letters SET told_at = :now WHERE case_id = :case AND writer = :writer AND told_at IS NULL",
        case=untold.case,
        writer=untold.writer,
        now=instant(now),
    )


def count_writers(db: Database, case: int) -> int:
    """How many people would be thanked if the case closed now: those whose letter was sent or reported."""
    rows = db.rows(
        """SELECT count(DISTINCT writer) AS n FROM letters
           WHERE case_id = :case AND state IN ('sent', 'reported', 'uncertain') AND confirmed_at IS NOT NULL
             AND email IS NOT NULL""",
        case=case,
    )
    return int(rows[0]["n"])
