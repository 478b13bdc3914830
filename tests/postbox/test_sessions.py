"""One kept line: when it is used again, when it is given up, and that no letter suffers from it."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from campaign.domain.posting import Posted
from campaign.postbox import postbox, smtp, speaker
from tests.postbox import given
from tests.smtp_server import DROP, STALL, Slow, certificate_in, smtp_server


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    made = certificate_in(tmp_path_factory.mktemp("certificate"))
    if made is None:
        pytest.skip("the openssl program is missing, so NOTHING was tested about encrypted lines to mail servers")
    return made


def test_letters_share_a_session_up_to_its_measure():
    with smtp_server() as server, given.an_impatient_postbox(server.url, per_session=3) as box:
        assert [given.posted(box).outcome for _ in range(7)] == [Posted.SENT] * 7
    assert server.sessions == 3


def test_a_server_that_has_had_enough_gets_the_letter_again_in_a_new_session():
    with smtp_server(letters_per_session=2) as server, given.an_impatient_postbox(server.url) as box:
        assert [given.posted(box).outcome for _ in range(5)] == [Posted.SENT] * 5
    assert (server.sessions, len(server.letters)) == (3, 5)


@pytest.mark.parametrize("answer", ["452 4.5.3 Too many messages", "421 4.7.0 enough", DROP])
def test_a_used_up_session_is_replaced_once_and_no_more(answer):
    with smtp_server() as server, given.an_impatient_postbox(server.url) as box:
        assert given.posted(box).outcome is Posted.SENT
        server.on("MAIL", answer)
        assert given.posted(box).outcome is Posted.LATER
        assert server.sessions == 2
        assert [line.split()[0] for line in server.heard].count("MAIL") == 3


@pytest.mark.parametrize("answer", ["452 4.5.3 Too many messages", "421 4.7.0 enough", DROP])
def test_on_a_fresh_session_it_is_later_at_once(answer):
    with smtp_server() as server, given.an_impatient_postbox(server.url) as box:
        server.on("MAIL", answer)
        assert given.posted(box).outcome is Posted.LATER
    assert server.sessions == 1


def test_a_line_that_died_between_two_letters_is_noticed_before_the_next():
    with smtp_server() as server, given.an_impatient_postbox(server.url) as box:
        assert given.posted(box).outcome is Posted.SENT
        server.hang_up()
        time.sleep(0.05)
        assert given.posted(box).outcome is Posted.SENT
    assert len(server.texts) == 2


def test_a_line_long_idle_is_not_trusted(monkeypatch):
    monkeypatch.setattr(smtp, "SECONDS_KEPT_IDLE", 0.0)
    with smtp_server() as server, given.an_impatient_postbox(server.url) as box:
        given.posted(box)
        time.sleep(0.01)
        given.posted(box)
    assert (server.sessions, len(server.letters)) == (2, 2)


def test_after_an_unknown_outcome_the_letter_is_not_tried_again_by_the_postbox():
    with smtp_server() as server, given.an_impatient_postbox(server.url) as box:
        given.posted(box)
        server.on("DOT", DROP, times=1)
        assert given.posted(box).outcome is Posted.UNKNOWN
        assert len(server.texts) == 2
        assert given.posted(box).outcome is Posted.SENT


def test_a_refused_letter_does_not_stain_the_next():
    with smtp_server() as server, given.an_impatient_postbox(server.url) as box:
        for step in ("MAIL", "RCPT", "DATA", "DOT"):
            server.on(step, "550 no", times=1)
            assert given.posted(box).outcome is Posted.REFUSED
            assert given.posted(box).outcome is Posted.SENT
    assert server.sessions == 2  # a new one after a no to the text: the server may not have read all of it
    assert [letter.recipients for letter in server.letters] == [[given.MINISTER]] * 4


def test_a_worker_that_is_interrupted_in_a_letter_leaves_no_half_line_behind(monkeypatch):
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with smtp_server() as server, given.an_impatient_postbox(server.url) as box:
        with monkeypatch.context() as patch:
            patch.setattr(speaker.Speaker, "data", interrupted)
            with pytest.raises(KeyboardInterrupt):
                given.posted(box)
        assert given.posted(box).outcome is Posted.SENT
    assert server.sessions == 2


def test_letters_posted_by_threads_at_once_take_turns():
    with (
        smtp_server() as server,
        given.an_impatient_postbox(server.url, seconds=5) as box,
        ThreadPoolExecutor(8) as threads,
    ):
        results = list(threads.map(lambda _: given.posted(box), range(40)))
    assert {result.outcome for result in results} == {Posted.SENT}
    assert (server.sessions, len(server.letters)) == (1, 40)


@pytest.mark.parametrize("answer", [DROP, STALL, "500 what?"])
def test_a_goodbye_that_goes_wrong_takes_nothing_back(answer):
    with smtp_server() as server:
        server.on("QUIT", answer)
        box = postbox(server.url, command_timeout=0.3)
        assert given.posted(box).outcome is Posted.SENT
        assert "QUIT" not in server.heard
        box.close()
        box.close()
    assert len(server.letters) == 1


def test_a_slow_answer_within_the_time_is_waited_for():
    with smtp_server() as server, given.an_impatient_postbox(server.url, seconds=2) as box:
        server.on("DOT", Slow(0.3))
        assert given.posted(box).outcome is Posted.SENT


def test_nobody_learns_the_name_of_our_machine():
    with smtp_server() as server, given.an_impatient_postbox(server.url) as box:
        given.posted(box)
    assert server.heard[0] == "EHLO bounces.letters.example"
    assert socket.gethostname().encode() not in server.letters[0].wire


def test_the_right_password_opens_and_a_wrong_one_burns_no_letter():
    with smtp_server(login=("sol", "p@ss:w/rd%")) as server:
        door = f"127.0.0.1:{server.port}?tls=none"
        with given.an_impatient_postbox(f"smtp://sol:p%40ss%3Aw%2Frd%25@{door}") as box:
            assert given.posted(box).outcome is Posted.SENT
            assert "rd%" not in repr(box)
        with given.an_impatient_postbox(f"smtp://sol:wrong@{door}") as box:
            result = given.posted(box)
            assert (result.outcome, result.code) == (Posted.LATER, 535)
        with given.an_impatient_postbox(f"smtp://{door}") as box:
            assert given.posted(box).outcome is Posted.LATER


def test_a_sign_in_that_is_asked_for_and_not_offered_burns_no_letter():
    with smtp_server() as server, given.an_impatient_postbox(f"smtp://a:b@127.0.0.1:{server.port}") as box:
        server.on("EHLO", b"250-mx\r\n250 SIZE 1000000\r\n")
        assert given.posted(box).outcome is Posted.LATER
    assert not any(line.startswith(("AUTH", "MAIL")) for line in server.heard)


def test_without_starttls_nothing_goes_in_the_clear():
    with smtp_server() as server, given.an_impatient_postbox(f"smtp://127.0.0.1:{server.port}?tls=starttls") as box:
        result = given.posted(box)
    assert result.outcome is Posted.LATER
    assert "STARTTLS" in result.words
    assert server.heard == ["EHLO bounces.letters.example"]


@pytest.mark.parametrize("implicit", [False, True], ids=["starttls", "implicit"])
def test_a_certificate_of_ones_own_is_not_trusted(certificate, implicit):
    tls = {"certificate": certificate, "implicit": implicit}
    with smtp_server(**tls) as server, given.an_impatient_postbox(server.url, seconds=2) as box:
        result = given.posted(box)
    assert result.outcome is Posted.LATER
    assert "certificate is not to be trusted" in result.words
    assert not server.texts
    assert not any(line.startswith(("MAIL", "AUTH")) for line in server.heard)


@pytest.mark.parametrize("implicit", [False, True], ids=["starttls", "implicit"])
def test_a_trusted_certificate_of_the_right_name_opens_an_encrypted_line(certificate, implicit, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.certificate))
    tls = {"certificate": certificate, "implicit": implicit}
    with smtp_server(**tls) as server, given.an_impatient_postbox(server.url, seconds=2) as box:
        assert [given.posted(box).outcome for _ in range(3)] == [Posted.SENT] * 3
    assert server.sessions == 1


def test_a_trusted_certificate_of_another_name_does_not(tmp_path, monkeypatch):
    other = certificate_in(tmp_path, names="DNS:mail.other.example")
    if other is None:
        pytest.skip("the openssl program is missing, so a certificate of another name was NOT tested")
    monkeypatch.setenv("SSL_CERT_FILE", str(other.certificate))
    with smtp_server(certificate=other) as server, given.an_impatient_postbox(server.url, seconds=2) as box:
        assert given.posted(box).outcome is Posted.LATER
    assert not server.texts


@pytest.mark.parametrize("answer", [STALL, DROP, "454 not now", b"220 go\r\n250 injected\r\n", b"220 go\r\nxx"])
def test_an_encryption_that_does_not_come_about_means_later_and_soon(certificate, answer):
    with smtp_server(certificate=certificate) as server, given.an_impatient_postbox(server.url) as box:
        server.on("STARTTLS", answer)
        began = time.monotonic()
        assert given.posted(box).outcome is Posted.LATER
    assert time.monotonic() - began < 1.5
    assert not any(line.startswith("MAIL") for line in server.heard)


def test_a_mute_server_is_left_after_the_time_for_the_handshake():
    with smtp_server() as server, given.an_impatient_postbox(f"smtp://127.0.0.1:{server.port}?tls=implicit") as box:
        server.on("GREETING", STALL)
        began = time.monotonic()
        assert given.posted(box).outcome is Posted.LATER
    assert time.monotonic() - began < 1.5


def test_a_letter_whose_leave_was_lost_has_no_text_sent_and_is_not_tried_again_at_once():
    answers = [True, False, True]
    with smtp_server() as server:
        box = postbox(server.url, may_go=lambda: answers.pop(0))
        outcomes = [given.posted(box).outcome for _ in range(3)]
        box.close()

    assert outcomes == [Posted.SENT, Posted.LATER, Posted.SENT]
    assert len(server.texts) == 2
    assert [line.split()[0] for line in server.heard].count("RCPT") == 3
