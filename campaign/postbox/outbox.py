"""A folder in the place of a mail server: every mail becomes a file that any mail program opens."""

import contextlib
import hashlib
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from pathlib import Path

from campaign.domain.posting import Posted, PostingResult
from campaign.postbox.wire import clean_line

MOST_BYTES_SHOWN = 2_000_000


@dataclass(frozen=True)
class OutboxMail:
    """One mail of the outbox as a person reads it; what cannot be read is empty."""

    name: str
    subject: str
    sender: str
    to: str
    at: datetime | None
    body: str


class OutboxFolder:
    """A postbox that keeps mails as `.eml` files; the same letter posted twice is one file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __repr__(self) -> str:
        return f"OutboxFolder({str(self.folder)!r})"

    def post(self, wire: bytes, *, sender: str, recipient: str) -> PostingResult:
        """Sent once the file is on the disk for good; later if the disk would not take it."""
        name = outbox_name(wire)
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write_whole(self.folder / name, wire)
        except OSError as trouble:
            return PostingResult(Posted.LATER, None, f"The outbox folder could not be written: {trouble.strerror}.")
        return PostingResult(Posted.SENT, None, f"Kept in the outbox folder as {name}.")

    def close(self) -> None:
        """Nothing is held open."""


def outbox_name(wire: bytes) -> str:
    """The file name of a mail in the outbox, made from its Message-ID."""
    known_by = BytesHeaderParser(policy=policy.compat32).parsebytes(wire).get("Message-ID")
    return hashlib.sha256(str(known_by).encode() if known_by else wire).hexdigest()[:32] + ".eml"


def outbox_letters(folder: Path | str) -> list[OutboxMail]:
    """The mails in an outbox folder, newest first; a folder that is not there has none."""
    found = [(_age(path, mail), mail) for path, mail in _readable(Path(folder))]
    return [mail for _, mail in sorted(found, key=lambda pair: pair[0], reverse=True)]


def _write_whole(path: Path, wire: bytes) -> None:
    """The file is there complete or not at all, also after a power cut."""
    part = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}.part")
    try:
        with open(part, "wb", opener=_private) as file:
            file.write(wire)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _readable(folder: Path) -> Iterator[tuple[Path, OutboxMail]]:
    for path in folder.glob("*.eml"):
        # A file may vanish between listing and reading: it is then simply not shown.
        with contextlib.suppress(OSError), path.open("rb") as file:
            yield path, outbox_mail(path.name, file.read(MOST_BYTES_SHOWN))


def outbox_mail(name: str, wire: bytes) -> OutboxMail:
    """One stored mail, read; a part that cannot be read is left empty."""
    mail = message_from_bytes(wire, policy=policy.default)
    at = None
    with contextlib.suppress(Exception):
        at = mail["Date"].datetime
    if at is not None and at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    subject, sender, to = (_header(mail, header) for header in ("Subject", "From", "To"))
    return OutboxMail(name, subject, sender, to, at, _body(mail))


def _header(mail: EmailMessage, name: str) -> str:
    # Not the newer parser: it sets blanks between the pieces of a long name, and raises on crooked ones.
    raw = next((str(value) for known, value in mail.raw_items() if known.lower() == name.lower()), "")
    with contextlib.suppress(Exception):
        raw = str(make_header(decode_header(raw)))
    return clean_line(raw)


def _body(mail: EmailMessage) -> str:
    with contextlib.suppress(Exception):
        part = mail.get_body(("plain",))
        text = part.get_content() if part is not None else ""
        return text if isinstance(text, str) else ""
    return ""


def _age(path: Path, mail: OutboxMail) -> tuple[float, float, str]:
    """Order by the mail's own date; those of one second by when the file was written."""
    written = 0.0
    with contextlib.suppress(OSError):
        written = path.stat().st_mtime
    return (mail.at.timestamp() if mail.at else written, written, mail.name)
