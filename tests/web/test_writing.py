"""A supporter's way from the case to the receipt."""

import pytest

from campaign.domain.letter import LetterState
from campaign.domain.urgent_action import Outcome
from campaign.flow import sending
from campaign.store import letters
from tests import given

SOL = {"name": "Sol Writer", "email": "sol@supporter.example", "country": "NZ", "consent": "y"}
WRITE = "/ua/71-26/ana-ruiz/write"


@pytest.fixture
def ana(db):
    return given.an_open_case(db)


def confirm_link(db) -> str:
    box = given.FakePostbox()
    sending.drain(given.a_sender(db, box))
    import re
    from email import message_from_bytes, policy

    text = message_from_bytes(box.posted[-1][0], policy=policy.default).get_content()
    return re.search(r"http://127\.0\.0\.1:8080(/confirm/\S+)", text)[1]


def test_the_form_comes_filled_with_a_letter_that_fits(client, ana):
    values = client.page(WRITE).form("write")["values"]

    assert "Ana Ruiz" in values["subject"]
    assert values["body"].strip().startswith("Dear Director,")
    assert "released immediately and unconditionally" in values["body"]
    assert values["channel"] == "email"
    assert "consent" not in values and "news" not in values


def test_a_letter_is_written_confirmed_and_sent(client, db, ana):
    receipt = client.send(WRITE, **SOL).location
    assert "Waits for your yes" in client.page(receipt).text

    link = confirm_link(db)
    for _ in range(10):  # mail scanners follow links
        assert "Send this letter?" in client.page(link).text
    assert letters.letter(db, 1).state is LetterState.UNCONFIRMED
    assert client.send(link).location == receipt
    assert "waits in our queue" in client.page(receipt).text

    box = given.FakePostbox()
    sending.drain(given.a_sender(db, box))
    assert "Sent: our mail server accepted it" in client.page(receipt).text
    assert len(box.to("director@justice.example")) == 1
    assert "You have said yes already" in client.page(link).text


def test_the_same_form_sent_twice_makes_one_letter(client, db, ana):
    form = client.page(WRITE).form("write")
    values = form["values"] | SOL

    first, second = client.post(form["action"], data=values), client.post(form["action"], data=values)

    assert first.location == second.location
    assert len(db.rows("SELECT id FROM letters")) == 1


WRONG = {
    "a missing consent": ({"consent": None}, "tick this"),
    "a wrong address": ({"email": "sol at example"}, "does not look like an e-mail address"),
    "no address": ({"email": ""}, "We need your e-mail address"),
    "a name of 500 letters": ({"name": "S" * 500}, "At most 100 characters"),
    "no name": ({"name": "  "}, "write something"),
    "a name that is an address": ({"name": "Evil <evil@example.org>"}, "cannot have any of these signs"),
    "an empty letter": ({"body": " \n "}, "write something"),
    "a letter of 4,000 characters": ({"body": "word " * 800}, "At most 3,000 characters"),
    "no country": ({"country": ""}, "choose your country"),
    "a country that is none": ({"country": "XX"}, ""),
    "a channel that is none": ({"channel": "pigeon"}, ""),
    "a target that is none": ({"target": "99999"}, ""),
    "no target": ({"target": None}, "choose to whom"),
}


@pytest.mark.parametrize(("change", "sentence"), WRONG.values(), ids=list(WRONG))
def test_what_does_not_fit_comes_back_with_a_sentence_and_all_that_was_typed(client, db, ana, change, sentence):
    typed = {**SOL, "body": "Dear Director,\n\nMy own words: <b>ñandú & ‘كلمة’</b>.", "subject": "My own subject"}

    answer = client.send(WRITE, status=422, **(typed | change))

    from tests.web.conftest import Page

    page = Page(answer.text)
    assert sentence in page.text
    kept = page.form("write")["values"]
    for name, value in (typed | change).items():
        if value and name not in ("country", "channel", "target", *change):
            assert kept[name].strip() == value.strip()
    assert "<b>" not in answer.text
    assert db.rows("SELECT id FROM letters") == []


@pytest.mark.parametrize("field", ["name", "subject", "email"])
def test_line_breaks_and_hidden_marks_never_reach_a_header(client, db, ana, field):
    values = SOL | {
        field: {"email": "sol@supporter.example\r\nBcc: x@y.example"}.get(field, "Sol\r\nBcc: x\u202e\u0000y")
    }
    form = client.page(WRITE).form("write")
    client.post(form["action"], data=form["values"] | values)

    for row in db.rows("SELECT name, subject, email FROM letters"):
        assert not any(ord(c) < 32 or c == "\u202e" for c in "".join(row.values()))


def test_a_closed_case_says_why_when_and_where_and_offers_an_open_one(client, db):
    ana, _ = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    stale = client.page(WRITE).form("write")
    given.close(db, ana, outcome=Outcome.RELEASED)

    page = client.page(WRITE, status=410)
    for words in ("has ended", "22 November 2026", "Her lawyer wrote to us.", "Decision of Ada", "Bo Chen"):
        assert words in page.text
    assert "/ua/71-26/bo-chen/write" in page.links.values()

    answer = client.post(stale["action"], data=stale["values"] | SOL | {"body": "What I had typed for an hour."})
    assert answer.status_code == 410
    assert "What I had typed for an hour." in answer.text
    assert db.rows("SELECT id FROM letters") == []


def test_a_confirmation_that_comes_after_the_closing_sends_nothing(client, db, ana):
    client.send(WRITE, **SOL)
    link = confirm_link(db)
    token_page = client.page(link).form("confirm")
    given.close(db, ana)

    assert "no longer waits" in client.page(link).text
    client.post(token_page["action"], data=token_page["values"])
    assert letters.letter(db, 1).state is LetterState.STOPPED


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("Sol@BÜCHER.example", "Sol@xn--bcher-kva.example"), ("sol@supporter.test", "sol@supporter.test")],
)
def test_an_address_is_kept_as_it_will_be_written_to(client, db, ana, typed, kept):
    client.send(WRITE, **SOL | {"email": typed, "country": "new zealand"})

    assert db.rows("SELECT email, country FROM letters") == [{"email": kept, "country": "NZ"}]


def test_a_letter_to_an_official_who_was_replaced_is_not_confirmed_and_the_way_on_is_shown(client, db, ana):
    client.send(WRITE, **SOL)
    link = confirm_link(db)
    newer = given.ADDRESSEE.replace("Pavel Testov", "Nina Newova").replace("director@", "nina@")
    given.take_in(db, given.an_output("Ana Ruiz", ordinal=2, addressee=newer))

    page = client.page(link, status=409)
    assert "no longer go to Director Pavel Testov" in page.text and WRITE in page.links.values()
    assert letters.letter(db, 1).state is LetterState.UNCONFIRMED


def test_a_form_without_its_token_changes_nothing(client, app, db, ana):
    values = client.page(WRITE).form("write")["values"] | SOL
    stranger = app.test_client()

    assert stranger.post(WRITE, data=values).status_code == 422
    assert stranger.post(WRITE, data={**values, "csrf_token": ""}).status_code == 422
    assert db.rows("SELECT id FROM letters") == []


def test_own_mail_opens_the_supporters_program_and_can_be_reported(client, db, ana):
    receipt = client.send(WRITE, channel="own_mail", **{**SOL, "email": ""}).location
    page = client.page(receipt)
    link = page.links["My mail program"]
    assert link.startswith("mailto:director@justice.example?subject=") and "Sol%20Writer" in link

    client.send(receipt, part="/sent/")
    assert letters.letter(db, 1).state is LetterState.REPORTED
    assert "You told us" in client.page(receipt).text


def test_a_letter_for_the_post_has_a_page_to_print_until_the_case_closes(client, db, ana):
    receipt = client.send(WRITE, channel="post", **SOL).location
    printed = client.page(receipt).links["Plain page to print"]
    text = client.page(printed).text
    assert "1 Square of the Law" in text and "Sol Writer" in text

    given.close(db, ana)

    assert client.page(printed, status=410)
    assert "Plain page to print" not in client.page(receipt).links
    assert "Please send nothing now" in client.page(receipt).text


def test_without_a_known_addressee_the_letter_is_shown_but_cannot_be_sent(client, db):
    given.take_in(db, given.an_output("Ana Ruiz", ordinal=1, says={"Ana Ruiz": given.OPEN}, addressee=None))

    page = client.page(WRITE)
    assert "The addressee is not known yet" in page.text
    assert "Ana Ruiz" in page.text
    assert page.forms == []


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_every_letter_is_offered_in_every_language(client, ana, language):
    for link in client.page(WRITE).links.values():
        if f"language={language}" in link:
            assert "Ana Ruiz" in client.page(link).form("write")["values"]["body"]


def test_too_many_mails_to_one_address_are_refused_with_what_was_typed(client, db, ana):
    for _ in range(2):
        client.send(WRITE, **SOL)
    answer = client.send(WRITE, status=429, **SOL | {"body": "My third letter today."})

    assert "try again after 23 November 2026, 00:00 UTC" in " ".join(answer.text.split())
    assert "My third letter today." in answer.text
