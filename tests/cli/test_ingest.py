"""Documents out of a folder and a mailbox at the terminal, and beside the sender."""

import contextlib
import os
import signal
import subprocess
import sys
import time

import pytest

from tests import given
from tests.cli.test_commands import HOUSE, Terminal
from tests.given import CLOSED, OPEN
from tests.imap_server import imap_server
from tests.mails_given import a_mail

FIRST = given.an_output("Ana Ruiz", "Bo Chen")
FINAL = given.an_output(ordinal=2, final=True, says={"Ana Ruiz": CLOSED, "Bo Chen": OPEN})


@pytest.fixture
def campaign(tmp_path) -> Terminal:
    made = Terminal(tmp_path)
    made("migrate")
    (tmp_path / "in").mkdir()
    return made


def standing(campaign) -> dict[str, str]:
    return {row["person"]: row["status"] for row in campaign.rows("cases")}


@contextlib.contextmanager
def sender(campaign, **words: str):
    """`campaign send` beside the test, ended with TERM as an operator does."""
    clean = {word: value for word, value in os.environ.items() if not word.startswith("CAMPAIGN_")}
    running = subprocess.Popen(
        [sys.executable, "-m", "campaign", "send"], cwd=campaign.folder, stderr=subprocess.PIPE, text=True,
        env={**clean, "PYTHONPATH": str(HOUSE), **words},
    )  # fmt: skip
    try:
        yield running
    finally:
        running.send_signal(signal.SIGTERM)
        _, said = running.communicate(timeout=60)
    assert running.returncode == 0, said
    assert "Traceback" not in said


def wait_for(what) -> None:
    for _ in range(300):
        if what():
            return
        time.sleep(0.1)
    raise AssertionError("it never came")


def test_a_folder_is_emptied_once_and_nothing_twice(campaign):
    for name, content in (("b final.txt", FINAL), ("first.txt", FIRST), ("recipe.txt", b"Two eggs.")):
        campaign.file(f"in/{name}", content)

    done = campaign("ingest", "--folder", "in", "--json", status=3)
    again = campaign("ingest", "--folder", CAMPAIGN_FOLDER="in")

    rows = [line.split('"state": "')[1].split('"')[0] for line in done.stdout.splitlines()]
    assert rows == ["applied", "applied", "refused"]
    assert again.stdout == again.stderr == ""
    assert sorted(os.listdir(campaign.folder / "in/taken")) == ["b final.txt", "first.txt"]
    assert standing(campaign) == {"Ana Ruiz": "closed", "Bo Chen": "open"}


def test_a_mailbox_is_emptied_and_told_in_words_and_has_no_effect(campaign):
    campaign("ingest", campaign.file("first.txt", FIRST))
    with imap_server([a_mail(("final.txt", FINAL)), a_mail(text="Lunch?", message_id="<2@x.example>")]) as server:
        done = campaign("ingest", "--mailbox", server.url)
        again = campaign("ingest", "--mailbox", CAMPAIGN_INBOX_MAILBOX=server.url)

    assert "final.txt, from ua@office.example: waits for an admin's word. It bears no signature" in done.stderr
    assert "A paper, from ua@office.example: refused." in done.stderr
    assert again.stderr == ""
    assert standing(campaign) == {"Ana Ruiz": "open", "Bo Chen": "open"}


def test_places_that_are_not_named_or_cannot_be_used_are_told_without_secrets(campaign):
    with imap_server([], refused="LOGIN") as server:
        refused = campaign("ingest", "--mailbox", CAMPAIGN_INBOX_MAILBOX=server.url, status=75)
    wrong = campaign("ingest", "--mailbox", CAMPAIGN_INBOX_MAILBOX="imap://olu:secret@mail.example/", status=2)

    assert "cannot be read" in refused.stderr and "se\\cr" not in refused.stderr
    assert "CAMPAIGN_INBOX_MAILBOX" in wrong.stderr and "secret" not in wrong.stderr
    assert "CAMPAIGN_FOLDER" in campaign("ingest", "--folder", status=2).stderr
    assert "is no folder" in campaign("ingest", "--folder", "nowhere", status=3).stderr
    assert "Say what to take in" in campaign("ingest", status=2).stderr
    for domains in ("office", "a b.example", "https://office.example", "-x.example"):
        assert "CAMPAIGN_INBOX_DOMAINS" in campaign("cases", status=2, CAMPAIGN_INBOX_DOMAINS=domains).stderr


def test_beside_the_sender_folder_and_mailbox_are_looked_after(campaign):
    campaign("ingest", campaign.file("first.txt", FIRST))
    other = given.an_output("Eno Adeyo", ua="72/26")
    with imap_server([a_mail(("other.txt", other))]) as server:
        words = {"CAMPAIGN_FOLDER": "in", "CAMPAIGN_INBOX_MAILBOX": server.url}
        with sender(campaign, **words):
            campaign.file("in/final.txt", FINAL)
            wait_for((campaign.folder / "in/taken/final.txt").exists)
            wait_for(lambda: server.flags.get(1))

    assert standing(campaign) == {"Ana Ruiz": "closed", "Bo Chen": "open"}
    assert [row["state"] for row in campaign.rows("ingest", campaign.file("x.txt", other))] == ["applied"]


def test_places_that_fail_never_end_the_sender(campaign):
    words = {"CAMPAIGN_FOLDER": "nowhere", "CAMPAIGN_INBOX_MAILBOX": "imap://olu:secret@127.0.0.1:9/"}
    with sender(campaign, **words) as running:
        time.sleep(5)
        assert running.poll() is None
