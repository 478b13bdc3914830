"""What waits in the inbox: what each document would change, and those without a doubt applied in one go."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from campaign.domain.case import CaseState
from campaign.domain.series import in_series_order
from campaign.domain.status import same_paper
from campaign.domain.urgent_action import Outcome, Output
from campaign.flow import intake
from campaign.flow.intake import NO_NUMBER, TakenIn
from campaign.flow.refolding import Change, plan
from campaign.store import actions, documents, inbox
from campaign.store.database import Database
from campaign.store.documents import Document, DocumentState
from campaign.store.journal import Event, record

KNOWN_PAPER = "It is another copy of a paper that we know."
MOST_AT_ONCE = 50


@dataclass(frozen=True)
class Effect:
    """What becomes of one person; `before` is None for somebody new."""

    name: str
    before: CaseState | None
    after: CaseState
    outcome: Outcome | None
    stops: int
    thanks: int

    @property
    def ends(self) -> bool:
        return self.after in (CaseState.CLOSING, CaseState.CLOSED)

    @property
    def has_ended(self) -> bool:
        """Whether it had ended before already."""
        return self.before in (CaseState.CLOSING, CaseState.CLOSED)


@dataclass(frozen=True)
class Outlook:
    """What a waiting document would do, once those before it in its series are applied; `doubts` are for a person."""

    document: Document
    effects: tuple[Effect, ...] = ()
    doubts: tuple[str, ...] = ()
    is_copy: bool = False

    @property
    def is_clear(self) -> bool:
        return not self.doubts


def outlook(db: Database, document: Document, now: datetime) -> Outlook:
    """What applying this document alone would do now."""
    return next(_outlooks(db, [document], now))


def outlooks(db: Database, waiting: Iterable[Document], now: datetime) -> list[Outlook]:
    """What applying all of these would do, one after the other in the order of their series."""
    return [one for series in _by_action(waiting) for one in _outlooks(db, series, now)]


def in_order(some: Iterable[Document]) -> list[Document]:
    """The documents action by action, each action's in the order of its series, whatever the order they came in."""
    return [document for series in _by_action(some) for document in series]


def apply_clear(db: Database, ids: Iterable[int], *, actor: str, now: datetime, patience: timedelta) -> list[TakenIn]:
    """Applies those of the waiting documents that have no doubt, in the order of their series.

    Each is looked at once more in its turn: where one before it has made it doubtful, it goes on waiting.
    """
    chosen = {id: documents.document(db, id) for id in ids}
    taken = []
    for document in in_order(one for one in chosen.values() if one.state is DocumentState.WAITING):
        if outlook(db, document, now).is_clear:
            taken.append(intake.apply(db, document.id, actor=actor, now=now, patience=patience))
        else:
            taken.append(TakenIn(documents.document(db, document.id)))
    return taken


def refuse(db: Database, ids: Iterable[int], reason: str, *, by: str, now: datetime) -> list[Document]:
    """A person says that these waiting documents are not to take effect, and why; what waits no longer stays as it is."""
    with db.atomic():
        found = [documents.document(db, id) for id in ids]
        for document in found:
            if documents.refuse_waiting_document(db, document.id, f"{by} refused it: {reason}"):
                said = f"{document.name}: {reason}"
                record(
                    db,
                    Event(
                        now, by, "document", document=document.id, before="waiting", after="refused", reason=said[:1000]
                    ),
                )
    return [documents.document(db, document.id) for document in found]


def write_words(db: Database) -> None:
    """Lets every document be found by its words: for those that came before words were kept."""
    below: int | None = None
    while page := inbox.listed(db, inbox.Choice(), below):
        for document in page:
            with db.atomic():
                inbox.add_words(db, document.id, inbox.texts_of(document.name, document.reading))
        below = page[-1].id


def _by_action(some: Iterable[Document]) -> Iterator[list[Document]]:
    """Documents without a number stand alone, at the end."""
    listed = sorted(some, key=_number)
    for number, group in groupby(listed, key=_number):
        series = {document.id: document for document in group}
        outputs = [Output(one.id, one.reading, one.received_at) for one in series.values() if one.reading]
        yield [series[output.id] for output in in_series_order(outputs)] if number[1] else list(series.values())


def _number(document: Document) -> tuple[bool, str]:
    number = document.reading.ua.value if document.reading and document.reading.ua else ""
    return not number, number


def _outlooks(db: Database, series: Sequence[Document], now: datetime) -> Iterator[Outlook]:
    """Of documents of one action: each on top of those before it."""
    trying: list[Document] = []
    before: dict[str, Change] = {}
    for document in series:
        reading = document.reading
        if reading is None or reading.ua is None:
            yield Outlook(document, doubts=(NO_NUMBER,))
            continue
        action = actions.find_action(db, reading.ua.value)
        known = actions.outputs(db, action.id if action else 0, trying)
        if any(same_paper(one.output.reading, reading) for one in known):
            yield Outlook(document, is_copy=True)
            continue
        trying.append(document)
        planned = plan(db, action.id if action else 0, trying)
        yield Outlook(document, tuple(_effects(planned.changes, before)), tuple(intake.doubts(planned, document.id)))
        before = {change.name: change for change in planned.changes}


def _effects(changes: Iterable[Change], before: dict[str, Change]) -> Iterator[Effect]:
    for change in changes:
        last = before.get(change.name)
        stood = last.after if last else change.before
        ends_now = change.ends and stood not in (CaseState.CLOSING, CaseState.CLOSED)
        stops, thanks = (change.stops, change.thanks) if ends_now else (0, 0)
        yield Effect(change.name, stood, change.after, change.facts["outcome"], stops, thanks)
