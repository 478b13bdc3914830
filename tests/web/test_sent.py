"""Organizers look through letters without reading them, and settle what nobody knows."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from campaign.domain.letter import Channel, LetterState
from campaign.domain.posting import Posted, PostingResult
from campaign.flow import sending
from campaign.store import letters, lists
from campaign.store.journal import events_of_letter
from campaign.web.words import STAFF_CHANNEL_WORDS, STAFF_STATE_WORDS
from tests import given

LIST = "/organizer/sent/"
HARM = "Please free Ana Ruiz. See https://evil.example"
REFUSED = PostingResult(Posted.REFUSED, 550, "5.1.1 (address): User unknown")


@pytest.fixture
def ana(db):
    return given.an_open_case(db)


def a_refused_letter(db, case, **other):
    letter = given.a_letter(db, case, **other)
    db.run("DELETE FROM notices")
    sending.drain(given.a_sender(db, given.FakePostbox([REFUSED])))
    return letters.letter(db, letter.id)


def rows(page) -> int:
    return len({link for link in page.links.values() if link.startswith(LIST) and link[len(LIST) :].isdigit()})


# The list


def test_every_letter_is_there_with_its_state_and_the_reason_in_plain_words(olu, db, ana):
    refused, uncertain = a_refused_letter(db, ana), given.an_uncertain_letter(db, ana)

    page = olu.page(LIST)
    assert page.text.index(uncertain.number) < page.text.index(refused.number)
    assert "Ana Ruiz (UA 71/26)" in page.text and "Director Pavel Testov" in page.text
    assert "There is no mailbox at this address" in page.text and "The mail server did not answer." in page.text
    assert "Refused 1" in page.text and "Uncertain 1" in page.text
    assert page.links[refused.number] == f"{LIST}{refused.id}"


def test_neither_the_list_nor_a_letter_s_page_tells_who_wrote_and_what(olu, db, ana):
    held = given.a_letter(db, ana, body=HARM, email="sol@supporter.example")
    refused = a_refused_letter(db, ana, email="sol2@supporter.example", body="Dear Director,\n\nmy very own words.")

    for path in (LIST, f"{LIST}{held.id}", f"{LIST}{refused.id}"):
        html = olu.get(path).text
        for private in (
            "Sol Writer",
            "supporter.example",
            "very own words",
            "evil.example",
            held.receipt,
            refused.receipt,
        ):
            assert private not in html, (path, private)
    assert "Something in it has to be looked at first." in olu.page(f"{LIST}{held.id}").text


def test_the_words_for_which_a_letter_was_held_are_gone_with_its_writer(olu, db, ana):
    held = given.a_letter(db, ana, body=HARM)
    given.forget(db, held)

    assert letters.letter(db, held.id).reason == "Its writer asked to be forgotten."
    for path in (LIST, f"{LIST}{held.id}"):
        assert "evil.example" not in olu.get(path).text


def test_a_view_is_an_address_that_can_be_shared(olu, ada, db, ana):
    bo = given.an_open_case(db, "Bo Chen", ua="72/26")
    uncertain = given.an_uncertain_letter(db, ana)
    given.an_opened_letter(db, ana, Channel.POST)
    given.an_opened_letter(db, bo)

    form = olu.page(LIST).form(LIST)
    assert form["method"] == "get" and set(form["choices"]["state"]) == set(LetterState)
    view = f"{LIST}?state=uncertain&state=opened&case={ana.id}&target=1&channel=email&from=2026-11-22&to=2026-11-22"
    page = ada.page(view)
    assert rows(page) == 1 and uncertain.number in page.text and "Bo Chen (UA 72/26)" in page.text
    chosen = page.form(LIST)["values"]
    assert (chosen["case"], chosen["target"], chosen["channel"]) == (str(ana.id), "1", "email")
    assert (chosen["from"], chosen["to"]) == ("2026-11-22", "2026-11-22")
    assert rows(ada.page(f"{LIST}?channel=post")) == 1
    assert "No letter fits." in ada.page(f"{LIST}?from=2026-11-23").text


@pytest.mark.parametrize(
    "odd",
    ["state=nonsense", "case=x", "case=99999999999999999999", "case=²", "target=-1", "channel=pigeon", "from=yesterday",
     "to=0001-01-01", "to=9999-12-31", "below=x"],
)  # fmt: skip
def test_what_means_nothing_in_an_address_chooses_nothing(olu, db, ana, odd):
    given.an_opened_letter(db, ana)

    assert rows(olu.page(f"{LIST}?{odd}")) == 1


def test_a_long_list_comes_in_pages_that_keep_the_choice(olu, db, ana, monkeypatch):
    monkeypatch.setattr(lists, "A_PAGE", 2)
    for minutes in range(5):
        given.an_opened_letter(db, ana, now=given.NOON + timedelta(minutes=minutes))

    page, seen = olu.page(f"{LIST}?state=opened"), 0
    while True:
        seen += rows(page)
        if "Older letters" not in page.links:
            break
        older = page.links["Older letters"]
        assert parse_qs(urlsplit(older).query)["state"] == ["opened"]
        page = olu.page(older)
    assert seen == 5 and "Opened, not known to be sent 5" in page.text
    assert page.links["The newest"] == f"{LIST}?state=opened"


def test_what_is_uncertain_is_told_first_and_on_the_overview(olu, db, ana):
    assert "No letter is uncertain" in olu.page(LIST).text
    assert "uncertain:" not in olu.page("/organizer/").text
    given.an_uncertain_letter(db, ana)

    for path in (LIST, "/organizer/"):
        assert olu.page(path).links["One letter is uncertain"] == f"{LIST}?state=uncertain"
    given.an_uncertain_letter(db, ana, now=given.NOON + timedelta(days=1))
    assert "2 letters are uncertain" in olu.page("/organizer/").text


def test_every_state_and_channel_has_its_words_for_organizers():
    assert set(STAFF_STATE_WORDS) == set(LetterState) and set(STAFF_CHANNEL_WORDS) == set(Channel)


# One letter


def test_a_letter_s_page_tells_its_life_with_who_when_and_why(olu, db, ana):
    letter = a_refused_letter(db, ana)

    text = olu.page(f"{LIST}{letter.id}").text
    life = [
        "Waits for its writer’s yes",
        "a supporter",
        "Waits in our queue",
        "Being handed over",
        "the sender",
        "Refused",
    ]
    places = [text.rindex(words) for words in life[:1]] + [text.index(words, text.index("On record")) for words in life]
    assert places[1:] == sorted(places[1:])
    assert letter.message_id in text and "Tries 1" in text
    assert "In the mail server’s own words: 550 5.1.1 (address): User unknown" in text
    assert "22 November 2026, 12:00 UTC" in text


def test_a_page_of_no_letter_is_none(olu):
    assert olu.get(f"{LIST}999").status_code == 404
    assert olu.post(f"{LIST}999/settle", data={"outcome": "sent"}).status_code == 404


def test_a_letter_of_every_kind_has_its_page(olu, db, ana):
    given.an_unconfirmed_letter(db, ana)
    given.an_opened_letter(db, ana, Channel.POST)
    given.close(db, ana)
    bo = given.an_open_case(db, "Bo Chen", ua="72/26")
    gone = given.a_letter(db, bo)
    sending.drain(given.a_sender(db, given.FakePostbox()))
    given.forget(db, gone)

    assert "none before its writer’s yes" in olu.page(f"{LIST}1").text
    assert "Her lawyer wrote to us." in olu.page(f"{LIST}1").text
    assert "By post" in olu.page(f"{LIST}2").text
    assert "Its writer was forgotten · 22 November" in olu.page(f"{LIST}{gone.id}").text


# Settling


@pytest.mark.parametrize(("outcome", "words"), [("sent", "Sent: our mail server took it"), ("refused", "Refused")])
def test_an_organizer_settles_an_uncertain_letter_with_a_reason(olu, client, db, ana, outcome, words):
    letter = given.an_uncertain_letter(db, ana)
    page = f"{LIST}{letter.id}"

    assert "write something" in olu.send(page, part="/settle", status=422, reason=" ", outcome=outcome).text
    assert olu.send(page, part="/settle", status=422, reason="I know.").text
    assert olu.send(page, part="/settle", status=422, reason="I know.", outcome="queued").text
    olu.send(page, part="/settle", reason="It stands in the log of our mail server.", outcome=outcome)

    assert letters.letter(db, letter.id).state == outcome
    shown = olu.page(page)
    assert words in shown.text and "Olu It stands in the log of our mail server." in shown.text
    assert not [form for form in shown.forms if "/settle" in form["action"]]
    assert [event.actor for event in events_of_letter(db, letter.id)][-1] == "Olu"
    told = client.page(f"/letters/{letter.receipt}").text
    assert ("One of our organizers has found out" in told) == (outcome == "refused")
    assert "It stands in the log" not in told


def test_what_another_has_settled_meanwhile_is_told_and_stays(olu, ada, db, ana):
    letter = given.an_uncertain_letter(db, ana)
    form = ada.page(f"{LIST}{letter.id}").form("/settle")
    olu.send(f"{LIST}{letter.id}", part="/settle", reason="It is in the log.", outcome="refused")

    answer = ada.post(form["action"], data=form["values"] | {"reason": "I think it went.", "outcome": "sent"})
    assert answer.status_code == 409 and "there is nothing to settle" in answer.text
    assert letters.letter(db, letter.id).state is LetterState.REFUSED


def test_without_its_token_nothing_is_settled(olu, db, ana):
    letter = given.an_uncertain_letter(db, ana)

    assert olu.post(f"{LIST}{letter.id}/settle", data={"reason": "x", "outcome": "sent"}).status_code == 422
    assert letters.letter(db, letter.id).state is LetterState.UNCERTAIN
