"""What a mail brings: its own words, the words of mails it forwards, and the files attached, each a document by itself.

Only fields, boundaries and encodings are looked at here; what is in a piece is opened by the reader of documents.
"""

import base64
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from campaign.documents.mime import Mail, Part, head_of, mail_of
from campaign.documents.naming import plain_name

# Pictures of letterheads, visiting cards, signatures: in a mail they are no document that somebody brings.
_BESIDE = re.compile(r"(?:image|audio|video)/|text/(?:x-)?(?:v?calendar|vcard)|application/(?:x-)?(?:pkcs7|pgp)")
MOST_PIECES = 10
_LONGEST_ID = 250


@dataclass(frozen=True)
class Piece:
    """One thing in a mail that may be a document: a file, or the words of a message."""

    name: str
    content: bytes = field(repr=False)
    is_file: bool


@dataclass(frozen=True)
class Parcel:
    """A mail by what it says of itself, none of which is proven, and the pieces in it."""

    sender: str
    subject: str
    message_id: str | None
    pieces: tuple[Piece, ...]


def parcel_of(content: bytes) -> Parcel:
    """The mail taken apart, each piece once.

    What the pieces hold comes from the mail's body and from the fields that say how to read it, from no other field.
    """
    mail, head = mail_of(content), head_of(content)
    message_id = head.get("message-id", "")
    # Without its brackets, or cut short, it is nobody's own, and could be the same by chance.
    is_own = len(message_id) <= _LONGEST_ID and re.fullmatch(r"<[^<>\s]+>", message_id)
    pieces = {piece.content: piece for piece in _pieces(mail)}
    return Parcel(_sender(head), _title(mail, 0), message_id if is_own else None, tuple(pieces.values()))


def _pieces(mail: Mail) -> Iterator[Piece]:
    begun: set[int] = set()
    for part in mail.parts:
        if part.is_attached:
            if part.content.strip() and not _BESIDE.match(part.type):
                yield Piece(plain_name(part.name or "", "attached file"), part.content, is_file=True)
        elif part.message not in begun:
            begun.add(part.message)
            yield Piece(_title(mail, part.message), _words(mail, part.message), is_file=False)


def _words(mail: Mail, message: int) -> bytes:
    """A message's own words without its files, as a mail that always comes out the same; alternatives stay alternatives."""
    texts = [part for part in mail.parts if part.message == message and not part.is_attached]
    groups = [list(group) for _, group in groupby(texts, key=lambda part: part.alternative)]
    pieces: list[str] = []
    for place, group in enumerate(groups):
        packed = [_packed(part) for part in group]
        pieces += [_multipart("alternative", f"alternatives-{place}", packed)] if group[0].alternative else packed
    head = f"MIME-Version: 1.0\r\nSubject: {_field(mail.subjects[message])}\r\n"
    return (head + _multipart("mixed", "own-words", pieces)).encode()


def _packed(part: Part) -> str:
    charset = f"; charset={part.charset}" if part.charset and re.fullmatch(r"[\w.:+-]+", part.charset) else ""
    content = base64.encodebytes(part.content).decode("ascii").replace("\n", "\r\n")
    return f"Content-Type: {part.type}{charset}\r\nContent-Transfer-Encoding: base64\r\n\r\n{content}"


def _multipart(kind: str, boundary: str, pieces: Iterable[str]) -> str:
    # Packed words hold no hyphen, so no boundary can stand in them.
    inside = "".join(f"--{boundary}\r\n{piece}\r\n" for piece in pieces)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n{inside}--{boundary}--\r\n'


def _field(text: str) -> str:
    """A field's value that is nothing else: on one line, foreign letters coded."""
    flat = " ".join(text.split())
    return flat if flat.isascii() else f"=?utf-8?b?{base64.b64encode(flat.encode()).decode()}?="


def _title(mail: Mail, message: int) -> str:
    return plain_name(mail.subjects[message].replace("/", "-").replace("\\", "-"), "mail without a subject")


def _sender(head: dict[str, str]) -> str:
    """The address alone: the name before it can be anybody's, and as long as to hide it."""
    said = head.get("from", "")
    bracketed = re.search(r"<([^<>]{1,250})>\s*\Z", said)
    address = "".join(c for c in (bracketed[1] if bracketed else said) if c.isprintable()).strip()
    return address[:250] or "an unknown sender"
