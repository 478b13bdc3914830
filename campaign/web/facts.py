"""A reading as rows beside its document: each fact with its value, what was read instead, and the line that says it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from campaign.domain.corrections import TRIED, Correction, Field, sheet_of
from campaign.domain.corrections.applying import corrected_sheet
from campaign.domain.corrections.sheet import Sheet, evidence_of
from campaign.domain.urgent_action import Evidence, Reading
from campaign.flow.refolding import Change
from campaign.store.documents import Document
from campaign.web.field_words import FIELD_WORDS, NOTHING, in_words

_OF_DOCUMENT = (
    Field.NUMBER, Field.INDEX, Field.DATE, Field.COUNTRY, Field.LANGUAGE, Field.TITLE, Field.PLACE, Field.FINAL,
    Field.DEADLINE, Field.LANGUAGES, Field.COPIES,
)  # fmt: skip
_OF_PERSON = (Field.NAME, Field.PRONOUNS, Field.ALIASES, Field.OUTCOME)


@dataclass(frozen=True)
class Row:
    """One fact: `was` is what was read, where somebody corrected it; `said` the correction that counts."""

    number: int
    field: Field | None
    about: str
    label: str
    value: str
    short: str
    evidence: Evidence | None = None
    was: str | None = None
    said: Correction | None = None


@dataclass(frozen=True)
class Part:
    """Rows that belong together; `adds` is the field of which one more can be added."""

    heading: str
    rows: tuple[Row, ...]
    about: str = ""
    adds: Field | None = None


class _Lister:
    """Numbers the rows in the order of the page."""

    def __init__(self, document: Document, changes: Sequence[Change]):
        assert document.as_read is not None
        self.read: Reading = document.as_read
        self.before: Sheet = sheet_of(self.read)
        self.sheet: Sheet = corrected_sheet(self.read, document.tried)
        self.said = {(one.field, one.about): one for one in document.corrections if one.state in TRIED}
        self.changes = {change.name: change for change in changes}
        self.document, self.number = document.id, 0

    def row(self, field: Field, about: str = "", short: str = "") -> Row:
        value, was = self.sheet.get((field, about)), self.before.get((field, about))
        said = self.said.get((field, about))
        return self._next(
            field, about, FIELD_WORDS[field], in_words(field, value), short or FIELD_WORDS[field],
            evidence_of(self.read, field, about), in_words(field, was) if said and was != value else None, said,
        )  # fmt: skip

    def verdict(self, about: str, name: str) -> Row | None:
        """What the series says of a person, if this document has the last word on them."""
        change = self.changes.get(name)
        said = self.said.get((Field.VERDICT, about)) or self.said.get((Field.VERDICT, name))
        if change is None or (change.facts["cause"].document != self.document and not said):
            return None
        cause = change.facts["cause"]
        own = cause.document == self.document and cause.first
        state = "closed" if change.ends else str(change.after)
        evidence = Evidence(cause.first, cause.last, cause.text) if own else None
        was = in_words(Field.VERDICT, None) if said else None
        words = in_words(Field.VERDICT, state)
        return self._next(Field.VERDICT, name, "Letters", words, f"{name}: {state}", evidence, was, said)

    def plain(self, label: str, value: str, evidence: Evidence) -> Row:
        return self._next(None, "", label, value, label, evidence, None, None)

    def _next(self, field, about, label, value, short, evidence, was, said) -> Row:  # type: ignore[no-untyped-def]
        self.number += 1
        evidence = evidence if evidence and evidence.first and value != NOTHING else None
        return Row(self.number, field, about, label, value, short, evidence, was, said)


def parts_of(document: Document, changes: Sequence[Change]) -> list[Part]:
    """What was read in a document, and what people said of it, in the order in which a page shows it."""
    lister = _Lister(document, changes)
    return [
        Part("The document", tuple(lister.row(field) for field in _OF_DOCUMENT)),
        *_people(lister),
        Part("People", (), adds=Field.PERSON),
        Part("Words about further action", tuple(_statements(lister))),
        Part("Addressees", tuple(_several(lister, Field.ADDRESSEE)), adds=Field.ADDRESSEE),
        Part("Demands", tuple(_several(lister, Field.DEMAND)), adds=Field.DEMAND),
    ]


def _people(lister: _Lister) -> Iterator[Part]:
    seen = set()
    for field, about in list(lister.sheet):
        if field is not Field.PERSON:
            continue
        name = lister.sheet.get((Field.NAME, about)) or about
        own = next((n for n, c in lister.changes.items() if name in (n, *c.facts["person"].aliases)), name)
        seen.add(own)
        rows = [lister.row(field, about)] if (field, about) in lister.said else []
        verdict = lister.verdict(about, own)
        rows += [verdict] if verdict else []
        rows += [lister.row(part, about, f"{name}: {FIELD_WORDS[part].lower()}") for part in _OF_PERSON]
        yield Part(name, tuple(rows), about)
    for name in lister.changes:
        verdict = None if name in seen else lister.verdict(name, name)
        if verdict:
            yield Part(name, (verdict,))


def _statements(lister: _Lister) -> Iterator[Row]:
    for said in lister.read.statements:
        yield lister.plain(f"Says {said.verdict}", said.evidence.text, said.evidence)
    if lister.read.request:
        yield lister.plain("Asks for letters", lister.read.request.text, lister.read.request)


def _several(lister: _Lister, wanted: Field) -> Iterator[Row]:
    for field, about in list(lister.sheet):
        if field is wanted:
            yield lister.row(field, about)
