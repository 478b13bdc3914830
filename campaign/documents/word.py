"""The text of a Word document (.docx). Runs in the limited child only."""

import io
import re
import stat
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from campaign.documents.markup import markup_text
from campaign.domain.refusals import Unreadable

MOST_MEMBERS = 500
MOST_UNPACKED = 50_000_000
LOCKED = "This document is locked with a password. Please save it without one and bring that."
DAMAGED = "This Word document is damaged or cut off, so nothing could be read from it. Please fetch it again."
_TOO_LARGE = "This document unpacks to more than an Urgent Action can hold, so it was not read."
_UNSAFE = "This document holds links to files, or definitions that no Word document needs, so it was not read."
_OTHERS = (
    ("xl/", "This is a table (Excel). Please bring the document itself as .docx, .pdf or plain text."),
    ("ppt/", "This is a slide show (PowerPoint). Please bring the document itself as .docx, .pdf or plain text."),
    ("content.xml", "This is an OpenDocument file. Please save it as .docx, .pdf or plain text and bring that."),
    ("META-INF/container.xml", "This is an e-book. Please bring the document itself as .docx, .pdf or plain text."),
)
_ARCHIVE = "This is a packed archive. Please unpack it and bring each document by itself."
# Neither styles nor settings nor pictures have words in them, and reading styles takes longer than all the rest.
_NEEDED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|word/_rels/[\w.-]+\.rels|word/(?:document|footnotes|endnotes|numbering|settings|header|footer)\d*\.xml"
)


def word_text(content: bytes) -> str:
    """The text of a Word document: the page heads first, then the document, then the page feet."""
    parts = _parts(content)
    page_heads, page_feet = _around_the_page(parts)
    return "\n\n".join(text for text in (page_heads, _body(parts), page_feet) if text)


def _parts(content: bytes) -> dict[str, bytes]:
    """The members that have words in them, unpacked within the limits; the rest is only weighed."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = packed.infolist()
            _weigh(members)
            left, parts = MOST_UNPACKED, {}
            for member in members:
                if _NEEDED.fullmatch(member.filename):
                    parts[member.filename] = _unpacked(packed, member, left)
                    left -= len(parts[member.filename])
    except (Unreadable, MemoryError):
        raise
    except Exception:
        raise Unreadable(DAMAGED) from None
    for part in parts.values():
        _refuse_definitions(part)
    return parts


def _weigh(members: list[zipfile.ZipInfo]) -> None:
    names = [member.filename for member in members]
    if not any(name.startswith("word/") for name in names):
        raise Unreadable(next((why for sign, why in _OTHERS if any(n.startswith(sign) for n in names)), _ARCHIVE))
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise Unreadable(_TOO_LARGE)
    if any(stat.S_ISLNK(member.external_attr >> 16) for member in members):
        raise Unreadable(_UNSAFE)
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable(LOCKED)


def _unpacked(packed: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    """A member's bytes, counted as they come: what it says of its own size may be a lie."""
    pieces, left = [], most
    with packed.open(member) as stream:
        while piece := stream.read(65_536):
            left -= len(piece)
            if left < 0:
                raise Unreadable(_TOO_LARGE)
            pieces.append(piece)
    return b"".join(pieces)


def _refuse_definitions(part: bytes) -> None:
    """No Word document defines entities; a DOCTYPE in one is an attack. Whatever the encoding, the parser sees it."""

    def refuse(*_: object) -> None:
        raise Unreadable(_UNSAFE)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(part, True)
    except expat.ExpatError:
        raise Unreadable(DAMAGED) from None


def _body(parts: dict[str, bytes]) -> str:
    import mammoth  # type: ignore[import-untyped]

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as again:
        for name, part in parts.items():
            again.writestr(name, part)
    packed.seek(0)
    try:
        markup = mammoth.convert_to_html(packed, convert_image=mammoth.images.img_element(lambda image: {})).value
    except MemoryError:
        raise
    except Exception:
        raise Unreadable(DAMAGED) from None
    return markup_text(markup).strip("\n")


def _around_the_page(parts: dict[str, bytes]) -> tuple[str, str]:
    """The texts of the page heads and of the page feet that are shown, each line once."""
    from defusedxml import ElementTree  # type: ignore[import-untyped]

    trees = {name: ElementTree.fromstring(part) for name, part in parts.items() if name.endswith((".xml", ".rels"))}
    document = trees.get("word/document.xml")
    if document is None:
        return "", ""
    targets = {
        _attribute(link, "Id"): "word/" + _attribute(link, "Target").removeprefix("/word/")
        for link in trees.get("word/_rels/document.xml.rels", ())
    }
    shown = [
        (_name(use), targets.get(_attribute(use, "id"), "")) for use in _uses(document, trees.get("word/settings.xml"))
    ]
    heads, feet = (
        [line for use, part in dict.fromkeys(shown) if use == kind and part in trees for line in _lines(trees[part])]
        for kind in ("headerReference", "footerReference")
    )
    return "\n".join(dict.fromkeys(heads)), "\n".join(dict.fromkeys(feet))


def _uses(document: Any, settings: Any) -> Iterator[Any]:
    """The references to page heads and feet that a reader sees: those of first and even pages only where in use."""
    has_even = settings is not None and any(_name(one) == "evenAndOddHeaders" for one in settings)
    for section in document.iter():
        if _name(section) != "sectPr":
            continue
        has_first = any(_name(one) == "titlePg" for one in section)
        for use in section:
            kind = _attribute(use, "type")
            if _name(use) in ("headerReference", "footerReference") and (
                kind not in ("first", "even") or (kind == "first" and has_first) or (kind == "even" and has_even)
            ):
                yield use


def _lines(part: Any) -> list[str]:
    """The lines of a page head or foot; what stands beside each other in a table is parted by tabs."""
    found: list[str] = []
    rows = {cell: row for row in part.iter() if _name(row) == "tr" for cell in row.iter() if _name(cell) == "p"}
    in_row = None
    for paragraph in part.iter():
        if _name(paragraph) != "p":
            continue
        text = _words(paragraph).strip()
        row = rows.get(paragraph)
        if text and row is not None and row is in_row:
            found[-1] += f"\t{text}"
        elif text:
            found += [line.strip() for line in text.split("\n") if line.strip()]
            in_row = row
    return found


def _words(paragraph: Any) -> str:
    words, hidden = [], set()
    for piece in paragraph.iter():
        name = _name(piece)
        if name in ("Fallback", "del", "moveFrom"):
            hidden.update(piece.iter())
        if piece in hidden or (name == "p" and piece is not paragraph):
            hidden.update(piece.iter())
        elif name == "t":
            words.append(piece.text or "")
        elif name in ("tab", "ptab") and not _attribute(piece, "pos"):  # one with a position is a paragraph's setting
            words.append("\t")
        elif name in ("br", "cr"):
            words.append("\n")
    return "".join(words)


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _attribute(element: Any, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")
