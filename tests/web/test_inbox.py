"""Admins bring documents, see what each is and would change, and apply those without doubts together."""

import io
from dataclasses import replace

import pytest

from campaign.domain.case import CaseState
from campaign.flow import collecting, intake
from campaign.flow.collecting import Rules
from campaign.store import cases, documents, journal
from campaign.store.documents import DocumentState
from tests import given
from tests.documents_formats import making
from tests.given import CLOSED, OPEN
from tests.mails_given import Names, a_mail

FIRST = given.an_output("Ana Ruiz", "Bo Chen")
FINAL = given.an_output(ordinal=2, final=True, says={"Ana Ruiz": CLOSED, "Bo Chen": OPEN})


def bring(ada, *files: tuple[str, bytes], **other):
    values = ada.page("/admin/documents").form("documents")["values"] | other
    sent = [(io.BytesIO(content), name) for name, content in files]
    return ada.post("/admin/documents", data=values | {"files": sent}, content_type="multipart/form-data")


def mailed(db, *mails: bytes) -> None:
    for mail in mails:
        collecting.take_in_mail(db, mail, Rules((), Names(), given.PATIENCE), now=given.NOON)


def test_several_files_lead_to_a_page_that_says_of_each_what_it_is_and_does(ada, db):
    given.open_cases(db, "Ana Ruiz", "Bo Chen")

    answer = bring(
        ada, ("final.txt", FINAL), ("recipe.txt", b"Two eggs and some flour."), ("empty.txt", b""),
        ("broken.pdf", b"%PDF-1.7 broken"), ("bomb.docx", making.swollen(60)), ("again.txt", FINAL), ("known.txt", FIRST),
    )  # fmt: skip

    assert answer.status_code == 303 and answer.location.startswith("/admin/documents/brought/")
    text = ada.page(answer.location).text
    for words in (
        "Second and final output of UA 71/26", "Closes Ana Ruiz, keeps Bo Chen open.", "Waits for your word",
        "The document is empty.", "Refused", "Known already", "brought by Ada", "7 documents",
    ):  # fmt: skip
        assert words in " ".join(text.split()), words
    assert [one.state.value for one in reversed(documents.newest_documents(db))] == [
        "applied", "waiting", "refused", "refused", "refused", "refused",
    ]  # fmt: skip
    assert cases.cases(db)[0].is_open


def test_nobody_finds_what_was_brought_under_another_word(ada):
    assert "Nothing came under this address" in ada.page("/admin/documents/brought/nonsense").text


def test_a_file_larger_than_allowed_is_kept_and_refused_and_the_others_are_not_hurt(app, ada, db):
    desk = app.extensions["desk"]
    desk.settings = replace(desk.settings, upload_limit=100_000)

    answer = bring(ada, ("large.txt", b"word " * 30_000), ("first.txt", FIRST))

    assert "larger than 0.1 MB" in ada.page(answer.location).text
    assert [one.state.value for one in documents.newest_documents(db)] == ["waiting", "refused"]
    together = bring(ada, *[(f"{n}.txt", b"x" * 90_000) for n in range(13)])
    assert together.status_code == 413 and "larger than we take in at once" in together.text


def test_more_than_fifty_files_and_nothing_at_all_are_told(ada, db):
    many = bring(ada, *[(f"{n}.txt", b"x") for n in range(51)], text="typed before")

    assert many.status_code == 422 and "at most 50 files" in many.text and "typed before" in many.text
    assert bring(ada).status_code == 422
    assert documents.newest_documents(db) == []


@pytest.mark.parametrize(
    "name", ["../../x", "<script>alert(1)</script>", "a\x00b.txt", "\u202egnp.exe", "=cmd|' /C calc'!A0"]
)
def test_an_odd_name_stays_text_and_leads_nowhere(ada, db, name):
    answer = bring(ada, (name, FIRST), ("other.txt", FINAL))

    response = ada.get(answer.location)
    assert response.status_code == 200 and "<script>alert" not in response.text
    kept = documents.newest_documents(db)[1].name
    assert "/" not in kept and kept.isprintable()


def test_the_menu_says_how_many_wait(ada, db):
    assert "waiting" not in ada.get("/admin/cases").text
    for paper in (FIRST, FINAL):
        intake.keep(db, paper, name="x", via="test", now=given.NOON)

    assert "Documents 2 waiting" in " ".join(ada.page("/admin/cases").text.split())


def test_organizers_are_told_of_no_documents(olu, db):
    intake.keep(db, FIRST, name="x", via="test", now=given.NOON)

    assert "Documents" not in olu.page("/organizer/").text
    for path in ("", "/waiting", "/several?document=1", "/brought/x"):
        assert olu.get(f"/admin/documents{path}").status_code == 404


def test_the_list_is_filtered_searched_and_shown_fifty_at_a_time(ada, db):
    for n in range(60):
        intake.keep(db, b"Pancake number %d" % n, name=f"recipe {n}.txt", via="test", now=given.NOON)
    intake.keep(db, FIRST, name="first.txt", via="test", now=given.NOON)

    first = ada.page("/admin/documents")
    assert "recipe 59.txt" in first.text and "recipe 10.txt" not in first.text and "recipe 11.txt" in first.text
    assert "recipe 10.txt" in ada.page(first.links["Older documents"]).text
    waiting = ada.page("/admin/documents?state=waiting").text
    assert "first.txt" in waiting and "recipe 59" not in waiting and "Refused (60)" in waiting
    found = ada.page("/admin/documents?words=RUIZ").text
    assert "first.txt" in found and "recipe 59" not in found
    older = ada.page("/admin/documents?state=refused&words=recipe").links["Older documents"]
    assert "state=refused" in older and "words=recipe" in older
    for odd in ("state=nonsense&below=x", "below=99999999999999999999", "words=%00%27", "words=" + "x%20" * 500):
        ada.page(f"/admin/documents?{odd}")
    assert "Nothing fits." in ada.page("/admin/documents?words=nobody").text


def test_what_came_by_mail_says_from_whom_and_what_was_proven(ada, db):
    mailed(db, a_mail(("final.txt", FINAL), sender='"Ada" <max@evil.example>'))

    text = ada.page("/admin/documents").text
    assert "max@evil.example" in text and "bears no signature" in text and "Waits for your word" in text
    assert "max@evil.example" in ada.page("/admin/documents?words=evil").text


def test_all_that_has_no_doubts_is_applied_in_one_step_after_a_rehearsal(ada, db):
    ana, _ = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    given.a_letter(db, ana)
    bring(ada, ("final.txt", FINAL))
    mailed(db, a_mail(("other.txt", given.an_output("Eno Adeyo", ua="72/26"))))
    bring(
        ada, ("odd.txt", given.an_output("Fay Oz", ordinal=2, ua="73/26", says={"Carla Stone": CLOSED}, addressee=None))
    )

    page = ada.page("/admin/documents/waiting")
    assert "Closes Ana Ruiz, keeps Bo Chen open, stops 1 letter." in page.text and "odd.txt" in page.text
    assert "Opens Eno Adeyo." in page.text
    form = page.form("apply")
    # The forms of tests hold one value a name: what is ticked when the page comes is what was brought by hand alone.
    assert form["choices"]["document"] == ["2", "3", "4"] and form["values"]["document"] == "2"

    assert ada.post(form["action"], data=form["values"] | {"document": ["2", "999"]}).status_code == 404
    done = ada.post(form["action"], data=form["values"] | {"document": ["2", "4", "x", "-1"]})

    assert done.status_code == 303
    assert "Closed Ana Ruiz." in ada.page(done.location).text
    assert cases.case(db, ana.id).state is CaseState.CLOSED
    assert {one.name: one.state for one in documents.newest_documents(db)} == {
        "final.txt": DocumentState.APPLIED, "other.txt": DocumentState.WAITING, "odd.txt": DocumentState.WAITING,
        "output.txt": DocumentState.APPLIED,
    }  # fmt: skip


def test_nothing_chosen_is_told_and_without_its_token_nothing_is_applied(ada, db):
    intake.keep(db, FIRST, name="x", via="test", now=given.NOON)

    assert "choose at least one" in ada.send("/admin/documents/waiting", part="apply", status=422, document=None).text
    for way in ("apply", "refuse"):
        assert ada.post(f"/admin/documents/waiting/{way}", data={"document": "1", "reason": "x"}).status_code == 422
    assert documents.document(db, 1).state is DocumentState.WAITING
    assert ada.post("/admin/documents", data={"text": "x"}).status_code == 422
    assert cases.cases(db) == []
    assert ada.get("/admin/documents/several?document=1&document=x&document=2").status_code == 404


def test_what_was_brought_together_can_be_looked_at_alone(ada, db):
    mailed(db, a_mail(("other.txt", given.an_output("Eno Adeyo", ua="72/26"))))
    brought = ada.page(bring(ada, ("first.txt", FIRST), ("final.txt", FINAL)).location)

    page = ada.page(brought.links["Apply what has no doubts"])
    assert page.form("apply")["choices"]["document"] == ["2", "3"]
    assert "other.txt" not in page.text


def test_a_waiting_document_is_refused_with_a_reason_on_record_and_stays_so(ada, db):
    mailed(db, a_mail(("first.txt", FIRST), sender="max@evil.example"))
    form = ada.page("/admin/documents/waiting").form("apply")["values"] | {"document": "1"}

    short = ada.post("/admin/documents/waiting/refuse", data=form | {"reason": " "})
    assert short.status_code == 422 and "Please write something here" in short.text and "checked" in short.text
    done = ada.post("/admin/documents/waiting/refuse", data=form | {"reason": "The office knows of no such paper."})

    assert "Ada refused it: The office knows of no such paper." in ada.page(done.location).text
    (event,) = [row for row in journal.events(db) if row["kind"] == "document"]
    assert (event["actor"], event["before"], event["after"]) == ("Ada", "waiting", "refused")
    assert event["reason"] == "first.txt: The office knows of no such paper."
    assert given.take_in(db, FIRST).document.state is DocumentState.REFUSED and cases.cases(db) == []
    ada.post("/admin/documents/waiting/refuse", data=form | {"reason": "Once more."})
    assert "Once more" not in documents.document(db, 1).reason
