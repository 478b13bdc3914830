"""A supporter writes: a draft is offered, a letter is made of it, and the supporter says yes to it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from campaign.domain.case import Case
from campaign.domain.letter import CONFIRM_WITHIN, Channel, Letter, LetterState, why_it_may_not_leave
from campaign.domain.refusals import (
    AddresseeUnknown,
    AlreadyWritten,
    ConfirmationExpired,
    ConfirmationSpent,
    NoAddressForChannel,
    NotFound,
    Refusal,
    TargetReplaced,
    TooManyMails,
)
from campaign.flow.office import Office, hash_of, send_word
from campaign.letterbook import Draft
from campaign.postbox import sealed
from campaign.store import accounts, actions, cases, letters
from campaign.store.actions import KnownTarget
from campaign.store.database import Conflict, Database
from campaign.store.journal import Event, record
from campaign.store.letters import NewLetter

_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Written:
    """What a supporter's form says. `form_key` is the form's own: however often it is sent, it makes one letter."""

    form_key: str
    target: int
    channel: Channel
    template: str
    language: str
    subject: str
    body: str
    name: str
    email: str | None
    country: str
    wants_news: bool


def draft(
    db: Database, office: Office, case: Case, *, language: str | None = None, template: str | None = None,
    target: KnownTarget | None = None,
) -> Draft:  # fmt: skip
    """The letter a supporter starts from. Raises a Refusal where none may leave, or no such template is there."""
    book = office.letterbook
    return book.draft(
        template or book.suggest(case.demands),
        language or _first_language(office, case),
        person=case.person,
        target=target.target if target else None,
        country=case.country,
        demands=case.demands,
        written_in=case.language,
    )


def write(db: Database, office: Office, case: Case, written: Written, now: datetime) -> str:
    """Makes the letter and returns its receipt; a form that has made one already returns that one's.

    A letter that we are to send waits for the supporter's yes, and a mail that asks for it is queued with it.
    """
    if known := letters.find_letter_of_form(db, written.form_key):
        return known.receipt
    with db.atomic():
        case = cases.case(db, case.id)
        if refusal := why_it_may_not_leave(case, now):
            raise refusal
        target = _target(db, case, written)
        by_us = written.channel is Channel.EMAIL
        token = office.token() if by_us else None
        new = _new_letter(office, case, written, token)
        id = letters.add_letter(db, new, now)
        if id is not None:
            record(db, Event(now, "a supporter", "letter", case.id, id, after=new.state))
            if token and written.email:
                _ask_for_yes(db, office, case, target, new, token, now)
    known = letters.find_letter_of_form(db, written.form_key)
    assert known is not None
    return known.receipt


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
    if letter.target is not None and actions.target(db, letter.target).replaced_at:
        return TargetReplaced(_title(db, letter))
    if letters.has_written_before(db, letter):
        return AlreadyWritten(_title(db, letter))
    return None


def confirm(db: Database, office: Office, token: str, now: datetime) -> Letter:
    """The supporter's yes: the letter's bytes and Message-ID are fixed and it waits to be sent. A repeat changes nothing."""
    letter = find_to_confirm(db, token)
    if letter.state is not LetterState.UNCONFIRMED:
        return letter
    wire = _sealed(db, office, letter, now)
    try:
        with db.atomic():
            if refusal := why_not_confirm(db, letter, now):
                raise refusal
            letters.queue_letter(db, letter, wire, now)
    except Conflict:
        raise AlreadyWritten(_title(db, letter)) from None
    return letters.letter(db, letter.id)


def forget_unconfirmed(db: Database, now: datetime) -> int:
    """Letters whose link has run out are withdrawn, and their words and addresses blanked; returns how many."""
    with db.atomic():
        return letters.forget_unconfirmed(db, now - CONFIRM_WITHIN, now)


def report(db: Database, receipt: str, id: int, now: datetime) -> None:
    """The supporter says that a letter opened in their own mail program, or printed, has gone. A repeat changes nothing."""
    with db.atomic():
        for letter in letters.letters_of_receipt(db, receipt):
            if letter.id == id:
                letters.report_letter(db, letter, now)
                return
    raise NotFound("We know of no such letter.")


def _target(db: Database, case: Case, written: Written) -> KnownTarget:
    """The addressee, if it is one in force for this action: no form can name any other."""
    in_force = actions.targets(db, case.action)
    if not in_force:
        raise AddresseeUnknown(case.person.name)
    for target in in_force:
        if target.id == written.target:
            if written.channel is Channel.EMAIL and not target.target.email:
                raise NoAddressForChannel(target.target.title)
            return target
    raise NotFound("This official is not, or no longer, written to in this case.")


def _new_letter(office: Office, case: Case, written: Written, token: str | None) -> NewLetter:
    return NewLetter(
        receipt=office.token(),
        form_key=written.form_key,
        case=case.id,
        target=written.target,
        channel=written.channel,
        state=LetterState.UNCONFIRMED if token else LetterState.OPENED,
        template=written.template,
        language=written.language,
        subject=written.subject,
        body=written.body,
        name=written.name,
        email=written.email,
        country=written.country,
        writer=office.writer(written.email) if written.email else None,
        wants_news=written.wants_news,
        confirm_hash=hash_of(token) if token else None,
        epoch=case.epoch,
    )


def _ask_for_yes(
    db: Database, office: Office, case: Case, target: KnownTarget, new: NewLetter, token: str, now: datetime
) -> None:
    assert new.email is not None
    if accounts.count_try(db, f"mail:{new.writer}", _A_DAY, now) > office.mails_per_address:
        raise TooManyMails
    send_word(
        db, office, "confirm", new.receipt, to=new.email, now=now,
        person_name=case.person.name, target_title=target.target.title, letter_subject=new.subject,
        letter_body=signed(new.body, new.name), name=new.name, link=office.link(f"/confirm/{token}"),
        days=CONFIRM_WITHIN.days,
    )  # fmt: skip


def signed(body: str, name: str) -> str:
    """The letter with its writer's name under it, unless the writer has put it there."""
    text = body.rstrip()
    return text if text.endswith(name) else f"{text}\n\n{name}"


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
    )
    return {"message_id": message_id, "wire": wire, "recipient": recipient}


def _title(db: Database, letter: Letter) -> str:
    return actions.target(db, letter.target).target.title if letter.target else "this official"


def _first_language(office: Office, case: Case) -> str:
    """English where the target reads it or nothing is said, else the first preferred language that we have letters in."""
    known = {"english": "en", "french": "fr", "spanish": "es"}
    wanted = [known[said.casefold()] for said in case.languages if said.casefold() in known] or [case.language, "en"]
    offered = office.letterbook.offered()
    return next((language for language in ("en", *wanted) if language in wanted and language in offered), "en")
