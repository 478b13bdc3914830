"""A supporter's way from the case to the receipt."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from campaign.domain.letter import LetterState
from campaign.domain.urgent_action import Outcome
from campaign.flow import sending
from campaign.store import counts, letters
from tests import given
from tests.web.conftest import Page
from tests.web.given_forms import SOL, WRITE, confirm_link, mails

FORMS = 300


@pytest.fixture
def ana(db):
    return given.an_open_case(db)


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
    for words in ("has ended", "22 November 2026", "Her lawyer wrote to us.", "Decision of an admin", "Bo Chen"):
        assert words in page.text
    assert "/ua/71-26/bo-chen/write" in page.links.values()

    answer = client.post(stale["action"], data=stale["values"] | SOL | {"body": "What I had typed for an hour."})
    assert answer.status_code == 410
    assert "What I had typed for an hour." in answer.text
    assert db.rows("SELECT id FROM letters") == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("Sol@BÜCHER.example", "Sol@xn--bcher-kva.example"), ("sol@supporter.test", "sol@supporter.test")],
)
def test_an_address_is_kept_as_it_will_be_written_to(client, db, ana, typed, kept):
    client.send(WRITE, **SOL | {"email": typed, "country": "new zealand"})

    assert db.rows("SELECT email, country FROM letters") == [{"email": kept, "country": "NZ"}]


def test_a_form_without_its_token_changes_nothing(client, app, db, ana):
    values = client.page(WRITE).form("write")["values"] | SOL
    stranger = app.test_client()

    assert stranger.post(WRITE, data=values).status_code == 422
    assert stranger.post(WRITE, data={**values, "csrf_token": ""}).status_code == 422
    assert db.rows("SELECT id FROM letters") == []


def test_without_a_known_addressee_the_letter_is_shown_but_cannot_be_sent(client, db):
    given.take_in(db, given.an_output("Ana Ruiz", ordinal=1, says={"Ana Ruiz": given.OPEN}, addressee=None))

    page = client.page(WRITE)
    assert "The addressee is not known yet" in page.text
    assert "Ana Ruiz" in page.text
    assert page.forms == []


def test_too_many_mails_to_one_address_are_refused_with_what_was_typed(client, db, ana):
    for _ in range(2):
        client.send(WRITE, **SOL)
    answer = client.send(WRITE, status=429, **SOL | {"body": "My third letter today."})

    assert "try again after 23 November 2026, 00:00 UTC" in " ".join(answer.text.split())
    assert "My third letter today." in answer.text


# Starting from other words


def test_the_answers_are_worked_in_before_the_letter_is_sent_and_again_when_it_is(client, db, ana):
    form = client.page(WRITE).form("write")
    answered = form["values"] | {"moved": "her courage", "matters": "I taught there once"}

    page = Page(client.post(WRITE, data=answered | {"look": "weave"}).text)
    shown = page.form("write")["values"]
    assert ": her courage." in shown["body"] and ": I taught there once." in shown["body"]
    assert shown["moved"] == shown["matters"] == ""
    assert db.rows("SELECT id FROM letters") == []

    client.post(WRITE, data=shown | SOL)
    client.post(WRITE, data=answered | SOL | {"form_key": "another"})
    first, second = letters.letter(db, 1), letters.letter(db, 2)
    assert first.body == second.body and first.has_own_words and second.has_own_words


def test_two_browsers_get_two_drafts_and_each_the_same_again(app, client, ana):
    def body(browser):
        return browser.page(WRITE).form("write")["values"]["body"]

    assert body(client) == body(client)
    assert len({body(app.test_client()) for _ in range(6)}) > 3


def test_another_draft_in_another_language_takes_the_place_and_what_was_typed_stands_beside_it(client, ana):
    form = client.page(WRITE).form("write")
    assert {"en/release", "fr/release", "es/release"} <= set(form["choices"]["another"])

    typed = form["values"] | {"body": "My own words for an hour.", "another": "fr/release", "look": "draft"}
    page = Page(client.post(WRITE, data=typed).text)
    shown = page.form("write")["values"]

    assert shown["language"] == "fr" and "Ana Ruiz" in shown["body"] and "libér" in shown["body"]
    assert "What you had before" in page.text and "My own words for an hour." in page.text
    untouched = Page(client.post(WRITE, data=form["values"] | {"another": "es/release", "look": "draft"}).text)
    assert "What you had before" not in untouched.text
    assert client.post(WRITE, data=form["values"] | {"another": "tlh/none", "look": "draft"}).status_code == 404


def test_what_could_harm_is_pointed_out_while_it_is_typed(client, db):
    _, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    given.close(db, bo)
    values = client.page(WRITE).form("write")["values"]
    typed = values | {"body": "Dear Director,\n\nPlease release Ana Ruiz and Bo Chen. See https://evil.example"}

    found = client.post(f"{WRITE[:-6]}/check", data=typed).json
    page = Page(client.post(WRITE, data=typed | {"look": "check"}).text)

    texts = [note["text"] for note in found["notes"] if note["grave"]]
    assert any("Bo Chen, whose appeal has ended" in text for text in texts)
    assert any("https://evil.example" in text for text in texts)
    assert "one of our organizers looks at it first" in found["held"] and found["held"] in page.text
    assert all(text in page.text for text in texts)
    fine = client.post(f"{WRITE[:-6]}/check", data=values).json
    assert fine == {"notes": [], "held": ""}
    assert db.rows("SELECT id FROM letters") == []


# Who writes, and how it travels


def test_initials_stand_under_the_letter_where_they_are_wanted(client, db, ana):
    receipt = client.send(WRITE, initials="y", **SOL | {"name": "Sol van Writer"}).location

    assert letters.letter(db, 1).name == "S. V. W."
    assert "Sol van Writer" not in client.page(receipt).text


def test_the_official_can_answer_only_where_the_writer_says_so(client, db, ana):
    for wanted in (None, "y"):
        email = f"sol-{wanted}@supporter.example"
        client.send(WRITE, answers=wanted, **SOL | {"email": email})
        client.send(confirm_link(db), part="/confirm/")
        letter = mails(db)[-1]
        assert letter["To"] == "director@justice.example"
        assert letter["Reply-To"] == (email if wanted else None)
        assert (email in letter.as_string()) == bool(wanted)


def test_a_copy_for_the_embassy_is_offered_where_the_documents_ask_for_it_and_counted_apart(client, db):
    assert "embassy" not in client.page(for_bo(db)).text.casefold()
    ana = given.an_open_case(db, copies="COPIES TO: Diplomatic representatives of Togo accredited to your country")
    assert ana.to_embassy

    receipt = client.send(WRITE, embassy="y", channel="post", **SOL).location
    page = client.page(receipt)

    assert "A copy for the embassy in your country" in page.text
    assert "Embassy of Togo" in page.text and "New Zealand" in page.text
    assert counts.numbers(db)["opened elsewhere"] == 1 and counts.embassy_copies(db) == 0
    client.send(receipt, part="/sent/2", day="2026-11-22")
    assert counts.numbers(db)["reported sent"] == 0 and counts.embassy_copies(db) == 1


def for_bo(db) -> str:
    return f"/ua/72-26/{given.an_open_case(db, 'Bo Chen', ua='72/26').slug}/write"


def test_only_ways_that_lead_to_an_official_are_offered(client, db):
    only_post = given.ADDRESSEE.replace("Email: director@justice.example\n", "")
    given.an_open_case(db, addressee=only_post)
    form = client.page(WRITE).form("write")

    assert form["choices"]["channel"] == ["post"] and form["values"]["channel"] == "post"
    answer = client.post(WRITE, data=form["values"] | SOL | {"channel": "email", "body": "My words."})
    assert answer.status_code == 409 and "please send this letter by post" in answer.text and "My words." in answer.text


# Against machines, and against harm


@pytest.mark.parametrize("sender", ["director@justice.example", "Director@Justice.example", "letters@campaign.example"])
def test_an_official_or_ourselves_cannot_be_the_sender(client, db, ana, sender):
    answer = client.send(WRITE, status=422, **SOL | {"email": sender, "body": "My words."})

    assert "address of an official, or one of ours" in answer.text and "My words." in answer.text
    assert db.rows("SELECT id FROM letters") == []


def test_a_field_that_nobody_sees_catches_programs_and_loses_nothing(client, db, ana):
    answer = client.send(WRITE, status=422, website="http://spam.example", **SOL | {"body": "My words."})

    page = Page(answer.text)
    assert "A program seems to have filled in" in page.text
    assert page.form("write")["values"]["website"] == "" and "My words." in page.form("write")["values"]["body"]
    assert db.rows("SELECT id FROM letters") == []


def test_what_is_sent_in_haste_weighs_more_where_letters_are_limited(app, db, ana):
    app.extensions["desk"].office = replace(app.extensions["desk"].office, letters_per_network=6)
    far = {"REMOTE_ADDR": "203.0.113.7"}

    def write(after: int):
        client = app.test_client()
        app.extensions["desk"].clock = lambda: given.NOON
        form = Page(client.get(WRITE, environ_base=far).text).form("write")["values"]
        app.extensions["desk"].clock = lambda: given.NOON + timedelta(seconds=after)
        who = {"email": f"{given.a_token()}@supporter.example"}
        return client.post(WRITE, data=form | SOL | who | {"body": "My words."}, environ_base=far)

    assert [write(60).status_code, write(0).status_code] == [303, 303]  # one, and five
    refused = write(60)
    assert refused.status_code == 429 and "My words." in refused.text
    assert "Please try again after 22 November 2026, 13:00 UTC" in " ".join(refused.text.split())
    assert app.test_client().send(WRITE, **SOL), "other networks go on"
    assert "203.0.113" not in str(db.rows("SELECT counted FROM limits"))


def test_forms_sent_eight_times_at_once_make_one_letter_each(app, db, ana):
    first = app.test_client()
    values = first.page(WRITE).form("write")["values"]
    cookie = first.get_cookie("campaign").value
    forms = [
        values | SOL | {"form_key": f"form-{n}", "email": f"sol{n}@supporter.example", "channel": "post"}
        for n in range(FORMS)
    ]

    def post(n: int) -> str:
        client = app.test_client()
        client.set_cookie("campaign", cookie)
        return client.post(WRITE, data=forms[n % FORMS]).location

    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(post, sorted(range(8 * FORMS), key=lambda n: n % FORMS)))

    assert len(set(receipts)) == FORMS and None not in receipts
    assert db.rows("SELECT count(*) AS n FROM letters") == [{"n": FORMS}]
