"""Packs: what was made to be printed for an event. Their pages are made anew each time, and kept nowhere."""

from datetime import datetime

from campaign.domain.pack import Pack
from campaign.domain.refusals import NotFound
from campaign.store.columns import instant, moment, packed, unpacked
from campaign.store.database import Database, Row


def add_pack(
    db: Database, code: str, *, case: int, target: int | None, group: int | None, languages: tuple[str, ...], letters: int,
    by: str, now: datetime,
) -> int:  # fmt: skip
    rows = db.rows(
        """INSERT INTO packs (code, case_id, target_id, group_id, languages, letters, made_by, made_at)
           VALUES (:code, :case, :target, :group, :languages, :letters, :by, :now) RETURNING id""",
        code=code,
        case=case,
        target=target,
        group=group,
        languages=packed(list(languages)),
        letters=letters,
        by=by,
        now=instant(now),
    )
    return int(rows[0]["id"])


def pack(db: Database, id: int) -> Pack:
    rows = db.rows("SELECT * FROM packs WHERE id = :id", id=id)
    if not rows:
        raise NotFound("There is no such pack.")
    return _pack(rows[0])


def find_pack(db: Database, code: str) -> Pack | None:
    """The pack with this code, as it is kept: capitals, no hyphen."""
    rows = db.rows("SELECT * FROM packs WHERE code = :code", code=code)
    return _pack(rows[0]) if rows else None


def packs(db: Database) -> list[Pack]:
    """Every pack, the newest first."""
    return [_pack(row) for row in db.rows("SELECT * FROM packs ORDER BY id DESC")]


def _pack(row: Row) -> Pack:
    return Pack(
        id=row["id"],
        code=row["code"],
        case=row["case_id"],
        target=row["target_id"],
        group=row["group_id"],
        languages=tuple(unpacked(row["languages"])),
        letters=row["letters"],
        made_by=row["made_by"],
        made_at=moment(row["made_at"]),
    )
