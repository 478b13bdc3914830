"""Documents as they reached us: kept whole, known by their SHA-256, with what was read in them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from campaign.domain.reading import as_record, from_record
from campaign.domain.refusals import NotFound
from campaign.domain.urgent_action import Reading
from campaign.store.columns import instant, moment, packed, unpacked
from campaign.store.database import Database, Row


class DocumentState(StrEnum):
    """`waiting` documents were read and shown, but nobody has applied them yet."""

    WAITING = "waiting"
    APPLIED = "applied"
    REVIEW = "review"
    REFUSED = "refused"
    KNOWN = "known"


@dataclass(frozen=True)
class Document:
    """A file as it reached us; `text` and `reading` are None where it could not be read."""

    id: int
    sha256: str
    name: str
    text: str | None
    via: str
    received_at: datetime
    state: DocumentState
    reason: str | None
    reading: Reading | None


COLUMNS = "id, sha256, name, body, via, received_at, state, reason, reading"


def add_document(
    db: Database, *, sha256: str, name: str, content: bytes, via: str, now: datetime, **read: Any
) -> int | None:
    """Keeps a document and what was made of it (`text`, `reading`, `state`, `reason`); None if we have these bytes already."""
    reading: Reading | None = read.get("reading")
    rows = db.rows(
        """INSERT INTO documents (sha256, name, content, body, via, received_at, state, reason, reading)
           VALUES (:sha256, :name, :content, :body, :via, :now, :state, :reason, :reading)
           ON CONFLICT (sha256) DO NOTHING RETURNING id""",
        sha256=sha256,
        name=name,
        content=content,
        body=read.get("text"),
        via=via,
        now=instant(now),
        state=read["state"],
        reason=read.get("reason"),
        reading=packed(as_record(reading)) if reading else None,
    )
    return rows[0]["id"] if rows else None


def document(db: Database, id: int) -> Document:
    rows = db.rows(f"SELECT {COLUMNS} FROM documents WHERE id = :id", id=id)
    if not rows:
        raise NotFound("There is no such document.")
    return document_of(rows[0])


def find_document(db: Database, sha256: str) -> Document | None:
    rows = db.rows(f"SELECT {COLUMNS} FROM documents WHERE sha256 = :sha256", sha256=sha256)
    return document_of(rows[0]) if rows else None


def newest_documents(db: Database, most: int = 100) -> list[Document]:
    """The latest to arrive first."""
    rows = db.rows(f"SELECT {COLUMNS} FROM documents ORDER BY id DESC LIMIT :most", most=most)
    return [document_of(row) for row in rows]


def content_of(db: Database, id: int) -> bytes:
    """The document's bytes as they reached us."""
    rows = db.rows("SELECT content FROM documents WHERE id = :id", id=id)
    if not rows:
        raise NotFound("There is no such document.")
    return bytes(rows[0]["content"])


def hashes_of_outputs(db: Database, action: int) -> dict[int, str]:
    """The SHA-256 of the document in which each output of the action came, by the output's id."""
    rows = db.rows(
        """SELECT o.id, d.sha256 FROM outputs o JOIN documents d ON d.id = o.document_id
           WHERE o.urgent_action_id = :action""",
        action=action,
    )
    return {row["id"]: row["sha256"] for row in rows}


def set_document_state(db: Database, id: int, state: DocumentState, reason: str | None = None) -> None:
    db.run("UPDATE documents SET state = :state, reason = :reason WHERE id = :id", id=id, state=state, reason=reason)


def refuse_waiting_document(db: Database, id: int, reason: str) -> bool:
    """Whether it was still waiting; if not, it stays as it is."""
    return bool(
        db.rows(
            "UPDATE documents SET state = 'refused', reason = :reason WHERE id = :id AND state = 'waiting' RETURNING id",
            id=id,
            reason=reason,
        )
    )


def document_of(row: Row) -> Document:
    return Document(
        id=row["id"],
        sha256=row["sha256"],
        name=row["name"],
        text=row["body"],
        via=row["via"],
        received_at=moment(row["received_at"]),
        state=DocumentState(row["state"]),
        reason=row["reason"],
        reading=from_record(unpacked(row["reading"])) if row["reading"] else None,
    )
