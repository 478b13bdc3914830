"""What people say of a reading: it counts from the moment it is applied, is kept beside what was read, and can be taken back."""

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from campaign.domain.case import CaseState
from campaign.domain.corrections import Field
from campaign.domain.letter import LetterState
from campaign.domain.reading import as_record
from campaign.domain.reading_refusals import DoesNotFit, NothingToCorrect, RehearsalChanged, WouldReopen
from campaign.domain.refusals import ReasonMissing
from campaign.domain.urgent_action import Doubt
from campaign.flow import checking, correcting, intake
from campaign.flow.correcting import Said
from campaign.store import actions, cases, documents, journal, letters
from campaign.store.columns import packed
from campaign.store.documents import DocumentState
from tests import given
from tests.documents_given import (
    TWO_RAHIMIS,
    again,
    ambiguous_final,
    answer,
    apply,
    apply_proposals,
    correct,
    kept,
    question,
    rehearsed,
    states,
)
from tests.given import CLOSED, OPEN


def test_which_rahimi_is_a_question_whose_answer_closes_one_of_them(db):
    given.open_cases(db, *TWO_RAHIMIS)
    final = kept(db, ambiguous_final())
    asked = question(db, final, "Which “RAHIMI” is meant?")
    assert [words for _, words in asked.choices] == ["Ahmad Rahimi", "Ali Rahimi", "Somebody else"]

    answer(db, final, "RAHIMI", "Ahmad Rahimi")
    answer(db, final, "asked for Ali Rahimi", OPEN)
    done = apply(db, final)

    assert done.document.state is DocumentState.APPLIED
    assert states(db) == {"Ahmad Rahimi": "closed", "Ali Rahimi": "open", "Sara Noor": "open"}
    ali = next(case for case in cases.cases(db) if case.person.name == "Ali Rahimi")
    assert (ali.cause.source, ali.cause.text) == ("Decision of Ada", "Her lawyer told us.")
    assert checking.differences(db) == []


def test_an_answer_changes_nothing_before_the_document_is_applied(db):
    given.open_cases(db, *TWO_RAHIMIS)
    final = kept(db, ambiguous_final())

    answer(db, final, "RAHIMI", "Ahmad Rahimi")

    assert set(states(db).values()) == {"open"}
    assert checking.differences(db) == []
    assert "Closes Ahmad Rahimi" in rehearsed(db, final).summary


def test_a_name_that_is_somebody_elses_touches_nobody(db):
    given.open_cases(db, *TWO_RAHIMIS)
    final = kept(db, ambiguous_final())

    answer(db, final, "RAHIMI", "")
    for name in ("Ahmad Rahimi", "Ali Rahimi"):
        answer(db, final, f"asked for {name}", OPEN)
    apply(db, final)

    assert set(states(db).values()) == {"open"}


def test_an_answer_for_the_whole_action_is_not_asked_again_and_one_for_a_document_is(db):
    given.open_cases(db, *TWO_RAHIMIS)
    second = kept(db, given.an_output(*TWO_RAHIMIS, ordinal=2, says={"Rahimi": CLOSED, "Sara Noor": OPEN}))
    answer(db, second, "RAHIMI", "Ahmad Rahimi", everywhere=True)
    apply(db, second)
    third = kept(db, given.an_output("Sara Noor", ordinal=3, says={"Rahimi": CLOSED, "Sara Noor": OPEN}))

    assert rehearsed(db, third).questions == ()
    assert rehearsed(db, third).summary == "Keeps Ali Rahimi and Sara Noor open."

    given.open_cases(db, *TWO_RAHIMIS, ua="72/26")
    for ordinal in (2, 3):
        paper = given.an_output(*TWO_RAHIMIS, ua="72/26", ordinal=ordinal, says={"Rahimi": CLOSED, "Sara Noor": OPEN})
        document = kept(db, paper)
        answer(db, document, "RAHIMI", "Ahmad Rahimi")
        apply(db, document)


def test_an_alias_stays_an_alias_for_later_documents_and_their_lines(db):
    ana = given.an_open_case(db, "Anastasia Ruiz")
    second = kept(db, given.an_output("Anastasija Ruiz", ordinal=2))
    asked = question(db, second, "another name of Anastasia Ruiz")
    answer(db, second, asked.sentence, "Anastasia Ruiz")
    apply(db, second)
    assert [case.id for case in cases.cases(db)] == [ana.id]

    third = kept(db, given.an_output(ordinal=3, final=True, says={"Anastasija Ruiz": CLOSED}))
    assert rehearsed(db, third).questions == ()
    apply(db, third)

    assert [(case.id, case.state) for case in cases.cases(db)] == [(ana.id, CaseState.CLOSED)]
    assert checking.differences(db) == []


def test_two_people_whose_names_are_alike_are_asked_about_once(db):
    given.an_open_case(db, "Anastasia Ruiz")
    second = kept(db, given.an_output("Anastasija Ruiz", ordinal=2))
    answer(db, second, "another name of Anastasia Ruiz", "")
    assert rehearsed(db, second).questions == ()
    assert apply(db, second).document.state is DocumentState.APPLIED

    third = kept(db, given.an_output("Anastasija Ruiz", ordinal=3))

    assert rehearsed(db, third).questions == ()
    assert states(db) == {"Anastasia Ruiz": "open", "Anastasija Ruiz": "open"}


def test_whom_a_final_output_passes_over_is_asked_about_and_not_known_yet_keeps_the_case_in_review(db):
    given.open_cases(db, "Ana Ruiz", "Bo Chen")
    final = kept(db, given.an_output("Ana Ruiz", ordinal=2, final=True, says={"Ana Ruiz": CLOSED}))
    choices = [words for _, words in question(db, final, "Bo Chen").choices]
    assert choices == ["No: closed", "Yes: still open", "Not known yet"]

    answer(db, final, "Bo Chen", "review")
    assert apply(db, final).document.state is DocumentState.REVIEW
    assert states(db) == {"Ana Ruiz": "closed", "Bo Chen": "review"}

    answer(db, final, "Bo Chen", OPEN)
    assert states(db)["Bo Chen"] == "review"
    assert "lets letters for Bo Chen go on" in rehearsed(db, final).summary.replace("Lets", "lets")
    apply_proposals(db, final)

    assert states(db) == {"Ana Ruiz": "closed", "Bo Chen": "open"}
    assert again(db, final).state is DocumentState.APPLIED
    assert checking.differences(db) == []


def test_a_document_without_a_number_is_filed_where_an_admin_says(db):
    ana = given.an_open_case(db)
    paper = given.an_output(ordinal=2, final=True, says={"Ana Ruiz": CLOSED}).replace(b"71/26", b"")
    taken = given.take_in(db, paper)
    assert taken.document.state is DocumentState.REVIEW

    for wrong in ("", "seventy", "71-26", "9" * 400):
        with pytest.raises(DoesNotFit):
            correct(db, taken.document, Field.NUMBER, "", wrong)
    correct(db, taken.document, Field.NUMBER, "", "UA 71/26")
    assert again(db, taken.document).state is DocumentState.WAITING
    apply(db, taken.document)

    assert cases.case(db, ana.id).state is CaseState.CLOSED
    assert checking.differences(db) == []


def test_each_field_can_be_corrected_and_both_values_are_kept(db):
    paper = kept(db, given.an_output("Ana Ruiz", deadline="18 March 2027"))
    for field, about, after in (
        (Field.DEADLINE, "", "2027-05-01"),
        (Field.DATE, "", "2026-03-04"),
        (Field.INDEX, "", "EUR 99/4999/2026"),
        (Field.COUNTRY, "", "Benin"),
        (Field.LANGUAGES, "", ["français", "Ewe", "Klingon"]),
        (Field.COPIES, "", True),
        (Field.TITLE, "", "A teacher in danger"),
        (Field.NAME, "Ana Ruiz", "Ana María Ruiz"),
        (Field.PRONOUNS, "Ana Ruiz", "they/them"),
        (Field.ALIASES, "Ana Ruiz", ["Nana"]),
        (Field.OUTCOME, "Ana Ruiz", "sentenced"),
        (Field.DEMAND, "Add", {"kind": "health", "text": "See that she has a doctor."}),
        (Field.ADDRESSEE, "Minister New", {"role": "Minister", "name": "New", "address": ["1 Road"], "email": None}),
    ):
        correct(db, paper, field, about, after)
    apply(db, paper)

    ana = cases.cases(db)[0]
    assert (ana.person.name, ana.person.pronouns, str(ana.outcome)) == ("Ana María Ruiz", "they/them", "sentenced")
    assert {"Nana", "Ana Ruiz"} <= set(ana.person.aliases)
    assert (ana.deadline.isoformat(), ana.country) == ("2027-05-01", "Benin")
    assert "health" in ana.demands and (ana.languages, ana.to_embassy) == (("French", "Ewe", "Klingon"), True)
    assert [known.target.title for known in actions.targets(db, ana.action)][-1] == "Minister New"
    found = again(db, paper)
    assert found.as_read.deadline.value.isoformat() == "2027-03-18" and found.as_read.people[0].name == "Ana Ruiz"
    first = found.corrections[0]
    assert (first.before, first.after, first.by, first.reason) == (
        "2027-03-18",
        "2027-05-01",
        "Ada",
        "Her lawyer told us.",
    )
    assert len([event for event in journal.events(db) if event["kind"] == "correction"]) == len(found.corrections)
    assert checking.differences(db) == []


def test_a_correction_needs_a_reason_a_change_and_a_value_that_fits(db):
    paper = kept(db, given.an_output("Ana Ruiz"))
    with pytest.raises(ReasonMissing):
        correcting.propose(db, paper.id, Said(Field.TITLE, "", "New"), by="Ada", reason=" ", now=given.NOON)
    with pytest.raises(NothingToCorrect):
        correct(db, paper, Field.COUNTRY, "", "Togo")
    for field, about, wrong in (
        (Field.DATE, "", "soon"),
        (Field.PLACE, "", "0"),
        (Field.INDEX, "", "12"),
        (Field.VERDICT, "Ana Ruiz", "perhaps"),
        (Field.NAME, "Ana Ruiz", "..."),
        (Field.DEMAND, "x", {"kind": "lunch", "text": "x"}),
        (Field.ADDRESSEE, "x", {"email": "a@b.example"}),
    ):
        with pytest.raises(DoesNotFit):
            correct(db, paper, field, about, wrong)
    assert again(db, paper).corrections == ()


def test_correcting_a_verdict_after_the_fact_stops_letters_and_nothing_before_it_is_applied(db):
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    to_stop, to_go = given.a_letter(db, ana), given.a_letter(db, bo)
    paper = documents.newest_documents(db)[0]

    correct(db, paper, Field.VERDICT, "Ana Ruiz", CLOSED)
    assert letters.letter(db, to_stop.id).state is LetterState.QUEUED
    assert rehearsed(db, paper).summary == "Closes Ana Ruiz, keeps Bo Chen open, stops 1 letter, thanks 0 writers."
    apply_proposals(db, paper)

    assert letters.letter(db, to_stop.id).state is LetterState.STOPPED
    assert letters.letter(db, to_go.id).state is LetterState.QUEUED
    assert checking.differences(db) == []


def test_no_correction_opens_a_closed_case_and_none_does_so_in_two_steps(db):
    ana = given.an_open_case(db)
    given.take_in(db, given.an_output(ordinal=2, final=True, says={"Ana Ruiz": CLOSED}))
    final = documents.newest_documents(db)[0]

    correct(db, final, Field.VERDICT, "Ana Ruiz", OPEN)
    assert rehearsed(db, final).refused
    with pytest.raises(WouldReopen):
        apply_proposals(db, final)
    correct(db, final, Field.VERDICT, "Ana Ruiz", "review")
    apply_proposals(db, final)
    assert cases.case(db, ana.id).state is CaseState.REVIEW
    correct(db, final, Field.VERDICT, "Ana Ruiz", OPEN)
    with pytest.raises(WouldReopen):
        apply_proposals(db, final)

    assert cases.case(db, ana.id).state is CaseState.REVIEW
    assert checking.differences(db) == []


def test_what_is_taken_back_counts_until_that_is_applied_and_stays_on_record(db):
    given.open_cases(db, "Ana Ruiz", deadline="18 March 2027")
    paper = documents.newest_documents(db)[0]
    made = correct(db, paper, Field.DEADLINE, "", "2027-05-01")
    apply_proposals(db, paper)
    assert cases.cases(db)[0].deadline.isoformat() == "2027-05-01"

    correcting.take_back(db, made, by="Bea", now=given.NOON)
    assert cases.cases(db)[0].deadline.isoformat() == "2027-05-01"
    assert rehearsed(db, paper).others == ("The deadline moves from 1 May 2027 to 18 March 2027.",)
    apply_proposals(db, paper)

    assert cases.cases(db)[0].deadline.isoformat() == "2027-03-18"
    kept_one = again(db, paper).corrections[0]
    assert (kept_one.state, kept_one.ended_by) == ("taken_back", "Bea")


def test_the_same_documents_again_change_nothing_with_corrections_in_place(db):
    given.open_cases(db, "Ana Ruiz")
    paper = given.an_output("Ana Ruiz")
    first = documents.newest_documents(db)[0]
    correct(db, first, Field.INDEX, "", "EUR 99/4777/2026")
    correct(db, first, Field.NAME, "Ana Ruiz", "Ana Ruiz Ortiz")
    apply_proposals(db, first)
    before = (states(db), len(journal.events(db)))

    assert given.take_in(db, paper).was_known
    other_copy = given.take_in(db, paper.replace(b"\n\n", b"\n \n\n") + b"\n\n")

    assert other_copy.document.state is DocumentState.KNOWN
    assert (states(db), len(journal.events(db))) == before


def test_a_document_that_an_admin_has_in_hand_is_not_applied_by_a_copy_that_arrives_again(db):
    given.an_open_case(db)
    content = given.an_output(ordinal=2, final=True, says={"Ana Ruiz": CLOSED})
    paper = kept(db, content)
    correct(db, paper, Field.TITLE, "", "Free at last")

    assert given.take_in(db, content).was_known
    assert states(db) == {"Ana Ruiz": "open"}


def test_a_newer_reading_keeps_what_people_said(db):
    paper = kept(db, given.an_output("Ana Ruiz", deadline="18 March 2027"))
    correct(db, paper, Field.DEADLINE, "", "2027-05-01")
    db.run("UPDATE documents SET reading = replace(reading, 'Teachers in danger', 'Teechers in danger')")

    found = correcting.read_again(db, paper.id, actor="Ada", now=given.NOON)

    assert found.as_read.title.value == "Teachers in danger, part 1"
    assert found.reading.deadline.value.isoformat() == "2027-05-01"
    apply(db, paper)
    with pytest.raises(NothingToCorrect):
        correcting.read_again(db, paper.id, actor="Ada", now=given.NOON)


def test_what_was_looked_at_is_what_is_applied_or_nothing_is(db):
    given.open_cases(db, "Ana Ruiz", "Bo Chen")
    final = kept(db, given.an_output(ordinal=2, final=True, says={"Ana Ruiz": CLOSED, "Bo Chen": OPEN}))
    seen = rehearsed(db, final).mark
    given.close(db, next(case for case in cases.cases(db) if case.person.name == "Bo Chen"))

    with pytest.raises(RehearsalChanged):
        intake.apply(db, final.id, actor="Ada", now=given.NOON, patience=given.PATIENCE, seen=seen)

    assert states(db) == {"Ana Ruiz": "open", "Bo Chen": "closed"}


def test_an_index_number_of_another_output_cannot_be_given_to_this_one(db):
    given.open_cases(db, "Ana Ruiz")
    second = given.take_in(db, given.an_output("Ana Ruiz", ordinal=2)).document
    correct(db, second, Field.INDEX, "", "EUR 99/4001/2026")

    with pytest.raises(NothingToCorrect, match="Another output"):
        apply_proposals(db, second)

    assert again(db, second).corrections[0].state == "proposed"


def test_a_paper_taken_for_a_copy_waits_once_its_index_number_is_corrected(db):
    given.open_cases(db, "Ana Ruiz")
    misread = given.an_output("Ana Ruiz", ordinal=2).replace(b"EUR 99/4002/2026", b"EUR 99/4001/2026")
    copy = given.take_in(db, misread).document
    assert copy.state is DocumentState.KNOWN

    correct(db, copy, Field.INDEX, "", "EUR 99/4002/2026")

    assert again(db, copy).state is DocumentState.WAITING


def test_a_field_that_is_corrected_answers_the_doubts_about_it_and_the_words_for_that_are_the_readers(db):
    import campaign.domain.reading as reader
    from campaign.domain.corrections.applying import ANSWERED

    said = "".join(path.read_text() for path in Path(reader.__file__).parent.glob("*.py"))
    for words in ANSWERED.values():
        assert all(part in said for part in words), words
    paper = given.an_output("Ana Ruiz").replace(b"Date: 1 March 2026", b"Date: 03/04/2026")
    waits = kept(db, paper)
    assert [one.field for one in rehearsed(db, waits).questions] == [Field.DATE]
    correct(db, waits, Field.DATE, "", "2026-04-03")

    assert rehearsed(db, waits).questions == ()
    assert apply(db, waits).document.state is DocumentState.APPLIED


def test_a_doubt_that_somebody_looked_at_is_not_asked_again(db):
    waits = kept(db, given.an_output("Ana Ruiz"))
    doubtful = replace(waits.as_read, doubts=(Doubt("The document tells of some of the people without saying which."),))
    db.run("UPDATE documents SET reading = :reading", reading=packed(as_record(doubtful)))
    assert apply(db, kept(db, given.an_output("Bo Chen", ua="72/26"))).document.state is DocumentState.APPLIED
    answer(db, waits, "without saying which", "settled")

    assert rehearsed(db, waits).questions == ()


SERIES = (
    given.an_output("Ana Ruiz", "Bo Chen", "Cy Diaz"),
    given.an_output("Ana Ruiz", "Boo Chen", "Cy Diaz", ordinal=2),
    given.an_output(ordinal=3, says={"Ana Ruiz": CLOSED, "Cy Diaz": OPEN}),
    given.an_output("Cy Diaz", ordinal=4, final=True, says={"Cy Diaz": OPEN}),
)


@pytest.mark.parametrize("order", list(permutations(range(4))), ids=str)
def test_corrections_and_any_order_of_arrival_end_in_the_same_statuses(sqlite_db, order):
    db = sqlite_db
    for place in order:
        paper = kept(db, SERIES[place])
        if place == 1:
            correct(db, paper, Field.NAME, "Boo Chen", "Bo Chen")
        if place == 2:
            correct(db, paper, Field.OUTCOME, "Ana Ruiz", "released")
        if place == 3:
            correct(db, paper, Field.VERDICT, "Bo Chen", CLOSED)
        apply(db, paper)
        assert checking.differences(db) == []
        assert given.take_in(db, SERIES[place]).was_known

    assert states(db) == {"Ana Ruiz": "closed", "Bo Chen": "closed", "Cy Diaz": "open"}
    assert {case.person.name: case.outcome for case in cases.cases(db)}["Ana Ruiz"] == "released"
