"""The queue: letters and notices that wait, claimed one at a time, and marked with what became of the try."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from campaign.domain.letter import LetterState
from campaign.domain.server_words import trouble_of
from campaign.store import pacing
from campaign.store.columns import instant, moment, packed, unpacked
from campaign.store.database import Database, Row
from campaign.store.journal import Event, record
from campaign.store.ledger import line_of_own_mail, line_of_sending
from campaign.store.owed import owe
from campaign.store.pacing import NO_LIMIT, Pace

_log = logging.getLogger("campaign")


@dataclass(frozen=True)
class OwnMail:
    """A mail of our own before it is written: which one, in which language, and the facts for its template.

    `sender_name` is the name it comes from, `unsubscribe` the address at which one click ends such mails.
    """

    kind: str
    tongue: str
    facts: dict[str, Any]
    sender_name: str
    unsubscribe: str | None = None


@dataclass(frozen=True)
class Claimed:
    """A letter (or notice: no `case`) that one worker has in hand, with the bytes that are to go.

    Letters are sealed when their writer says yes; a notice is written and sealed by who sends it, from its `mail`.
    """

    id: int
    case: int | None
    wire: bytes | None
    recipient: str
    attempts: int
    unknown_tries: int
    promised_at: datetime
    message_id: str
    mail: OwnMail | None = None


# Nothing goes to an address that somebody marked as failing.
_REACHABLE = "NOT EXISTS (SELECT 1 FROM failing_addresses f WHERE f.email = l.recipient)"
_NOTICE_IS_DUE = "EXISTS (SELECT 1 FROM notices WHERE state = 'queued' AND next_at <= :now)"
_CLAIMED = "id, case_id, target_id, wire, recipient, attempts, unknown_tries, confirmed_at, message_id"


def claim_letter(
    db: Database, worker: str, now: datetime, pace: Pace = NO_LIMIT, *, after_notices: bool = False
) -> Claimed | None:
    """The next letter that is due and whose case is open, now `sending` and this worker's; None if there is none.

    A letter whose addressee or whose minute has had its share is given a later moment of its own, and the next is looked
    at. With `after_notices` there is none while a mail of our own is due.
    """
    # EXISTS, not a join: SQLite would begin with the cases, and sort the whole queue for every letter.
    first = f"AND NOT {_NOTICE_IS_DUE}" if after_notices else ""
    with db.joined():
        if pacing.minute_is_full(db, pace, now):
            return None
        while True:
            rows = db.rows(
                f"""UPDATE letters SET state = 'sending', worker = :worker, attempts = attempts + 1
                    WHERE id = (SELECT l.id FROM letters l WHERE l.state = 'queued' AND l.next_at <= :now AND {_REACHABLE}
                        AND EXISTS (SELECT 1 FROM cases c WHERE c.id = l.case_id AND c.state = 'open')
                        AND NOT EXISTS (SELECT 1 FROM paused WHERE what = 'queue') {first}
                        ORDER BY l.next_at, l.id LIMIT 1 {db.skip_locked})
                    RETURNING {_CLAIMED}, slot_at, next_at,
                        (SELECT count(*) FROM paused WHERE what = 'target-' || target_id) AS is_paused""",
                worker=worker,
                now=instant(now),
            )
            if not rows:
                return None
            if not _is_put_off(db, rows[0], pace, now):
                break
        pacing.note_gone(db, pace, now)
        event = Event(now, "the sender", "letter", rows[0]["case_id"], rows[0]["id"], before="queued", after="sending")
        record(db, event)
    return _claimed(rows[0])


def _is_put_off(db: Database, row: Row, pace: Pace, now: datetime) -> bool:
    """Whether a letter that was claimed has to wait, for its addressee is paused or had their share; then it is queued again."""
    at = now + pacing.PUT_OFF
    if not row["is_paused"]:
        at = pacing.slot(db, row["target_id"], pace, now, has_one=row["slot_at"] == row["next_at"])
    if at <= now:
        return False
    db.run(
        """UPDATE letters SET state = 'queued', worker = NULL, attempts = attempts - 1, next_at = :at, slot_at = :at
           WHERE id = :id""",
        id=row["id"],
        at=instant(at),
    )
    return True


def due_letters(db: Database, now: datetime) -> list[Claimed]:
    """The letters that are due, in their order, and stay where they are: for a trial run."""
    rows = db.rows(
        f"""SELECT {_CLAIMED} FROM letters WHERE state = 'queued' AND next_at <= :now ORDER BY next_at, id""",
        now=instant(now),
    )
    return [_claimed(row) for row in rows]


def mark_letter(
    db: Database, claimed: Claimed, worker: str, state: LetterState, *, reason: str | None, maybe: bool, now: datetime,
    next_at: datetime | None = None,
) -> bool:  # fmt: skip
    """Writes down what became of a try; False if the letter is no longer this worker's. A sending is owed to the ledger."""
    with db.joined():
        changed = db.rows(
            """UPDATE letters SET state = :state, reason = :reason, worker = NULL,
                   unknown_tries = unknown_tries + :unknown, next_at = :next_at,
                   sent_at = CASE WHEN CAST(:state AS text) = 'sent' THEN :now ELSE sent_at END
               WHERE id = :id AND worker = :worker AND state = 'sending' RETURNING form_key""",
            id=claimed.id,
            worker=worker,
            state=state,
            reason=reason,
            unknown=1 if maybe else 0,
            next_at=instant(next_at) if next_at else None,
            now=instant(now),
        )
        if changed:
            event = Event(
                now, "the sender", "letter", claimed.case, claimed.id, before="sending", after=state, reason=reason
            )
            record(db, event)
            if state is LetterState.SENT:
                owe(db, line_of_sending(instant(now), changed[0]["form_key"], claimed.message_id))
    if changed:
        _tell(claimed, state, reason)
    return bool(changed)


def put_back(db: Database, claimed: Claimed, worker: str, reason: str, now: datetime) -> bool:
    """A letter that was claimed and not tried is in the queue again as it was; False if it is no longer this worker's."""
    with db.joined():
        changed = db.run(
            """UPDATE letters SET state = 'queued', worker = NULL, attempts = attempts - 1
               WHERE id = :id AND worker = :worker AND state = 'sending'""",
            id=claimed.id,
            worker=worker,
        )
        if changed:
            event = Event(
                now, "the sender", "letter", claimed.case, claimed.id, before="sending", after="queued", reason=reason
            )
            record(db, event)
    return bool(changed)


def _tell(claimed: Claimed, state: LetterState, reason: str | None) -> None:
    """A line in the log by ids alone: a server's words can repeat what is in a letter, so only what they come to is told."""
    trouble = trouble_of(reason) if reason and state in (LetterState.REFUSED, LetterState.QUEUED) else None
    why = f" ({trouble})" if trouble else ""
    _log.info("letter %d of case %s: %s after try %d%s", claimed.id, claimed.case, state, claimed.attempts, why)


def workers_in_hand(db: Database) -> list[str]:
    """The names of the workers that have a letter or a notice in hand."""
    rows = db.rows(
        """SELECT worker FROM letters WHERE state = 'sending' UNION SELECT worker FROM notices WHERE state = 'sending'"""
    )
    return [row["worker"] for row in rows]


def letters_in_hand(db: Database, worker: str) -> list[Claimed]:
    rows = db.rows(
        f"SELECT {_CLAIMED} FROM letters WHERE state = 'sending' AND worker = :worker",
        worker=worker,
    )
    return [_claimed(row) for row in rows]


def count_due(db: Database, now: datetime) -> int:
    rows = db.rows(
        f"""SELECT (SELECT count(*) FROM letters l JOIN cases c ON c.id = l.case_id
                WHERE l.state = 'queued' AND l.next_at <= :now AND c.state = 'open' AND {_REACHABLE})
             + (SELECT count(*) FROM notices WHERE state = 'queued' AND next_at <= :now) AS n""",
        now=instant(now),
    )
    return int(rows[0]["n"])


def oldest_due(db: Database, now: datetime) -> datetime | None:
    """Since when the letter is due that has waited longest for a sender; None when none is due."""
    rows = db.rows(
        """SELECT l.next_at FROM letters l WHERE l.state = 'queued' AND l.next_at <= :now
               AND EXISTS (SELECT 1 FROM cases c WHERE c.id = l.case_id AND c.state = 'open')
           ORDER BY l.next_at LIMIT 1""",
        now=instant(now),
    )
    return moment(rows[0]["next_at"]) if rows else None


def add_notice(db: Database, about: str, mail: OwnMail, *, email: str, message_id: str, now: datetime) -> bool:
    """Queues a mail of our own; False when one of its kind about the same thing was queued before."""
    rows = db.rows(
        """INSERT INTO notices (kind, about, email, subject, facts, tongue, sender_name, unsubscribe, state, message_id,
               attempts, next_at, created_at)
           VALUES (:kind, :about, :email, '', :facts, :tongue, :sender_name, :unsubscribe, 'queued', :message_id, 0, :now,
               :now)
           ON CONFLICT (kind, about) DO NOTHING RETURNING id""",
        **(vars(mail) | {"facts": packed(mail.facts)}),
        about=about,
        email=email,
        message_id=message_id,
        now=instant(now),
    )
    return bool(rows)


def has_notice(db: Database, kind: str, about: str) -> bool:
    """Whether a mail of our own of this kind about this was queued before."""
    return bool(db.rows("SELECT id FROM notices WHERE kind = :kind AND about = :about", kind=kind, about=about))


def notice_is_due(db: Database, now: datetime) -> bool:
    """Whether a mail of our own waits to go: asked before each letter, so without a transaction."""
    return bool(db.rows(f"SELECT 1 AS due WHERE {_NOTICE_IS_DUE}", now=instant(now)))


def claim_notice(db: Database, worker: str, now: datetime) -> Claimed | None:
    with db.atomic():
        rows = db.rows(
            f"""UPDATE notices SET state = 'sending', worker = :worker, attempts = attempts + 1
                WHERE id = (SELECT l.id FROM notices l WHERE l.state = 'queued' AND l.next_at <= :now
                    ORDER BY l.next_at, l.id LIMIT 1 {db.skip_locked})
                RETURNING id, wire, email AS recipient, attempts, created_at AS confirmed_at, message_id, kind,
                    facts, tongue, sender_name, unsubscribe""",
            worker=worker,
            now=instant(now),
        )
    return _claimed(rows[0]) if rows else None


def mark_notice(
    db: Database, claimed: Claimed, state: str, *, reason: str | None, now: datetime, next_at: datetime | None = None
) -> None:
    """Writes down what became of a try. A notice that went, or never will, keeps neither its address nor its text.

    That it went is owed to the ledger.
    """
    settled = state in ("sent", "refused")
    with db.atomic():
        db.run(
            """UPDATE notices SET state = :state, reason = :reason, worker = NULL, next_at = :next_at,
                   sent_at = CASE WHEN CAST(:state AS text) = 'sent' THEN :now ELSE sent_at END,
                   email = CASE WHEN CAST(:settled AS text) = 'yes' THEN NULL ELSE email END,
                   wire = CASE WHEN CAST(:settled AS text) = 'yes' THEN NULL ELSE wire END,
                   facts = CASE WHEN CAST(:settled AS text) = 'yes' THEN NULL ELSE facts END
               WHERE id = :id AND state = 'sending'""",
            id=claimed.id,
            state=state,
            reason=reason,
            next_at=instant(next_at or now),
            now=instant(now),
            settled="yes" if settled else "no",
        )
        if state == "sent":
            owe(db, line_of_own_mail(instant(now), claimed.message_id))


def queue_notices_again(db: Database, worker: str, now: datetime) -> None:
    """Notices a dead worker had in hand wait again; a second copy of a notice does no harm."""
    db.run(
        "UPDATE notices SET state = 'queued', worker = NULL, next_at = :now WHERE state = 'sending' AND worker = :worker",
        worker=worker,
        now=instant(now),
    )


def _claimed(row: Row) -> Claimed:
    return Claimed(
        id=row["id"],
        case=row.get("case_id"),
        wire=bytes(row["wire"]) if row["wire"] is not None else None,
        recipient=row["recipient"],
        attempts=row["attempts"],
        unknown_tries=row.get("unknown_tries", 0),
        promised_at=moment(row["confirmed_at"]),
        message_id=row["message_id"],
        mail=_own_mail(row) if row.get("facts") else None,
    )


def _own_mail(row: Row) -> OwnMail:
    return OwnMail(row["kind"], row["tongue"], unpacked(row["facts"]), row["sender_name"], row["unsubscribe"])
