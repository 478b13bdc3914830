"""A copy that is put back learns what happened after it was made: nothing is reopened, sent again or remembered again."""

import contextlib
import shutil
import subprocess
import threading
from datetime import timedelta

import pytest

from campaign.domain.case import CaseState
from campaign.domain.letter import LetterState
from campaign.domain.posting import Posted, PostingResult
from campaign.domain.refusals import DatabaseInUse, DatabaseIsOlder, LedgerLost, NotABackup
from campaign.domain.urgent_action import Outcome
from campaign.flow import (
    checking,
    confirming,
    deciding,
    ending,
    forgetting,
    pausing,
    remembering,
    restoring,
    sending,
    settling,
)
from campaign.store import actions, backups, cases, counts, letters, owed, pacing, writers
from campaign.store.database import connect
from campaign.store.migrations import migrate
from campaign.store.writers import Silence
from tests import given

LATER = given.NOON + timedelta(hours=2)


def needs_programs_of_postgresql():
    if not (shutil.which("pg_dump") and shutil.which("pg_restore")):
        pytest.skip("PostgreSQL's programs are not to be had on this machine")


@pytest.fixture
def copy(db, url, tmp_path):
    """Makes a copy, and puts it back on the engine's own way; the ledger stays as it is."""
    if not url.startswith("sqlite:"):
        needs_programs_of_postgresql()

    class Copy:
        file = tmp_path / "kept" / "backup"

        def make(self):
            self.file.parent.mkdir(exist_ok=True)
            return backups.copy_whole(db, self.file)

        def put_back(self):
            db.close()
            if url.startswith("sqlite:"):
                backups.duplicate(self.file, db.path)
                return connect(url, ledger=db.ledger.path)
            words = ["pg_restore", "--clean", "--if-exists", "--no-owner", "--dbname", url, str(self.file)]
            subprocess.run(words, check=True)
            return connect(url, ledger=db.ledger.path)

    return Copy()


def send(db, now=given.NOON):
    box = given.FakePostbox()
    sending.drain(given.a_sender(db, box, now=now))
    return box.to("director@justice.example")


def replay(db):
    return restoring.replay(db, patience=given.PATIENCE, now=LATER).learnt


def test_nothing_is_reopened_sent_again_or_remembered_again(db, copy):
    ana, bo, eva = given.open_cases(db, "Ana Ruiz", "Bo Chen", "Eva Lund")
    to_send = given.a_letter(db, bo)
    unconfirmed, token = given.an_unconfirmed_letter(db, bo)
    to_forget = given.a_letter(db, eva, email="sol@supporter.example", name="Sol Unique")
    disowned, not_me = given.an_unconfirmed_letter(db, eva, email="max@supporter.example")
    to_stop = given.a_letter(db, ana)
    copy.make()
    given.close(db, ana, outcome=Outcome.RELEASED)
    confirming.confirm(db, given.an_office(), token, given.NOON)
    confirming.disown(db, given.an_office(), not_me, given.NOON)
    assert len(send(db)) == 3
    forgetting.forget(db, to_forget.receipt, patience=given.PATIENCE, now=given.NOON)
    assert checking.differences(db) == []
    before = counts.numbers(db)

    old = copy.put_back()

    assert isinstance(remembering.why_nothing_leaves(old), DatabaseIsOlder)
    assert send(old) == []
    assert any("older than its ledger" in difference for difference in checking.differences(old))
    learnt = replay(old)
    assert [len(things) for things in (learnt.closings, learnt.sendings, learnt.erasures, learnt.silenced)] == [
        1,
        3,
        2,
        1,
    ]
    closed = cases.case(old, ana.id)
    assert (closed.state, closed.outcome) == (CaseState.CLOSED, Outcome.RELEASED)
    assert closed.cause.source == "Decision of the ledger" and "12:00 UTC on 22 November 2026" in closed.cause.text
    assert [decision.decided_at for decision in actions.decisions(old, ana.action)] == [given.NOON]
    states = [letters.letter(old, one.id).state for one in (to_send, unconfirmed, to_forget, disowned, to_stop)]
    assert states == ["sent", "sent", "sent", "withdrawn", "stopped"]
    for table in ("letters", "notices", "events"):
        told = str(old.rows(f"SELECT * FROM {table}"))
        assert "sol@supporter.example" not in told and "Sol Unique" not in told and "max@supporter.example" not in told
    assert writers.is_silenced(old, given.an_office().writer("max@supporter.example"), Silence.MAIL)
    assert counts.numbers(old) == before
    assert send(old, LATER) == []
    assert checking.differences(old) == []

    again = replay(old)
    assert not (again.closings or again.sendings or again.erasures or again.silenced)
    assert len(list(old.ledger.lines())) == owed.seen(old)
    old.close()


def test_what_was_opened_again_after_the_copy_stays_closed_and_what_stands_open_is_not_closed(db, copy):
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    given.close(db, bo)
    reopened = {"reason": "Taken again.", "by": "Ada", "now": given.NOON, "patience": given.PATIENCE}
    given.close(db, ana)
    copy.make()
    deciding.reopen(db, ana.id, **reopened)
    deciding.reopen(db, bo.id, **reopened)
    given.close(db, bo)

    old = copy.put_back()
    learnt = replay(old)

    assert [case.person.name for case in learnt.reopened] == ["Ana Ruiz"]
    assert {case.person.name: case.state for case in cases.cases(old)} == {"Ana Ruiz": "closed", "Bo Chen": "closed"}
    deciding.reopen(old, ana.id, **reopened)
    assert replay(old).closings == []
    assert cases.case(old, ana.id).is_open
    assert checking.differences(old) == []
    old.close()


def test_a_case_that_the_copy_does_not_know_is_closed_once_its_first_document_is_taken_in_again(db, copy):
    given.an_open_case(db, "Ana Ruiz")
    copy.make()
    bo = given.an_open_case(db, "Bo Chen", ua="80/26")
    given.close(db, bo)

    old = copy.put_back()
    assert replay(old).unknown_cases == ["80-26/bo-chen"]
    given.an_open_case(old, "Bo Chen", ua="80/26")
    assert checking.differences(old) == ["80-26/bo-chen was closed according to line 1 of the ledger, but is open."]
    replay(old)

    assert cases.case_named(old, "bo-chen").state is CaseState.CLOSED
    assert checking.differences(old) == []
    old.close()


def test_who_was_thanked_is_not_thanked_again(db, copy):
    ana = given.an_open_case(db)
    given.a_letter(db, ana, email="sol@supporter.example")
    send(db)
    copy.make()
    given.close(db, ana)
    assert ending.tell_next(db, given.an_office(), LATER)

    old = copy.put_back()
    replay(old)

    assert not ending.tell_next(old, given.an_office(), LATER + timedelta(days=2))
    old.close()


def test_a_mail_of_our_own_that_went_after_the_copy_does_not_go_again(db, copy):
    ana = given.an_open_case(db)
    given.an_unconfirmed_letter(db, ana, email="sol@supporter.example")
    copy.make()
    box = given.FakePostbox()
    sending.drain(given.a_sender(db, box))
    assert len(box.to("sol@supporter.example")) == 1
    given.an_unconfirmed_letter(db, ana, email="max@supporter.example")

    db = copy.put_back()
    assert [line.seq for _, line in replay(db).mailed] == [1]

    sending.drain(given.a_sender(db, box))
    assert len(box.to("sol@supporter.example")) == 1
    assert not replay(db).mailed and not checking.differences(db)
    db.close()


def test_what_was_paused_after_the_copy_is_paused_still_and_what_went_on_again_goes_on(db, copy):
    ana = given.an_open_case(db)
    target = actions.targets(db, ana.action)[0].id
    given.a_letter(db, ana)
    db.run("DELETE FROM notices")
    pausing.pause(db, None, reason="The server asks for calm.", by="Olu", now=given.NOON)
    copy.make()
    pausing.resume(db, None, by="Olu", now=given.NOON)
    pausing.pause(db, target, reason="It fails.", by="Olu", now=given.NOON)

    db = copy.put_back()
    assert [line.what for line in replay(db).paused] == [f"target-{target}"]

    assert pacing.paused(db) == {"queue", f"target-{target}"}, "a pause is not ended by itself either"
    pausing.resume(db, None, by="Olu", now=LATER)
    assert not send(db, LATER) and not checking.differences(db)
    db.close()


def test_a_closing_in_an_older_database_closes_at_once_and_does_not_hide_what_is_missing(db, copy):
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    copy.make()
    given.close(db, ana)

    old = copy.put_back()
    assert given.close(old, bo).state is CaseState.CLOSED
    assert isinstance(remembering.why_nothing_leaves(old), DatabaseIsOlder)
    replay(old)

    assert cases.case(old, ana.id).state is CaseState.CLOSED
    assert remembering.why_nothing_leaves(old) is None
    old.close()


def test_copies_made_while_letters_are_written_and_sent_agree_with_themselves(db, copy, tmp_path):
    """Each of five opens, is whole, and after a replay everything adds up."""
    if db.engine != "sqlite":
        pytest.skip("pg_dump reads one moment; what is put back is told by the other tests")
    ana = given.an_open_case(db)
    done, went, failed = threading.Event(), threading.Semaphore(0), []

    def write_and_send():
        try:
            while not done.is_set():
                given.a_letter(db, ana)
                send(db)
                went.release()
        except Exception as broken:
            failed.append(broken)
            went.release(5)

    thread = threading.Thread(target=write_and_send)
    thread.start()
    made = [tmp_path / f"backup-{number}.db" for number in range(5)]
    for file in made:
        went.acquire()
        backups.copy_whole(db, file)
    done.set()
    thread.join()

    assert failed == []
    for number, file in enumerate(made):
        place = tmp_path / f"place-{number}" / "campaign.db"
        place.parent.mkdir()
        ledger = shutil.copy(db.ledger.path, place.parent / "ledger.jsonl")
        put = restoring.restore(
            f"sqlite:{place}", file, ledger, ledger_is_lost=False, patience=given.PATIENCE, now=LATER
        )
        opened = connect(f"sqlite:{place}", ledger=ledger)
        assert put.aside is None
        assert put.contents.letters == sum(tally.n for tally in counts.tally(opened, ("state",)))
        assert checking.differences(opened) == []
        assert send(opened, LATER) == []
        assert counts.numbers(opened)["sent by us"] >= number
        opened.close()


def test_a_restore_waits_for_nobody_and_changes_nothing_where_it_cannot_be_done(sqlite_url, tmp_path):
    db = connect(sqlite_url, ledger=tmp_path / "ledger.jsonl")
    given.close(db, given.an_open_case(db))
    file = tmp_path / "backup.db"
    backups.copy_whole(db, file)
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(file.read_bytes()[:5000] + b"\0" * 9000)
    words = {"ledger_is_lost": False, "patience": given.PATIENCE, "now": LATER}

    with pytest.raises(DatabaseInUse):
        restoring.restore(sqlite_url, file, db.ledger.path, **words)
    db.close()
    for wrong in (damaged, tmp_path / "none.db", db.ledger.path):
        with pytest.raises(NotABackup):
            restoring.restore(sqlite_url, wrong, db.ledger.path, **words)
    db.ledger.path.rename(tmp_path / "elsewhere")
    with pytest.raises(LedgerLost):
        restoring.restore(sqlite_url, file, db.ledger.path, **words)
    (tmp_path / "elsewhere").rename(db.ledger.path)
    assert not list(tmp_path.glob("*restoring*"))

    restored = restoring.restore(sqlite_url, file, db.ledger.path, **words)
    assert restored.aside == str(tmp_path / "campaign-replaced-20261122-140000.db")
    assert (tmp_path / "campaign-replaced-20261122-140000.db").exists()


@pytest.fixture
def own_postgres_url(postgres):
    """A database that nobody else is connected to."""
    needs_programs_of_postgresql()
    server = connect(postgres)
    server.run("CREATE DATABASE of_its_own")
    server.close()
    url = postgres.replace("/postgres?", "/of_its_own?")
    with contextlib.closing(connect(url)) as db:
        migrate(db)
    return url


def test_a_dump_of_postgresql_is_put_back_too_and_what_fails_changes_nothing(own_postgres_url, tmp_path):
    ledger, file = tmp_path / "ledger.jsonl", tmp_path / "backup.dump"
    db = connect(own_postgres_url, ledger=ledger)
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    letter = given.a_letter(db, bo)
    backups.copy_whole(db, file)
    given.close(db, ana)
    send(db)
    words = {"ledger_is_lost": False, "patience": given.PATIENCE, "now": LATER}

    with pytest.raises(DatabaseInUse):
        restoring.restore(own_postgres_url, file, ledger, **words)
    db.close()
    db.locks._session().close()
    wrong = tmp_path / "wrong.dump"
    wrong.write_bytes(file.read_bytes()[:2000])
    with pytest.raises(NotABackup):
        restoring.restore(own_postgres_url, wrong, ledger, **words)
    with pytest.raises(NotABackup):
        restoring.restore(own_postgres_url, ledger, ledger, **words)
    restored = restoring.restore(own_postgres_url, file, ledger, **words)

    assert restored.aside == "the schema replaced_20261122_140000"
    put_back = connect(own_postgres_url, ledger=ledger)
    assert cases.case(put_back, ana.id).state is CaseState.CLOSED
    assert letters.letter(put_back, letter.id).state is LetterState.SENT
    assert checking.differences(put_back) == []
    kept = "SELECT state FROM replaced_20261122_140000.cases WHERE id = :id"
    assert put_back.rows(kept, id=ana.id) == [{"state": "closed"}]
    put_back.close()


def test_a_letter_that_somebody_settled_as_sent_is_not_sent_again_either(db, copy):
    letter = given.a_letter(db, given.an_open_case(db))
    copy.make()
    db.run("UPDATE letters SET state = 'uncertain', reason = 'The line broke.' WHERE id = :id", id=letter.id)
    settling.settle(db, letter.id, LetterState.SENT, "They answered.", by="Ada", now=given.NOON)

    old = copy.put_back()
    replay(old)

    assert letters.letter(old, letter.id).state is LetterState.SENT
    assert send(old, LATER) == []
    old.close()


def test_what_a_killed_sender_still_owed_the_ledger_is_written_before_its_database_is_replaced(tmp_path, sqlite_url):
    db = connect(sqlite_url, ledger=tmp_path / "ledger.jsonl")
    letter = given.a_letter(db, given.an_open_case(db))
    db.run("DELETE FROM notices")
    backups.copy_whole(db, tmp_path / "backup.db")
    sent = given.a_sender(db, given.FakePostbox())
    sent.asked_ledger.append(given.NOON)  # it was asked a moment ago, so nothing is written before the sender rests
    claimed = sending._claim(sent)
    sending._mark(sent, claimed, PostingResult(Posted.SENT, 250, "OK"))
    assert list(db.ledger.lines()) == [] and owed.count_owed(db) == 1
    db.close()

    restoring.restore(
        sqlite_url, tmp_path / "backup.db", tmp_path / "ledger.jsonl", ledger_is_lost=False, patience=given.PATIENCE,
        now=LATER,
    )  # fmt: skip

    again = connect(sqlite_url, ledger=tmp_path / "ledger.jsonl")
    assert letters.letter(again, letter.id).state is LetterState.SENT
    box = given.FakePostbox()
    sending.drain(given.a_sender(again, box, now=LATER))
    assert box.to("director@justice.example") == []
    again.close()
