"""Letters go out through the gate, and whatever becomes of them is written down."""

from datetime import timedelta

import pytest

from campaign.domain.letter import LetterState
from campaign.domain.posting import Posted, PostingResult
from campaign.flow import sending
from campaign.store import journal, letters, queue
from campaign.store.database import connect
from tests import given
from tests.given import CLOSED

LATER = PostingResult(Posted.LATER, 451, "try again later")
SILENT = PostingResult(Posted.LATER, None, "no answer")
REFUSED = PostingResult(Posted.REFUSED, 550, "no such mailbox")
UNKNOWN = PostingResult(Posted.UNKNOWN, None, "the line broke")
SENT = PostingResult(Posted.SENT, 250, "OK")


def only_letters(db):
    """Nobody has to look at the mails that ask for a yes."""
    db.run("DELETE FROM notices")


def a_waiting_letter(db, **other):
    letter = given.a_letter(db, given.an_open_case(db), **other)
    only_letters(db)
    return letter


def test_a_confirmed_letter_is_sent_once_with_the_bytes_that_were_fixed(db):
    letter = a_waiting_letter(db)
    box = given.FakePostbox()

    sending.drain(given.a_sender(db, box))
    sending.drain(given.a_sender(db, box))

    sent = letters.letter(db, letter.id)
    assert (sent.state, sent.sent_at, sent.reason) == (LetterState.SENT, given.NOON, None)
    assert [(sender, to) for _, sender, to in box.posted] == [("letters@campaign.example", "director@justice.example")]
    assert letter.message_id.encode() in box.posted[0][0]
    assert [event.after for event in journal.events_of_letter(db, letter.id)] == [
        "unconfirmed",
        "queued",
        "sending",
        "sent",
    ]


def test_an_unconfirmed_letter_never_goes(db):
    given.an_unconfirmed_letter(db, given.an_open_case(db))
    only_letters(db)
    box = given.FakePostbox()

    sending.drain(given.a_sender(db, box))

    assert box.posted == []


def test_a_temporary_no_is_tried_again_with_the_same_message(db):
    letter = a_waiting_letter(db)
    box = given.FakePostbox([LATER])
    sending.drain(given.a_sender(db, box))
    waiting = letters.letter(db, letter.id)
    assert (waiting.state, waiting.reason) == (LetterState.QUEUED, "451 try again later")

    sending.drain(given.a_sender(db, box, now=given.NOON + timedelta(seconds=59)))
    assert len(box.posted) == 1
    sending.drain(given.a_sender(db, box, now=given.NOON + timedelta(seconds=61)))

    assert letters.letter(db, letter.id).state is LetterState.SENT
    assert box.posted[0] == box.posted[1]


def test_a_final_no_ends_the_letter_with_the_servers_words(db):
    letter = a_waiting_letter(db)

    sending.drain(given.a_sender(db, given.FakePostbox([REFUSED])))

    refused = letters.letter(db, letter.id)
    assert (refused.state, refused.reason) == (LetterState.REFUSED, "550 no such mailbox")


def test_an_unknown_outcome_is_tried_twice_more_and_then_called_uncertain(db):
    letter = a_waiting_letter(db)
    box = given.FakePostbox([UNKNOWN, UNKNOWN, UNKNOWN, SENT])

    for hours in range(0, 12, 3):
        sending.drain(given.a_sender(db, box, now=given.NOON + timedelta(hours=hours)))

    assert letters.letter(db, letter.id).state is LetterState.UNCERTAIN
    assert len(box.posted) == 3 and len(set(box.posted)) == 1


def test_a_refusal_after_an_unknown_try_is_uncertain_too(db):
    letter = a_waiting_letter(db)
    box = given.FakePostbox([UNKNOWN, REFUSED])

    sending.drain(given.a_sender(db, box))
    sending.drain(given.a_sender(db, box, now=given.NOON + timedelta(hours=1)))

    assert letters.letter(db, letter.id).state is LetterState.UNCERTAIN


def test_a_letter_is_given_up_after_three_days(db):
    letter = a_waiting_letter(db)
    box = given.FakePostbox([LATER] * 100)

    for hours in range(0, 100, 2):
        sending.drain(given.a_sender(db, box, now=given.NOON + timedelta(hours=hours)))

    assert letters.letter(db, letter.id).state is LetterState.REFUSED
    assert 30 < len(box.posted) < 40


def test_a_silent_server_is_not_asked_for_each_letter_of_a_long_queue(db):
    ana = given.an_open_case(db)
    for _ in range(6):
        given.a_letter(db, ana)
    only_letters(db)
    box = given.FakePostbox([SILENT] * 6)

    sending.drain(given.a_sender(db, box))

    assert len(box.posted) == sending.NO_ANSWER_IN_A_ROW


def test_what_was_confirmed_before_the_deadline_does_not_leave_after_it(db):
    ana = given.an_open_case(db, deadline="23 November 2026")
    letter = given.a_letter(db, ana)
    only_letters(db)
    box = given.FakePostbox()

    sending.drain(given.a_sender(db, box, now=given.NOON + timedelta(days=2)))

    held = letters.letter(db, letter.id)
    assert box.posted == []
    assert held.state is LetterState.HELD and "2026-11-23" in (held.reason or "")


def test_who_writes_after_the_deadline_was_warned_and_is_not_stopped(db):
    ana = given.an_open_case(db, deadline="3 November 2026")
    letter = given.a_letter(db, ana)
    only_letters(db)

    sending.drain(given.a_sender(db, given.FakePostbox()))

    assert letters.letter(db, letter.id).state is LetterState.SENT


def test_a_case_in_review_sends_nothing_and_loses_nothing(db):
    _, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    letter = given.a_letter(db, bo)
    only_letters(db)
    given.take_in(db, given.an_output("Ana Ruiz", ordinal=2, final=True, says={"Ana Ruiz": CLOSED}))
    box = given.FakePostbox()

    sending.drain(given.a_sender(db, box))

    assert box.posted == []
    assert letters.letter(db, letter.id).state is LetterState.QUEUED


def test_what_a_dead_sender_had_in_hand_is_tried_again_under_the_same_name(db):
    letter = a_waiting_letter(db)
    assert queue.claim_letter(db, "the dead one", given.NOON)
    box = given.FakePostbox()
    sender = given.a_sender(db, box, now=given.NOON + timedelta(minutes=1))

    sending.tidy(db, lambda: sender.clock())
    again = letters.letter(db, letter.id)
    sending.drain(sender)

    assert (again.state, again.unknown_tries) == (LetterState.QUEUED, 1)
    assert again.message_id == letter.message_id
    assert letters.letter(db, letter.id).state is LetterState.SENT


def test_what_a_living_sender_has_in_hand_is_left_alone(db, url):
    letter = a_waiting_letter(db)
    other = connect(url)
    with other.locks.hold_worker("the living one"):
        assert queue.claim_letter(other, "the living one", given.NOON)
        sending.tidy(db, lambda: given.NOON)
        assert letters.letter(db, letter.id).state is LetterState.SENDING
    other.close()


def test_a_notice_that_went_keeps_neither_its_address_nor_its_text(db):
    given.an_unconfirmed_letter(db, given.an_open_case(db), email="sol@supporter.example")
    box = given.FakePostbox()

    sending.drain(given.a_sender(db, box))

    assert len(box.to("sol@supporter.example")) == 1
    (left,) = db.rows("SELECT state, email, wire, facts FROM notices")
    assert left == {"state": "sent", "email": None, "wire": None, "facts": None}


def test_a_notice_is_the_same_bytes_at_each_try(db):
    given.an_unconfirmed_letter(db, given.an_open_case(db))
    box = given.FakePostbox(answers=[PostingResult(Posted.LATER, 451, "later")])

    sending.drain(given.a_sender(db, box))
    sending.drain(given.a_sender(db, box, now=given.NOON + timedelta(hours=1)))

    first, second = (wire for wire, _, _ in box.posted)
    assert first == second and b"Auto-Submitted: auto-generated" in first


def test_a_mail_that_cannot_be_written_keeps_no_other_waiting(db):
    ana = given.an_open_case(db)
    given.an_unconfirmed_letter(db, ana)
    given.an_unconfirmed_letter(db, ana, email="sol@supporter.example")
    db.run("UPDATE notices SET facts = '{}' WHERE id = 1")
    box = given.FakePostbox()

    sending.drain(given.a_sender(db, box))

    states = {row["id"]: row for row in db.rows("SELECT id, state, reason FROM notices")}
    assert states[1]["state"] == "refused" and "could not be written" in states[1]["reason"]
    assert states[2]["state"] == "sent" and len(box.to("sol@supporter.example")) == 1


def test_a_notice_that_was_sealed_before_goes_as_it_is(db):
    given.an_unconfirmed_letter(db, given.an_open_case(db))
    db.run("UPDATE notices SET wire = :wire, facts = NULL", wire=b"Subject: sealed\r\n\r\nbefore")
    box = given.FakePostbox()

    sending.drain(given.a_sender(db, box))

    assert [wire for wire, _, _ in box.posted] == [b"Subject: sealed\r\n\r\nbefore"]


@pytest.mark.parametrize("result", [LATER, UNKNOWN])
def test_a_notice_is_tried_again(db, result):
    given.an_unconfirmed_letter(db, given.an_open_case(db), email="sol@supporter.example")
    box = given.FakePostbox([result])

    sending.drain(given.a_sender(db, box))
    sending.drain(given.a_sender(db, box, now=given.NOON + timedelta(minutes=2)))

    assert len(box.to("sol@supporter.example")) == 2
