"""Documents come in: kept, read, shown for what they would change, and applied."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from campaign.documents import text_of
from campaign.domain import reading as reader
from campaign.domain.reading_refusals import RehearsalChanged
from campaign.domain.refusals import Refusal, Unreadable
from campaign.domain.telling import label
from campaign.domain.urgent_action import Reading
from campaign.flow import gate, rehearsing, remembering
from campaign.flow.counting_corrections import count_proposals, refuse_if_reopening
from campaign.flow.refolding import Change, Plan, carry_out, plan
from campaign.store import actions, documents, filing
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


def read(content: bytes) -> tuple[str | None, Reading]:
    """The text of a document and what it says; a document that cannot be read has no text and a refusal."""
    try:
        text = text_of(content)
    except Unreadable as unreadable:
        return None, Reading(refusal=str(unreadable))
    return text, reader.read(text)


def keep(db: Database, content: bytes, *, name: str, via: str, now: datetime) -> tuple[Document, bool]:
    """Keeps a document whole with its reading, without any effect yet; says too whether we had these bytes already."""
    sha256 = hashlib.sha256(content).hexdigest()
    if known := documents.find_document(db, sha256):
        return known, True
    text, reading = read(content)
    state = DocumentState.REFUSED if reading.refusal else DocumentState.WAITING
    with db.atomic():
        id = documents.add_document(
            db, sha256=sha256, name=name, content=content, via=via, now=now,
            text=text, reading=reading, state=state, reason=reading.refusal,
        )  # fmt: skip
    kept = documents.find_document(db, sha256)
    assert kept is not None
    return kept, id is None


def rehearse(db: Database, document: Document, now: datetime) -> tuple[Change, ...]:
    """What applying a waiting document would change, case by case; nothing is changed by asking."""
    if document.state is not DocumentState.WAITING:
        return ()
    return rehearsing.rehearse(db, document, now).changes


def apply(
    db: Database, id: int, *, actor: str, now: datetime, patience: timedelta, seen: str | None = None,
    alone: bool = False,
) -> TakenIn:  # fmt: skip
    """Files a waiting document as an output and lets it take effect, once; then shuts the gate for whom it closes.

    `seen` is the mark of the rehearsal that somebody looked at, and raises RehearsalChanged where it would go otherwise by
    now; `alone` says that nobody did, which every admin is told.
    """
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
            return _set(db, document, DocumentState.KNOWN, f"We know this paper already: {label(copy.output.reading)}.")
        planned, shut = _filed(db, document, action, actor, now)
        documents.set_applied(db, id, now if alone else None)
        doubtful = doubts(planned, id)
        state = DocumentState.REVIEW if doubtful else DocumentState.APPLIED
        done = _set(db, document, state, " ".join(doubtful) or None)
    unwritten = remembering.write_down(db)
    in_hand = gate.shut(db, shut, patience=patience, actor=actor, now=now)
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
    document, had_it = keep(db, content, name=name, via=via, now=now)
    if document.state is not DocumentState.WAITING:
        return TakenIn(document, was_known=had_it and document.state is not DocumentState.REFUSED)
    if document.taken_back_at or document.corrections:
        # An admin has it in hand; a copy that arrives again must not decide in their place.
        return TakenIn(document, was_known=True)
    return apply(db, document.id, actor=actor, now=now, patience=patience, alone=True)


def apply_if_clear(db: Database, id: int, *, actor: str, now: datetime, patience: timedelta) -> TakenIn | None:
    """Lets a waiting document that came by a trusted way take effect by itself where it is the final output of its series.

    One without doubts is applied; a doubtful one is filed for review, and holds the cases that it may close. None where it
    goes on waiting for an admin: it is not final, or an admin has it in hand already. Every admin is told.
    """
    document = documents.document(db, id)
    reading = document.reading
    waits = document.state is DocumentState.WAITING and not (document.taken_back_at or document.corrections)
    if not waits or reading is None or not reading.is_final:
        return None
    return apply(db, id, actor=actor, now=now, patience=patience, alone=True)


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
