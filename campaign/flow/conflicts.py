"""What closed a case, and what would open it: side by side, so that a person can decide."""

from dataclasses import dataclass

from campaign.domain.case import Case, Cause
from campaign.domain.urgent_action import CaseStatus
from campaign.flow.refolding import Series, fitted, fold
from campaign.store import cases
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
    stand, series = _standing(db, case)
    if stand is None or stand.closed_by is None or stand.opened_by is None:
        return None
    return Conflict(series.words_of(stand.closed_by), series.words_of(stand.opened_by))


def closed_by(db: Database, case: Case) -> Cause | None:
    """What closed a case, where it did and nobody has opened it since."""
    stand, series = _standing(db, case)
    return series.words_of(stand.closed_by) if stand and stand.closed_by else None


def _standing(db: Database, case: Case) -> tuple[CaseStatus | None, Series]:
    standing, series = fold(db, case.action)
    pairs = fitted(cases.cases_of(db, case.action), standing)
    return next((stand for known, stand in pairs if known and known.id == case.id), None), series
