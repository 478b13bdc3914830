"""A named person closes or reopens a case by hand, with a reason. A decision stands in the series like an output.

A reopening that needs a second person's word is asked for in `reopening`; here is what it does in the end.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from campaign.domain.case import Case
from campaign.domain.refusals import NotFound, NothingToChange, ReasonMissing, Refusal
from campaign.domain.refusals_by_hand import NothingAsked
from campaign.domain.series import in_series_order
from campaign.domain.urgent_action import NO_GROUNDS, Decision, Grounds, Outcome, Verdict
from campaign.flow import gate, remembering
from campaign.flow.refolding import Change, carry_out, plan
from campaign.store import actions, cases, reopenings
from campaign.store.database import Database
from campaign.store.journal import Event, record
from campaign.store.reopenings import AskedReopening

_NOT_FILED = -1


@dataclass(frozen=True)
class Decided:
    """The case as it stands after a decision, and how many of its letters were still in hand when patience ran out.

    `unwritten` says why the ledger does not know of it yet; it will be written there as soon as that can be done.
    """

    case: Case
    in_hand: int
    unwritten: Refusal | None = None


@dataclass(frozen=True)
class Closing:
    """Whom to close, and what became of that person."""

    case: int
    outcome: Outcome | None = None


@dataclass(frozen=True)
class Why:
    """By whose word something is decided, and why."""

    by: str
    reason: str
    grounds: Grounds = NO_GROUNDS


@gate.saved_on_a_full_disk
def close(
    db: Database, id: int, *, reason: str, by: str, now: datetime, patience: timedelta, outcome: Outcome | None = None,
    grounds: Grounds = NO_GROUNDS,
) -> Decided:  # fmt: skip
    """Closes one case; what waits for it is stopped in the same transaction. Raises ReasonMissing, NothingToChange."""
    if cases.case(db, id).has_ended:
        raise NothingToChange(cases.case(db, id).person.name, "closed")
    closing, why = Closing(id, outcome), Why(by, reason, grounds)
    return close_all(db, cases.case(db, id).action, [closing], why, now=now, patience=patience)[0]


def close_all(
    db: Database, action: int, closings: Sequence[Closing], why: Why, *, now: datetime, patience: timedelta
) -> list[Decided]:
    """Closes several cases of one action at once, each with its own outcome: all of them or none.

    Who has ended already is left as they are. Raises ReasonMissing, NotFound, and NothingToChange where all have ended.
    """
    clock = gate.ticking(now)
    if not why.reason.strip():
        raise ReasonMissing
    with db.atomic():
        # Holds the action's row: of two who press the button, the second finds it done.
        actions.add_action(db, actions.action_of(db, action).number)
        decided = _decisions(db, action, closings, why, now)
        for closing, decision in decided:
            actions.add_decision(db, closing.case, decision)
        shut = carry_out(db, action, plan(db, action), actor=why.by, now=now)
    unwritten = remembering.write_down(db)
    in_hand = {id: gate.shut(db, [id], patience=patience, actor=why.by, clock=clock) for id in shut}
    return [Decided(cases.case(db, one.case), in_hand.get(one.case, 0), unwritten) for one, _ in decided]


def rehearse(db: Database, action: int, closings: Sequence[Closing], why: Why, now: datetime) -> tuple[Change, ...]:
    """What `close_all` would change, case by case; nothing is changed by asking. Raises what it raises."""
    decided = [decision for _, decision in _decisions(db, action, closings, why, now)]
    return tuple(change for change in plan(db, action, decided=decided).changes if change.alters)


def mark_of(of: Sequence[Case]) -> str:
    """By what a page remembers how cases stood when it was shown."""
    stood = [f"{case.id}:{case.state}:{case.epoch}:{case.cause}" for case in sorted(of, key=lambda case: case.id)]
    return hashlib.sha256("\n".join(stood).encode()).hexdigest()[:24]


def reopen(
    db: Database, id: int, *, reason: str, by: str, now: datetime, patience: timedelta, grounds: Grounds = NO_GROUNDS
) -> Decided:
    """Opens one case again, or settles its doubts in favour of letters. Stopped letters stay stopped."""
    with db.atomic():
        shut = _open(db, id, Why(by, reason, grounds), now)
    return _done(db, id, shut, by, patience=patience, now=now)


def reopen_as_asked(
    db: Database, asked: AskedReopening, state: str, *, by: str, now: datetime, patience: timedelta
) -> Decided:
    """The same for a reopening that waited, which ends as `state` by the word of `by`. Raises NothingAsked if it waits no more."""
    why = Why(asked.by, asked.reason, asked.grounds)
    with db.atomic():
        if not reopenings.settle_asked(db, asked.id, state, by=by, now=now):
            raise NothingAsked(cases.case(db, asked.case).person.name)
        record(db, Event(now, by, "reopening", asked.case, before="asked", after=state, reason=asked.reason))
        shut = _open(db, asked.case, why, now, confirmed_by=by if state == "confirmed" else None)
    return _done(db, asked.case, shut, by, patience=patience, now=now)


def _decisions(
    db: Database, action: int, closings: Sequence[Closing], why: Why, now: datetime
) -> list[tuple[Closing, Decision]]:
    decided = []
    for place, closing in enumerate(closings):
        case = cases.case(db, closing.case)
        if case.action != action:
            raise NotFound("There is no such person in this Urgent Action.")
        if not case.has_ended:
            decision = _decision(db, case, Verdict.CLOSED, why, now, id=_NOT_FILED - place, outcome=closing.outcome)
            decided.append((closing, decision))
    if closings and not decided:
        raise NothingToChange(cases.case(db, closings[0].case).person.name, "closed")
    return decided


def _open(db: Database, id: int, why: Why, now: datetime, confirmed_by: str | None = None) -> list[int]:
    if not why.reason.strip():
        raise ReasonMissing
    actions.add_action(db, cases.case(db, id).ua)
    case = cases.case(db, id)
    if case.is_open:
        raise NothingToChange(case.person.name, "open")
    actions.add_decision(db, id, _decision(db, case, Verdict.OPEN, why, now, confirmed_by=confirmed_by))
    return carry_out(db, case.action, plan(db, case.action), actor=confirmed_by or why.by, now=now)


def _done(db: Database, id: int, shut: list[int], by: str, *, patience: timedelta, now: datetime) -> Decided:
    unwritten = remembering.write_down(db)
    in_hand = gate.shut(db, shut, patience=patience, actor=by, clock=gate.ticking(now))
    return Decided(cases.case(db, id), in_hand, unwritten)


def _decision(
    db: Database, case: Case, verdict: Verdict, why: Why, now: datetime, *, id: int = _NOT_FILED,
    outcome: Outcome | None = None, confirmed_by: str | None = None,
) -> Decision:  # fmt: skip
    series = in_series_order([one.output for one in actions.outputs(db, case.action)])
    return Decision(
        id=id,
        person=case.person.name,
        verdict=verdict,
        reason=why.reason.strip(),
        by=why.by,
        decided_at=now,
        outcome=outcome,
        after_output=series[-1].id if series else None,
        grounds=why.grounds,
        confirmed_by=confirmed_by,
    )
