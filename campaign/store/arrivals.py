"""How documents came, each time: by whom, by which way, and whose signature was proven on the way."""

from dataclasses import dataclass
from datetime import datetime

from campaign.store.columns import instant, moment
from campaign.store.database import Database, Row


@dataclass(frozen=True)
class Came:
    """By which way something came and who brought it: an account's name, the terminal, the sender of a mail.

    `together` is a word for all that was brought in one go. Of a mail, `signature` is what became of the proof of its
    sender, in a sentence, and `signed_by` the trusted domain that is proven to have sent it; None where nothing is proven.
    """

    via: str
    by: str
    together: str | None = None
    message_id: str | None = None
    signed_by: str | None = None
    signature: str | None = None


@dataclass(frozen=True)
class Arrival:
    """One document that came once; a repeat was known already."""

    id: int
    document: int
    at: datetime
    name: str
    is_repeat: bool
    came: Came


def add_arrival(db: Database, document: int, came: Came, *, name: str, is_repeat: bool, now: datetime) -> None:
    db.run(
        """INSERT INTO arrivals (document_id, came_at, via, brought_by, name, was, together, message_id, signed_by,
               signature)
           VALUES (:document, :at, :via, :by, :name, :was, :together, :message_id, :signed_by, :signature)""",
        document=document,
        at=instant(now),
        name=name,
        was="known" if is_repeat else "new",
        **vars(came),
    )


def arrivals_of(db: Database, document: int) -> list[Arrival]:
    """Each time the document came, the first first."""
    rows = db.rows("SELECT * FROM arrivals WHERE document_id = :document ORDER BY id", document=document)
    return [_arrival(row) for row in rows]


def brought_together(db: Database, together: str) -> list[Arrival]:
    """What came in one go, in its order."""
    rows = db.rows("SELECT * FROM arrivals WHERE together = :together ORDER BY id", together=together)
    return [_arrival(row) for row in rows]


def first_arrivals(db: Database, lowest: int, highest: int) -> dict[int, Arrival]:
    """How the documents between two ids came for the first time."""
    rows = db.rows(
        """SELECT * FROM arrivals WHERE id IN (SELECT min(id) FROM arrivals
               WHERE document_id BETWEEN :lowest AND :highest GROUP BY document_id)""",
        lowest=lowest,
        highest=highest,
    )
    return {row["document_id"]: _arrival(row) for row in rows}


def came_by_message(db: Database, message_id: str, signed_by: str | None) -> list[int]:
    """The documents that a mail with this Message-ID brought before; of a mail that is proven, only what came as proven.

    So nobody can keep a proven mail out by sending another one of that name before it.
    """
    rows = db.rows(
        """SELECT DISTINCT document_id FROM arrivals WHERE message_id = :message_id
               AND (CAST(:signed_by AS text) = '' OR signed_by = :signed_by) ORDER BY document_id""",
        message_id=message_id,
        signed_by=signed_by or "",
    )
    return [row["document_id"] for row in rows]


def _arrival(row: Row) -> Arrival:
    came = Came(row["via"], row["brought_by"], row["together"], row["message_id"], row["signed_by"], row["signature"])
    return Arrival(row["id"], row["document_id"], moment(row["came_at"]), row["name"], row["was"] == "known", came)
