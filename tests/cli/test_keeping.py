"""Backups are made while everything runs, and put back only where nothing does."""

import contextlib
import os
import shutil

import pytest

from campaign.store import cases
from campaign.store.database import Database, connect
from tests import given
from tests.cli.test_commands import Terminal, campaign  # noqa: F401 - a fixture
from tests.given import CLOSED, OPEN


@pytest.fixture
def started(campaign: Terminal) -> Terminal:  # noqa: F811
    campaign("migrate")
    campaign("ingest", campaign.file("first.txt", given.an_output("Ana Ruiz", "Bo Chen")))
    return campaign


@contextlib.contextmanager
def opened(terminal: Terminal):
    place = terminal.folder / "campaign-data"
    with contextlib.closing(connect(f"sqlite:{place / 'campaign.db'}", ledger=place / "ledger.jsonl")) as db:
        yield db


def waiting_letters(db: Database, *names: str) -> None:
    for name in names:
        given.a_letter(db, cases.case_named(db, name))


def states(terminal: Terminal) -> dict[str, str]:
    return {row["case"]: row["status"] for row in terminal.rows("cases")}


def test_a_backup_overwrites_nothing_and_says_what_is_in_it(started):
    with opened(started) as db:  # as web and sender have it
        waiting_letters(db, "ana", "bo")
        told = started("backup", "kept.db").stderr
    assert "2 cases, 1 documents, 2 letters" in told and "bytes" in told

    before = (started.folder / "kept.db").read_bytes()
    assert "there already" in started("backup", "kept.db", status=3).stderr
    assert (started.folder / "kept.db").read_bytes() == before
    assert "No backup was made" in started("backup", "no-such-folder/kept.db", status=3).stderr
    assert sorted(path.name for path in started.folder.glob("kept*")) == ["kept.db"]
    secret = (started.folder / "campaign-data" / "secret-key").read_bytes()
    assert secret not in before
    assert (started.folder / "kept.db").stat().st_mode & 0o077 == 0


def test_what_is_put_back_closes_again_and_sends_nothing_again(started):
    with opened(started) as db:
        waiting_letters(db, "ana", "bo")
    started("backup", "kept.db")
    final = given.an_output(ordinal=2, final=True, says={"Ana Ruiz": CLOSED, "Bo Chen": OPEN})
    started("ingest", started.file("final.txt", final))
    started("send", "--once")
    mails = len(list((started.folder / "campaign-data" / "outbox").glob("*.eml")))

    with opened(started) as db:
        db.rows("SELECT 1 AS one")
        assert "in use" in started("restore", "kept.db", status=3).stderr
    told = started("restore", "kept.db").stderr

    assert "71-26/ana-ruiz is closed again" in told and "1 closings, 1 sendings" in told and "1 sent by us" in told
    assert states(started) == {"71-26/ana-ruiz": "closed", "71-26/bo-chen": "open"}
    assert len(list((started.folder / "campaign-data").glob("campaign-replaced-*.db"))) == 1
    started("check")
    letters = {row["case"]: row["state"] for row in started.rows("export", "letters")}
    assert letters == {"71-26/ana-ruiz": "stopped", "71-26/bo-chen": "sent"}
    started("send", "--once")
    officials = [
        mail for mail in (started.folder / "campaign-data" / "outbox").glob("*.eml")
        if b"director@justice.example" in mail.read_bytes()
    ]  # fmt: skip
    assert mails == 3 and len(officials) == 1
    assert "0 closings, 0 sendings" in started("restore", "--replay").stderr


def test_a_database_put_back_by_hand_sends_nothing_until_the_ledger_is_replayed(started):
    place = started.folder / "campaign-data"
    with opened(started) as db:
        waiting_letters(db, "ana", "bo")
    started("backup", "kept.db")
    started("close", "ana", "--reason", "Free.")
    shutil.copy(started.folder / "kept.db", place / "campaign.db")

    refused = started("send", "--once", status=3)
    assert "older than its ledger" in refused.stderr and "campaign restore --replay" in refused.stderr
    assert not list((place / "outbox").glob("*.eml"))
    assert "older than its ledger" in started("check", status=1).stdout
    started("close", "bo", "--reason", "Free too.")
    started("restore", "--replay")

    assert set(states(started).values()) == {"closed"}
    started("check")
    started("send", "--once")


def test_a_ledger_that_cannot_be_written_stops_the_sender_and_not_a_closing(started):
    ledger = started.folder / "campaign-data" / "ledger.jsonl"
    ledger.mkdir()
    with opened(started) as db:
        waiting_letters(db, "bo")

    assert "nothing is sent" in started("close", "ana", "--reason", "Free.").stderr
    assert states(started)["71-26/ana-ruiz"] == "closed"
    assert "nothing is sent" in started("send", "--once", status=3).stderr
    assert "cannot be read and written" in started("check", status=1).stdout
    ledger.rmdir()
    started("send", "--once")
    started("check")
    assert oct(os.stat(ledger).st_mode & 0o777) == "0o600"


def test_a_ledger_that_is_lost_is_begun_anew_only_when_somebody_says_so(started):
    started("close", "ana", "--reason", "Free.")
    (started.folder / "campaign-data" / "ledger.jsonl").unlink()

    assert "--ledger-is-lost" in started("send", "--once", status=3).stderr
    started("restore", "--replay", status=3)
    started("restore", "--replay", "--ledger-is-lost")
    started("send", "--once")
    started("check")


def test_what_is_no_backup_is_not_put_back(started):
    assert "Usage:" in started("backup", "--help").stdout and "Usage:" in started("restore", "--help").stdout
    started("restore", status=2)
    started("restore", "kept.db", "--replay", status=2)
    assert "no such file" in started("restore", "kept.db", status=3).stderr
    started.file("kept.db", b"SQLite format 3\0 and then nothing of the kind")
    assert "Nothing was changed" in started("restore", "kept.db", status=3).stderr
    assert states(started)["71-26/ana-ruiz"] == "open"
