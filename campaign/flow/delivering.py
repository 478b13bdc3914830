"""What can be handed over to an official: numbers with their rules, and the cases. Nobody's name or words are in it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from campaign.domain.case import Case
from campaign.domain.countries import COUNTRIES
from campaign.domain.letter import Number
from campaign.domain.publishing import ByCountry, by_country
from campaign.domain.urgent_action import Target
from campaign.flow.office import Office
from campaign.letterbook import Counted, DeliveryPages
from campaign.store import actions, cases, deliveries
from campaign.store.columns import day
from campaign.store.database import Database
from campaign.store.deliveries import Delivery


@dataclass(frozen=True)
class HandOver:
    """What stands in a delivery to one official; `countries` has the names of those that may be named."""

    id: int
    target: Target
    delivery: Delivery
    cases: tuple[tuple[Case, dict[Number, int]], ...]
    countries: ByCountry


def hand_over(db: Database, target: int) -> HandOver:
    """The letters that went to the official, as they are counted at this moment. Raises NotFound."""
    known = actions.target(db, target)
    delivery = deliveries.delivery(db, target)
    none = dict.fromkeys(Number, 0)
    return HandOver(
        id=target,
        target=known.target,
        delivery=delivery,
        cases=tuple((case, delivery.by_case.get(case.id, none)) for case in cases.cases_of(db, known.action)),
        countries=shown_countries(delivery.countries),
    )


def shown_countries(counted: Iterable[tuple[str, int]]) -> ByCountry:
    """The countries by name, so far as no figure of theirs could point at anybody."""
    found = by_country(dict(counted))
    return replace(found, shown=tuple((COUNTRIES.get(code, code), n) for code, n in found.shown))


def pdf(office: Office, handed: HandOver, words: Iterable[tuple[Number, str, str]], now: datetime) -> bytes:
    """The same on paper, with lines for who received it. `words` name each number and say what it counts."""
    delivery = handed.delivery
    return office.letterbook.delivery(
        DeliveryPages(
            title=office.title,
            target=handed.target,
            counted=tuple(Counted(*one) for one in words),
            numbers=delivery.numbers,
            cases=handed.cases,
            countries=handed.countries,
            first=day(delivery.first),
            last=day(delivery.last),
            elsewhere=delivery.elsewhere,
            counted_at=now,
        )
    )
