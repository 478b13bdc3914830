"""What closed a case, and what would open it: side by side, so that a person can decide."""

from dataclasses import dataclass
from typing import Any

from campaign.domain.case import Case, Cause
from campaign.flow.refolding import plan
from campaign.store.database import Database


@dataclass(frozen=True)
class Conflict:
    """The words that closed a case and those that would open it again, each with the place where they stand."""

    closed_by: Cause
    opened_by: Cause


def conflict(db: Database, case: Case) -> Conflict | None:
    """Both sides of a case in review that was closed and that something later would open; else None."""
    if case.is_open or case.has_ended:
        return None
    facts = _facts(db, case)
    closed, opened = facts.get("closed_by"), facts.get("opened_by")
    return Conflict(closed, opened) if closed and opened else None


def closed_by(db: Database, case: Case) -> Cause | None:
    """What closed a case, where it did and nobody has opened it since."""
    cause: Cause | None = _facts(db, case).get("closed_by")
    return cause


def _facts(db: Database, case: Case) -> dict[str, Any]:
    changes = plan(db, case.action).changes
    return next((change.facts for change in changes if change.case and change.case.id == case.id), {})
