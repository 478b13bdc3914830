"""The page of one document: its text with the lines marked, what was read beside it, and what it would change."""

from typing import Any

from flask import render_template

from campaign.domain.corrections import CorrectionState
from campaign.domain.telling import label
from campaign.flow import correcting, rehearsing, undoing
from campaign.store import documents, filing
from campaign.store.documents import Document
from campaign.web.desk import db, now
from campaign.web.facts import Part, parts_of
from campaign.web.field_words import FIELD_WORDS, in_words
from campaign.web.forms import ButtonForm
from campaign.web.marking import marked_lines


def document_page(id: int, sentence: str | None = None, **typed: Any) -> str:
    """The page; `typed` is what comes back of an answer or an undoing that did not fit."""
    found = documents.document(db(), id)
    known = found.reading if found.reading and not found.reading.refusal else None
    rehearsal = rehearsing.rehearse(db(), found, now())
    parts = parts_of(found, rehearsal.changes) if known else []
    is_filed = filing.filed_output(db(), id) is not None
    return render_template(
        "admin/document.html",
        document=found,
        reading=known,
        label=label(known) if known else None,
        lines_of_document=marked_lines(found.text or "", known, _evidence(parts)),
        rehearsal=rehearsal,
        parts=parts,
        rows=[row for part in parts for row in part.rows],
        is_filed=is_filed,
        proposals=is_filed and correcting.has_proposals(found),
        said=_history(found),
        why_no_undo=undoing.why_not(db(), id, now()) if is_filed else None,
        FIELD_WORDS=FIELD_WORDS,
        sentence=sentence,
        typed=typed,
        form=ButtonForm(),
    )


def _evidence(parts: list[Part]) -> dict[int, list[tuple[int, str]]]:
    """Which facts rest on each line, by the line that their evidence begins on: their number and what they are."""
    found: dict[int, list[tuple[int, str]]] = {}
    for part in parts:
        for row in part.rows:
            if row.evidence:
                found.setdefault(row.evidence.first, []).append((row.number, row.short))
    return found


def _history(document: Document) -> list[dict[str, Any]]:
    """What people said of the reading, the newest first, in words."""
    words = {
        CorrectionState.PROPOSED: "takes effect when it is applied",
        CorrectionState.APPLIED: "in effect",
        CorrectionState.LEAVING: "in effect until its taking back is applied",
        CorrectionState.TAKEN_BACK: "taken back",
    }
    return [
        {
            "said": said,
            "label": FIELD_WORDS[said.field],
            "before": in_words(said.field, said.before) if said.before is not None else None,
            "after": in_words(said.field, said.after),
            "state": words[said.state],
            "can_go": said.state is not CorrectionState.TAKEN_BACK,
        }
        for said in reversed(document.corrections)
    ]
