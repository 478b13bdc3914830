"""Whatever changes something is taken from our own pages alone, with the token of this very session."""

import contextlib
from datetime import timedelta

import pytest

from campaign import second_step
from campaign.store.database import Database
from campaign.web.views.own_letters import _digest
from tests import given
from tests.accounts_given import PASSWORD, an_account, code
from tests.accounts_given import with_second_step as set_up
from tests.given import CLOSED
from tests.web.given_forms import SOL, WRITE
from tests.web.given_places import a_text, a_whole_world
from tests.web.test_staff import EVERYONE, HOLDERS

# Routes that take a form without a token, each with its reason.
WITHOUT_TOKEN = {
    "confirming.end_news": "a mail program presses the button for its reader (RFC 8058); the word in the address is the key",
    "writing.check": "it changes nothing: it only looks over what is typed",
}
FINAL = given.an_output(ordinal=3, final=True, says={"Ana Ruiz": CLOSED}).decode()
TEXT = a_text()
# What the fields of all forms are filled with, so that each form would do something.
TYPED = {
    "name": "Max", "role": "admin", "current": PASSWORD, "password": "another long password", "again": "another long password",
    "reason": "Her lawyer wrote.", "sentence": "Please leave out the link.", "text": FINAL, "subject": "A subject",
    "body": "Dear Director,\n\nPlease free Ana Ruiz.", "day": "2026-11-22",
}  # fmt: skip
OTHERWISE = {
    "staff.enter": {"name": "Ada", "password": PASSWORD},
    "writing.send": SOL,
    "sent.settle": {"outcome": "sent"},
    "admin.close": {"outcome": "released"},
    "accounts.change_role": {"role": "admin"},
    "own_letters.offer": {**vars(TEXT), "offer": "yes", "shown": _digest(TEXT)},
}


class Undone(Exception):
    """Lets what was tried out be as if it had not been."""


def tables(db: Database) -> dict[str, list]:
    """Everything that stands in the database."""
    if db.engine == "sqlite":
        names = [row["name"] for row in db.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    else:
        names = [row["tablename"] for row in db.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    return {name: sorted(map(str, db.rows(f"SELECT * FROM {name}"))) for name in names}


def changes(db: Database, app, visitor, path: str, typed: dict, headers: dict | None = None) -> bool:
    """Whether a form changes anything. It is undone then, so that the next one finds all as it was."""
    another, changed = app.test_client(), False
    for name in ("campaign", "campaign-known"):
        if cookie := visitor.get_cookie(name):
            another.set_cookie(name, cookie.value)
    with contextlib.suppress(Undone), db.atomic():
        before = tables(db)
        answer = another.post(path, data=typed, headers=headers)
        assert answer.status_code < 500, (path, answer.text)
        changed = tables(db) != before
        raise Undone
    return changed


def token_of(visitor, path: str) -> str:
    return visitor.page(path).forms[0]["values"]["csrf_token"]


@pytest.fixture
def visitors(app, db, client, ada):
    """Who sends the form of a route, and a page on which they find a token; and what is in the form."""
    office = app.extensions["desk"].office
    another = app.test_client()
    another.sign_in("Ada")
    for name in ("Cara", "Cleo"):
        an_account(db, name)
        set_up(db, name, office=office)
    cara, cleo = app.test_client(), app.test_client()
    cara.sign_in("Cara")
    cleo.sign_in("Cleo")
    later = given.NOON + timedelta(seconds=30)
    cleo.send("/sign-in/code", code=code(db, "Cleo", now=later, office=office))
    secret = ada.page("/account/second-step").text.partition("letters: ")[2][:39].replace(" ", "")
    TYPED["code"] = second_step.code_at(secret, given.NOON)
    OTHERWISE["staff.give_code"] = {"code": code(db, "Cara", now=later, office=office)}

    def visitor(endpoint: str):
        if endpoint in EVERYONE | HOLDERS:
            return (cara, "/sign-in/code") if endpoint == "staff.give_code" else (client, WRITE)
        return (cleo, "/account") if endpoint == "own_account.renew_recovery_codes" else (ada, "/account")

    return visitor


def test_no_form_changes_anything_without_the_token_of_its_session(app, db, visitors):
    places = a_whole_world(db, app)
    stranger = token_of(app.test_client(), "/sign-in")
    routes = 0
    for rule in app.url_map.iter_rules():
        if "POST" not in rule.methods or rule.endpoint in WITHOUT_TOKEN:
            continue
        path, (visitor, page) = places.path(rule), visitors(rule.endpoint)
        typed = TYPED | OTHERWISE.get(rule.endpoint, {})
        if rule.endpoint == "writing.send":
            typed = visitor.page(path).form("write")["values"] | typed
        typed.pop("csrf_token", None)
        token = {"csrf_token": token_of(visitor, page)}
        for unfit in ({}, {"csrf_token": ""}, {"csrf_token": stranger}):
            assert changes(db, app, visitor, path, typed | unfit) is False, (rule.endpoint, unfit)
        for elsewhere in (
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
            {"Referer": "https://evil.example/127.0.0.1"},
            {"Origin": "http://[half"},
        ):
            assert changes(db, app, visitor, path, typed | token, elsewhere) is False, (rule.endpoint, elsewhere)
        if rule.endpoint == "letters.forget":
            continue  # with its token it scrubs the files too, which no transaction can undo: see test_letters
        ours = {"Origin": "http://localhost", "Referer": f"http://localhost{page}"}
        assert changes(db, app, visitor, path, typed | token, ours) is True, rule.endpoint
        routes += 1
    assert routes > 25


def test_looking_changes_nothing(app, db, visitors):
    places = a_whole_world(db, app)
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods:
            continue
        visitor, _ = visitors(rule.endpoint)
        before = tables(db)
        visitor.get(places.path(rule))
        assert tables(db) == before, rule.endpoint
