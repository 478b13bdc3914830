"""A rehearsal: what a document, a correction or an answer would change, told before anything is."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from campaign.domain.case import CaseState
from campaign.domain.questions import Question, Touched, questions_of
from campaign.domain.reading_refusals import WouldReopen
from campaign.domain.status import in_force, same_paper
from campaign.domain.telling import OUTCOME_LABELS, label
from campaign.domain.telling_changes import counted, differences, listed
from campaign.domain.urgent_action import InForce, Output, Reading
from campaign.flow.counting_corrections import refuse_if_reopening
from campaign.flow.refolding import Change, Plan, plan
from campaign.store import actions, filing
from campaign.store.database import Database
from campaign.store.documents import Document, DocumentState
from campaign.store.filing import FiledOutput


@dataclass(frozen=True)
class Rehearsal:
    """What would change, case by case, and what else; `questions` are what a person should say first.

    `copy_of` names the paper of which the document is another copy, `refused` says why it cannot be applied. `mark` tells
    whether it is still the same rehearsal.
    """

    changes: tuple[Change, ...] = ()
    others: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    copy_of: str | None = None
    refused: str | None = None

    @property
    def summary(self) -> str:
        """`Closes A (released), keeps B open, stops 17 letters, thanks 1,103 writers.`"""
        return summary_of(self.changes)

    @property
    def mark(self) -> str:
        told = [f"{c.name}|{c.before}|{_state(c)}|{c.facts['outcome']}" for c in self.changes]
        return hashlib.sha256("\n".join((*told, *self.others, self.copy_of or "")).encode()).hexdigest()[:16]


def rehearse(db: Database, document: Document, now: datetime) -> Rehearsal:
    """What applying the document, with all that is proposed for it, would change; nothing is changed by asking."""
    reading = document.reading
    if reading is None or reading.refusal:
        return Rehearsal()
    filed = filing.filed_output(db, document.id)
    if filed:
        return _told(db, filed[0], document, reading)
    if document.state not in (DocumentState.WAITING, DocumentState.REVIEW):
        return Rehearsal()
    return rehearse_as_waiting(db, document, now)


def rehearse_as_waiting(db: Database, document: Document, now: datetime) -> Rehearsal:
    """What applying a document that stands in no series would change, whether or not it waits for that."""
    reading = document.reading
    if reading is None or reading.refusal:
        return Rehearsal()
    if reading.ua is None:
        return Rehearsal(questions=tuple(questions_of(reading, (), ())))
    action = actions.find_action(db, reading.ua.value)
    if action and (copy := copy_of(db, action.id, document)):
        return Rehearsal(copy_of=label(copy.output.reading))
    return _told(db, action.id if action else 0, document, reading)


def copy_of(db: Database, action: int, document: Document) -> FiledOutput | None:
    """The output of which a document is another copy, format or language: of that as it was read, or as it counts."""
    reading = document.reading
    if reading is None:
        return None
    for one in actions.outputs(db, action):
        if one.document != document.id and any(same_paper(own, reading) for own in (one.output.reading, one.as_read)):
            return one
    return None


def touched_by(changes: tuple[Change, ...], document: int) -> list[Touched]:
    """Whom a document leaves where they stand, as its questions need them."""
    return [
        Touched(change.name, change.after is CaseState.REVIEW, change.doubts, change.resembles)
        for change in changes
        if change.facts["cause"].document == document
    ]


def asked_of(reading: Reading, changes: tuple[Change, ...], document: int) -> list[Question]:
    """What a person has to say about a document, given where its action stands with it."""
    return questions_of(reading, touched_by(changes, document), [change.name for change in changes])


def summary_of(changes: tuple[Change, ...]) -> str:
    """Whom changes close, keep, open and send to review, and what that means for letters, in one sentence."""
    closes = [c for c in changes if c.ends and not _had_ended(c)]
    told = [
        ("closes {}", [_with_outcome(c) for c in closes]),
        ("keeps {} open", [c.name for c in changes if c.before is CaseState.OPEN is c.after]),
        ("opens {}", [c.name for c in changes if c.before is None and c.after is CaseState.OPEN]),
        ("lets letters for {} go on", [c.name for c in changes if c.before is CaseState.REVIEW and c.after is CaseState.OPEN]),
        ("opens {} again", [c.name for c in changes if _had_ended(c) and c.after is CaseState.OPEN]),
        ("sends {} to review", [c.name for c in changes if c.after is CaseState.REVIEW and c.alters]),
        ("leaves {} in review", [c.name for c in changes if c.after is CaseState.REVIEW and not c.alters]),
    ]  # fmt: skip
    parts = [words.format(listed(names)) for words, names in told if names]
    if closes:
        parts.append(f"stops {counted(sum(c.stops for c in closes), 'letter')}")
        parts.append(f"thanks {counted(sum(c.thanks for c in closes), 'writer')}")
    if not parts:
        return "It changes nobody’s case."
    sentence = ", ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _told(db: Database, action: int, document: Document, reading: Reading) -> Rehearsal:
    planned = plan(db, action, [document])
    before = in_force([one.output for one in actions.outputs(db, action)]) if action else InForce()
    known = bool(action and actions.outputs(db, action))
    others = differences(before, planned.in_force) if known else []
    counts = _as_it_counts(planned, document) or reading
    asked = tuple(asked_of(counts, planned.changes, document.id))
    return Rehearsal(planned.changes, tuple(others), asked, refused=_refused(db, document, planned))


def _refused(db: Database, document: Document, planned: Plan) -> str | None:
    if not document.corrections:
        return None
    try:
        refuse_if_reopening(db, planned.changes)
    except WouldReopen as refusal:
        return str(refusal)
    return None


def _as_it_counts(planned: Plan, document: Document) -> Reading | None:
    """The document's reading with what is said of the whole action too."""
    found: Output | None = next((o for d, o in planned.filed if d == document.id), None)
    return found.reading if found else None


def _had_ended(change: Change) -> bool:
    return change.case is not None and change.case.has_ended


def _with_outcome(change: Change) -> str:
    outcome = change.facts["outcome"]
    return f"{change.name} ({OUTCOME_LABELS[outcome].lower()})" if outcome else change.name


def _state(change: Change) -> str:
    return "ended" if change.ends else str(change.after)
