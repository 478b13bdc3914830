"""From a web page to its text: blocks apart, words together, cells of a table beside each other."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import pairwise

from campaign.documents.plain import decoded

# A paragraph has a blank line around it; the others only begin a line.
_PARAGRAPHS = frozenset(
    {
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "ul",
        "ol",
        "dl",
        "pre",
        "table",
        "section",
        "article",
        "aside",
        "header",
        "footer",
        "main",
        "nav",
        "hr",
        "form",
        "figure",
        "fieldset",
        "body",
        "details",
    }
)
_LINES = frozenset(
    {"div", "li", "dt", "dd", "tr", "address", "figcaption", "caption", "center", "option", "legend", "summary", "br"}
)
# Struck out and deleted words are no longer said.
_SKIPPED = frozenset({"script", "style", "template", "title", "svg", "del", "s", "strike"})
# These are left at the next block, whose words would be lost if the end tag is missing.
_LEFT_AT_BLOCKS = frozenset({"title", "svg", "s", "strike"})
_CELLS = frozenset({"td", "th"})
# Tables in tables beyond this are a page's scaffolding; their cells stand one below the other.
_DEEPEST_TABLE = 4
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)


def html_text(content: bytes, declared: str | None = None) -> str:
    """The text of a page's bytes. Nothing it points to is loaded; hidden elements are read like the others."""
    meta = _DECLARED.search(content[:4096])
    return markup_text(decoded(content, declared or (meta[1].decode("ascii") if meta else None)))


def markup_text(markup: str) -> str:
    """The text of markup that is decoded already."""
    walker = _Walker()
    walker.feed(_ended(markup))
    walker.close()
    return walker.text() + "\n"


def _ended(markup: str) -> str:
    """`markup` without what is begun and never ended: for each such beginning the parser would search to the very end."""
    last = markup.rfind("-->") + 3
    markup = markup[:last] + markup[last:].replace("<!--", "") if last > 2 else markup.replace("<!--", "")
    last = markup.rfind(">") + 1
    return markup[:last] + markup[last:].rpartition("<")[0 if "<" in markup[last:] else 2].replace("<", "&lt;")


@dataclass
class _Table:
    """An open table: the cells of its open row, whether a cell is open, and how far the row is from what is above."""

    row: list[str]
    in_cell: bool = False
    gap: int = 0


class _Walker(HTMLParser):
    """Collects text without recursion, in time that grows with the page and no faster."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._buffers: list[list[str]] = [[]]
        self._tables: list[_Table] = []
        self._tables_too_deep = 0
        self._skipping = ""
        self._skips = 0
        self._pre = 0
        self._gap = 0
        self._at_blank = True
        self._bullet = False
        self._headline = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skipping and not self._left_at(tag):
            self._skips += tag == self._skipping
            return
        if tag in _SKIPPED:
            self._skipping, self._skips = tag, 1
        elif tag == "table":
            self._open_table()
        elif tag in _CELLS:
            self._open_cell()
        elif tag == "tr":
            self._close_row()
        elif tag in _PARAGRAPHS or tag in _LINES:
            self._break(tag)
            self._bullet = self._bullet or tag == "li"
            self._headline = tag == "h1"
            self._pre += tag == "pre"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # <p/> is a break and <svg/> is nothing: neither has anything inside.
        if not self._skipping and (tag in _PARAGRAPHS or tag in _LINES):
            self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._skipping and not self._left_at(tag):
            self._skips -= tag == self._skipping
            if not self._skips:
                self._skipping = ""
            return
        if tag == "table":
            self._close_table()
        elif tag in _CELLS:
            self._close_cell()
        elif tag == "tr":
            self._close_row()
        elif tag in _PARAGRAPHS or tag in _LINES:
            self._break(tag)
            self._bullet = self._bullet and tag != "li"
            self._headline = False
            self._pre = max(0, self._pre - (tag == "pre"))

    def handle_data(self, data: str) -> None:
        if self._skipping:
            return
        text = data if self._pre else _BLANKS.sub(" ", data)
        if self._at_blank and not self._pre:
            text = text.lstrip(" ")
        if text:
            self._say(text)

    def text(self) -> str:
        """All that was collected; what is still open is closed."""
        while self._tables or self._tables_too_deep:
            self._close_table()
        return self._taken()

    def _left_at(self, tag: str) -> bool:
        """Ends the skipping at a block where an end tag was forgotten."""
        if self._skipping in _LEFT_AT_BLOCKS and (tag in _PARAGRAPHS or tag in _LINES or tag in _CELLS):
            self._skipping = ""
        return not self._skipping

    def _say(self, text: str) -> None:
        buffer = self._buffers[-1]
        if self._bullet and text.strip():
            text, self._bullet = f"* {text}", False
        if self._headline and text.strip():
            text, self._headline = f"# {text}", False
        if self._gap and buffer:
            buffer.append("\n" * self._gap)
        buffer.append(text)
        self._gap, self._at_blank = 0, text[-1] in " \n\t"

    def _break(self, tag: str) -> None:
        """Ends a line or a paragraph. A line end on an empty line leaves that line blank."""
        is_wide = tag in _PARAGRAPHS or (tag == "br" and self._gap > 0)
        self._gap, self._at_blank = max(self._gap, 2 if is_wide else 1), True

    def _taken(self) -> str:
        """What the innermost buffer holds."""
        lines = "\n".join(line.strip(" \t") for line in "".join(self._buffers[-1]).split("\n"))
        return re.sub(r"\n{3,}", "\n\n", lines).strip("\n")

    def _open_table(self) -> None:
        self._break("table")
        if len(self._tables) < _DEEPEST_TABLE:
            self._tables.append(_Table([]))
        else:
            self._tables_too_deep += 1

    def _open_cell(self) -> None:
        self._close_cell()
        if self._tables and not self._tables_too_deep:
            if not self._tables[-1].row:
                self._tables[-1].gap = self._gap
            self._tables[-1].in_cell = True
            self._buffers.append([])
            self._gap, self._at_blank = 0, True
        else:
            self._break("tr")

    def _close_cell(self) -> None:
        if self._tables and not self._tables_too_deep and self._tables[-1].in_cell:
            self._tables[-1].in_cell = False
            self._tables[-1].row.append(self._taken())
            self._buffers.pop()
            self._gap, self._at_blank = 1, True

    def _close_row(self) -> None:
        self._close_cell()
        if self._tables and not self._tables_too_deep:
            row = _beside([cell for cell in self._tables[-1].row if cell])
            self._tables[-1].row = []
            if row:
                self._gap = max(self._tables[-1].gap, 1)
                self._say(row)
        self._break("tr")

    def _close_table(self) -> None:
        if self._tables_too_deep:
            self._tables_too_deep -= 1
        elif self._tables:
            self._close_row()
            self._tables.pop()
        self._break("table")


def _beside(cells: list[str]) -> str:
    """A row on one line, its cells parted by tabs; where a cell has more lines, one cell below the other."""
    if not any("\n" in cell for cell in cells):
        return "\t".join(cells)
    row = cells[0]
    for before, cell in pairwise(cells):
        row += ("\n\n" if "\n" in before else "\n") + cell
    return row
