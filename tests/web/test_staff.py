"""Organizers and admins at their pages, and Max, who must see nothing."""

import io

import pytest

from campaign.domain.case import CaseState
from campaign.domain.letter import LetterState
from campaign.flow import bouncing, sending
from campaign.store import actions, cases, documents, letters
from campaign.store.documents import DocumentState
from tests import given
from tests.given import CLOSED, OPEN
from tests.reports_given import postfix
from tests.web.conftest import PASSWORD

FINAL = given.an_output(ordinal=2, final=True, says={"Ana Ruiz": CLOSED, "Bo Chen": OPEN})

# Every route by who may see it; a new route without a row here fails.
EVERYONE = {
    "cases.index", "cases.results", "cases.action", "cases.case", "cases.how_it_works", "cases.privacy", "cases.health",
    "writing.write", "writing.send", "writing.check", "confirming.confirm", "confirming.say_yes", "confirming.say_no",
    "confirming.unsubscribe", "confirming.end_news", "letters.receipt", "letters.print_page", "letters.sheet",
    "letters.change", "letters.say_otherwise", "letters.say_sent", "letters.send_copy", "letters.forget",
    "wanted.wanted", "languages.choose", "staff.sign_in", "staff.enter", "static",
}  # fmt: skip
SIGNED_IN = {"staff.leave", "staff.account"}
ORGANIZERS = {
    "organizer.overview", "organizer.printed", "organizer.as_table", "organizer.as_json",
    "held.letters", "held.letter", "held.release", "held.give_back", "own_letters.letters",
    "sent.letters", "sent.letter", "sent.settle", "own_letters.new", "own_letters.offer", "own_letters.withdraw",
}  # fmt: skip
ADMINS = {
    "admin.inbox", "admin.bring", "admin.document", "admin.apply", "admin.original", "admin.cases_page", "admin.case",
    "admin.close", "admin.reopen", "sent.show",
}  # fmt: skip


def test_every_route_stands_in_the_table(app):
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == EVERYONE | SIGNED_IN | ORGANIZERS | ADMINS


def test_nobody_sees_what_is_not_theirs(app, client, olu, ada):
    for rule in app.url_map.iter_rules():
        if rule.endpoint in EVERYONE:
            continue
        path = rule.rule.replace("<int:id>", "1").replace("<action>", "71-26")
        method = "POST" if "POST" in rule.methods else "GET"
        stranger = client.open(path, method=method)
        assert stranger.status_code == (404 if method == "POST" else 303), rule
        if method == "GET":
            assert stranger.location.startswith("/sign-in?next=")
        assert (olu.open(path, method=method).status_code == 404) or rule.endpoint in ORGANIZERS | SIGNED_IN, rule


def test_signing_in_leads_to_where_one_wanted_to_go_but_never_away(client, staff):
    assert (
        client.send("/sign-in?next=/organizer/", part="sign-in", name="Olu", password=PASSWORD).location
        == "/organizer/"
    )
    for evil in ("//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"):
        answer = client.send(f"/sign-in?next={evil}", part="sign-in", name="Olu", password=PASSWORD)
        assert answer.location == "/organizer/"


def test_a_wrong_password_is_told_and_the_name_comes_back(client, staff):
    answer = client.send("/sign-in", status=422, name="Olu", password="nonsense")

    assert "do not fit together" in answer.text and 'value="Olu"' in answer.text and "nonsense" not in answer.text


def test_a_cookie_kept_from_before_signing_out_opens_nothing(app, olu):
    kept = olu.get_cookie("campaign").value
    olu.send("/account", part="sign-out")

    thief = app.test_client()
    thief.set_cookie("campaign", kept)
    assert thief.get("/organizer/").status_code == 303


def test_the_organizers_number_rises_by_one_with_a_letter_that_went(olu, db):
    ana = given.an_open_case(db)
    assert "Sent by us 0" in olu.page("/organizer/").text

    given.a_letter(db, ana)
    given.an_unconfirmed_letter(db, ana)
    given.an_opened_letter(db, ana)
    sending.drain(given.a_sender(db, given.FakePostbox()))

    text = olu.page("/organizer/").text
    assert "Sent by us 1" in text and "Opened elsewhere 1" in text and "Reported sent 0" in text
    for words in ("New Zealand", "Director Pavel Testov"[9:], "22 November 2026", "By us, by e-mail"):
        assert words in text


def test_organizers_see_what_came_back_and_which_addresses_fail(olu, db):
    ana = given.an_open_case(db)
    office = given.an_office(bounces="bounces@letters.example")
    written = [given.a_letter(db, ana) for _ in range(4)]
    sending.drain(given.a_sender(db, given.FakePostbox()))
    assert "came back" not in olu.page("/organizer/").text

    for n, letter in enumerate(written[:3], 1):
        path = office.return_path(letter.id, letter.message_id)
        bouncing.take_in(db, office, postfix(path, diagnosis=f"smtp; 550 <i>nobody</i> {n}"), given.NOON)
        text = olu.page("/organizer/").text
        assert f"Of the letters sent by us, {n} came back." in text
        assert ("Addresses that fail" in text) == (n == 3)
    assert "Pavel Testov director@justice.example 3 5.1.1: 550 <i>nobody</i> 3" in text
    assert "Fails: 3 came back within seven days 4 0 0 0 3" in text and "Sent by us 4" in text
    assert "The address of Pavel Testov fails : 3 letters came back for good." in text
    assert actions.targets(db, ana.action)[0].replaced_at is None


def test_an_admin_sees_what_a_document_would_change_and_applies_it_once(ada, db):
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    to_stop, to_go = given.a_letter(db, ana), given.a_letter(db, bo)

    shown = ada.send("/admin/documents", text=FINAL.decode()).location
    text = ada.page(shown).text
    assert "Closes" in text and "1 waiting letters stop now" in text and "Stays open" in text
    assert cases.case(db, ana.id).is_open

    ada.send(shown, part="apply")
    assert "Applied" in ada.page(shown).text
    assert cases.case(db, ana.id).state is CaseState.CLOSED
    assert letters.letter(db, to_stop.id).state is LetterState.STOPPED
    assert letters.letter(db, to_go.id).state is LetterState.QUEUED


def test_files_can_be_brought_and_the_same_again_leads_to_the_first(ada, db):
    def bring(*contents):
        values = ada.page("/admin/documents").form("documents")["values"]
        files = [(io.BytesIO(content), f"paper-{place}.txt") for place, content in enumerate(contents)]
        return ada.post("/admin/documents", data=values | {"files": files}, content_type="multipart/form-data")

    first = bring(given.an_output("Ana Ruiz"))
    assert first.location == "/admin/documents/1"
    assert bring(given.an_output("Ana Ruiz")).location == "/admin/documents/1"
    assert bring(FINAL, b"").location == "/admin/documents"
    assert [one.state for one in documents.newest_documents(db)] == [
        DocumentState.REFUSED, DocumentState.WAITING, DocumentState.WAITING,
    ]  # fmt: skip
    original = ada.get("/admin/documents/1/original")
    assert original.data == given.an_output("Ana Ruiz")
    assert original.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    "content", [b"Two eggs and some flour.", b"\x00\x01\x02" * 500, b"<script>alert(1)</script>" * 40]
)
def test_rubbish_is_kept_and_refused_in_a_sentence_and_stays_text(ada, content):
    values = ada.page("/admin/documents").form("documents")["values"]
    answer = ada.post(
        "/admin/documents",
        data=values | {"files": [(io.BytesIO(content), "x.txt")]},
        content_type="multipart/form-data",
    )

    response = ada.get(answer.location)
    assert "Refused" in response.text
    assert "<script>" not in response.text


def test_nothing_brought_is_told(ada):
    assert "Please choose a file" in ada.send("/admin/documents", status=422, text="  ").text


def test_a_file_that_is_too_large_gets_a_page(ada):
    values = ada.page("/admin/documents").form("documents")["values"]
    answer = ada.post(
        "/admin/documents", data=values | {"files": [(io.BytesIO(b"word " * 4_000_000), "x.txt")]},
        content_type="multipart/form-data",
    )  # fmt: skip

    assert answer.status_code == 413 and "larger than we take in" in answer.text


def test_an_admin_closes_and_reopens_by_hand_with_a_reason(ada, db):
    ana = given.an_open_case(db)
    letter = given.a_letter(db, ana)
    page = f"/admin/cases/{ana.id}"
    assert "1 waiting letters would stop" in ada.page(page).text

    assert "write something" in ada.send(page, part="close", status=422, reason=" ").text
    ada.send(page, part="close", reason="Her lawyer called.", outcome="released")
    text = ada.page(page).text
    assert "Closed: released" in text and "Her lawyer called." in text and "Ada" in text
    assert letters.letter(db, letter.id).state is LetterState.STOPPED

    ada.send(page, part="reopen", reason="It was a mistake.")
    assert cases.case(db, ana.id).is_open
    assert letters.letter(db, letter.id).state is LetterState.STOPPED


def test_staff_forms_without_their_token_change_nothing(ada, db):
    ana = given.an_open_case(db)

    for path, values in (
        (f"/admin/cases/{ana.id}/close", {"reason": "x"}),
        ("/admin/documents", {"text": FINAL.decode()}),
    ):
        assert ada.post(path, data=values).status_code == 422
    assert cases.case(db, ana.id).is_open
    assert len(documents.newest_documents(db)) == 1


def test_a_closing_that_the_ledger_does_not_know_yet_is_closed_and_says_so(db, ada):
    ana = given.an_open_case(db)
    db.ledger.path.mkdir()

    ada.send(f"/admin/cases/{ana.id}", part="close", reason="Her lawyer wrote to us.", outcome="released")

    assert cases.case(db, ana.id).state is CaseState.CLOSED
    assert "cannot be read and written" in ada.page(f"/admin/cases/{ana.id}").text
    db.ledger.path.rmdir()
    assert "cannot be read and written" not in ada.page(f"/admin/cases/{ana.id}").text
    assert [line.kind for line in db.ledger.lines()] == ["closed"]
