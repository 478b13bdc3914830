"""Documents come in: kept, read, shown for what they would change, and applied."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from campaign.documents import text_of
from campaign.domain import reading as reader
from campaign.domain.refusals import Refusal, Unreadable
from campaign.domain.status import same_paper
from campaign.domain.telling import label
from campaign.domain.urgent_action import Output, Reading
from campaign.flow import gate, remembering
from campaign.flow.refolding import Change, carry_out, plan
from campaign.store import actions, documents
from campaign.store.actions import FiledOutput
from campaign.store.database import Database
from campaign.store.documents import Document, DocumentState

NO_NUMBER = "It has no Urgent Action number that can be relied on, so a person has to say to which action it belongs."
# Ids of what is only being tried out; the database never gives these.
_REHEARSED = -1


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
    """What applying the document would change, case by case; nothing is changed by asking."""
    reading = document.reading
    if document.state is not DocumentState.WAITING or reading is None or reading.ua is None:
        return ()
    action = actions.find_action(db, reading.ua.value)
    if action and _copy_of(db, action.id, reading):
        return ()
    filed = FiledOutput(Output(_REHEARSED, reading, now), document.id)
    return plan(db, action.id if action else 0, extra=[filed]).changes


def apply(
    db: Database,
    id: int,
    *,
    actor: str,
    now: datetime,
    patience: timedelta,
    clock: Callable[[], datetime] | None = None,
) -> TakenIn:
    """Files a waiting document as an output and lets it take effect, once; then shuts the gate for whom it closes.

    `clock` has gone on since `now`, where the document was read in between.
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
        if copy := _copy_of(db, action, reading):
            return _set(db, document, DocumentState.KNOWN, f"We know this paper already: {label(copy.output.reading)}.")
        actions.add_output(db, action, id, reading, now)
        planned = plan(db, action)
        shut = carry_out(db, action, planned, actor=actor, now=now)
        doubtful = _doubts(reading, planned.changes, id)
        state = DocumentState.REVIEW if doubtful else DocumentState.APPLIED
        done = _set(db, document, state, " ".join(doubtful) or None)
    unwritten = remembering.write_down(db)
    in_hand = gate.shut(db, shut, patience=patience, actor=actor, clock=clock)
    return TakenIn(done.document, planned.changes, in_hand, unwritten=unwritten)


def take_in(
    db: Database, content: bytes, *, name: str, via: str, actor: str, now: datetime, patience: timedelta
) -> TakenIn:
    """Keeps, reads and applies a document in one go. The same document again changes nothing."""
    clock = gate.ticking(now)
    document, had_it = keep(db, content, name=name, via=via, now=now)
    if document.state is not DocumentState.WAITING:
        return TakenIn(document, was_known=had_it and document.state is not DocumentState.REFUSED)
    return apply(db, document.id, actor=actor, now=now, patience=patience, clock=clock)


def _copy_of(db: Database, action: int, reading: Reading) -> FiledOutput | None:
    """The output of which this is another copy, format or language."""
    return next((one for one in actions.outputs(db, action) if same_paper(one.output.reading, reading)), None)


def _doubts(reading: Reading, changes: tuple[Change, ...], document: int) -> list[str]:
    """Why a person has to look at this document: its own doubts, and those of the cases it sent to review."""
    said = [doubt.sentence for doubt in reading.doubts]
    for change in changes:
        if change.facts["cause"].document == document:
            said += [sentence for sentence in change.facts["doubts"] if sentence not in said]
    return said


def _set(db: Database, document: Document, state: DocumentState, reason: str | None) -> TakenIn:
    documents.set_document_state(db, document.id, state, reason)
    return TakenIn(documents.document(db, document.id), was_known=state is DocumentState.KNOWN)
