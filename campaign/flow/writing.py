"""A supporter writes: a draft is offered, and a letter is made of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from campaign.domain.case import Case
from campaign.domain.letter import CONFIRM_WITHIN, Channel, Letter, LetterState, why_it_may_not_leave
from campaign.domain.refusals import (
    AddresseeUnknown,
    NoAddressForChannel,
    NotFound,
    NotTheSender,
    NotYetGone,
    Refusal,
    TooLateToChange,
    TooManyLetters,
    TooManyMails,
)
from campaign.flow import drafting
from campaign.flow.office import Office, hash_of, send_word
from campaign.flow.proofreading import notes_for, why_held
from campaign.letterbook import NO_WORDS, OwnWords
from campaign.store import accounts, actions, cases, groups, letters, writers
from campaign.store.actions import KnownTarget
from campaign.store.database import Database
from campaign.store.letters import NewLetter

_A_DAY, _AN_HOUR = timedelta(days=1), timedelta(hours=1)
# To an address that nobody has yet proved to be theirs, so many mails go for one action and day.
_UNPROVED = 2


@dataclass(frozen=True)
class Written:
    """What a supporter's form says. `form_key` is the form's own: however often it is sent, it makes one letter.

    `own` are answers that still have to be worked in, `seed` is what made the draft the supporter's own, `drafted` tells
    the draft that the form was given (see `drafting.mark_of`), where it is known; `receipt` is one
    they have already, which this letter joins; `network` stands for where it comes from, None where that is not counted,
    and `weight` is for how many letters this one counts there; `via` is the code of the group by whose link they came.
    """

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
    own: OwnWords = NO_WORDS
    seed: str = ""
    drafted: str = ""
    tongue: str = "en"
    wants_answers: bool = False
    to_embassy: bool = False
    receipt: str | None = None
    network: str | None = None
    weight: int = 1
    via: str | None = None


def write(db: Database, office: Office, case: Case, written: Written, now: datetime) -> str:
    """Makes the letter and returns its receipt; a form that has made one already returns that one's.

    A letter that we are to send waits for the supporter's yes, and a mail that asks for it is queued with it. One that
    somebody has to look at first is held. Raises a Refusal, and then nothing is made.
    """
    try:
        with db.atomic():
            return _write(db, office, case, written, now)
    except (Refusal, _MadeAlready):
        # Asked only here: a form that is sent again is the exception, and nothing of it was counted.
        if known := letters.find_letter_of_form(db, written.form_key):
            return known.receipt
        raise


def _write(db: Database, office: Office, case: Case, written: Written, now: datetime) -> str:
    case = cases.case(db, case.id)
    if refusal := why_it_may_not_leave(case, now):
        raise refusal
    in_force = actions.targets(db, case.action)
    target = _target(in_force, case, written)
    _refuse_false_sender(db, office, written)
    _count_network(db, office, written, now)
    new = _new_letter(db, office, case, written, target, in_force)
    id = letters.add_letter(db, new, now)
    if id is None:
        raise _MadeAlready
    if written.to_embassy and case.to_embassy:
        _add_copy(db, new, id, now)
    if new.state is LetterState.UNCONFIRMED:
        _ask_for_yes(db, office, case, target, new, now)
    return new.receipt


class _MadeAlready(Exception):
    """Only to let the transaction fail."""


def change(db: Database, receipt: str, id: int, subject: str, body: str, now: datetime) -> Letter:
    """Other words for a letter that has not left; it is looked over again. Raises TooLateToChange, or why no letter may leave."""
    with db.atomic():
        letter = letters.letter_of_receipt(db, receipt, id)
        case = cases.case(db, letter.case)
        if refusal := why_it_may_not_leave(case, now):
            raise refusal
        if not letter.can_be_changed or not letters.change_words(db, letter, subject, body, now):
            raise TooLateToChange
        notes = notes_for(db, case, language=letter.language, subject=subject, body=body, email=letter.email)
        held_for = why_held(notes)
        if letter.channel is not Channel.EMAIL and bool(held_for) != (letter.state is LetterState.HELD):
            letters.set_held(db, letter, held_for, now, actor="a supporter")
    return letters.letter(db, id)


def report(db: Database, receipt: str, id: int, now: datetime, sent_on: date | None = None) -> None:
    """The supporter says that a letter opened in their own mail program, or printed, has gone, and when.

    A repeat changes nothing. Raises NotYetGone for a day that cannot be.
    """
    with db.atomic():
        letter = letters.letter_of_receipt(db, receipt, id)
        day = sent_on or now.date()
        if not letter.created_at.date() - _A_DAY <= day <= now.date() + _A_DAY:
            raise NotYetGone
        letters.report_letter(db, letter, now, day)


def signed(body: str, name: str) -> str:
    """The letter with its writer's name under it, unless the writer has put it there."""
    text = body.rstrip()
    return text if text.endswith(name) else f"{text}\n\n{name}"


def may_be_mailed(db: Database, office: Office, writer: str, action: int, now: datetime) -> bool:
    """Counts one more mail of ours to a writer; False if they want none. Raises TooManyMails where they had their share."""
    wants_none, proved = writers.standing(db, writer)
    if wants_none:
        return False
    limits = {f"mail:{writer}": office.mails_per_address}
    if not proved:
        limits[f"mail:{writer}:{action}"] = min(_UNPROVED, office.mails_per_address)
    counted = accounts.count_tries(db, list(limits), _A_DAY, now)
    if any(tries > most for tries, most in zip(counted, limits.values(), strict=True)):
        raise TooManyMails(accounts.window_ends(_A_DAY, now))
    return True


def _target(in_force: list[KnownTarget], case: Case, written: Written) -> KnownTarget:
    """The addressee, if it is one in force for this action: no form can name any other."""
    if not in_force:
        raise AddresseeUnknown(case.person.name)
    for target in in_force:
        if target.id == written.target:
            if written.channel is not Channel.POST and not target.target.email:
                raise NoAddressForChannel(target.target.title)
            return target
    raise NotFound("This official is not, or no longer, written to in this case.")


def _refuse_false_sender(db: Database, office: Office, written: Written) -> None:
    """An official cannot write to themselves, nor can we: their addresses open no doors."""
    if written.email is None:
        return
    domain = written.email.rpartition("@")[2].casefold()
    if domain in office.domains or actions.is_an_addressee(db, written.email):
        raise NotTheSender


def _count_network(db: Database, office: Office, written: Written, now: datetime) -> None:
    if written.network is None:
        return
    counted = accounts.count_try(db, f"letters:{written.network}", _AN_HOUR, now, written.weight)
    if counted > office.letters_per_network:
        raise TooManyLetters(accounts.window_ends(_AN_HOUR, now))


def _new_letter(
    db: Database, office: Office, case: Case, written: Written, target: KnownTarget, in_force: list[KnownTarget]
) -> NewLetter:
    body, has_own_words = drafting.woven(db, office, case, written, target, in_force)
    by_us = written.channel is Channel.EMAIL
    held_for = None  # what we are to send is looked over at the yes
    if not by_us:
        found = notes_for(db, case, language=written.language, subject=written.subject, body=body, email=written.email)
        held_for = why_held(found)
    return NewLetter(
        receipt=_receipt(db, office, case, written),
        form_key=written.form_key,
        case=case.id,
        target=written.target,
        channel=written.channel,
        state=LetterState.UNCONFIRMED if by_us else LetterState.HELD if held_for else LetterState.OPENED,
        reason=held_for,
        template=written.template,
        language=written.language,
        subject=written.subject,
        body=body,
        name=written.name,
        email=written.email,
        country=written.country,
        writer=office.writer(written.email) if written.email else None,
        wants_news=written.wants_news,
        confirm_hash=hash_of(office.confirmation(written.form_key)) if by_us else None,
        epoch=case.epoch,
        tongue=written.tongue,
        wants_answers=written.wants_answers and written.email is not None,
        has_own_words=has_own_words,
        group=_group(db, written),
    )


def _group(db: Database, written: Written) -> int | None:
    """The group to which the letter belongs. A code that is wrong, or of a closed group, is no reason to lose a letter."""
    if written.via and (group := groups.find_open_group(db, written.via)) is not None:
        return group
    return groups.group_of_receipt(db, written.receipt) if written.receipt else None


def _receipt(db: Database, office: Office, case: Case, written: Written) -> str:
    """The supporter's own receipt, where they have one for this case already; else a new one."""
    if written.receipt and all(one.case == case.id for one in letters.letters_of_receipt(db, written.receipt)):
        return written.receipt
    return office.token()


def _add_copy(db: Database, new: NewLetter, id: int, now: datetime) -> None:
    """The same letter once more, to be posted to the embassy in the supporter's country. It is counted apart."""
    copy = NewLetter(
        **{
            **vars(new),
            "form_key": f"{new.form_key}:embassy",
            "target": None,
            "channel": Channel.POST,
            "state": LetterState.HELD if new.reason else LetterState.OPENED,
            "confirm_hash": None,
            "wants_answers": False,
            "copy_of": id,
        }
    )
    letters.add_letter(db, copy, now)


def _ask_for_yes(db: Database, office: Office, case: Case, target: KnownTarget, new: NewLetter, now: datetime) -> None:
    """Queues the mail with the button. Somebody who told us that it was not them gets none, and the page says nothing of it."""
    assert new.email is not None and new.writer is not None
    if not may_be_mailed(db, office, new.writer, case.action, now):
        return
    facts: dict[str, object] = {
        "person_name": case.person.name,
        "target_title": target.target.title,
        "letter_subject": new.subject,
        "letter_body": signed(new.body, new.name),
        "name": new.name,
        "link": office.link(f"/confirm/{office.confirmation(new.form_key)}"),
        "days": CONFIRM_WITHIN.days,
    }
    send_word(db, office, "confirm", new.form_key, to=new.email, now=now, tongue=new.tongue, facts=facts)
