"""Documents out of a folder and a mailbox: the folder is trusted, a mail only where its sender is proven."""

import os
from pathlib import Path

import pytest

from campaign.documents import folder_at
from campaign.domain.case import CaseState
from campaign.domain.letter import LetterState
from campaign.domain.refusals import FolderUnfit
from campaign.flow import collecting
from campaign.flow.collecting import MOST_BYTES_OF_MAIL, Rules
from campaign.postbox import mailbox_place, opened_mailbox
from campaign.store import arrivals, cases, documents, journal, letters
from campaign.store.documents import DocumentState
from tests import given
from tests.documents_formats import making
from tests.given import CLOSED, OPEN
from tests.imap_server import imap_server
from tests.mails_given import NOW, OFFICE, Names, a_key, a_mail, signed

FIRST = given.an_output("Ana Ruiz", "Bo Chen")
FINAL = given.an_output(ordinal=2, final=True, says={"Ana Ruiz": CLOSED, "Bo Chen": OPEN})
TRUSTING = Rules((OFFICE,), Names(), given.PATIENCE)
WAITING, APPLIED, REVIEW, REFUSED = "waiting", "applied", "review", "refused"


def mail_in(db, *mails: bytes, rules: Rules = TRUSTING, now=NOW):
    """What comes of the mails, one after the other."""
    return [one for mail in mails for one in collecting.take_in_mail(db, mail, rules, now=now)]


def states(db) -> dict[str, str]:
    return {one.name: one.state.value for one in reversed(documents.newest_documents(db))}


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "put here").mkdir()
    return tmp_path / "put here"


def look(db, watched, *times: float):
    found = []
    for at in times or (0, 3):
        found += collecting.empty_folder(db, watched, at, now=given.NOON, patience=given.PATIENCE)
    return found


# --- mails


def test_what_is_mailed_in_has_no_effect_before_an_admins_word(db):
    ana, _ = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    letter = given.a_letter(db, ana)

    (one,) = mail_in(db, a_mail(("final.txt", FINAL)))

    assert one.taken.document.state is DocumentState.WAITING
    assert cases.case(db, ana.id).is_open and letters.letter(db, letter.id).state is LetterState.QUEUED
    (came,) = [one.came for one in arrivals.arrivals_of(db, one.taken.document.id)]
    assert (came.via, came.by, came.signed_by) == ("mail", f"ua@{OFFICE}", None)
    assert came.signature == "It bears no signature, so nobody knows who sent it."


def test_what_a_trusted_domain_is_proven_to_have_sent_takes_effect_at_once(db):
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    letter = given.a_letter(db, ana)

    (one,) = mail_in(db, signed(a_mail(("final.txt", FINAL))))

    assert one.taken.document.state is DocumentState.APPLIED
    assert cases.case(db, ana.id).state is CaseState.CLOSED and cases.case(db, bo.id).is_open
    assert letters.letter(db, letter.id).state is LetterState.STOPPED
    assert journal.events_of_case(db, ana.id)[0].actor == "mail"
    (came,) = [one.came for one in arrivals.arrivals_of(db, one.taken.document.id)]
    assert (came.signed_by, came.signature) == (OFFICE, f"Proven to come from {OFFICE}.")


@pytest.mark.parametrize(
    "mail",
    [
        signed(a_mail(("final.txt", FINAL)), key=a_key(2)),
        signed(a_mail(("final.txt", FINAL)), length=True),
        signed(a_mail(("final.txt", FINAL), sender="ua@evil.example")),
        b"From: ua@evil.example\r\n" + signed(a_mail(("final.txt", FINAL))),
        signed(a_mail(text="Hello.")) + FINAL,
        signed(a_mail(text=FINAL.decode())).replace(b"Content-Type: text/plain", b"Content-Type: TEXT/plain"),
    ],
    ids=["another key", "l=", "another domain", "two writers", "words added", "type changed"],
)  # fmt: skip
def test_forged_mails_close_nobody(db, mail):
    ana, _ = given.open_cases(db, "Ana Ruiz", "Bo Chen")

    mail_in(db, mail)

    assert cases.case(db, ana.id).is_open
    assert set(states(db).values()) <= {APPLIED, WAITING, REFUSED} and len(states(db)) == 2


def test_a_paper_hidden_in_an_unsigned_field_of_a_proven_mail_is_not_read(db):
    ana, _ = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    hidden = b"X-Paper: " + b"\r\n ".join(line or b"." for line in FINAL.split(b"\n")) + b"\r\n"
    page = b"X-Page: <!doctype html><html><body>" + b"\r\n ".join(FINAL.split(b"\n")) + b"</body></html>\r\n"

    found = mail_in(db, hidden + page + signed(a_mail(text="Good morning to all of you.")))

    assert [one.taken.document.state.value for one in found] == [REFUSED]
    assert cases.case(db, ana.id).is_open


def test_an_outage_of_the_name_service_loses_no_mail(db):
    given.open_cases(db, "Ana Ruiz", "Bo Chen")

    (one,) = mail_in(
        db, signed(a_mail(("final.txt", FINAL))), rules=Rules((OFFICE,), Names(broken=OSError()), given.PATIENCE)
    )

    assert one.taken.document.state is DocumentState.WAITING
    assert "could not be looked up" in one.proof


def test_each_output_in_a_mail_is_a_document_and_they_are_applied_in_their_order(db):
    (two, one) = mail_in(db, signed(a_mail(("b final.txt", FINAL), ("a first.txt", FIRST), text="Both of them.")))[::-1]

    assert (one.name, two.name) == ("a first.txt", "b final.txt")
    assert [one.taken.document.state, two.taken.document.state] == [DocumentState.APPLIED, DocumentState.APPLIED]
    assert {case.person.name: case.state.value for case in cases.cases(db)} == {"Ana Ruiz": "closed", "Bo Chen": "open"}


def test_the_words_of_a_mail_can_be_the_output_themselves(db):
    given.open_cases(db, "Ana Ruiz", "Bo Chen")

    (one,) = mail_in(db, signed(a_mail(text=FINAL.decode(), subject="Good news")))

    assert (one.name, one.taken.document.state) == ("Good news", DocumentState.APPLIED)


def test_words_and_an_attached_file_of_one_paper_count_once(db):
    given.open_cases(db, "Ana Ruiz", "Bo Chen")

    found = mail_in(db, signed(a_mail(("final.txt", FINAL), text=FINAL.decode())))

    assert sorted(one.taken.document.state.value for one in found) == [APPLIED, "known"]


def test_the_same_mail_again_and_the_same_file_in_another_mail_are_known(db):
    mails = a_mail(("final.txt", FINAL)), a_mail(("x.txt", FINAL), message_id="<2@office.example>")

    found = mail_in(db, mails[0], mails[0].replace(b"Please find", b"Now look at"), mails[1])

    assert [one.taken.was_known for one in found] == [False, True, True]
    assert len(states(db)) == 1
    assert [one.is_repeat for one in arrivals.arrivals_of(db, 1)] == [False, True]


def test_a_proven_mail_is_not_kept_out_by_one_that_took_its_name_before(db):
    given.open_cases(db, "Ana Ruiz", "Bo Chen")
    mail_in(db, a_mail(text="Nothing."))

    (one,) = mail_in(db, signed(a_mail(("final.txt", FINAL))))

    assert one.taken.document.state is DocumentState.APPLIED


def test_a_document_that_waits_takes_effect_when_it_comes_by_a_trusted_way(db):
    ana, _ = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    mail_in(db, a_mail(("final.txt", FINAL)))

    mail_in(db, signed(a_mail(("final.txt", FINAL))))

    assert cases.case(db, ana.id).state is CaseState.CLOSED
    assert states(db)["final.txt"] == APPLIED


@pytest.mark.parametrize(
    ("mail", "reason"),
    [
        (a_mail(text="Shall we have lunch?"), "."),
        (a_mail(("paper.pdf", b"%PDF-1.7 broken")), "PDF"),
        (a_mail(("papers.zip", making.packed({"a.txt": FINAL}))), "."),
        (a_mail(("bomb.docx", making.swollen(60))), "."),
        (b"", "."),
        (b"\x00\xff" * 5000, "."),
        (b"From: a\r\n" * 50_000, "."),
        (b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n" * 200_000, "."),
    ],
    ids=["words", "broken pdf", "zip", "bomb", "nothing", "noise", "head", "boundaries"],
)
def test_what_cannot_be_read_is_kept_and_refused_with_the_reason(db, mail, reason):
    found = mail_in(db, mail)

    assert [one.taken.document.state for one in found] == [DocumentState.REFUSED]
    assert reason in found[0].taken.document.reason and found[0].taken.document.reason.endswith(".")


def test_a_mail_that_is_too_large_leaves_only_its_beginning_here(db):
    (one,) = mail_in(db, signed(a_mail(text="x")) + b"x" * MOST_BYTES_OF_MAIL)

    assert "larger than 15 MB" in one.taken.document.reason
    assert len(documents.content_of(db, one.taken.document.id)) == 60_000


def test_a_mail_with_very_many_files_is_not_read_to_its_end(db):
    files = [(f"{n}.txt", f"Letter {n}".encode()) for n in range(40)]

    found = mail_in(db, a_mail(*files))

    assert len(found) == 10 and any("more than 10" in one.taken.document.reason for one in found)


def test_a_mailbox_is_emptied_and_one_mail_that_cannot_be_read_stops_nothing(db):
    given.open_cases(db, "Ana Ruiz", "Bo Chen")
    mails = [b"\x00" * 3000, a_mail(text="Lunch?"), signed(a_mail(("final.txt", FINAL), message_id="<3@x.example>"))]
    with imap_server(mails) as server:
        for _ in range(2):
            with opened_mailbox(mailbox_place(server.url), most_bytes=MOST_BYTES_OF_MAIL) as box:
                list(collecting.empty_mailbox(db, box, TRUSTING, now=NOW))
        assert server.flags == {1: {r"\Seen", r"\Flagged"}, 2: {r"\Seen", r"\Flagged"}, 3: {r"\Seen"}}
        assert not [words for words in server.said if words.startswith(("APPEND", "UID COPY", "UID EXPUNGE"))]
    assert states(db)["final.txt"] == APPLIED
    assert db.rows("SELECT count(*) AS n FROM notices")[0]["n"] == 0


def test_a_mail_stays_unread_where_it_could_not_be_written_down(db):
    with imap_server([a_mail(("final.txt", FINAL))]) as server:
        with opened_mailbox(mailbox_place(server.url), most_bytes=MOST_BYTES_OF_MAIL) as box:
            db.run("ALTER TABLE arrivals RENAME TO arrivals_elsewhere")
            try:
                with pytest.raises(Exception, match=r"arrivals|storage"):
                    list(collecting.empty_mailbox(db, box, TRUSTING, now=NOW))
            finally:
                db.run("ALTER TABLE arrivals_elsewhere RENAME TO arrivals")
        assert server.flags == {}
    assert states(db) == {}


# --- the folder


def test_files_are_taken_in_by_their_series_and_put_away(db, folder):
    (folder / "a final.txt").write_bytes(FINAL)
    (folder / "b first.txt").write_bytes(FIRST)
    (folder / "recipe.txt").write_bytes(b"Two eggs and some flour.")

    found = look(db, folder_at(folder, 10**6))

    assert [one.name for one in found] == ["b first.txt", "a final.txt", "recipe.txt"]
    assert states(db) == {"a final.txt": APPLIED, "b first.txt": APPLIED, "recipe.txt": REFUSED}
    assert sorted(os.listdir(folder / "taken")) == ["a final.txt", "b first.txt"]
    assert sorted(os.listdir(folder / "refused")) == ["recipe.txt", "recipe.txt.reason.txt"]
    assert (folder / "refused/recipe.txt.reason.txt").read_text() == f"{found[2].taken.document.reason}\n"
    assert {case.person.name: case.state.value for case in cases.cases(db)} == {"Ana Ruiz": "closed", "Bo Chen": "open"}


def test_a_file_is_waited_for_until_it_stays_as_it_is_for_two_seconds(db, folder):
    watched = folder_at(folder, 10**6)
    paper = folder / "final.txt"
    paper.write_bytes(FINAL[:100])
    assert look(db, watched, 0, 1) == []

    paper.write_bytes(FINAL)
    assert look(db, watched, 2, 3.9) == [] and paper.exists()
    assert [one.name for one in look(db, watched, 4)] == ["final.txt"]


def test_what_is_hidden_unfinished_linked_or_no_file_is_left_alone(db, folder, tmp_path):
    (tmp_path / "secret.txt").write_bytes(FIRST)
    for name in (".hidden.txt", "x.part", "x.tmp", "x.TMP"):
        (folder / name).write_bytes(FIRST)
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "deeper").mkdir()
    (folder / "deeper/x.txt").write_bytes(FIRST)
    (folder / "more").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe")
    before = sorted(os.listdir(folder))

    assert look(db, folder_at(folder, 10**6)) == []
    assert sorted(os.listdir(folder)) == before and states(db) == {}


def test_the_same_bytes_again_are_moved_and_known_and_no_file_is_overwritten(db, folder):
    watched = folder_at(folder, 10**6)
    for at in (0, 10):
        (folder / "final.txt").write_bytes(FINAL)
        found = look(db, watched, at, at + 3)

    assert found[0].taken.was_known
    assert sorted(os.listdir(folder / "taken")) == ["final-2.txt", "final.txt"]


def test_two_files_of_the_same_bytes_at_once_are_both_put_away(db, folder):
    for name in ("a.txt", "b.txt"):
        (folder / name).write_bytes(FIRST)

    assert [one.name for one in look(db, folder_at(folder, 10**6))] == ["a.txt", "b.txt"]
    assert sorted(os.listdir(folder / "taken")) == ["a.txt", "b.txt"]


def test_a_file_that_is_too_large_or_cannot_be_opened_is_put_away_with_the_reason(db, folder):
    (folder / "large.txt").write_bytes(b"x" * 2_000_001)

    (one,) = look(db, folder_at(folder, 2_000_000))

    assert "larger than 2 MB" in one.trouble and states(db) == {}
    assert "larger" in (folder / "refused/large.txt.reason.txt").read_text()


def test_a_doubtful_paper_out_of_the_folder_holds_the_case(db, folder):
    ana = given.an_open_case(db)
    (folder / "odd.txt").write_bytes(
        given.an_output("Ana Ruiz", ordinal=2, says={"Carla Stone": CLOSED}, addressee=None)
    )

    (one,) = look(db, folder_at(folder, 10**6))

    assert one.taken.document.state.value == REVIEW
    assert cases.case(db, ana.id).state is CaseState.REVIEW
    assert os.listdir(folder / "taken") == ["odd.txt"]


def test_a_link_in_the_place_of_taken_is_not_followed(db, folder, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (folder / "taken").symlink_to(tmp_path / "elsewhere")
    (folder / "first.txt").write_bytes(FIRST)
    watched = folder_at(folder, 10**6)

    (one,) = look(db, watched)

    assert "cannot be moved" in one.trouble and os.listdir(tmp_path / "elsewhere") == []
    assert look(db, watched, 4, 9) == []


def test_a_folder_that_is_missing_or_open_to_everybody_is_refused(tmp_path, folder):
    folder.chmod(0o777)
    for wrong in (folder, tmp_path / "nowhere"):
        with pytest.raises(FolderUnfit) as refused:
            folder_at(wrong, 10**6)
        assert str(refused.value).endswith(".")
