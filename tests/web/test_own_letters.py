"""Organizers offer letters of their own."""

import pytest

from campaign.store import own_letters
from campaign.web.words import LANGUAGE_WORDS
from tests import given
from tests.web.conftest import Page
from tests.web.given_forms import WRITE

TYPED = {
    "title": "The school", "subject": "For {name}",
    "body": "{salutation},\n\nI write for {name}. Please release {them}.\n\nYours,",
}  # fmt: skip
NEW = "/organizer/letters/71-26/new"


def test_a_letter_is_shown_first_then_offered_then_used_and_withdrawn(olu, client, db):
    ana = given.an_open_case(db)
    form = olu.page(NEW).form(NEW)
    shown = Page(olu.post(NEW, data=form["values"] | TYPED).text)
    assert "Dear Director, I write for Ana Ruiz. Please release her." in shown.text
    assert own_letters.own_letters(db, ana.action) == []

    assert olu.post(NEW, data=shown.form(NEW)["values"] | {"offer": "yes"}).status_code == 303
    (letter,) = own_letters.own_letters(db, ana.action)
    assert (letter.title, letter.by) == ("The school", "Olu")

    form = client.page(WRITE).form("write")
    assert f"en/{letter.name}" in form["choices"]["another"]
    drafted = client.post(WRITE, data=form["values"] | {"another": f"en/{letter.name}", "look": "draft"}).text
    assert "I write for Ana Ruiz. Please release her." in drafted

    olu.send("/organizer/letters/", part="/withdraw")
    assert own_letters.own_letters(db, ana.action) == []


def test_what_was_not_shown_is_not_offered(olu, db):
    ana = given.an_open_case(db)
    shown = Page(olu.post(NEW, data=olu.page(NEW).form(NEW)["values"] | TYPED).text)

    changed = shown.form(NEW)["values"] | {"offer": "yes", "subject": "Something else for {name}"}
    assert "Something else for Ana Ruiz" in olu.post(NEW, data=changed).text
    assert own_letters.own_letters(db, ana.action) == []


def test_what_cannot_be_offered_is_told_and_comes_back(olu, db):
    given.an_open_case(db)
    typed = TYPED | {"body": "Dear {nobody}, please release her. See www.evil.example"}
    page = Page(olu.post(NEW, data=olu.page(NEW).form(NEW)["values"] | typed).text)

    for words in ("“{nobody}” is not one of our blanks", "no {name} in it", "It has a link in it"):
        assert words in page.text
    assert page.form(NEW)["values"]["body"].strip() == typed["body"]
    assert olu.post(NEW, data=page.form(NEW)["values"] | {"offer": "yes"}).status_code == 422
    assert olu.send(NEW, status=422, title="", subject="", body="")


@pytest.mark.parametrize(
    ("language", "body", "shown"),
    [
        ("en", "{salutation},\n\nPlease release {name}.", "Dear Director, Please release Ana Ruiz."),
        ("fr", "{salutation},\n\nJe demande la libération de {name}.", "Je demande la libération de Ana Ruiz."),
        ("es", "{salutation}:\n\nPido la liberación de {name}.", "Pido la liberación de Ana Ruiz."),
    ],
)
def test_in_every_language_the_preview_tells_which_demands_the_letter_says(olu, db, language, body, shown):
    ana = given.an_open_case(db)
    paper = given.an_output("Ana Ruiz", ordinal=2).replace(
        b"I call on you to release Ana Ruiz immediately and unconditionally.",
        b"I call on you to release Ana Ruiz immediately and unconditionally, and to ensure that she has access to a lawyer of "
        b"her choice.",
    )
    given.take_in(db, paper)
    typed = TYPED | {"language": language, "body": body}

    page = Page(olu.post(NEW, data=olu.page(NEW).form(NEW)["values"] | typed).text)

    assert shown in page.text
    assert "and the letter says it: her immediate and unconditional release." in page.text
    assert "the letter does not say it: access to lawyers of her own choice." in page.text
    assert olu.post(NEW, data=page.form(NEW)["values"] | {"offer": "yes"}).status_code == 303
    assert [one.language for one in own_letters.own_letters(db, ana.action)] == [language]
    assert f"are offered in {LANGUAGE_WORDS[language]}" in olu.page(NEW).text


def test_a_letter_that_asks_for_nothing_of_what_is_demanded_is_not_offered(olu, db):
    given.an_open_case(db)
    typed = TYPED | {"body": "{salutation},\n\nI wish {name} a good day."}

    page = Page(olu.post(NEW, data=olu.page(NEW).form(NEW)["values"] | typed).text)

    assert "It asks for nothing of what the documents ask for Ana Ruiz." in page.text
