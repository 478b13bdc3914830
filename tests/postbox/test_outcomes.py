"""What came of it, whatever the mail server does."""

import time

import pytest

from campaign.domain.posting import Posted, Step, fit_words, outcome_of
from tests.postbox import given
from tests.smtp_server import DROP, STALL, Dribble, silent_port, smtp_server

UNCLEAR = [
    pytest.param(DROP, id="drop"),
    pytest.param(STALL, id="stall"),
    pytest.param(b"what do you want\r\n", id="no number"),
    pytest.param(b"999 nine\r\n", id="no such number"),
    pytest.param(b"250-one\r\n450 two\r\n", id="two codes"),
    pytest.param(b"2" * 100_000, id="endless line"),
    pytest.param(b"250-more\r\n" * 10_000, id="endless answer"),
    pytest.param(b"\xff\xfe\x00\r\n", id="bytes"),
    pytest.param(b"\r\n", id="empty line"),
    pytest.param(Dribble(b"250-x\r\n" * 50, 0.05), id="dribble"),
]
BEFORE_THE_TEXT = ["GREETING", "MAIL", "RCPT", "DATA"]


def test_a_letter_the_server_takes_is_sent_and_arrives_as_it_was_sealed():
    wire = given.a_letter()
    with smtp_server() as server, given.an_impatient_postbox(server.url) as box:
        result = given.posted(box, wire)

    assert (result.outcome, result.code, result.words) == (Posted.SENT, 250, "2.0.0 accepted as 4711")
    [letter] = server.letters
    assert (letter.sender, letter.recipients, letter.wire) == (given.BOUNCES, [given.MINISTER], wire)


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA", "DOT"])
def test_a_plain_no_is_a_refusal_with_the_words_of_the_server(step):
    with smtp_server() as server, given.an_impatient_postbox(server.url) as box:
        server.on(step, "550 5.1.1 <minister@justice.example>: no such user")
        result = given.posted(box)

    assert (result.outcome, result.code, result.words) == (Posted.REFUSED, 550, "5.1.1 (address) no such user")
    assert not server.letters


@pytest.mark.parametrize("answer", ["421 4.3.2 closing", "450 4.2.0 busy", "451 4.7.1 come back", "452 4.2.2 full"])
@pytest.mark.parametrize("step", ["GREETING", "MAIL", "RCPT", "DATA", "DOT"])
def test_a_not_now_means_later(step, answer):
    with smtp_server() as server, given.an_impatient_postbox(server.url) as box:
        server.on(step, answer)
        result = given.posted(box)

    assert (result.outcome, result.code) == (Posted.LATER, int(answer[:3]))
    assert not server.letters


def test_a_server_that_wants_no_talk_at_all_is_no_refusal_of_the_letter():
    with smtp_server() as server, given.an_impatient_postbox(server.url) as box:
        server.on("GREETING", "554 5.7.1 your network is blocked", times=1)
        assert given.posted(box).outcome is Posted.LATER
        server.on("EHLO", "550 no")
        server.on("HELO", "550 no")
        assert given.posted(box).outcome is Posted.LATER


@pytest.mark.parametrize("answer", ["530 5.7.0 Must sign in first", "538 5.7.11 encrypt first"])
@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_a_set_up_that_asks_for_a_sign_in_does_not_use_up_letters(step, answer):
    with smtp_server() as server, given.an_impatient_postbox(server.url) as box:
        server.on(step, answer)
        assert given.posted(box).outcome is Posted.LATER


@pytest.mark.parametrize("answer", UNCLEAR)
@pytest.mark.parametrize("step", BEFORE_THE_TEXT)
def test_what_nobody_understands_before_the_text_means_later_and_soon(step, answer):
    with smtp_server() as server, given.an_impatient_postbox(server.url) as box:
        server.on(step, answer)
        began = time.monotonic()
        result = given.posted(box)

    assert (result.outcome, result.code) == (Posted.LATER, None)
    assert time.monotonic() - began < 1.5
    assert result.words.endswith(".")
    assert not server.texts


@pytest.mark.parametrize("answer", [*UNCLEAR, "251 forwarded", "354 go on"])
def test_what_nobody_understands_after_the_text_is_unknown_and_soon(answer):
    with smtp_server() as server, given.an_impatient_postbox(server.url) as box:
        server.on("DOT", answer)
        began = time.monotonic()
        result = given.posted(box)

    assert result.outcome is Posted.UNKNOWN
    assert time.monotonic() - began < 1.5
    assert len(server.texts) == 1


@pytest.mark.parametrize("answer", UNCLEAR)
@pytest.mark.parametrize("step", ["EHLO", "QUIT", "RSET"])
def test_nothing_that_happens_at_the_other_steps_is_raised_or_changes_an_outcome(step, answer):
    with smtp_server() as server, given.an_impatient_postbox(server.url) as box:
        server.on(step, answer)
        server.on("RCPT", "550 gone", to="gone@")
        refused = given.posted(box, recipient="gone@justice.example")
        result = given.posted(box)
        box.close()

    if step == "EHLO":
        assert (refused.outcome, result.outcome) == (Posted.LATER, Posted.LATER)
    else:
        slow = step == "RSET" and (answer is STALL or isinstance(answer, Dribble))
        assert (refused.outcome, result.outcome) == (Posted.REFUSED, Posted.LATER if slow else Posted.SENT)


def test_a_server_that_takes_a_text_for_commands_does_not_answer_for_the_next_letter():
    with smtp_server() as server, given.an_impatient_postbox(server.url) as box:
        server.on("DATA", b"354 go\r\n", times=1)
        # Its "500 unrecognised" is an answer, unless it hangs up before we have heard it.
        assert given.posted(box).outcome in (Posted.REFUSED, Posted.UNKNOWN)
        assert given.posted(box).outcome is Posted.SENT
    assert server.sessions == 2


def test_an_answer_given_before_the_question_is_not_believed():
    with smtp_server() as server, given.an_impatient_postbox(server.url) as box:
        server.on("DATA", b"354 go\r\n250 taken already\r\n")
        assert given.posted(box).outcome is Posted.UNKNOWN
        server.on("MAIL", b"250 ok\r\n250 ok\r\n250 ok\r\n354 ok\r\n250 ok\r\n")
        assert given.posted(box).outcome is Posted.LATER


def test_nobody_at_the_door_means_later():
    with silent_port() as port, given.an_impatient_postbox(f"smtp://127.0.0.1:{port}") as box:
        result = given.posted(box)
    assert (result.outcome, result.words) == (
        Posted.LATER,
        "The mail server could not be reached: Connection refused.",
    )


def test_a_host_without_an_address_means_later():
    with given.an_impatient_postbox("smtp://nowhere.invalid?tls=none") as box:
        assert given.posted(box).outcome is Posted.LATER
    with given.an_impatient_postbox("smtp://" + "x" * 80 + ".example?tls=none") as box:
        assert given.posted(box).outcome is Posted.LATER


def test_the_table_holds_for_every_code():
    for code in [None, *range(200, 600)]:
        assert outcome_of(Step.OPENING, code) is Posted.LATER
        for step in (Step.SENDER, Step.RECIPIENT, Step.ASKING):
            refused = code is not None and code >= 500 and code not in (530, 534, 535, 538)
            assert outcome_of(step, code) is (Posted.REFUSED if refused else Posted.LATER)
        assert (outcome_of(Step.TEXT, code) is Posted.SENT) == (code == 250)
        assert (outcome_of(Step.TEXT, code) is Posted.REFUSED) == (code is not None and code >= 500)
        assert (outcome_of(Step.TEXT, code) is Posted.LATER) == (code is not None and 400 <= code < 500)


def test_the_words_we_keep_are_one_short_line_without_addresses():
    said = "5.1.1 <sol@home.example>\r\n\x1b[31mno\u202e such\x00 user sol@home.example; " + "go away " * 100
    words = fit_words(said.encode())
    assert len(words) <= 300
    assert words.startswith("5.1.1 (address) [31mno such user (address) go away")
    assert words.isprintable()
    assert fit_words(b"\xff\xfe") == "��"
