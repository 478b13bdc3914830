"""Which letters a page counts, as its address says it, so that a view can be shared; what means nothing is told in words."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from werkzeug.datastructures import MultiDict

from campaign.domain.case import Case
from campaign.domain.counting import Selection
from campaign.domain.countries import COUNTRIES
from campaign.domain.group import Group, Sight
from campaign.domain.letter import Channel
from campaign.store import actions, cases, groups
from campaign.store.actions import Action
from campaign.store.database import Database
from campaign.web.choosing import day_in, id_in


@dataclass(frozen=True)
class Choices:
    """What can be chosen: every action and case, and the groups that the reader may see."""

    actions: list[Action]
    cases: list[Case]
    groups: list[Group]
    sees_all: bool = True
    """Whether the reader may see the numbers of everybody: an organizer of groups sees one of these at a time."""


@dataclass
class Chosen:
    """What an address chooses, as it is said there, and a sentence for everything in it that means nothing."""

    selection: Selection = field(default_factory=Selection)
    said: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

    @property
    def is_everything(self) -> bool:
        return not self.said


def choices(db: Database, sight: Sight) -> Choices:
    seen = [group for group in groups.groups(db) if sight.reaches(group.id)]
    return Choices(actions.actions(db), cases.cases(db), seen, sees_all=sight.groups is None)


def chosen(said: MultiDict[str, str], among: Choices) -> Chosen:
    """The selection that an address makes."""
    found = Chosen()
    for name, of in _KINDS.items():
        text = said.get(name, "").strip()[:100]
        if not text:
            continue
        values = of(text, among)
        if values is None:
            found.unknown.append(_UNKNOWN[name].format(said=text))
        else:
            found.selection, found.said[name] = replace(found.selection, **values), text
    if not among.sees_all and found.selection.group is None:
        found.selection = replace(found.selection, group=among.groups[0].id)
        found.said["group"] = among.groups[0].code
    first, last = found.selection.first, found.selection.last
    if first and last and first > last:
        found.unknown.append("The first day is after the last one, so no letter fits.")
    return found


def _one(text: str, known: Iterable[Any], word: str) -> Any:
    return next((one for one in known if getattr(one, word) == text), None)


def _action(text: str, among: Choices) -> dict[str, Any] | None:
    one = _one(text, among.actions, "slug")
    return {"action": one.id} if one else None


def _case(text: str, among: Choices) -> dict[str, Any] | None:
    one = _one(text, among.cases, "path") or next((case for case in among.cases if case.id == id_in(text)), None)
    return {"case": one.id} if one else None


def _group(text: str, among: Choices) -> dict[str, Any] | None:
    one = _one(text, among.groups, "code")
    return {"group": one.id} if one else None


_KINDS: dict[str, Any] = {
    "from": lambda text, _: {"first": day} if (day := day_in(text)) else None,
    "to": lambda text, _: {"last": day} if (day := day_in(text)) else None,
    "action": _action,
    "case": _case,
    "country": lambda text, _: {"country": text} if text in COUNTRIES else None,
    "channel": lambda text, _: {"channel": Channel(text)} if text in set(Channel) else None,
    "group": _group,
}
_UNKNOWN = {
    "from": "“{said}” is no day, so the letters of all earlier days are counted too.",
    "to": "“{said}” is no day, so the letters of all later days are counted too.",
    "action": "We know of no Urgent Action “{said}”, so letters of all actions are counted.",
    "case": "We know of no case “{said}”, so letters of all cases are counted.",
    "country": "“{said}” is the code of no country, so letters from everywhere are counted.",
    "channel": "“{said}” is no way that letters go, so letters of every channel are counted.",
    "group": "There is no group “{said}”, or its numbers are not yours to see; its letters are not counted apart.",
}
