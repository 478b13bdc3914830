"""The supporter's yes: nothing leaves without it. Or their no: "this was not me"."""

from datetime import datetime, timedelta

from campaign.domain.letter import CONFIRM_WITHIN, Letter, LetterState, why_it_may_not_leave
from campaign.domain.refusals import (
    AlreadyWritten,
    ConfirmationExpired,
    ConfirmationSpent,
    NoAddressForChannel,
    Refusal,
    TargetReplaced,
    WordsChanged,
)
from campaign.flow import remembering
from campaign.flow.office import Office, hash_of, send_word
from campaign.flow.proofreading import notes_for, why_held
from campaign.flow.writing import signed
from campaign.postbox import sealed
from campaign.store import actions, cases, letters, writers
from campaign.store.columns import instant
from campaign.store.database import Conflict, Database
from campaign.store.ledger import Kind, Line, digest
from campaign.store.owed import owe
from campaign.store.writers import Silence

REMIND_AFTER = timedelta(days=1)


def find_to_confirm(db: Database, token: str) -> Letter:
    """The letter a confirmation link belongs to. Raises ConfirmationSpent for a link that is none of ours."""
    letter = letters.find_letter_to_confirm(db, hash_of(token))
    if letter is None:
        raise ConfirmationSpent
    return letter


def why_not_confirm(db: Database, letter: Letter, now: datetime) -> Refusal | None:
    """Why an unconfirmed letter can no longer be confirmed; None where it can."""
    if refusal := why_it_may_not_leave(cases.case(db, letter.case), now):
        return refusal
    if letter.confirmation_has_expired(now):
        return ConfirmationExpired(CONFIRM_WITHIN.days)
    target = actions.target(db, letter.target) if letter.target is not None else None
    if target and target.replaced_at:
        return TargetReplaced(_title(db, letter))
    if target and not target.target.email:
        return NoAddressForChannel(_title(db, letter))
    if letters.has_written_before(db, letter):
        return AlreadyWritten(_title(db, letter))
    return None


def shown(letter: Letter) -> str:
    """By what a page remembers which words it showed."""
    return hash_of(f"{letter.subject}\n{letter.body}\n{letter.name}")[:24]


def confirm(db: Database, office: Office, token: str, now: datetime, was_shown: str | None = None) -> Letter:
    """The supporter's yes: the letter's bytes and Message-ID are fixed and it waits to be sent, or for an organizer's word.

    A repeat changes nothing. Raises WordsChanged where other words were shown than would go now.
    """
    letter = find_to_confirm(db, token)
    if letter.state is not LetterState.UNCONFIRMED:
        return letter
    if was_shown and was_shown != shown(letter):
        raise WordsChanged
    wire = _sealed(db, office, letter, now)
    try:
        with db.atomic():
            if refusal := why_not_confirm(db, letter, now):
                raise refusal
            if shown(letters.letter(db, letter.id)) != shown(letter):
                raise WordsChanged
            letters.queue_letter(db, letter, wire, now, _held_for(db, letter))
    except Conflict:
        raise AlreadyWritten(_title(db, letter)) from None
    return letters.letter(db, letter.id)


def disown(db: Database, office: Office, token: str, now: datetime) -> None:
    """Whose address it is did not write this: the letter is forgotten, and no more of our mail goes there.

    A repeat changes nothing, and a letter that was confirmed stays as it is.
    """
    letter = find_to_confirm(db, token)
    with db.atomic():
        letter = letters.letter(db, letter.id)
        if letter.state is not LetterState.UNCONFIRMED or letter.email is None:
            return
        writer = office.writer(letter.email)
        _silence(db, writer, Silence.MAIL, now)
        for form_key in writers.forget_of_writer(db, writer, now):
            owe(db, Line(Kind.ERASED, instant(now), letter=digest(form_key)))
    remembering.write_down(db)


def end_news(db: Database, writer: str, now: datetime) -> None:
    """Whoever that is wants to hear no more of how actions end. A repeat changes nothing."""
    with db.atomic():
        _silence(db, writer, Silence.NEWS, now)
    remembering.write_down(db)


def _silence(db: Database, writer: str, kind: Silence, now: datetime) -> None:
    if not writers.is_silenced(db, writer, kind):
        writers.silence(db, writer, kind, now)
        owe(db, Line(Kind.SILENCED, instant(now), writer=writer, silence=kind))


def remind_next(db: Database, office: Office, now: datetime) -> bool:
    """Queues the one reminder for a letter that has waited a day for its yes; False when there is none."""
    id = writers.next_to_remind(db, now - REMIND_AFTER)
    if id is None:
        return False
    with db.atomic():
        letter = letters.letter(db, id)
        writers.set_reminded(db, id, now)
        if letter.state is LetterState.UNCONFIRMED and letter.email and not why_not_confirm(db, letter, now):
            _remind(db, office, letter, letter.email, now)
    return True


def _remind(db: Database, office: Office, letter: Letter, email: str, now: datetime) -> None:
    facts: dict[str, object] = {
        "person_name": cases.case(db, letter.case).person.name,
        "target_title": _title(db, letter),
        "days": max(1, (letter.created_at + CONFIRM_WITHIN - now).days),
        "link": office.link(f"/confirm/{office.confirmation(letter.form_key)}"),
    }
    send_word(db, office, "remind", letter.form_key, to=email, now=now, tongue=letter.tongue, facts=facts)


def forget_unconfirmed(db: Database, now: datetime) -> int:
    """Letters whose link has run out are withdrawn, and their words and addresses blanked; returns how many."""
    with db.atomic():
        return writers.forget_unconfirmed(db, now - CONFIRM_WITHIN, now)


def _held_for(db: Database, letter: Letter) -> str | None:
    case = cases.case(db, letter.case)
    return why_held(
        notes_for(
            db, case, language=letter.language, subject=letter.subject or "", body=letter.body or "", email=letter.email
        )
    )


def _sealed(db: Database, office: Office, letter: Letter, now: datetime) -> dict[str, object]:
    """The bytes that will go, built once; what is sent is what was shown when the supporter said yes."""
    assert letter.target is not None
    recipient = actions.target(db, letter.target).target.email
    if not recipient or not letter.body or not letter.subject or not letter.name:
        raise NoAddressForChannel(_title(db, letter))
    message_id = office.new_message_id()
    wire = sealed(
        sender=office.sender,
        sender_name=letter.name,
        via=office.title,
        recipient=recipient,
        subject=letter.subject,
        body=signed(letter.body, letter.name),
        message_id=message_id,
        at=now,
        reply_to=letter.email if letter.wants_answers else None,
    )
    return {"message_id": message_id, "wire": wire, "recipient": recipient}


def _title(db: Database, letter: Letter) -> str:
    return actions.target(db, letter.target).target.title if letter.target else "this official"
