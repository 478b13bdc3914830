"""The public record: of each action its papers, decisions and statuses, chained, without anybody who works here or writes.

An entry is a plain dictionary of what outputs say and of what was decided. It is made once, at the moment of the change,
and never again; the chain is computed whenever it is shown. A day is as fine as a moment gets here.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from campaign.domain.case import Case, CaseState, Cause
from campaign.domain.reading import as_record, from_record, standing
from campaign.domain.telling import is_decision
from campaign.domain.urgent_action import CaseStatus, Decision, Evidence, Outcome, Output, Reading

FORMAT = 1
Entry = dict[str, Any]


def canonical(value: Any) -> str:
    """JSON that is the same for everybody: keys sorted, no blanks, letters as they are."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def chained(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """The entries with their numbers and hashes: SHA-256 over the hash before it (of the first: nothing) and the entry."""
    links, before = [], ""
    for number, entry in enumerate(entries, 1):
        before = link(before, number, entry)
        links.append({"number": number, "hash": before, "entry": entry})
    return links


def link(before: str, number: int, entry: Entry) -> str:
    """The hash of one entry, in hexadecimal digits."""
    return hashlib.sha256(f"{before}{canonical([number, entry])}".encode()).hexdigest()


def head_of(heads: dict[str, str]) -> str:
    """One hash over the last hash of every action."""
    return hashlib.sha256(canonical(heads).encode()).hexdigest()


def paper(output: Output, sha256: str, place: int) -> Entry:
    """An output as the record has it: which paper it is, what it says of each person, and all that the rules go by.

    `place` numbers the papers of an action as they were taken in. A corrected reading of a paper keeps its place.
    """
    bare = _bare(output.reading)
    return {
        "kind": "paper",
        "day": output.taken_in_at.date().isoformat(),
        "paper": place,
        "sha256": sha256,
        "index": output.index,
        "ordinal": output.ordinal,
        "issued": output.issued_on.isoformat() if output.issued_on else None,
        "final": output.reading.is_final,
        "says": [_said(case) for case in standing(bare)],
        "reading": _terse(as_record(bare)),
    }


def withdrawn(day: date, place: int, sha256: str) -> Entry:
    """A paper whose effect was taken back: it says nothing any more."""
    return {"kind": "paper", "day": day.isoformat(), "paper": place, "sha256": sha256, "withdrawn": True}


def decision(taken: Decision, place: int, after: int | None) -> Entry:
    """What an admin decided; who, and the reason in words, may name a source and stay with us. `after` is a paper's place."""
    return {
        "kind": "decision",
        "day": taken.decided_at.date().isoformat(),
        "decision": place,
        "by": "an admin",
        "person": taken.person,
        "verdict": taken.verdict.value,
        "outcome": taken.outcome.value if taken.outcome else None,
        "after": after,
    }


def change(
    name: str, before: CaseState | None, after: CaseState, outcome: Outcome | None, day: date, source: Entry
) -> Entry:
    """Somebody's status that became another on that day, with its source as `source` gives it."""
    return {
        "kind": "status",
        "day": day.isoformat(),
        "person": name,
        "before": word(before) if before else None,
        "after": word(after),
        "outcome": outcome.value if outcome else None,
        **source,
    }


def source(cause: Cause, papers: dict[int, int], decisions: dict[int, int]) -> Entry:
    """Where a status comes from: a paper's lines, or a decision; by the ids of outputs and decisions, and their places."""
    if cause.decision is not None:
        return {"decision": decisions.get(cause.decision)}
    # An admin's answer to a doubt is no line of the paper, and its words stay with us.
    lines = [cause.first, cause.last] if cause.first and not is_decision(cause.source) else None
    return {"paper": papers.get(cause.output or 0), "lines": lines, "text": cause.text if lines else None}


def status(case: Case, papers: dict[int, int], decisions: dict[int, int]) -> Entry:
    """Where a case stands now."""
    return {
        "case": case.slug,
        "person": case.person.name,
        "status": word(case.state),
        "outcome": case.outcome.value if case.outcome else None,
        "since": case.since.isoformat(),
        **source(case.cause, papers, decisions),
    }


def word(state: CaseState) -> str:
    """`open`, `closed` or `review`: that a closing still waits for a letter in hand is nobody's business."""
    return CaseState.CLOSED.value if state is CaseState.CLOSING else state.value


def newest(entries: Iterable[Entry], kind: str) -> dict[int, Entry]:
    """The papers, or the decisions, by their places; of one that was corrected the newest, of one taken back nothing."""
    found = {entry[kind]: entry for entry in entries if entry["kind"] == kind}
    return {place: entry for place, entry in found.items() if not entry.get("withdrawn")}


def reading_of(entry: Entry) -> Reading:
    """What a paper's entry lets the rules go by."""
    return from_record(entry["reading"])


def said_by(reading: Reading) -> list[Entry]:
    """What a paper says of each of its people, read for itself."""
    return [_said(case) for case in standing(reading)]


def _bare(reading: Reading) -> Reading:
    """The reading without what no status depends on: addressees, headlines, doubts in our words."""
    kept = (
        "ua",
        "index",
        "issued_on",
        "ordinal",
        "final",
        "people",
        "statements",
        "request",
        "news",
        "demands",
        "means",
    )
    answers = tuple(replace(answer, by="an admin", reason="") for answer in reading.settled)
    return replace(Reading(), settled=answers, **{name: getattr(reading, name) for name in kept})


def _said(case: CaseStatus) -> Entry:
    return {"person": case.person.name, "verdict": case.verdict.value, **_where(case.evidence)}


def _where(evidence: Evidence | None) -> Entry:
    return {"lines": [evidence.first, evidence.last] if evidence else None, "text": evidence.text if evidence else None}


def _terse(value: Any) -> Any:
    """Without what is not said at all."""
    if isinstance(value, dict):
        return {name: _terse(part) for name, part in value.items() if part is not None and part != []}
    return [_terse(part) for part in value] if isinstance(value, list) else value
