"""Makes documents of each kind in memory, from paragraphs, without any library that reads them."""

import base64
import io
import quopri
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from html import escape

PARAGRAPHS = (
    "Second UA: 44/21 Index: AMR 28/4002/2021 Ecuador Date: 2 May 2021",
    "URGENT ACTION",
    "Three held after a march",
    "Ana María Ruiz was released on 1 May 2021. She had marched for clean water with Bo Chen and Carla Díaz.",
    "NO FURTHER ACTION IS REQUESTED FOR ANA MARÍA RUIZ; ACTIONS CAN CONTINUE FOR BO CHEN AND CARLA DÍAZ.",
    "NAME AND PREFERRED PRONOUN: Ana María Ruiz (she, her), Bo Chen (he, him), Carla Díaz (she, her)",
    "THIS IS THE SECOND OUTPUT FOR UA 44/21",
)
TEXT = "\n\n".join(PARAGRAPHS) + "\n"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def text(paragraphs: Iterable[str] = PARAGRAPHS, charset: str = "utf-8") -> bytes:
    return ("\n\n".join(paragraphs) + "\n").encode(charset)


def html(paragraphs: Iterable[str] = PARAGRAPHS, *, more: str = "") -> bytes:
    body = "\n".join(f"<p>{escape(one)}</p>" for one in paragraphs)
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>x</title></head><body>{body}{more}</body></html>'.encode()


# --- mails


def part(content: bytes, type: str = 'text/plain; charset="utf-8"', *, coding: str = "8bit", more: str = "") -> bytes:
    """A leaf of a mail, with its own head."""
    packed = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}.get(coding, bytes)(content)
    return f"Content-Type: {type}\r\nContent-Transfer-Encoding: {coding}\r\n{more}\r\n".encode() + packed


def attached(content: bytes, name: str, type: str = "application/octet-stream") -> bytes:
    return part(content, type, coding="base64", more=f'Content-Disposition: attachment; filename="{name}"\r\n')


def multipart(*parts: bytes, kind: str = "mixed", boundary: str = "=_b1") -> bytes:
    """A container with its own head."""
    inside = b"".join(b"--" + boundary.encode() + b"\r\n" + one + b"\r\n" for one in parts)
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode()
    return head + inside + f"--{boundary}--\r\n".encode()


def mail(entity: bytes | None = None, *, subject: str = "News") -> bytes:
    """A mail around a part or a container."""
    head = (
        f"From: UA Desk <desk@section.example>\r\nTo: members@lists.example.org\r\nSubject: {subject}\r\n"
        "Date: Mon, 03 May 2021 10:00:00 +0000\r\nMessage-ID: <m1@lists.example.org>\r\nMIME-Version: 1.0\r\n"
    )
    return head.encode() + (part(text()) if entity is None else entity)


# --- Word


W = _W.encode()


def docx(
    paragraphs: Iterable[str] = PARAGRAPHS,
    *,
    body: str = "",
    header: str = "",
    footer: str = "",
    members: dict[str, bytes] | None = None,
) -> bytes:
    """A Word document of paragraphs, then of the markup in `body`; `members` are added or replaced."""
    words = "".join(f"<w:p><w:r><w:t xml:space='preserve'>{escape(one)}</w:t></w:r></w:p>" for one in paragraphs)
    uses = '<w:headerReference w:type="default" r:id="h1"/>' if header else ""
    uses += '<w:footerReference w:type="default" r:id="f1"/>' if footer else ""
    document = f"<w:document {_W} {_R}><w:body>{words}{body}<w:sectPr>{uses}</w:sectPr></w:body></w:document>"
    links = [("h1", "header", "header1.xml")] * bool(header) + [("f1", "footer", "footer1.xml")] * bool(footer)
    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/></Types>'
        ),
        "_rels/.rels": _links([("r1", "officeDocument", "word/document.xml")]),
        "word/_rels/document.xml.rels": _links(links),
        "word/document.xml": document,
    }
    if header:
        parts["word/header1.xml"] = f"<w:hdr {_W}><w:p><w:r><w:t>{escape(header)}</w:t></w:r></w:p></w:hdr>"
    if footer:
        parts["word/footer1.xml"] = f"<w:ftr {_W}><w:p><w:r><w:t>{escape(footer)}</w:t></w:r></w:p></w:ftr>"
    start = "<?xml version='1.0' encoding='UTF-8'?>"
    return packed({name: (start + one).encode() for name, one in parts.items()} | (members or {}))


def word_document(uses: str) -> bytes:
    """The main part of a Word document whose section uses those page heads and feet."""
    words = "<w:p><w:r><w:t>The news.</w:t></w:r></w:p>"
    return f"<w:document {_W} {_R}><w:body>{words}<w:sectPr>{uses}</w:sectPr></w:body></w:document>".encode()


def _links(links: Sequence[tuple[str, str, str]]) -> str:
    inside = "".join(f'<Relationship Id="{id}" Type="{_OFFICE}/{kind}" Target="{to}"/>' for id, kind, to in links)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def packed(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def packed_with(content: bytes, members: dict[zipfile.ZipInfo, bytes]) -> bytes:
    """An archive with more members in it."""
    buffer = io.BytesIO(content)
    with zipfile.ZipFile(buffer, "a") as archive:
        for member, inside in members.items():
            archive.writestr(member, inside)
    return buffer.getvalue()


# --- PDF


def pdf(pages: Sequence[Sequence[str]] = (PARAGRAPHS,), *, streams: Sequence[bytes] = (), more: str = "") -> bytes:
    """A PDF of pages of lines, a blank line between two; `streams` replace what is drawn on the first pages."""
    objects = [f"<< /Type /Catalog /Pages 2 0 R {more} >>".encode(), b""]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    numbers = []
    for place, lines in enumerate(pages):
        drawn = streams[place] if place < len(streams) else zlib.compress(_drawn(lines))
        numbers.append(len(objects) + 1)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 900 842] /Contents {len(objects) + 2} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (len(drawn), drawn))
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects[1] = f"<< /Type /Pages /Kids [{kids}] /Count {len(numbers)} >>".encode()
    return _written(objects)


def _drawn(lines: Sequence[str]) -> bytes:
    steps = [b"BT /F1 10 Tf 40 800 Td"]
    for line in lines:
        plain = line.encode("cp1252", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        steps.append(b"(" + plain + b") Tj 0 -26 Td")
    return b"\n".join([*steps, b"ET"])


def _written(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    written, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"trailer\n<< /Size %d /Root 1 0 R %b >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, table)
    return bytes(written)


def scan() -> bytes:
    """A PDF whose page is a picture."""
    return pdf([[]], streams=[zlib.compress(b"q 200 0 0 200 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q")])


def locked_pdf() -> bytes:
    """A PDF that says it is locked with a password that nobody knows."""
    whole = pdf()
    locked = (
        b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <"
        + b"41" * 32
        + b"> /U <"
        + b"42" * 32
        + b"> >> /ID [<00><00>]"
    )
    return whole.replace(b"/Root 1 0 R ", b"/Root 1 0 R " + locked)


def swollen(megabytes: int, piece: bytes = b"\x00") -> bytes:
    """That many megabytes of the same, deflated to a thousandth."""
    deflating = zlib.compressobj(1)
    block = piece * ((1 << 20) // len(piece))
    return b"".join(deflating.compress(block) for _ in range(megabytes)) + deflating.flush()


ALL = {"txt": text, "html": html, "eml": mail, "pdf": pdf, "docx": docx}
