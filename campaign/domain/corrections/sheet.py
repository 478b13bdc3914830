"""A reading as a sheet: each field with its plain value, so that one can be corrected without the others."""

from typing import Any

from campaign.domain.corrections.correction import Field
from campaign.domain.urgent_action import Demand, Evidence, Fact, Reading, Target

Sheet = dict[tuple[Field, str], Any]

# The facts of the whole document, by the name they have in a reading.
SINGLE: dict[Field, str] = {
    Field.NUMBER: "ua",
    Field.INDEX: "index",
    Field.DATE: "issued_on",
    Field.COUNTRY: "country",
    Field.TITLE: "title",
    Field.PLACE: "ordinal",
    Field.DEADLINE: "deadline",
}
DAYS = frozenset({Field.DATE, Field.DEADLINE})


def sheet_of(reading: Reading) -> Sheet:
    """Every field with its value, in the order in which pages show them.

    A person's VERDICT is None: what the words say, as the words of the whole series have it.
    """
    sheet: Sheet = {}
    for field, name in SINGLE.items():
        fact: Fact[Any] | None = getattr(reading, name)
        sheet[field, ""] = (fact.value.isoformat() if field in DAYS else fact.value) if fact else None
    sheet[Field.FINAL, ""] = reading.is_final
    sheet[Field.LANGUAGE, ""] = reading.language
    sheet[Field.LANGUAGES, ""] = list(reading.languages.value) if reading.languages else []
    sheet[Field.COPIES, ""] = reading.copies_to_embassy is not None
    told = {news.name: news.outcome.value for news in reversed(reading.news)}
    for person in reading.people:
        sheet[Field.PERSON, person.name] = True
        sheet[Field.NAME, person.name] = person.name
        sheet[Field.PRONOUNS, person.name] = person.pronouns
        sheet[Field.ALIASES, person.name] = list(person.aliases)
        sheet[Field.OUTCOME, person.name] = told.get(person.name)
    for target in reading.targets:
        sheet[Field.ADDRESSEE, target.title] = plain_target(target)
    for demand in reading.demands:
        sheet[Field.DEMAND, demand.text] = plain_demand(demand)
    return sheet


def plain_target(target: Target) -> dict[str, Any]:
    return {
        "name": target.name,
        "role": target.role,
        "address": list(target.address),
        "email": target.email,
        "fax": target.fax,
        "salutation": target.salutation,
    }


def plain_demand(demand: Demand) -> dict[str, str]:
    return {"kind": demand.kind.value, "text": demand.text}


def evidence_of(reading: Reading, field: Field, about: str) -> Evidence | None:
    """The lines on which a field was read."""
    if field in SINGLE:
        fact = getattr(reading, SINGLE[field])
        return fact.evidence if fact else None
    if field is Field.FINAL:
        return reading.final.evidence if reading.final else None
    if field is Field.LANGUAGES:
        return reading.languages.evidence if reading.languages else None
    if field is Field.COPIES:
        return reading.copies_to_embassy
    if field is Field.OUTCOME:
        return next((news.evidence for news in reading.news if news.name == about), None)
    if field is Field.ADDRESSEE:
        return next((target.evidence for target in reading.targets if target.title == about), None)
    if field is Field.DEMAND:
        return next((demand.evidence for demand in reading.demands if demand.text == about), None)
    return next((person.evidence for person in reading.people if person.name == about), None)
