"""What an organizer has to look at first: a sentence each, with where it is settled."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import url_for

from campaign.domain.account import Permission
from campaign.domain.case import Case, CaseState
from campaign.domain.group import Sight
from campaign.domain.letter import LetterState
from campaign.domain.urgent_action import Target
from campaign.flow import remembering
from campaign.store import actions, bounces, figures, lists, pacing, queue
from campaign.store.database import Database
from campaign.web.access import may

SOON = timedelta(days=3)
QUEUE_TOO_OLD = timedelta(minutes=10)
UNCONFIRMED_WITHIN = timedelta(days=7)
UNCONFIRMED_TOO_MANY = 0.3
UNCONFIRMED_LEAST = 20


@dataclass(frozen=True)
class Alert:
    """`lead` leads to `link`, where it is settled, and `rest` goes on with the sentence. No link: not here."""

    lead: str
    rest: str
    link: str | None = None


def alerts(db: Database, everybody: list[Case], now: datetime, sight: Sight) -> list[Alert]:
    """Everything that waits for somebody, the gravest first; whatever the page's selection is. Letters are those in sight."""
    return [
        *_nothing_leaves(db),
        *_pauses(db),
        *_in_review(everybody),
        *_deadlines(everybody, now),
        *_letters(db, sight),
        *_failing(db, now),
        *_queue(db, now),
        *_unconfirmed(db, now),
    ]


def _nothing_leaves(db: Database) -> Iterator[Alert]:
    if refusal := remembering.why_nothing_leaves(db):
        yield Alert("Nothing is sent", f": {refusal}")


def _pauses(db: Database) -> Iterator[Alert]:
    for pause in pacing.pauses(db):
        since = f" since {pause.at:%H:%M} UTC on {pause.at.day} {pause.at:%B}: {pause.reason}"
        if pause.what == pacing.QUEUE:
            yield Alert("All sending is paused", f" by {pause.by}{since}", url_for("sent.letters", state="queued"))
        else:
            target = actions.target(db, int(pause.what.removeprefix("target-")))
            link = url_for("sent.letters", state="queued", target=target.id)
            yield Alert(f"Letters to {target.target.title} are paused", f" by {pause.by}{since}", link)


def _in_review(everybody: list[Case]) -> Iterator[Alert]:
    for case in everybody:
        if case.state is CaseState.REVIEW:
            why = case.doubts[0] if case.doubts else "the newest document can be understood in more than one way."
            yield Alert(f"{case.person.name} is in review", f" ({_ua(case)}), and no letters go: {why}", _case(case))


def _deadlines(everybody: list[Case], now: datetime) -> Iterator[Alert]:
    for case in everybody:
        if case.is_open and case.deadline and now.date() <= case.deadline <= (now + SOON).date():
            left = (case.deadline - now.date()).days
            day = "today" if left == 0 else "tomorrow" if left == 1 else f"in {left} days"
            yield Alert(f"Deadline {day}", f": {case.person.name} ({_ua(case)}).", _case(case))


def _letters(db: Database, sight: Sight) -> Iterator[Alert]:
    waiting = lists.count_by_state(db, lists.Choice((LetterState.HELD, LetterState.UNCERTAIN), sight=sight))
    if n := waiting.get(LetterState.HELD):
        lead, them, it = _so_many(n, "held")
        yield Alert(lead, f": please look at {them}, and let {them} go or give {them} back.", url_for("held.letters"))
    if n := waiting.get(LetterState.UNCERTAIN):
        lead, them, it = _so_many(n, "uncertain")
        rest = f": nobody knows whether {it} arrived. Please find out, and settle {them} by hand."
        yield Alert(lead, rest, url_for("sent.letters", state="uncertain"))


def _so_many(n: int, state: str) -> tuple[str, str, str]:
    return (f"One letter is {state}", "it", "it") if n == 1 else (f"{n:,} letters are {state}", "them", "they")


def _failing(db: Database, now: datetime) -> Iterator[Alert]:
    for one in bounces.failing_addresses(db, now):
        yield Alert(f"The address of {one.title} fails", f": {one.n:,} letters came back for good.", "#failing")


def _queue(db: Database, now: datetime) -> Iterator[Alert]:
    since = queue.oldest_due(db, now)
    if since and now - since > QUEUE_TOO_OLD:
        waited = int((now - since).total_seconds() // 60)
        words = f"{waited} minutes" if waited < 120 else f"{waited // 60} hours"
        rest = f" for {words}: please look whether the sender runs and the mail server answers."
        yield Alert("A letter that is due waits", rest, url_for("sent.letters", state="queued"))


def _unconfirmed(db: Database, now: datetime) -> Iterator[Alert]:
    waiting, every = figures.unconfirmed_since(db, (now - UNCONFIRMED_WITHIN + timedelta(days=1)).date())
    if every >= UNCONFIRMED_LEAST and waiting > UNCONFIRMED_TOO_MANY * every:
        rest = f" ({waiting:,} of {every:,}): perhaps our mails do not arrive, or land where nobody looks."
        link = url_for("sent.letters", state="unconfirmed")
        yield Alert(
            f"{100 * waiting // every} % of the last seven days’ letters wait for their writer’s yes", rest, link
        )


def _case(case: Case) -> str:
    if may(Permission.CLOSE_AND_REOPEN):
        return url_for("admin.case", id=case.id)
    return url_for("cases.case", action=case.ua_slug, person=case.slug)


def _ua(case: Case) -> str:
    return case.ua if case.ua.startswith("EXTRA") else f"UA {case.ua}"


def health(target: Target, *, replaced: bool, failing: dict[str, int], paused: frozenset[str], what: str) -> str:
    """How it stands with an addressee's address, in a few words."""
    if replaced:
        return "Replaced: nobody writes there any more"
    if what in paused:
        return "Paused"
    if target.email is None:
        return "No e-mail address: by post"
    if n := failing.get(target.email):
        return f"Fails: {n:,} came back within seven days"
    return "In order"
