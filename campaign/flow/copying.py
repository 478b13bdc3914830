"""A copy of a letter goes to its writer by mail, once, if they ask for it."""

from datetime import datetime, timedelta

from campaign.domain.letter import Letter
from campaign.domain.refusals import NotFound, TooManyMails
from campaign.flow.office import Office, send_word
from campaign.flow.writing import signed
from campaign.store import accounts, actions, cases, writers
from campaign.store.database import Database
from campaign.store.writers import Silence

_A_DAY = timedelta(days=1)


def send_copy(db: Database, office: Office, letter: Letter, now: datetime) -> bool:
    """Queues the copy; False if it was queued before, or whose address it is wants no mail from us.

    Raises NotFound for a letter without address or words, TooManyMails where the address has had its share.
    """
    if not letter.email or not letter.body:
        raise NotFound("There is no address to which a copy could go.")
    writer = office.writer(letter.email)
    with db.atomic():
        if writers.is_silenced(db, writer, Silence.MAIL):
            return False
        if accounts.count_try(db, f"mail:{writer}", _A_DAY, now) > office.mails_per_address:
            raise TooManyMails(accounts.window_ends(_A_DAY, now))
        facts: dict[str, object] = {
            "person_name": cases.case(db, letter.case).person.name,
            "number_of_letter": letter.number,
            "target_title": actions.target(db, letter.target).target.title if letter.target else "",
            "letter_subject": letter.subject or "",
            "letter_body": signed(letter.body, letter.name or ""),
            "link": office.link(f"/letters/{letter.receipt}"),
        }
        return send_word(
            db, office, "copy", str(letter.id), to=letter.email, now=now, tongue=letter.tongue, facts=facts
        )
