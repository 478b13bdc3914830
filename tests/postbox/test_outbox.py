"""The outbox folder, and which setting opens which postbox."""

import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from campaign.domain.posting import Posted
from campaign.postbox import OutboxFolder, SmtpPostbox, outbox, outbox_letters, postbox
from tests.postbox import given


def test_a_letter_in_the_outbox_is_the_same_bytes_once(tmp_path):
    box = postbox(f"outbox:{tmp_path / 'deep' / 'outbox'}")
    wire = given.a_letter()
    first, second = given.posted(box, wire), given.posted(box, wire)
    box.close()

    assert first == second
    assert first.outcome is Posted.SENT
    [file] = (tmp_path / "deep" / "outbox").iterdir()
    assert file.read_bytes() == wire
    assert file.suffix == ".eml"
    assert file.name in first.words
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_crooked_message_id_cannot_lead_out_of_the_folder(tmp_path):
    box = OutboxFolder(tmp_path / "outbox")
    given.posted(box, b"Message-ID: <../../../evil@x>\r\n\r\nx\r\n")
    given.posted(box, b"no headers\r\n")
    assert len(list((tmp_path / "outbox").glob("*.eml"))) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["outbox"]


def test_a_full_disk_means_later_and_leaves_no_half_letter(tmp_path, monkeypatch):
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    result = given.posted(OutboxFolder(tmp_path))
    assert (result.outcome, result.words) == (
        Posted.LATER,
        "The outbox folder could not be written: No space left on device.",
    )
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file_means_later(tmp_path):
    (tmp_path / "outbox").write_text("I am a file")
    assert given.posted(OutboxFolder(tmp_path / "outbox")).outcome is Posted.LATER


def test_the_outbox_is_read_newest_first(tmp_path):
    box = OutboxFolder(tmp_path)
    for hours, name in enumerate(("First", "Second, José", "ثالث")):
        later = given.NOON + timedelta(hours=hours)
        given.posted(
            box,
            given.a_letter(
                subject=f"{name} letter", at=later, message_id=f"<{hours}@letters.example>", body="Dear José,\n.\n"
            ),
        )
    mails = outbox_letters(str(tmp_path))
    assert [mail.subject for mail in mails] == ["ثالث letter", "Second, José letter", "First letter"]
    assert mails[0].to == given.MINISTER
    assert mails[0].sender == "Sol Reyes via Appeal Letters <letters@letters.example>"
    assert mails[0].at == given.NOON + timedelta(hours=2)
    assert mails[0].body.replace("\r\n", "\n") == "Dear José,\n.\n"
    assert (tmp_path / mails[0].name).is_file()


def test_a_broken_file_in_the_outbox_is_shown_as_far_as_it_can_be_read(tmp_path):
    (tmp_path / "empty.eml").write_bytes(b"")
    (tmp_path / "bytes.eml").write_bytes(bytes(range(256)) * 10)
    (tmp_path / "crooked.eml").write_bytes(
        b"From: =?utf-8?q?=0D?= <\r\nTo: ;:,@\r\nDate: yesterday\r\nContent-Type: text/plain; charset=nonsense\r\n"
        b"\r\n\xff"
    )
    (tmp_path / "page.eml").write_bytes(b"Content-Type: multipart/mixed; boundary=x\r\nSubject: page\r\n\r\n--x\r\n")
    (tmp_path / "folder.eml").mkdir()
    (tmp_path / "other.txt").write_text("no mail")
    given.posted(OutboxFolder(tmp_path))

    mails = outbox_letters(tmp_path)
    assert {mail.name for mail in mails} >= {"empty.eml", "bytes.eml", "crooked.eml", "page.eml"}
    assert len(mails) == 5
    assert outbox_letters(tmp_path / "not there") == []


def test_an_endless_file_is_not_read_to_its_end(tmp_path, monkeypatch):
    monkeypatch.setattr(outbox, "MOST_BYTES_SHOWN", 1000)
    (tmp_path / "long.eml").write_bytes(b"Subject: long\r\n\r\n" + b"x" * 100_000)
    assert len(outbox_letters(tmp_path)[0].body) < 1000


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("smtp://mail.example", ("mail.example", 587, "starttls", None, None)),
        ("smtp://mail.example:2525", ("mail.example", 2525, "starttls", None, None)),
        ("smtp://mail.example?tls=implicit", ("mail.example", 465, "implicit", None, None)),
        ("smtp://mail.example/?tls=none", ("mail.example", 25, "none", None, None)),
        ("smtp://localhost:1025", ("localhost", 1025, "none", None, None)),
        ("smtp://127.0.0.2", ("127.0.0.2", 25, "none", None, None)),
        ("smtp://[::1]:1025", ("::1", 1025, "none", None, None)),
        ("smtp://127.0.0.1?tls=starttls", ("127.0.0.1", 587, "starttls", None, None)),
        ("smtp://localhost.evil.example", ("localhost.evil.example", 587, "starttls", None, None)),
        ("smtp://s%40x:p%2F%3A%40@mail.example", ("mail.example", 587, "starttls", "s@x", "p/:@")),
    ],
)
def test_a_setting_opens_the_mail_server_it_names(url, place):
    box = postbox(url)
    assert isinstance(box, SmtpPostbox)
    server = box.server
    assert (server.host, server.port, server.tls, server.user, server.password) == place


@pytest.mark.parametrize(("url", "folder"), [("outbox:/a b/%20", "/a b/%20"), ("outbox:///x", "/x"), ("outbox:y", "y")])
def test_a_setting_opens_the_folder_it_names(url, folder):
    box = postbox(url)
    assert isinstance(box, OutboxFolder)
    assert box.folder == Path(folder)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "outbox:",
        "outbox://host/folder",
        "mailto:sol@home.example",
        "smtps://sol:hunter2@mail.example",
        "smtp:",
        "smtp://",
        "smtp://:25",
        "smtp://sol:hunter2@",
        "smtp://sol:hun/ter2@mail.example",
        "smtp://sol:hun?ter2@mail.example",
        "smtp://sol:hun#ter2@mail.example",
        "smtp://sol:hunter2@mail.example:99999",
        "smtp://sol:hunter2@mail.example:0",
        "smtp://sol:hunter2@[mail.example",
        "smtp://sol:hunter2@mail.example/inbox",
        "smtp://sol:hunter2@mail.example?tls=hunter2",
        "smtp://sol:hunter2@mail.example?tls=none&tls=starttls",
        "smtp://sol:hunter2@mail.example?password=hunter2",
        "smtp://sol@mail.example",
        "smtp://:hunter2@mail.example",
        "smtp://sol:h%C3%BCnter2@mail.example",
        "smtp://sol:hunter2%0D%0A@mail.example",
        "smtp://sol:hunter2@mail example",
    ],
)
def test_a_wrong_setting_is_refused_in_a_sentence_without_the_password(url):
    with pytest.raises(ValueError, match=r"setting|outbox") as refusal:
        postbox(url)
    said = f"{refusal.value} {refusal.value.__cause__}"
    assert not any(word in said for word in ("hunter2", "hun/", "hun?", "hun#", "ter2@", "hun'"))


def test_times_must_be_times():
    with pytest.raises(ValueError, match="above zero"):
        postbox("smtp://mail.example", connect_timeout=0)
