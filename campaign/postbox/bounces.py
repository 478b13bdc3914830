"""A delivery report taken apart (RFC 3464). Strangers can write to the address it comes to.

Python's own mail parser needs minutes for some mails of a megabyte, so this one looks at each line once, and at no more
than the message's fields, its direct parts and the one among them that a machine wrote for machines.
"""

import binascii
import re
from collections.abc import Iterable

from campaign.domain.bounce import NotAReport, Report, report_of

MOST_BYTES = 1_000_000
_MOST_HEAD = 64_000
_MOST_FIELDS = 500
_LONGEST_FIELD = 4000
_MOST_PARTS = 20
_MOST_GROUPS = 20
_MOST_WORDS_OF_OURS = 20

# The word between + and @ of an address that we gave for reports; see Office.bounce_word.
_WORD_OF_OURS = re.compile(r"\+([1-9][0-9]{0,17}-[a-z2-7]{16})@")
# Where servers say to which address a message came, the surest first.
_ADDRESSED = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "to")
_REPORTS = ("message/delivery-status", "message/global-delivery-status")
_PARAMETER = r""";\s*{name}\s*=\s*(?:"([^"]{{1,200}})"|([^\s;"]{{1,200}}))"""
_NOISE = re.compile(rb"[^A-Za-z0-9+/]")

Fields = dict[str, list[str]]


def read_report(message: bytes, to: str = "") -> Report:
    """What a delivery report says, and the words of ours in the addresses it came to; `to` is what the mail server names.

    Raises NotAReport for anything else: answers of people and of machines, rubbish, and whatever is too large.
    """
    if len(message) > MOST_BYTES:
        raise NotAReport("The message is larger than any delivery report on our letters can be.")
    if message.startswith(b"From "):
        message = message.partition(b"\n")[2]
    fields, body = _parted(message.lstrip(b"\r\n"))
    kind = _first(fields, "content-type")
    is_report = _type(kind) == "multipart/report" and _parameter(kind, "report-type").lower() in ("", "delivery-status")
    boundary = _parameter(kind, "boundary")
    groups = _groups(_status_part(body, boundary)) if is_report and boundary else []
    if not groups:
        raise NotAReport(_what_else(fields))
    told = next((group for group in groups if _first(group, "action").strip().lower() == "failed"), groups[0])
    return report_of(
        _words_of_ours(to, fields),
        action=_first(told, "action"),
        status=_first(told, "status"),
        diagnosis=_first(told, "diagnostic-code"),
    )


def _what_else(fields: Fields) -> str:
    """Reports call themselves automatic answers too, so this is asked only of what is no report."""
    is_automatic = _first(fields, "auto-submitted").strip().lower() not in ("", "no")
    if is_automatic or "x-autoreply" in fields or _first(fields, "precedence").strip().lower() == "auto_reply":
        return "The message is an automatic answer, not a delivery report."
    return "The message is not a delivery report."


def _words_of_ours(to: str, fields: Fields) -> tuple[str, ...]:
    named = [to[:_LONGEST_FIELD], *(value for name in _ADDRESSED for value in fields.get(name, []))]
    found = [word for value in named for word in _WORD_OF_OURS.findall(value.lower())]
    return tuple(dict.fromkeys(found))[:_MOST_WORDS_OF_OURS]


def _status_part(body: bytes, boundary: str) -> bytes:
    """The part of the report that says in fields what became of the mail; empty where there is none."""
    for piece in _pieces(body, boundary.encode("latin-1", "replace")):
        fields, content = _parted(piece)
        if _type(_first(fields, "content-type")) in _REPORTS:
            return _unpacked(content[:_MOST_HEAD], _first(fields, "content-transfer-encoding").strip().lower())
    return b""


def _groups(content: bytes) -> list[Fields]:
    """The groups of fields that speak of a recipient; the first group of a report speaks of the report itself."""
    groups = re.split(rb"\r?\n[ \t]*\r?\n", content, maxsplit=_MOST_GROUPS)[:_MOST_GROUPS]
    found = [_fields(group) for group in groups]
    return [group for group in found if "action" in group or "status" in group]


def _parted(content: bytes) -> tuple[Fields, bytes]:
    """Fields and body, parted at the first blank line."""
    blank = re.search(rb"\A\r?\n|\r?\n\r?\n", content)
    head, body = (content[: blank.start()], content[blank.end() :]) if blank else (content, b"")
    return _fields(head), body


def _fields(head: bytes) -> Fields:
    """The fields by their names in small letters, each with its values; no more of them than is sensible."""
    fields: Fields = {}
    values: list[str] = []
    for line in _lines(head):
        if line[:1] in (" ", "\t"):
            if values and len(values[-1]) < _LONGEST_FIELD:
                values[-1] += line
            continue
        name, colon, value = line.partition(":")
        values = fields.setdefault(name.strip().lower(), []) if colon else []
        values.append(value)
    return fields


def _lines(head: bytes) -> Iterable[str]:
    for line in re.split(rb"\r\n|\n|\r", head[:_MOST_HEAD], maxsplit=_MOST_FIELDS)[:_MOST_FIELDS]:
        yield line[:_LONGEST_FIELD].decode("utf-8", "replace")


def _first(fields: Fields, name: str) -> str:
    return fields.get(name, [""])[0]


def _type(field: str) -> str:
    return field.partition(";")[0].strip().lower()


def _parameter(field: str, name: str) -> str:
    found = re.search(_PARAMETER.format(name=name), field, re.IGNORECASE)
    return (found[1] or found[2]).strip() if found else ""


def _pieces(body: bytes, boundary: bytes) -> Iterable[bytes]:
    """What stands between the boundary lines, at most 20; a missing last one is no loss."""
    start = None
    line = re.compile(rb"(?:\A|\r\n|\n|\r)--" + re.escape(boundary) + rb"(--)?[ \t]*(?:\r\n|\n|\r|\Z)")
    for place, found in enumerate(line.finditer(body)):
        if start is not None:
            yield body[start : found.start()]
        start = None if found[1] else found.end()
        if found[1] or place >= _MOST_PARTS:
            break
    if start is not None:
        yield body[start:]


def _unpacked(content: bytes, coding: str) -> bytes:
    if coding == "quoted-printable":
        return binascii.a2b_qp(content)
    if coding == "base64":
        letters = _NOISE.sub(b"", content)
        letters = letters[: len(letters) - 1] if len(letters) % 4 == 1 else letters
        return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))
    return content
