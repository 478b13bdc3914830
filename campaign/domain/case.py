"""A case: one person within one Urgent Action, as it stands now."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from campaign.domain.urgent_action import DemandKind, Outcome, Person


class CaseState(StrEnum):
    """`closing` is a closing that is saved but still waits for a letter that was already being handed over."""

    OPEN = "open"
    REVIEW = "review"
    CLOSING = "closing"
    CLOSED = "closed"


ENDED = frozenset({CaseState.CLOSING, CaseState.CLOSED})


@dataclass(frozen=True)
class Cause:
    """What put a case where it stands: the words, and the output or decision they come from.

    `source` is fit to show: "third and final output of UA 44/22", "decision of Ada".
    """

    source: str
    text: str
    first: int | None = None
    last: int | None = None
    output: int | None = None
    decision: int | None = None
    document: int | None = None


@dataclass(frozen=True)
class Case:
    """One person within one Urgent Action. `since` is the day of the output or decision that set the state.

    `asked` are the demands in force in the outputs' words, `past` the kinds that are demanded no more; `to_embassy` says
    whether the outputs ask for copies to embassies too.
    """

    id: int
    action: int
    ua: str
    slug: str
    person: Person
    state: CaseState
    cause: Cause
    outcome: Outcome | None
    since: date
    epoch: int
    country: str | None
    about: str | None
    deadline: date | None
    languages: tuple[str, ...]
    demands: tuple[DemandKind, ...]
    doubts: tuple[str, ...]
    language: str = "en"
    asked: tuple[tuple[DemandKind, str], ...] = ()
    past: frozenset[DemandKind] = frozenset()
    to_embassy: bool = False

    @property
    def ua_slug(self) -> str:
        return action_slug(self.ua)

    @property
    def path(self) -> str:
        """The case's name on the terminal and in addresses: `44-22/sophia-huang-xueqin`."""
        return f"{self.ua_slug}/{self.slug}"

    @property
    def is_open(self) -> bool:
        return self.state is CaseState.OPEN

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED

    def deadline_has_passed(self, now: datetime) -> bool:
        return self.deadline is not None and now >= end_of(self.deadline)


def action_slug(number: str) -> str:
    """`44/22` as `44-22`, `EXTRA 61/05` as `extra-61-05`: fit for an address."""
    return number.lower().replace("/", "-").replace(" ", "-")


def end_of(day: date) -> datetime:
    """The instant at which a deadline ends: midnight after its day, in UTC."""
    return datetime.combine(day + timedelta(days=1), time(), UTC)
