"""The page that our mail leads to: the status now, one button, and the way out for whoever did not write."""

from dataclasses import replace
from datetime import timedelta

import pytest

from campaign.domain.letter import LetterState
from campaign.domain.urgent_action import Outcome
from campaign.store import letters
from tests import given
from tests.web.given_forms import SOL, WRITE, confirm_link, link_in, mails


@pytest.fixture
def ana(db):
    return given.an_open_case(db)


def test_the_mail_names_the_addressee_and_has_the_letter_in_it(client, db, ana):
    client.send(WRITE, **SOL | {"body": "Dear Director,\n\nMy own words."})
    mail = mails(db)[-1]

    assert mail["To"] == "sol@supporter.example"
    assert mail["Subject"] == "Your letter to Director Pavel Testov: one button is needed"
    assert "> My own words." in mail.get_content() and "> Sol Writer" in mail.get_content()


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_a_scanner_that_follows_the_link_ten_times_changes_nothing(client, db, ana, method):
    client.send(WRITE, **SOL)
    link = confirm_link(db)

    for _ in range(10):
        assert client.open(link, method=method).status_code == 200
    assert letters.letter(db, 1).state is LetterState.UNCONFIRMED
    assert mails(db) == []


def test_the_page_shows_the_letter_its_way_and_the_status_of_now(client, db, ana):
    client.send(WRITE, **SOL | {"body": "Dear Director,\n\nMy own words."})
    link = confirm_link(db)

    text = client.page(link).text
    for words in ("Open: letters can go on", "Director Pavel Testov", "My own words.", "Sol Writer", "It was not me"):
        assert words in text
    assert "The official sees the name under the letter, and not your e-mail address." in text

    given.take_in(db, given.an_output("Ana Ruiz", ordinal=2, deadline="3 November 2026"))
    assert "Ask before you write" in client.page(link).text


def test_words_that_were_changed_meanwhile_are_shown_once_more(client, db, ana):
    client.send(WRITE, **SOL)
    link = confirm_link(db)
    stale = client.page(link).form(link)
    client.send(f"/letters/{letters.letter(db, 1).receipt}/change/1", body="Other words, mine.")

    answer = client.post(stale["action"], data=stale["values"])
    assert answer.status_code == 409 and "was changed after this page was opened" in answer.text
    assert "Other words, mine." in answer.text
    assert client.send(link, part=link).location == f"/letters/{letters.letter(db, 1).receipt}"
    assert "Other words, mine." in mails(db)[-1].get_content()


def test_what_could_harm_is_held_after_the_yes_and_the_writer_is_told_so(client, db, ana):
    client.send(WRITE, **SOL | {"body": "Please free Ana Ruiz. See https://evil.example"})
    link = confirm_link(db)
    assert "one of our organizers looks at it first" in client.page(link).text

    receipt = client.send(link, part=link).location
    assert "Held back until one of our organizers has looked at it." in client.page(receipt).text
    assert "https://evil.example" in client.page(receipt).text
    assert mails(db) == []


def test_a_confirmation_that_comes_after_the_closing_sends_nothing(client, db):
    ana, _ = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    client.send(WRITE, **SOL)
    link = confirm_link(db)
    stale = client.page(link).form(link)
    given.close(db, ana, outcome=Outcome.RELEASED)

    page = client.page(link, status=410)
    assert "Ana Ruiz was released." in page.text and "It was not sent. Here it is" in page.text
    assert "/ua/71-26/bo-chen/write" in page.links.values()
    receipt = client.post(stale["action"], data=stale["values"]).location
    assert letters.letter(db, 1).state is LetterState.STOPPED
    page = client.page(receipt)
    assert "Please send nothing now" in page.text and "Ana Ruiz was released." in page.text
    assert "/ua/71-26/bo-chen/write" in page.links.values()
    assert [mail["To"] for mail in mails(db)] != ["director@justice.example"]


def test_a_letter_to_an_official_who_was_replaced_is_not_confirmed_and_the_way_on_is_shown(client, db, ana):
    client.send(WRITE, **SOL)
    link = confirm_link(db)
    newer = given.ADDRESSEE.replace("Pavel Testov", "Nina Newova").replace("director@", "nina@")
    given.take_in(db, given.an_output("Ana Ruiz", ordinal=2, addressee=newer))

    page = client.page(link, status=409)
    assert "no longer go to Director Pavel Testov" in page.text and WRITE in page.links.values()
    assert letters.letter(db, 1).state is LetterState.UNCONFIRMED


def test_a_link_that_is_too_old_says_so(app, client, db, ana):
    client.send(WRITE, **SOL)
    link = confirm_link(db)
    app.extensions["desk"].clock = lambda: given.NOON + timedelta(days=7, seconds=1)

    assert "was good for 7 days" in client.page(link, status=410).text


# It was not me


def test_it_was_not_me_erases_the_letter_and_ends_our_mail(client, db, ana):
    client.send(WRITE, **SOL)
    link = confirm_link(db)

    answer = client.send(link, part="/not-me", status=200)
    assert "The letter and the address are deleted." in answer.text
    letter = letters.letter(db, 1)
    assert (letter.state, letter.email, letter.name, letter.body) == (LetterState.WITHDRAWN, None, None, None)

    client.send(WRITE, **SOL)
    assert mails(db) == []
    assert "no longer waits" in client.page(link).text


# No more news


def test_a_mail_program_can_end_our_news_with_one_press_and_a_look_ends_nothing(app, client, db, ana):
    client.send(WRITE, **SOL)
    link = confirm_link(db)
    client.send(link, part=link)
    given.close(db, ana, now=given.NOON + timedelta(seconds=1), outcome=Outcome.RELEASED)
    told = _told(app, db)
    way_out = link_in(told, "/unsubscribe/")
    assert told["List-Unsubscribe"] == f"<http://127.0.0.1:8080{way_out}>"
    assert told["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    for _ in range(3):
        assert "No more news?" in client.page(way_out).text
    assert not db.rows("SELECT writer FROM silenced")
    pressed = app.test_client().post(way_out, data={"List-Unsubscribe": "One-Click"})
    assert pressed.status_code == 200 and "It is done." in pressed.text
    assert len(db.rows("SELECT writer FROM silenced")) == 1
    assert client.page(f"{way_out}x", status=404) and app.test_client().post(f"{way_out}x").status_code == 404


def _told(app, db):
    """The mail that tells of the end, which waits an hour for a correction."""
    from campaign.flow import ending, sending

    later = given.NOON + timedelta(hours=2)
    office = replace(given.an_office(), secret_key=app.extensions["desk"].office.secret_key)
    while ending.tell_next(db, office, later):
        pass
    box = given.FakePostbox()
    sending.drain(given.a_sender(db, box, now=later))
    from email import message_from_bytes, policy

    found = [message_from_bytes(wire, policy=policy.default) for wire, _, to in box.posted]
    return next(mail for mail in found if mail["To"] == "sol@supporter.example")
