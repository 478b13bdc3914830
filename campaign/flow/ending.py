"""Once an action has ended, everyone who wrote is told once: thanks if a letter went, word if it was stopped."""

from datetime import datetime

from campaign.domain.telling import outcome_words
from campaign.flow.office import Office, send_word
from campaign.store import cases, counts, telling
from campaign.store.database import Database
from campaign.store.telling import Untold


def tell_next(db: Database, office: Office, now: datetime) -> bool:
    """Queues word to one writer whose case has been closed for a while; False when nobody is left to be told."""
    untold = telling.next_untold(db, now - office.tell_after)
    if untold is None:
        return False
    with db.atomic():
        _tell(db, office, untold, now)
        telling.set_told(db, untold, now)
    return True


def _tell(db: Database, office: Office, untold: Untold, now: datetime) -> None:
    case = cases.case(db, untold.case)
    others = [other for other in cases.open_cases(db) if other.is_open]
    kin = [other for other in others if other.action == case.action] or others
    facts: dict[str, object] = {
        "person_name": case.person.name,
        "outcome_words": outcome_words(case.outcome),
        "evidence_text": case.cause.text,
        "evidence_source": case.cause.source,
        "results_link": office.link("/results"),
        "open_case": {"name": kin[0].person.name, "link": office.link(f"/ua/{kin[0].path}")} if kin else None,
    }
    about = f"{case.id}:{case.epoch}:{untold.writer}"
    if untold.went:
        facts["letters"] = sum(counts.numbers(db, case.id)[number] for number in counts.ARRIVED)
        send_word(db, office, "thanks", about, to=untold.email, now=now, **facts)
    else:
        facts["reason"] = f"The appeal for {case.person.name} has ended."
        send_word(db, office, "stopped", about, to=untold.email, now=now, **facts)
