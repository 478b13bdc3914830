"""Documents come in: what they close is closed, once, and whatever is unclear waits for a person."""

from itertools import permutations

import pytest

from campaign.domain.case import CaseState
from campaign.domain.letter import LetterState
from campaign.flow import intake
from campaign.store import actions, cases, documents, journal, letters
from campaign.store.documents import DocumentState
from tests import given
from tests.given import CLOSED, OPEN

PAPERS = sorted(given.SAMPLES.glob("ua-*.txt"))


def standing(db) -> dict[str, tuple]:
    return {case.path: (case.state, case.outcome, case.person.pronouns, case.deadline) for case in cases.cases(db)}


def test_the_sample_series_closes_him_and_keeps_her_open(db):
    for paper in PAPERS:
        assert given.take_in(db, paper.read_bytes(), name=paper.name).document.state is DocumentState.APPLIED

    assert standing(db) == {
        "44-22/sophia-huang-xueqin": (CaseState.OPEN, "sentenced", "she/her", None),
        "44-22/wang-jianbing": (CaseState.CLOSED, "released", "he/him", None),
    }
    him = cases.case_at(db, "44-22", "wang-jianbing")
    assert "NO FURTHER ACTION IS REQUESTED FOR WANG JIANBING" in him.cause.text.upper()
    assert him.cause.source == "Third and final output of UA 44/22"
    assert him.cause.first
    assert [known.target.name for known in actions.targets(db, him.action)] == ["Zhang Rui", "Zhang Jian"]


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_every_order_of_arrival_ends_the_same(db, order):
    for place in order:
        given.take_in(db, PAPERS[place].read_bytes())
    for place in order:
        assert given.take_in(db, PAPERS[place].read_bytes()).was_known

    assert {path: state[:2] for path, state in standing(db).items()} == {
        "44-22/sophia-huang-xueqin": (CaseState.OPEN, "sentenced"),
        "44-22/wang-jianbing": (CaseState.CLOSED, "released"),
    }
    her = cases.case_at(db, "44-22", "sophia-huang-xueqin")
    assert (her.person.pronouns, her.deadline) == ("she/her", None)
    assert [known.target.name for known in actions.targets(db, her.action)] == ["Zhang Rui", "Zhang Jian"]


def test_letters_are_stopped_only_for_those_whom_an_output_closes(db):
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    to_stop, to_go = given.a_letter(db, ana), given.a_letter(db, bo)
    unconfirmed, _ = given.an_unconfirmed_letter(db, ana)

    taken = given.take_in(db, given.an_output(ordinal=2, final=True, says={"Ana Ruiz": CLOSED, "Bo Chen": OPEN}))

    assert letters.letter(db, to_stop.id).state is LetterState.STOPPED
    assert letters.letter(db, unconfirmed.id).state is LetterState.STOPPED
    assert letters.letter(db, to_go.id).state is LetterState.QUEUED
    assert "NO FURTHER ACTION" in (letters.letter(db, to_stop.id).reason or "").upper()
    assert {change.name: change.stops for change in taken.altered} == {"Ana Ruiz": 2}


def test_the_same_bytes_again_change_nothing_and_say_so(db):
    paper = given.an_output("Ana Ruiz")
    given.take_in(db, paper)
    before = (standing(db), len(journal.events(db)))

    again = given.take_in(db, paper, name="another name.txt")

    assert again.was_known
    assert (standing(db), len(journal.events(db))) == before


def test_the_same_paper_in_another_copy_changes_nothing(db):
    paper = given.an_output("Ana Ruiz")
    given.take_in(db, paper)

    again = given.take_in(db, paper.replace(b"\n\n", b"\n \n\n") + b"\n\n")

    assert again.was_known
    assert again.document.state is DocumentState.KNOWN
    assert len(actions.outputs(db, 1)) == 1


def test_an_older_output_that_comes_late_undoes_nothing(db):
    given.take_in(db, given.an_output("Ana Ruiz", ordinal=2, final=True, says={"Ana Ruiz": CLOSED}))
    given.take_in(db, given.an_output("Ana Ruiz", ordinal=1))

    assert cases.cases(db)[0].state is CaseState.CLOSED


def test_an_output_that_would_open_a_closed_case_sends_it_to_review_with_both_lines(db):
    given.take_in(db, given.an_output("Ana Ruiz", ordinal=1))
    given.take_in(db, given.an_output("Ana Ruiz", ordinal=2, says={"Ana Ruiz": CLOSED}))

    taken = given.take_in(db, given.an_output("Ana Ruiz", ordinal=3))

    ana = cases.cases(db)[0]
    assert taken.document.state is DocumentState.REVIEW
    assert ana.state is CaseState.REVIEW
    assert any("NO FURTHER ACTION" in doubt.upper() for doubt in ana.doubts)


def test_a_final_output_leaves_nobody_open_by_silence(db):
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")

    given.take_in(db, given.an_output("Ana Ruiz", ordinal=2, final=True, says={"Ana Ruiz": CLOSED}))

    assert cases.case(db, ana.id).state is CaseState.CLOSED
    assert cases.case(db, bo.id).state is CaseState.REVIEW


def test_a_closing_for_somebody_nobody_knows_is_a_doubt(db):
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")

    taken = given.take_in(
        db, given.an_output("Ana Ruiz", "Bo Chen", ordinal=2, says={"Carla Stone": CLOSED}, addressee=None)
    )

    assert taken.document.state is DocumentState.REVIEW
    assert cases.case(db, ana.id).state is CaseState.REVIEW
    assert cases.case(db, bo.id).state is CaseState.REVIEW


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"  \n\n ", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (bytes(range(256)) * 40, "cannot be read"),
        (b"Pancakes\n\nTake two eggs, 200 g of flour and some milk. Stir well and fry.\n", ""),
        (b"word " * 4_000_000, ""),
    ],
    ids=["nothing", "blanks", "pdf", "noise", "recipe", "20 MB"],
)
def test_what_is_no_output_is_kept_and_refused_with_the_reason(db, content, reason):
    taken = given.take_in(db, content)

    assert taken.document.state is DocumentState.REFUSED
    assert taken.document.reason and reason in taken.document.reason
    assert taken.document.reason.endswith(".")
    assert documents.content_of(db, taken.document.id) == content
    assert cases.cases(db) == []
    assert given.take_in(db, content).document.state is DocumentState.REFUSED


def test_looking_at_what_a_document_would_change_changes_nothing(db):
    ana, _ = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    given.a_letter(db, ana)
    paper = given.an_output(ordinal=2, final=True, says={"Ana Ruiz": CLOSED, "Bo Chen": OPEN})
    document, _ = intake.keep(db, paper, name="final.txt", via="test", now=given.NOON)

    changes = {change.name: change for change in intake.rehearse(db, document, given.NOON)}

    assert changes["Ana Ruiz"].ends and changes["Ana Ruiz"].stops == 1
    assert not changes["Bo Chen"].alters
    assert cases.case(db, ana.id).is_open

    intake.apply(db, document.id, actor="Ada", now=given.NOON, patience=given.PATIENCE)
    again = intake.apply(db, document.id, actor="Ada", now=given.NOON, patience=given.PATIENCE)

    assert again.was_known
    assert cases.case(db, ana.id).state is CaseState.CLOSED
    assert [event.after for event in journal.events_of_case(db, ana.id)] == ["closed", "closing", "open"]


def test_new_addressees_replace_the_old_ones_and_those_are_kept(db):
    ana = given.an_open_case(db)
    other = given.ADDRESSEE.replace("Pavel Testov", "Nina Newova").replace("director@", "nina@")

    given.take_in(db, given.an_output("Ana Ruiz", ordinal=2, addressee=other))

    assert [known.target.name for known in actions.targets(db, ana.action)] == ["Nina Newova"]
    assert len(db.rows("SELECT id FROM targets")) == 2


def test_each_change_of_a_case_names_its_cause(db):
    ana = given.an_open_case(db)
    given.take_in(db, given.an_output("Ana Ruiz", ordinal=2, final=True, says={"Ana Ruiz": CLOSED}))

    closed, closing, opening = journal.events_of_case(db, ana.id)

    assert (opening.before, opening.after, opening.actor) == (None, "open", "Ada")
    assert (closing.before, closing.after) == ("open", "closing")
    assert (closed.before, closed.after) == ("closing", "closed")
    assert closed.at > closing.at, "each at its own instant"
    assert closing.output and "NO FURTHER ACTION" in (closing.reason or "").upper()


def test_an_address_that_no_mail_can_go_to_is_left_out(db):
    hidden = given.ADDRESSEE.replace("director@justice.example", "[email protected]")
    ana = given.an_open_case(db, addressee=hidden)

    assert [known.target.email for known in actions.targets(db, ana.action)] == [None]
