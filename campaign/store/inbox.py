"""The list of documents that admins look through: which ones, page by page, how many in each state, and by which words.

Ids rise with time, so a page begins below the last id of the one before it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from campaign.domain.urgent_action import Reading
from campaign.store.columns import folded
from campaign.store.corrections import corrections_of
from campaign.store.database import Database
from campaign.store.documents import COLUMNS, Document, DocumentState, document_of

A_PAGE = 50
_MOST_WORDS = 400
_LONGEST_WORD = 60


@dataclass(frozen=True)
class Choice:
    """Which documents a list shows: no state stands for all; each of the words must be one of the document's."""

    state: DocumentState | None = None
    words: tuple[str, ...] = ()


def words_in(text: str, most: int = 6) -> tuple[str, ...]:
    """What somebody looks for, word by word, as words are kept."""
    return tuple(dict.fromkeys(_words(text)))[:most]


def listed(db: Database, choice: Choice, below: int | None = None, most: int = A_PAGE) -> list[Document]:
    """The newest documents of the choice, those with an id below the given one; at most so many."""
    values: dict[str, Any] = {"most": most}
    where = _conditions(choice, values)
    if below is not None:
        where.append("id < :below")
        values["below"] = below
    rows = db.rows(f"SELECT {COLUMNS} FROM documents {_where(where)} ORDER BY id DESC LIMIT :most", **values)
    return [document_of(row, corrections_of(db, row["id"])) for row in rows]


def count_by_state(db: Database, words: tuple[str, ...] = ()) -> dict[DocumentState, int]:
    """How many documents are in each state, of those with these words; states in which there is none are left out."""
    values: dict[str, Any] = {}
    where = _where(_conditions(Choice(words=words), values))
    found = {
        row["state"]: int(row["n"])
        for row in db.rows(f"SELECT state, count(*) AS n FROM documents {where} GROUP BY state", **values)
    }
    return {state: found[state] for state in DocumentState if state in found}


def count_waiting_documents(db: Database) -> int:
    """How many documents wait for an admin's word."""
    return int(db.rows("SELECT count(*) AS n FROM documents WHERE state = 'waiting'")[0]["n"])


def waiting_documents(db: Database, most: int) -> list[Document]:
    """The oldest documents that wait for an admin's word."""
    rows = db.rows(f"SELECT {COLUMNS} FROM documents WHERE state = 'waiting' ORDER BY id LIMIT :most", most=most)
    return [document_of(row, corrections_of(db, row["id"])) for row in rows]


def changes_by_document(db: Database, lowest: int, highest: int) -> dict[int, list[tuple[str, str]]]:
    """What the documents between two ids did to cases: names, and the states these came into, in their order."""
    rows = db.rows(
        """SELECT o.document_id, c.name, e.after_state FROM outputs o JOIN events e ON e.output_id = o.id
               JOIN cases c ON c.id = e.case_id
           WHERE o.document_id BETWEEN :lowest AND :highest AND e.kind = 'case' ORDER BY e.id""",
        lowest=lowest,
        highest=highest,
    )
    found: dict[int, list[tuple[str, str]]] = {}
    for row in rows:
        found.setdefault(row["document_id"], []).append((row["name"], row["after_state"]))
    return found


def add_words(db: Database, document: int, texts: Iterable[str]) -> None:
    """Lets the document be found by these words."""
    words = list(dict.fromkeys(word for text in texts for word in _words(text)))[:_MOST_WORDS]
    db.run_many(
        "INSERT INTO document_words (word, document_id) VALUES (:word, :document) ON CONFLICT (word, document_id) DO NOTHING",
        [{"word": word, "document": document} for word in words],
    )


def texts_of(name: str, reading: Reading | None) -> Iterator[str]:
    """What a document is looked for by: its name, number, title and people."""
    yield name
    if reading is None or reading.refusal:
        return
    yield from (fact.value for fact in (reading.ua, reading.index, reading.country, reading.title) if fact)
    for person in reading.people:
        yield from (person.name, *person.aliases)


def _words(text: str) -> Iterator[str]:
    """Words as they stand, and their parts: `final-44/22.pdf` is found by itself, by `44/22` and by `final`."""
    for piece in folded(text).split():
        whole = piece.strip(".,;:()[]“”\"'’!?")
        parts = "".join(c if c.isalnum() or c == "/" else " " for c in whole).split()
        for word in (whole, *parts, *(part for long in parts for part in long.split("/"))):
            if 0 < len(word) <= _LONGEST_WORD and word.isprintable():
                yield word


def _conditions(choice: Choice, values: dict[str, Any]) -> list[str]:
    where = []
    if choice.state is not None:
        where.append("state = :state")
        values["state"] = choice.state
    for place, word in enumerate(choice.words):
        where.append(f"id IN (SELECT document_id FROM document_words WHERE word = :word{place})")
        values[f"word{place}"] = word
    return where


def _where(conditions: list[str]) -> str:
    return f"WHERE {' AND '.join(conditions)}" if conditions else ""
