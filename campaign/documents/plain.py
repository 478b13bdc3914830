"""From bytes to characters, and from characters to the text that all evidence points into."""

import codecs
import re

from campaign.domain.refusals import Unreadable

# Far more than any output has; the reader refuses longer texts too.
LONGEST = 1_000_000
TOO_LONG = "The document is far longer than any Urgent Action output, so it was not read."
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_WESTERN = {
    chr(code): bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}


def decoded(content: bytes, declared: str | None = None) -> str:
    """Bytes as characters: by their mark, as UTF-8, as declared, else as Western European, which never fails."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    if wide := _unmarked_utf16(content):
        return content.decode(wide, "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    for charset in (declared, "utf-8" if _is_damaged_utf8(content) else None, "cp1252"):
        text = _decoded_as(content, charset)
        if text is not None:
            return text
    return content.decode("latin-1")


def cleaned(text: str) -> str:
    """`text` with `\\n` line ends and without control characters; a form feed stays, at the start of a line.

    Letters of Windows that were taken for control characters are put right. Raises Unreadable for noise.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    if _is_noise(text):
        raise Unreadable(
            "This is not a text document: most of it cannot be read as words. "
            "Please bring it as .docx, .pdf, .eml, .html or plain text."
        )
    text = re.sub("[\x0b\u2028\u2029]", "\n", text)
    text = _CONTROLS.sub(lambda found: _WESTERN.get(found.group(), ""), text)
    text = re.sub(r"(?<!\n)\f", "\n\f", text)
    if not text.strip():
        raise Unreadable("The document has no text that could be read.")
    if len(text) > LONGEST:
        raise Unreadable(TOO_LONG)
    return text


def _decoded_as(content: bytes, charset: str | None) -> str | None:
    """None where the charset is unknown, is none for text, or does not fit. UTF-8 is decoded around damage."""
    try:
        name = codecs.lookup(charset or "").name
        # "us-ascii" and "utf-7" are declared by mistake more often than they are true.
        if name in ("ascii", "utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"):
            return None
        return content.decode(name, "replace" if name == "utf-8" and charset == "utf-8" else "strict")
    except (LookupError, ValueError, TypeError):
        return None


def _unmarked_utf16(content: bytes) -> str | None:
    """UTF-16 without a mark shows in Western text as every other byte being zero."""
    sample = content[:2000]
    half = len(sample) // 2
    if half < 8 or b"\x00" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd * 10 > half * 7 and even * 20 < half:
        return "utf-16-le"
    return "utf-16-be" if even * 10 > half * 7 and odd * 20 < half else None


def _is_damaged_utf8(content: bytes) -> bool:
    """UTF-8 with a few broken letters in it: cut off in the middle of a letter, or damaged on the way."""
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(1 for letter in text if letter > "\x7f") - broken
    return whole > broken * 4 or (broken <= 3 and _is_cut_off(content))


def _is_cut_off(content: bytes) -> bool:
    """Whether only the last letter is broken, and is one that could still go on."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(content)
    except UnicodeDecodeError:
        return False
    return True


def _is_noise(text: str) -> bool:
    sample = text[:20_000]
    strange = len(_CONTROLS.findall(sample)) + sample.count("\ufffd")
    return bool(sample.strip()) and (strange * 100 > len(sample) + 200 or not re.search(r"\w\w", sample))
