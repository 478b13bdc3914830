"""A closed case is opened again by two people: one asks, another confirms; one alone waits, and can think better of it."""

from contextlib import suppress
from datetime import datetime, timedelta

from campaign.domain.case import Case
from campaign.domain.refusals import NothingToChange, ReasonMissing
from campaign.domain.refusals_by_hand import AskedAlready, NothingAsked, NotTheirsToWithdraw, SecondWordNeeded
from campaign.domain.urgent_action import NO_GROUNDS, Grounds
from campaign.flow import conflicts, deciding
from campaign.flow.deciding import Decided
from campaign.store import cases, reopenings
from campaign.store.columns import folded
from campaign.store.database import Database
from campaign.store.journal import Event, record
from campaign.store.reopenings import AskedReopening

TAKES_EFFECT_AFTER = timedelta(hours=12)
ACTOR = "the sender"


def needs_second_word(db: Database, case: Case) -> bool:
    """Whether opening the case undoes a closing: it has ended, or something later contradicts what closed it."""
    return case.has_ended or (not case.is_open and conflicts.closed_by(db, case) is not None)


def ask(
    db: Database, id: int, *, reason: str, by: str, now: datetime, patience: timedelta, grounds: Grounds = NO_GROUNDS
) -> Decided | AskedReopening:
    """Opens a case whose doubts are settled at once; a closing is undone only after a second word, which is asked for here.

    Raises ReasonMissing, NothingToChange, AskedAlready.
    """
    if not reason.strip():
        raise ReasonMissing
    with db.atomic():
        case = cases.case(db, id)
        if case.is_open:
            raise NothingToChange(case.person.name, "open")
        asked = _ask(db, case, reason.strip(), grounds, by=by, now=now) if needs_second_word(db, case) else None
    return asked or deciding.reopen(db, id, reason=reason, by=by, now=now, patience=patience, grounds=grounds)


def confirm(db: Database, id: int, *, by: str, now: datetime, patience: timedelta) -> Decided:
    """The second word: the case is open again. Raises NothingAsked, and SecondWordNeeded for the one who asked."""
    asked = _waiting(db, id)
    _refuse_the_same(asked, by)
    return deciding.reopen_as_asked(db, asked, "confirmed", by=by, now=now, patience=patience)


def refuse(db: Database, id: int, *, reason: str, by: str, now: datetime) -> None:
    """The case stays closed. Raises ReasonMissing, NothingAsked, SecondWordNeeded."""
    if not reason.strip():
        raise ReasonMissing
    asked = _waiting(db, id)
    _refuse_the_same(asked, by)
    _settle(db, asked, "refused", by=by, now=now, reason=reason.strip())


def withdraw(db: Database, id: int, *, by: str, now: datetime) -> None:
    """Who asked thinks better of it. Raises NothingAsked, NotTheirsToWithdraw."""
    asked = _waiting(db, id)
    if folded(asked.by) != folded(by):
        raise NotTheirsToWithdraw(asked.by)
    _settle(db, asked, "withdrawn", by=by, now=now)


def takes_effect_at(db: Database, asked: AskedReopening) -> datetime | None:
    """When it takes effect without a second word: only while there is no second admin who could say it."""
    return asked.at + TAKES_EFFECT_AFTER if reopenings.count_open_admins(db) < 2 else None


def take_effect(db: Database, now: datetime, patience: timedelta) -> list[Decided]:
    """Opens what one admin alone has asked for, and has not withdrawn, once the time is over."""
    done = []
    for asked in reopenings.all_asked(db):
        at = takes_effect_at(db, asked)
        if at is not None and at <= now:
            with suppress(NothingAsked):  # withdrawn, or done by another sender, at this very moment
                done.append(deciding.reopen_as_asked(db, asked, "in effect", by=ACTOR, now=now, patience=patience))
    return done


def overtake_all(db: Database, now: datetime) -> None:
    """What waited in a copy of the database that was put back waits no more: nobody knows what became of it since."""
    for asked in reopenings.all_asked(db):
        _settle(db, asked, "overtaken", by="the restore", now=now)


def _ask(db: Database, case: Case, reason: str, grounds: Grounds, *, by: str, now: datetime) -> AskedReopening:
    if reopenings.add_asked(db, case.id, by=by, reason=reason, grounds=grounds, now=now) is None:
        raise AskedAlready(case.person.name, _waiting(db, case.id).by)
    asked = _waiting(db, case.id)
    record(db, Event(now, by, "reopening", case.id, before=case.state, after="asked", reason=reason))
    return asked


def _waiting(db: Database, id: int) -> AskedReopening:
    asked = reopenings.find_asked(db, id)
    if asked is None:
        raise NothingAsked(cases.case(db, id).person.name)
    return asked


def _refuse_the_same(asked: AskedReopening, by: str) -> None:
    if folded(asked.by) == folded(by):
        raise SecondWordNeeded(asked.by)


def _settle(
    db: Database, asked: AskedReopening, state: str, *, by: str, now: datetime, reason: str | None = None
) -> None:
    with db.atomic():
        if not reopenings.settle_asked(db, asked.id, state, by=by, now=now, reason=reason):
            raise NothingAsked(cases.case(db, asked.case).person.name)
        why = reason or asked.reason
        record(db, Event(now, by, "reopening", asked.case, before="asked", after=state, reason=why))
