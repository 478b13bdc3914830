"""Organizers look at letters that were held."""

from campaign.domain.letter import LetterState
from campaign.store import letters
from campaign.store.journal import events_of_letter
from tests import given
from tests.web.conftest import Page
from tests.web.given_forms import mails

HARM = "Please free Ana Ruiz. See https://evil.example"


def test_a_held_letter_is_shown_with_its_reason_and_without_its_writer(olu, db):
    ana = given.an_open_case(db)
    held = given.a_letter(db, ana, body=HARM, email="sol@supporter.example")
    assert held.state is LetterState.HELD

    listed = olu.page("/organizer/held/")
    page = olu.page(listed.links[held.number])
    assert "It was held for: link." in page.text and "evil.example" not in page.text and "Please free" not in page.text
    text = Page(olu.send(listed.links[held.number], part="/read", status=200).text).text
    assert "It has a link in it: https://evil.example" in text and "Please free Ana Ruiz." in text
    assert "sol@supporter.example" not in text and "Sol Writer" not in text


def test_whoever_reads_a_held_letter_is_on_record_with_the_reason(olu, ada, db):
    held = given.a_letter(db, given.an_open_case(db), body=HARM)
    page = f"/organizer/held/{held.id}"

    assert olu.post(f"{page}/read").location == page, "without its token nothing is shown"
    assert [event.kind for event in events_of_letter(db, held.id) if event.kind == "read"] == []
    olu.send(page, part="/read", status=200)
    (told,) = [event for event in events_of_letter(db, held.id) if event.kind == "read"]
    assert (told.actor, told.reason) == ("Olu", "To decide whether it may go.")
    record = ada.page("/admin/record?letters=y").text
    assert "The text of a held letter for Ana Ruiz" in record and "To decide whether it may go." in record
    refused = olu.send(page, part="/give-back", status=422, sentence=" ").text
    assert "evil.example" not in refused
    assert "Its text was read" in olu.page(f"/organizer/sent/{held.id}").text


def test_let_go_it_leaves(olu, db):
    held = given.a_letter(db, given.an_open_case(db), body=HARM)

    olu.send(f"/organizer/held/{held.id}", part="/release")
    assert letters.letter(db, held.id).state is LetterState.QUEUED
    assert "director@justice.example" in [mail["To"] for mail in mails(db)]
    assert olu.get(f"/organizer/held/{held.id}").status_code == 404


def test_given_back_its_writer_gets_the_sentence_and_the_text(olu, client, db):
    held = given.a_letter(db, given.an_open_case(db), body=HARM, email="sol@supporter.example")

    page = f"/organizer/held/{held.id}"
    assert "write something" in olu.send(page, part="/give-back", status=422, sentence=" ").text
    olu.send(page, part="/give-back", sentence="Please leave out the link.")

    told = next(mail for mail in mails(db) if "was not sent" in mail["Subject"])
    assert told["To"] == "sol@supporter.example"
    assert "> Please leave out the link." in told.get_content() and HARM in told.get_content()
    assert "Please leave out the link." in client.page(f"/letters/{held.receipt}").text
    assert letters.letter(db, held.id).state is LetterState.WITHDRAWN


def test_a_held_letter_whose_case_has_ended_cannot_be_let_go(olu, db):
    ana = given.an_open_case(db)
    held = given.a_letter(db, ana, body=HARM)
    form = olu.page(f"/organizer/held/{held.id}").form("/release")
    given.close(db, ana)

    assert olu.post(form["action"], data=form["values"]).status_code == 404
    assert letters.letter(db, held.id).state is LetterState.STOPPED


def test_without_its_token_nothing_is_let_go(olu, db):
    held = given.a_letter(db, given.an_open_case(db), body=HARM)

    olu.post(f"/organizer/held/{held.id}/release")
    assert olu.post(f"/organizer/held/{held.id}/give-back", data={"sentence": "x"}).status_code == 422
    assert letters.letter(db, held.id).state is LetterState.HELD
