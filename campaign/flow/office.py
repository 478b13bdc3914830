"""What the events of this installation share: its letterbook, its address, its secret."""

import base64
import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from campaign.letterbook import Letterbook
from campaign.postbox import plain_address
from campaign.store import queue
from campaign.store.database import Database
from campaign.store.queue import OwnMail


@dataclass(frozen=True)
class Office:
    """Handed to every flow that writes letters or mails. `token` gives a new random word of 128 bits or more.

    `bounces` is the address for delivery reports; where it is empty they go to the sender's.
    """

    letterbook: Letterbook
    sender: str
    title: str
    base_url: str
    secret_key: str
    token: Callable[[], str]
    mails_per_address: int = 5
    letters_per_network: int = 120
    tell_after: timedelta = timedelta(hours=1)
    bounces: str = ""
    told: tuple[str, ...] = ()
    """The addresses of those who are told by mail what admins have to know."""

    def writer(self, email: str) -> str:
        """By what we know a supporter again without keeping the address: an HMAC of it."""
        return self._keyed("writer", email.strip().casefold()).hex()

    def network(self, prefix: str) -> str:
        """By what we count the letters of a network without keeping its address: an HMAC of its prefix."""
        return self._keyed("network", prefix).hex()

    def second_step_secret(self, account: int, seed: str) -> str:
        """What the codes of an account's second step are made from. The database alone, without our key, does not have it."""
        return base64.b32encode(self._keyed("second step", f"{account}:{seed}")[:20]).decode()

    def recovery_hash(self, account: int, code: str) -> str:
        """How a recovery code is kept; blanks, lines and capitals in it do not matter."""
        plain = "".join(c for c in code.casefold() if c.isalnum())
        return self._keyed("recovery", f"{account}:{plain}").hex()

    def browser_word(self, account: int, nonce: str) -> str:
        """What a browser keeps in which somebody signed in to the account: wrong tries elsewhere do not count against it."""
        return f"{account}.{nonce}.{_in_a_link(self._keyed('browser', f'{account}:{nonce}')[:16])}"

    def is_browser_of(self, account: int, word: str) -> bool:
        """Whether such a word was given to a browser of this account."""
        nonce = word.split(".")[1] if word.count(".") == 2 else ""
        return hmac.compare_digest(word.encode(), self.browser_word(account, nonce).encode())

    def confirmation(self, form_key: str) -> str:
        """The word in the link that confirms the letter of a form; the same each time, so that a reminder can bear it."""
        return _in_a_link(self._keyed("confirm", form_key))

    def unsubscription(self, writer: str) -> str:
        """The word in the link by which a writer wants to hear no more news."""
        return f"{writer}.{_in_a_link(self._keyed('unsubscribe', writer)[:16])}"

    def find_unsubscribing(self, word: str) -> str | None:
        """The writer to whom such a word was given; None if it is not one of ours."""
        writer = word.partition(".")[0]
        return writer if hmac.compare_digest(word.encode(), self.unsubscription(writer).encode()) else None

    def return_path(self, letter: int, message_id: str) -> str:
        """The address to which mail servers report what became of a letter, its own where bounces are read.

        It names the letter and nobody who wrote it, and nobody else can make one.
        """
        if not self.bounces:
            return self.sender
        local, _, domain = self.bounces.rpartition("@")
        return f"{local}+{self.bounce_word(letter, message_id)}@{domain}"

    def bounce_word(self, letter: int, message_id: str) -> str:
        """`12-mzxw6ytboi4dgnry`: small letters and digits, for not every server keeps capitals in an address."""
        digest = self._keyed("bounce", f"{letter}:{message_id}")[:10]
        return f"{letter}-{base64.b32encode(digest).decode().lower()}"

    def new_message_id(self) -> str:
        return f"<{self.token()}@{self.domain}>"

    @property
    def domain(self) -> str:
        """The domain that our mail comes from."""
        return self.sender.rpartition("@")[2].casefold()

    @property
    def domains(self) -> set[str]:
        """All domains that are ours: nobody who writes can have an address there."""
        return {self.domain, self.bounces.rpartition("@")[2].casefold()} - {""}

    def link(self, path: str) -> str:
        return f"{self.base_url}{path}"

    def _keyed(self, purpose: str, words: str) -> bytes:
        return hmac.digest(self.secret_key.encode(), f"{purpose}:{words}".encode(), "sha256")


def _in_a_link(digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def hash_of(token: str) -> str:
    """How a secret link is kept: by its hash, so that the database opens no door."""
    return hashlib.sha256(token.encode()).hexdigest()


def send_word(
    db: Database, office: Office, kind: str, about: str, *, to: str, now: datetime, tongue: str, facts: dict[str, object],
    unsubscribe: str | None = None,
) -> bool:  # fmt: skip
    """Queues one of our own mails, once for each `kind` and `about`; False if it was queued before.

    `facts` are those that its template asks for; `unsubscribe` is the path at which one click ends such mails.
    """
    plain_address(to)  # what cannot be mailed to is refused here, where somebody can still mend it
    # Written and sealed by the sender when it goes: whoever waits for a page does not wait for that.
    mail = OwnMail(kind, tongue, facts, office.title, office.link(unsubscribe) if unsubscribe else None)
    return queue.add_notice(db, about, mail, email=to, message_id=office.new_message_id(), now=now)
