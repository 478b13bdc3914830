"""Outputs: documents that stand in the series of an action, as they count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from campaign.domain.corrections import COUNTED, TRIED, Correction, corrected
from campaign.domain.reading import as_record, from_record
from campaign.domain.urgent_action import Output, Reading
from campaign.store.columns import folded, instant, moment, packed, unpacked
from campaign.store.corrections import corrections_in_action
from campaign.store.database import Database
from campaign.store.documents import Document


@dataclass(frozen=True)
class FiledOutput:
    """An output together with the document it came in; `as_read` is its reading without what people said of it."""

    output: Output
    document: int
    as_read: Reading


def add_output(db: Database, action: int, document: Document, now: datetime) -> int:
    """Files a document as an output of the action; one that was taken out before comes back under its old id."""
    reading, as_read = document.reading, document.as_read
    assert reading is not None and as_read is not None
    rows = db.rows(
        """INSERT INTO outputs (urgent_action_id, document_id, index_key, reading, taken_in_at)
           VALUES (:action, :document, :index_key, :reading, :now)
           ON CONFLICT (document_id) DO UPDATE SET urgent_action_id = excluded.urgent_action_id,
               index_key = excluded.index_key, reading = excluded.reading, taken_in_at = excluded.taken_in_at,
               taken_out_at = NULL
           RETURNING id""",
        action=action,
        document=document.id,
        index_key=_index_key(reading),
        reading=packed(as_record(as_read)),
        now=instant(now),
    )
    return int(rows[0]["id"])


def take_out(db: Database, output: int, now: datetime) -> None:
    """The output no longer stands in the series; its row stays on record."""
    db.run("UPDATE outputs SET taken_out_at = :now, index_key = NULL WHERE id = :id", id=output, now=instant(now))


def set_output_reading(db: Database, output: int, document: Document) -> None:
    """What the output was read to say, and the index number that counts. Raises Conflict where another one bears it."""
    reading, as_read = document.reading, document.as_read
    assert reading is not None and as_read is not None
    with db.atomic():
        db.run(
            "UPDATE outputs SET reading = :reading, index_key = :index_key WHERE id = :id",
            id=output,
            reading=packed(as_record(as_read)),
            index_key=_index_key(reading),
        )


def _index_key(reading: Reading) -> str | None:
    return folded(reading.index.value) if reading.index else None


def outputs(db: Database, action: int, trying: Sequence[Document] = ()) -> list[FiledOutput]:
    """All outputs of an action in their order of arrival, as they count: with what people corrected and answered.

    Documents that are being tried out are among them, with all that is proposed for them. `domain.status` knows their order
    in the series.
    """
    rows = db.rows(
        """SELECT id, document_id, reading, taken_in_at FROM outputs
           WHERE urgent_action_id = :action AND taken_out_at IS NULL ORDER BY id""",
        action=action,
    )
    filed = [(row["id"], row["document_id"], _reading(row["reading"]), moment(row["taken_in_at"])) for row in rows]
    said = {
        document: tuple(one for one in those if one.state in COUNTED)
        for document, those in corrections_in_action(db, action).items()
    }
    for place, tried in enumerate(trying):
        said[tried.id] = tuple(one for one in tried.corrections if one.state in TRIED)
        if tried.as_read and all(document != tried.id for _, document, _, _ in filed):
            # Ids below zero, which the database never gives, are of what is only tried out; the later, the later it came.
            filed.append((place - len(trying), tried.id, tried.as_read, tried.received_at))
    reaching = tuple(one for those in said.values() for one in those if one.reaches)
    return [
        FiledOutput(Output(id, corrected(as_read, _of(document, said, reaching)), at), document, as_read)
        for id, document, as_read, at in filed
    ]


def _of(
    document: int, said: dict[int, tuple[Correction, ...]], reaching: tuple[Correction, ...]
) -> tuple[Correction, ...]:
    """What counts for one document: what others say of the whole action, then what is said of itself."""
    own = said.get(document, ())
    return (*(one for one in reaching if one.document != document), *own)


def newest_outputs(db: Database, most: int) -> list[Reading]:
    """What the outputs that were taken in last say as they were read, of whatever action, the newest last."""
    rows = db.rows("SELECT reading FROM outputs WHERE taken_out_at IS NULL ORDER BY id DESC LIMIT :most", most=most)
    return [_reading(row["reading"]) for row in reversed(rows)]


def filed_output(db: Database, document: int) -> tuple[int, int, datetime] | None:
    """The action and the output that a document stands in, and since when; None where it stands in no series."""
    rows = db.rows(
        "SELECT urgent_action_id, id, taken_in_at FROM outputs WHERE document_id = :document AND taken_out_at IS NULL",
        document=document,
    )
    return (rows[0]["urgent_action_id"], rows[0]["id"], moment(rows[0]["taken_in_at"])) if rows else None


@lru_cache(maxsize=1000)
def _reading(record: str) -> Reading:
    """A stored reading is never changed, and every page of its case asks for it."""
    return from_record(unpacked(record))
