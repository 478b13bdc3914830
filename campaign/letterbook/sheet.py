"""A letter as a PDF of one page, tagged for those who hear it read (PDF/UA-1)."""

import io
import json
import re
import threading
import unicodedata
import zlib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import segno
import typst

from campaign import tongues
from campaign.domain.grammar import one_line

_HERE = Path(__file__).resolve().parent
_LETTER_PAPER = frozenset(["US", "CA", "MX", "PH", "CL", "CO", "CR", "VE", "GT", "PA", "DO", "PR", "SV", "NI", "HN"])
# Where the window of an envelope is on the right.
_WINDOW_RIGHT = frozenset(["FR", "CH", "BE", "LU", "MC"])
_CODE_TOLD = "Is this letter still wanted? Whoever holds it can ask here before posting it."
# What is filled in by hand, where a letter has no name yet.
_BLANKS = {
    "en": {"date": "Date", "name": "Name"},
    "fr": {"date": "Date", "name": "Nom"},
    "es": {"date": "Fecha", "name": "Nombre"},
}
# Latin, Greek, Cyrillic, Arabic, with their accents, marks and presentation forms: what our types have.
_NO_TYPE = re.compile(
    "[^\\s\u0020-\u024f\u02b0-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u0482\u048a-\u04ff\u0510-\u0513"
    "\u051a-\u051d\u0600-\u061c\u061e-\u06ff\u0750-\u077f\u1e00-\u1f15\u1f18-\u1f1d\u1f20-\u1f45\u1f48-\u1f4d\u1f50-\u1f57"
    "\u1f59\u1f5b\u1f5d\u1f5f-\u1f7d\u1f80-\u1fb4\u1fb6-\u1fc4\u1fc6-\u1fd3\u1fd6-\u1fdb\u1fdd-\u1fef\u1ff2-\u1ff4\u1ff6-\u1ffe"
    "\u2000-\u2040\u2042\u2044-\u2052\u2054-\u206f\u20a0-\u20bf\u2100-\u211e\u2120\u2122\u2124\u2126-\u214f"
    "\ufb00-\ufb06\ufb50-\ufbc1\ufbd3-\ufd3f\ufd50-\ufd8f\ufd92-\ufdc7\ufdf0-\ufdfd\ufe70-\ufe74\ufe76-\ufefc\ufeff]"
)
_ARABIC_MARK = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
_OTHER_MARK = "\u0300-\u036f"
_ARABIC_LETTER = "\u0620-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f"
# A mark with no letter of its script before it, or more of them than any language writes: no type has a place for them.
_NO_PLACE = re.compile(
    f"(?<![{_ARABIC_LETTER}{_ARABIC_MARK}])[{_ARABIC_MARK}]|(?<![A-Za-z\u00c0-\u052f\u1e00-\u1fff])[{_OTHER_MARK}]|"
    f"[{_ARABIC_MARK}{_OTHER_MARK}]{{5}}"
)
_RIGHT_TO_LEFT = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_LETTERS = re.compile(r"[^\W\d_]")
# The shadda reaches the type before the vowel sign of its letter.
_VOWEL_THEN_SHADDA = re.compile("([\u064b-\u0650\u0670])(\u0651)")
# Readers take a vowel sign for part of the full stop or comma behind it, unless there is white between them.
_VOWEL_BEFORE_STOP = re.compile("([\u064b-\u0657\u0670])([.:\u060c])")


@dataclass(frozen=True)
class Sheet:
    """What stands on the page. `body` ends with the name; `wanted` is where the code leads; `country` is the writer's.

    Without a `name` there are lines for the name and the date, to be filled in by hand.
    """

    address: tuple[str, ...]
    country: str
    day: date
    subject: str
    body: str
    name: str
    language: str
    number: str
    wanted: str


def can_be_set_in_type(text: str) -> bool:
    """Whether our types have every sign of the text, and a place for it: Latin, Greek, Cyrillic and Arabic letters."""
    return not _NO_TYPE.search(text) and not _NO_PLACE.search(text)


class Press:
    """Makes pages of one kind, as `pages` says. Its compiler is kept: the first page takes a while, the others milliseconds."""

    def __init__(self, pages: str = "sheet.typ") -> None:
        self._pages = pages
        self._lock = threading.Lock()
        self._compiler: Any = None

    def pdf(self, sheet: Sheet) -> bytes:
        """A letter."""
        return self.printed(facts_of(sheet))

    def printed(self, facts: dict[str, Any]) -> bytes:
        """The pages with these facts in their places."""
        told = json.dumps(facts, ensure_ascii=False)
        with self._lock:
            if self._compiler is None:
                self._compiler = typst.Compiler(
                    str(_HERE / self._pages), font_paths=[str(_HERE / "fonts")], ignore_system_fonts=True
                )
            made = self._compiler.compile(format="pdf", sys_inputs={"facts": told}, pdf_standards=["ua-1"])
        assert isinstance(made, bytes)
        if not _RIGHT_TO_LEFT.search(told):
            return made
        # Where pages are said to follow each other from the right, readers turn round the words of Latin lines.
        return _told_sign_by_sign(made.replace(b"/Direction/R2L", b"/Direction/L2R"))


def facts_of(sheet: Sheet) -> dict[str, Any]:
    text = sheet.body.rstrip()
    without_name = text[: -len(sheet.name)].rstrip() if sheet.name and text.endswith(sheet.name) else text
    is_arabic = _is_arabic(text)
    return {
        "paper": "us-letter" if sheet.country in _LETTER_PAPER else "a4",
        "window": "right" if sheet.country in _WINDOW_RIGHT else "left",
        "address": [in_type(line, 18) for line in sheet.address],
        "day": tongues.day("ar" if is_arabic else sheet.language, sheet.day),
        "title": one_line(sheet.subject) or sheet.number,
        "subject": _directed([in_type(sheet.subject)], is_arabic),
        "paragraphs": [_directed([in_type(line) for line in lines], is_arabic) for lines in _paragraphs(without_name)],
        "author": one_line(sheet.name),
        "signed": _directed([in_type(sheet.name)], is_arabic),
        "lang": "ar" if is_arabic else sheet.language,
        "rtl": is_arabic,
        "number": sheet.number,
        "wanted": sheet.wanted,
        "code": code(sheet.wanted),
        "code_told": _CODE_TOLD,
        "blanks": None if sheet.name else _BLANKS.get(sheet.language, _BLANKS["en"]),
    }


def _is_arabic(text: str) -> bool:
    return len(_RIGHT_TO_LEFT.findall(text)) * 2 > len(_LETTERS.findall(text))


def _directed(lines: list[str], in_arabic: bool) -> dict[str, Any]:
    """In an Arabic letter a paragraph runs from the right wherever it has an Arabic word, though it begins with a name."""
    text = "".join(lines)
    return {"lines": lines, "rtl": bool(_RIGHT_TO_LEFT.search(text)) if in_arabic else _is_arabic(text)}


def _paragraphs(text: str) -> list[list[str]]:
    """The lines of each paragraph; an empty line ends one."""
    found: list[list[str]] = [[]]
    for line in text.splitlines():
        if one_line(line):
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [lines for lines in found if lines]


def in_type(line: str, unbroken: int = 36) -> str:
    """A line as it goes into type: the same letters, in the order in which the type joins them.

    A word longer than `unbroken` gets places where it can be broken, or it would run off the page.
    """
    text = _VOWEL_THEN_SHADDA.sub(r"\2\1", unicodedata.normalize("NFC", one_line(line)))
    if _is_arabic(text):
        text = _VOWEL_BEFORE_STOP.sub("\\1\u200a\\2", text)
    return re.sub(rf"\S{{{unbroken}}}(?=\S)", "\\g<0>\u200b", text)


@lru_cache(maxsize=256)
def code(address: str) -> str:
    """The small code that leads to an address, as SVG."""
    return str(segno.make(address, error="m", micro=False).svg_inline(border=0))


def code_file(address: str) -> str:
    """The same as a file of its own, with white around it."""
    written = io.BytesIO()
    segno.make(address, error="m", micro=False).save(written, kind="svg", border=2, omitsize=True)
    return written.getvalue().decode()


# How the library writes a letter with its vowel signs: a group that is told as a whole. Readers put such a group in the
# wrong place of a right-to-left line, so each sign of it is told by itself, as other letters are.
_GROUP = re.compile(rb"/Span<</ActualText<FEFF([0-9A-F]+)>>>BDC(.*?)EMC", re.S)
_STRING = re.compile(rb"\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f]+>", re.S)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.S)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_MEANING = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")
_JOINERS = (b"200C", b"200D")
_FONT = re.compile(rb"/(f\d+) (\d+) 0 R")
_Sign = tuple[int, bytes]  # the part of the file that has the meanings of a font, and a code of that font


def _told_sign_by_sign(pdf: bytes) -> bytes:
    """The same page; each Arabic vowel sign is told by itself."""
    file = _File(pdf)
    pages = {number: text for number in file.parts if b"ActualText<FEFF" in (text := file.stream(number))}
    meanings = _Meanings(file)
    for text in pages.values():
        meanings.learn(text)
    for number, text in pages.items():
        file.put(number, _GROUP.sub(meanings.ungrouped, text))
    meanings.write()
    return file.whole()


class _File:
    """A PDF as the library writes it: numbered parts, a table of where they are, a trailer."""

    def __init__(self, pdf: bytes) -> None:
        table = int(pdf[pdf.rindex(b"startxref") :].split()[1])
        trailer = pdf.index(b"trailer", table)
        starts = sorted(int(row[:10]) for row in pdf[table:trailer].split(b"\n") if row[17:18] == b"n")
        self._head = pdf[: starts[0]]
        self._trailer = pdf[trailer : pdf.rindex(b"startxref")]
        parts = [pdf[start:end] for start, end in zip(starts, [*starts[1:], table], strict=True)]
        self.parts = {int(part.partition(b" ")[0]): part for part in parts}

    def stream(self, number: int) -> bytes:
        """The text of a part; nothing where it is not a packed text."""
        head, _, rest = self.parts[number].partition(b"stream\n")
        length = re.search(rb"/Length (\d+)", head)
        if not length or b"/FlateDecode" not in head or b"/Subtype" in head:
            return b""
        return zlib.decompress(rest[: int(length[1])])

    def put(self, number: int, text: bytes) -> None:
        packed = zlib.compress(text)
        head = self.parts[number].partition(b"stream\n")[0]
        head = re.sub(rb"/Length \d+", b"/Length %d" % len(packed), head, count=1)
        self.parts[number] = head + b"stream\n" + packed + b"\nendstream\nendobj\n\n"

    def whole(self) -> bytes:
        made, rows = bytearray(self._head), [b"0000000000 65535 f\r\n"]
        for number in sorted(self.parts):
            rows.append(b"%010d 00000 n\r\n" % len(made))
            made += self.parts[number]
        table = b"xref\n0 %d\n" % len(rows) + b"".join(rows)
        return bytes(made) + table + self._trailer + b"startxref\n%d\n%%%%EOF" % len(made)


class _Meanings:
    """Which letter each sign of a font stands for."""

    def __init__(self, file: _File) -> None:
        self._file = file
        self._tables: dict[bytes, int] = {}
        for part in file.parts.values():
            for name, number in _FONT.findall(part):
                if told := re.search(rb"/ToUnicode (\d+) 0 R", file.parts[int(number)]):
                    self._tables[name] = int(told[1])
        self._written: dict[_Sign, bytes] = {
            (table, code): meaning
            for table in set(self._tables.values())
            for code, meaning in _MEANING.findall(file.stream(table))
        }
        self._learnt: dict[_Sign, bytes] = {}
        self._ambiguous: set[_Sign] = set()

    def learn(self, text: bytes) -> None:
        for group in _GROUP.finditer(text):
            for sign, meaning in self._signs(group):
                written = self._written.get(sign, meaning)
                if self._learnt.setdefault(sign, meaning) != meaning or (len(written) == 4 and written != meaning):
                    self._ambiguous.add(sign)

    def ungrouped(self, group: re.Match[bytes]) -> bytes:
        signs = self._signs(group)
        if not signs or any(sign in self._ambiguous for sign, _ in signs):
            return group[0]
        return b"/ReversedChars BMC" + group[2] + b"EMC"

    def write(self) -> None:
        for table in set(self._tables.values()):
            self._file.put(table, _MEANING.sub(partial(self._line, table), self._file.stream(table)))

    def _line(self, table: int, line: re.Match[bytes]) -> bytes:
        sign = (table, line[1])
        meaning = line[2] if sign in self._ambiguous else self._learnt.get(sign, line[2])
        return b"<%s> <%s>" % (line[1], _joiner_last(meaning))

    def _signs(self, group: re.Match[bytes]) -> list[tuple[_Sign, bytes]]:
        """The signs of a group with their letters, from the left; nothing where they do not match one by one."""
        told = [letter for letter in re.findall(rb".{4}", group[1]) if letter not in _JOINERS]
        fonts = set(re.findall(rb"/(f\d+) ", group[2]))
        codes = [code for run in _STRING.findall(group[2]) for code in re.findall(rb".{4}", _hex(run))]
        is_arabic = _RIGHT_TO_LEFT.search(bytes.fromhex(group[1].decode()).decode("utf-16-be"))
        if not is_arabic or len(fonts) != 1 or len(codes) != len(told):
            return []
        table = self._tables[fonts.pop()]
        return [((table, code), meaning) for code, meaning in zip(codes, reversed(told), strict=True)]


def _joiner_last(meaning: bytes) -> bytes:
    """A joiner shows nothing and is told with the letter after it, of which readers turn round the signs."""
    return re.sub(rb"^(200[CD])(06..|07..)$", rb"\2\1", meaning)


def _hex(run: bytes) -> bytes:
    """A string of a PDF, which has escapes or is in hex already, in hex."""
    if run.startswith(b"<"):
        return run[1:-1].upper()

    def plain(found: re.Match[bytes]) -> bytes:
        return bytes([int(found[1], 8)]) if found[1].isdigit() else _ESCAPES.get(found[1], found[1])

    return _ESCAPED.sub(plain, run[1:-1]).hex().upper().encode()
