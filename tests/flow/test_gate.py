"""The stop guarantee: once a closing has returned, nothing leaves for that person, and nobody else is held up."""

import threading
import time
from contextlib import suppress
from datetime import timedelta

import pytest

from campaign.domain.case import CaseState
from campaign.domain.letter import LetterState
from campaign.domain.posting import Posted, PostingResult
from campaign.domain.refusals import StorageFailed
from campaign.flow import deciding, sending
from campaign.postbox import postbox
from campaign.store import cases, journal, letters, queue
from campaign.store.database import connect
from tests import given
from tests.given import CLOSED, OPEN
from tests.smtp_server import smtp_server

CLOSERS = {
    "by hand": lambda db, ana: given.close(db, ana),
    "by a final output": lambda db, ana: given.take_in(
        db, given.an_output(ordinal=2, final=True, says={"Ana Ruiz": CLOSED, "Bo Chen": OPEN})
    ),
}


def two_cases_with_letters(db, each: int):
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    for _ in range(each):
        given.a_letter(db, ana, subject="for Ana")
        given.a_letter(db, bo, subject="for Bo")
    db.run("DELETE FROM notices")
    return ana, bo


def race(db, url, close) -> tuple[list[float], float, list[float]]:
    """Two senders drain while the case is closed; returns when letters for Ana began, when closing returned, and Bo's."""
    begun: dict[bytes, list[float]] = {b"for Ana": [], b"for Bo": []}

    class SlowBox(given.FakePostbox):
        def post(self, wire, *, sender, recipient):
            begun[b"for Ana" if b"for Ana" in wire else b"for Bo"].append(time.monotonic())
            time.sleep(0.03)
            return PostingResult(Posted.SENT, 250, "OK")

    ends = threading.Event()

    def send() -> None:
        own = connect(url)
        sender = given.a_sender(own, SlowBox())
        with own.locks.hold_worker(sender.worker):
            while not ends.is_set():
                sending.drain(sender, lambda: not ends.is_set())
        own.close()

    senders = [threading.Thread(target=send) for _ in range(2)]
    for thread in senders:
        thread.start()
    while len(begun[b"for Ana"]) < 3:
        time.sleep(0.001)
    close()
    closed_at = time.monotonic()
    while queue.count_due(db, given.NOON):
        time.sleep(0.01)
    ends.set()
    for thread in senders:
        thread.join()
    return begun[b"for Ana"], closed_at, begun[b"for Bo"]


def assert_no_leak(db, url, close):
    ana, bo = two_cases_with_letters(db, each=20)
    left, closed_at, others = race(db, url, lambda: close(db, ana))

    assert max(left) < closed_at
    assert len(others) == 20
    states = [row["state"] for row in db.rows("SELECT state FROM letters WHERE case_id = :id", id=ana.id)]
    assert states.count("sent") == len(left)
    assert states.count("stopped") == 20 - len(left) > 0
    assert cases.case(db, ana.id).state is CaseState.CLOSED
    assert cases.case(db, bo.id).is_open


def test_nothing_leaves_after_a_closing_by_hand_while_two_senders_drain(db, url):
    assert_no_leak(db, url, CLOSERS["by hand"])


def test_nothing_leaves_after_a_final_output_while_two_senders_drain(db, url):
    assert_no_leak(db, url, CLOSERS["by a final output"])


def test_a_closing_waits_for_the_letter_that_was_being_handed_over(db, url):
    ana = given.an_open_case(db)
    first, second = given.a_letter(db, ana), given.a_letter(db, ana)
    db.run("DELETE FROM notices")
    closing = connect(url)
    states: list[CaseState] = []

    def close_meanwhile() -> None:
        thread.start()
        until = time.monotonic() + 20
        while cases.case(db, ana.id).is_open and time.monotonic() < until:
            time.sleep(0.01)
        states.append(cases.case(db, ana.id).state)
        assert thread.is_alive(), "the closing returned while a letter was being handed over"

    thread = threading.Thread(target=lambda: given.close(closing, ana))
    box = given.FakePostbox(while_posting=close_meanwhile)
    sending.drain(given.a_sender(db, box))
    thread.join()

    assert states == [CaseState.CLOSING]
    assert cases.case(db, ana.id).state is CaseState.CLOSED
    assert letters.letter(db, first.id).state is LetterState.SENT
    assert letters.letter(db, second.id).state is LetterState.STOPPED
    closing.close()


def test_a_closing_that_cannot_wait_any_longer_says_so_and_is_finished_by_the_sender(db, url):
    ana = given.an_open_case(db)
    given.a_letter(db, ana)
    db.run("DELETE FROM notices")
    closing, told = connect(url), []

    def close_impatiently() -> None:
        told.append(
            deciding.close(
                closing,
                ana.id,
                reason="Word from her family.",
                by="Ada",
                now=given.NOON,
                patience=timedelta(milliseconds=50),
            )
        )

    sending.drain(given.a_sender(db, given.FakePostbox(while_posting=close_impatiently)))
    assert told[0].in_hand == 1
    assert told[0].case.state is CaseState.CLOSING

    box = given.FakePostbox()
    sender = given.a_sender(db, box)
    sending.drain(sender)
    sending.tidy(db, lambda: sender.clock())

    assert box.posted == []
    assert cases.case(db, ana.id).state is CaseState.CLOSED
    closing.close()


def test_a_letter_that_comes_back_from_the_server_after_a_closing_is_stopped_not_queued(db, url):
    ana = given.an_open_case(db)
    letter = given.a_letter(db, ana)
    db.run("DELETE FROM notices")
    closing = connect(url)
    thread = threading.Thread(target=lambda: given.close(closing, ana))
    box = given.FakePostbox(
        [PostingResult(Posted.LATER, 451, "later")], while_posting=lambda: (thread.start(), time.sleep(0.1))
    )

    sending.drain(given.a_sender(db, box))
    thread.join()

    assert letters.letter(db, letter.id).state is LetterState.STOPPED
    closing.close()


def test_a_letter_whose_fate_is_unknown_is_never_called_stopped(db, url):
    ana = given.an_open_case(db)
    letter = given.a_letter(db, ana)
    db.run("DELETE FROM notices")
    sending.drain(given.a_sender(db, given.FakePostbox([PostingResult(Posted.UNKNOWN, None, "the line broke")])))

    given.close(db, ana)

    assert letters.letter(db, letter.id).state is LetterState.UNCERTAIN


def test_the_end_of_a_closing_is_recorded_when_it_was_done_not_when_it_was_asked_for(db, url):
    ana = given.an_open_case(db)
    given.a_letter(db, ana)
    db.run("DELETE FROM notices")
    closing = connect(url)
    thread = threading.Thread(target=lambda: given.close(closing, ana))
    sending.drain(
        given.a_sender(db, given.FakePostbox(while_posting=lambda: (thread.start(), time.sleep(0.3)))), lambda: True
    )
    thread.join()

    done, asked, _ = journal.events_of_case(db, ana.id)

    assert (asked.before, asked.after, asked.at) == ("open", "closing", given.NOON)
    assert (done.before, done.after, done.actor) == ("closing", "closed", "Ada")
    assert done.at - asked.at > timedelta(seconds=0.2)
    closing.close()


def test_a_sender_whose_lock_was_lost_hands_over_no_text_after_the_closing(db, url):
    ana = given.an_open_case(db)
    given.a_letter(db, ana)
    db.run("DELETE FROM notices")
    closing, told = connect(url), []

    def lose_the_lock_and_close() -> None:
        given.cut_sessions(closing)
        soon = timedelta(milliseconds=50)
        told.append(deciding.close(closing, ana.id, reason="Free.", by="Ada", now=given.NOON, patience=soon))

    with smtp_server() as server:
        server.at("RCPT", lose_the_lock_and_close)
        box = postbox(server.url, may_go=db.locks.are_held)
        sender = given.a_sender(db, box)
        with suppress(StorageFailed), db.locks.hold_worker(sender.worker):
            sending.drain(sender)
        box.close()

    assert len(server.texts) == told[0].in_hand, "only what the closing said was in hand"
    assert told[0].in_hand == (1 if db.engine == "sqlite" else 0)
    assert not sender.breaker.is_open
    closing.close()


def test_a_closing_is_saved_while_somebody_is_frozen_in_a_transaction_over_one_of_the_letters(db, url):
    if db.engine == "sqlite":
        pytest.skip("SQLite has one writer: whoever is frozen there keeps everybody from saving, and they are told")
    ana = given.an_open_case(db)
    letter, other = given.a_letter(db, ana), given.a_letter(db, ana)
    closing, told = connect(url), []

    class GoesAway(Exception):
        pass

    with suppress(GoesAway), db.atomic():
        assert queue.claim_letter(db, "frozen", given.NOON).id == letter.id
        soon = timedelta(milliseconds=100)
        thread = threading.Thread(
            target=lambda: told.append(
                deciding.close(closing, ana.id, reason="Free.", by="Ada", now=given.NOON, patience=soon)
            )
        )
        thread.start()
        thread.join(20)
        assert [done.in_hand for done in told] == [1], "it says that it is not done yet"
        assert cases.case(closing, ana.id).state is CaseState.CLOSING, "and from now on nothing new passes"
        assert letters.letter(closing, other.id).state is LetterState.STOPPED
        raise GoesAway

    sending.tidy(db, lambda: given.NOON)
    assert cases.case(db, ana.id).state is CaseState.CLOSED
    assert letters.letter(db, letter.id).state is LetterState.STOPPED
    closing.close()
