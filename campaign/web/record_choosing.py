"""Which entries of the record a page shows, as its address says it; what fits nothing is told in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from campaign.domain.case import Case
from campaign.store.actions import Action
from campaign.store.record import RecordChoice
from campaign.web.choosing import id_in

FIELDS = ("action", "case", "kind", "who", "from", "to", "letters")
_FIRST_YEAR, _LAST_YEAR = 1961, 2999


@dataclass(frozen=True)
class Asked:
    """What was asked for: the choice, what was said in the address, and a sentence for each thing that means nothing."""

    choice: RecordChoice
    said: dict[str, str]
    wrong: tuple[str, ...] = ()

    def address(self, **other: Any) -> dict[str, Any]:
        """The same choice as words of an address; `other` is set too."""
        return {**self.said, **{name: value for name, value in other.items() if value}}

    @property
    def in_words(self) -> str:
        """Which part of the record it is, for the trace that an export leaves."""
        return ", ".join(f"{name} {value}" for name, value in self.said.items()) or "all but letters’ own"


def asked_for(said: MultiDict[str, str], actions: list[Action], cases: list[Case], kinds: list[str]) -> Asked:
    """The choice that an address makes among these actions, cases and kinds."""
    kept = {name: said.get(name, "").strip()[:200] for name in FIELDS}
    kept = {name: value.replace("\0", "") for name, value in kept.items() if value.strip("\0 ")}
    action = next((one for one in actions if one.slug == kept.get("action")), None)
    case = next((one for one in cases if one.id == id_in(kept.get("case"))), None)
    choice = RecordChoice(
        action=action.id if action else None,
        case=case.id if case else None,
        kind=kept.get("kind"),
        actor=kept.get("who"),
        first=_day(kept.get("from")),
        last=_day(kept.get("to")),
        with_letters=bool(kept.get("letters")),
    )
    return Asked(choice, kept, tuple(_wrong(kept, choice, kinds, (action, case))))


def _wrong(
    kept: dict[str, str], choice: RecordChoice, kinds: list[str], both: tuple[Action | None, Case | None]
) -> Iterator[str]:
    if "action" in kept and choice.action is None:
        yield f"We know of no Urgent Action “{kept['action']}”."
    if "case" in kept and choice.case is None:
        yield "We know of no such person."
    action, case = both
    if action and case and case.action != action.id:
        yield f"{case.person.name} is not in the Urgent Action {action.number}."
    if choice.kind is not None and choice.kind not in kinds:
        yield f"No change on record is of the kind “{choice.kind}”."
    for field in ("from", "to"):
        if field in kept and _day(kept[field]) is None:
            yield f"“{kept[field]}” is no day. Days are written like this: 2026-11-22."
    if choice.first and choice.last and choice.first > choice.last:
        yield "The first day is later than the last, so no entry can fit."


def _day(text: str | None) -> date | None:
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None
