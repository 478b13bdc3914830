"""A document's text made ready for reading: marks taken out, page furniture left out, places kept.

Every line of a page is the line of the same number in the document, so whatever is found can be shown
where it stands.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from campaign.domain.folding import fold, word_set
from campaign.domain.patterns import runs_of
from campaign.domain.urgent_action import Evidence

_CHANGED: dict[str, str] = {
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\x00\x01", ""),
    **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000", " "),
    **dict.fromkeys("\x0b\f\r\u2028\u2029\x85", " "),
    "\t": "    ", "ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "\ufffe": "-", "：": ":",
}  # fmt: skip
_ODD = re.compile("[" + "".join(_CHANGED) + "]")
_LINK = re.compile(r"!?\[([^\[\]]{0,400})\]\([^()\s]{0,400}\)")
_BOLD = re.compile(
    r"\*\*+|__+(?=\w)|(?<=\w)__+(?!\w)|(?<=[^\W_])\*(?=[\s.,;:!?)]|$)|(?<![\w*])\*(?=[^\W_])|\\(?=[-*_#.()\[\]&+>])"
)
_HEADING = re.compile(r"(?m)^[ ]{0,3}#{1,6}[ ]+")
_CHIEF_HEADING = re.compile(r"[ ]{0,3}#[ ]")
_QUOTED = re.compile(r"^\s*>")
_PAGE_NUMBER = re.compile(
    r"(?:\s{2,}|^\s*)(?:(?:page|p[aá]gina|p\.)\s*\d{1,3}|(?:page\s*)?\d{1,3}\s*(?:of|de|sur|/)\s*\d{1,3})\s*$",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"(?:amnesty|international|amnesty international|amnesty international\s+urgent action|page \d+( of \d+)?|\d{1,3}/\d{1,3}"
    r"|amnist[ií]a internacional|-{3,}|_{3,}|={3,}|page footer:.*)",
    re.IGNORECASE,
)
_FRACTION = re.compile(r"\d/\d")
_HEAD_NUMBER = re.compile(r"\d/\d\d")
_NO_LETTER = re.compile(r"\W")
# A foot line: the number, the index number, or both.
_FOOT_LINE = re.compile(
    r"(?=.)(?:(?:UA|AU|FI|EXTRA):?\s?\d{1,3}[/.]\d{2})?\s*(?:(?:(?:ai )?(?:index|[ií]ndice)\s?: ?)?[a-z]{3} \d\d/\d+/\d{2,4})?",
    re.IGNORECASE,
)
_ZERO_FOR_O = re.compile(r"0(?<![\d/.,:+\-]0)(?<!\d\s0)(?![\d/.,:%]|\s?\d)")


@dataclass(frozen=True)
class Squeezed:
    """The letters, digits and a few marks of a text, folded and without blanks, and where each stands in it.

    `pieces` are the unbroken runs of letters: where each begins among the letters, and where in the text. A blank
    line stands as one line end, so that what is looked for never runs over it.
    """

    letters: str
    among_letters: tuple[int, ...]
    in_text: tuple[int, ...]

    @cached_property
    def runs(self) -> frozenset[str]:
        """Every five letters in a row."""
        return runs_of(self.letters)

    def place(self, at: int) -> int:
        """The place in the text of the letter `at`; behind the last letter it is the end."""
        if at >= len(self.letters):
            return self.after(len(self.letters))
        piece = bisect_right(self.among_letters, at) - 1
        return self.in_text[piece] + at - self.among_letters[piece]

    def after(self, at: int) -> int:
        """The place in the text right behind the letter before `at`."""
        return self.place(at - 1) + 1 if at and self.letters else 0

    def at(self, place: int) -> int:
        """The first letter at or behind `place` of the text."""
        piece = bisect_right(self.in_text, place) - 1
        if piece < 0:
            return 0
        end = self.among_letters[piece + 1] if piece + 1 < len(self.among_letters) else len(self.letters)
        return min(self.among_letters[piece] + place - self.in_text[piece], end)


@dataclass(frozen=True)
class Page:
    """The lines of a document, twice: `wide` keeps runs of blanks (columns), `lines` has single ones."""

    wide: tuple[str, ...]
    lines: tuple[str, ...]
    headings: frozenset[int] = frozenset()
    """The lines that the document itself marks as its chief headings."""

    @cached_property
    def text(self) -> str:
        return "\n".join(self.lines)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        starts, total = [], 0
        for line in self.lines:
            starts.append(total)
            total += len(line) + 1
        return tuple(starts)

    @cached_property
    def folded(self) -> str:
        """The text folded, letter for letter."""
        return fold(self.text)

    @cached_property
    def flat(self) -> str:
        """The folded text as one line, letter for letter, with the straight marks that patterns are written in."""
        return self.folded.replace("\n", " ").replace("’", "'").replace("\u2215", "/")

    @cached_property
    def squeezed(self) -> Squeezed:
        return _squeezed(self.folded)

    @cached_property
    def _stops(self) -> tuple[int, ...]:
        """Where sentences end; a blank line ends one too."""
        return tuple(
            stop.end()
            for stop in _STOP.finditer(self.text)
            if stop.group() != "."
            or not (
                _SHORT_FORM.search(self.text, max(0, stop.start() - 6), stop.start())
                or (self.text[stop.start() - 1].isdigit() and _DAY_AND_MONTH.match(self.text, stop.start() - 1))
            )
        )

    def sentences(self, begin: int, end: int) -> Iterator[tuple[int, int]]:
        """Where the sentences between two places of the text begin and end."""
        text, start = self.text, begin
        stops = self._stops
        for stop in stops[bisect_right(stops, begin) : bisect_right(stops, end)]:
            if not text[start:stop].isspace():
                yield start, stop
            start = stop
        if start < end and not text[start:end].isspace():
            yield start, end

    def line_at(self, place: int) -> int:
        """The index of the line in which `place` of the text lies."""
        return max(0, bisect_right(self._starts, place) - 1)

    def start_of(self, line: int) -> int:
        """The place where the line with that index begins."""
        return self._starts[line] if line < len(self._starts) else len(self.text)

    def evidence(self, start: int, end: int) -> Evidence:
        """The lines between two places of the text, and what stands between them."""
        first, last = self.line_at(start), self.line_at(max(start, end - 1))
        return Evidence(first + 1, last + 1, joined(self.text[start:end])[:2000])

    def lines_evidence(self, first: int, last: int) -> Evidence:
        """The lines with the indexes `first` to `last` as evidence."""
        return Evidence(first + 1, last + 1, joined("\n".join(self.lines[first : last + 1]))[:2000])

    def without(self, dropped: set[int]) -> "Page":
        """The same page with some lines emptied."""
        wide = tuple("" if n in dropped else line for n, line in enumerate(self.wide))
        lines = tuple("" if n in dropped else line for n, line in enumerate(self.lines))
        return Page(wide, lines, self.headings)

    def upto(self, line: int) -> "Page":
        """The page without that line and all that follow."""
        return self.without(set(range(line, len(self.lines))))


_CUT_WORD = re.compile(r"([a-zß-öø-ÿ]{2})-\n\s*([a-zß-öø-ÿ])")
_CUT_AT_HYPHEN = re.compile(r"([^\W\d_])-\n\s*(?=[^\W\d_])")


def joined(text: str) -> str:
    """Hard-wrapped text as one line: words hyphenated at a line end are put together again."""
    if "-\n" in text:
        text = _CUT_AT_HYPHEN.sub(r"\1-", _CUT_WORD.sub(r"\1\2", text))
    return " ".join(text.split())


_DROPPED = re.compile(r"([^\w.;,:!?()&/\x01]+)")
_PARAGRAPH_END = re.compile(r"(?<!\n)\n(?=\n)")


def squeeze(text: str) -> Squeezed:
    """`text` folded and without blanks; a zero among letters is an `o`."""
    return _squeezed(fold(text))


def _squeezed(folded: str) -> Squeezed:
    folded = _ZERO_FOR_O.sub("o", _PARAGRAPH_END.sub("\x01", folded))
    kept_and_dropped = _DROPPED.split(folded.replace("_", " "))
    lengths = [len(piece) for piece in kept_and_dropped]
    letters = "".join(kept_and_dropped[::2]).replace("\x01", "\n")
    among_letters = tuple(accumulate(lengths[:-1:2], initial=0))
    return Squeezed(letters, among_letters, tuple(accumulate(lengths[:-1], initial=0))[::2])


_STOP = re.compile(r"[.!?]+[”’\"')\]]*(?=\s|$)|\n[ ]*\n")
# "Am 8. November": a stop that German sets behind a day.
_DAY_AND_MONTH = re.compile(
    r"\d\. (?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b"
)
_SHORT_FORM = re.compile(
    r"(?:\b(?:dr|mr|mrs|ms|jr|st|no|prof|rev|lt|gen|col|sr|sra|mme|u\.s|u\.n)|\b[^\W\d_])$", re.IGNORECASE
)


def page_of(text: str) -> Page:
    """The page that a document's text gives."""
    text = _as_lines(_together(text)) if "\t" in text or "/" in text else text
    text = _ODD.sub(lambda found: _CHANGED[found.group()], unicodedata.normalize("NFC", text))
    if "[" in text:
        text = _LINK.sub(r"\1", text)
    headings: frozenset[int] = frozenset()
    if "#" in text:
        headings = frozenset(n for n, line in enumerate(text.split("\n")) if _CHIEF_HEADING.match(line))
        text = _HEADING.sub("", text)
    if "*" in text or "_" in text or "\\" in text:
        text = _BOLD.sub("", text)
    wide = tuple(line.rstrip() for line in text.split("\n"))
    return Page(wide, tuple(" ".join(line.split()) for line in wide), headings)


# "Rajendran s/o Kannappan": a name's slash parts no names.
_SON_OF = re.compile(r"(?<=[\w.] )([sdabSDAB])/([olpOLP])(?= [A-Z])")
_CELL = re.compile(r"[ ]*(?P<label>[\w.\- ]{2,20}?):?[ ]*\t+")
_OFFICE_CELL = re.compile(r"[ ]*(?:office|position|title|role|cargo|puesto|fonction|poste)[ ]*\t", re.I)
_SILENT_CELLS = word_set(
    "office position title role name address cargo puesto nombre direccion dirección fonction poste nom adresse"
)


def _together(text: str) -> str:
    return _SON_OF.sub("\\1\u2215\\2", text)


def _as_lines(text: str) -> str:
    """A table that gives an addressee row by row, as the lines that others print."""
    lines = text.split("\n")
    inside = False
    for n, line in enumerate(lines):
        inside = bool(_OFFICE_CELL.match(line)) or (inside and bool(line.strip()))
        cell = _CELL.match(line) if inside else None
        if cell:
            value = line[cell.end() :]
            lines[n] = value if cell["label"].strip().lower() in _SILENT_CELLS else f"{cell['label'].strip()}: {value}"
        elif inside and line.strip().lower() in _SILENT_CELLS:
            lines[n] = " "
    return "\n".join(lines)


def unquoted(page: Page) -> Page:
    """The page without lines that a mail quotes with `>`."""
    return page.without({n for n, line in enumerate(page.lines) if line.startswith(">")})


def quotes_opened(text: str) -> str:
    """`text` with the `>` of quoted mail taken off, for mails that forward an output in quotes."""
    return re.sub(r"(?m)^[ \t]*(?:>[ \t]?)+", "", text)


def without_furniture(page: Page) -> Page:
    """The page without page numbers, logos and repeated head lines; sentences broken by them are whole again."""
    seen: set[str] = set()
    dropped: set[int] = set()
    for n, line in enumerate(page.lines):
        if not line:
            continue
        bare = line
        if line[-1].isdigit():
            bare = " ".join((page.wide[n][:-40] + _PAGE_NUMBER.sub("", page.wide[n][-40:])).split())
        numbered_line = bare != line and _FOOT_LINE.fullmatch(bare)
        if not bare or numbered_line or _FURNITURE.fullmatch(bare):
            dropped.add(n)
            continue
        if "/" not in bare or not _FRACTION.search(bare):
            continue
        letters = _NO_LETTER.sub("", bare).lower()
        if len(letters) > 20 and any(head.startswith(letters) for head in seen):
            dropped.add(n)
        elif _HEAD_NUMBER.search(bare) and len(seen) < 8:
            seen.add(letters)
    return _rejoined(page, dropped)


def _rejoined(page: Page, dropped: set[int]) -> Page:
    """Leaves the dropped lines out; where they break a sentence, the blank lines around them go too.

    A line that has only a space is no blank line to `squeeze`.
    """
    wide, lines = list(page.wide), list(page.lines)
    for n in dropped:
        wide[n], lines[n] = "", ""
    for n in sorted(dropped):
        before = next((k for k in range(n - 1, max(-1, n - 12), -1) if lines[k]), None)
        after = next((k for k in range(n + 1, min(len(lines), n + 12)) if lines[k]), None)
        if before is None or after is None or _ends(lines[before]):
            continue
        for k in range(before + 1, after):
            lines[k] = " "
    return Page(tuple(wide), tuple(lines), page.headings)


def _ends(line: str) -> bool:
    return line.rstrip("”’\"'»)*").endswith((".", "!", "?", ":"))
