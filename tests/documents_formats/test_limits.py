"""Documents meant to do harm: each ends in a sentence or a text, soon, and in little memory."""

import resource
import stat
import struct
import time
import zipfile
import zlib

import pytest

from campaign.documents import Extractor, text_of
from campaign.domain.refusals import Unreadable
from tests.documents_formats import making
from tests.documents_formats.making import W, docx, mail, multipart, part, pdf, swollen
from tests.documents_formats.test_kinds import refusal

SOON = 20.0


def nested(depth):
    inside = part(making.text())
    for n in range(depth):
        inside = multipart(inside, boundary=f"b{n}")
    return mail(inside)


def forwarded(depth):
    return mail(b"Content-Type: message/rfc822\r\n\r\n" * depth + mail())


@pytest.mark.parametrize(
    "piece", [b"\x00", b"q ", b"[[", b"BT /F1 9 Tf (word) Tj ET\n"], ids=["noughts", "states", "lists", "words"]
)
def test_a_pdf_whose_page_unpacks_to_300_megabytes_is_refused(piece):
    began = time.monotonic()

    refusal(pdf([[]], streams=[swollen(300, piece)]))

    assert time.monotonic() - began < SOON


def test_a_word_document_that_unpacks_to_too_much_is_refused_before_it_is_unpacked():
    assert "unpacks" in refusal(docx(members={"word/media/image1.bin": bytes(60_000_000)}))
    assert "unpacks" in refusal(docx(members={f"word/media/{n}.bin": bytes(6_000_000) for n in range(9)}))
    assert "unpacks" in refusal(docx(members={f"word/{n}.xml": b"" for n in range(500)}))


def test_a_member_that_lies_about_its_size_is_refused():
    content = bytearray(docx(members={"word/document.xml": b"<a>" + b" " * 60_000_000}))
    entry = content.index(b"word/document.xml", content.index(b"PK\x01\x02")) - 46
    content[entry + 24 : entry + 28] = struct.pack("<I", 1000)

    refusal(bytes(content))


def test_a_link_in_a_word_document_is_refused():
    link = zipfile.ZipInfo("word/media/secret.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16

    assert "links" in refusal(making.packed_with(docx(), {link: b"/etc/passwd"}))


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "cp037"])
def test_entities_are_refused_in_whatever_letters_they_are_written(charset):
    start = f'<?xml version="1.0" encoding="{charset}"?>'
    bomb = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><a>&b;</a>'
    outside = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><a>&a;</a>'

    for attack in (bomb, outside):
        refusal(docx(members={"word/document.xml": (start + attack).encode(charset)}))
        refusal(docx(header="x", members={"word/header1.xml": (start + attack).encode(charset)}))


def test_xml_nested_a_hundred_thousand_deep_is_refused():
    deep = b"<w:document " + W + b"><w:body>" + b"<w:p>" * 100_000 + b"</w:p>" * 100_000 + b"</w:body></w:document>"

    refusal(docx(members={"word/document.xml": deep}))


@pytest.mark.parametrize("tag", ["<div>", "<b>", "<table><tr><td>", "<ul><li>", "<s>", "<svg>"])
def test_a_page_of_two_hundred_thousand_nested_tags_is_read(tag):
    began = time.monotonic()

    assert "44/21" in text_of(making.html() + tag.encode() * 200_000 + b"end")

    assert time.monotonic() - began < SOON


@pytest.mark.parametrize("piece", ["<!--", "<a ", "<a href='", "</", "<?", "<![CDATA[", "<a b=", "&#x"])
def test_what_is_begun_and_never_ended_a_hundred_thousand_times_is_read_once(piece):
    began = time.monotonic()

    assert "44/21" in text_of(making.html() + piece.encode() * 90_000)

    assert time.monotonic() - began < SOON


def test_many_comments_before_a_page_do_not_hide_it():
    assert "44/21" in text_of(b"<!-- x -->" * 5000 + making.html())
    assert "44/21" in text_of(b"<!-- xx -->" * 5000 + b"UA 44/21 in plain words")


@pytest.mark.parametrize("content", [nested(3000), forwarded(3000)], ids=["parts", "forwarded"])
def test_mails_nested_three_thousand_deep_end_in_a_sentence(content):
    refusal(content)


def test_mails_are_followed_as_deep_as_people_nest_them():
    assert "44/21" in text_of(nested(15))
    assert "44/21" in text_of(forwarded(10))


@pytest.mark.parametrize(
    "content",
    [
        mail(b"X-Long: " + b"a;" * 450_000 + b"\r\n\r\nUA 44/21, one word after another."),
        mail(b"".join(b"X-%d: y\r\n" % n for n in range(90_000)) + b"\r\nUA 44/21, one word after another."),
        mail(b"Content-Type: text/plain; " + b'a="' * 300_000 + b"\r\n\r\nUA 44/21, one word after another."),
        mail(part(b"UA 44/21, one word after another."), subject="=?utf-8?q?a?= " * 70_000),
        mail(multipart(part(b"UA 44/21, one word after another."), *[part(b"x")] * 20_000)),
        mail(multipart(part(b"UA 44/21, one word after another.")) + b"--=_b" * 200_000),
    ],
    ids=["one long field", "many fields", "parameters", "subject", "many parts", "almost boundaries"],
)
def test_mails_of_a_megabyte_that_take_others_minutes_are_read_at_once(content):
    began = time.monotonic()

    assert "44/21" in text_of(content)

    assert time.monotonic() - began < SOON


def test_a_document_that_takes_too_long_is_given_up():
    with Extractor(seconds=0.7) as extractor:
        extractor.text_of(making.html())
        began = time.monotonic()

        with pytest.raises(Unreadable, match="too long"):
            extractor.text_of(making.html() + b"<b>" * 3_000_000)

        assert time.monotonic() - began < 6
        assert "44/21" in extractor.text_of(making.html())


def test_a_document_that_needs_too_much_memory_is_given_up():
    with Extractor() as extractor:
        with pytest.raises(Unreadable):
            extractor.text_of(docx(members={"word/document.xml": b"<w:document " + W + b">" + b"<a>" * 15_000_000}))
        assert "44/21" in extractor.text_of(docx())


def test_no_child_ever_took_more_than_700_megabytes():
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 700 * 1024


def test_a_pdf_that_names_a_filter_a_hundred_times_is_refused():
    deep = zlib.compress(b"(word) Tj " * 1000)
    for _ in range(40):
        deep = zlib.compress(deep)
    content = pdf([[]], streams=[deep]).replace(b"/FlateDecode", b"[" + b"/FlateDecode " * 41 + b"]")

    refusal(content)
