"""Officials are corrected by hand, and e-mail to them is ended: for an address that fails, or because post is the better way."""

from datetime import datetime

from campaign.domain.refusals import NothingToChange, ReasonMissing
from campaign.domain.refusals_by_hand import AddressUnusable, NoAddressToMark, NothingCorrected, TargetUnnamed
from campaign.domain.urgent_action import Target
from campaign.flow.enacting import in_one_line, named, usable_address
from campaign.store import actions, failing, targets
from campaign.store.actions import KnownTarget
from campaign.store.database import Database
from campaign.store.failing import FailingMark
from campaign.store.journal import Event, record

ACTOR = "the sender"


def correct(db: Database, id: int, instead: Target, *, reason: str, by: str, now: datetime) -> None:
    """Letters go by `instead` from now on, as long as the outputs say of this target what they say today.

    Raises NotFound, ReasonMissing, TargetUnnamed, AddressUnusable, NothingCorrected.
    """
    _refuse_without(reason)
    if not instead.title:
        raise TargetUnnamed
    if instead.email and not usable_address(instead.email):
        raise AddressUnusable(instead.email)
    with db.atomic():
        known = _locked(db, id)
        before, after = in_one_line(known.corrected), in_one_line(instead)
        if before == after and known.corrected.role == instead.role:
            raise NothingCorrected(known.target.title)
        targets.add_correction(db, known, instead, reason=reason.strip(), by=by, now=now)
        _tell(db, known, by, now, before=before, after=after, reason=reason)


def undo(db: Database, id: int, *, reason: str, by: str, now: datetime) -> None:
    """Letters go by what the output says again. Raises what `correct` raises."""
    correct(db, id, actions.target(db, id).said, reason=reason, by=by, now=now)


def set_route(db: Database, id: int, *, by_post: bool, reason: str, by: str, now: datetime) -> None:
    """From now on e-mail to that target is not offered, or is again; what was confirmed before goes as it was.

    Raises NotFound, ReasonMissing, NothingToChange.
    """
    _refuse_without(reason)
    ways = ("by e-mail or post", "by post alone")
    with db.atomic():
        known = _locked(db, id)
        if not targets.set_route(db, id, by_post=by_post):
            raise NothingToChange(known.target.title, f"written to {ways[by_post]}")
        _tell(db, known, by, now, before=ways[not by_post], after=ways[by_post], reason=reason)


def mark_failing(db: Database, id: int, *, reason: str, by: str, now: datetime) -> int:
    """No e-mail goes to the target's address any more, in whatever action; what was queued for it is held.

    Returns how many letters that are. Raises NotFound, ReasonMissing, NoAddressToMark, NothingToChange.
    """
    _refuse_without(reason)
    with db.atomic():
        known = _locked(db, id)
        if not known.email:
            raise NoAddressToMark(known.target.title)
        mark = FailingMark(known.email, reason.strip(), by, now)
        if not failing.add_mark(db, mark):
            raise NothingToChange(known.target.title, "known to have an address that fails")
        _tell(db, known, by, now, before=f"{known.email} works", after=f"{known.email} fails", reason=reason)
        return failing.hold_letters(db, mark, now, actor=by)


def mark_working(db: Database, id: int, *, reason: str, by: str, now: datetime) -> int:
    """The address is good again; what was held for it waits in the queue again. Returns how many letters that are."""
    _refuse_without(reason)
    with db.atomic():
        known = _locked(db, id)
        mark = failing.find_mark(db, known.email)
        if mark is None or not failing.remove_mark(db, mark.email):
            raise NothingToChange(known.target.title, "written to at this address")
        _tell(db, known, by, now, before=f"{mark.email} fails", after=f"{mark.email} works", reason=reason)
        return failing.requeue_letters(db, mark, now, actor=by)


def hold_what_fails(db: Database, now: datetime) -> int:
    """Holds what came back to the queue after its address was marked; returns how many letters."""
    held = 0
    for mark in failing.marks(db):
        if failing.count_queued(db, mark.email):
            with db.atomic():
                held += failing.hold_letters(db, mark, now, actor=ACTOR)
    return held


def _locked(db: Database, id: int) -> KnownTarget:
    """The target, with its action's row held: an output that changes it comes before or after."""
    actions.add_action(db, actions.action_of(db, actions.target(db, id).action).number)
    return actions.target(db, id)


def _refuse_without(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing


def _tell(db: Database, known: KnownTarget, by: str, now: datetime, *, before: str, after: str, reason: str) -> None:
    whose = f"{named(actions.action_of(db, known.action))}, {known.target.title}: {reason.strip()}"
    record(db, Event(now, by, "target", subject=f"target:{known.id}", before=before, after=after, reason=whose))
