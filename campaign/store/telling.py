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
    tongue: str = "en"


# Whoever sent a letter, by us or elsewhere, or confirmed one that was then stopped, and left an address.
_WROTE = """l.email IS NOT NULL AND (l.state IN ('sent', 'reported', 'uncertain')
    OR (l.state = 'stopped' AND l.confirmed_at IS NOT NULL))"""


def next_untold(db: Database, ended_before: datetime, told_before: datetime) -> Untold | None:
    """A writer of a case that was closed before the first instant, and who has not been told yet.

    Nobody who was told something else since the second instant, and nobody who wants to hear no more.
    """
    rows = db.rows(
        f"""SELECT l.case_id, l.writer, max(l.email) AS email, max(l.tongue) AS tongue,
               max(CASE WHEN l.state IN ('sent', 'reported', 'uncertain') THEN 1 ELSE 0 END) AS went
           FROM letters l JOIN cases c ON c.id = l.case_id
           WHERE c.state = 'closed' AND c.changed_at <= :before AND l.told_at IS NULL AND {_WROTE}
             AND NOT EXISTS (SELECT 1 FROM silenced s WHERE s.writer = l.writer)
             AND NOT EXISTS (SELECT 1 FROM letters t WHERE t.writer = l.writer AND t.told_at > :told)
           GROUP BY l.case_id, l.writer ORDER BY l.case_id, l.writer LIMIT 1""",
        before=instant(ended_before),
        told=instant(told_before),
    )
    if not rows:
        return None
    row = rows[0]
    return Untold(row["case_id"], row["writer"], row["email"], bool(row["went"]), row["tongue"] or "en")


def set_told(db: Database, untold: Untold, now: datetime) -> list[str]:
    """Marks the writer's letters of that case as told of; their form keys."""
    rows = db.rows(
        """UPDATE letters SET told_at = :now WHERE case_id = :case AND writer = :writer AND told_at IS NULL
           RETURNING form_key""",
        case=untold.case,
        writer=untold.writer,
        now=instant(now),
    )
    return [row["form_key"] for row in rows]


def were_told(db: Database, case: int, since: datetime) -> bool:
    """Whether anybody who wrote for that case has been told since then how it ended."""
    rows = db.rows(
        "SELECT id FROM letters WHERE case_id = :case AND told_at >= :since LIMIT 1", case=case, since=instant(since)
    )
    return bool(rows)


def count_writers(db: Database, case: int) -> int:
    """How many people would be thanked if the case closed now: those whose letter was sent or reported."""
    rows = db.rows(
        """SELECT count(DISTINCT writer) AS n FROM letters
           WHERE case_id = :case AND state IN ('sent', 'reported', 'uncertain') AND email IS NOT NULL
             AND NOT EXISTS (SELECT 1 FROM silenced s WHERE s.writer = letters.writer)""",
        case=case,
    )
    return int(rows[0]["n"])
