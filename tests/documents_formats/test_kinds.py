"""What a document is, told by its bytes, and the letters in it."""

import io
import zipfile

import pytest

from campaign.documents import LARGEST, text_of
from campaign.domain.refusals import Unreadable
from tests.documents_formats import making


def refusal(content):
    with pytest.raises(Unreadable) as refused:
        text_of(content)
    sentence = str(refused.value)
    assert sentence.endswith(".") and "Traceback" not in sentence and len(sentence) < 300
    return sentence


@pytest.mark.parametrize("kind", making.ALL)
def test_a_document_of_each_kind_says_the_same(kind):
    assert text_of(making.ALL[kind]()).split() == making.TEXT.split()


@pytest.mark.parametrize("kind", making.ALL)
def test_the_same_bytes_always_give_the_same_text(kind):
    content = making.ALL[kind]()

    assert len({text_of(content) for _ in range(3)}) == 1


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "(.doc)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__substg1.0_".encode("utf-16-le"), "Outlook"),
        (b"{\\rtf1\\ansi UA 44/21}", "RTF"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "picture"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 50, "picture"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><text>UA</text></svg>", "picture"),
        (b"\x1f\x8b\x08\x00" + b"\0" * 50, "archive"),
        (b"Rar!\x1a\x07\x00" + b"\0" * 50, "archive"),
        (b"\x7fELF\x02\x01\x01" + b"\0" * 50, "program"),
        (b"%!PS-Adobe-3.0\n", "PostScript"),
        (making.packed({"a.txt": b"UA 44/21"}), "archive"),
        (making.packed({"xl/workbook.xml": b"<x/>"}), "Excel"),
        (making.packed({"mimetype": b"x", "content.xml": b"<x/>"}), "OpenDocument"),
        (b"<?xml version='1.0'?><?mso-application progid='Word.Document'?><w/>", "XML"),
        (bytes(range(256)) * 20, "cannot be read as words"),
        (b"", "empty"),
        (b" \r\n\t\x00", "empty"),
        (b"x" * (LARGEST + 1), "larger than 10 MB"),
        (b"word " * 250_000, "far longer"),
    ],
)
def test_what_cannot_be_read_is_named(content, word):
    assert word in refusal(content)


def test_an_archive_without_members_is_refused():
    buffer = io.BytesIO()
    zipfile.ZipFile(buffer, "w").close()

    assert "archive" in refusal(buffer.getvalue())


def test_plain_text_may_speak_of_other_kinds():
    for start in (
        "PKZIP is a program.",
        "BMW",
        "MZ",
        "A letter.\n%PDF-1.4 is the start of a PDF.",
        "If a < b, then <p> is",
    ):
        assert text_of(start.encode()) == start


def test_a_memo_with_heads_like_a_mail_keeps_every_line():
    memo = "To: all groups\nFrom: UA team\nDate: 3 May 1996\nSubject: UA 12/96\n\nUA 12/96 Fear of torture\n"

    assert text_of(memo.encode()) == memo


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"])
def test_letters_come_out_right_in_each_charset(charset):
    said = "Ana María Ruiz was released. François Ñuñez was not.\n"

    assert text_of(said.encode(charset)) == said


def test_a_letter_broken_on_the_way_does_not_spoil_the_others():
    said = "Elşən Quluzadə, Rəşad Səfərli, Baharlı\n"

    assert text_of(said.encode()[:-1] + b"\xc3").startswith(said.strip())
    assert text_of(said.encode().replace(b"\xc9\x99n", b"\xc9n")).endswith("Quluzadə, Rəşad Səfərli, Baharlı\n")


def test_a_page_declares_its_charset_where_it_is_not_utf_8():
    page = '<html><head><meta charset="windows-1251"></head><body><p>Анна</p></body></html>'

    assert text_of(page.encode("cp1251")) == "Анна\n"
    assert text_of(page.encode("utf-8")) == "Анна\n"


def test_line_ends_and_control_characters_are_put_right():
    assert text_of(b"one\r\ntwo\rthree\x00\x08 four\x0bfive\n\x0cnext page\x0clast") == (
        "one\ntwo\nthree four\nfive\n\fnext page\n\flast"
    )
    assert text_of("it\x92s\u2028so".encode()) == "it’s\nso"
