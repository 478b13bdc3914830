"""Undo within an hour: whom a document closed is open again by a named decision; letters stay stopped; the document waits."""

from datetime import timedelta

import pytest

from campaign.domain.case import CaseState
from campaign.domain.corrections import Field
from campaign.domain.letter import LetterState
from campaign.domain.reading_refusals import LaterStandsOnIt, NothingToCorrect, ThanksHaveGone, TooLateToUndo
from campaign.domain.refusals import ReasonMissing
from campaign.flow import checking, comparing, ending, sending
from campaign.store import actions, cases, documents, journal, letters
from campaign.store.documents import DocumentState
from tests import given
from tests.documents_given import again, apply, correct, kept, states, undo
from tests.given import CLOSED, OPEN

FINAL = given.an_output(ordinal=2, final=True, says={"Ana Ruiz": CLOSED, "Bo Chen": OPEN}, deadline="1 June 2027")


@pytest.fixture
def closed(db):
    """Ana, whom a final output closed, Bo, the letter of Ana's that it stopped, and that document."""
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen", deadline="18 March 2027")
    stopped = given.a_letter(db, ana)
    document = given.take_in(db, FINAL).document
    assert states(db) == {"Ana Ruiz": "closed", "Bo Chen": "open"}
    return ana, bo, stopped, document


def test_undoing_opens_by_a_named_decision_and_revives_no_letter(db, closed):
    ana, bo, stopped, document = closed

    undone = undo(db, document, now=given.NOON + timedelta(minutes=59))

    opened = cases.case(db, ana.id)
    assert (opened.state, opened.epoch) == (CaseState.OPEN, ana.epoch + 1)
    assert opened.cause.source == "Decision of Ada" and "The wrong paper." in opened.cause.text
    assert cases.case(db, bo.id).epoch == bo.epoch
    assert letters.letter(db, stopped.id).state is LetterState.STOPPED
    assert undone.document.state is DocumentState.WAITING and undone.document.taken_back_at
    assert opened.deadline.isoformat() == "2027-03-18"
    assert len(actions.outputs(db, ana.action)) == 1
    assert db.rows("SELECT count(*) AS n FROM outputs")[0]["n"] == 2
    assert [(e["before"], e["after"]) for e in journal.events(db) if e["kind"] == "document"] == [
        ("applied", "waiting")
    ]
    assert checking.differences(db) == []
    assert comparing.sentences(comparing.unreflected(db)) == []


def test_nothing_that_was_stopped_leaves_after_undoing_and_new_letters_do(db, closed):
    ana, _, stopped, document = closed
    undo(db, document)
    fresh = given.a_letter(db, cases.case(db, ana.id))
    box = given.FakePostbox()

    sending.drain(given.a_sender(db, box))

    assert letters.letter(db, stopped.id).state is LetterState.STOPPED
    assert letters.letter(db, fresh.id).state is LetterState.SENT


def test_after_an_hour_it_is_too_late(db, closed):
    with pytest.raises(TooLateToUndo):
        undo(db, closed[3], now=given.NOON + timedelta(hours=1, seconds=1))
    assert states(db)["Ana Ruiz"] == "closed"


def test_once_a_writer_was_told_it_cannot_be_undone(db):
    given.open_cases(db, "Ana Ruiz", "Bo Chen")
    given.a_letter(db, cases.cases(db)[0])
    sending.drain(given.a_sender(db, given.FakePostbox()))
    document = given.take_in(db, FINAL).document
    office = given.an_office(tell_after=timedelta(0))
    assert ending.tell_next(db, office, given.NOON + timedelta(seconds=1))

    with pytest.raises(ThanksHaveGone):
        undo(db, document, now=given.NOON + timedelta(minutes=5))


def test_nobody_is_thanked_for_a_closing_that_was_undone(db):
    given.open_cases(db, "Ana Ruiz", "Bo Chen")
    given.a_letter(db, cases.cases(db)[0])
    sending.drain(given.a_sender(db, given.FakePostbox()))
    undo(db, given.take_in(db, FINAL).document)

    assert not ending.tell_next(db, given.an_office(), given.NOON + timedelta(hours=3))


def test_what_later_documents_stand_on_cannot_be_undone_before_them(db, closed):
    document = closed[3]
    later = given.take_in(db, given.an_output(ordinal=3, final=True, says={"Bo Chen": CLOSED})).document

    with pytest.raises(LaterStandsOnIt, match="Third and final output"):
        undo(db, document)
    undo(db, later)
    undo(db, document)

    assert states(db) == {"Ana Ruiz": "open", "Bo Chen": "open"}
    assert checking.differences(db) == []


def test_undoing_asks_for_a_reason_and_happens_once(db, closed):
    document = closed[3]
    with pytest.raises(ReasonMissing):
        undo(db, document, reason="  ")
    undo(db, document)
    with pytest.raises(NothingToCorrect):
        undo(db, document)


def test_what_was_undone_waits_is_not_applied_by_itself_and_closes_again_on_a_word(db, closed):
    ana, _, _, document = closed
    undo(db, document)

    assert given.take_in(db, FINAL).was_known
    assert states(db)["Ana Ruiz"] == "open"
    correct(db, document, Field.OUTCOME, "Ana Ruiz", "released")
    apply(db, document, now=given.NOON + timedelta(minutes=10))

    found = cases.case(db, ana.id)
    assert (found.state, found.outcome) == (CaseState.CLOSED, "released")
    assert again(db, document).taken_back_at is None
    assert checking.differences(db) == []


def test_an_earlier_closing_stays_when_a_later_one_of_the_same_person_is_undone(db):
    given.open_cases(db, "Ana Ruiz", "Bo Chen")
    given.take_in(db, given.an_output(ordinal=2, says={"Ana Ruiz": CLOSED, "Bo Chen": OPEN}))
    later = given.take_in(db, given.an_output(ordinal=3, final=True, says={"Ana Ruiz": CLOSED, "Bo Chen": CLOSED}))

    undo(db, later.document)

    assert states(db) == {"Ana Ruiz": "closed", "Bo Chen": "open"}
    assert checking.differences(db) == []


def test_a_first_document_that_is_undone_leaves_its_people_in_review(db):
    document = kept(db, given.an_output("Ana Ruiz"))
    apply(db, document)

    undo(db, document)

    assert states(db) == {"Ana Ruiz": "review"}
    assert checking.differences(db) == []
    apply(db, document)
    assert states(db) == {"Ana Ruiz": "open"}
    assert [one.state for one in documents.newest_documents(db)] == [DocumentState.APPLIED]
