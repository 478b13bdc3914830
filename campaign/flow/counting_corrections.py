"""The moment from which corrections count: proposals take effect together with the document, each with its event."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from campaign.domain.case import CaseState
from campaign.domain.corrections import Correction, CorrectionState
from campaign.domain.reading_refusals import WouldReopen
from campaign.domain.telling_changes import listed
from campaign.flow.refolding import Change
from campaign.store import corrections, journal
from campaign.store.database import Database
from campaign.store.documents import Document
from campaign.store.filing import filed_output
from campaign.store.journal import Event, record


def count_proposals(db: Database, document: Document, actor: str, now: datetime) -> None:
    """Lets all that is proposed for a document count from now on, and what is leaving no more; an event for each.

    Within the transaction in which the action is folded again.
    """
    for one in document.corrections:
        if one.state is CorrectionState.PROPOSED:
            corrections.set_correction_state(db, one.id, CorrectionState.APPLIED)
            record(db, _event(db, document, one, actor, now))
        elif one.state is CorrectionState.LEAVING:
            by, at = one.ended_by or actor, one.ended_at or now
            corrections.set_correction_state(db, one.id, CorrectionState.TAKEN_BACK, by=by, now=at)
            back = replace(one, before=one.after, after=one.before, reason=f"Taken back by {by}. {one.reason}")
            record(db, _event(db, document, back, actor, now))


def refuse_if_reopening(db: Database, changes: Iterable[Change]) -> None:
    """Nothing reopens by itself, nor by a correction: only a person's own decision opens a case that was closed."""
    opened = [
        change.name
        for change in changes
        if change.case
        and change.alters
        and change.after is CaseState.OPEN
        and change.facts["cause"].decision is None
        and (change.case.has_ended or journal.was_closed(db, change.case.id))
    ]
    if opened:
        raise WouldReopen(listed(opened))


def _event(db: Database, document: Document, said: Correction, actor: str, now: datetime) -> Event:
    filed = filed_output(db, document.id)
    what = f"{said.field} of {said.about}" if said.about else f"{said.field}"
    return Event(
        now,
        actor,
        "correction",
        output=filed[1] if filed else None,
        document=document.id,
        before=in_short(said.before),
        after=in_short(said.after),
        reason=f"{document.name}, {what}: {said.reason} (said by {said.by})"[:1000],
    )


def in_short(value: Any) -> str | None:
    """A value of a field in a few words."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        words = [", ".join(v) if isinstance(v, list) else str(v) for v in value.values() if v]
        return "; ".join(words)[:500]
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)[:500] or None
    return str(value)[:500]
