"""What may stand in a field: typed words become plain values, or a sentence says why not."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from campaign.domain.corrections.correction import Field
from campaign.domain.languages import languages_named
from campaign.domain.order import index_parts
from campaign.domain.reading_refusals import DoesNotFit
from campaign.domain.urgent_action import DemandKind, Outcome, Verdict

_NUMBER = re.compile(r"(?:(?:UA|AU)\s*:?\s*)?(EXTRA\s+)?(\d{1,3})\s*/\s*(\d\d)", re.IGNORECASE)
_LONGEST = 300


def checked(field: Field, value: Any) -> Any:
    """The value as it is kept. Raises DoesNotFit with a sentence for what cannot stand in that field."""
    if isinstance(value, str):
        value = " ".join(value.split()) or None
        if value and len(value) > _LONGEST:
            raise DoesNotFit(f"At most {_LONGEST} characters, please.")
    return _CHECKS.get(field, _as_it_is)(value)


def _as_it_is(value: Any) -> Any:
    return value


def _number(value: Any) -> str:
    found = _NUMBER.fullmatch(str(value or ""))
    if not found:
        raise DoesNotFit("A number looks like 44/22, or EXTRA 61/05.")
    return f"{'EXTRA ' if found[1] else ''}{int(found[2])}/{found[3]}"


def _index(value: Any) -> str | None:
    if value and not index_parts(str(value)):
        raise DoesNotFit("An index number looks like ASA 17/8502/2024.")
    return str(value) if value else None


def _day(value: Any) -> str | None:
    try:
        return date.fromisoformat(str(value)).isoformat() if value else None
    except ValueError:
        raise DoesNotFit("Please give the day as year, month, day: 2024-09-09.") from None


def _place(value: Any) -> int | None:
    if value in (None, ""):
        return None
    if not str(value).isdecimal() or not 1 <= int(value) <= 99:
        raise DoesNotFit("The place in the series is a number from 1 to 99.")
    return int(value)


def _name(value: Any) -> str:
    if not value or not any(c.isalpha() for c in str(value)):
        raise DoesNotFit("Please type a name.")
    return str(value)


def _languages(value: Any) -> list[str]:
    """By their English names, where we know them."""
    found: list[str] = []
    for said in value or ():
        line = " ".join(str(said).split())
        if line and (not any(c.isalpha() for c in line) or len(line) > _LONGEST):
            raise DoesNotFit("Please give one language on each line, such as Mandarin.")
        found += languages_named(line) or ([line] if line else [])
    return list(dict.fromkeys(found))


def _one_of(kind: type[Verdict] | type[Outcome]) -> Callable[[Any], str | None]:
    def check(value: Any) -> str | None:
        if value and value not in {one.value for one in kind}:
            raise DoesNotFit("Please choose one of the words in the list.")
        return str(value) if value else None

    return check


def _addressee(value: Any) -> dict[str, Any] | None:
    if value is None:
        return None
    if not (value.get("name") or value.get("role")):
        raise DoesNotFit("An addressee needs a name, an office, or both.")
    return dict(value)


def _demand(value: Any) -> dict[str, str] | None:
    if value is None:
        return None
    if not value.get("text") or value.get("kind") not in {kind.value for kind in DemandKind}:
        raise DoesNotFit("A demand needs its words and what it asks for.")
    return {"kind": value["kind"], "text": value["text"]}


_CHECKS: dict[Field, Callable[[Any], Any]] = {
    Field.NUMBER: _number,
    Field.INDEX: _index,
    Field.DATE: _day,
    Field.DEADLINE: _day,
    Field.PLACE: _place,
    Field.FINAL: bool,
    Field.LANGUAGES: _languages,
    Field.COPIES: bool,
    Field.PERSON: bool,
    Field.NAME: _name,
    Field.ALIASES: lambda value: [" ".join(str(name).split()) for name in value or () if str(name).strip()],
    Field.VERDICT: _one_of(Verdict),
    Field.OUTCOME: _one_of(Outcome),
    Field.ADDRESSEE: _addressee,
    Field.DEMAND: _demand,
}
