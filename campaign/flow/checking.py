"""Computes again what is written down: every status from outputs and decisions, every number from the letters.

And compares the ledger: whatever it says happened must be so; and the record: nothing in it may have been changed.
"""

from collections.abc import Iterator
from datetime import datetime

from campaign.domain.case import CaseState
from campaign.domain.letter import STOPPABLE
from campaign.domain.refusals import Refusal
from campaign.flow import comparing, enacting, publishing
from campaign.flow.enacting import in_one_line
from campaign.flow.refolding import Plan, plan
from campaign.store import actions, cases, counts, finished, owed
from campaign.store.actions import Action
from campaign.store.database import Database, engine_notes


def notes(db: Database) -> list[str]:
    """What an operator should know of the database engine."""
    return engine_notes(db)


def differences(db: Database) -> list[str]:
    """A sentence for each thing that is not as it should be; none when all is well."""
    return [*_actions(db), *_waiting_for_the_ended(db), *_numbers(db), *_ledger(db), *publishing.differences(db)]


def _actions(db: Database) -> Iterator[str]:
    for action in actions.actions(db):
        planned = plan(db, action.id)
        yield from _statuses(action, planned)
        if planned.outputs:
            yield from _what_letters_go_by(db, action, planned)


def _statuses(action: Action, planned: Plan) -> Iterator[str]:
    for change in planned.changes:
        if change.case is None:
            yield f"{action.slug}: {change.name} is in the outputs, but has no case."
        elif change.alters:
            yield f"{change.case.path} is {change.before}, but outputs and decisions say {change.after}."
        elif change.facts["outcome"] != change.case.outcome:
            yield f"{change.case.path} has the outcome {change.case.outcome}, not {change.facts['outcome']}."


def _what_letters_go_by(db: Database, action: Action, planned: Plan) -> Iterator[str]:
    """The deadline with what was extended by hand, and the addressees with what was corrected by hand."""
    deadline = enacting.deadline_in_force(db, action.id, planned.in_force)
    if action.deadline != deadline:
        said = deadline.isoformat() if deadline else "nothing"
        yield f"{action.slug}: letters go until {action.deadline or 'any day'}, but outputs and extensions say {said}."
    meant = enacting.targets_in_force(db, action.id, planned.in_force)
    known = [known.corrected for known in actions.targets(db, action.id)]
    if meant and {in_one_line(one) for one in meant} != {in_one_line(one) for one in known}:
        told = "; ".join(in_one_line(one) for one in meant)
        yield f"{action.slug}: the addressees are not those of outputs and corrections: {told}."


def _waiting_for_the_ended(db: Database) -> list[str]:
    waiting = counts.waiting_by_case(db)
    return [
        f"{case.path} has ended, but {n} of its letters are still {state}."
        for case in cases.cases(db)
        if case.state is CaseState.CLOSED
        for state, n in waiting.get(case.id, {}).items()
        if state in STOPPABLE
    ]


def _numbers(db: Database) -> list[str]:
    counted, told = counts.counted_one_by_one(db), counts.numbers(db)
    found = [
        f"“{number}” says {told[number]}, but {n} letters are counted one by one."
        for number, n in counted.items()
        if told[number] != n
    ]
    wrong = list(finished.differences(db))
    if wrong:
        what, cell = wrong[0]
        found.append(
            f"What is remembered of finished days differs from the letters in {len(wrong)} places, first in {what}: "
            f"{cell}. To count everything anew: campaign check --count-anew"
        )
    return found


def count_anew(db: Database, now: datetime) -> None:
    """Forgets what is remembered of finished days, and remembers it again from the letters."""
    finished.forget(db)
    remember(db, now)


def remember(db: Database, now: datetime, most: int | None = None) -> int:
    """Remembers letters that have rested, stretch by stretch, at most so many stretches; how many letters it went further.

    Between two stretches whoever waits to write comes in.
    """
    went = stretches = 0
    while (most is None or stretches < most) and finished.is_due(db, now):
        step = finished.remember(db, now)
        went, stretches = went + step, stretches + 1
        if not step:
            break
    return went


def _ledger(db: Database) -> list[str]:
    try:
        owed.refuse_if_apart(db)
        owed.write_down(db)
        return comparing.sentences(comparing.unreflected(db))
    except Refusal as refusal:
        return [str(refusal)]
