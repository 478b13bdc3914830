"""A letter's life: its states, which may follow which, and whether it may leave."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from campaign.domain.bounce import Bounce
from campaign.domain.case import Case, CaseState
from campaign.domain.codes import code_of
from campaign.domain.posting import Posted
from campaign.domain.refusals import CaseClosed, CaseInReview, DeadlinePassed, Refusal


class LetterState(StrEnum):
    UNCONFIRMED = "unconfirmed"
    QUEUED = "queued"
    HELD = "held"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    STOPPED = "stopped"
    UNCERTAIN = "uncertain"
    WITHDRAWN = "withdrawn"
    OPENED = "opened"
    REPORTED = "reported"


class Channel(StrEnum):
    EMAIL = "email"
    OWN_MAIL = "own_mail"
    POST = "post"


# In these states a letter's words can still be changed.
CHANGEABLE = frozenset({LetterState.UNCONFIRMED, LetterState.OPENED, LetterState.HELD})
# A closing ends these; what is `sending` has passed the gate already and is waited for.
STOPPABLE = frozenset({LetterState.UNCONFIRMED, LetterState.QUEUED, LetterState.HELD})
# What an `uncertain` letter can be called once a person has found out. It is never sent again.
SETTLED_AS = frozenset({LetterState.SENT, LetterState.REFUSED})


class Number(StrEnum):
    """The four honest numbers. They are never added without saying so."""

    SENT_BY_US = "sent by us"
    OPENED_ELSEWHERE = "opened elsewhere"
    REPORTED_SENT = "reported sent"
    REPORTED_BY_EVENTS = "reported by events"


LONGEST_NAME = 100
LONGEST_SUBJECT = 150
LONGEST_BODY = 3000
CONFIRM_WITHIN = timedelta(days=7)
MOST_UNKNOWN_TRIES = 2


@dataclass(frozen=True)
class Letter:
    """A draft a supporter has put their name to. Name, address and texts are None once they have been erased.

    `tongue` is the language of the pages it was written on; `copy_of` is the letter of which an embassy gets this copy;
    `sent_on` the day on which its writer says it went; `wants_answers` whether the official may answer the writer; `bounced_at` when
    we heard that it came back, with the words of the mail server that sent it back; `group` the id of the group by whose link
    it was written.
    """

    id: int
    receipt: str
    form_key: str
    case: int
    target: int | None
    channel: Channel
    state: LetterState
    reason: str | None
    subject: str | None
    body: str | None
    name: str | None
    email: str | None
    country: str | None
    language: str
    message_id: str | None
    attempts: int
    unknown_tries: int
    created_at: datetime
    confirmed_at: datetime | None
    sent_at: datetime | None
    epoch: int
    template: str | None = None
    tongue: str = "en"
    wants_answers: bool = False
    has_own_words: bool = False
    sent_on: date | None = None
    copy_of: int | None = None
    is_erased: bool = False
    bounced_at: datetime | None = None
    bounce: Bounce | None = None
    bounce_words: str | None = None
    group: int | None = None

    @property
    def number(self) -> str:
        return number_of(self.receipt)

    @property
    def can_be_changed(self) -> bool:
        """Whether its writer may still change the words: nothing of it has left."""
        return self.state in CHANGEABLE and not self.is_erased and self.confirmed_at is None

    def confirmation_has_expired(self, now: datetime) -> bool:
        return now > self.created_at + CONFIRM_WITHIN


def number_of(receipt: str) -> str:
    """What a receipt is called by when people speak of it: `7Q2-K4M`, no key to anything."""
    signs = code_of(f"number:{receipt}", 6)
    return f"{signs[:3]}-{signs[3:]}"


def why_it_may_not_leave(case: Case, now: datetime, *, promised_at: datetime | None = None) -> Refusal | None:
    """The one question every route asks before a letter is offered, queued, sent, opened or printed.

    Returns None where the letter may leave, else the reason. `promised_at` is when its writer
    confirmed it: what was confirmed before the deadline must also have left before it. Somebody who writes
    after the deadline has been warned, and is not stopped by it.
    """
    if case.has_ended:
        return CaseClosed(case.person.name)
    if case.state is CaseState.REVIEW:
        return CaseInReview(case.person.name)
    if promised_at is not None and case.deadline is not None and _overtaken(case, promised_at, now):
        return DeadlinePassed(case.person.name, case.deadline)
    return None


def _overtaken(case: Case, promised_at: datetime, now: datetime) -> bool:
    return case.deadline_has_passed(now) and not case.deadline_has_passed(promised_at)


def next_try(
    delays: tuple[timedelta, ...], attempts: int, give_up_after: timedelta, waited: timedelta
) -> timedelta | None:
    """How long to wait before the next try, or None when it is time to give up.

    `attempts` counts the tries made so far; `waited` is how long the letter has waited since it was queued.
    """
    delay = delays[min(attempts, len(delays)) - 1] if attempts else timedelta(0)
    return None if waited + delay > give_up_after else delay


def after_posting(outcome: Posted, unknown_tries: int, *, gives_up: bool) -> LetterState:
    """The state that follows a try. Once any try ended unknown, a letter can no longer be called refused."""
    maybe = unknown_tries > 0
    if outcome is Posted.SENT:
        return LetterState.SENT
    if outcome is Posted.REFUSED or gives_up:
        return LetterState.UNCERTAIN if maybe else LetterState.REFUSED
    return LetterState.UNCERTAIN if unknown_tries > MOST_UNKNOWN_TRIES else LetterState.QUEUED


@dataclass(frozen=True)
class Tally:
    """A counted number with what it counts; `keys` are the values it was grouped by."""

    keys: dict[str, str | None]
    n: int
