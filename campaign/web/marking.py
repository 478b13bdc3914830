"""A document's lines with the evidence marked in them."""

from dataclasses import dataclass

from campaign.domain.urgent_action import Evidence, Reading, Verdict

_VERDICTS = {Verdict.OPEN: "open", Verdict.CLOSED: "closed", Verdict.REVIEW: "review"}


@dataclass(frozen=True)
class MarkedLine:
    """One line of a document, and how it is marked: `closed`, `open`, `review`, `fact` or not at all."""

    number: int
    text: str
    mark: str | None


def marked_lines(text: str, reading: Reading | None) -> list[MarkedLine]:
    marks = _marks(reading) if reading and not reading.refusal else {}
    return [MarkedLine(number, line, marks.get(number)) for number, line in enumerate(text.split("\n"), 1)]


def _marks(reading: Reading) -> dict[int, str]:
    marks: dict[int, str] = {}
    facts = (
        reading.ua, reading.index, reading.issued_on, reading.country, reading.ordinal, reading.final, reading.title,
        reading.deadline, reading.languages,
    )  # fmt: skip
    for fact in facts:
        if fact:
            _mark(marks, fact.evidence, "fact")
    for evidence in (*(person.evidence for person in reading.people), *(target.evidence for target in reading.targets)):
        if evidence:
            _mark(marks, evidence, "fact")
    for statement in sorted(reading.statements, key=lambda said: said.verdict is Verdict.CLOSED):
        _mark(marks, statement.evidence, _VERDICTS[statement.verdict])
    return marks


def _mark(marks: dict[int, str], evidence: Evidence, how: str) -> None:
    for line in range(evidence.first, evidence.last + 1):
        marks[line] = how
