"""Events report how many letters were posted. What is corrected stays on record, with the reason."""

from dataclasses import dataclass
from datetime import date, datetime

from campaign.domain.case import Case
from campaign.domain.codes import typed_code
from campaign.domain.event_refusals import (
    CorrectedAlready,
    MoreThanPrinted,
    NoSuchPack,
    NothingCorrected,
    ReportedAlready,
    SameReportStands,
)
from campaign.domain.pack import Batch, Pack, check_day, shown_code
from campaign.domain.refusals import ReasonMissing
from campaign.store import batches, cases, journal, packs
from campaign.store.batches import NewBatch
from campaign.store.database import Database
from campaign.store.journal import Event, record


@dataclass(frozen=True)
class Told:
    """What somebody reports of an event: how many letters were posted, when it was, who vouches and where that is kept."""

    n: int
    held_on: date
    vouched_by: str
    kept_at: str
    reason: str = ""


def pack_of_code(db: Database, typed: str | None) -> Pack:
    """The pack whose code was typed, with capitals and hyphens or without. Raises NoSuchPack."""
    pack = packs.find_pack(db, typed_code(typed))
    if pack is None:
        raise NoSuchPack(shown_code(typed_code(typed)[:8]))
    return pack


def report_pack(db: Database, pack: Pack, told: Told, *, by: str, now: datetime) -> int:
    """The report of an event that had a pack; returns its id.

    Raises ReportedAlready, NotYetHeld, EventAfterClosing; MoreThanPrinted where that lacks a reason.
    """
    with db.atomic():
        case = cases.case(db, pack.case)
        if batches.find_batch_of_pack(db, pack.id):
            raise ReportedAlready
        _check(db, case, pack, told, now)
        return _add(db, _new(case.id, pack, pack.group, told), case, by=by, now=now)


def report_case(db: Database, case: int, group: int | None, told: Told, *, by: str, now: datetime) -> int:
    """The report of an event that had no pack of ours; returns its id.

    Raises NotYetHeld, EventAfterClosing; SameReportStands where a second one just like another lacks a reason.
    """
    with db.atomic():
        found = cases.case(db, case)
        _check(db, found, None, told, now)
        new = _new(found.id, None, group, told)
        if not told.reason.strip() and batches.same_stands(db, new):
            raise SameReportStands
        return _add(db, new, found, by=by, now=now)


def correct(db: Database, id: int, told: Told, *, by: str, now: datetime) -> int:
    """Another report takes the place of one; that one stays on record. Returns the new one's id.

    Raises ReasonMissing, CorrectedAlready, NothingCorrected, NotYetHeld, EventAfterClosing.
    """
    if not told.reason.strip():
        raise ReasonMissing
    with db.atomic():
        before = batches.batch(db, id)
        case = cases.case(db, before.case)
        pack = packs.pack(db, before.pack) if before.pack else None
        if not batches.replace_batch(db, id, now):
            raise CorrectedAlready
        if told == Told(before.n, before.held_on, before.vouched_by, before.kept_at, told.reason):
            raise NothingCorrected
        _check(db, case, pack, told, now)
        return _add(db, _new(case.id, pack, before.group, told, before.id), case, by=by, now=now, before=before)


def _check(db: Database, case: Case, pack: Pack | None, told: Told, now: datetime) -> None:
    """A report that comes late is taken, if the event was in time."""
    ended = journal.ended_at(db, case.id) if case.has_ended else None
    ended_on = (ended.date() if ended else case.since) if case.has_ended else None
    made_on = pack.made_at.date() if pack else None
    check_day(told.held_on, today=now.date(), made_on=made_on, ended_on=ended_on, person=case.person.name)
    if pack and told.n > pack.letters and not told.reason.strip():
        raise MoreThanPrinted(told.n, pack.letters)


def _new(case: int, pack: Pack | None, group: int | None, told: Told, replaces: int | None = None) -> NewBatch:
    return NewBatch(
        pack=pack.id if pack else None,
        case=case,
        group=group,
        n=told.n,
        held_on=told.held_on,
        vouched_by=told.vouched_by,
        kept_at=told.kept_at,
        reason=told.reason.strip() or None,
        replaces=replaces,
    )


def _add(db: Database, new: NewBatch, case: Case, *, by: str, now: datetime, before: Batch | None = None) -> int:
    id = batches.add_batch(db, new, by=by, now=now)
    if id is None:  # somebody else was quicker
        raise CorrectedAlready if before else ReportedAlready
    was = _in_words(before) if before else None
    record(db, Event(now, by, "batch", case.id, before=was, after=_in_words(new), reason=new.reason))
    return id


def _in_words(batch: Batch | NewBatch) -> str:
    return (
        f"{batch.n} letters reported by an event of {batch.held_on.isoformat()}; {batch.vouched_by} vouches; "
        f"record kept: {batch.kept_at}"
    )
