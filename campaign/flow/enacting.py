"""What letters of an action go by is written down as the outputs say it, with what was corrected or extended by hand."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from campaign.domain.urgent_action import InForce, Output, Target
from campaign.postbox import plain_address
from campaign.store import actions, extensions
from campaign.store.actions import Action, KnownTarget
from campaign.store.database import Database
from campaign.store.journal import Event, record


def put_in_force(
    db: Database, action: int, outputs: Sequence[Output], force: InForce, *, actor: str, now: datetime
) -> None:
    """Writes down addressees, demands, deadline and languages; where an output changes them, with an event for each."""
    before, targets = actions.action_of(db, action), actions.targets(db, action)
    set_in_force(db, action, outputs, force)
    _tell_of_deadline(db, before, outputs[-1].id, actor, now)
    if force.targets:
        actions.set_targets(db, action, _usable(force), force.targets_from, now)
        if targets:
            _tell_of_targets(db, before, targets, force.targets_from, actor=actor, now=now)


def set_in_force(db: Database, action: int, outputs: Sequence[Output], force: InForce) -> None:
    """The same without the addressees: whatever came since, a deadline that was extended by hand stays extended."""
    deadline = deadline_in_force(db, action, force)
    actions.set_in_force(db, action, outputs[-1].reading, force, country=_country(outputs), deadline=deadline)


def deadline_in_force(db: Database, action: int, force: InForce) -> date | None:
    """The outputs' deadline, or the later one to which it was extended by hand."""
    extended = extensions.find_extension(db, action, force.deadline)
    return extended.until if extended else force.deadline


def targets_in_force(db: Database, action: int, force: InForce) -> list[Target]:
    """The outputs' addressees, each with what was corrected by hand."""
    return actions.corrected_targets(db, action, _usable(force))


def _usable(force: InForce) -> tuple[Target, ...]:
    return tuple(replace(target, email=usable_address(target.email)) for target in force.targets)


def usable_address(email: str | None) -> str | None:
    """An address that mail can be sent to; what a document prints as one may be hidden or damaged."""
    try:
        return plain_address(email) if email else None
    except ValueError:
        return None


def in_one_line(target: Target) -> str:
    """A target as events have it."""
    parts = (target.title, *target.address, target.email, target.fax, target.salutation)
    return " · ".join(part for part in parts if part)


def named(action: Action) -> str:
    return action.number if action.number.startswith("EXTRA") else f"UA {action.number}"


def _tell_of_deadline(db: Database, before: Action, output: int, actor: str, now: datetime) -> None:
    after = actions.action_of(db, before.id)
    if before.title is not None and before.deadline != after.deadline:
        event = Event(now, actor, "deadline", output=output, before=_day(before.deadline), after=_day(after.deadline))
        reason = f"{named(before)}: an output says so."
        record(db, replace(event, subject=f"action:{before.slug}", reason=reason))


def _tell_of_targets(
    db: Database, action: Action, before: list[KnownTarget], output: int | None, *, actor: str, now: datetime
) -> None:
    had = {known.id: in_one_line(known.corrected) for known in before}
    has = {known.id: in_one_line(known.corrected) for known in actions.targets(db, action.id)}
    for id in sorted(had.keys() | has.keys()):
        if had.get(id) != has.get(id):
            event = Event(now, actor, "target", output=output, before=had.get(id), after=has.get(id))
            record(db, replace(event, subject=f"target:{id}", reason=f"{named(action)}: an output says so."))


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _country(outputs: Sequence[Output]) -> str | None:
    said = [output.reading.country.value for output in outputs if output.reading.country]
    return said[-1] if said else None
