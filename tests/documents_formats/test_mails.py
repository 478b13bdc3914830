"""Mails: the output in them, wherever it stands."""

import pytest

from campaign.documents import text_of
from campaign.domain.reading import read
from tests.documents_formats import making
from tests.documents_formats.making import attached, mail, multipart, part
from tests.documents_formats.test_kinds import refusal

NOTE = part(b"Dear all,\r\n\r\nplease find the newest one below.\r\n")
OTHER = tuple(one.replace("44/21", "45/21").replace("28/4002", "28/4003") for one in making.PARAGRAPHS)
EARLIER = tuple(one.replace("Second", "First").replace("28/4002", "28/4001") for one in making.PARAGRAPHS)


def says_it(content):
    return making.TEXT.split() == text_of(content).split()


@pytest.mark.parametrize("coding", ["8bit", "quoted-printable", "base64"])
@pytest.mark.parametrize("charset", ["utf-8", "cp1252", "iso-8859-15"])
def test_each_coding_and_charset_comes_out_right(coding, charset):
    leaf = part(making.text(charset=charset), f"text/plain; charset={charset}", coding=coding)

    assert says_it(mail(leaf))


def test_an_unknown_charset_or_coding_is_no_hindrance():
    assert says_it(mail(part(making.text(charset="cp1252"), 'text/plain; charset="x-unknown"')))
    assert says_it(mail(part(making.text(), "text/plain", coding="8bit")).replace(b": 8bit", b": x-odd"))


def test_base64_that_is_cut_off_gives_what_is_there():
    whole = mail(part(making.text(), coding="base64"))

    assert making.TEXT.startswith(text_of(whole[:-30])[:200])


def test_of_two_alternatives_the_plain_one_is_taken():
    html = part(making.html(OTHER), "text/html")

    assert says_it(mail(multipart(part(making.text()), html, kind="alternative")))


@pytest.mark.parametrize("plain", [b"", b"Your program cannot show this mail.", b"Click here: http://example.org/view"])
def test_where_the_plain_alternative_says_nothing_the_page_is_taken(plain):
    html = part(making.html(), "text/html; charset=utf-8", coding="base64")

    assert says_it(mail(multipart(part(plain), html, kind="alternative")))


@pytest.mark.parametrize("kind", ["txt", "html", "pdf", "docx", "eml"])
def test_an_attached_output_is_found_by_what_it_is(kind):
    assert says_it(mail(multipart(NOTE, attached(making.ALL[kind](), "name.bin"))))


def test_a_forwarded_mail_is_read_as_the_output_it_is():
    forwarded = b"Content-Type: message/rfc822\r\n\r\n" + mail(part(making.text(), coding="base64"))

    assert says_it(mail(multipart(NOTE, forwarded)))
    assert says_it(mail(forwarded))


def test_a_mail_forwarded_with_its_attachment_is_followed_to_it():
    inner = mail(multipart(NOTE, attached(making.docx(), "ua.docx", "application/msword"), boundary="inner"))

    assert says_it(mail(multipart(NOTE, b"Content-Type: message/rfc822\r\n\r\n" + inner)))


def test_without_any_output_the_mail_itself_is_the_text():
    content = mail(multipart(NOTE, attached(b"Bring cake on Thursday.", "cake.txt")))

    assert text_of(content).startswith("Dear all,")


def test_the_output_in_the_body_goes_before_what_is_attached():
    assert says_it(mail(multipart(part(making.text()), attached(making.text(EARLIER), "before.txt"))))


def test_two_outputs_in_one_mail_are_for_a_person_to_part():
    both = mail(multipart(NOTE, attached(making.text(), "a.txt"), attached(making.pdf([OTHER]), "b.pdf")))
    series = mail(multipart(NOTE, attached(making.text(EARLIER), "1.txt"), attached(making.text(), "2.txt")))

    assert "UA 44/21, UA 45/21" in refusal(both)
    assert "AMR 28/4001/2021, AMR 28/4002/2021" in refusal(series)


def test_the_same_output_twice_in_one_mail_is_one():
    assert says_it(mail(multipart(NOTE, attached(making.text(), "a.txt"), attached(making.pdf(), "a.pdf"))))


def test_a_subject_that_says_what_the_words_do_not_is_the_first_line():
    content = mail(
        part(b"Please send no more appeals. Thank you to all who wrote."), subject="STOP ACTION: UA 203/09 (Pakistan)"
    )

    text = text_of(content)

    assert text.startswith("STOP ACTION: UA 203/09 (Pakistan)\n\nPlease")
    assert read(text).final


def test_the_subject_of_a_complete_output_or_of_an_answer_is_left_out():
    assert says_it(mail(subject="Second UA 44/21: three held"))
    answer = mail(part(b"Thank you for writing."), subject="Re: STOP ACTION: UA 203/09 (Pakistan)")
    assert text_of(answer) == "Thank you for writing."


def test_a_coded_subject_is_decoded():
    subject = "=?utf-8?q?STOP_ACTION=3A_UA_203/09_=28Per=C3=BA=29?="

    assert text_of(mail(part(b"No more appeals, please."), subject=subject)).startswith("STOP ACTION: UA 203/09 (Perú)")


def test_a_mail_without_any_words_says_so():
    assert "no text" in refusal(mail(part(b"")))
    assert "scan" in refusal(mail(multipart(part(b""), attached(making.scan(), "scan.pdf"))))


def test_parts_that_never_end_and_boundaries_that_never_come_are_read_as_far_as_they_go():
    whole = mail(multipart(part(making.text()), part(b"footer")))

    assert making.TEXT.split()[0] in text_of(whole[: whole.rindex(b"--=_b1")])
    assert "44/21" in text_of(whole.replace(b'boundary="=_b1"', b'boundary="=_b2"'))


def test_line_ends_of_unix_and_an_envelope_line_are_no_hindrance():
    assert says_it(b"From desk Mon May  3 10:00:00 2021\n" + mail().replace(b"\r\n", b"\n"))
