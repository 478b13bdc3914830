"""The statuses computed again from the public record alone, with the rules of `status`; and whether its chain holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from campaign.domain import status
from campaign.domain.public_record import FORMAT, Entry, head_of, link, newest, reading_of, said_by
from campaign.domain.refusals import NotARecord
from campaign.domain.settling import settled_in
from campaign.domain.urgent_action import CaseStatus, Decision, Outcome, Output, Verdict


@dataclass(frozen=True)
class Recomputed:
    """One case: what the record says, what comes out of its papers and decisions, and in what the two differ."""

    case: str
    told: str | None
    computed: str | None
    differences: tuple[str, ...] = ()

    @property
    def agrees(self) -> bool:
        return not self.differences


@dataclass(frozen=True)
class Verified:
    """All cases of a record, and a sentence for each place at which its chain does not hold."""

    cases: tuple[Recomputed, ...]
    broken: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        return not self.broken and all(case.agrees for case in self.cases)


def verify(record: Any) -> Verified:
    """Computes every status of a public record again. Raises NotARecord for anything else."""
    try:
        if record["format"] != FORMAT:
            raise NotARecord(f"its format is {record['format']}, and we know {FORMAT}.")
        actions = record["actions"]
        cases = [case for action in actions for case in _cases(action)]
        broken = [words for action in actions for words in _broken(action)]
        if head_of({action["action"]: action["head"] for action in actions}) != record["head"]:
            broken.append("The hash over all actions does not fit them.")
    except (KeyError, TypeError, ValueError, AttributeError, LookupError, RecursionError) as odd:
        raise NotARecord(f"something in it is missing or not as it should be ({type(odd).__name__}).") from odd
    return Verified(tuple(cases), tuple(broken))


def fold(entries: list[Entry]) -> dict[str, Entry]:
    """Each person's status by slug, as `public_record.status` tells it, from the papers and decisions among the entries."""
    papers, decisions = newest(entries, "paper"), newest(entries, "decision")
    outputs = [Output(place, reading_of(one), _moment(one, place)) for place, one in papers.items()]
    taken = [_decision(one, place) for place, one in decisions.items()]
    standing = status.of(outputs, taken)
    return {slug: _told(stand, papers, decisions) for slug, stand in standing.items()}


def _cases(action: dict[str, Any]) -> Iterator[Recomputed]:
    computed = fold([one["entry"] for one in _in_order(action)])
    told = {case["case"]: case for case in action["cases"]}
    for slug in dict.fromkeys((*told, *computed)):
        said, found = told.get(slug), computed.get(slug)
        yield Recomputed(
            f"{action['slug']}/{slug}",
            said["status"] if said else None,
            found["status"] if found else None,
            tuple(_differences(said, found)),
        )


def _differences(said: Entry | None, found: Entry | None) -> Iterator[str]:
    if said is None:
        yield "The papers name this person, and the record has no such case."
    elif found is None:
        if said["status"] == Verdict.OPEN:
            yield "No paper names this person, and yet the case is told to be open."
    else:
        for field in ("status", "outcome", "since", "paper", "decision", "lines", "text"):
            if said.get(field) != found.get(field):
                yield f"{field}: the record says {_shown(said.get(field))}, computed is {_shown(found.get(field))}."


def _shown(value: Any) -> str:
    return "nothing" if value is None else f"“{value}”" if isinstance(value, str) else str(value)


def _broken(action: dict[str, Any]) -> Iterator[str]:
    """Where the chain of an action does not hold, and papers whose verdicts are not those of their own lines."""
    before, links = "", _in_order(action)
    newest_papers = newest((one["entry"] for one in links), "paper").values()
    for place, one in enumerate(links, 1):
        number, entry = one["number"], one["entry"]
        if number != place:
            yield f"{action['action']}: entry {place} is missing, or stands twice."
            return
        before = link(before, number, entry)
        if one["hash"] != before:
            yield f"{action['action']}: the hash of entry {number} does not fit, so it or one before it was changed."
            return
        if entry in newest_papers and entry["says"] != said_by(reading_of(entry)):
            yield f"{action['action']}: what entry {number} says of its people is not what its lines say."
    if action["head"] != before:
        yield f"{action['action']}: the last hash is not that of the last entry, so entries are missing at the end."


def _in_order(action: dict[str, Any]) -> list[dict[str, Any]]:
    links: list[dict[str, Any]] = sorted(action["entries"], key=lambda one: int(one["number"]))
    return links


def _moment(entry: Entry, place: int) -> datetime:
    """A moment on the entry's day; what came first keeps coming first."""
    return datetime.combine(date.fromisoformat(entry["day"]), time(), UTC) + timedelta(microseconds=place)


def _decision(entry: Entry, place: int) -> Decision:
    outcome = Outcome(entry["outcome"]) if entry["outcome"] else None
    verdict, at = Verdict(entry["verdict"]), _moment(entry, place) + timedelta(seconds=1)  # behind that day's papers
    return Decision(place, entry["person"], verdict, "", "", at, outcome, entry["after"])


def _told(stand: CaseStatus, papers: dict[int, Entry], decisions: dict[int, Entry]) -> Entry:
    told: Entry = {"status": stand.verdict.value, "outcome": stand.outcome.value if stand.outcome else None}
    if stand.decision is not None:
        return told | {"since": _since(stand, decisions[stand.decision]), "decision": stand.decision}
    assert stand.output is not None, "a status comes from a paper or a decision"
    line = None if settled_in(reading_of(papers[stand.output]), stand) else stand.evidence
    lines = [line.first, line.last] if line else None
    text = line.text if line else None
    since = _since(stand, papers[stand.output])
    return told | {"since": since, "paper": stand.output, "lines": lines, "text": text}


def _since(stand: CaseStatus, source: Entry) -> str:
    return stand.since.isoformat() if stand.since else str(source["day"])
