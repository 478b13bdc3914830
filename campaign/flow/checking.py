"""Computes again what is written down: every status from outputs and decisions, every number from the letters.

And compares the ledger: whatever it says happened must be so; and the record: nothing in it may have been changed.
"""

from collections import Counter

from campaign.domain.case import CaseState
from campaign.domain.letter import STOPPABLE, Number
from campaign.domain.refusals import Refusal
from campaign.flow import comparing, publishing
from campaign.flow.refolding import plan
from campaign.store import actions, cases, counts, letters, owed
from campaign.store.database import Database, engine_notes


def notes(db: Database) -> list[str]:
    """What an operator should know of the database engine."""
    return engine_notes(db)


def differences(db: Database) -> list[str]:
    """A sentence for each thing that is not as it should be; none when all is well."""
    return [*_statuses(db), *_waiting_for_the_ended(db), *_numbers(db), *_ledger(db), *publishing.differences(db)]


def _statuses(db: Database) -> list[str]:
    found = []
    for action in actions.actions(db):
        for change in plan(db, action.id).changes:
            if change.case is None:
                found.append(f"{action.slug}: {change.name} is in the outputs, but has no case.")
            elif change.alters:
                found.append(f"{change.case.path} is {change.before}, but outputs and decisions say {change.after}.")
            elif change.facts["outcome"] != change.case.outcome:
                found.append(
                    f"{change.case.path} has the outcome {change.case.outcome}, not {change.facts['outcome']}."
                )
    return found


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
    seen: Counter[tuple[str, str]] = Counter()
    for row in letters.exported(db, with_names=False):
        if row["copy_of"] is not None:
            continue
        seen[(row["channel"], row["state"])] += 1
    elsewhere = ("own_mail", "post")
    counted = {
        Number.SENT_BY_US: seen["email", "sent"],
        Number.OPENED_ELSEWHERE: sum(seen[channel, "opened"] for channel in elsewhere),
        Number.REPORTED_SENT: sum(seen[channel, "reported"] for channel in elsewhere),
    }
    told = counts.numbers(db)
    return [
        f"“{number}” says {told[number]}, but {n} letters are counted one by one."
        for number, n in counted.items()
        if told[number] != n
    ]


def _ledger(db: Database) -> list[str]:
    try:
        owed.refuse_if_apart(db)
        owed.write_down(db)
        return comparing.sentences(comparing.unreflected(db))
    except Refusal as refusal:
        return [str(refusal)]
