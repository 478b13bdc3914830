"""How fast letters go, and pauses of the queue or of one addressee."""

from dataclasses import replace
from datetime import timedelta

import pytest

from campaign.domain.letter import LetterState
from campaign.domain.posting import Posted, PostingResult
from campaign.domain.refusals import NotFound, ReasonMissing
from campaign.flow import pausing, sending
from campaign.flow.sending import Breaker
from campaign.store import journal, letters, pacing
from campaign.store.pacing import Pace
from tests import given

DIRECTOR = "director@justice.example"


def drained(db, *, now=given.NOON, **rules) -> given.FakePostbox:
    box = given.FakePostbox()
    sender = given.a_sender(db, box, now=now)
    sending.drain(replace(sender, rules=replace(sender.rules, **rules)))
    return box


@pytest.fixture
def ana(db):
    ana = given.an_open_case(db)
    db.run("DELETE FROM notices")
    return ana


def test_letters_to_one_addressee_are_spread_over_the_hour(db, ana):
    for _ in range(5):
        given.a_letter(db, ana)
    pace = Pace(per_target_hour=4)

    sent = [
        len(drained(db, now=given.NOON + timedelta(minutes=minute), pace=pace).to(DIRECTOR))
        for minute in range(0, 61, 5)
    ]

    assert sent == [1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1]
    assert {letter.attempts for letter in (letters.letter(db, id) for id in range(1, 6))} == {1}


def test_another_addressee_does_not_wait_for_the_first(db, ana):
    bo = given.an_open_case(db, "Bo Chen", ua="72/26", addressee=given.ADDRESSEE.replace("director@", "other@"))
    for case in (ana, ana, bo):
        given.a_letter(db, case)

    box = drained(db, pace=Pace(per_target_hour=1))
    assert len(box.to(DIRECTOR)) == len(box.to("other@justice.example")) == 1


def test_all_letters_together_keep_to_the_minute(db, ana):
    for _ in range(4):
        given.a_letter(db, ana)
    pace = Pace(per_minute=2)

    sent = [len(drained(db, now=given.NOON + timedelta(seconds=30 * n), pace=pace).to(DIRECTOR)) for n in range(5)]
    assert sent == [1, 1, 1, 1, 0]


def test_while_the_queue_is_paused_nothing_goes_and_nothing_is_lost(db, ana):
    letter = given.a_letter(db, ana)
    assert pausing.pause(db, None, reason="The server moves.", by="Ada", now=given.NOON)
    assert not pausing.pause(db, None, reason="Again.", by="Ada", now=given.NOON)

    assert drained(db).to(DIRECTOR) == []
    assert letters.letter(db, letter.id).state is LetterState.QUEUED
    assert [(one.what, one.by, one.reason) for one in pacing.pauses(db)] == [("queue", "Ada", "The server moves.")]

    assert pausing.resume(db, None, by="Olu", now=given.NOON)
    assert not pausing.resume(db, None, by="Olu", now=given.NOON)
    assert len(drained(db).to(DIRECTOR)) == 1
    told = [(row["actor"], row["after"], row["reason"]) for row in journal.events(db) if row["kind"] == "pause"]
    assert told == [("Ada", "paused", "the queue: The server moves."), ("Olu", "going", "the queue")]


def test_one_addressee_is_paused_and_the_others_go_on(db, ana):
    bo = given.an_open_case(db, "Bo Chen", ua="72/26", addressee=given.ADDRESSEE.replace("director@", "other@"))
    for case in (ana, bo):
        given.a_letter(db, case)
    pausing.pause(db, 1, reason="Mails come back.", by="Olu", now=given.NOON)

    box = drained(db)
    assert box.to(DIRECTOR) == [] and len(box.to("other@justice.example")) == 1
    assert letters.letter(db, 1).attempts == 0
    assert drained(db, now=given.NOON + timedelta(hours=1)).to(DIRECTOR) == [], "it was only put off"
    pausing.resume(db, 1, by="Olu", now=given.NOON)
    assert len(drained(db, pace=Pace(per_target_hour=1)).to(DIRECTOR)) == 1


def test_a_pause_needs_a_reason_and_an_addressee_that_is_one(db, ana):
    with pytest.raises(ReasonMissing):
        pausing.pause(db, None, reason=" ", by="Ada", now=given.NOON)
    with pytest.raises(NotFound):
        pausing.pause(db, 99, reason="x", by="Ada", now=given.NOON)


def test_a_paused_letter_is_stopped_by_a_closing_as_any_other(db, ana):
    letter = given.a_letter(db, ana)
    pausing.pause(db, 1, reason="x", by="Olu", now=given.NOON)
    drained(db)
    given.close(db, ana)
    pausing.resume(db, 1, by="Olu", now=given.NOON)

    assert drained(db).to(DIRECTOR) == []
    assert letters.letter(db, letter.id).state is LetterState.STOPPED


# A trial run


def test_a_trial_run_sends_what_is_due_to_one_address_and_leaves_all_as_it_was(db, ana):
    ids = [given.a_letter(db, ana).id for _ in range(3)]
    before = [letters.letter(db, id) for id in ids]
    box = given.FakePostbox()

    assert sending.try_out(given.a_sender(db, box), "test@campaign.example") == 3

    assert [to for _, _, to in box.posted] == ["test@campaign.example"] * 3
    assert b"To: director@justice.example" in box.posted[0][0]
    assert [letters.letter(db, id) for id in ids] == before


# The line is dead


SILENCE = PostingResult(Posted.LATER, None, "no answer")


def test_a_dead_line_is_asked_by_one_at_a_time_after_rests_that_grow():
    seconds = [0.0]
    breaker = Breaker(lambda: seconds[0], rest=10, longest=40)
    for _ in range(3):
        assert breaker.may_ask()
        breaker.note(SILENCE, breaker.begin())

    asked = []
    for second in range(130):
        seconds[0] = float(second)
        if breaker.may_ask():
            asked.append(second)
            assert not breaker.may_ask(), "one at a time"
            breaker.note(SILENCE, breaker.begin())
    assert asked == [10, 30, 70, 110]
    seconds[0] = 150
    assert breaker.may_ask()
    breaker.note(PostingResult(Posted.SENT, 250, "OK"), breaker.begin())
    assert breaker.may_ask() and breaker.may_ask() and not breaker.is_open


def test_an_answer_even_a_no_is_no_silence():
    breaker = Breaker(lambda: 0.0)
    for _ in range(9):
        breaker.note(SILENCE, breaker.begin())
        breaker.note(PostingResult(Posted.LATER, 451, "later"), breaker.begin())
    assert breaker.may_ask()


def test_what_failed_together_is_not_tried_together(db, ana):
    for _ in range(2):
        given.a_letter(db, ana)
    db.run("DELETE FROM notices")
    jitters = iter([0.0, 1.0])
    box = given.FakePostbox(answers=[PostingResult(Posted.LATER, 451, "later")] * 2)
    sender = given.a_sender(db, box)

    sending.drain(replace(sender, rules=replace(sender.rules, jitter=lambda: next(jitters))))

    waits = [row["next_at"] for row in db.rows("SELECT next_at FROM letters ORDER BY id")]
    assert [wait[14:19] for wait in waits] == ["01:00", "01:06"]


def test_a_server_that_answers_others_meanwhile_is_not_called_silent():
    seconds = [0.0]
    breaker = Breaker(lambda: seconds[0])
    began = [breaker.begin() for _ in range(4)]
    seconds[0] = 5.0
    breaker.note(PostingResult(Posted.SENT, 250, "OK"), began.pop())
    seconds[0] = 9.0
    for moment in began:
        breaker.note(SILENCE, moment)

    assert not breaker.is_open

    for _ in range(3):
        breaker.note(SILENCE, breaker.begin())

    assert breaker.is_open
