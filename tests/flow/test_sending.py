"""Letters go out through the gate, and whatever becomes of them is written down."""

import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from campaign.domain.case import CaseState
from campaign.domain.letter import LetterState
from campaign.domain.posting import Posted, PostingResult
from campaign.flow import forgetting, sending
from campaign.store import cases, journal, letters, pacing, queue
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


@contextmanager
def waiting_for_its_turn(url, box, patience=20.0):
    """A sender that has claimed a letter and waits, because another one talks on its connection until the end of this."""
    own = connect(url)
    sender = given.a_sender(own, box)
    thread = threading.Thread(target=sending.drain, args=(sender,))
    with pytest.MonkeyPatch.context() as patch, sender.turn:
        patch.setattr(sending, "_SECONDS_FOR_A_TURN", patience)
        thread.start()
        until = time.monotonic() + 20
        while not queue.letters_in_hand(own, sender.worker) and time.monotonic() < until:
            time.sleep(0.002)
        yield
    thread.join()
    own.close()


def test_who_waits_for_the_line_holds_no_closing_up_and_sends_nothing_after_it(db, url):
    letter, box = a_waiting_letter(db), given.FakePostbox()

    with waiting_for_its_turn(url, box):
        closed = given.close(db, cases.case(db, letter.case))
        assert closed.state is CaseState.CLOSED, "nobody is within the gate"

    assert box.posted == [] and letters.letter(db, letter.id).state is LetterState.STOPPED


def test_a_letter_that_was_forgotten_while_it_waited_for_the_line_does_not_go(db, url):
    letter, box = a_waiting_letter(db), given.FakePostbox()

    with waiting_for_its_turn(url, box):
        assert forgetting.forget(db, letter.receipt, patience=timedelta(seconds=5), now=given.NOON) == 0

    assert box.posted == []
    assert letters.letter(db, letter.id).is_erased


@pytest.mark.parametrize("what", ["the queue", "its addressee"])
def test_a_letter_whose_way_was_paused_while_it_waited_for_the_line_is_in_the_queue_as_it_was(db, url, what):
    letter, box = a_waiting_letter(db), given.FakePostbox()

    with waiting_for_its_turn(url, box):
        place = pacing.QUEUE if what == "the queue" else pacing.of_target(letter.target or 0)
        pacing.add_pause(db, place, by="Ada", reason="A wrong address?", now=given.NOON)

    assert box.posted == []
    waiting = letters.letter(db, letter.id)
    assert (waiting.state, waiting.attempts) == (LetterState.QUEUED, 0)
    assert "paused" in (journal.events_of_letter(db, letter.id)[-1].reason or "")


def test_while_the_server_takes_long_over_one_letter_the_next_on_that_line_is_anybodys(db, url):
    letter, box, other = a_waiting_letter(db), given.FakePostbox(), given.FakePostbox()

    with waiting_for_its_turn(url, box, patience=0.05):
        until = time.monotonic() + 20
        while letters.letter(db, letter.id).state is LetterState.SENDING and time.monotonic() < until:
            time.sleep(0.005)
        assert letters.letter(db, letter.id).attempts == 0
        sending.drain(given.a_sender(db, other))

    assert (len(box.posted), len(other.posted)) == (0, 1)
    told = [event.after for event in journal.events_of_letter(db, letter.id)][-4:]
    assert told == ["sending", "queued", "sending", "sent"]


def test_two_that_take_turns_on_a_connection_send_each_letter_once_and_never_talk_at_once(db, url):
    case = given.an_open_case(db)
    for _ in range(30):
        given.a_letter(db, case)
    only_letters(db)
    talking: list[int] = []

    class Line(given.FakePostbox):
        def post(self, wire, *, sender, recipient):
            talking.append(1)
            assert len(talking) == 1, "two talk on one line"
            time.sleep(0.001)
            result = super().post(wire, sender=sender, recipient=recipient)
            talking.pop()
            return result

    box, turn, own = Line(), threading.Lock(), [connect(url), connect(url)]
    hands = [
        threading.Thread(target=sending.drain, args=(replace(given.a_sender(one, box), turn=turn),)) for one in own
    ]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    for one in own:
        one.close()

    assert len(box.posted) == 30 == len({wire for wire, _, _ in box.posted})
    assert {row["state"] for row in db.rows("SELECT state FROM letters")} == {"sent"}
