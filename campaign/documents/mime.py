"""The parts of a mail. Python's own mail parser needs minutes for some mails of a megabyte; this one reads each line once.

It knows as little as is enough to find the words: fields, boundaries, encodings. What does not fit is text.
"""

import binascii
import re
from dataclasses import dataclass
from email.header import decode_header

from campaign.documents.plain import decoded

DEEPEST = 20
MOST_PARTS = 100
_MOST_FIELDS = 500
_LONGEST_FIELD = 4000
_KNOWN = frozenset(
    {
        b"content-type",
        b"content-transfer-encoding",
        b"content-disposition",
        b"subject",
        b"from",
        b"to",
        b"date",
        b"message-id",
    }
)
_PARAMETER = r""";\s*{name}\*?0?\*?\s*=\s*(?:"([^"]{{1,200}})"|([^\s;"]{{1,200}}))"""
_BASE64_NOISE = re.compile(rb"[^A-Za-z0-9+/]")


@dataclass(frozen=True)
class Part:
    """A leaf of a mail: one text or one attached file.

    `message` is the place of its message in `Mail.subjects`; parts with the same `alternative` say the same.
    `name` is what an attached file is called, as the mail says it: never a path to be followed.
    """

    type: str
    charset: str | None
    content: bytes
    is_attached: bool
    message: int
    alternative: int
    name: str | None = None


@dataclass(frozen=True)
class Mail:
    """The leaves of a mail in their order, and the subjects of its messages: its own and those it forwards."""

    subjects: tuple[str, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class _Entity:
    fields: dict[bytes, str]
    body: bytes
    depth: int = 0
    message: int = 0
    alternative: int = 0


def head_of(content: bytes) -> dict[str, str]:
    """Who wrote a mail, when, and its Message-ID, as it says itself, by the names of the fields in small letters."""
    return {name.decode("ascii"): _decoded_words(value) for name, value in _outermost(content).fields.items()}


def mail_of(content: bytes) -> Mail:
    """A mail taken apart; at most 20 levels and 100 parts are looked at."""
    waiting, seen = [_outermost(content)], 0
    subjects = [_subject(waiting[0])]
    parts: list[Part] = []
    while waiting and seen < MOST_PARTS:
        entity = waiting.pop()
        seen += 1
        type = _type(entity)
        boundary = _parameter(entity.fields.get(b"content-type", ""), "boundary")
        is_forwarded = type in ("message/rfc822", "message/global")
        if not is_forwarded and not (type.startswith("multipart/") and boundary):
            parts.append(_leaf(entity, type))
        elif entity.depth < DEEPEST and is_forwarded:
            inside = _entity(_unpacked(entity), entity.depth + 1, len(subjects))
            subjects.append(_subject(inside))
            waiting.append(inside)
        elif entity.depth < DEEPEST and boundary:
            alternative = seen if type == "multipart/alternative" else entity.alternative
            pieces = _pieces(entity.body, boundary.encode("latin-1", "replace"))
            if not pieces:
                # The boundary never comes: all of it is text.
                parts.append(_leaf(entity, "text/plain"))
            inner = [_entity(piece, entity.depth + 1, entity.message, alternative) for piece in pieces]
            waiting += reversed(inner)
    return Mail(tuple(subjects), tuple(parts))


def _outermost(content: bytes) -> _Entity:
    if content.startswith(b"From "):
        content = content.partition(b"\n")[2]
    return _entity(content.lstrip(b"\xef\xbb\xbf\r\n"))


def _leaf(entity: _Entity, type: str) -> Part:
    field = entity.fields.get(b"content-type", "")
    placed = entity.fields.get(b"content-disposition", "")
    named = _parameter(field, "name") or _parameter(placed, "filename")
    is_attached = placed.strip().lower().startswith("attachment") or bool(named)
    charset, content = _parameter(field, "charset"), _unpacked(entity)
    return Part(
        type, charset, content, is_attached, entity.message, entity.alternative, _decoded_words(named or "") or None
    )


def _entity(content: bytes, depth: int = 0, message: int = 0, alternative: int = 0) -> _Entity:
    """Fields and body, parted at the first blank line."""
    blank = re.search(rb"\A\r?\n|\r?\n\r?\n|\r\r(?!\n)", content)
    head, body = (content[: blank.start()], content[blank.end() :]) if blank else (content, b"")
    return _Entity(_fields(head), body, depth, message, alternative)


def _fields(head: bytes) -> dict[bytes, str]:
    """The fields we know, by their names in small letters; the first of each, and no more of it than is sensible."""
    fields: dict[bytes, str] = {}
    name = b""
    for line in re.split(rb"\r\n|\n|\r", head[: _MOST_FIELDS * 200])[:_MOST_FIELDS]:
        if line[:1] in (b" ", b"\t"):
            if name and len(fields[name]) < _LONGEST_FIELD:
                fields[name] += "\n" + decoded(line[:_LONGEST_FIELD])
            continue
        label, colon, value = line.partition(b":")
        label = label.strip().lower()
        name = label if colon and label in _KNOWN and label not in fields else b""
        if name:
            fields[name] = decoded(value[:_LONGEST_FIELD])
    return fields


def _type(entity: _Entity) -> str:
    found = re.match(r"\s*([\w.+-]{1,60}/[\w.+-]{1,100})", entity.fields.get(b"content-type", ""))
    return found[1].lower() if found else "text/plain"


def _parameter(field: str, name: str) -> str | None:
    found = re.search(_PARAMETER.format(name=name), field, re.IGNORECASE)
    if not found:
        return None
    # An extended value says its charset first: utf-8''name.pdf
    return (found[1] or found[2]).rpartition("''")[2].strip()


def _pieces(body: bytes, boundary: bytes) -> list[bytes]:
    """What stands between the boundary lines; a missing last one is no loss."""
    line = re.compile(rb"(?:\A|\r\n|\n|\r)--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r|\n|\Z)")
    pieces: list[bytes] = []
    start = None
    for found in line.finditer(body):
        if start is not None:
            pieces.append(body[start : found.start()])
        start = found.end()
        if found[1] or len(pieces) >= MOST_PARTS:
            start = None
            break
    if start is not None:
        pieces.append(body[start:])
    return [re.sub(rb"\A(?:\r\n|\n|\r)", b"", piece, count=1) for piece in pieces]


def _unpacked(entity: _Entity) -> bytes:
    coding = entity.fields.get(b"content-transfer-encoding", "").strip().lower()
    if coding == "quoted-printable":
        return binascii.a2b_qp(entity.body)
    if coding == "base64":
        letters = _BASE64_NOISE.sub(b"", entity.body)
        # A lone last letter has no whole byte in it; what a cut has taken of the last group is filled up.
        letters = letters[: len(letters) - 1] if len(letters) % 4 == 1 else letters
        return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))
    return entity.body


def _subject(entity: _Entity) -> str:
    """A message's subject as people read it."""
    return _decoded_words(entity.fields.get(b"subject", ""))


def _decoded_words(field: str) -> str:
    """A field as people read it: on one line, coded words decoded."""
    flat = " ".join(field[:_LONGEST_FIELD].split())
    try:
        pieces = decode_header(flat)
    except Exception:
        return flat
    words = [piece if isinstance(piece, str) else decoded(piece, charset) for piece, charset in pieces]
    return " ".join("".join(words).split())[:1000]
