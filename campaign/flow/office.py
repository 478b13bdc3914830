"""What the events of this installation share: its letterbook, its address, its secret."""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from campaign.letterbook import Letterbook
from campaign.postbox import sealed
from campaign.store import queue
from campaign.store.database import Database


@dataclass(frozen=True)
class Office:
    """Handed to every flow that writes letters or mails. `token` gives a new random word of 128 bits or more."""

    letterbook: Letterbook
    sender: str
    title: str
    base_url: str
    secret_key: str
    token: Callable[[], str]
    mails_per_address: int = 5
    tell_after: timedelta = timedelta(hours=1)

    def writer(self, email: str) -> str:
        """By what we know a supporter again without keeping the address: an HMAC of it."""
        return hmac.new(
            self.secret_key.encode(), b"writer:" + email.strip().casefold().encode(), hashlib.sha256
        ).hexdigest()

    def new_message_id(self) -> str:
        return f"<{self.token()}@{self.sender.rpartition('@')[2]}>"

    def link(self, path: str) -> str:
        return f"{self.base_url}{path}"


def hash_of(token: str) -> str:
    """How a secret link is kept: by its hash, so that the database opens no door."""
    return hashlib.sha256(token.encode()).hexdigest()


def send_word(db: Database, office: Office, kind: str, about: str, *, to: str, now: datetime, **facts: object) -> bool:
    """Queues one of our own mails, once for each `kind` and `about`; False if it was queued before."""
    notice = office.letterbook.notice(kind, **facts)
    message_id = office.new_message_id()
    wire = sealed(
        sender=office.sender,
        sender_name=office.title,
        via=None,
        recipient=to,
        subject=notice.subject,
        body=notice.body,
        message_id=message_id,
        at=now,
        is_notice=True,
    )
    return queue.add_notice(
        db, kind, about, email=to, subject=notice.subject, wire=wire, message_id=message_id, now=now
    )
