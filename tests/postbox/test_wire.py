"""A letter as bytes: what it says, and what nobody can make it say."""

import re
from datetime import datetime, timedelta, timezone
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.utils import getaddresses

import pytest
from hypothesis import given as supposing
from hypothesis import settings
from hypothesis import strategies as st

from campaign.domain.posting import Posted
from campaign.postbox import clean_name, plain_address
from campaign.postbox.wire import is_sealed
from tests.postbox import given
from tests.smtp_server import Arrived, smtp_server

HEADERS = {
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "Content-Type",
    "Content-Transfer-Encoding",
    "MIME-Version",
}
NASTY_NAMES = {
    "Doe, Jane": "Doe, Jane",
    "Evil <x@y.example>": "Evil xy.example",
    '"Minister" <minister@justice.example>,': "Minister ministerjustice.example,",
    "Sol\r\nBcc: everybody@press.example": "Sol Bcc: everybodypress.example",
    "Sol\nReyes\x00\x1b[0m": "Sol Reyes[0m",
    "Sol\u2028Reyes\u2029": "Sol Reyes",
    "\u202egnp.exe\u202c Sol\u200b\ufeff": "gnp.exe Sol",
    "a" * 500: "a" * 64,
    "é" * 500: "é" * 64,
    "👩‍👩‍👧 Sol 🕊": "👩‍👩‍👧 Sol 🕊",
    "José, Müller; (x) [y] : z": "José, Müller; (x) [y] : z",
    "ليلى الأمين": "ليلى الأمين",
    "=?utf-8?q?Evil=20=3Cx=40y=2Eexample=3E?=": "= ?utf-8?q?Evil=20=3Cx=40y=2Eexample=3E?=",
    "back\\slash": "backslash",
    "\ud800Sol": "Sol",
}
BAD_ADDRESSES = [
    "",
    "nobody",
    "@justice.example",
    "a@",
    "a@b@justice.example",
    "a b@justice.example",
    "a@justice.example\r\nBcc: x@y.example",
    "a@justice.example\n",
    "a@justice.example\x00",
    "a\u202e@justice.example",
    "a@jus\u200btice.example",
    "Minister <a@justice.example>",
    "<a@justice.example>",
    '"a b"@justice.example',
    "josé@justice.example",
    "a@-justice.example",
    "a@justice..example",
    "a..b@justice.example",
    "a@[127.0.0.1]",
    "a@justice.example,b@justice.example",
    "a" * 65 + "@justice.example",
    "a@" + "b." * 130 + "example",
    "a@justice.example> SIZE=1",
]


def read(wire: bytes) -> Arrived:
    return Arrived("", [], wire)


def shown_name(wire: bytes) -> str:
    """The name before the address, decoded as RFC 2047 says; the newer parser puts blanks between long words."""
    raw = message_from_bytes(wire, policy=policy.compat32)["From"]
    [(name, _)] = getaddresses([raw])
    return str(make_header(decode_header(name)))


def test_the_letter_says_who_writes_to_whom_and_nothing_of_our_house():
    mail = read(given.a_letter()).mail
    assert set(mail.keys()) == HEADERS
    assert mail["From"] == "Sol Reyes via Appeal Letters <letters@letters.example>"
    assert mail["To"] == given.MINISTER
    assert mail["Subject"] == "Please release Ana Ruiz"
    assert mail["Message-ID"] == "<w4zq7.sol@letters.example>"
    assert mail["Date"] == "Sat, 14 Mar 2026 12:00:00 +0000"
    assert mail["Auto-Submitted"] == "no"
    assert mail.get_content_type() == "text/plain"


def test_the_date_does_not_tell_where_the_writer_lives():
    at = datetime(2026, 3, 14, 22, 30, tzinfo=timezone(timedelta(hours=10, minutes=30)))
    assert read(given.a_letter(at=at)).mail["Date"] == "Sat, 14 Mar 2026 12:00:00 +0000"
    with pytest.raises(ValueError, match="time zone"):
        given.a_letter(at=datetime(2026, 3, 14))


def test_a_notice_of_ours_says_that_no_person_wrote_it():
    mail = read(given.a_letter(is_notice=True, sender_name="Appeal Letters", via=None)).mail
    assert (mail["Auto-Submitted"], mail["From"]) == ("auto-generated", "Appeal Letters <letters@letters.example>")


def test_without_a_name_the_address_stands_alone():
    for name in (None, "", " \u202e ", "<>"):
        assert read(given.a_letter(sender_name=name)).mail["From"] == "letters@letters.example"


def test_answers_go_where_we_say():
    mail = read(given.a_letter(reply_to="r-9@letters.example")).mail
    assert mail["Reply-To"] == "r-9@letters.example"


def test_the_same_letter_is_the_same_bytes_every_time():
    assert given.a_letter() == given.a_letter()
    names = {"sender_name": "Zoë " * 30, "subject": "Ñandú " * 60, "body": "é" * 5000}
    assert given.a_letter(**names) == given.a_letter(**names)


@pytest.mark.parametrize("name", NASTY_NAMES)
def test_a_nasty_name_is_only_a_name(name):
    wire = given.a_letter(sender_name=name)
    [sender] = read(wire).mail["From"].addresses
    assert sender.addr_spec == "letters@letters.example"
    assert shown_name(wire) == f"{NASTY_NAMES[name]} via Appeal Letters"
    assert set(read(wire).mail.keys()) == HEADERS
    assert max(map(len, wire.split(b"\r\n"))) <= 78


@pytest.mark.parametrize(
    ("subject", "shown"),
    [
        ("Free her\r\nBcc: everybody@press.example", "Free her Bcc: everybody@press.example"),
        ("Free her\n\nDear all,", "Free her Dear all,"),
        ("\u202eeerF\u202c her\x00\x07", "eerF her"),
        ("Libérez " * 40, " ".join(["Libérez"] * 40)),
        ("أطلقوا سراح آنا رويز", "أطلقوا سراح آنا رويز"),
        ("x" * 3000, "x" * 3000),
        ("=?utf-8?b?DQpCY2M6IHhAeS5leGFtcGxl?=", "= ?utf-8?b?DQpCY2M6IHhAeS5leGFtcGxl?="),
        ("", ""),
    ],
)
def test_a_nasty_subject_is_only_a_subject(subject, shown):
    wire = given.a_letter(subject=subject)
    assert read(wire).mail["Subject"] == shown
    assert set(read(wire).mail.keys()) == HEADERS
    assert max(map(len, wire.split(b"\r\n"))) <= 78


@pytest.mark.parametrize("address", BAD_ADDRESSES)
@pytest.mark.parametrize("field", ["sender", "recipient", "reply_to"])
def test_an_address_that_is_more_or_less_than_one_is_refused(field, address):
    with pytest.raises(ValueError, match="mail address"):
        given.a_letter(**{field: address})


def test_a_domain_in_other_letters_travels_in_plain_ones():
    assert plain_address("info@bücher.example") == "info@xn--bcher-kva.example"
    assert read(given.a_letter(recipient="a@مثال.إختبار")).mail["To"] == "a@xn--mgbh0fb.xn--kgbechtv"


def test_a_long_address_is_not_folded_into_another():
    long = "a" * 64 + "@" + ".".join(["b" * 60] * 3)
    assert read(given.a_letter(recipient=long, sender=long, sender_name="é" * 64)).mail["To"] == long


@pytest.mark.parametrize(
    "message_id",
    [
        "",
        "w4zq7.sol@letters.example",
        "<w4zq7>",
        "<a b@letters.example>",
        "<a@letters.example>\r\nBcc: x@y.example",
        "<a@letters.example>\n",
        "<a@b> <c@d>",
        "<é@letters.example>",
        f"<{'a' * 250}@letters.example>",
    ],
)
def test_a_message_id_that_is_none_is_refused(message_id):
    with pytest.raises(ValueError, match="Message-ID"):
        given.a_letter(message_id=message_id)


def test_a_long_message_id_stays_whole():
    message_id = f"<{'a' * 150}@letters.example>"
    assert f"Message-ID: {message_id}\r\n".encode() in given.a_letter(message_id=message_id)


BODIES = {
    "a long paragraph": "word " * 1000 + "end\n",
    "one long word": "x" * 5000 + "\n",
    "Arabic": "سعادة الوزير،\n\nأكتب إليكم بشأن آنا رويز.\n" * 30,
    "dots": ".\n..\n...x\n.From me\n\n.\n",
    "blanks at the ends": "one \ntwo\t\n  three\n \n",
    "From at the beginning": "From now on\n>From then\n",
    "equal signs": "a=3D=20=\n=?utf-8?q?x?=\n",
    "boundaries": "--\nSol\n--=_x--\n",
    "other line ends of Unicode": "a\u2028b\x85c\x0bd\x0ce\n",
    "emoji": "🕊👩‍👩‍👧\n",
    "bare": "",
}


def test_every_text_arrives_as_it_was_typed():
    with smtp_server() as server, given.an_impatient_postbox(server.url, seconds=3) as box:
        for body in BODIES.values():
            wire = given.a_letter(body=body)
            assert max(map(len, wire.split(b"\r\n"))) <= 78
            assert given.posted(box, wire).outcome is Posted.SENT
            assert server.letters[-1].wire == wire
    assert [letter.text.removesuffix("\n") for letter in server.letters] == [
        body.removesuffix("\n") for body in BODIES.values()
    ]


def test_line_ends_of_all_kinds_arrive_as_line_ends():
    wire = given.a_letter(body="one\r\ntwo\rthree\nfour\r\n.\r\nfive")
    assert read(wire).text == "one\ntwo\nthree\nfour\n.\nfive\n"


def test_half_a_letter_does_not_stop_the_whole():
    assert read(given.a_letter(body="a\ud83db \ud83d\ude00\x00\n")).text == "a�b 😀\x00\n"


@settings(max_examples=150, deadline=None)
@supposing(name=st.text(max_size=90), subject=st.text(max_size=200), body=st.text(max_size=300))
def test_no_words_of_a_supporter_can_be_anything_else(name, subject, body):
    wire = given.a_letter(sender_name=name, subject=subject, body=body)
    again = message_from_bytes(wire, policy=policy.compat32)
    assert set(again.keys()) == HEADERS
    assert [address for _, address in getaddresses([again["From"]])] == ["letters@letters.example"]
    assert [address for _, address in getaddresses([again["To"]])] == [given.MINISTER]
    assert is_sealed(wire)
    assert not re.search(rb"[^\r\n\t -~]", wire)
    meant = "\n".join(re.split(r"\r\n|\r|\n", body)).removesuffix("\n")
    assert read(wire).text.removesuffix("\n") == meant


def test_a_name_is_cleaned_before_it_is_shortened():
    assert clean_name("<" * 500 + "Sol") == "Sol"


@pytest.mark.parametrize(
    "wire",
    [
        b"",
        b"Subject: x\n\nlone line feeds\n",
        b"Subject: x\r\n\r\n.\n.\r\n",
        b"Subject: x\r\n\r\na\rb\r\n",
        b"Subject: x\r\n\r\n\x00\r\n",
        "Subject: é\r\n\r\n".encode(),
        b"Subject: x\r\n\r\nno end",
        b"Subject: x\r\n\r\n" + b"x" * 999 + b"\r\n",
    ],
)
def test_bytes_that_are_no_sealed_letter_never_reach_a_server(wire):
    with smtp_server() as server, given.an_impatient_postbox(server.url) as box:
        with pytest.raises(ValueError, match="not a sealed mail"):
            given.posted(box, wire)
        for recipient in BAD_ADDRESSES:
            with pytest.raises(ValueError, match="mail address"):
                given.posted(box, recipient=recipient)
    assert server.sessions == 0
