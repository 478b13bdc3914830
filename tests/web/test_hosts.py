"""A name that is not ours leads nowhere, and no link is made from the name that was asked for."""

from dataclasses import replace

import pytest

from campaign.settings import SettingWrong, from_environment
from campaign.web.app import create_app
from tests import given
from tests.web.conftest import House, Page
from tests.web.given_forms import SOL, WRITE, mails


@pytest.fixture
def public(db, settings):
    app = create_app(
        replace(settings, base_url="https://letters.example.org", hosts="www.example.org, .example.net"), db
    )
    app.test_client_class = House
    app.extensions["desk"].clock = lambda: given.NOON
    return app.test_client()


@pytest.mark.parametrize(
    "host",
    [
        "letters.example.org",
        "Letters.Example.ORG",
        "letters.example.org:443",
        "www.example.org",
        "eu.example.net",
        "localhost",
        "127.0.0.1:8080",
    ],
)
def test_our_names_are_answered(public, host):
    assert public.get("/", headers={"Host": host}).status_code == 200
    assert public.get("/health", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "letters.example.org.evil.example", "letters.example.org@evil.example", "evil"]
)
@pytest.mark.parametrize("path", ["/", "/health", "/sign-in", "/static/style.css", "/nothing-here"])
def test_other_names_get_a_plain_page(public, host, path):
    answer = public.get(path, headers={"Host": host})

    assert answer.status_code == 400 and "by a name that it does not go by" in answer.text
    assert "evil" not in answer.text and "Content-Security-Policy" in answer.headers
    assert public.post(path, headers={"Host": host}).status_code == 400


def test_links_in_mails_are_made_from_the_public_address(public, db):
    given.an_open_case(db)
    form = public.get(WRITE, headers={"Host": "www.example.org"})
    values = Page(form.text).form("write")["values"] | SOL
    assert (
        public.post(
            WRITE, data=values, headers={"Host": "www.example.org", "X-Forwarded-Host": "evil.example"}
        ).status_code
        == 303
    )

    told = mails(db)[-1].get_content()
    assert "https://letters.example.org/confirm/" in told and "www.example.org" not in told and "evil" not in told


def test_a_forwarded_name_counts_only_from_as_many_proxies_as_there_are(db, settings):
    for proxies, status in ((0, 200), (1, 400)):
        app = create_app(replace(settings, proxies=proxies), db)
        client = app.test_client()
        assert client.get("/", headers={"X-Forwarded-Host": "evil.example"}).status_code == status


def test_hosts_and_second_step_are_read_and_refused_in_a_sentence(tmp_path):
    words = {"CAMPAIGN_DATA": str(tmp_path)}
    read = from_environment(words | {"CAMPAIGN_HOSTS": "a.example, B.example", "CAMPAIGN_SECOND_STEP": "everyone"})
    assert (
        read.trusted_hosts == ["127.0.0.1", "a.example", "b.example", "localhost"] and read.second_step_of == "everyone"
    )
    for address, demo, expected in (
        ("https://x.example", "no", "admins"),
        ("https://x.example", "yes", "nobody"),
        ("http://x.example", "no", "nobody"),
    ):
        asked = words | {"CAMPAIGN_BASE_URL": address, "CAMPAIGN_DEMO": demo}
        assert from_environment(asked).second_step_of == expected
    for word, value in (
        ("HOSTS", "https://a.example"),
        ("HOSTS", "a.example:80"),
        ("HOSTS", "*"),
        ("SECOND_STEP", "perhaps"),
    ):
        with pytest.raises(SettingWrong, match=f"CAMPAIGN_{word}"):
            from_environment(words | {f"CAMPAIGN_{word}": value})
