"""What the reader took for no output is one all the same, where an admin says of which action and what it says."""

import pytest

from campaign.domain.case import CaseState
from campaign.domain.corrections import Field
from campaign.domain.letter import LetterState
from campaign.domain.reading_refusals import NothingToCorrect
from campaign.flow import checking, correcting
from campaign.store import cases, letters
from campaign.store.documents import DocumentState
from tests import given
from tests.documents_given import again, apply, correct, kept, rehearsed, states
from tests.given import CLOSED, OPEN

WORD = b"Dear friends,\n\nThis morning Ana Ruiz came home. Thank you, all of you.\n"


@pytest.fixture
def word(db):
    """A letter from a friend, which names nobody's action."""
    given.open_cases(db, "Ana Ruiz", "Bo Chen")
    document = kept(db, WORD)
    assert document.state is DocumentState.REFUSED and document.as_read.refusal
    return document


def test_a_refused_document_closes_a_case_once_its_action_and_its_person_were_said(db, word):
    ana = next(case for case in cases.cases(db) if case.person.name == "Ana Ruiz")
    letter = given.a_letter(db, ana)

    correct(db, word, Field.NUMBER, "", "71/26")
    assert again(db, word).state is DocumentState.WAITING
    correct(db, word, Field.PERSON, "Ana Ruiz", True)
    correct(db, word, Field.VERDICT, "Ana Ruiz", CLOSED)
    correct(db, word, Field.OUTCOME, "Ana Ruiz", "released")
    assert "Closes Ana Ruiz" in rehearsed(db, word).summary
    assert letters.letter(db, letter.id).state is LetterState.QUEUED
    apply(db, word)

    assert states(db) == {"Ana Ruiz": "closed", "Bo Chen": OPEN}
    found = cases.case(db, ana.id)
    assert (found.state, found.outcome, found.cause.source) == (CaseState.CLOSED, "released", "Decision of Ada")
    assert letters.letter(db, letter.id).state is LetterState.STOPPED
    assert again(db, word).as_read.refusal, "what was read is kept beside it"
    assert checking.differences(db) == []
    with pytest.raises(NothingToCorrect):
        correcting.take_back(db, again(db, word).corrections[0].id, by="Ada", now=given.NOON)


def test_nothing_else_can_be_said_of_it_before_its_number_and_it_is_refused_again_without(db, word):
    with pytest.raises(NothingToCorrect):
        correct(db, word, Field.PERSON, "Ana Ruiz", True)

    correct(db, word, Field.NUMBER, "", "71/26")
    correcting.take_back(db, again(db, word).corrections[0].id, by="Ada", now=given.NOON)

    found = again(db, word)
    assert (found.state, found.reason) == (DocumentState.REFUSED, found.as_read.refusal)
    assert states(db) == {"Ana Ruiz": OPEN, "Bo Chen": OPEN}
