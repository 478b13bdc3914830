"""The nouns of an Urgent Action: what an output says, of whom, and on which line it says so."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Verdict(StrEnum):
    """Whether letters are asked for a person."""

    OPEN = "open"
    CLOSED = "closed"
    REVIEW = "review"


class Scope(StrEnum):
    """Whom a status sentence speaks of."""

    NAMED = "named"
    EVERYONE = "everyone"
    COUNTED = "counted"
    OTHERS = "others"


class Outcome(StrEnum):
    """What became of a person. Where two fit, the one that stands first here counts."""

    DIED = "died"
    EXECUTED = "executed"
    DEPORTED = "deported"
    DEPORTATION_HALTED = "deportation_halted"
    ACQUITTED = "acquitted"
    CHARGES_DROPPED = "charges_dropped"
    RELEASED_ON_BAIL = "released_on_bail"
    RELEASED = "released"
    WHEREABOUTS_ESTABLISHED = "whereabouts_established"
    SENTENCE_COMMUTED = "sentence_commuted"
    STAY_OF_EXECUTION = "stay_of_execution"
    SENTENCE_UPHELD = "sentence_upheld"
    SENTENCED = "sentenced"
    TRANSFERRED_TO_OTHER_WORK = "transferred_to_other_work"
    OTHER = "other"


class DemandKind(StrEnum):
    """What a demand asks for, so that every language can say it in its own words."""

    RELEASE = "release"
    HEALTH = "health"
    FAMILY = "family"
    LAWYER = "lawyer"
    NO_TORTURE = "no_torture"
    FAIR_TRIAL = "fair_trial"
    CHARGES = "charges"
    INVESTIGATION = "investigation"
    PROTECTION = "protection"
    DISAPPEARANCE = "disappearance"
    DEATH_PENALTY = "death_penalty"
    OTHER = "other"


@dataclass(frozen=True)
class Evidence:
    """The lines of a document that say something.

    `first` and `last` are line numbers of the document's text, counted from 1;
    `text` is what stands there, with bold marks, links and line ends taken out.
    """

    first: int
    last: int
    text: str


@dataclass(frozen=True)
class Fact(Generic[T]):
    """Something a document says, and where it says so."""

    value: T
    evidence: Evidence


@dataclass(frozen=True)
class Person:
    """Someone an action is for: one individual, or a named group such as a community.

    An admin has said of somebody who `is_distinct` that this is nobody else of the action, however alike the names.
    """

    name: str
    pronouns: str | None = None
    aliases: tuple[str, ...] = ()
    is_group: bool = False
    evidence: Evidence | None = None
    is_distinct: bool = False


@dataclass(frozen=True)
class Target:
    """The official to whom we write. A target has a name, a role, or both."""

    name: str | None = None
    role: str | None = None
    address: tuple[str, ...] = ()
    email: str | None = None
    fax: str | None = None
    salutation: str | None = None
    evidence: Evidence | None = None

    @property
    def title(self) -> str:
        """Role and name as a letter's envelope has them: "Director Zhang Rui"."""
        return " ".join(part for part in (self.role, self.name) if part)


@dataclass(frozen=True)
class Demand:
    """One thing the letter asks for, in the document's own words, and of which kind it is."""

    kind: DemandKind
    text: str
    evidence: Evidence


@dataclass(frozen=True)
class Statement:
    """Words that say for whom letters are asked (OPEN), for whom not (CLOSED), or that all shall wait (REVIEW).

    `names` are as printed (for NAMED); `count` is how many are meant (for COUNTED: "both", "the two women").
    """

    verdict: Verdict
    scope: Scope
    evidence: Evidence
    names: tuple[str, ...] = ()
    count: int | None = None


@dataclass(frozen=True)
class News:
    """An outcome that a document newly tells of a person; `name` is that of one of the document's people.

    What is only feared or thought (`is_guess`) calls for review, but is no outcome.
    """

    name: str
    outcome: Outcome
    evidence: Evidence
    is_certain: bool = True
    is_guess: bool = False


@dataclass(frozen=True)
class Doubt:
    """What a careful reader would ask an admin, as a full sentence; `people` are those it touches, none meaning all.

    `printed` is the name as it stands there, where it is about whom that means.
    """

    sentence: str
    evidence: Evidence | None = None
    people: tuple[str, ...] = ()
    printed: str | None = None


@dataclass(frozen=True)
class Meaning:
    """An admin's word on whom a name as printed means: a person of the action, or (None) nobody of it."""

    printed: str
    person: str | None


@dataclass(frozen=True)
class Settled:
    """An admin's word on what a document says of a person; REVIEW means that it is not known yet."""

    person: str
    verdict: Verdict
    by: str
    reason: str


@dataclass(frozen=True)
class Reading:
    """What we understood of one document.

    A document that is no output has a `refusal`, a sentence that says why, and no other facts.
    `means` and `settled` are no reader's: they are what admins answered to its doubts.
    `request` is where the document asks for letters at all (TAKE ACTION, bullets); a closing output mostly has none.
    """

    refusal: str | None = None
    ua: Fact[str] | None = None
    index: Fact[str] | None = None
    issued_on: Fact[date] | None = None
    country: Fact[str] | None = None
    language: str = "en"
    ordinal: Fact[int] | None = None
    final: Fact[bool] | None = None
    title: Fact[str] | None = None
    summary: Fact[str] | None = None
    people: tuple[Person, ...] = ()
    statements: tuple[Statement, ...] = ()
    request: Evidence | None = None
    news: tuple[News, ...] = ()
    targets: tuple[Target, ...] = ()
    targets_as_before: Evidence | None = None
    copies_to_embassy: Evidence | None = None
    demands: tuple[Demand, ...] = ()
    deadline: Fact[date] | None = None
    languages: Fact[tuple[str, ...]] | None = None
    doubts: tuple[Doubt, ...] = ()
    means: tuple[Meaning, ...] = ()
    settled: tuple[Settled, ...] = ()

    @property
    def is_final(self) -> bool:
        return self.final is not None and self.final.value


@dataclass(frozen=True)
class Output:
    """One published paper on an Urgent Action, as it was taken in."""

    id: int
    reading: Reading
    taken_in_at: datetime

    @property
    def ordinal(self) -> int | None:
        return self.reading.ordinal.value if self.reading.ordinal else None

    @property
    def issued_on(self) -> date | None:
        return self.reading.issued_on.value if self.reading.issued_on else None

    @property
    def index(self) -> str | None:
        return self.reading.index.value if self.reading.index else None


@dataclass(frozen=True)
class Grounds:
    """What a decision rests on: a link, a document of ours by its id, a sentence of whoever decides."""

    link: str | None = None
    document: int | None = None
    words: str | None = None

    @property
    def are_given(self) -> bool:
        return bool(self.link or self.document or self.words)


NO_GROUNDS = Grounds()


@dataclass(frozen=True)
class Decision:
    """A named person's own closing, reopening or settling of a doubt.

    It stands in the series right after the output `after_output` (the newest one known when it was taken; None: before all).
    `confirmed_by` is the second person whose word a reopening needed.
    """

    id: int
    person: str
    verdict: Verdict
    reason: str
    by: str
    decided_at: datetime
    outcome: Outcome | None = None
    after_output: int | None = None
    grounds: Grounds = NO_GROUNDS
    confirmed_by: str | None = None


@dataclass(frozen=True)
class Side:
    """One of two that disagree: an output with its line, or a decision."""

    output: int | None = None
    decision: int | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True)
class CaseStatus:
    """Where one person's case stands, and the output or decision that put it there.

    `closed_by` is what closed it, also where something later brought it to review; `opened_by` is what would open it again.
    """

    slug: str
    person: Person
    verdict: Verdict
    outcome: Outcome | None = None
    since: date | None = None
    output: int | None = None
    decision: int | None = None
    evidence: Evidence | None = None
    news_evidence: Evidence | None = None
    doubts: tuple[Doubt, ...] = field(default=())
    closed_by: Side | None = None
    opened_by: Side | None = None


@dataclass(frozen=True)
class InForce:
    """What a letter for an action goes by today: addressees, demands, deadline and languages of the outputs that set them.

    `past` are kinds of demands that earlier outputs made and the newest with demands does not.
    """

    targets: tuple[Target, ...] = ()
    targets_from: int | None = None
    demands: tuple[Demand, ...] = ()
    demands_from: int | None = None
    deadline: date | None = None
    languages: tuple[str, ...] = ()
    copies_to_embassy: bool = False
    past: tuple[DemandKind, ...] = ()
