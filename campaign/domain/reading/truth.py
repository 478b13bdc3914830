"""A reading in the schema of the corpus: what `campaign read --json` prints."""

from datetime import UTC, datetime
from typing import Any

from campaign.domain import status
from campaign.domain.urgent_action import CaseStatus, Doubt, Evidence, Fact, Output, Reading, Target, Verdict

_FACTS = ("ua", "index", "issued_on", "country", "ordinal", "final", "title", "summary", "deadline", "languages")
_NAMES = {"issued_on": "date", "languages": "preferred_languages"}


def as_truth(reading: Reading) -> dict[str, Any]:
    """The reading's facts by the keys of the corpus, with `evidence`, `demands` and `doubts` beside them.

    What becomes of each person is what `status.of` says after this one output.
    """
    if reading.refusal:
        return {**_facts(Reading()), "kind": "not_an_output", "refusal": reading.refusal}
    cases = standing(reading)
    doubts = list(dict.fromkeys(doubt.sentence for doubt in doubts_of(reading, cases)))
    facts = _facts(reading)
    facts["people"] = _people(reading, cases)
    facts["needs_review"] = bool(doubts) or any(case.verdict is Verdict.REVIEW for case in cases)
    facts["doubts"] = doubts
    return facts


def standing(reading: Reading) -> list[CaseStatus]:
    """Where each person stands after this one document, as if it were the first of its series."""
    return list(status.of([Output(0, reading, datetime(1970, 1, 1, tzinfo=UTC))]).values())


def doubts_of(reading: Reading, cases: list[CaseStatus]) -> list[Doubt]:
    """The doubts of the document and of its people, each once."""
    return list(dict.fromkeys((*reading.doubts, *(doubt for case in cases for doubt in case.doubts))))


def _facts(reading: Reading) -> dict[str, Any]:
    return {
        "kind": "urgent_action",
        "ua": _value(reading.ua),
        "index": _value(reading.index),
        "date": reading.issued_on.value.isoformat() if reading.issued_on else None,
        "country": _value(reading.country),
        "language": reading.language,
        "ordinal": _value(reading.ordinal),
        "final": reading.is_final,
        "title": _value(reading.title),
        "summary": _value(reading.summary),
        "people": [],
        "deadline": reading.deadline.value.isoformat() if reading.deadline else None,
        "targets": [_target(target) for target in reading.targets],
        "preferred_languages": list(reading.languages.value) if reading.languages else [],
        "needs_review": False,
        "demands": [{"kind": d.kind.value, "text": d.text, "line": d.evidence.first} for d in reading.demands],
        "evidence": _evidence(reading),
        "doubts": [],
    }


def _value(fact: Fact[Any] | None) -> Any:
    return fact.value if fact else None


def _target(target: Target) -> dict[str, Any]:
    return {
        "name": target.name,
        "role": target.role,
        "email": target.email,
        "fax": target.fax,
        "address": list(target.address),
        "salutation": target.salutation,
    }


def _people(reading: Reading, cases: list[CaseStatus]) -> list[dict[str, Any]]:
    told = []
    for person in reading.people:
        case = next((c for c in cases if person.name in (c.person.name, *c.person.aliases)), None)
        told.append(
            {
                "name": person.name,
                "pronouns": person.pronouns,
                "action": case.verdict.value if case else Verdict.REVIEW.value,
                "outcome": case.outcome.value if case and case.outcome else None,
                "evidence": _lines(case.evidence) if case and case.evidence else None,
            }
        )
    return told


def _lines(evidence: Evidence) -> dict[str, Any]:
    return {"first": evidence.first, "last": evidence.last, "text": evidence.text}


def _evidence(reading: Reading) -> dict[str, Any]:
    found = {_NAMES.get(name, name): fact for name in _FACTS if (fact := getattr(reading, name))}
    told = {name: _lines(fact.evidence) for name, fact in found.items()}
    if reading.request:
        told["request"] = _lines(reading.request)
    return told
