"""Deadlines that somebody extended by hand. An extension stands as long as the outputs say the deadline that it extends."""

from dataclasses import dataclass
from datetime import date, datetime

from campaign.store.columns import day, instant, iso, moment
from campaign.store.database import Database, Row


@dataclass(frozen=True)
class Extension:
    """`said` is the outputs' deadline at that time; `until` the longer one, None where that was taken back."""

    action: int
    said: date
    until: date | None
    reason: str
    by: str
    at: datetime


def add_extension(db: Database, new: Extension) -> None:
    db.run(
        """INSERT INTO extensions (urgent_action_id, said_on, deadline_on, reason, set_by, set_at)
           VALUES (:action, :said, :until, :reason, :by, :at)""",
        action=new.action,
        said=iso(new.said),
        until=iso(new.until),
        reason=new.reason,
        by=new.by,
        at=instant(new.at),
    )
    db.run(
        "UPDATE urgent_actions SET deadline_on = :deadline WHERE id = :id",
        id=new.action,
        deadline=iso(new.until or new.said),
    )


def extensions(db: Database, action: int) -> list[Extension]:
    """The newest first."""
    rows = db.rows("SELECT * FROM extensions WHERE urgent_action_id = :action ORDER BY id DESC", action=action)
    return [_extension(row) for row in rows]


def find_extension(db: Database, action: int, said: date | None) -> Extension | None:
    """The extension that stands while the outputs say this deadline."""
    newest = next(iter(extensions(db, action)), None)
    return newest if newest and newest.until and newest.said == said else None


def _extension(row: Row) -> Extension:
    said = day(row["said_on"])
    assert said is not None
    return Extension(
        row["urgent_action_id"], said, day(row["deadline_on"]), row["reason"], row["set_by"], moment(row["set_at"])
    )
