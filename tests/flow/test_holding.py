"""An organizer looks at what was held."""

import pytest

from campaign.domain.letter import Channel, LetterState
from campaign.domain.posting import Posted, PostingResult
from campaign.domain.refusals import CaseClosed, NothingToChange, ReasonMissing
from campaign.flow import confirming, holding, sending
from campaign.store import letters
from campaign.store.journal import events_of_letter
from tests import given

LINK = "Dear Director,\n\nsee www.x.example"


def a_held_letter(db, case, **other):
    _, token = given.an_unconfirmed_letter(db, case, body=LINK, **other)
    return confirming.confirm(db, given.an_office(), token, given.NOON)


def test_a_held_letter_leaves_only_after_an_organizer_s_word(db):
    ana = given.an_open_case(db)
    held = a_held_letter(db, ana)
    postbox = given.FakePostbox()

    sending.drain(given.a_sender(db, postbox))
    assert postbox.to("director@justice.example") == []
    assert [letter.id for letter in letters.held_letters(db)] == [held.id]

    holding.release(db, held.id, by="Olu", now=given.NOON)
    sending.drain(given.a_sender(db, postbox))

    assert len(postbox.to("director@justice.example")) == 1
    assert letters.letter(db, held.id).state is LetterState.SENT
    assert [(event.before, event.after, event.actor) for event in events_of_letter(db, held.id)][2:4] == [
        ("held", "queued", "Olu"),
        ("queued", "sending", "the sender"),
    ]
    with pytest.raises(NothingToChange):
        holding.release(db, held.id, by="Olu", now=given.NOON)


def test_a_letter_to_be_posted_is_given_free_to_its_writer(db):
    letter = given.an_opened_letter(db, given.an_open_case(db), Channel.POST, body=LINK)
    assert letter.state is LetterState.HELD

    holding.release(db, letter.id, by="Olu", now=given.NOON)

    assert letters.letter(db, letter.id).state is LetterState.OPENED


def test_a_letter_comes_back_with_a_sentence_and_its_words(db):
    ana = given.an_open_case(db)
    held = a_held_letter(db, ana, email="sol@supporter.example")

    with pytest.raises(ReasonMissing):
        holding.give_back(db, given.an_office(), held.id, " ", by="Olu", now=given.NOON)
    holding.give_back(db, given.an_office(), held.id, "Please leave out the link.", by="Olu", now=given.NOON)

    back = letters.letter(db, held.id)
    assert (back.state, back.reason) == (LetterState.WITHDRAWN, "Please leave out the link.")
    ((_, email, text),) = given.mails_of(db, "returned")
    assert email == "sol@supporter.example"
    assert "> Please leave out the link." in text and "> see www.x.example" in text


def test_nobody_is_mailed_at_an_address_that_nobody_has_proved(db):
    letter = given.an_opened_letter(db, given.an_open_case(db), Channel.POST, body=LINK, email="x@supporter.example")

    holding.give_back(db, given.an_office(), letter.id, "No.", by="Olu", now=given.NOON)

    assert db.rows("SELECT id FROM notices") == []


def test_a_closing_stops_what_is_held_and_nothing_brings_it_back(db):
    ana = given.an_open_case(db)
    held = a_held_letter(db, ana)
    given.close(db, ana)

    assert letters.letter(db, held.id).state is LetterState.STOPPED
    with pytest.raises(CaseClosed):
        holding.release(db, held.id, by="Olu", now=given.NOON)


def test_one_that_may_have_arrived_is_not_called_withdrawn(db):
    ana = given.an_open_case(db, deadline="1 December 2026")
    letter = given.a_letter(db, ana)
    db.run("DELETE FROM notices")
    sending.drain(given.a_sender(db, given.FakePostbox([PostingResult(Posted.UNKNOWN, None, "the line broke")])))
    db.run("UPDATE letters SET state = 'held', reason = 'It has links.' WHERE id = :id", id=letter.id)

    holding.give_back(db, given.an_office(), letter.id, "Please leave out the link.", by="Olu", now=given.NOON)

    assert letters.letter(db, letter.id).state is LetterState.UNCERTAIN
    assert events_of_letter(db, letter.id)[-1].after == "uncertain"
