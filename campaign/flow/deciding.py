"""A named person closes or reopens a case by hand, with a reason. A decision stands in the series like an output."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from campaign.domain.case import Case
from campaign.domain.refusals import NothingToChange, ReasonMissing, Refusal
from campaign.domain.series import in_series_order
from campaign.domain.urgent_action import Decision, Outcome, Verdict
from campaign.flow import gate, remembering
from campaign.flow.refolding import carry_out, plan
from campaign.store import actions, cases
from campaign.store.database import Database

_NOT_FILED = -1


@dataclass(frozen=True)
class Decided:
    """The case as it stands after a decision, and how many of its letters were still in hand when patience ran out.

    `unwritten` says why the ledger does not know of it yet; it will be written there as soon as that can be done.
    """

    case: Case
    in_hand: int
    unwritten: Refusal | None = None


def close(
    db: Database, id: int, *, reason: str, by: str, now: datetime, patience: timedelta, outcome: Outcome | None = None
) -> Decided:
    """Closes one case; what waits for it is stopped in the same transaction. Raises ReasonMissing, NothingToChange."""
    if cases.case(db, id).has_ended:
        raise NothingToChange(cases.case(db, id).person.name, "closed")
    return _decide(db, id, Verdict.CLOSED, reason=reason, by=by, now=now, patience=patience, outcome=outcome)


def reopen(db: Database, id: int, *, reason: str, by: str, now: datetime, patience: timedelta) -> Decided:
    """Opens one case again, or settles its doubts in favour of letters. Stopped letters stay stopped."""
    if cases.case(db, id).is_open:
        raise NothingToChange(cases.case(db, id).person.name, "open")
    return _decide(db, id, Verdict.OPEN, reason=reason, by=by, now=now, patience=patience)


def _decide(
    db: Database, id: int, verdict: Verdict, *, reason: str, by: str, now: datetime, patience: timedelta,
    outcome: Outcome | None = None,
) -> Decided:  # fmt: skip
    clock = gate.ticking(now)
    if not reason.strip():
        raise ReasonMissing
    with db.atomic():
        case = cases.case(db, id)
        actions.add_action(db, case.ua)
        series = in_series_order([one.output for one in actions.outputs(db, case.action)])
        decision = Decision(
            id=_NOT_FILED,
            person=case.person.name,
            verdict=verdict,
            reason=reason.strip(),
            by=by,
            decided_at=now,
            outcome=outcome,
            after_output=series[-1].id if series else None,
        )
        actions.add_decision(db, id, decision)
        shut = carry_out(db, case.action, plan(db, case.action), actor=by, now=now)
    unwritten = remembering.write_down(db)
    in_hand = gate.shut(db, shut, patience=patience, actor=by, clock=clock)
    return Decided(cases.case(db, id), in_hand, unwritten)
