"""Corrections of readings and answers to doubts: kept beside what was read, and never removed."""

from datetime import datetime
from typing import Any

from campaign.domain.corrections import Correction, CorrectionState, Field
from campaign.domain.refusals import NotFound
from campaign.store.columns import instant, moment, moment_or_none, packed, unpacked
from campaign.store.database import Database, Row

_SELECT = "SELECT c.* FROM corrections c"


def add_correction(db: Database, correction: Correction) -> int:
    rows = db.rows(
        """INSERT INTO corrections (document_id, field, about, before_value, after_value, made_by, made_at, reason,
               question, reaches, state)
           VALUES (:document, :field, :about, :before, :after, :by, :at, :reason, :question, :reaches, :state)
           RETURNING id""",
        document=correction.document,
        field=correction.field,
        about=correction.about,
        before=packed(correction.before),
        after=packed(correction.after),
        by=correction.by,
        at=instant(correction.at),
        reason=correction.reason,
        question=correction.question,
        reaches=correction.reaches,
        state=correction.state,
    )
    return int(rows[0]["id"])


def correction(db: Database, id: int) -> Correction:
    rows = db.rows(f"{_SELECT} WHERE c.id = :id", id=id)
    if not rows:
        raise NotFound("There is no such correction.")
    return _correction(rows[0])


def corrections_of(db: Database, document: int) -> tuple[Correction, ...]:
    """All that was ever said of a document's reading, the oldest first."""
    return tuple(
        _correction(row)
        for row in db.rows(f"{_SELECT} WHERE c.document_id = :document ORDER BY c.id", document=document)
    )


def corrections_of_newest(db: Database, most: int) -> dict[int, tuple[Correction, ...]]:
    """The corrections of the documents that came last, by document."""
    rows = db.rows(
        f"""{_SELECT} WHERE c.document_id IN (SELECT id FROM documents ORDER BY id DESC LIMIT :most) ORDER BY c.id""",
        most=most,
    )
    return _by_document(rows)


def corrections_in_action(db: Database, action: int) -> dict[int, tuple[Correction, ...]]:
    """The corrections of all documents whose outputs stand in the series of an action, by document."""
    rows = db.rows(
        f"""{_SELECT} JOIN outputs o ON o.document_id = c.document_id
            WHERE o.urgent_action_id = :action AND o.taken_out_at IS NULL ORDER BY c.id""",
        action=action,
    )
    return _by_document(rows)


def set_correction_state(
    db: Database, id: int, state: CorrectionState, *, by: str | None = None, now: datetime | None = None
) -> None:
    """`by` and `now` say who ends it, or means to."""
    db.run(
        "UPDATE corrections SET state = :state, ended_by = :by, ended_at = :now WHERE id = :id",
        id=id,
        state=state,
        by=by,
        now=instant(now) if now else None,
    )


def _by_document(rows: list[Row]) -> dict[int, tuple[Correction, ...]]:
    found: dict[int, tuple[Correction, ...]] = {}
    for row in rows:
        found[row["document_id"]] = (*found.get(row["document_id"], ()), _correction(row))
    return found


def _correction(row: Row) -> Correction:
    before: Any = unpacked(row["before_value"])
    return Correction(
        id=row["id"],
        document=row["document_id"],
        field=Field(row["field"]),
        about=row["about"],
        before=before,
        after=unpacked(row["after_value"]),
        by=row["made_by"],
        at=moment(row["made_at"]),
        reason=row["reason"],
        question=row["question"],
        reaches=row["reaches"],
        state=CorrectionState(row["state"]),
        ended_by=row["ended_by"],
        ended_at=moment_or_none(row["ended_at"]),
    )
