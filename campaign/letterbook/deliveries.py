"""What is handed over to an official: how many letters came, how they were counted, and for whom. Nobody's name or words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from campaign import tongues
from campaign.domain.case import Case, CaseState
from campaign.domain.letter import Number
from campaign.domain.publishing import ByCountry
from campaign.domain.telling import OUTCOME_LABELS, demands_of, parts_of_source
from campaign.domain.urgent_action import Outcome, Target
from campaign.letterbook.sheet import in_type

NOT_ADDED = (
    "These numbers count different things, and are not added to each other. No test, unconfirmed or withdrawn letter is in "
    "them."
)


@dataclass(frozen=True)
class Counted:
    """One of the honest numbers, with what it counts."""

    number: Number
    name: str
    rule: str


@dataclass(frozen=True)
class DeliveryPages:
    """What a delivery is printed from. `countries` has only figures that may be shown, by the countries' names."""

    title: str
    target: Target
    counted: tuple[Counted, ...]
    numbers: dict[Number, int]
    cases: tuple[tuple[Case, dict[Number, int]], ...]
    countries: ByCountry
    first: date | None
    last: date | None
    elsewhere: int
    counted_at: datetime


def delivery_facts(pages: DeliveryPages) -> dict[str, Any]:
    """All that the pages of a delivery say."""
    target = pages.target
    days = [tongues.day("en", day) for day in (pages.first, pages.last) if day]
    return {
        "title": in_type(f"Letters to {target.title}"),
        "from": in_type(pages.title),
        "address": [in_type(line) for line in (target.name, target.role, *target.address) if line],
        "numbers": [
            {"name": one.name, "n": tongues.number("en", pages.numbers[one.number]), "rule": one.rule}
            for one in pages.counted
        ],
        "not_added": NOT_ADDED,
        "days": days,
        "n_countries": len(pages.countries.shown) + pages.countries.other_countries,
        "countries": [{"name": name, "n": tongues.number("en", n)} for name, n in _named(pages.countries)],
        "some_together": pages.countries.other_countries > 0,
        "cases": [_case(case, numbers, pages.counted) for case, numbers in pages.cases],
        "elsewhere": pages.elsewhere,
        "counted_at": tongues.moment("en", pages.counted_at),
    }


def _named(countries: ByCountry) -> Iterator[tuple[str, int]]:
    yield from countries.shown
    if countries.other_countries:
        yield f"Other countries ({countries.other_countries})", countries.other_letters


def _case(case: Case, numbers: dict[Number, int], counted: tuple[Counted, ...]) -> dict[str, Any]:
    said, blanks = parts_of_source(case.cause.source)
    lines = f", line {case.cause.first}" if case.cause.first else ""
    return {
        "person": in_type(case.person.name),
        "ua": case.ua if case.ua.startswith("EXTRA") else f"UA {case.ua}",
        "status": _status(case),
        "evidence": in_type(case.cause.text),
        "doc_lang": case.language,
        "source": f"{said % blanks}{lines}, since {tongues.day('en', case.since)}",
        "asked": "The letters asked for:" if case.has_ended else "The letters ask for:",
        "demands": [in_type(words.format(**fitting)) for words, fitting in demands_of(case)],
        "numbers": [tongues.number("en", numbers[one.number]) for one in counted],
    }


def _status(case: Case) -> str:
    if case.has_ended:
        known = case.outcome and case.outcome is not Outcome.OTHER
        return f"Closed: {OUTCOME_LABELS[case.outcome].lower()}" if known and case.outcome else "Closed"
    if case.state is CaseState.REVIEW:
        return "Paused while we check"
    return f"Open: letters are asked for until {tongues.day('en', case.deadline)}" if case.deadline else "Open"
