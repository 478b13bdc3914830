"""What is in the forms of every route, so that each would do something, and who sends them."""

import contextlib
from collections.abc import Callable, Iterator
from datetime import timedelta

from campaign import second_step
from campaign.flow import deciding
from campaign.store import cases
from campaign.store.database import Database
from campaign.web.views.own_letters import _digest
from tests import given
from tests.accounts_given import PASSWORD, an_account, code
from tests.accounts_given import with_second_step as set_up
from tests.given import CLOSED
from tests.web.given_forms import SOL, WRITE
from tests.web.given_places import a_text
from tests.web.test_staff import EVERYONE, HOLDERS

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
    "sent.show": {"why": "Its writer called."},
    "documents.answer": {"question": "meaning:RAHIMI", "answer": "Ahmad Rahimi"},
    "documents.propose": {"value": "2026-12-31"},
    "documents.seen": {"document": "1"},
    "reopening.ask": {"words": "A call."},
    "closing.close": {"close_1": "y", "outcome_1": "released", "words": "A call."},
    "inbox.apply_clear": {"document": "3"},
    "inbox.refuse": {"document": "3"},
    "targets.extend": {"until": "2026-12-31"},
    "targets.correct": {
        "name": "Director New",
        "role": "Director",
        "address": "1 New Street",
        "email": "new@justice.example",
    },
    "targets.route": {"route": "post"},
    "record.export": {"how": "csv"},
    "events.make": {"letters": "2", "languages": "en", "target": "1", "group": ""},
    "events.say": {"n": "46", "held_on": "2026-11-22", "vouched_by": "Olu", "kept_at": "the folder", "group": ""},
    "events.correct": {"n": "47", "held_on": "2026-11-22", "vouched_by": "Olu", "kept_at": "the folder", "group": ""},
    "groups.make": {"name": "Singers", "code": ""},
    "groups.assign": {"account": "2"},
    "groups.release": {"account": "1"},
    "accounts.change_role": {"role": "admin"},
    "own_letters.offer": {**vars(TEXT), "offer": "yes", "shown": _digest(TEXT)},
}


class Undone(Exception):
    """Lets what was tried out be as if it had not been."""


@contextlib.contextmanager
def undone(db: Database) -> Iterator[None]:
    """What happens in it happens, and is taken back at its end."""
    with contextlib.suppress(Undone), db.atomic():
        yield
        raise Undone


def the_same(app, visitor):
    """The same browser once more, so that what happens to its cookies does not matter."""
    another = app.test_client()
    for name in ("campaign", "campaign-known"):
        if cookie := visitor.get_cookie(name):
            another.set_cookie(name, cookie.value)
    return another


def who_sends(app, db: Database, client, ada) -> Callable:
    """By the name of a route: who sends its form, a page on which they find a token, and what is in the form."""
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
    codes = {"code": second_step.code_at(secret, given.NOON)}
    own = {"staff.give_code": {"code": code(db, "Cara", now=later, office=office)}}

    def sender(endpoint: str):
        typed = TYPED | codes | OTHERWISE.get(endpoint, {}) | own.get(endpoint, {})
        if endpoint == "writing.send":
            typed = client.page(WRITE).form("write")["values"] | typed
        if endpoint == "closing.close":
            typed["shown"] = deciding.mark_of([cases.case(db, 1)])
        if endpoint == "staff.give_code":
            return cara, "/sign-in/code", typed
        if endpoint in EVERYONE | HOLDERS:
            return client, WRITE, typed
        return (cleo if endpoint == "own_account.renew_recovery_codes" else ada), "/account", typed

    return sender
