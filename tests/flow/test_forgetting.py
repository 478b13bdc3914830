"""A supporter is forgotten, and the counts stay."""

import threading
from datetime import timedelta

import pytest

from campaign.domain.letter import Channel, LetterState
from campaign.domain.posting import Posted, PostingResult
from campaign.domain.refusals import NotFound
from campaign.flow import forgetting, sending, writing
from campaign.store import counts, letters
from tests import given

PATIENCE = timedelta(seconds=0.1)


def everything(db) -> str:
    return str([db.rows(f"SELECT * FROM {table}") for table in ("letters", "notices", "events", "limits", "silenced")])


def test_the_record_of_a_held_letter_never_quotes_it(db):
    ana = given.an_open_case(db)
    given.a_letter(db, ana, body="Please free Ana Ruiz, and call me at +44 20 7946 0018.")
    given.an_opened_letter(db, ana, Channel.POST, body="Please free Ana Ruiz. See www.evil.example")

    assert len(db.rows("SELECT id FROM letters WHERE state = 'held'")) == 2
    told = str(db.rows("SELECT reason FROM events"))
    assert "7946" not in told and "evil" not in told and "could harm" in told


def test_who_wrote_and_what_is_gone_and_every_number_stays(db):
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    sent = given.a_letter(db, ana, email="sol@supporter.example", name="Sol Unique")
    sending.drain(given.a_sender(db, given.FakePostbox()))
    waiting = given.a_letter(db, bo, email="sol@supporter.example", name="Sol Unique")
    asked, _ = given.an_unconfirmed_letter(db, bo, email="sol@supporter.example", name="Sol Unique")
    other = given.a_letter(db, bo, email="max@supporter.example")
    before = counts.numbers(db)

    assert forgetting.forget(db, sent.receipt, patience=PATIENCE, now=given.NOON) == 0

    assert "sol@supporter.example" not in everything(db) and "Sol Unique" not in everything(db)
    assert counts.numbers(db) == before
    states = [letters.letter(db, id).state for id in (sent.id, waiting.id, asked.id, other.id)]
    assert states == [LetterState.SENT, LetterState.WITHDRAWN, LetterState.WITHDRAWN, LetterState.QUEUED]
    assert letters.letter(db, other.id).email == "max@supporter.example"
    postbox = given.FakePostbox()
    sending.drain(given.a_sender(db, postbox))
    assert len(postbox.to("director@justice.example")) == 1
    assert postbox.to("sol@supporter.example") == []


def test_who_has_not_proved_the_address_has_only_their_own_receipt_forgotten(db):
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    victim = given.a_letter(db, ana, email="victim@supporter.example")
    thief = given.an_opened_letter(db, bo, Channel.POST, email="victim@supporter.example")

    forgetting.forget(db, thief.receipt, patience=PATIENCE, now=given.NOON)

    assert letters.letter(db, thief.id).email is None
    assert letters.letter(db, victim.id) == victim


def test_a_reported_letter_is_still_counted_and_a_repeat_changes_nothing(db):
    ana = given.an_open_case(db)
    letter = given.an_opened_letter(db, ana, Channel.POST)
    writing.report(db, letter.receipt, letter.id, given.NOON)
    before = counts.numbers(db)

    for _ in range(2):
        forgetting.forget(db, letter.receipt, patience=PATIENCE, now=given.NOON)

    assert counts.numbers(db) == before
    with pytest.raises(NotFound):
        forgetting.forget(db, "no receipt", patience=PATIENCE, now=given.NOON)


def test_what_is_being_handed_over_is_waited_for(db):
    ana = given.an_open_case(db)
    letter = given.a_letter(db, ana)
    while sending.send_notice(given.a_sender(db, given.FakePostbox())):
        pass
    left: list[int] = []

    def forget() -> None:
        left.append(forgetting.forget(db, letter.receipt, patience=timedelta(0), now=given.NOON))

    def in_another_thread() -> None:
        thread = threading.Thread(target=forget)
        thread.start()
        thread.join()

    postbox = given.FakePostbox(while_posting=in_another_thread)
    sending.drain(given.a_sender(db, postbox))

    assert left == [1]
    assert letters.letter(db, letter.id).state is LetterState.SENT
    assert forgetting.forget(db, letter.receipt, patience=PATIENCE, now=given.NOON) == 0
    assert letters.letter(db, letter.id).body is None


def test_a_letter_that_may_have_arrived_is_uncertain_after_its_writer_was_forgotten(db):
    letter = given.a_letter(db, given.an_open_case(db))
    db.run("DELETE FROM notices")
    sending.drain(given.a_sender(db, given.FakePostbox([PostingResult(Posted.UNKNOWN, None, "the line broke")])))

    given.forget(db, letter)

    forgotten = letters.letter(db, letter.id)
    assert (forgotten.state, forgotten.is_erased) == (LetterState.UNCERTAIN, True)
