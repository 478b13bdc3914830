"""Organizers offer letters of their own."""

from campaign.store import own_letters
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
