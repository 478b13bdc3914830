"""Letters: what supporters wrote, and in which state each is."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from campaign.domain.bounce import Bounce
from campaign.domain.letter import Channel, Letter, LetterState
from campaign.domain.refusals import NotFound
from campaign.store.columns import day, instant, iso, moment, moment_or_none
from campaign.store.database import Database, Row
from campaign.store.journal import Event, record

HELD = "something in it could harm, or is no part of a letter"
"""What the record says of a letter that is held: events stay for ever, so they never quote it."""

_COLUMNS = """id, receipt, form_key, case_id, target_id, channel, state, reason, subject, body, name, email, country,
    language, message_id, attempts, unknown_tries, created_at, confirmed_at, sent_at, epoch, template, tongue, answers_at,
    own_words_at, sent_on, copy_of, erased_at, bounced_at, bounce, bounce_words, group_id"""


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
    tongue: str = "en"
    wants_answers: bool = False
    has_own_words: bool = False
    copy_of: int | None = None
    reason: str | None = None
    group: int | None = None


def add_letter(db: Database, new: NewLetter, now: datetime) -> int | None:
    """The new letter's id, with its first event; None when this very form has made a letter already."""
    moments = {"wants_news": "news_at", "wants_answers": "answers_at", "has_own_words": "own_words_at"}
    rows = db.rows(
        """INSERT INTO letters (receipt, form_key, case_id, target_id, channel, state, reason, template, language, subject,
               body, name, email, country, writer, news_at, answers_at, own_words_at, consented_at, confirm_hash,
               attempts, unknown_tries, epoch, created_at, tongue, copy_of, group_id)
           VALUES (:receipt, :form_key, :case, :target, :channel, :state, :reason, :template, :language, :subject, :body,
               :name, :email, :country, :writer, :news_at, :answers_at, :own_words_at, :now, :confirm_hash, 0, 0, :epoch,
               :now, :tongue, :copy_of, :group)
           ON CONFLICT (form_key) DO NOTHING RETURNING id""",
        now=instant(now),
        **{column: instant(now) if vars(new)[wish] else None for wish, column in moments.items()},
        **{name: value for name, value in vars(new).items() if name not in moments},
    )
    if not rows:
        return None
    id = int(rows[0]["id"])
    _record(db, now, "a supporter", new.case, id, before=None, after=new.state, held_for=new.reason)
    return id


def letter(db: Database, id: int) -> Letter:
    return _one(db.rows(f"SELECT {_COLUMNS} FROM letters WHERE id = :id", id=id))


def letters_of_receipt(db: Database, receipt: str) -> list[Letter]:
    """The letters that one receipt stands for, at least one. Raises NotFound."""
    rows = db.rows(f"SELECT {_COLUMNS} FROM letters WHERE receipt = :receipt ORDER BY id", receipt=receipt)
    if not rows:
        raise NotFound("We know of no letter with this receipt.")
    return [_letter(row) for row in rows]


def letter_of_receipt(db: Database, receipt: str, id: int) -> Letter:
    """One letter of a receipt. Raises NotFound: whose receipt it is not on, for them it does not exist."""
    for letter in letters_of_receipt(db, receipt):
        if letter.id == id:
            return letter
    raise NotFound("We know of no such letter.")


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


def queue_letter(
    db: Database, letter: Letter, sealed: dict[str, Any], now: datetime, held_for: str | None = None
) -> bool:
    """Confirms and queues an unconfirmed letter with its final bytes; False when it was no longer unconfirmed.

    `sealed` has message_id, wire and recipient. With a reason it is held for an organizer instead of queued.
    Raises store.database.Conflict where the writer's other letter stands.
    """
    state = LetterState.HELD if held_for else LetterState.QUEUED
    changed = db.run(
        """UPDATE letters SET state = :state, reason = :reason, confirmed_at = :now, next_at = :now,
               message_id = :message_id, wire = :wire, recipient = :recipient WHERE id = :id AND state = 'unconfirmed'""",
        id=letter.id,
        now=instant(now),
        state=state,
        reason=held_for,
        **sealed,
    )
    if changed:
        before = LetterState.UNCONFIRMED
        _record(db, now, "a supporter", letter.case, letter.id, before=before, after=state, held_for=held_for)
    return changed == 1


def _record(
    db: Database, now: datetime, actor: str, case: int, id: int, *, before: str | None, after: str, held_for: str | None
) -> None:
    """The event of a letter that may have been held; what it was held for is quoted nowhere but with the letter itself."""
    record(db, Event(now, actor, "letter", case, id, before=before, after=after, reason=HELD if held_for else None))


def report_letter(db: Database, letter: Letter, now: datetime, sent_on: date | None = None) -> bool:
    """The supporter says that an opened letter went, and on which day; False when it was not `opened`."""
    changed = db.run(
        "UPDATE letters SET state = 'reported', sent_at = :now, sent_on = :sent_on WHERE id = :id AND state = 'opened'",
        id=letter.id,
        now=instant(now),
        sent_on=iso(sent_on or now.date()),
    )
    if changed:
        record(db, Event(now, "a supporter", "letter", letter.case, letter.id, before="opened", after="reported"))
    return changed == 1


def change_words(db: Database, letter: Letter, subject: str, body: str, now: datetime) -> bool:
    """Other words for a letter that has not left, and for the copies of it; False when it can no longer be changed."""
    changed = db.run(
        """UPDATE letters SET subject = :subject, body = :body, own_words_at = :now
           WHERE (id = :id OR copy_of = :id) AND confirmed_at IS NULL AND state IN ('unconfirmed', 'opened', 'held')""",
        id=letter.id,
        subject=subject,
        body=body,
        now=instant(now),
    )
    return changed > 0


def set_held(db: Database, letter: Letter, held_for: str | None, now: datetime, *, actor: str) -> bool:
    """Holds an opened letter, or gives a held one free again: `queued` if it was confirmed, else `opened`.

    False when it was in neither state.
    """
    free = LetterState.QUEUED if letter.confirmed_at else LetterState.OPENED
    before, after = (LetterState.OPENED, LetterState.HELD) if held_for else (LetterState.HELD, free)
    changed = db.run(
        "UPDATE letters SET state = :after, reason = :reason, next_at = :now WHERE id = :id AND state = :before",
        id=letter.id,
        before=before,
        after=after,
        reason=held_for,
        now=instant(now),
    )
    if changed:
        _record(db, now, actor, letter.case, letter.id, before=before, after=after, held_for=held_for)
    return changed == 1


def withdraw(db: Database, letter: Letter, reason: str, now: datetime, *, actor: str) -> bool:
    """Ends a letter that has not left and is not on its way; False when it has.

    One of which an earlier try ended unknown may have arrived, so it becomes `uncertain` instead.
    """
    after = LetterState.UNCERTAIN if letter.unknown_tries else LetterState.WITHDRAWN
    changed = db.run(
        """UPDATE letters SET state = :after, reason = :reason, next_at = NULL
           WHERE id = :id AND state IN ('unconfirmed', 'queued', 'held', 'opened')""",
        id=letter.id,
        after=after,
        reason=reason,
    )
    if changed:
        event = Event(now, actor, "letter", letter.case, letter.id, before=letter.state, after=after, reason=reason)
        record(db, event)
    return changed == 1


def settle(
    db: Database, letter: Letter, state: LetterState, kept: str | None, now: datetime, *, actor: str, reason: str
) -> bool:
    """Calls an uncertain letter what somebody found out that it is; False when it was not `uncertain`.

    `kept` stays with the letter, `reason` with the event. One that went, went when it was last tried.
    """
    changed = db.run(
        """UPDATE letters SET state = :state, reason = :kept,
               sent_at = CASE WHEN CAST(:state AS text) = 'sent' THEN COALESCE((SELECT max(e.at) FROM events e
                   WHERE e.letter_id = letters.id AND e.after_state = 'sending'), :now) ELSE sent_at END
           WHERE id = :id AND state = 'uncertain'""",
        id=letter.id,
        state=state,
        kept=kept,
        now=instant(now),
    )
    if changed:
        event = Event(now, actor, "letter", letter.case, letter.id, before=letter.state, after=state, reason=reason)
        record(db, event)
    return changed == 1


def held_letters(db: Database) -> list[Letter]:
    """The letters that wait for an organizer's word, the oldest first."""
    return [_letter(row) for row in db.rows(f"SELECT {_COLUMNS} FROM letters WHERE state = 'held' ORDER BY id")]


def stop_waiting_letters(db: Database, case: int, reason: str, actor: str, now: datetime) -> int:
    """Stops every letter of a case that could still leave, and says how many that were.

    A letter of which an earlier try ended unknown may have arrived, so it becomes `uncertain` instead. One that somebody
    else is changing at this moment is passed by: a closing never waits for a sender that is frozen within a transaction.
    """
    stopped = 0
    for state in (LetterState.UNCONFIRMED, LetterState.QUEUED, LetterState.HELD):
        rows = db.rows(
            f"""UPDATE letters SET state = CASE WHEN unknown_tries > 0 THEN 'uncertain' ELSE 'stopped' END,
                   reason = :reason, next_at = NULL WHERE id IN (
                       SELECT l.id FROM letters l WHERE l.case_id = :case AND l.state = :state {db.skip_locked})
               RETURNING id, state""",
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
                COALESCE(t.name, t.role) AS target, l.channel, l.attempts, l.country, l.copy_of, l.created_at, l.sent_at,
                l.sent_on, l.language, g.code AS of_group, l.own_words_at, l.bounced_at{private}
            FROM letters l JOIN cases c ON c.id = l.case_id JOIN urgent_actions a ON a.id = c.urgent_action_id
            LEFT JOIN targets t ON t.id = l.target_id LEFT JOIN groups g ON g.id = l.group_id ORDER BY l.id"""
    )


def _one(rows: list[Row]) -> Letter:
    if not rows:
        raise NotFound("There is no such letter.")
    return _letter(rows[0])


def _letter(row: Row) -> Letter:
    return Letter(
        id=row["id"],
        receipt=row["receipt"],
        form_key=row["form_key"],
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
        template=row["template"],
        tongue=row["tongue"] or "en",
        wants_answers=row["answers_at"] is not None,
        has_own_words=row["own_words_at"] is not None,
        sent_on=day(row["sent_on"]),
        copy_of=row["copy_of"],
        is_erased=row["erased_at"] is not None,
        bounced_at=moment_or_none(row["bounced_at"]),
        bounce=Bounce(row["bounce"]) if row["bounce"] else None,
        bounce_words=row["bounce_words"],
        group=row["group_id"],
    )
