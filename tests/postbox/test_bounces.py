"""Delivery reports are understood in every style, and nothing else is taken for one."""

import pytest
from hypothesis import given as in_every_case
from hypothesis import settings
from hypothesis import strategies as any_

from campaign.domain.bounce import Bounce, NotAReport
from campaign.postbox import MOST_BYTES_OF_REPORT, read_report
from tests import reports_given
from tests.reports_given import STYLES, TO, postfix

WORD = "7-mzxw6ytboi4dgnry"


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
def test_reports_of_all_styles_name_the_letter_and_say_why(style, ends):
    report = read_report(STYLES[style]().replace(b"\r\n", b"\n").replace(b"\n", ends))

    assert report.words_of_ours == (WORD,)
    assert (report.has_failed, report.bounce) == (True, Bounce.HARD)
    assert (
        report.words
        == {
            "postfix": "5.1.1: 550 5.1.1 (address) Recipient address rejected: User unknown in virtual mailbox table",
            "exim": "5.0.0",
            "exchange": "5.7.133: 550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required; "
            "Delivery restriction check failed",
            "gmail": "5.1.1: 550-5.1.1 The account that you tried to reach does not exist. Please check 550-5.1.1 the address "
            "for typing errors or needless spaces. 550 5.1.1 a640c23a62f3a-b7654fd41a2si51233166b.318 - gsmtp",
        }[style]
    )


@pytest.mark.parametrize(
    ("status", "diagnosis", "bounce"),
    [
        ("4.4.7", "smtp; 451 4.4.7 tried for five days", Bounce.SOFT),
        ("5.2.2", "smtp; 552 mailbox full", Bounce.HARD),
        ("", "smtp; 550 No such user here", Bounce.HARD),
        ("", "X-Unix; 5.1.1 nobody", Bounce.HARD),
        ("nonsense", "smtp; 421 not now", Bounce.SOFT),
        ("", "192.0.2.55 did not answer", Bounce.SOFT),
        ("5.1.1 (no such mailbox)", "smtp; x", Bounce.HARD),
    ],
)
def test_hard_and_soft_are_told_by_the_status_and_else_by_the_words(status, diagnosis, bounce):
    assert read_report(postfix(status=status, diagnosis=diagnosis)).bounce is bounce


@pytest.mark.parametrize("action", ["delayed", "relayed", "delivered", "expanded", "Delayed "])
def test_what_has_not_failed_has_not_come_back(action):
    assert not read_report(postfix(action=action, status="4.0.0")).has_failed


def test_where_a_server_leaves_the_action_out_only_a_hard_no_is_a_failure():
    without = postfix().replace(b"Action: failed\n", b"")

    assert read_report(without).has_failed
    assert not read_report(without.replace(b"5.1.1", b"4.1.1")).has_failed


def test_of_several_recipients_the_one_that_failed_counts():
    two = postfix().replace(
        b"\nFinal-Recipient",
        b"\nFinal-Recipient: rfc822; a@b.example\nAction: relayed\nStatus: 2.0.0\n\nFinal-Recipient",
    )

    assert read_report(two).has_failed


@pytest.mark.parametrize("field", ["Delivered-To", "X-Original-To", "Envelope-To", "To", "TO"])
def test_the_letter_is_named_by_the_address_the_report_came_to(field):
    elsewhere = postfix("postmaster@letters.example").replace(b"Return-Path: <>", f"{field}: {TO}".encode())

    assert read_report(elsewhere).words_of_ours == (WORD,)
    assert read_report(elsewhere.replace(TO.encode(), TO.upper().encode())).words_of_ours == (WORD,)


def test_the_address_that_the_mail_server_names_is_the_first_to_be_asked():
    report = read_report(postfix(), to="bounces+12-aaaaaaaaaaaaaaaa@letters.example")

    assert report.words_of_ours == ("12-aaaaaaaaaaaaaaaa", WORD)


@pytest.mark.parametrize("field", ["Subject", "From", "References", "In-Reply-To", "X-To"])
def test_no_other_field_names_a_letter(field):
    elsewhere = postfix("postmaster@letters.example").replace(b"Return-Path: <>", f"{field}: {TO}".encode())

    assert read_report(elsewhere).words_of_ours == ()


@pytest.mark.parametrize(
    "message", [reports_given.vacation(), b"Precedence: auto_reply\n\nAway.", b"X-Autoreply: 1\n\n"]
)
def test_automatic_answers_are_no_reports(message):
    with pytest.raises(NotAReport, match="automatic answer"):
        read_report(message)


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"\n",
        b"\x00\xff\xfe" * 5000,
        b"Dear all, I got your letter.",
        b"From: a@b.example\nAuto-Submitted: no\n\nThank you.",
        b"Content-Type: multipart/report; report-type=delivery-status\n\nno boundary",
        b"Content-Type: multipart/report; boundary=x; report-type=delivery-status\n\n--y\n",
        b"Content-Type: multipart/report; boundary=\" \"\n\n-- \n\n",
        postfix().replace(b"message/delivery-status", b"text/plain"),
        postfix().replace(b"multipart/report", b"multipart/mixed"),
        reports_given.receipt_of_reading(),
    ],
)  # fmt: skip
def test_rubbish_letters_of_people_and_other_reports_are_told_apart(message):
    with pytest.raises(NotAReport):
        read_report(message)


def test_what_is_too_large_is_not_even_looked_at():
    with pytest.raises(NotAReport, match="larger"):
        read_report(postfix() + b"x" * 5_000_000)
    assert read_report(postfix() + b"x" * (MOST_BYTES_OF_REPORT - len(postfix()))).has_failed


def nested(depth: int) -> bytes:
    lines = [b"To: " + TO.encode()]
    for level in range(depth):
        lines += [
            b"Content-Type: multipart/report; report-type=delivery-status; boundary=b%d" % level,
            b"",
            b"--b%d" % level,
        ]
    return b"\n".join([*lines, b"Content-Type: message/delivery-status", b"", b"Action: failed", b"Status: 5.1.1", b""])


HOSTILE = {
    "parts in parts, 3000 deep": nested(3000),
    "nothing but boundaries": postfix().replace(
        b"\n\nThis is a", b"\n\n" + b"--4A11B2C.1763812809/mx.letters.example\n" * 20_000
    ),
    "a field of a megabyte": b"To: " + b"+" * 900_000 + b"\n\n",
    "a hundred thousand fields": b"To: a\n" * 100_000,
    "a field folded a hundred thousand times": b"To: a\n" + b" +1-\n" * 100_000,
    "blank lines": postfix().replace(b"\nFinal-Recipient", b"\n" * 500_000 + b"Final-Recipient"),
    "blanks": postfix().replace(b"\nFinal-Recipient", b"\n" + b" " * 500_000 + b"\nFinal-Recipient"),
    "half line ends": b"\r" * 900_000,
    "signs of parameters": b"Content-Type: multipart/report" + b"; boundary=" * 80_000,
    "an open quote": b'Content-Type: multipart/report; boundary="' + b"a" * 900_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_messages_end_in_a_sentence_or_a_report(kind):
    try:
        report = read_report(HOSTILE[kind])
    except NotAReport as what:
        assert str(what).endswith(".")
    else:
        assert len(report.words) <= 300


def test_the_words_of_a_server_are_one_clean_line_without_addresses():
    evil = "smtp; 550 <script>\x1b[2J\u202e sol@supporter.example =?utf-8?b?bm8=?= \ud800".encode(
        "utf-8", "surrogatepass"
    )
    report = read_report(postfix(diagnosis="DIAGNOSIS").replace(b"DIAGNOSIS", evil + b"\xff\xfe" + b" word" * 500))

    assert "sol@" not in report.words and "\x1b" not in report.words and "\u202e" not in report.words
    assert "\n" not in report.words and len(report.words) == 300


@in_every_case(any_.binary(max_size=400), any_.integers(0, 1500), any_.sampled_from(sorted(STYLES)))
@settings(max_examples=150, deadline=None)
def test_a_damaged_report_raises_nothing_else(noise, place, style):
    whole = STYLES[style]()
    try:
        report = read_report(whole[:place] + noise + whole[place + len(noise) :])
    except NotAReport:
        return
    assert report.words
