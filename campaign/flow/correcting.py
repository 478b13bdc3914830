"""What people say of a reading: corrections field by field, and answers to its doubts.

Each is proposed first and has no effect; it takes effect together with the document, or, where that has been applied
already, once its own rehearsal was looked at and applied. Statuses come from the one fold alone.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from campaign.domain.corrections import Correction, CorrectionState, Field
from campaign.domain.corrections.applying import corrected_sheet
from campaign.domain.corrections.values import checked
from campaign.domain.questions import Question
from campaign.domain.reading_refusals import NothingToCorrect, RehearsalChanged
from campaign.domain.refusals import ReasonMissing
from campaign.flow import gate, rehearsing, remembering
from campaign.flow.counting_corrections import count_proposals, refuse_if_reopening
from campaign.flow.intake import TakenIn, doubts, read
from campaign.flow.refolding import Plan, carry_out, plan
from campaign.store import actions, corrections, documents, filing
from campaign.store.database import Conflict, Database
from campaign.store.documents import Document, DocumentState

_NOT_KEPT = -1
_ANSWERS = frozenset({Field.MEANING, Field.IDENTITY, Field.DOUBT, Field.VERDICT})
_FILED_UNDER = "It is filed under this number already. Undo it first, then give it another number."
_OF_THE_SERIES = "Another output of the series bears this index number."
_NUMBER_FIRST = "Please say first of which Urgent Action it is an output."
_UNREADABLE = "Nothing could be read in this document, so there is nothing to correct."


@dataclass(frozen=True)
class Said:
    """What somebody says of one field. `question` is the doubt it answers; `everywhere` that it holds for later documents."""

    field: Field
    about: str
    after: Any
    question: str | None = None
    everywhere: bool = False


def answer(question: Question, value: str, *, everywhere: bool = False) -> Said:
    """What pressing a question's button says. An empty value is "somebody else", or no."""
    after: Any = (value or None) if question.field is not Field.DOUBT else True
    asked = "\n".join(dict.fromkeys((question.sentence, *(doubt.sentence for doubt in question.told))))
    return Said(question.field, question.about, after, asked, question.reaches or (question.can_reach and everywhere))


def propose(db: Database, id: int, said: Said, *, by: str, reason: str, now: datetime) -> int:
    """Keeps what somebody says of a document's reading, without effect yet; the id of the correction.

    Raises ReasonMissing, DoesNotFit, NothingToCorrect.
    """
    if not reason.strip():
        raise ReasonMissing
    after = checked(said.field, said.after)
    with db.atomic():
        document = documents.document(db, id)
        if document.as_read is None:
            raise NothingToCorrect(_UNREADABLE)
        if document.reading and document.reading.refusal and said.field is not Field.NUMBER:
            raise NothingToCorrect(_NUMBER_FIRST)
        before = corrected_sheet(document.as_read, document.tried).get((said.field, said.about))
        if before == after and said.field not in _ANSWERS:
            raise NothingToCorrect
        if said.field is Field.NUMBER and filing.filed_output(db, id):
            raise NothingToCorrect(_FILED_UNDER)
        reaches = document.reading.ua.value if said.everywhere and document.reading and document.reading.ua else None
        kept = Correction(
            _NOT_KEPT, id, said.field, said.about, before, after, by, now, reason.strip(), said.question, reaches
        )  # fmt: skip
        made = corrections.add_correction(db, kept)
        _wait_again(db, id, now)
    return made


def take_back(db: Database, id: int, *, by: str, now: datetime) -> int:
    """Takes back a correction, or the taking back of one; the id of its document.

    What counts already goes on counting until the change was looked at and applied. Raises NothingToCorrect for the
    number of a document that is filed under it.
    """
    with db.atomic():
        said = corrections.correction(db, id)
        filed = filing.filed_output(db, said.document)
        if filed and said.field is Field.NUMBER:
            raise NothingToCorrect(_FILED_UNDER)
        if said.state is CorrectionState.LEAVING:
            corrections.set_correction_state(db, id, CorrectionState.APPLIED)
        elif said.state is CorrectionState.APPLIED and filed:
            corrections.set_correction_state(db, id, CorrectionState.LEAVING, by=by, now=now)
        elif said.state is not CorrectionState.TAKEN_BACK:
            corrections.set_correction_state(db, id, CorrectionState.TAKEN_BACK, by=by, now=now)
            _wait_again(db, said.document, now)
    return said.document


def apply(db: Database, id: int, *, actor: str, now: datetime, patience: timedelta, seen: str | None = None) -> TakenIn:
    """Lets what is proposed for a document that stands in its series take effect, and folds the action again.

    Raises RehearsalChanged where it would do something else by now than `seen` told, WouldReopen, NothingToCorrect.
    """
    with db.atomic():
        filed = filing.filed_output(db, id)
        if filed is None:
            return TakenIn(documents.document(db, id), was_known=True)
        action, output, _ = filed
        actions.hold_action(db, action)
        document = documents.document(db, id)
        if not has_proposals(document):
            return TakenIn(document, was_known=True)
        if seen is not None and rehearsing.rehearse(db, document, now).mark != seen:
            raise RehearsalChanged
        _write_index(db, output, document)
        count_proposals(db, document, actor, now)
        planned = plan(db, action)
        refuse_if_reopening(db, planned.changes)
        shut = carry_out(db, action, planned, actor=actor, now=now)
        _look_again(db, planned)
    unwritten = remembering.write_down(db)
    in_hand = gate.shut(db, shut, patience=patience, actor=actor, clock=gate.ticking(now))
    return TakenIn(documents.document(db, id), planned.changes, in_hand, unwritten=unwritten)


def read_again(db: Database, id: int, *, actor: str, now: datetime) -> Document:
    """Reads a document that stands in no series with today's reader; what people said of it stays.

    Raises NothingToCorrect for one that does: its reading is what the statuses rest on.
    """
    content = documents.content_of(db, id)
    _, reading = read(content)
    with db.atomic():
        if filing.filed_output(db, id):
            raise NothingToCorrect(
                "It has been applied, so its reading stays as it is; what is wrong can be corrected."
            )
        if not reading.refusal:
            documents.set_reading(db, id, reading)
            _wait_again(db, id, now)
    return documents.document(db, id)


def has_proposals(document: Document) -> bool:
    """Whether something is said of the document that has no effect yet."""
    waiting = (CorrectionState.PROPOSED, CorrectionState.LEAVING)
    return any(said.state in waiting for said in document.corrections)


def _write_index(db: Database, output: int, document: Document) -> None:
    try:
        filing.set_output_reading(db, output, document)
    except Conflict:
        raise NothingToCorrect(_OF_THE_SERIES) from None


def _look_again(db: Database, planned: Plan) -> None:
    """Documents of the action that needed a person may need none any more, and the other way round."""
    for id, _ in planned.filed:
        found = doubts(planned, id)
        state = DocumentState.REVIEW if found else DocumentState.APPLIED
        document = documents.document(db, id)
        if document.state in (DocumentState.REVIEW, DocumentState.APPLIED) and document.state is not state:
            documents.set_document_state(db, id, state, " ".join(found) or None)


def _wait_again(db: Database, id: int, now: datetime) -> None:
    """What could not be filed for want of a number, was refused or taken for a copy, waits for an admin's word once that
    changes; and is refused again where somebody took back that it is an output.
    """
    document = documents.document(db, id)
    was_set_aside = document.state is DocumentState.REFUSED and not (document.as_read and document.as_read.refusal)
    if was_set_aside or document.state is DocumentState.APPLIED or filing.filed_output(db, id):
        return
    reading = document.reading
    if reading and reading.refusal:
        documents.set_document_state(db, id, DocumentState.REFUSED, reading.refusal)
    if reading and reading.ua and rehearsing.rehearse_as_waiting(db, document, now).copy_of is None:
        documents.set_document_state(db, id, DocumentState.WAITING)
