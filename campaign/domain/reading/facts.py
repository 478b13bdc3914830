"""A reading as a list: every fact in the order of the document, with the line that says it."""

from collections.abc import Iterator
from dataclasses import dataclass

from campaign.domain.urgent_action import Evidence, Fact, Reading


@dataclass(frozen=True)
class Told:
    """One fact in words fit to show: what it is, what it says, and where (None: nowhere in particular)."""

    name: str
    value: str
    evidence: Evidence | None


def facts_in_order(reading: Reading) -> list[Told]:
    """What was understood, the topmost line first; what has no line comes last."""
    return sorted(_facts(reading), key=lambda told: told.evidence.first if told.evidence else 10**9)


def _facts(reading: Reading) -> Iterator[Told]:
    yield from _single("action", reading.ua)
    yield from _single("index", reading.index)
    yield from _single("date", reading.issued_on)
    yield from _single("country", reading.country)
    yield from _single("place in the series", reading.ordinal)
    if reading.final and reading.is_final:
        yield Told("final", "yes", reading.final.evidence)
    yield from _single("headline", reading.title)
    yield from _single("letters until", reading.deadline)
    if reading.languages:
        yield Told("languages", ", ".join(reading.languages.value), reading.languages.evidence)
    for person in reading.people:
        pronouns = f" ({person.pronouns})" if person.pronouns else ""
        yield Told("person", f"{person.name}{pronouns}", person.evidence)
    for news in reading.news:
        certain = "" if news.is_certain else ", not certain"
        yield Told("outcome", f"{news.name}: {news.outcome.replace('_', ' ')}{certain}", news.evidence)
    for said in reading.statements:
        whom = ", ".join(said.names) or (str(said.count) if said.count else said.scope.value)
        yield Told(f"status sentence ({said.verdict})", f"{whom}: “{said.evidence.text}”", said.evidence)
    if reading.request:
        yield Told("asks for letters", reading.request.text, reading.request)
    for target in reading.targets:
        where = f" <{target.email}>" if target.email else ""
        yield Told("addressee", f"{target.title}{where}", target.evidence)
    for demand in reading.demands:
        yield Told(f"demand ({demand.kind.replace('_', ' ')})", demand.text, demand.evidence)


def _single(name: str, fact: Fact | None) -> Iterator[Told]:  # type: ignore[type-arg]
    if fact:
        yield Told(name, str(fact.value), fact.evidence)
