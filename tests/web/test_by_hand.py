"""Ada closes, reopens, corrects and extends by hand, on pages that show first what they do."""

from datetime import timedelta

import pytest

from campaign.domain.account import Role
from campaign.domain.case import CaseState
from campaign.domain.letter import Channel, LetterState
from campaign.domain.urgent_action import Grounds, Outcome
from campaign.flow import joining, reopening, sending
from campaign.store import actions, cases, failing, journal, letters, pacing, reopenings
from tests import given
from tests.given import CLOSED
from tests.web.conftest import PASSWORD, Page
from tests.web.given_forms import by_hand


@pytest.fixture
def bea(app, ada, db):
    """The second admin."""
    joining.add_account(db, "Bea", Role.ADMIN, PASSWORD, given.NOON)
    client = app.test_client()
    client.sign_in("Bea")
    return client


@pytest.fixture
def ana(db):
    return given.an_open_case(db, deadline="1 December 2026")


def test_the_rehearsal_says_exactly_what_closing_does_and_then_it_is_so_once(ada, db):
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    gone = given.an_uncertain_letter(db, ana)
    to_stop, to_go = given.a_letter(db, ana), given.a_letter(db, bo)
    path = f"/admin/actions/{ana.action}/close"

    shown = ada.send(
        path,
        status=200,
        **{f"close_{ana.id}": "y", f"outcome_{ana.id}": "acquitted", "reason": "Free.", "words": "A call."},
    )
    page = Page(shown.text)
    assert "Closes: acquitted" in page.text and "One letter that waits stops at once" in page.text
    assert "One person who wrote will be thanked" in page.text and "Nobody else is touched" in page.text
    assert cases.case(db, ana.id).is_open and letters.letter(db, to_stop.id).state is LetterState.QUEUED

    form = page.form("/close/now")
    for _ in range(2):
        assert ada.post(form["action"], data=form["values"]).location.startswith("/admin/")
    closed = cases.case(db, ana.id)
    assert (closed.state, closed.outcome, closed.cause.text) == (CaseState.CLOSED, Outcome.ACQUITTED, "Free.")
    assert [one.grounds for one in actions.decisions(db, ana.action)] == [Grounds(words="A call.")]
    assert letters.letter(db, to_stop.id).state is LetterState.STOPPED
    assert letters.letter(db, gone.id).state is LetterState.UNCERTAIN
    assert letters.letter(db, to_go.id).state is LetterState.QUEUED and cases.case(db, bo.id).is_open
    assert "A call." in ada.page(f"/admin/cases/{ana.id}").text


def test_several_are_closed_together_each_with_an_outcome_of_their_own(ada, db):
    ana, bo, cy = given.open_cases(db, "Ana Ruiz", "Bo Chen", "Cy Dahl")

    page = by_hand(ada, ana, bo, **{f"outcome_{bo.id}": "died"})

    assert "Closes: released" in page.text and "Closes: died" in page.text
    assert [cases.case(db, one.id).outcome for one in (ana, bo)] == [Outcome.RELEASED, Outcome.DIED]
    assert cases.case(db, cy.id).is_open
    events = [one for case in (ana, bo, cy) for one in journal.events_of_case(db, case.id) if one.decision]
    ended, began = ("Ada", "closing", "closed"), ("Ada", "open", "closing")
    assert [(one.actor, one.before, one.after) for one in events] == [ended, began] * 2  # the newest first


def test_closing_needs_somebody_a_reason_and_grounds_and_keeps_what_was_typed(ada, db, ana):
    path = f"/admin/actions/{ana.action}/close"
    tick = {f"close_{ana.id}": "y"}

    assert "tick whom to close" in ada.send(path, status=422, reason="Free.", words="A call.").text
    assert "write something" in ada.send(path, status=422, words="A call.", reason=" ", **tick).text
    answer = ada.send(path, status=422, reason="She is free.", **tick)
    assert "what it rests on" in answer.text and "She is free." in answer.text and "checked" in answer.text
    for link in ("javascript:alert(1)", "https://", "http://[", "ftp://news.example"):
        assert "begins with https://" in ada.send(path, status=422, reason="Free.", link=link, **tick).text
    assert (
        "Not a valid choice"
        in ada.send(path, status=422, reason="x", words="x", **tick, **{f"outcome_{ana.id}": "x"}).text
    )
    ada.send(path, status=422, reason="Free.", document="77", **tick)
    assert cases.case(db, ana.id).is_open
    assert (
        'href="https://news.example/&lt;b&gt;"'
        in ada.send(path, status=200, reason="<b>", link="https://news.example/<b>", **tick).text
    )
    assert "output.txt</a>" in ada.send(path, status=200, reason="Free.", document="1", **tick).text


def test_what_changed_after_the_rehearsal_is_shown_once_more(ada, db):
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    values = {f"close_{one.id}": "y" for one in (ana, bo)} | {"reason": "Free.", "words": "A call."}
    form = Page(ada.send(f"/admin/actions/{ana.action}/close", status=200, **values).text).form("/close/now")
    given.close(db, bo)

    answer = ada.post(form["action"], data=form["values"])

    assert answer.status_code == 409 and "Something changed" in answer.text
    assert cases.case(db, ana.id).is_open
    form = Page(answer.text).form("/close/now")
    assert ada.post(form["action"], data=form["values"]).status_code == 303
    assert cases.case(db, ana.id).state is CaseState.CLOSED
    assert len(actions.decisions(db, ana.action)) == 2


def test_rubbish_gets_a_sentence_and_changes_nothing(ada, db, ana):
    for path in ("cases", "targets", "actions", "documents"):
        assert ada.get(f"/admin/{path}/{10**30}").status_code == 404
        assert ada.get(f"/admin/{path}/777").status_code == 404
    assert ada.get(f"/admin/actions/{ana.action}/close?case={10**30}").status_code == 200
    close, target = f"/admin/actions/{ana.action}/close", f"/admin/targets/{actions.targets(db, ana.action)[0].id}"
    for wrong in ({"reason": "\x00\x01"}, {"reason": "x" * 2001}, {"words": "y" * 2001}, {"link": "https://" + "a" * 1000},
                  {"document": "²", "words": ""}, {"document": "-1", "words": ""}, {"reason": "\u202e"}):  # fmt: skip
        ada.send(close, status=422, **{"reason": "x", "words": "x", f"close_{ana.id}": "y"} | wrong)
    for wrong in (
        {"email": "a@b.example\r\nBcc: x@y.example"},
        {"name": "x" * 201},
        {"address": "line\n" * 200},
        {"reason": ""},
    ):
        ada.send(target, part="correct", status=422, **{"reason": "x"} | wrong)
    ada.send(target, part="route", status=422, route="fax", reason="x")
    ada.send(target, part="correct", name="<script>alert(1)</script>", salutation="{{7*7}}", reason="x")

    page = ada.get(target).text
    assert "<script>alert" not in page and "{{7*7}}" in page
    assert cases.case(db, ana.id) == ana


def test_people_of_another_action_cannot_be_closed_from_here(ada, db, ana):
    far = given.an_open_case(db, "Far Away", ua="72/26")
    values = {**ada.page(f"/admin/actions/{ana.action}/close").form("close")["values"], f"close_{far.id}": "y"}

    assert (
        ada.post(f"/admin/actions/{ana.action}/close/now", data=values | {"reason": "x", "words": "x"}).status_code
        == 422
    )
    assert ada.get("/admin/actions/99/close").status_code == 404
    assert cases.case(db, far.id).is_open


def test_a_reopening_waits_for_a_second_admin_and_revives_no_letter(ada, bea, db, ana):
    letter = given.a_letter(db, ana)
    given.close(db, ana)
    path = f"/admin/cases/{ana.id}"

    assert "write something" in ada.send(path, part="reopen", status=422, reason=" ").text
    without = ada.send(path, part="reopen", status=422, reason="She was taken again.").text
    assert "Please say what it rests on" in without and "She was taken again." in without
    ada.send(path, part="reopen", reason="She was taken again.", words="A call to Ada.")
    assert cases.case(db, ana.id).state is CaseState.CLOSED
    assert "It rests on: A call to Ada." in bea.page(path).text
    assert "Ada asks to open the case of Ana Ruiz again" in bea.page("/admin/documents").text
    page = ada.page(path)
    assert "needs the word of another admin" in page.text and not [
        one for one in page.forms if "confirm" in one["action"]
    ]
    csrf = page.form("withdraw")["values"]
    assert ada.post(f"{path}/reopen/confirm", data=csrf).status_code == 409
    assert bea.send(path, part="confirm").location == path

    opened = cases.case(db, ana.id)
    assert opened.is_open and opened.epoch == ana.epoch + 1 and opened.cause.source == "Decision of Ada"
    assert letters.letter(db, letter.id).state is LetterState.STOPPED
    assert "Confirmed by Bea" in ada.page(path).text and "asks to open" not in ada.page("/admin/documents").text
    told = [(one.actor, one.kind, one.before, one.after) for one in journal.events_of_case(db, ana.id)][:3]
    assert told == [
        ("Bea", "case", "closed", "open"), ("Bea", "reopening", "asked", "confirmed"), ("Ada", "reopening", "closed", "asked"),
    ]  # fmt: skip


def test_a_second_admin_refuses_and_who_asked_withdraws(ada, bea, db, ana):
    given.close(db, ana)
    path = f"/admin/cases/{ana.id}"

    ada.send(path, part="reopen", reason="She was taken again.", words="A call to Ada.")
    bea.send(path, part="refuse", reason="That was her cousin.")
    ada.send(path, part="reopen", reason="No, it was she.", words="A call to Ada.")
    ada.send(path, part="withdraw")

    assert cases.case(db, ana.id).state is CaseState.CLOSED
    assert [(one.state, one.settled_by) for one in reopenings.asked_for(db, ana.id)] == [
        ("withdrawn", "Ada"),
        ("refused", "Bea"),
    ]
    assert "That was her cousin." in ada.page(path).text


def test_both_lines_of_a_conflict_stand_side_by_side(ada, db):
    ana = given.open_cases(db, "Ana Ruiz", "Bo Chen")[0]
    given.take_in(db, given.an_output(ordinal=2, says={"Ana Ruiz": CLOSED, "Bo Chen": "open"}))
    given.take_in(db, given.an_output("Ana Ruiz", ordinal=3))

    page = ada.page(f"/admin/cases/{ana.id}")

    assert "Two that disagree" in page.text and "NO FURTHER ACTION IS REQUESTED FOR ANA RUIZ" in page.text
    assert "This closed the case" in page.text and "This would open it again" in page.text
    ways = [link for link in page.links.values() if "#line-" in link]
    assert {way.partition("#")[0] for way in ways} == {"/admin/documents/2", "/admin/documents/3"}
    for way in ways:
        assert f'id="{way.partition("#")[2]}"' in ada.get(way).text
    assert "It undoes a closing" in page.text
    ada.send(f"/admin/cases/{ana.id}", part="reopen", reason="The newest is right.", document="3")
    assert cases.case(db, ana.id).state is CaseState.REVIEW


def test_an_official_is_corrected_beside_what_the_output_says(ada, client, db, ana):
    target = actions.targets(db, ana.action)[0]
    path = f"/admin/targets/{target.id}"

    assert "does not look like an e-mail" in ada.send(path, part="correct", status=422, email="nobody", reason="x").text
    assert "needs a name or an office" in ada.send(path, part="correct", status=409, name="", role="", reason="x").text
    assert "nothing was changed" in ada.send(path, part="correct", status=409, reason="x").text
    ada.send(
        path, part="correct", email="New@Justice.example", address="2 Square\n\nBorograd", reason="Their page says so."
    )

    page = ada.page(path)
    assert "director@justice.example" in page.text and "new@justice.example" in page.text and "2 Square" in page.text
    assert actions.target(db, target.id).target.email == "new@justice.example"
    ada.send(path, part="correct", email="<script>x</script>@a.example", status=422, reason="x")
    form = page.form("correct")
    assert ada.post(form["action"], data=form["values"] | {"undo": "yes", "reason": "It was right."}).status_code == 303
    assert actions.target(db, target.id).target == target.target


def test_an_address_that_fails_gets_nothing_and_the_post_is_offered(ada, olu, client, db, ana):
    target = actions.targets(db, ana.action)[0]
    queued, (waiting, token) = given.a_letter(db, ana), given.an_unconfirmed_letter(db, ana)
    own = given.an_opened_letter(db, ana)
    path = f"/admin/targets/{target.id}"
    assert "One queued letter would be held" in ada.page(path).text

    ada.send(path, part="address", reason="Three came back.")

    assert letters.letter(db, queued.id).state is LetterState.HELD
    box = given.FakePostbox()
    sending.drain(given.a_sender(db, box))
    assert not box.to("director@justice.example")
    assert "by post" in client.get(f"/confirm/{token}").text
    page = client.page(f"{_public(ana)}/write")
    assert page.form("write")["values"]["channel"] == Channel.POST
    assert client.page(f"/letters/{own.receipt}").text and client.page(f"/letters/{waiting.receipt}").text
    assert client.page(_public(ana)).text
    assert "was marked as failing by Ada" in olu.page(f"/organizer/held/{queued.id}").text
    assert "by post" in olu.send(f"/organizer/held/{queued.id}", part="release", status=409).text

    values = ada.page(path).form("address")["values"]
    assert ada.post(f"{path}/address", data=values | {"works": "yes", "reason": "It answers."}).status_code == 303
    assert letters.letter(db, queued.id).state is LetterState.QUEUED and not failing.marks(db)
    sending.drain(given.a_sender(db, box))
    assert len(box.to("director@justice.example")) == 1


def test_a_second_route_and_pauses_are_set_from_the_page(ada, client, db, ana):
    target = actions.targets(db, ana.action)[0]
    path = f"/admin/targets/{target.id}"

    ada.send(path, part="route", route="post", reason="They read paper.")
    assert actions.target(db, target.id).by_post
    assert client.page(f"{_public(ana)}/write").form("write")["values"]["channel"] == Channel.POST
    assert ada.send(path, part="route", status=409, route="post", reason="again").status_code == 409
    ada.send(path, part="pause", reason="They asked for a day.")
    assert (
        "They asked for a day." in ada.page(path).text
        and "They asked for a day." in ada.page(f"/admin/actions/{ana.action}").text
    )
    ada.post(f"{path}/pause", data=ada.page(path).form("pause")["values"] | {"resume": "yes"})
    assert pacing.pauses(db) == []
    ada.send("/admin/actions", part="sending", status=422, reason="")
    ada.send("/admin/actions", part="sending", reason="The server is being moved.")
    assert "Nothing is sent" in ada.page("/admin/actions").text and pacing.QUEUE in pacing.paused(db)
    ada.post("/admin/sending", data={"resume": "yes"})
    assert pacing.QUEUE in pacing.paused(db)
    ada.post("/admin/sending", data=ada.page("/admin/actions").form("sending")["values"] | {"resume": "yes"})
    assert pacing.QUEUE not in pacing.paused(db)


def test_a_deadline_is_extended_and_taken_back_with_a_reason(ada, client, db, ana):
    path = f"/admin/actions/{ana.action}"

    for until, status in (("", 422), ("soon", 422), ("2026-11-30", 409), ("2026-12-01", 409)):
        ada.send(path, part="deadline", status=status, until=until, reason="The trial was moved.")
    ada.send(path, part="deadline", until="2026-12-20", reason="The trial was moved.")

    assert "until 20 December 2026" in client.page(_public(ana)).text
    for page in (path, f"/admin/cases/{ana.id}"):
        text = ada.page(page).text
        assert "The trial was moved." in text and "1 December 2026" in text and "Ada" in text
    back = [form for form in ada.page(path).forms if "deadline" in form["action"]][1]
    assert ada.post(back["action"], data=back["values"] | {"back": "yes", "reason": "It was not."}).status_code == 303
    assert cases.case(db, ana.id).deadline == ana.deadline
    assert ada.post(back["action"], data=back["values"] | {"back": "yes", "reason": "Again."}).status_code == 409


def test_one_admin_alone_is_told_when_it_takes_effect_and_that_it_did(ada, app, db, ana):
    given.close(db, ana)
    ada.send(f"/admin/cases/{ana.id}", part="reopen", reason="She was taken again.", words="A call to Ada.")
    assert "takes effect by itself after" in ada.page("/admin/cases").text

    later = given.NOON + reopening.TAKES_EFFECT_AFTER
    assert [one.case.id for one in reopening.take_effect(db, later, given.PATIENCE)] == [ana.id]

    assert "was opened again by the word of Ada alone" in ada.page("/admin/cases").text
    app.extensions["desk"].clock = lambda: later + timedelta(days=3)
    ada.sign_in("Ada")
    assert "was opened again by the word of" not in ada.page("/admin/cases").text


def _public(case):
    return f"/ua/{case.path}"
