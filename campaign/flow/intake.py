"""Documents come in: kept, read, shown for what they would change, and applied."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from campaign.documents import plain_name, text_of
from campaign.domain import reading as reader
from campaign.domain.reading_refusals import RehearsalChanged
from campaign.domain.refusals import Refusal, Unreadable
from campaign.domain.telling import label
from campaign.domain.urgent_action import Reading
from campaign.flow import gate, rehearsing, remembering
from campaign.flow.counting_corrections import count_proposals, refuse_if_reopening
from campaign.flow.refolding import Change, Plan, carry_out, plan
from campaign.store import actions, arrivals, documents, filing, inbox
from campaign.store.arrivals import Came
from campaign.store.database import Database
from campaign.store.documents import Document, DocumentState

NO_NUMBER = "It has no Urgent Action number that can be relied on, so a person has to say to which action it belongs."


@dataclass(frozen=True)
class TakenIn:
    """What came of a document: its state, what it changed case by case, and how many letters were still in hand.

    `unwritten` says why the ledger does not know of a closing yet.
    """

    document: Document
    changes: tuple[Change, ...] = ()
    in_hand: int = 0
    was_known: bool = False
    unwritten: Refusal | None = None

    @property
    def altered(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.alters)


@dataclass(frozen=True)
class Brought:
    """A document as somebody brings it; `told` is its text and reading, where it was read already."""

    name: str
    content: bytes = field(repr=False)
    told: tuple[str | None, Reading] | None = field(default=None, repr=False)

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def read(content: bytes) -> tuple[str | None, Reading]:
    """The text of a document and what it says; a document that cannot be read has no text and a refusal."""
    try:
        text = text_of(content)
    except Unreadable as unreadable:
        return None, Reading(refusal=str(unreadable))
    return text, reader.read(text)


def keep(
    db: Database, content: bytes, *, name: str, via: str, now: datetime, came: Came | None = None
) -> tuple[Document, bool]:
    """Keeps a document whole with its reading, without any effect yet; says too whether we had these bytes already."""
    return keep_all(db, [Brought(name, content)], came=came or Came(via, via), now=now)[0]


@gate.saved_on_a_full_disk
def keep_all(db: Database, brought: Sequence[Brought], *, came: Came, now: datetime) -> list[tuple[Document, bool]]:
    """Keeps what came together, all of it or nothing; each with whether we had these bytes already."""
    read_already: dict[str, tuple[str | None, Reading]] = {}
    for one in brought:
        if one.sha256 not in read_already and not documents.find_document(db, one.sha256):
            read_already[one.sha256] = one.told or read(one.content)
    with db.atomic():
        return [_keep(db, one, came, now, *read_already.get(one.sha256, (None, None))) for one in brought]


def _keep(
    db: Database, one: Brought, came: Came, now: datetime, text: str | None, reading: Reading | None
) -> tuple[Document, bool]:
    id, name = None, plain_name(one.name)
    if reading is not None:
        state = DocumentState.REFUSED if reading.refusal else DocumentState.WAITING
        id = documents.add_document(
            db, sha256=one.sha256, name=name, content=one.content, via=came.via, now=now,
            text=text, reading=reading, state=state, reason=reading.refusal,
        )  # fmt: skip
    if id is not None:
        inbox.add_words(db, id, (*inbox.texts_of(name, reading), came.by))
    kept = documents.find_document(db, one.sha256)
    assert kept is not None
    arrivals.add_arrival(db, kept.id, came, name=name, is_repeat=id is None, now=now)
    return kept, id is None


def rehearse(db: Database, document: Document, now: datetime) -> tuple[Change, ...]:
    """What applying a waiting document would change, case by case; nothing is changed by asking."""
    if document.state is not DocumentState.WAITING:
        return ()
    return rehearsing.rehearse(db, document, now).changes


@gate.saved_on_a_full_disk
def apply(
    db: Database, id: int, *, actor: str, now: datetime, patience: timedelta, seen: str | None = None,
    alone: bool = False, clock: Callable[[], datetime] | None = None,
) -> TakenIn:  # fmt: skip
    """Files a waiting document as an output and lets it take effect, once; then shuts the gate for whom it closes.

    `seen` is the mark of the rehearsal that somebody looked at, and raises RehearsalChanged where it would go otherwise by
    now; `alone` says that nobody did, which every admin is told; `clock` has gone on since `now`, where the document was
    read in between.
    """
    clock = clock or gate.ticking(now)
    with db.atomic():
        document = documents.document(db, id)
        reading = document.reading
        if document.state is not DocumentState.WAITING or reading is None:
            return TakenIn(document, was_known=document.state is not DocumentState.REFUSED)
        if reading.ua is None:
            return _set(db, document, DocumentState.REVIEW, NO_NUMBER)
        # Holds the action's row, so that two documents of one action are applied one after the other.
        action = actions.add_action(db, reading.ua.value)
        if seen is not None and rehearsing.rehearse(db, document, now).mark != seen:
            raise RehearsalChanged
        if copy := rehearsing.copy_of(db, action, document):
            if copy.document == id:
                return TakenIn(documents.document(db, id), was_known=True)  # somebody else was first, by a moment
            return _set(db, document, DocumentState.KNOWN, f"We know this paper already: {label(copy.output.reading)}.")
        planned, shut = _filed(db, document, action, actor, now)
        documents.set_applied(db, id, now if alone else None)
        doubtful = doubts(planned, id)
        state = DocumentState.REVIEW if doubtful else DocumentState.APPLIED
        done = _set(db, document, state, " ".join(doubtful) or None)
    unwritten = remembering.write_down(db)
    in_hand = gate.shut(db, shut, patience=patience, actor=actor, clock=clock)
    return TakenIn(done.document, planned.changes, in_hand, unwritten=unwritten)


def _filed(db: Database, document: Document, action: int, actor: str, now: datetime) -> tuple[Plan, list[int]]:
    filing.add_output(db, action, document, now)
    count_proposals(db, document, actor, now)
    planned = plan(db, action)
    if document.corrections:
        refuse_if_reopening(db, planned.changes)
    return planned, carry_out(db, action, planned, actor=actor, now=now)


def take_in(
    db: Database, content: bytes, *, name: str, via: str, actor: str, now: datetime, patience: timedelta
) -> TakenIn:
    """Keeps, reads and applies a document in one go. The same document again changes nothing."""
    clock = gate.ticking(now)
    document, had_it = keep(db, content, name=name, via=via, now=now, came=Came(via, actor))
    return take_in_kept(db, document, had_it, actor=actor, now=now, patience=patience, clock=clock)


def take_in_kept(
    db: Database, document: Document, had_it: bool, *, actor: str, now: datetime, patience: timedelta,
    clock: Callable[[], datetime] | None = None,
) -> TakenIn:  # fmt: skip
    """Applies a document that came by a trusted way; one that was waiting for an admin's word waits no longer."""
    if document.state is not DocumentState.WAITING:
        return TakenIn(document, was_known=had_it and document.state is not DocumentState.REFUSED)
    if document.taken_back_at or document.corrections:
        # An admin has it in hand; a copy that arrives again must not decide in their place.
        return TakenIn(document, was_known=True)
    return apply(db, document.id, actor=actor, now=now, patience=patience, alone=True, clock=clock)


def doubts(planned: Plan, document: int) -> list[str]:
    """Why a person has to look at a filed document: its own doubts, and those of the cases that it left where they stand."""
    reading = next(output.reading for own, output in planned.filed if own == document)
    said = [doubt.sentence for doubt in reading.doubts]
    for change in planned.changes:
        if change.facts["cause"].document == document:
            said += [sentence for sentence in change.facts["doubts"] if sentence not in said]
            if change.resembles:
                said.append(f"Is {change.name} another name of {change.resembles}?")
    return said


def _set(db: Database, document: Document, state: DocumentState, reason: str | None) -> TakenIn:
    documents.set_document_state(db, document.id, state, reason)
    return TakenIn(documents.document(db, document.id), was_known=state is DocumentState.KNOWN)
