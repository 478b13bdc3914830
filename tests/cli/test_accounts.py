"""Accounts in the terminal, and what `check` says of the settings."""

from datetime import UTC, datetime

import pytest

from campaign.cli.advice import risks
from campaign.domain.account import Account, Role
from campaign.settings import Settings
from tests.cli.test_commands import campaign  # noqa: F401 - a fixture

NOW = datetime(2026, 11, 22, tzinfo=UTC)
SAFE = Settings(
    base_url="https://letters.example.org",
    proxies=1,
    sender="letters@example.org",
    smtp="smtp://mail.example.org?tls=starttls",
)
ADA = Account(1, "Ada", Role.ADMIN, NOW, second_step_at=NOW)


def test_accounts_are_made_invited_changed_and_closed(campaign):  # noqa: F811
    campaign("migrate")
    password = campaign("account", "add", "Ada", "--role", "admin").stdout.strip()
    assert len(password) >= 12
    campaign("account", "add", "ada", "--role", "organizer", status=3)
    assert "the only admin" in campaign("account", "role", "Ada", "--role", "organizer", status=3).stderr
    assert "the only admin" in campaign("account", "close", "Ada", status=3).stderr
    campaign("account", "add", "Bea", "--role", "admin", "--password-stdin", typed="a long password\n")
    campaign("account", "role", "Ada", "--role", "organizer", "--by", "Bea")
    campaign("account", "password", "Ada")
    campaign("account", "unblock", "Ada")
    assert "no second step" in campaign("account", "reset-second-step", "Ada", status=3).stderr
    campaign("account", "close", "Ada")
    campaign("account", "password", "Ada", status=3)

    rows = campaign.rows("account", "list")
    assert [(row["name"], row["role"], row["second_step"]) for row in rows] == [
        ("Ada", "organizer", "no"),
        ("Bea", "admin", "no"),
    ]
    changes = [(row["actor"], row["before"], row["after"]) for row in campaign.rows("export", "events")]
    assert ("Bea", "admin", "organizer") in changes and ("terminal", "organizer", "closed") in changes


def test_an_invitation_is_printed_once_and_taken_back(campaign):  # noqa: F811
    campaign("migrate")
    done = campaign("account", "invite", "Olu", "--role", "organizer", CAMPAIGN_BASE_URL="https://letters.example.org")
    assert done.stdout.startswith("https://letters.example.org/invitation/") and len(done.stdout.split()) == 1
    assert "Olu alone" in done.stderr

    campaign("account", "revoke", "olu")
    campaign("account", "revoke", "Olu", status=3)
    campaign("account", "invite", "", "--role", "organizer", status=3)
    campaign("account", "invite", "O\nlu", "--role", "organizer", status=3)


def test_check_says_what_is_risky_and_does_not_fail_for_it(campaign):  # noqa: F811
    campaign("migrate")
    said = campaign("check").stderr
    for words in (
        "without https",
        "CAMPAIGN_SENDER is still",
        "nothing leaves",
        "no admin who could",
        "No second step",
    ):
        assert words in said
    assert "CAMPAIGN_HOSTS" in campaign("check", status=2, CAMPAIGN_HOSTS="https://x").stderr


def test_nothing_is_said_where_nothing_is_risky():
    assert risks(SAFE, [ADA]) == []


@pytest.mark.parametrize(
    ("changed", "accounts", "words"),
    [
        ({"base_url": "http://letters.example.org", "second_step": "admins"}, [ADA], "without https"),
        ({"base_url": "http://letters.example.org", "second_step": "admins"}, [ADA], "make up where they come from"),
        ({"proxies": 0}, [ADA], "CAMPAIGN_PROXIES is 0"),
        ({"smtp": ""}, [ADA], "nothing leaves"),
        ({"smtp": "smtp://mail.example.org?tls=none"}, [ADA], "unencrypted"),
        ({"sender": Settings().sender}, [ADA], "nobody can answer"),
        ({"demo": True, "second_step": "admins"}, [ADA], "CAMPAIGN_DEMO"),
        ({"second_step": "nobody"}, [ADA], "No second step"),
        ({}, [Account(1, "Ada", Role.ADMIN, NOW)], "Ada is an admin without a second step"),
        ({}, [Account(1, "Ada", Role.ADMIN, NOW, closed_at=NOW)], "no admin"),
    ],
)
def test_each_risk_is_told_in_a_sentence(changed, accounts, words):
    told = risks(Settings(**{**vars(SAFE), **changed}), accounts)
    assert [sentence for sentence in told if words in sentence and sentence.endswith((".", "admin"))]
