"""A document's lines with the evidence marked in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from campaign.domain.urgent_action import Evidence, Reading, Verdict

_VERDICTS = {Verdict.OPEN: "open", Verdict.CLOSED: "closed", Verdict.REVIEW: "review"}


@dataclass(frozen=True)
class Piece:
    """A piece of a line, and how it is marked: `closed`, `open`, `review`, `fact` or not at all."""

    text: str
    mark: str | None


@dataclass(frozen=True)
class MarkedLine:
    """One line of a document, in pieces that together are the line, and the facts that rest on it: number and name."""

    number: int
    pieces: tuple[Piece, ...]
    facts: tuple[tuple[int, str], ...] = ()


def marked_lines(
    text: str, reading: Reading | None, resting: Mapping[int, Sequence[tuple[int, str]]] = MappingProxyType({})
) -> list[MarkedLine]:
    """Every line of the text; status sentences are marked word for word where they stand so in the line."""
    if reading is None:
        return [MarkedLine(number, (Piece(line, None),)) for number, line in enumerate(text.split("\n"), 1)]
    facts = _lines_of_facts(reading)
    return [
        MarkedLine(
            number,
            _pieces(line, _said_on(number, line, reading), "fact" if number in facts else None),
            tuple(resting.get(number, ())),
        )
        for number, line in enumerate(text.split("\n"), 1)
    ]


def _lines_of_facts(reading: Reading) -> set[int]:
    facts = (
        reading.ua, reading.index, reading.issued_on, reading.country, reading.ordinal, reading.final, reading.title,
        reading.deadline, reading.languages,
    )  # fmt: skip
    people = (person.evidence for person in reading.people)
    targets = (target.evidence for target in reading.targets)
    evidence = (*(fact.evidence for fact in facts if fact), *people, *targets)
    return {line for one in evidence if one for line in range(one.first, one.last + 1)}


def _said_on(number: int, line: str, reading: Reading) -> list[tuple[int, int, str]]:
    """Where in this line status sentences stand: start, end and mark, in order and without overlap."""
    found = []
    for said in reading.statements:
        if said.evidence.first <= number <= said.evidence.last:
            found.append((*_place(line, said.evidence), _VERDICTS[said.verdict]))
    kept: list[tuple[int, int, str]] = []
    for start, end, mark in sorted(found):
        if kept and start < kept[-1][1]:
            start = kept[-1][1]
        if start < end:
            kept.append((start, end, mark))
    return kept


def _place(line: str, evidence: Evidence) -> tuple[int, int]:
    """Where the evidence stands in the line; the whole line where it was read across marks or line ends."""
    start = line.casefold().find(evidence.text.casefold())
    return (start, start + len(evidence.text)) if start >= 0 else (0, len(line))


def _pieces(line: str, said: list[tuple[int, int, str]], otherwise: str | None) -> tuple[Piece, ...]:
    pieces, place = [], 0
    for start, end, mark in said:
        pieces.append(Piece(line[place:start], otherwise))
        pieces.append(Piece(line[start:end], mark))
        place = end
    pieces.append(Piece(line[place:], otherwise))
    return tuple(piece for piece in pieces if piece.text)
