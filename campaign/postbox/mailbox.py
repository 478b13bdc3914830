"""A mailbox on an IMAP server in which delivery reports, or mails with documents, are waited for."""

import contextlib
import imaplib
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from campaign.postbox.bounces import MOST_BYTES
from campaign.postbox.opening import is_this_machine

MOST_MESSAGES = 1000
"""What is looked at in one go; the rest stays unread for the next."""
_FORM = "imaps://user:password@host/INBOX"


class MailboxFailed(Exception):
    """The mailbox cannot be read at the moment; the text says why, without the password."""


@dataclass(frozen=True)
class MailboxPlace:
    """Where the mailbox is, and who we are to its server."""

    host: str
    port: int
    is_encrypted: bool
    folder: str
    user: str
    password: str = field(repr=False)


def mailbox_place(url: str) -> MailboxPlace:
    """The place that `imaps://…` names; ValueError, without the password, for anything else.

    Without encryption (`imap://`) only this machine is spoken to: the password must not travel in the clear.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        # The standard library's own sentence can hold a piece of the password.
        raise ValueError(f"it cannot be read; it is written {_FORM}") from None
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    folder = unquote(parts.path.strip("/")) or "INBOX"
    if parts.scheme not in ("imap", "imaps") or not host or not user or not password or parts.query or parts.fragment:
        raise ValueError(f"it is written {_FORM}; in user and password a sign such as / or @ is written as %2F or %40")
    if parts.scheme == "imap" and not is_this_machine(host):
        raise ValueError("a mailbox on another machine must begin with imaps://")
    for word in (user, password, folder):
        if not (word.isascii() and word.isprintable()):
            raise ValueError("user, password and folder must be printable ASCII")
    is_encrypted = parts.scheme == "imaps"
    return MailboxPlace(host, port or (993 if is_encrypted else 143), is_encrypted, folder, user, password)


class ImapMailbox:
    """An open mailbox."""

    def __init__(self, connection: imaplib.IMAP4, most_bytes: int = MOST_BYTES) -> None:
        self._connection, self._most_bytes = connection, most_bytes

    def unread(self) -> Iterator[tuple[str, bytes]]:
        """Each unread message by its UID; of one that is too large only a little more than the limit is fetched."""
        (found,) = self._asked("SEARCH", "UNSEEN")[:1] or [b""]
        for uid in (found or b"").split()[:MOST_MESSAGES]:
            name = uid.decode("ascii")
            # PEEK: it stays unread until what it says is written down.
            answer = self._asked("FETCH", name, f"(BODY.PEEK[]<0.{self._most_bytes + 1}>)")
            message = next((piece[1] for piece in answer if isinstance(piece, tuple)), None)
            if message is not None:
                yield name, message

    def mark_read(self, name: str, *, for_a_person: bool) -> None:
        self._asked("STORE", name, "+FLAGS.SILENT", r"(\Seen \Flagged)" if for_a_person else r"(\Seen)")

    def _asked(self, command: str, *words: str) -> list[Any]:
        status, answer = self._connection.uid(command, *words)
        if status != "OK":
            raise MailboxFailed(f"The mailbox server refused {command}.")
        return answer


@contextlib.contextmanager
def opened_mailbox(
    place: MailboxPlace, *, seconds: float = 30, context: ssl.SSLContext | None = None, most_bytes: int = MOST_BYTES
) -> Iterator[ImapMailbox]:
    """The mailbox for the length of a `with`. Raises MailboxFailed for whatever the network or the server does.

    Of a message with more
    than `most_bytes` only the beginning is fetched.

    `context` is for tests; else the server's certificate must be good for its host.
    """
    try:
        connection = _connected(place, seconds, context or ssl.create_default_context())
        try:
            connection.login(_quoted(place.user), place.password)
            status, _ = connection.select(_quoted(place.folder))
            if status != "OK":
                raise MailboxFailed(f"The mailbox server knows no folder “{place.folder}”.")
            yield ImapMailbox(connection, most_bytes)
        finally:
            with contextlib.suppress(imaplib.IMAP4.error, OSError):
                connection.logout()
    except ssl.SSLCertVerificationError as wrong:
        raise MailboxFailed(f"The mailbox server cannot prove who it is: {wrong.verify_message}.") from wrong
    except TimeoutError as late:
        raise MailboxFailed("The mailbox server did not answer in time.") from late
    except (imaplib.IMAP4.error, OSError, EOFError) as trouble:
        raise MailboxFailed(f"The mailbox cannot be read: {type(trouble).__name__}.") from trouble


def _connected(place: MailboxPlace, seconds: float, context: ssl.SSLContext) -> imaplib.IMAP4:
    if place.is_encrypted:
        return imaplib.IMAP4_SSL(place.host, place.port, ssl_context=context, timeout=seconds)
    return imaplib.IMAP4(place.host, place.port, timeout=seconds)


def _quoted(word: str) -> str:
    """A word as IMAP writes it; imaplib does so for the password alone."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
