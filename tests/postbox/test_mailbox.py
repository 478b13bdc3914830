"""A mailbox is read over a real line, and nothing in it is lost."""

import ssl

import pytest

from campaign.postbox import MOST_BYTES_OF_REPORT, MailboxFailed, mailbox_place, opened_mailbox
from tests.imap_server import imap_server
from tests.smtp_server import certificate_in, silent_port

LITTLE_PATIENCE = 0.3


def read_all(server, **other) -> list[tuple[str, bytes]]:
    with opened_mailbox(mailbox_place(server.url), **other) as box:
        return list(box.unread())


def test_what_is_unread_is_fetched_whole_and_stays_unread_until_it_is_marked():
    messages = [b"Subject: one\r\n\r\nOne.\r\n", b"", b"\x00\xff)\r\nA1 OK\r\n"]
    with imap_server(messages) as server:
        assert read_all(server) == [("1", messages[0]), ("2", messages[1]), ("3", messages[2])]
        assert server.flags == {}

        with opened_mailbox(mailbox_place(server.url)) as box:
            box.mark_read("1", for_a_person=False)
            box.mark_read("3", for_a_person=True)
        assert server.flags == {1: {r"\Seen"}, 3: {r"\Seen", r"\Flagged"}}
        assert [name for name, _ in read_all(server)] == ["2"]
        assert server.said[-1] == "LOGOUT"


def test_of_a_message_that_is_too_large_no_more_is_fetched_than_tells_so():
    with imap_server([b"x" * 3_000_000]) as server:
        ((_, message),) = read_all(server)

    assert len(message) == MOST_BYTES_OF_REPORT + 1


def test_a_message_that_has_gone_meanwhile_is_passed_by():
    with imap_server([b"one", b"two"]) as server:
        server.gone.add(1)
        assert read_all(server) == [("2", b"two")]


def test_an_empty_mailbox_has_nothing():
    with imap_server([]) as server:
        assert read_all(server) == []


@pytest.mark.parametrize("command", ["LOGIN", "SELECT", "UID SEARCH", "UID FETCH"])
def test_a_server_that_says_no_is_told_in_a_sentence_without_the_password(command):
    with imap_server([b"one"], refused=command) as server, pytest.raises(MailboxFailed) as failed:
        read_all(server)

    assert str(failed.value).endswith(".") and "se\\cr" not in str(failed.value)


@pytest.mark.parametrize("command", ["LOGIN", "SELECT", "UID FETCH"])
def test_a_server_that_falls_silent_is_not_waited_for_for_ever(command):
    with imap_server([b"one"], silent_at=command) as server, pytest.raises(MailboxFailed, match="in time"):
        read_all(server, seconds=LITTLE_PATIENCE)


def test_nobody_at_the_door_is_told():
    with silent_port() as port, pytest.raises(MailboxFailed):
        with opened_mailbox(mailbox_place(f"imap://olu:secret@127.0.0.1:{port}")):
            pass


def test_a_server_that_cannot_prove_who_it_is_hears_no_password(tmp_path):
    certificate = certificate_in(tmp_path)
    if certificate is None:
        pytest.skip("there is no openssl program on this machine")
    with imap_server([b"one"], certificate) as server:
        with pytest.raises(MailboxFailed, match="prove who it is"):
            read_all(server)
        assert server.said == []

        known = ssl.create_default_context(cafile=str(certificate.certificate))
        assert read_all(server, context=known) == [("1", b"one")]


def test_the_address_of_a_mailbox_is_taken_apart():
    place = mailbox_place("imaps://olu%40letters.example:p%2Fw@mail.example:9993/Reports/of%20mail")

    assert (place.host, place.port, place.is_encrypted) == ("mail.example", 9993, True)
    assert (place.user, place.password, place.folder) == ("olu@letters.example", "p/w", "Reports/of mail")
    assert "p/w" not in repr(place)
    plain = mailbox_place("imaps://olu:secret@mail.example")
    assert (plain.port, plain.folder) == (993, "INBOX")
    assert mailbox_place("imap://olu:secret@localhost/").port == 143


@pytest.mark.parametrize(
    "url",
    [
        "",
        "secret",
        "pop3://olu:secret@mail.example/",
        "imaps://mail.example/INBOX",
        "imaps://olu@mail.example/",
        "imaps://olu:secret@/INBOX",
        "imaps://olu:secret@mail.example:x/",
        "imaps://olu:secret%0d%0aA1@mail.example/",
        "imaps://olu:secret@mail.example/IN%0aBOX",
        "imaps://olu:secret@mail.example/?x=secret",
        "imap://olu:secret@mail.example/INBOX",
    ],
)
def test_another_address_is_refused_without_its_password(url):
    with pytest.raises(ValueError) as refused:
        mailbox_place(url)

    assert "secret" not in str(refused.value)
