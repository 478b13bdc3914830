"""Undo: an admin takes back the effect of a document within an hour. Letters that were stopped stay stopped."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from campaign.domain.case import CaseState
from campaign.domain.reading_refusals import LaterStandsOnIt, NothingToCorrect, ThanksHaveGone, TooLateToUndo
from campaign.domain.refusals import ReasonMissing, Refusal
from campaign.domain.series import in_series_order
from campaign.domain.telling import label
from campaign.domain.telling_changes import listed
from campaign.domain.urgent_action import Decision, Verdict
from campaign.flow import gate, remembering
from campaign.flow.intake import TakenIn
from campaign.flow.refolding import Change, carry_out, plan
from campaign.store import actions, cases, documents, filing, telling
from campaign.store.database import Database
from campaign.store.documents import DocumentState
from campaign.store.journal import Event, record

WITHIN = timedelta(hours=1)
_NOT_FILED = -1


def why_not(db: Database, id: int, now: datetime) -> Refusal | None:
    """Why the effect of a document cannot be taken back now; None if it can."""
    filed = filing.filed_output(db, id)
    if filed is None:
        return NothingToCorrect("It has no effect, so there is nothing to undo.")
    action, output, since = filed
    if now > since + WITHIN:
        return TooLateToUndo()
    later = [
        one.output for one in actions.outputs(db, action) if (one.output.taken_in_at, one.output.id) > (since, output)
    ]
    if later:
        return LaterStandsOnIt(listed([label(one.reading) for one in later]))
    told = [
        case.person.name
        for case in cases.cases_of(db, action)
        if case.cause.output == output and telling.were_told(db, case.id, since)
    ]
    return ThanksHaveGone(listed(told)) if told else None


def undo(db: Database, id: int, *, by: str, reason: str, now: datetime, patience: timedelta) -> TakenIn:
    """Takes a document out of its series again: whom it closed is open again by the admin's decision, and it waits as before.

    Its output stays on record. Raises ReasonMissing, TooLateToUndo, ThanksHaveGone, LaterStandsOnIt, NothingToCorrect.
    """
    if not reason.strip():
        raise ReasonMissing
    with db.atomic():
        filed = filing.filed_output(db, id)
        if filed:
            # Held before the question is asked: whoever thanks writers holds it too.
            actions.hold_action(db, filed[0])
        if refusal := why_not(db, id, now):
            raise refusal
        assert filed is not None
        action, output, _ = filed
        document = documents.document(db, id)
        filing.take_out(db, output, now)
        _decide(db, action, plan(db, action).changes, by=by, reason=_why(reason, document.name), now=now)
        planned = plan(db, action)
        shut = carry_out(db, action, planned, actor=by, now=now)
        documents.set_document_state(db, id, DocumentState.WAITING)
        documents.set_taken_back(db, id, now)
        record(
            db,
            Event(
                now,
                by,
                "document",
                document=id,
                output=output,
                before=document.state,
                after="waiting",
                reason=reason.strip(),
            ),
        )
    unwritten = remembering.write_down(db)
    in_hand = gate.shut(db, shut, patience=patience, actor=by, clock=gate.ticking(now))
    return TakenIn(documents.document(db, id), planned.changes, in_hand, unwritten=unwritten)


def _why(reason: str, name: str) -> str:
    return f"{reason.strip()} (The document {name} was undone.)"


def _decide(db: Database, action: int, changes: Iterable[Change], *, by: str, reason: str, now: datetime) -> None:
    """Opens whom only the document had closed: a decision of the admin's, because nothing reopens by itself."""
    series = in_series_order([one.output for one in actions.outputs(db, action)])
    for change in changes:
        if change.case and change.case.has_ended and change.after is CaseState.OPEN:
            decision = Decision(
                id=_NOT_FILED,
                person=change.case.person.name,
                verdict=Verdict.OPEN,
                reason=reason,
                by=by,
                decided_at=now,
                after_output=series[-1].id if series else None,
            )
            actions.add_decision(db, change.case.id, decision)
