"""An organizer's word on letters that were held: they go on, or they come back to their writer with a sentence."""

from datetime import datetime

from campaign.domain.letter import LetterState, why_it_may_not_leave
from campaign.domain.refusals import NoAddressForChannel, NothingToChange, ReasonMissing
from campaign.flow.office import Office, send_word
from campaign.store import actions, cases, failing, letters
from campaign.store.database import Database


def release(db: Database, id: int, *, by: str, now: datetime) -> None:
    """Gives a held letter free: what its writer has confirmed is queued, the rest can be posted or mailed by them.

    Raises why no letter may leave, and NothingToChange for a letter that is not held.
    """
    with db.atomic():
        letter = letters.letter(db, id)
        case = cases.case(db, letter.case)
        if refusal := why_it_may_not_leave(case, now, promised_at=letter.confirmed_at):
            raise refusal
        if letter.target and failing.find_mark_of(db, letter.id):
            raise NoAddressForChannel(actions.target(db, letter.target).target.title)
        if not letters.set_held(db, letter, None, now, actor=by):
            raise NothingToChange(case.person.name, f"{letter.state} for this letter")


def give_back(db: Database, office: Office, id: int, sentence: str, *, by: str, now: datetime) -> None:
    """Ends a held letter; its writer is told why, if we have an address that was proved to be theirs."""
    if not sentence.strip():
        raise ReasonMissing
    with db.atomic():
        letter = letters.letter(db, id)
        case = cases.case(db, letter.case)
        if letter.state is not LetterState.HELD or not letters.withdraw(db, letter, sentence.strip(), now, actor=by):
            raise NothingToChange(case.person.name, f"{letter.state} for this letter")
        if letter.email and letter.confirmed_at:
            facts: dict[str, object] = {
                "person_name": case.person.name,
                "target_title": actions.target(db, letter.target).target.title if letter.target else "",
                "sentence": sentence.strip(),
                "letter_subject": letter.subject or "",
                "letter_body": letter.body or "",
                "link": office.link(f"/ua/{case.path}/write"),
            }
            about = str(letter.id)
            send_word(db, office, "returned", about, to=letter.email, now=now, tongue=letter.tongue, facts=facts)
