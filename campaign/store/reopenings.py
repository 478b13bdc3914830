"""Reopenings that were asked for and wait for a second admin's word, or for the time after which one admin's is enough."""

from dataclasses import dataclass
from datetime import datetime

from campaign.domain.urgent_action import Grounds
from campaign.store.columns import instant, moment, moment_or_none
from campaign.store.database import Database, Row


@dataclass(frozen=True)
class AskedReopening:
    """A reopening that one admin asked for. `state` is asked, confirmed, in effect, refused, withdrawn or overtaken."""

    id: int
    case: int
    by: str
    reason: str
    grounds: Grounds
    at: datetime
    state: str
    settled_by: str | None
    settled_at: datetime | None
    settled_reason: str | None


def add_asked(db: Database, case: int, *, by: str, reason: str, grounds: Grounds, now: datetime) -> int | None:
    """The id of the asking; None where one for this case waits already."""
    rows = db.rows(
        """INSERT INTO asked_reopenings (case_id, asked_by, reason, evidence_link, evidence_document_id, evidence_words,
               asked_at, state)
           VALUES (:case, :by, :reason, :link, :document, :words, :at, 'asked')
           ON CONFLICT (case_id) WHERE state = 'asked' DO NOTHING RETURNING id""",
        case=case,
        by=by,
        reason=reason,
        at=instant(now),
        **vars(grounds),
    )
    return int(rows[0]["id"]) if rows else None


def settle_asked(db: Database, id: int, state: str, *, by: str, now: datetime, reason: str | None = None) -> bool:
    """Ends the waiting; False if it had ended already."""
    changed = db.run(
        """UPDATE asked_reopenings SET state = :state, settled_by = :by, settled_at = :at, settled_reason = :reason
           WHERE id = :id AND state = 'asked'""",
        id=id,
        state=state,
        by=by,
        at=instant(now),
        reason=reason,
    )
    return changed == 1


def find_asked(db: Database, case: int) -> AskedReopening | None:
    """The reopening of this case that waits."""
    rows = db.rows("SELECT * FROM asked_reopenings WHERE case_id = :case AND state = 'asked'", case=case)
    return _asked(rows[0]) if rows else None


def all_asked(db: Database) -> list[AskedReopening]:
    """All that wait, the oldest first."""
    return [_asked(row) for row in db.rows("SELECT * FROM asked_reopenings WHERE state = 'asked' ORDER BY id")]


def taken_effect_since(db: Database, since: datetime) -> list[AskedReopening]:
    """Those that took effect by themselves, the newest first."""
    rows = db.rows(
        "SELECT * FROM asked_reopenings WHERE state = 'in effect' AND settled_at > :since ORDER BY id DESC",
        since=instant(since),
    )
    return [_asked(row) for row in rows]


def asked_for(db: Database, case: int) -> list[AskedReopening]:
    """Every reopening that was ever asked for this case, the newest first."""
    return [
        _asked(row)
        for row in db.rows("SELECT * FROM asked_reopenings WHERE case_id = :case ORDER BY id DESC", case=case)
    ]


def count_open_admins(db: Database) -> int:
    rows = db.rows("SELECT count(*) AS n FROM accounts WHERE role = 'admin' AND closed_at IS NULL")
    return int(rows[0]["n"])


def _asked(row: Row) -> AskedReopening:
    return AskedReopening(
        id=row["id"],
        case=row["case_id"],
        by=row["asked_by"],
        reason=row["reason"],
        grounds=Grounds(row["evidence_link"], row["evidence_document_id"], row["evidence_words"]),
        at=moment(row["asked_at"]),
        state=row["state"],
        settled_by=row["settled_by"],
        settled_at=moment_or_none(row["settled_at"]),
        settled_reason=row["settled_reason"],
    )
