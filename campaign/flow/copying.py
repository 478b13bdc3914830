"""A copy of a letter goes to its writer by mail, once, if they ask for it."""

from datetime import datetime

from campaign.domain.letter import Letter
from campaign.domain.refusals import NotFound
from campaign.flow.office import Office, send_word
from campaign.flow.writing import may_be_mailed, signed
from campaign.store import actions, cases
from campaign.store.database import Database


def send_copy(db: Database, office: Office, letter: Letter, now: datetime) -> bool:
    """Queues the copy; False if it was queued before, or whose address it is wants no mail from us.

    Raises NotFound for a letter without address or words, TooManyMails where the address has had its share.
    """
    if not letter.email or not letter.body:
        raise NotFound("There is no address to which a copy could go.")
    with db.atomic():
        case = cases.case(db, letter.case)
        if not may_be_mailed(db, office, office.writer(letter.email), case.action, now):
            return False
        facts: dict[str, object] = {
            "person_name": case.person.name,
            "number_of_letter": letter.number,
            "target_title": actions.target(db, letter.target).target.title if letter.target else "",
            "letter_subject": letter.subject or "",
            "letter_body": signed(letter.body, letter.name or ""),
            "link": office.link(f"/letters/{letter.receipt}"),
        }
        return send_word(
            db, office, "copy", str(letter.id), to=letter.email, now=now, tongue=letter.tongue, facts=facts
        )
