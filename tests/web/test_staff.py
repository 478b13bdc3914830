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
from tests.web.given_forms import by_hand
from tests.web.given_places import a_whole_world

FINAL = given.an_output(ordinal=2, final=True, says={"Ana Ruiz": CLOSED, "Bo Chen": OPEN})

# Every route by who may see it; a new route without a row here fails.
EVERYONE = {
    "cases.index", "cases.results", "cases.action", "cases.case", "cases.how_it_works", "cases.privacy", "cases.health",
    "writing.write", "writing.send", "writing.check", "wanted.wanted", "languages.choose", "staff.sign_in", "staff.enter",
    "public_record.index", "public_record.action", "public_record.whole",
    "world.api_cases", "world.api_counts", "world.feed", "world.deadlines", "world.counter", "world.press",
    "staff.code", "staff.give_code", "static",
}  # fmt: skip
# For whoever holds the link alone: a supporter with a receipt or a mail of ours, somebody who was invited.
HOLDERS = {
    "confirming.confirm", "confirming.say_yes", "confirming.say_no", "confirming.unsubscribe", "confirming.end_news",
    "letters.receipt", "letters.print_page", "letters.sheet", "letters.change", "letters.say_otherwise", "letters.say_sent",
    "letters.send_copy", "letters.forget", "invitations.show", "invitations.accept",
}  # fmt: skip
SIGNED_IN = {
    "staff.leave", "own_account.show", "own_account.change_password", "own_account.end_session",
    "own_account.end_other_sessions", "own_account.second_step", "own_account.set_up_second_step",
    "own_account.renew_recovery_codes",
}  # fmt: skip
ORGANIZERS = {
    "organizer.overview", "organizer.printed", "organizer.as_table", "organizer.as_json",
    "held.letters", "held.letter", "held.read", "held.release", "held.give_back", "own_letters.letters",
    "sent.letters", "sent.letter", "sent.settle", "own_letters.new", "own_letters.offer", "own_letters.withdraw",
    "events.index", "events.new", "events.make", "events.pack", "events.pack_pdf", "events.report", "events.say",
    "events.reports", "events.correction", "events.correct",
    "groups.index", "groups.group", "groups.code", "groups.poster",
    "deliveries.index", "deliveries.delivery", "deliveries.delivery_pdf",
}  # fmt: skip
ADMINS = {
    "inbox.listed", "inbox.bring", "inbox.brought", "inbox.waiting", "inbox.apply_clear", "inbox.refuse", "inbox.several",
    "admin.document", "admin.apply", "admin.original", "admin.cases_page", "admin.case",
    "documents.answer", "documents.correct", "documents.propose", "documents.take_back", "documents.undo",
    "documents.read_again", "documents.seen",
    "closing.choose", "closing.rehearse", "closing.close", "reopening.ask", "reopening.confirm", "reopening.refuse",
    "reopening.withdraw", "targets.all_actions", "targets.action", "targets.extend", "targets.target", "targets.correct",
    "targets.route", "targets.address", "targets.pause", "targets.sending",
    "record.changes", "record.entry", "record.export",
    "accounts.accounts", "accounts.invite", "accounts.revoke", "accounts.account", "accounts.change_role",
    "accounts.close",
    "groups.make", "groups.close", "groups.assign", "groups.release",
    "sent.show",
}  # fmt: skip
NOBODY, HOLDER, ORGANIZER, ADMIN = "nobody", "the holder of the link", "an organizer", "an admin"
THERE, SIGN_IN, NOTHING = "it is there", "please sign in", "there is nothing"


def planned(endpoint: str, method: str, who: str) -> str:
    """What that one is to be answered at that route."""
    if endpoint in EVERYONE:
        return THERE
    if endpoint in HOLDERS:
        return THERE if who == HOLDER else NOTHING
    if who in (NOBODY, HOLDER):
        return SIGN_IN if method == "GET" else NOTHING
    allowed = SIGNED_IN | ORGANIZERS | ADMINS if who == ADMIN else SIGNED_IN | ORGANIZERS
    return THERE if endpoint in allowed else NOTHING


def answered(client, method: str, path: str) -> str:
    """The same, as it is; forms are sent without what they need, so that nothing is changed for the next one."""
    answer = client.open(path, method=method)
    assert answer.status_code != 500, path
    if answer.status_code == 303 and answer.location.startswith("/sign-in?next="):
        return SIGN_IN
    if answer.status_code == 303 and method == "POST":
        answer = client.get(answer.location)
    return NOTHING if answer.status_code == 404 else THERE


def test_every_route_stands_in_the_table_once(app):
    rows = [EVERYONE, HOLDERS, SIGNED_IN, ORGANIZERS, ADMINS]
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set().union(*rows)
    assert sum(map(len, rows)) == len(set().union(*rows))


def test_everybody_is_answered_at_every_route_as_planned(app, client, olu, ada, db):
    places = a_whole_world(db, app)
    cells = 0
    for rule in app.url_map.iter_rules():
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            for who, visitor in ((NOBODY, client), (HOLDER, client), (ORGANIZER, olu), (ADMIN, ada)):
                path = places.path(rule, as_guess=who != HOLDER)
                found, expected = answered(visitor, method, path), planned(rule.endpoint, method, who)
                assert found == expected, (rule.endpoint, method, who)
                cells += 1
    assert cells > 200


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
    one_by_one = olu.page("/organizer/sent/?back=yes")
    assert {number for number in one_by_one.links if number in one_by_one.text} >= {one.number for one in written[:3]}
    assert written[3].number not in one_by_one.text
    assert "Came back on 22 November 2026" in one_by_one.text and "did not accept it" in one_by_one.text


def test_an_admin_sees_what_a_document_would_change_and_applies_it_once(ada, db):
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    to_stop, to_go = given.a_letter(db, ana), given.a_letter(db, bo)

    shown = ada.send("/admin/documents", text=FINAL.decode()).location
    text = ada.page(shown).text
    assert "Closes" in text and "1 waiting letter stops now" in text and "Stays open" in text
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
    assert bring(FINAL, b"").location.startswith("/admin/documents/brought/")
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


def test_a_closing_that_the_ledger_does_not_know_yet_is_closed_and_says_so(db, ada):
    ana = given.an_open_case(db)
    db.ledger.path.mkdir()

    by_hand(ada, ana)

    assert cases.case(db, ana.id).state is CaseState.CLOSED
    assert "cannot be read and written" in ada.page(f"/admin/cases/{ana.id}").text
    db.ledger.path.rmdir()
    assert "cannot be read and written" not in ada.page(f"/admin/cases/{ana.id}").text
    assert [line.kind for line in db.ledger.lines()] == ["closed"]
