"""What Sol types, and how the tests get at our mails."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage

from campaign.flow import sending
from campaign.store.database import Database
from tests import given
from tests.web.conftest import Page

SOL = {"name": "Sol Writer", "email": "sol@supporter.example", "country": "NZ", "consent": "y"}
CASE = "/ua/71-26/ana-ruiz"
WRITE = f"{CASE}/write"


def mails(db: Database) -> list[EmailMessage]:
    """Sends what is due, and gives the mails in their order."""
    box = given.FakePostbox()
    sending.drain(given.a_sender(db, box))
    return [message_from_bytes(wire, policy=policy.default) for wire, _, _ in box.posted]


def link_in(mail: EmailMessage, part: str) -> str:
    """The path of the first address of ours in a mail that has `part` in it."""
    return re.search(rf"http://127\.0\.0\.1:8080(\S*{part}\S*)", mail.get_content())[1]


def confirm_link(db: Database) -> str:
    return link_in(mails(db)[-1], "/confirm/")


def by_hand(ada, *closed, outcome="released", **other):
    """Ada closes cases of one action by hand: the form, the rehearsal, the closing; returns the page that rehearsed it."""
    path = f"/admin/actions/{closed[0].action}/close"
    values = {f"close_{case.id}": "y" for case in closed} | {f"outcome_{case.id}": outcome for case in closed}
    shown = ada.send(path, status=200, **{"reason": "Her lawyer called.", "words": "A call to Ada.", **values, **other})
    page = Page(shown.text)
    form = page.form("/close/now")
    answer = ada.post(form["action"], data=form["values"])
    assert answer.status_code == 303, Page(answer.text).text[:2000]
    return page
