"""A deadline is extended by hand, with a reason, and taken back. A newer output that names another day wins."""

from datetime import date, datetime, timedelta

from campaign.domain.refusals import ReasonMissing
from campaign.domain.refusals_by_hand import NoDeadlineToExtend, NotExtended, NotLater, TooLate
from campaign.flow.enacting import named
from campaign.store import actions, extensions
from campaign.store.actions import Action
from campaign.store.database import Database
from campaign.store.extensions import Extension
from campaign.store.journal import Event, record

_LONGEST = timedelta(days=730)


def extend(db: Database, action: int, until: date, *, reason: str, by: str, now: datetime) -> None:
    """Letters may go until the end of that day. Raises ReasonMissing, NoDeadlineToExtend, NotLater, TooLate."""
    with db.atomic():
        known = _locked(db, action, reason)
        if known.said_deadline is None:
            raise NoDeadlineToExtend(named(known))
        if until <= known.said_deadline or until < now.date():
            raise NotLater(known.said_deadline)
        if until > (latest := max(known.said_deadline, now.date()) + _LONGEST):
            raise TooLate(latest)
        _set(db, known, until, known.said_deadline, reason=reason, by=by, now=now)


def take_back(db: Database, action: int, *, reason: str, by: str, now: datetime) -> None:
    """The outputs' deadline holds again. Raises ReasonMissing, NotExtended."""
    with db.atomic():
        known = _locked(db, action, reason)
        if known.said_deadline is None or known.deadline == known.said_deadline:
            raise NotExtended
        _set(db, known, None, known.said_deadline, reason=reason, by=by, now=now)


def _locked(db: Database, action: int, reason: str) -> Action:
    """The action, its row held until the transaction ends."""
    if not reason.strip():
        raise ReasonMissing
    actions.add_action(db, actions.action_of(db, action).number)
    return actions.action_of(db, action)


def _set(db: Database, known: Action, until: date | None, said: date, *, reason: str, by: str, now: datetime) -> None:
    extensions.add_extension(db, Extension(known.id, said, until, reason.strip(), by, now))
    after = until or said
    why = f"{named(known)}: {reason.strip()}"
    before = known.deadline.isoformat() if known.deadline else None
    record(
        db,
        Event(now, by, "deadline", subject=f"action:{known.slug}", before=before, after=after.isoformat(), reason=why),
    )
