"""Documents as they reached us: kept whole, known by their SHA-256, with what was read in them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from campaign.domain.corrections import TRIED, Correction, corrected
from campaign.domain.reading import as_record, from_record
from campaign.domain.refusals import NotFound
from campaign.domain.urgent_action import Reading
from campaign.store.columns import instant, moment, moment_or_none, packed, unpacked
from campaign.store.corrections import corrections_of, corrections_of_newest
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
    """A file as it reached us; `text` and `reading` are None where it could not be read.

    `as_read` is what the reader made of it, `reading` the same with all that people corrected and answered, proposals
    included. `alone_at` says when it was applied without an admin's word, `taken_back_at` that its effect was taken back.
    """

    id: int
    sha256: str
    name: str
    text: str | None
    via: str
    received_at: datetime
    state: DocumentState
    reason: str | None
    as_read: Reading | None
    corrections: tuple[Correction, ...] = ()
    alone_at: datetime | None = None
    taken_back_at: datetime | None = None

    @property
    def tried(self) -> tuple[Correction, ...]:
        """The corrections that count, or would once they are applied."""
        return tuple(one for one in self.corrections if one.state in TRIED)

    @property
    def reading(self) -> Reading | None:
        return corrected(self.as_read, self.tried) if self.as_read else None


COLUMNS = "id, sha256, name, body, via, received_at, state, reason, reading, alone_at, taken_back_at"


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
    return document_of(rows[0], corrections_of(db, id))


def find_document(db: Database, sha256: str) -> Document | None:
    rows = db.rows(f"SELECT {COLUMNS} FROM documents WHERE sha256 = :sha256", sha256=sha256)
    return document_of(rows[0], corrections_of(db, rows[0]["id"])) if rows else None


def newest_documents(db: Database, most: int = 100) -> list[Document]:
    """The latest to arrive first."""
    rows = db.rows(f"SELECT {COLUMNS} FROM documents ORDER BY id DESC LIMIT :most", most=most)
    said = corrections_of_newest(db, most)
    return [document_of(row, said.get(row["id"], ())) for row in rows]


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


def set_reading(db: Database, id: int, reading: Reading) -> None:
    """A newer reader's understanding of the same text; what people said of it stays."""
    db.run("UPDATE documents SET reading = :reading WHERE id = :id", id=id, reading=packed(as_record(reading)))


def set_applied(db: Database, id: int, alone_at: datetime | None) -> None:
    """Notes whether it was applied by itself; what was taken back before counts again."""
    db.run(
        "UPDATE documents SET alone_at = :at, taken_back_at = NULL WHERE id = :id",
        id=id,
        at=instant(alone_at) if alone_at else None,
    )


def set_taken_back(db: Database, id: int, now: datetime) -> None:
    db.run("UPDATE documents SET alone_at = NULL, taken_back_at = :now WHERE id = :id", id=id, now=instant(now))


def applied_alone(db: Database, account: int, since: datetime) -> list[Document]:
    """What was applied by itself since then and that account has not yet marked as seen, the newest first."""
    rows = db.rows(
        f"""SELECT {COLUMNS} FROM documents d WHERE d.alone_at IS NOT NULL AND d.alone_at >= :since AND NOT EXISTS (
                SELECT 1 FROM seen_alone s WHERE s.document_id = d.id AND s.account_id = :account)
            ORDER BY d.alone_at DESC, d.id DESC LIMIT 20""",
        account=account,
        since=instant(since),
    )
    return [document_of(row, corrections_of(db, row["id"])) for row in rows]


def mark_seen(db: Database, account: int, document: int, now: datetime) -> None:
    db.run(
        """INSERT INTO seen_alone (account_id, document_id, seen_at) VALUES (:account, :document, :now)
           ON CONFLICT (account_id, document_id) DO NOTHING""",
        account=account,
        document=document,
        now=instant(now),
    )


def document_of(row: Row, said: tuple[Correction, ...]) -> Document:
    return Document(
        id=row["id"],
        sha256=row["sha256"],
        name=row["name"],
        text=row["body"],
        via=row["via"],
        received_at=moment(row["received_at"]),
        state=DocumentState(row["state"]),
        reason=row["reason"],
        as_read=from_record(unpacked(row["reading"])) if row["reading"] else None,
        corrections=said,
        alone_at=moment_or_none(row["alone_at"]),
        taken_back_at=moment_or_none(row["taken_back_at"]),
    )
