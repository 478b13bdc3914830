"""The text of a PDF file, page by page. Runs in the limited child only: the readers parse whatever they are given."""

import io
import re
from itertools import pairwise
from typing import Any, NamedTuple

from campaign.domain.refusals import Unreadable

MOST_PAGES = 80
LOCKED = "This PDF is locked with a password. Please save it without one and bring that."
SCAN = (
    "This PDF is a scan: it holds pictures of pages and no text that could be read. "
    "Please bring the document it was printed from, or type its text."
)
DAMAGED = "This PDF is damaged or cut off, so nothing could be read from it. Please fetch it again."
TOO_LARGE = "This PDF unpacks to more than an Urgent Action can hold, so it was not read."
_MOST_LETTERS = 1_000_001
# A blank wider than this share of the height of a line parts two columns; between words it is a quarter.
_WIDE = 0.8
# Room between lines beyond this many times the usual parts two paragraphs.
_FAR = 1.45
_WIDEST_SPACING = 1.45
_COLUMN_GAP = "    "


def pdf_text(content: bytes) -> str:
    """The text of the first pages, a form feed between two. A second reader has a try where the first gets nothing."""
    try:
        text = _by_pdfium(content)
    except Unreadable:
        raise
    except Exception:
        text = ""
    return text if text.strip() else pdf_text_by_second(content)


def pdf_text_by_second(content: bytes) -> str:
    """The text as the slower reader sees it. Raises Unreadable where the file is locked, damaged or only a scan."""
    import pypdf

    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable(LOCKED)
        pages = [page.extract_text() for page, _ in zip(reader.pages, range(MOST_PAGES), strict=False)]
    except (Unreadable, MemoryError):
        raise
    except pypdf.errors.LimitReachedError:
        raise Unreadable(TOO_LARGE) from None
    except Exception:
        raise Unreadable(DAMAGED) from None
    text = _joined(pages)
    if not text.strip():
        raise Unreadable(SCAN if pages else DAMAGED)
    return text


def _joined(pages: list[str]) -> str:
    return "\n\f".join(page.strip("\r\n") for page in pages)


def _by_pdfium(content: bytes) -> str:
    import pypdfium2  # type: ignore[import-untyped]

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable(LOCKED) from None
        raise
    pages: list[str] = []
    for number in range(min(len(document), MOST_PAGES)):
        pages.append(_page_text(document[number].get_textpage()))
        if sum(map(len, pages)) > _MOST_LETTERS:
            break
    return _joined(pages)


def _page_text(page: Any) -> str:
    """One page's text: columns and paragraphs apart, and the hyphens that the reader takes with the line end put back."""
    count = page.count_chars()
    text: str = page.get_text_range() if 0 < count < _MOST_LETTERS else ""
    if len(text) != count:
        # Letters and their places do not correspond; that is so for letters beyond the 65,536th.
        return re.sub("[\ufffe\x02]", "-\n", text).replace("\r\n", "\n")
    lines = [(line.start(), _with_columns(page, line)) for line in re.finditer("[^\r\n\ufffe\x02]+", text)]
    gaps = _gaps(page, [start + len(line) - len(line.lstrip()) for start, line in lines])
    pieces: list[str] = []
    for (start, line), gap in zip(lines, gaps, strict=True):
        if start:
            pieces.append("-\n" if text[start - 1] in "\ufffe\x02" else gap)
        pieces.append(line)
    return "".join(pieces)


def _with_columns(page: Any, line: re.Match[str]) -> str:
    """A line with a wider gap wherever a blank on the page is as wide as one between columns."""
    pieces, last = [], 0
    for blank in re.finditer(r"(?<=\S) +(?=\S)", line.group()):
        before = _box(page, line.start() + blank.start() - 1)
        after = _box(page, line.start() + blank.end())
        if after.left - before.right > _WIDE * max(before.height, after.height):
            pieces += [line.group()[last : blank.start()], _COLUMN_GAP]
            last = blank.end()
    return "".join([*pieces, line.group()[last:]])


def _gaps(page: Any, starts: list[int]) -> list[str]:
    """What stands before each line: a line end, or a blank line where the page leaves more room than between lines."""
    boxes = [_box(page, start) for start in starts]
    room = [(above.bottom - below.bottom) / max(above.height, below.height, 1.0) for above, below in pairwise(boxes)]
    # Most lines of a page follow closely on another; a quarter is enough to see how closely.
    close = sorted(one for one in room if one > 0.5)
    usual = min(close[len(close) // 4], _WIDEST_SPACING) if close else _WIDEST_SPACING
    return ["", *("\n\n" if one > _FAR * usual else "\n" for one in room)]


class _Box(NamedTuple):
    """The place of a letter on its page, with the room that its font leaves above and below."""

    left: float
    right: float
    bottom: float
    height: float


def _box(page: Any, index: int) -> _Box:
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(page, index, box):
        return _Box(0.0, 0.0, 0.0, 1.0)
    return _Box(box.left, box.right, box.bottom, abs(box.top - box.bottom) or 1.0)
