"""A mail taken apart into what it brings."""

import pytest

from campaign.documents import parcel_of, plain_name, text_of
from campaign.domain.reading import read
from tests.documents_formats import making
from tests.documents_formats.making import attached, mail, multipart, part
from tests.mails_given import a_mail


def is_output(content: bytes) -> bool:
    return not read(text_of(content)).refusal


def test_the_words_and_each_file_are_pieces_and_each_file_is_as_it_was():
    parcel = parcel_of(
        a_mail(("one.pdf", making.pdf()), ("two.docx", making.docx()), ("two again.docx", making.docx()))
    )

    words, one, two = parcel.pieces
    assert (words.name, words.is_file, one.name, one.content) == ("A paper", False, "one.pdf", making.pdf())
    assert two.content == making.docx()
    assert (parcel.sender, parcel.subject, parcel.message_id) == ("ua@office.example", "A paper", "<1@office.example>")


def test_the_own_words_are_read_as_in_the_mail_and_without_its_files():
    (words, _) = parcel_of(mail(multipart(part(making.text()), attached(making.pdf(), "x.pdf")))).pieces

    assert text_of(words.content).split() == making.TEXT.split()
    (page,) = parcel_of(mail(multipart(part(b"Look."), part(making.html(), "text/html"), kind="alternative"))).pieces
    assert is_output(page.content)


def test_alternatives_beside_other_words_are_read_once():
    both = multipart(part(making.text()), part(making.html(), "text/html"), kind="alternative", boundary="=_b2")
    (words, _) = parcel_of(mail(multipart(both, part(b"Sent from a telephone."), attached(b"x", "x.txt")))).pieces

    assert text_of(words.content).count("NO FURTHER ACTION") == 1
    assert "telephone" in text_of(words.content)


def test_the_words_come_out_the_same_whatever_the_head_says_besides():
    one, other = (parcel_of(head + mail(part(making.text()))).pieces for head in (b"X-One: a\r\n", b"Received: b\r\n"))

    assert [piece.content for piece in one] == [piece.content for piece in other]


def test_nothing_of_the_head_but_its_subject_gets_into_a_piece():
    hidden = b"X-Paper: %PDF-1.7\r\n " + making.pdf().replace(b"\n", b"\n ")[:5000] + b"\r\n"
    (words,) = parcel_of(hidden + mail(part(b"Hello."))).pieces

    assert b"%PDF" not in words.content and text_of(words.content).strip() == "Hello."


def test_what_is_forwarded_is_taken_apart_too():
    inner = b"Content-Type: message/rfc822\r\n\r\n" + mail(
        multipart(part(making.text()), attached(b"x", "x.txt"), boundary="=_b2")
    )
    pieces = parcel_of(mail(multipart(part(b"See below."), inner))).pieces

    assert [piece.is_file for piece in pieces] == [False, False, True]
    assert is_output(pieces[1].content)


@pytest.mark.parametrize(
    "name", ["../../x", "..\\..\\x", "/etc/passwd/x", "C:\\x", "=?utf-8?q?=2E=2E=2Fx?=", "a/b\x00/x"]
)
def test_the_name_of_a_file_is_its_last_part_alone(name):
    (_, file) = parcel_of(mail(multipart(part(b"Hello."), attached(b"content", name)))).pieces

    assert file.name == "x"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("", "document"),
        ("..", "document"),
        ("a/", "document"),
        (" \u202e x\n", "x"),
        ("x" * 900, "x" * 120),
        (".txt", ".txt"),
    ],
)
def test_a_name_is_one_short_line_that_misleads_nobody(name, shown):
    assert plain_name(name) == shown


def test_letterheads_and_cards_are_no_documents():
    logo = b"Content-Type: image/png; name=logo.png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"

    assert [piece.is_file for piece in parcel_of(mail(multipart(part(b"Hello."), logo))).pieces] == [False]


def test_whoever_a_long_name_hides_is_shown_and_a_message_id_is_whole_or_none():
    parcel = parcel_of(a_mail(sender='"ua@office.example' + " x" * 200 + '" <max@evil.example>'))

    assert parcel.sender == "max@evil.example"
    for broken in (b"", b"1@x", b"<a b>", b"<" + b"x" * 300 + b">"):
        assert parcel_of(b"From: a@b.example\r\nMessage-ID: " + broken + b"\r\n\r\nHello.").message_id is None
    assert parcel_of(b"").sender == "an unknown sender"


def test_a_bomb_of_mails_in_mails_comes_to_an_end():
    bomb = mail(part(making.text()))
    for _ in range(200):
        bomb = b"Content-Type: message/rfc822\r\n\r\n" + bomb
    wide = multipart(*[b"Content-Type: message/rfc822\r\n\r\n" + mail(part(b"Hello."))] * 3000)

    assert len(parcel_of(bomb).pieces) <= 1
    assert len(parcel_of(mail(wide)).pieces) <= 100
    for _ in range(30):
        wide = multipart(wide, wide[:20_000], boundary="=_b1")
    assert len(parcel_of(mail(wide)).pieces) <= 100
