"""Batches: how many letters an event reports, and what stood there before somebody corrected it."""

from dataclasses import dataclass
from datetime import date, datetime

from campaign.domain.pack import Batch
from campaign.domain.refusals import NotFound
from campaign.store.columns import day, instant, moment, moment_or_none
from campaign.store.database import Conflict, Database, Row


@dataclass(frozen=True)
class NewBatch:
    """What is reported, checked. `replaces` is the batch that it corrects."""

    pack: int | None
    case: int
    group: int | None
    n: int
    held_on: date
    vouched_by: str
    kept_at: str
    reason: str | None = None
    replaces: int | None = None


def add_batch(db: Database, new: NewBatch, *, by: str, now: datetime) -> int | None:
    """The new batch's id; None where another one stands for its pack."""
    values = {**vars(new), "held_on": new.held_on.isoformat()}
    try:
        with db.atomic():
            rows = db.rows(
                """INSERT INTO batches (pack_id, case_id, group_id, n, held_on, vouched_by, kept_at, reason, replaces,
                       reported_by, reported_at)
                   VALUES (:pack, :case, :group, :n, :held_on, :vouched_by, :kept_at, :reason, :replaces, :by, :now)
                   RETURNING id""",
                by=by,
                now=instant(now),
                **values,
            )
    except Conflict:
        return None
    return int(rows[0]["id"])


def replace_batch(db: Database, id: int, now: datetime) -> bool:
    """Marks a batch as corrected; False when it was already."""
    changed = db.run(
        "UPDATE batches SET replaced_at = :now WHERE id = :id AND replaced_at IS NULL", id=id, now=instant(now)
    )
    return changed == 1


def batch(db: Database, id: int) -> Batch:
    rows = db.rows("SELECT * FROM batches WHERE id = :id", id=id)
    if not rows:
        raise NotFound("There is no such report.")
    return _batch(rows[0])


def find_batch_of_pack(db: Database, pack: int) -> Batch | None:
    """The batch that stands for a pack."""
    rows = db.rows("SELECT * FROM batches WHERE pack_id = :pack AND replaced_at IS NULL", pack=pack)
    return _batch(rows[0]) if rows else None


def same_stands(db: Database, new: NewBatch) -> bool:
    """Whether the very same report stands already, for events without a pack."""
    return bool(
        db.rows(
            """SELECT id FROM batches WHERE case_id = :case AND pack_id IS NULL AND replaced_at IS NULL AND n = :n
               AND held_on = :held_on AND vouched_by = :vouched_by LIMIT 1""",
            case=new.case,
            n=new.n,
            held_on=new.held_on.isoformat(),
            vouched_by=new.vouched_by,
        )
    )


def batches(db: Database) -> list[Batch]:
    """Every batch, those that were corrected among them, the newest first."""
    return [_batch(row) for row in db.rows("SELECT * FROM batches ORDER BY id DESC")]


def _batch(row: Row) -> Batch:
    held_on = day(row["held_on"])
    assert held_on is not None
    return Batch(
        id=row["id"],
        pack=row["pack_id"],
        case=row["case_id"],
        group=row["group_id"],
        n=row["n"],
        held_on=held_on,
        vouched_by=row["vouched_by"],
        kept_at=row["kept_at"],
        reported_by=row["reported_by"],
        reported_at=moment(row["reported_at"]),
        reason=row["reason"],
        replaced_at=moment_or_none(row["replaced_at"]),
        replaces=row["replaces"],
    )
