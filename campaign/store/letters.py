"""Letters: what supporters wrote, and in which state each is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from campaign.domain.letter import Channel, Letter, LetterState
from campaign.domain.refusals import NotFound
from campaign.store.columns import instant, moment, moment_or_none
from campaign.store.database import Database, Row
from campaign.store.journal import Event, record

_COLUMNS = """id, receipt, case_id, target_id, channel, state, reason, subject, body, name, email, country, language,
    message_id, attempts, unknown_tries, created_at, confirmed_at, sent_at, epoch"""


@dataclass(frozen=True)
class NewLetter:
    """What a supporter's form says, checked; `confirm_hash` is None where no confirmation is asked for."""

    receipt: str
    form_key: str
    case: int
    target: int | None
    channel: Channel
    state: LetterState
    template: str
    language: str
    subject: str
    body: str
    name: str
    email: str | None
    country: str
    writer: str | None
    wants_news: bool
    confirm_hash: str | None
    epoch: int


def add_letter(db: Database, new: NewLetter, now: datetime) -> int | None:
    """The new letter's id, or None when this very form has made a letter already."""
    rows = db.rows(
        """INSERT INTO letters (receipt, form_key, case_id, target_id, channel, state, template, language, subject,
               body, name, email, country, writer, news_at, consented_at, confirm_hash, attempts, unknown_tries, epoch,
               created_at)
           VALUES (:receipt, :form_key, :case, :target, :channel, :state, :template, :language, :subject, :body, :name,
               :email, :country, :writer, :news_at, :now, :confirm_hash, 0, 0, :epoch, :now)
           ON CONFLICT (form_key) DO NOTHING RETURNING id""",
        now=instant(now),
        news_at=instant(now) if new.wants_news else None,
        **{name: value for name, value in vars(new).items() if name != "wants_news"},
    )
    return int(rows[0]["id"]) if rows else None


def letter(db: Database, id: int) -> Letter:
    return _one(db.rows(f"SELECT {_COLUMNS} FROM letters WHERE id = :id", id=id))


def letters_of_receipt(db: Database, receipt: str) -> list[Letter]:
    """The letters that one receipt stands for, at least one. Raises NotFound."""
    rows = db.rows(f"SELECT {_COLUMNS} FROM letters WHERE receipt = :receipt ORDER BY id", receipt=receipt)
    if not rows:
        raise NotFound("We know of no letter with this receipt.")
    return [_letter(row) for row in rows]


def find_letter_of_form(db: Database, form_key: str) -> Letter | None:
    rows = db.rows(f"SELECT {_COLUMNS} FROM letters WHERE form_key = :key", key=form_key)
    return _letter(rows[0]) if rows else None


def find_letter_to_confirm(db: Database, confirm_hash: str) -> Letter | None:
    rows = db.rows(f"SELECT {_COLUMNS} FROM letters WHERE confirm_hash = :hash", hash=confirm_hash)
    return _letter(rows[0]) if rows else None


def has_written_before(db: Database, letter: Letter) -> bool:
    """Whether the same writer has another letter to the same target in this case that stands or may still go."""
    return bool(
        db.rows(
            """SELECT o.id FROM letters o JOIN letters l ON l.id = :id
               WHERE o.case_id = l.case_id AND o.target_id = l.target_id AND o.writer = l.writer AND o.epoch = l.epoch
                 AND o.id <> l.id AND o.state IN ('queued', 'held', 'sending', 'sent', 'uncertain') LIMIT 1""",
            id=letter.id,
        )
    )


def queue_letter(db: Database, letter: Letter, sealed: dict[str, Any], now: datetime) -> bool:
    """Confirms and queues an unconfirmed letter with its final bytes; False when it was no longer unconfirmed.

    `sealed` has message_id, wire and recipient. Raises store.database.Conflict where the writer's other letter stands.
    """
    changed = db.run(
        """UPDATE letters SET state = 'queued', confirmed_at = :now, next_at = :now, message_id = :message_id,
               wire = :wire, recipient = :recipient WHERE id = :id AND state = 'unconfirmed'""",
        id=letter.id,
        now=instant(now),
        **sealed,
    )
    if changed:
        record(db, Event(now, "a supporter", "letter", letter.case, letter.id, before="unconfirmed", after="queued"))
    return changed == 1


def report_letter(db: Database, letter: Letter, now: datetime) -> bool:
    """The supporter says that an opened letter went; False when it was not `opened`."""
    changed = db.run(
        "UPDATE letters SET state = 'reported', sent_at = :now WHERE id = :id AND state = 'opened'",
        id=letter.id,
        now=instant(now),
    )
    if changed:
        record(db, Event(now, "a supporter", "letter", letter.case, letter.id, before="opened", after="reported"))
    return changed == 1


def stop_waiting_letters(db: Database, case: int, reason: str, actor: str, now: datetime) -> int:
    """Stops every letter of a case that could still leave, and says how many that were.

    A letter of which an earlier try ended unknown may have arrived, so it becomes `uncertain` instead.
    """
    stopped = 0
    for state in (LetterState.UNCONFIRMED, LetterState.QUEUED, LetterState.HELD):
        rows = db.rows(
            """UPDATE letters SET state = CASE WHEN unknown_tries > 0 THEN 'uncertain' ELSE 'stopped' END,
                   reason = :reason, next_at = NULL WHERE case_id = :case AND state = :state RETURNING id, state""",
            case=case,
            state=state,
            reason=reason,
        )
        stopped += len(rows)
        record(
            db,
            *(
                Event(now, actor, "letter", case, row["id"], before=state, after=row["state"], reason=reason)
                for row in rows
            ),
        )
    return stopped


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
    reason = "Nobody said yes to it in time."
    record(
        db,
        *(
            Event(
                now,
                "the sender",
                "letter",
                row["case_id"],
                row["id"],
                before="unconfirmed",
                after="withdrawn",
                reason=reason,
            )
            for row in gone
        ),
    )
    return len(rows)


def count_waiting_letters(db: Database, case: int) -> int:
    """How many letters a closing would stop now."""
    rows = db.rows(
        "SELECT count(*) AS n FROM letters WHERE case_id = :case AND state IN ('unconfirmed', 'queued', 'held')",
        case=case,
    )
    return int(rows[0]["n"])


def count_being_handed_over(db: Database, case: int) -> int:
    rows = db.rows("SELECT count(*) AS n FROM letters WHERE case_id = :case AND state = 'sending'", case=case)
    return int(rows[0]["n"])


def exported(db: Database, *, with_names: bool) -> list[Row]:
    """Every letter as a row, for export; name, address and text only where asked for."""
    private = ", l.name, l.email, l.subject, l.body AS text" if with_names else ""
    return db.rows(
        f"""SELECT l.id, l.state, l.reason, l.message_id, a.number AS ua, a.slug AS action, c.slug AS person,
                COALESCE(t.name, t.role) AS target, l.channel, l.attempts, l.country, l.created_at, l.sent_at{private}
            FROM letters l JOIN cases c ON c.id = l.case_id JOIN urgent_actions a ON a.id = c.urgent_action_id
            LEFT JOIN targets t ON t.id = l.target_id ORDER BY l.id"""
    )


def _one(rows: list[Row]) -> Letter:
    if not rows:
        raise NotFound("There is no such letter.")
    return _letter(rows[0])


def _letter(row: Row) -> Letter:
    return Letter(
        id=row["id"],
        receipt=row["receipt"],
        case=row["case_id"],
        target=row["target_id"],
        channel=Channel(row["channel"]),
        state=LetterState(row["state"]),
        reason=row["reason"],
        subject=row["subject"],
        body=row["body"],
        name=row["name"],
        email=row["email"],
        country=row["country"],
        language=row["language"],
        message_id=row["message_id"],
        attempts=row["attempts"],
        unknown_tries=row["unknown_tries"],
        created_at=moment(row["created_at"]),
        confirmed_at=moment_or_none(row["confirmed_at"]),
        sent_at=moment_or_none(row["sent_at"]),
        epoch=row["epoch"],
    )
