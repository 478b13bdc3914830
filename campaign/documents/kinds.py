"""What a document is, told by its bytes; a name or an ending says nothing."""

import re
from enum import StrEnum

from campaign.documents.plain import decoded
from campaign.domain.refusals import Unreadable


class Kind(StrEnum):
    TEXT = "text"
    HTML = "html"
    MAIL = "mail"
    PDF = "pdf"
    WORD = "word"


_SAVE_AS = "Please save it as .docx, .pdf or plain text and bring that."
_PICTURE = "This is a picture, and we cannot read the words in it. Please bring the document it was taken from."
_PACKED = "This is a packed archive. Please unpack it and bring each document by itself."
_PROGRAM = "This is a program, no document."
_RECORDING = "This is a recording, no document with text."
_SIGNS: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", f"This is a document in the old RTF format. {_SAVE_AS}"),
    (b"%!PS", "This is a PostScript file. Please save it as PDF and bring that."),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
    (b"8BPS", _PICTURE),
    (b"\x1f\x8b", _PACKED),
    (b"7z\xbc\xaf\x27\x1c", _PACKED),
    (b"Rar!\x1a", _PACKED),
    (b"BZh", _PACKED),
    (b"\xfd7zXZ", _PACKED),
    (b"\x28\xb5\x2f\xfd", _PACKED),
    (b"\x7fELF", _PROGRAM),
    (b"MZ\x90", _PROGRAM),
    (b"ID3", _RECORDING),
    (b"OggS", _RECORDING),
    (
        b"\x78\x9f\x3e\x22",
        "This is a mail in Outlook's own format. Please save it as .eml or as plain text and bring that.",
    ),
    (b"SQLite format 3", "This is a database file, no document."),
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML_START = re.compile(
    r"(?>\s+|<!--.*?-->|<\?xml[^>]{0,200}\?>)*+<(?:!doctype\s+html|html|head|body|meta|title|div|p|table|h[1-6]|article|main|section)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_END = re.compile(r"</(?:p|div|td|tr|table|li|h[1-6]|body|html)\s*>", re.IGNORECASE)
_WORD_XML = re.compile(r"\s*<\?xml[^>]{0,200}\?>\s*<\?mso-application")
_FIELD = re.compile(rb"[!-9;-~]{1,80}[ \t]?:")
# Names that only mail programs write; a memo in plain text can have From:, To:, Date: and Subject: too.
_TECHNICAL = re.compile(
    rb"(?:message-id|mime-version|received|return-path|delivered-to|content-type|content-transfer-encoding"
    rb"|dkim-signature|x-[a-z0-9-]+|list-[a-z]+)[ \t]?:",
    re.IGNORECASE,
)
_ENVELOPE = re.compile(rb"From \S+ .*\d\d:\d\d")


def kind_of(content: bytes) -> Kind:
    """What the bytes are. Raises Unreadable, saying what they are and what to do, where we cannot read that."""
    start = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"%PDF-") or (b"%PDF-" in content[:1024] and b"endobj" in content):
        return Kind.PDF
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Kind.WORD
    if content.startswith(_OLD_OFFICE):
        raise Unreadable(_old_office(content))
    for sign, sentence in _SIGNS:
        if start.startswith(sign) or content.startswith(sign):
            raise Unreadable(sentence)
    _refuse_hidden_signs(content)
    if is_mail(content):
        return Kind.MAIL
    return Kind.HTML if is_html(content) else Kind.TEXT


def is_html(content: bytes) -> bool:
    """Whether the bytes are a web page, or a piece of one."""
    text = decoded(content[:60_000])
    if _WORD_XML.match(text):
        raise Unreadable(f"This is a Word document in an XML format. {_SAVE_AS}")
    if re.match(r"\s*(?:<\?xml[^>]{0,200}\?>)?\s*<svg\b", text):
        raise Unreadable(_PICTURE)
    if _HTML_START.match(text) or re.search(r"<(?:html|body)[\s>]", text[:4000], re.IGNORECASE):
        return True
    ends = len(_HTML_END.findall(text))
    return ends >= 5 and ends * 400 > len(text)


def is_mail(content: bytes) -> bool:
    """Whether the bytes begin with the head of a mail as a mail program writes it."""
    head = content[:60_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    lines = head.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n\n", 1)[0].split(b"\n")[:200]
    if _ENVELOPE.match(lines[0]):
        lines = lines[1:]
    fields = [line for line in lines if line[:1] not in (b" ", b"\t")]
    good = [line for line in fields if _FIELD.match(line)]
    return len(good) >= 2 and len(good) * 10 >= len(fields) * 7 and any(_TECHNICAL.match(line) for line in good)


def _old_office(content: bytes) -> str:
    def named(word: str) -> bool:
        return word.encode("utf-16-le") in content

    if named("EncryptedPackage"):
        return "This Word document is locked with a password. Please save it without one and bring that."
    if named("__substg1.0_") or named("__properties_version1.0"):
        return "This is a mail in Outlook's own format. Please save it as .eml or as plain text and bring that."
    if named("Workbook") or named("PowerPoint Document"):
        return f"This is an old table or slide show of Office. {_SAVE_AS}"
    return f"This is a document in the old Word format (.doc). {_SAVE_AS}"


def _refuse_hidden_signs(content: bytes) -> None:
    """For kinds whose sign does not stand at the very start, or is too short to be sure of."""
    binary = b"\x00" in content[:256]
    if content[:4] == b"RIFF":
        raise Unreadable(_PICTURE if content[8:12] == b"WEBP" else _RECORDING)
    if content[4:8] == b"ftyp":
        raise Unreadable(_PICTURE if content[8:11] in (b"hei", b"mif", b"avi") else _RECORDING)
    if binary and content[:2] == b"BM":
        raise Unreadable(_PICTURE)
    if binary and content[:2] == b"MZ":
        raise Unreadable(_PROGRAM)
    if content[257:262] == b"ustar":
        raise Unreadable(_PACKED)
