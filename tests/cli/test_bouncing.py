"""Delivery reports at the terminal: from a pipe, as mail servers call us, and from a mailbox."""

import pytest

from campaign.store import cases, letters
from campaign.store.database import connect
from tests import given
from tests.cli.test_commands import Terminal
from tests.imap_server import imap_server
from tests.reports_given import postfix, vacation

OFFICE = given.an_office(bounces="bounces@letters.example")
WORDS = {"CAMPAIGN_SECRET_KEY": OFFICE.secret_key, "CAMPAIGN_BOUNCES": OFFICE.bounces}


@pytest.fixture
def campaign(tmp_path) -> Terminal:
    made = Terminal(tmp_path)
    made("migrate")
    made("ingest", made.file("first.txt", given.an_output("Ana Ruiz", "Bo Chen")))
    return made


@pytest.fixture
def paths(campaign) -> list[str]:
    """Two letters that have left, by the addresses for reports on them."""
    db = connect(f"sqlite:{campaign.folder / 'campaign-data' / 'campaign.db'}")
    written = [given.a_letter(db, cases.case_named(db, name)) for name in ("ana", "bo")]
    db.close()
    campaign("send", "--once", **WORDS)
    return [OFFICE.return_path(letter.id, letter.message_id) for letter in written]


def came_back(campaign) -> list[int]:
    db = connect(f"sqlite:{campaign.folder / 'campaign-data' / 'campaign.db'}")
    found = [id for id in (1, 2) if letters.letter(db, id).bounced_at]
    db.close()
    return found


def test_a_report_in_the_pipe_marks_the_letter_once(campaign, paths):
    first = campaign("bounce", typed=postfix(paths[0]).decode(), **WORDS)
    again = campaign("bounce", "--to", paths[0], typed=postfix("root@x.example").decode(), **WORDS)

    assert first.stdout == again.stdout == ""
    assert "Letter 1 came back (hard). 5.1.1: 550" in first.stderr and "known already" in again.stderr
    assert came_back(campaign) == [1]
    assert [row["reason"][:11] for row in campaign.rows("export", "events") if row["kind"] == "bounce"] == [
        "hard: 5.1.1"
    ]
    campaign("check")


def test_what_is_no_report_on_a_letter_of_ours_ends_with_2_and_a_sentence(campaign, paths):
    strange = paths[0].replace("+1-", "+2-")
    for message, words in (
        ("", "not a delivery report"),
        (vacation(paths[0]).decode(), "automatic answer"),
        (postfix(strange).decode(), "forged"),
        (postfix("root@x.example").decode(), "did not come to an address"),
        ("x" * 5_000_000, "larger than"),
    ):
        assert words in campaign("bounce", typed=message, status=2, **WORDS).stderr
    assert came_back(campaign) == []


def test_a_database_that_is_not_to_be_had_lets_the_mail_server_try_again(tmp_path):
    assert "campaign migrate" in Terminal(tmp_path)("bounce", typed=postfix().decode(), status=75).stderr


def test_a_mailbox_is_read_and_nothing_twice(campaign, paths):
    with imap_server([postfix(paths[1]), b"Subject: hello\r\n\r\nHello.", postfix(paths[1])]) as server:
        done = campaign("bounce", "--mailbox", server.url, **WORDS)
        again = campaign("bounce", "--mailbox", CAMPAIGN_BOUNCE_MAILBOX=server.url, **WORDS)

        assert server.flags == {1: {r"\Seen"}, 2: {r"\Seen", r"\Flagged"}, 3: {r"\Seen"}}
    assert "3 messages read: 1 letters came back, 1 messages are none of ours" in done.stderr
    assert "0 messages read" in again.stderr
    assert came_back(campaign) == [2]


def test_a_mailbox_that_cannot_be_read_is_told_without_its_password(campaign):
    with imap_server([], refused="LOGIN") as server:
        refused = campaign("bounce", "--mailbox", CAMPAIGN_BOUNCE_MAILBOX=server.url, status=75)
    wrong = campaign("bounce", "--mailbox", CAMPAIGN_BOUNCE_MAILBOX="imap://olu:secret@mail.example/", status=2)
    none = campaign("bounce", "--mailbox", status=2)

    assert "se\\cr" not in refused.stderr and "cannot be read" in refused.stderr
    assert "imaps://" in wrong.stderr and "secret" not in wrong.stderr
    assert "CAMPAIGN_BOUNCE_MAILBOX" in none.stderr


def test_an_address_for_reports_must_leave_room_for_the_word(campaign):
    for wrong in ("bounces", "a@b@c.example", f"{'b' * 40}@letters.example", "a b@letters.example"):
        assert "CAMPAIGN_BOUNCES" in campaign("cases", status=2, CAMPAIGN_BOUNCES=wrong).stderr
