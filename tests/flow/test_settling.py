"""An organizer settles letters of which nobody knows whether they arrived."""

from datetime import timedelta

import pytest

from campaign.domain.letter import LetterState, Number
from campaign.domain.refusals import NotFound, NotUncertain, ReasonMissing
from campaign.domain.server_words import OURS
from campaign.flow import checking, sending, settling
from campaign.store import counts, letters, queue
from campaign.store.journal import events_of_letter
from tests import given

LATER = given.NOON + timedelta(days=2)


def an_uncertain_letter(db, case=None, **other):
    return given.an_uncertain_letter(db, case or given.an_open_case(db), **other)


def test_it_went_and_counts_from_the_day_of_its_last_try(db):
    letter = an_uncertain_letter(db)
    last_try = max(event.at for event in events_of_letter(db, letter.id) if event.after == "sending")

    settling.settle(db, letter.id, LetterState.SENT, "The ministry answered.", by="Olu", now=LATER)

    sent = letters.letter(db, letter.id)
    assert (sent.state, sent.reason, sent.sent_at) == (LetterState.SENT, None, last_try)
    assert counts.numbers(db)[Number.SENT_BY_US] == 1
    assert checking.differences(db) == []


def test_it_did_not_go_and_counts_nowhere(db):
    letter = an_uncertain_letter(db)

    settling.settle(db, letter.id, LetterState.REFUSED, "The log of our mail server says so.", by="Olu", now=LATER)

    refused = letters.letter(db, letter.id)
    assert refused.state is LetterState.REFUSED and refused.reason in OURS and refused.sent_at is None
    assert counts.numbers(db)[Number.SENT_BY_US] == 0


def test_there_is_one_event_with_who_when_and_why(db):
    letter = an_uncertain_letter(db)
    before = events_of_letter(db, letter.id)

    settling.settle(db, letter.id, LetterState.SENT, "  The ministry answered. ", by="Olu", now=LATER)

    (event,) = events_of_letter(db, letter.id)[len(before) :]
    assert (event.actor, event.at, event.reason) == ("Olu", LATER, "The ministry answered.")
    assert (event.before, event.after, event.case) == ("uncertain", "sent", letter.case)


@pytest.mark.parametrize("state", [LetterState.SENT, LetterState.REFUSED])
def test_whatever_was_found_out_it_is_never_sent_again(db, state):
    letter = an_uncertain_letter(db)
    settling.settle(db, letter.id, state, "Found out.", by="Olu", now=LATER)
    box = given.FakePostbox()

    sending.drain(given.a_sender(db, box, now=LATER + timedelta(days=1)))

    assert box.to("director@justice.example") == []
    assert letters.letter(db, letter.id).state is state


def test_a_reason_is_needed_and_only_what_is_uncertain_can_be_settled(db):
    ana = given.an_open_case(db)
    letter = an_uncertain_letter(db, ana)
    waiting = given.a_letter(db, ana)

    with pytest.raises(ReasonMissing):
        settling.settle(db, letter.id, LetterState.SENT, " ", by="Olu", now=LATER)
    with pytest.raises(ValueError):
        settling.settle(db, letter.id, LetterState.QUEUED, "Once more.", by="Olu", now=LATER)
    with pytest.raises(NotUncertain, match="queued"):
        settling.settle(db, waiting.id, LetterState.SENT, "I hope so.", by="Olu", now=LATER)
    with pytest.raises(NotFound):
        settling.settle(db, 999, LetterState.SENT, "Which?", by="Olu", now=LATER)
    assert letters.letter(db, letter.id).state is LetterState.UNCERTAIN


def test_of_two_organizers_the_first_one_settles_it(db):
    letter = an_uncertain_letter(db)
    settling.settle(db, letter.id, LetterState.REFUSED, "It is in our server's log.", by="Olu", now=LATER)

    with pytest.raises(NotUncertain, match="refused"):
        settling.settle(db, letter.id, LetterState.SENT, "I think it went.", by="Ada", now=LATER)

    assert letters.letter(db, letter.id).state is LetterState.REFUSED


def test_a_letter_whose_writer_was_forgotten_can_be_settled_too(db):
    letter = an_uncertain_letter(db)
    given.forget(db, letter)

    settling.settle(db, letter.id, LetterState.SENT, "The ministry answered.", by="Olu", now=LATER)

    assert letters.letter(db, letter.id).state is LetterState.SENT
    assert queue.count_due(db, LATER) == 0


def test_the_sentences_that_the_sender_keeps_are_known_as_ours(db):
    silent = an_uncertain_letter(db)
    left = given.a_letter(db, given.an_open_case(db, "Bo Chen", ua="72/26"))
    db.run("DELETE FROM notices")
    assert queue.claim_letter(db, "the dead one", LATER)
    sending.tidy(db, lambda: LATER)

    assert {letters.letter(db, silent.id).reason, letters.letter(db, left.id).reason} <= OURS
