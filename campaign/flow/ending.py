"""Once an action has ended, everyone who wrote is told once: thanks if a letter went, word if it was stopped."""

from datetime import datetime, timedelta

from campaign.domain.case import CaseState
from campaign.domain.telling import in_public
from campaign.flow import remembering
from campaign.flow.office import Office, send_word
from campaign.store import actions, cases, counts, telling
from campaign.store.columns import instant
from campaign.store.database import Database
from campaign.store.ledger import Kind, Line, digest
from campaign.store.owed import owe
from campaign.store.telling import Untold

# Nobody gets more than one such mail in so long, however many cases end on one day.
ONE_IN = timedelta(days=1)


def tell_next(db: Database, office: Office, now: datetime) -> bool:
    """Queues word to one writer whose case has been closed for a while; False when nobody is left to be told."""
    untold = telling.next_untold(db, now - office.tell_after, now - ONE_IN)
    if untold is None:
        return False
    with db.atomic():
        case = cases.case(db, untold.case)
        # Held, because whoever undoes a closing asks first whether anybody was told of it.
        actions.hold_action(db, case.action)
        if cases.case(db, untold.case).state is not CaseState.CLOSED:
            return True
        _tell(db, office, untold, now)
        for form_key in telling.set_told(db, untold, now):
            owe(db, Line(Kind.TOLD, instant(now), letter=digest(form_key)))
    remembering.write_down(db)
    return True


def _tell(db: Database, office: Office, untold: Untold, now: datetime) -> None:
    case = cases.case(db, untold.case)
    others = [other for other in cases.open_cases(db) if other.is_open]
    kin = [other for other in others if other.action == case.action] or others
    unsubscribe = f"/unsubscribe/{office.unsubscription(untold.writer)}"
    facts: dict[str, object] = {
        "person_name": case.person.name,
        "outcome": case.outcome,
        "evidence_text": case.cause.text,
        "evidence_source": in_public(case.cause.source),
        "results_link": office.link("/results"),
        "open_case": {"name": kin[0].person.name, "link": office.link(f"/ua/{kin[0].path}")} if kin else None,
        "unsubscribe_link": office.link(unsubscribe),
    }
    if untold.went:
        numbers = counts.numbers(db, case.id)
        facts["letters"] = sum(numbers[number] for number in counts.ARRIVED)
        facts["countries"] = counts.countries_of(db, case.id)
    send_word(
        db, office, "thanks" if untold.went else "stopped", f"{case.id}:{case.epoch}:{untold.writer}", to=untold.email,
        now=now, tongue=untold.tongue, unsubscribe=unsubscribe, facts=facts,
    )  # fmt: skip
