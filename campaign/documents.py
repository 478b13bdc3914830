"""The way in: the bytes of a document as text, or a sentence that says why not."""

import codecs
import re

from campaign.domain.refusals import Unreadable

LARGEST = 10_000_000

_SIGNS = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a Word or other packed file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def text_of(content: bytes) -> str:
    """The document's text with `\\n` line ends. Raises Unreadable, with a sentence fit to show, where there is none."""
    if not content.strip():
        raise Unreadable("The document is empty.")
    if len(content) > LARGEST:
        raise Unreadable(f"The document is larger than {LARGEST // 1_000_000} MB, so it was not read.")
    for sign, kind in _SIGNS:
        if content.lstrip()[:8].startswith(sign):
            raise Unreadable(f"This is {kind}. Please save it as plain text and bring that.")
    text = decoded(content)
    if _is_noise(text):
        raise Unreadable("This is not a text document: most of it cannot be read as words.")
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def decoded(content: bytes) -> str:
    """Bytes as text: by their mark, as UTF-8, else as Western European, which never fails."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    for charset in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(charset)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _is_noise(text: str) -> bool:
    sample = text[:20_000]
    strange = len(_CONTROLS.findall(sample)) + sample.count("\ufffd")
    return strange * 100 > len(sample) or not re.search(r"\w\w", sample)
