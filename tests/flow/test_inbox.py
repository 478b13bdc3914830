"""What waits in the inbox is told for what it would change, and applied together in the order of the series."""

from campaign.domain.case import CaseState
from campaign.domain.letter import LetterState
from campaign.flow import inbox, intake
from campaign.store import cases, documents, letters
from campaign.store import inbox as store
from campaign.store.documents import DocumentState
from campaign.web.effects import done_in_one_line, in_one_line
from tests import given
from tests.given import CLOSED, OPEN

FIRST = given.an_output("Ana Ruiz", "Bo Chen")
FINAL = given.an_output(ordinal=2, final=True, says={"Ana Ruiz": CLOSED, "Bo Chen": OPEN})


def waits(db, content: bytes, name: str = "paper.txt"):
    return intake.keep(db, content, name=name, via="test", now=given.NOON)[0]


def line(db, document) -> str:
    return in_one_line(inbox.outlook(db, document, given.NOON))


def test_a_line_says_whom_it_closes_whom_it_keeps_and_what_it_stops(db):
    ana, _ = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    given.a_letter(db, ana)
    final = waits(db, FINAL)

    assert line(db, final) == "Closes Ana Ruiz, keeps Bo Chen open, stops 1 letter."
    given.a_letter(db, ana)
    assert line(db, final).endswith("stops 2 letters.")
    assert cases.case(db, ana.id).is_open


def test_a_line_says_what_became_of_people_and_counts_where_they_are_many(db):
    summary = "Ana Ruiz was released on 1 March 2026 without charge."
    given.open_cases(db, "Ana Ruiz", "Bo Chen")
    told = waits(db, given.an_output("Ana Ruiz", ordinal=2, says={"Ana Ruiz": CLOSED}, summary=summary))
    many = waits(
        db, given.an_output("Ana Ruiz", "Bo Chen", "Carla Stone", "Dana Wu", "Eno Adeyo", "Fay Oz", ua="72/26")
    )

    assert line(db, told) == "Closes Ana Ruiz (released), keeps Bo Chen open."
    assert line(db, many) == "Opens Ana Ruiz, Bo Chen, Carla Stone and 3 others."


def test_another_copy_and_a_paper_without_a_number_are_told_apart(db):
    given.take_in(db, FIRST)
    copy = waits(db, FIRST.replace(b"\n\n", b"\n \n\n"))
    unnumbered = waits(db, FINAL.replace(b"71/26", b""))

    assert line(db, copy) == "Nothing: it is another copy of a paper that we know."
    assert inbox.outlook(db, copy, given.NOON).is_clear
    assert inbox.outlook(db, unnumbered, given.NOON).doubts == (intake.NO_NUMBER,)


def test_several_are_told_one_on_top_of_the_other_in_the_order_of_their_series(db):
    final, first = waits(db, FINAL), waits(db, FIRST)
    other = waits(db, given.an_output("Eno Adeyo", ua="72/26"))

    told = {one.document.id: in_one_line(one) for one in inbox.outlooks(db, [other, final, first], given.NOON)}

    assert list(told) == [first.id, final.id, other.id]
    assert told[first.id] == "Opens Ana Ruiz and Bo Chen."
    assert told[final.id] == "Closes Ana Ruiz, keeps Bo Chen open."
    assert cases.cases(db) == []


def test_all_that_is_clear_is_applied_together_and_stops_letters_once(db):
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    letter = given.a_letter(db, ana)
    third = waits(db, given.an_output(ordinal=3, final=True, says={"Bo Chen": CLOSED}))
    second = waits(db, given.an_output(ordinal=2, says={"Ana Ruiz": CLOSED, "Bo Chen": OPEN}))

    taken = inbox.apply_clear(db, [third.id, second.id], actor="Ada", now=given.NOON, patience=given.PATIENCE)

    assert [one.document.id for one in taken] == [second.id, third.id]
    assert all(one.document.state is DocumentState.APPLIED for one in taken)
    assert [cases.case(db, case.id).state for case in (ana, bo)] == [CaseState.CLOSED, CaseState.CLOSED]
    assert letters.letter(db, letter.id).state is LetterState.STOPPED
    again = inbox.apply_clear(db, [third.id, second.id], actor="Ada", now=given.NOON, patience=given.PATIENCE)
    assert again == []
    done = store.changes_by_document(db, second.id, second.id)[second.id]
    assert done_in_one_line(done) == "Closed Ana Ruiz."


def test_a_doubtful_one_goes_on_waiting_also_when_it_is_chosen(db):
    ana = given.an_open_case(db)
    doubtful = waits(db, given.an_output("Ana Ruiz", ordinal=2, says={"Carla Stone": CLOSED}, addressee=None))
    assert not inbox.outlook(db, doubtful, given.NOON).is_clear

    inbox.apply_clear(db, [doubtful.id], actor="Ada", now=given.NOON, patience=given.PATIENCE)

    assert documents.document(db, doubtful.id).state is DocumentState.WAITING
    assert cases.case(db, ana.id).is_open


def test_documents_are_found_by_words_of_their_name_number_people_and_sender(db):
    first = waits(db, FIRST, "Office/ÉTÉ-final_44.pdf")
    waits(db, given.an_output("Eno Adeyo", ua="72/26"), "other.txt")

    def found(said: str, state=None) -> list[int]:
        return [one.id for one in store.listed(db, store.Choice(state, store.words_in(said)))]

    for said in ("71/26", "71", "ruiz", "RUIZ ana", "ete", "final", "togo ruiz", "test ruiz"):
        assert found(said) == [first.id], said
    assert found("ruiz adeyo") == [] and found("nobody") == [] and len(found("")) == 2
    assert found("ruiz", DocumentState.APPLIED) == []
    db.run("DELETE FROM document_words")
    inbox.write_words(db)
    assert found("ruiz") == [first.id]
