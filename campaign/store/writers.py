"""The people who write: which of them want no mail, who is to be reminded, and forgetting them."""

from datetime import datetime
from enum import StrEnum

from campaign.domain.letter import LetterState
from campaign.domain.server_words import FORGOTTEN
from campaign.store.columns import instant
from campaign.store.database import Database, Row
from campaign.store.journal import Event, record

NOBODY_SAID_YES = "Nobody said yes to it in time."
NOT_THEM = "Whose address it is says that they did not write it."


class Silence(StrEnum):
    """What an address wants to hear nothing more of: `mail` at all, or only `news` of how actions end."""

    MAIL = "mail"
    NEWS = "news"


def silence(db: Database, writer: str, kind: Silence, now: datetime) -> None:
    db.run(
        """INSERT INTO silenced (writer, kind, at) VALUES (:writer, :kind, :now)
           ON CONFLICT (writer, kind) DO NOTHING""",
        writer=writer,
        kind=kind,
        now=instant(now),
    )


def is_silenced(db: Database, writer: str, kind: Silence) -> bool:
    return bool(db.rows("SELECT at FROM silenced WHERE writer = :writer AND kind = :kind", writer=writer, kind=kind))


def standing(db: Database, writer: str) -> tuple[bool, bool]:
    """Whether a writer wants no mail from us at all, and whether the address was ever proved to be theirs.

    It is proved by a yes to a letter, from the mail that we sent there.
    """
    (row,) = db.rows(
        """SELECT (SELECT count(*) FROM silenced WHERE writer = :writer AND kind = 'mail') AS silenced,
               (SELECT count(*) FROM (SELECT 1 AS one FROM letters WHERE writer = :writer
                    AND confirmed_at IS NOT NULL AND channel = 'email' LIMIT 1) proofs) AS proved""",
        writer=writer,
    )
    return bool(row["silenced"]), bool(row["proved"])


def next_to_remind(db: Database, written_before: datetime) -> int | None:
    """The id of a letter that has waited for its writer's yes since before that instant, and of which nobody was reminded."""
    rows = db.rows(
        """SELECT l.id FROM letters l JOIN cases c ON c.id = l.case_id
           WHERE l.channel = 'email' AND l.confirmed_at IS NULL AND l.body IS NOT NULL AND l.created_at < :before
             AND l.state = 'unconfirmed' AND l.reminded_at IS NULL AND l.email IS NOT NULL
             AND c.state = 'open' AND NOT EXISTS (SELECT 1 FROM silenced s WHERE s.writer = l.writer AND s.kind = 'mail')
           ORDER BY l.id LIMIT 1""",
        before=instant(written_before),
    )
    return int(rows[0]["id"]) if rows else None


def set_reminded(db: Database, letter: int, now: datetime) -> None:
    db.run("UPDATE letters SET reminded_at = :now WHERE id = :id", id=letter, now=instant(now))


def forget_unconfirmed(db: Database, before: datetime, now: datetime) -> int:
    """Blanks name, address and text of letters written before that instant to which nobody ever said yes; how many."""
    rows = db.rows(
        """UPDATE letters SET state = CASE WHEN state = 'unconfirmed' THEN 'withdrawn' ELSE state END, subject = NULL,
               body = NULL, name = NULL, email = NULL, writer = NULL
           WHERE channel = 'email' AND state IN ('unconfirmed', 'stopped') AND confirmed_at IS NULL
             AND body IS NOT NULL AND created_at < :before RETURNING id, case_id, state""",
        before=instant(before),
    )
    gone = [row for row in rows if row["state"] == LetterState.WITHDRAWN]
    record(db, *(_withdrawn(row, NOBODY_SAID_YES, "the sender", now) for row in gone))
    return len(rows)


def forget_of_writer(db: Database, writer: str, now: datetime) -> list[str]:
    """Withdraws and blanks every letter from this address that nobody said yes to; their form keys."""
    rows = db.rows(
        """UPDATE letters SET state = 'withdrawn', reason = :reason, subject = NULL, body = NULL, name = NULL,
               email = NULL, writer = NULL, erased_at = :now
           WHERE writer = :writer AND state = 'unconfirmed' RETURNING id, case_id, form_key""",
        writer=writer,
        reason=NOT_THEM,
        now=instant(now),
    )
    record(db, *(_withdrawn(row, NOT_THEM, "a supporter", now) for row in rows))
    return [row["form_key"] for row in rows]


def _withdrawn(row: Row, reason: str, actor: str, now: datetime) -> Event:
    return Event(
        now, actor, "letter", row["case_id"], row["id"], before="unconfirmed", after="withdrawn", reason=reason
    )


def letters_to_erase(db: Database, receipt: str) -> list[int]:
    """The letters of a receipt; with them, if its writer has proved the address, all others written from it."""
    rows = db.rows(
        """SELECT l.id FROM letters l WHERE l.receipt = :receipt OR (l.writer IS NOT NULL AND l.writer IN (
               SELECT o.writer FROM letters o WHERE o.receipt = :receipt AND o.confirmed_at IS NOT NULL))
           ORDER BY l.id""",
        receipt=receipt,
    )
    return [int(row["id"]) for row in rows]


def erase_letter(db: Database, id: int, now: datetime) -> None:
    """Blanks who wrote and what. The row stays, and so does the count; what has not left yet is withdrawn.

    A letter that a dead worker had in hand, or of which a try ended unknown, may have arrived: it becomes `uncertain`. The
    caller keeps senders out.
    Why one was held is said in words taken from it, so for what had not left no earlier reason stays.
    """
    before = db.rows("SELECT state, case_id, email, unknown_tries FROM letters WHERE id = :id", id=id)[0]
    waiting = before["state"] in ("unconfirmed", "queued", "held", "opened")
    may_be_there = before["state"] == "sending" or (waiting and before["unknown_tries"])
    after = "uncertain" if may_be_there else "withdrawn" if waiting else before["state"]
    db.run(
        """UPDATE letters SET state = :after, subject = NULL, body = NULL, name = NULL, email = NULL, writer = NULL,
               wire = NULL, recipient = NULL, confirm_hash = NULL, next_at = NULL, worker = NULL, erased_at = :now,
               reason = CASE WHEN CAST(:waiting AS text) = 'yes' THEN :reason ELSE COALESCE(reason, :reason) END
           WHERE id = :id""",
        id=id,
        after=after,
        waiting="yes" if waiting else "no",
        reason=FORGOTTEN,
        now=instant(now),
    )
    record(
        db,
        Event(
            now, "a supporter", "erased", before["case_id"], id, before=before["state"], after=after, reason=FORGOTTEN
        ),
    )
    if before["email"]:
        db.run(
            """UPDATE notices SET state = 'refused', reason = :reason, email = NULL, wire = NULL, facts = NULL
               WHERE email = :email AND state = 'queued'""",
            email=before["email"],
            reason=FORGOTTEN,
        )
