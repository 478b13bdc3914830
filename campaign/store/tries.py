"""How often something secret was tried, by the minute: what was tried too often works again by and by, not at a stroke."""

from datetime import datetime, timedelta

from campaign.store.database import Database


def count_try(db: Database, counted: str, within: timedelta, now: datetime) -> int:
    """Counts one more try, within the caller's transaction; how many there were in the time before, this one included.

    A caller who refuses the try lets its transaction fail, and then it was not counted: knocking at a closed door does not
    keep it closed.
    """
    # One row that all tries take first: two on either side of the turn of a minute would not see each other.
    db.run(
        """INSERT INTO tries (counted, minute, n) VALUES (:counted, 0, 0)
           ON CONFLICT (counted, minute) DO UPDATE SET n = tries.n""",
        counted=counted,
    )
    minute = _minute(now)
    db.run(
        """INSERT INTO tries (counted, minute, n) VALUES (:counted, :minute, 1)
           ON CONFLICT (counted, minute) DO UPDATE SET n = tries.n + 1""",
        counted=counted,
        minute=minute,
    )
    rows = db.rows(
        "SELECT sum(n) AS n FROM tries WHERE counted = :counted AND minute > :since",
        counted=counted,
        since=minute - int(within.total_seconds() // 60),
    )
    return int(rows[0]["n"])


def take_back_try(db: Database, counted: str, now: datetime) -> None:
    """What was counted in this minute was none of the tries that matter."""
    db.run(
        "UPDATE tries SET n = n - 1 WHERE counted = :counted AND minute = :minute AND n > 0",
        counted=counted,
        minute=_minute(now),
    )


def forget_tries(db: Database, counted: str) -> None:
    db.run("DELETE FROM tries WHERE counted = :counted", counted=counted)


def forget_tries_before(db: Database, then: datetime) -> None:
    db.run("DELETE FROM tries WHERE minute < :minute", minute=_minute(then))


def _minute(at: datetime) -> int:
    return int(at.timestamp() // 60)
