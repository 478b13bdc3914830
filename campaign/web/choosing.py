"""Which letters a list shows, as the address of its page says it, so that a view can be shared."""

from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict
from werkzeug.routing import IntegerConverter

from campaign.domain.group import Sight
from campaign.domain.letter import Channel, LetterState
from campaign.store.lists import Choice

_FIRST_YEAR, _LAST_YEAR = 1961, 2999
_LARGEST_ID = 2**63 - 1


class Id(IntegerConverter):
    """An id in an address: a number that no database could hold is at no address of ours."""

    regex = r"\d{1,18}"


def choice_of(said: MultiDict[str, str], sight: Sight) -> Choice:
    """The choice that an address makes among what is in sight; what means nothing chooses nothing."""
    channel = said.get("channel", "")
    return Choice(
        states=tuple(state for state in LetterState if state in said.getlist("state")),
        case=id_in(said.get("case")),
        target=id_in(said.get("target")),
        channel=Channel(channel) if channel in set(Channel) else None,
        first=day_in(said.get("from")),
        last=day_in(said.get("to")),
        came_back=said.get("back") == "yes",
        sight=sight,
    )


def address_of(choice: Choice, **other: Any) -> dict[str, Any]:
    """What stands in the address of a list for the choice; `other` is set, or left out where it is None."""
    said = {
        "state": [state.value for state in choice.states],
        "case": choice.case,
        "target": choice.target,
        "channel": choice.channel and choice.channel.value,
        "from": choice.first and choice.first.isoformat(),
        "to": choice.last and choice.last.isoformat(),
        "back": "yes" if choice.came_back else None,
        **other,
    }
    return {name: value for name, value in said.items() if value}


def id_in(text: str | None) -> int | None:
    """A whole number that can be an id."""
    if not text or not text.isascii() or not text.isdigit() or len(text) > len(str(_LARGEST_ID)):
        return None
    number = int(text)
    return number if number <= _LARGEST_ID else None


def day_in(text: str | None) -> date | None:
    """A day that can be one of ours."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None
