"""Documents whose reading somebody has to look at, and what admins say of them."""

from campaign.domain.questions import Question
from campaign.flow import correcting, intake, rehearsing, undoing
from campaign.flow.correcting import Said
from campaign.flow.intake import TakenIn
from campaign.flow.rehearsing import Rehearsal
from campaign.store import cases, documents
from campaign.store.database import Database
from campaign.store.documents import Document
from tests import given

SAID = "Her lawyer told us."
# A final output that ends the letters for a family name that two people bear.
TWO_RAHIMIS = ("Ahmad Rahimi", "Ali Rahimi", "Sara Noor")


def ambiguous_final() -> bytes:
    return given.an_output(
        "Sara Noor",
        ordinal=2,
        final=True,
        says={"Rahimi": given.CLOSED, "Sara Noor": given.OPEN},
        summary="It is cold.",
    )


def kept(db: Database, content: bytes, name: str = "paper.txt") -> Document:
    """A document that waits for an admin's word."""
    return intake.keep(db, content, name=name, via="browser", now=given.NOON)[0]


def again(db: Database, document: Document) -> Document:
    return documents.document(db, document.id)


def rehearsed(db: Database, document: Document) -> Rehearsal:
    return rehearsing.rehearse(db, again(db, document), given.NOON)


def question(db: Database, document: Document, words: str) -> Question:
    return next(one for one in rehearsed(db, document).questions if words in one.sentence)


def answer(db: Database, document: Document, words: str, value: str, *, everywhere: bool = False) -> int:
    """What pressing a button of the question with those words does."""
    said = correcting.answer(question(db, document, words), value, everywhere=everywhere)
    return correcting.propose(db, document.id, said, by="Ada", reason=SAID, now=given.NOON)


def correct(db: Database, document: Document, field, about: str, after: object, *, by: str = "Ada") -> int:
    return correcting.propose(db, document.id, Said(field, about, after), by=by, reason=SAID, now=given.NOON)


def apply(db: Database, document: Document, *, now=given.NOON) -> TakenIn:
    return intake.apply(db, document.id, actor="Ada", now=now, patience=given.PATIENCE)


def apply_proposals(db: Database, document: Document, *, now=given.NOON) -> TakenIn:
    return correcting.apply(db, document.id, actor="Ada", now=now, patience=given.PATIENCE)


def undo(db: Database, document: Document, *, now=given.NOON, reason: str = "The wrong paper.") -> TakenIn:
    return undoing.undo(db, document.id, by="Ada", reason=reason, now=now, patience=given.PATIENCE)


def states(db: Database) -> dict[str, str]:
    return {case.person.name: str(case.state) for case in cases.cases(db)}
