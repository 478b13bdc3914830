"""What Sol types, and how the tests get at our mails."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage

from campaign.flow import sending
from campaign.store.database import Database
from tests import given

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
