"""The ledger is told of everything, and nothing leaves while it cannot be told."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from campaign.domain.case import CaseState
from campaign.domain.letter import LetterState
from campaign.domain.refusals import LedgerLost, LedgerUnusable
from campaign.flow import checking, confirming, deciding, ending, forgetting, remembering, restoring, sending
from campaign.store import letters
from campaign.store.database import connect
from tests import given
from tests.given import CLOSED

LATER = given.NOON + timedelta(hours=2)


def send(db, now=given.NOON):
    box = given.FakePostbox()
    sending.drain(given.a_sender(db, box, now=now))
    return box.to("director@justice.example")


def test_the_lines_hold_no_name_address_or_text(db):
    ana = given.an_open_case(db)
    letter = given.a_letter(db, ana, email="sol@supporter.example", name="Sol Unique", body="Dear Director,\n\nWords.")
    send(db)
    confirming.end_news(db, given.an_office().writer("sol@supporter.example"), given.NOON)
    given.close(db, ana)
    ending.tell_next(db, given.an_office(), LATER)
    forgetting.forget(db, letter.receipt, patience=given.PATIENCE, now=LATER)

    told = db.ledger.path.read_text()
    kinds = [line.kind for line in db.ledger.lines()]
    assert kinds == ["mailed", "sent", "silenced", "closed", "erased"]
    for private in ("sol@", "Sol", "Words", "lawyer", letter.receipt, letter.form_key, letter.message_id):
        assert private not in told
    assert '"case":"71-26/ana-ruiz"' in told


def test_a_closing_closes_where_the_ledger_cannot_be_written_and_says_so_and_nothing_is_sent(db):
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    stopped, waiting = given.a_letter(db, ana), given.a_letter(db, bo)
    db.ledger.path.mkdir()

    decided = deciding.close(db, ana.id, reason="Free.", by="Ada", now=given.NOON, patience=given.PATIENCE)
    final = given.take_in(db, given.an_output("Cy Okoro", ua="81/26", final=True, says={"Cy Okoro": CLOSED}))

    assert decided.case.state is CaseState.CLOSED
    assert isinstance(decided.unwritten, LedgerUnusable) and isinstance(final.unwritten, LedgerUnusable)
    assert letters.letter(db, stopped.id).state is LetterState.STOPPED
    assert send(db) == []
    assert letters.letter(db, waiting.id).state is LetterState.QUEUED
    db.ledger.path.rmdir()
    assert len(send(db)) == 1
    assert [line.kind for line in db.ledger.lines()] == ["closed", "closed", "mailed", "mailed", "sent"]


def test_a_ledger_that_fails_after_the_servers_yes_gets_its_line_before_the_next_letter(db):
    ana = given.an_open_case(db)
    sent = given.a_letter(db, ana)
    given.a_letter(db, ana)
    db.run("DELETE FROM notices")
    box = given.FakePostbox(while_posting=lambda: db.ledger.path.unlink(missing_ok=True) or db.ledger.path.mkdir())

    # The ledger is asked once a second; each look at this clock is two seconds later.
    ticks = count()
    sender = given.a_sender(db, box)
    sending.drain(replace(sender, clock=lambda: given.NOON + timedelta(seconds=2 * next(ticks))))

    assert len(box.posted) == 1
    assert letters.letter(db, sent.id).state is LetterState.SENT
    db.ledger.path.rmdir()
    assert len(send(db, given.NOON + timedelta(hours=1))) == 1
    assert [line.kind for line in db.ledger.lines()] == ["sent", "sent"]


def test_a_ledger_that_is_lost_stops_the_sender_until_somebody_begins_another(db):
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    given.a_letter(db, bo)
    given.close(db, ana)
    send(db)
    given.a_letter(db, bo)
    db.ledger.path.unlink()

    assert send(db) == []
    with pytest.raises(LedgerLost):
        restoring.replay(db, patience=given.PATIENCE, now=LATER)
    remembering.begin_anew(db, LATER)
    restoring.replay(db, patience=given.PATIENCE, now=LATER)

    assert {line.kind for line in db.ledger.lines()} == {"closed", "sent", "mailed"}
    assert min(line.seq for line in db.ledger.lines()) == 4
    assert len(send(db)) == 1
    assert checking.differences(db) == []


def test_a_database_that_was_there_before_the_ledger_tells_it_all_it_knows(db, url):
    before = connect(url)
    ana, bo = given.open_cases(before, "Ana Ruiz", "Bo Chen")
    letter = given.a_letter(before, bo)
    send(before)
    forgetting.forget(before, letter.receipt, patience=given.PATIENCE, now=given.NOON)
    given.close(before, ana)
    before.run("DELETE FROM ledger_waiting")
    before.close()

    assert remembering.begin(db, LATER) is None

    assert [line.kind for line in db.ledger.lines()] == ["closed", "sent", "erased", "mailed"]
    assert checking.differences(db) == []


def test_a_letter_that_was_sent_is_found_by_check_where_the_database_says_otherwise(db):
    letter = given.a_letter(db, given.an_open_case(db))
    send(db)
    db.run("UPDATE letters SET state = 'queued' WHERE id = :id", id=letter.id)

    assert f"Letter {letter.id} was sent according to line 2 of the ledger, but is queued." in checking.differences(db)
