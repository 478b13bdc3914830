"""Reopenings of which every admin is told on every page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from campaign.flow import reopening
from campaign.store import cases, reopenings
from campaign.store.reopenings import AskedReopening
from campaign.web.desk import db, now

_TOLD_FOR = timedelta(days=2)


@dataclass(frozen=True)
class Told:
    """A reopening as a notice tells of it: whose case, who asked, when it takes effect or did."""

    case: int
    name: str
    by: str
    state: str
    effect_at: datetime | None
    settled_at: datetime | None


def reopenings_to_tell() -> list[Told]:
    """Those that wait for a second word, and those that took effect without one within two days."""
    asked = reopenings.all_asked(db())
    return [_told(one) for one in (*asked, *reopenings.taken_effect_since(db(), now() - _TOLD_FOR))]


def _told(one: AskedReopening) -> Told:
    effect_at = reopening.takes_effect_at(db(), one) if one.state == "asked" else None
    name = cases.case(db(), one.case).person.name
    return Told(one.case, name, one.by, one.state, effect_at, one.settled_at)
