"""The page of a document: lines beside facts, doubts as buttons, corrections, the rehearsal, applying and undoing."""

import pytest

from campaign.domain.case import CaseState
from campaign.store import actions, cases, documents
from campaign.store.documents import DocumentState
from tests import given
from tests.documents_given import TWO_RAHIMIS, ambiguous_final, kept, states
from tests.given import CLOSED, OPEN

PAPERS = sorted(given.SAMPLES.glob("ua-*.txt"))
EVIL = "<script>alert(1)</script>\" onload='x' {{ 7*7 }}"


def test_the_last_sample_is_rehearsed_with_both_lines_marked_applied_once_and_undone(ada, db):
    for paper in PAPERS[:2]:
        given.take_in(db, paper.read_bytes())
    him = next(case for case in cases.cases(db) if case.person.name == "Wang Jianbing")
    given.a_letter(db, him)
    path = ada.send("/admin/documents", text=PAPERS[2].read_text()).location

    page = ada.get(path).text
    assert "Closes Wang Jianbing (released), keeps Sophia Huang Xueqin open, stops 1 letter, thanks 0 writers." in page
    assert '<mark class="closed">NO FURTHER ACTION IS REQUESTED FOR WANG JIANBING</mark>' in page
    assert '<mark class="open">ACTIONS CAN CONTINUE FOR SOPHIA HUANG XUEQIN</mark>' in page
    assert "The deadline of 18 March 2025 no longer applies." in page

    form = ada.page(path).form("apply")
    for _ in range(2):
        assert ada.post(form["action"], data=form["values"]).status_code == 303
    assert states(db) == {"Sophia Huang Xueqin": "open", "Wang Jianbing": "closed"}
    for public in ("/", "/results", "/ua/44-22", "/ua/44-22/wang-jianbing"):
        ada.page(public)
    assert "Wang Jianbing" in ada.page("/results").text and "Wang Jianbing" not in ada.page("/").headings
    assert ada.get("/ua/44-22/wang-jianbing/write").status_code == 410

    ada.send(path, part="undo", reason="The wrong paper.")
    assert cases.case(db, him.id).state is CaseState.OPEN
    assert "Its effect was undone" in ada.page(path).text


def test_a_fact_leads_to_its_line_and_the_line_back_to_what_rests_on_it(ada, db):
    given.take_in(db, given.an_output("Ana Ruiz"))
    page = ada.page("/admin/documents/1")

    assert "#line-1" in page.links.values() and "line-1" in page.ids
    assert '<a href="#fact-1">Urgent Action</a>' in ada.get("/admin/documents/1").text and "fact-1" in page.ids
    led = [link.removeprefix("#") for link in page.links.values() if link.startswith("#")]
    assert set(led) <= set(page.ids)


def test_a_doubt_is_answered_by_a_button_with_a_reason_and_rehearsed_before_it_counts(ada, db):
    given.open_cases(db, *TWO_RAHIMIS)
    final = kept(db, ambiguous_final())
    path = f"/admin/documents/{final.id}"

    empty = ada.send(path, part="answer", status=422, answer="Ahmad Rahimi")
    assert "Please write something here." in empty.text
    assert (
        "Please press one of the buttons"
        in ada.send(path, part="answer", status=422, reason=EVIL, answer="Nobody").text
    )
    ada.send(path, part="answer", reason="His brother says so.", answer="Ahmad Rahimi")

    page = ada.page(path)
    assert "Closes Ahmad Rahimi" in page.text and "His brother says so." in page.text
    assert set(states(db).values()) == {"open"}
    ada.send(path, part="answer", reason="Nothing is heard.", answer="review")
    ada.send(path, part="apply")
    assert states(db) == {"Ahmad Rahimi": "closed", "Ali Rahimi": "review", "Sara Noor": "open"}


def test_a_document_without_a_number_has_a_field_that_asks_for_it(ada, db):
    ana = given.an_open_case(db)
    paper = given.an_output(ordinal=2, final=True, says={"Ana Ruiz": CLOSED}).replace(b"71/26", b"")
    path = ada.send("/admin/documents", text=paper.decode()).location
    assert "To which Urgent Action does it belong?" in ada.page(path).text

    assert "A number looks like" in ada.send(path, part="field=number", status=422, line="7126", reason="I know.").text
    ada.send(path, part="field=number", line="ua 71/26", reason="Its mail says so.")
    assert "Closes Ana Ruiz" in ada.page(path).text
    ada.send(path, part="apply")

    assert cases.case(db, ana.id).state is CaseState.CLOSED


def test_a_question_that_was_settled_meanwhile_is_refused_and_changes_nothing(ada, db):
    final = kept(db, given.an_output("Ana Ruiz"))
    token = ada.page(f"/admin/documents/{final.id}").form("apply")["values"]["csrf_token"]
    answer = ada.post(
        f"/admin/documents/{final.id}/answer",
        data={"csrf_token": token, "question": "verdict:Ana Ruiz", "answer": "closed", "reason": "x"},
    )

    assert answer.status_code == 409 and "settled meanwhile" in answer.text
    assert documents.document(db, final.id).corrections == ()


def test_every_field_has_a_page_on_which_it_is_corrected(ada, db):
    given.take_in(db, given.an_output("Ana Ruiz", deadline="18 March 2027"))
    links = [link for link in ada.page("/admin/documents/1").links.values() if "/correct?" in link]

    assert len(links) > 12
    for link in links:
        assert "See what it would change" in ada.page(link).text


def test_the_fax_the_languages_read_there_and_copies_for_embassies_are_corrected(ada, db):
    given.an_open_case(db)
    correct = "/admin/documents/1/correct?field="
    addressee = next(link for link in ada.page("/admin/documents/1").links.values() if "field=addressee&about" in link)
    ada.send(addressee, part="correct", fax="+999 1 234", reason="They rang us.")
    ada.send(f"{correct}languages", part="correct", lines="mandarin\nEwe", reason="They rang us.")
    ada.send(f"{correct}copies", part="correct", choice="yes", reason="They rang us.")

    page = ada.page("/admin/documents/1")
    assert "Languages read there Mandarin, Ewe" in page.text and "+999 1 234" in page.text
    ada.send("/admin/documents/1", part="apply")
    (case,) = cases.cases(db)
    assert (case.languages, case.to_embassy) == (("Mandarin", "Ewe"), True)
    assert actions.targets(db, case.action)[0].target.fax == "+999 1 234"


def test_what_was_refused_becomes_an_output_where_somebody_says_of_which_action(ada, db):
    given.an_open_case(db)
    word = ada.send("/admin/documents", text="Dear friends,\n\nThis morning Ana Ruiz came home.").location
    page = ada.page(word)
    assert "Refused" in page.text and "If it is an output all the same" in page.text
    assert ada.get(f"{word}/correct?field=title").status_code == 404
    ada.send(page.links["say of which Urgent Action"], part="correct", line="UA 71/26", reason="Her sister sent it.")
    ada.send(f"{word}/correct?field=person&new=yes", part="correct", line="Ana Ruiz", reason="It names her.")
    ada.send(f"{word}/correct?field=verdict&about=Ana+Ruiz", part="correct", choice=CLOSED, reason="She is home.")
    assert "Closes Ana Ruiz" in ada.page(word).text

    ada.send(word, part="apply")
    assert cases.cases(db)[0].state is CaseState.CLOSED
    assert "If it is an output all the same" not in ada.page(word).text


def test_a_correction_is_kept_with_both_values_rehearsed_applied_and_taken_back(ada, db):
    given.take_in(db, given.an_output("Ana Ruiz", deadline="18 March 2027"))
    ada.send("/admin/documents/1/correct?field=deadline", part="correct", day="2027-05-01", reason="They rang us.")

    page = ada.page("/admin/documents/1")
    assert "The deadline moves from 18 March 2027 to 1 May 2027." in page.text
    assert "Read as: 18 March 2027" in page.text and "Said by Ada" in page.text and "They rang us." in page.text
    assert cases.cases(db)[0].deadline.isoformat() == "2027-03-18"
    ada.send("/admin/documents/1", part="apply")
    assert cases.cases(db)[0].deadline.isoformat() == "2027-05-01"
    ada.send("/admin/documents/1", part="take-back")
    ada.send("/admin/documents/1", part="apply")
    assert cases.cases(db)[0].deadline.isoformat() == "2027-03-18"


@pytest.mark.parametrize(
    ("asked", "typed", "says"),
    [
        ("field=number", {"line": "soon"}, "A number looks like"),
        ("field=issued_on", {}, None),
        ("field=date", {"day": "9.9.2024"}, "year, month, day"),
        ("field=place", {"line": "many"}, "a number from 1 to 99"),
        ("field=title", {"line": "x" * 301}, "At most 300 characters"),
        ("field=name&about=Ana+Ruiz", {"line": "!!"}, "Please type a name"),
        ("field=demand&new=yes", {"kind": "health", "text": ""}, "needs its words"),
        ("field=addressee&new=yes", {"email": "a@b.example"}, "needs a name"),
        ("field=country", {"choice": "Atlantis"}, "Not a valid choice"),
        ("field=doubt&about=x", {}, None),
        ("field=name&about=Nobody", {}, None),
        ("field=nonsense", {}, None),
    ],
)
def test_what_does_not_fit_is_told_and_comes_back(ada, db, asked, typed, says):
    kept(db, given.an_output("Ana Ruiz"))
    path = f"/admin/documents/1/correct?{asked}"
    if says is None:
        assert ada.get(path).status_code == 404
        return

    answer = ada.send(path, part="correct", status=422, reason=EVIL, **typed)

    assert says in answer.text and "<script>alert" not in answer.text and "alert(1)" in answer.text
    assert documents.document(db, 1).corrections == ()


def test_what_people_type_stays_text_wherever_it_is_shown(ada, db):
    kept(db, given.an_output("Ana Ruiz"))
    for asked, typed in (
        ("field=title", {"line": EVIL}),
        ("field=person&new=yes", {"line": EVIL}),
        ("field=aliases&about=Ana+Ruiz", {"lines": EVIL}),
        ("field=addressee&new=yes", {"name": EVIL, "address": EVIL}),
        ("field=demand&new=yes", {"kind": "other", "text": EVIL}),
    ):
        ada.send(f"/admin/documents/1/correct?{asked}", part="correct", reason=EVIL, **typed)
    ada.send("/admin/documents/1", part="apply")

    for path in ("/admin/documents/1", "/admin/documents", "/admin/cases", "/", "/ua/71-26"):
        shown = ada.get(path).text
        assert "<script>alert" not in shown and "49" not in shown.split("<main")[1].split("alert(1)")[0][-40:]


def test_what_would_open_a_closed_case_is_refused_before_it_can_be_applied(ada, db):
    given.an_open_case(db)
    given.take_in(db, given.an_output(ordinal=2, final=True, says={"Ana Ruiz": CLOSED}))
    ada.send("/admin/documents/2/correct?field=verdict&about=Ana+Ruiz", part="correct", choice=OPEN, reason="A call.")

    page = ada.page("/admin/documents/2")

    assert "no document or correction does that by itself" in page.text
    assert not [form for form in page.forms if form["action"].endswith("/apply")]
    token = page.form("undo")["values"]["csrf_token"]
    assert ada.post("/admin/documents/2/apply", data={"csrf_token": token}).status_code == 409
    assert states(db) == {"Ana Ruiz": "closed"}


def test_applying_what_has_changed_since_it_was_looked_at_is_refused(ada, db):
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    final = kept(db, given.an_output(ordinal=2, final=True, says={"Ana Ruiz": CLOSED, "Bo Chen": OPEN}))
    form = ada.page(f"/admin/documents/{final.id}").form("apply")
    given.close(db, bo)

    answer = ada.post(form["action"], data=form["values"])

    assert answer.status_code == 409 and "look at it once more" in answer.text
    assert cases.case(db, ana.id).state is CaseState.OPEN
    assert documents.document(db, final.id).state is DocumentState.WAITING


def test_what_was_applied_by_itself_is_told_until_it_is_marked_as_seen(ada, db):
    given.open_cases(db, "Ana Ruiz", "Bo Chen")
    given.take_in(db, given.an_output(ordinal=2, final=True, says={"Ana Ruiz": CLOSED, "Bo Chen": OPEN}))
    assert "Second and final output of UA 71/26 (test" in ada.page("/admin/cases").text
    assert "closed Ana Ruiz" in ada.page("/admin/documents").text

    form = ada.page("/admin/cases").form("seen")
    assert ada.post(form["action"], data=form["values"] | {"document": ["1", "2", "x"]}).status_code == 303

    assert "Applied by itself" not in ada.page("/admin/documents").text


def test_undoing_without_a_reason_or_too_late_says_so(ada, db, app):
    given.an_open_case(db)
    given.take_in(db, given.an_output(ordinal=2, final=True, says={"Ana Ruiz": CLOSED}))
    assert "Please write something here." in ada.send("/admin/documents/2", part="undo", status=422, reason=" ").text
    form = ada.page("/admin/documents/2").form("undo")
    from datetime import timedelta

    app.extensions["desk"].clock = lambda: given.NOON + timedelta(minutes=20)
    assert ada.page("/admin/documents/1").text.count("Something later stands on it") == 1
    late = ada.post("/admin/documents/1/undo", data=form["values"] | {"reason": "Too much."})
    assert late.status_code == 409 and "Something later stands on it" in late.text
    assert states(db) == {"Ana Ruiz": "closed"}
