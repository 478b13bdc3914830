"""The public record: from it anybody can compute every status again, and nobody who works here or writes stands in it."""

import json
import random
from itertools import pairwise, permutations

import pytest

from campaign.domain.recomputing import verify
from campaign.domain.refusals import NotARecord
from campaign.domain.urgent_action import Outcome
from campaign.flow import checking, deciding, publishing, sending
from campaign.store import cases, journal, record
from tests import given
from tests.given import CLOSED, OPEN

PAPERS = [file.read_bytes() for file in sorted(given.SAMPLES.glob("ua-*.txt"))]

# A closing and, of the same place in the series, an opening; then one that asks for somebody who was closed.
CONTRADICTIONS = [
    given.an_output("Ana Ruiz", "Bo Chen"),
    given.an_output(ordinal=2, says={"Ana Ruiz": CLOSED, "Bo Chen": OPEN}),
    given.an_output(ordinal=2, says={"Ana Ruiz": OPEN, "Bo Chen": OPEN}, title="The same place, another word")
    .replace(b"4002", b"4902"),
    given.an_output("Ana Ruiz", "Bo Chen", ordinal=3),
]  # fmt: skip


@pytest.fixture
def unguard(db):
    """Takes away what keeps events from change; the PostgreSQL of the tests gets it back."""
    on_sqlite = ("DROP TRIGGER events_are_not_changed", "DROP TRIGGER events_are_not_removed")

    def take_away() -> None:
        for statement in on_sqlite if db.engine == "sqlite" else ("ALTER TABLE events DISABLE TRIGGER USER",):
            db.run(statement)

    yield take_away
    if db.engine != "sqlite":
        db.run("ALTER TABLE events ENABLE TRIGGER USER")


def the_record(db) -> dict:
    """As everybody gets it: read from its text."""
    return json.loads("".join(publishing.pieces(db, "Appeal Letters")))


def told(db) -> dict[str, str]:
    return {
        f"{action['slug']}/{case['case']}": case["status"]
        for action in the_record(db)["actions"]
        for case in action["cases"]
    }


def reopen(db, case, **other):
    return deciding.reopen(
        db, case.id, reason="Her sister Rosa told us.", by="Ada", now=given.NOON, patience=given.PATIENCE
    )


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_the_sample_series_is_computed_again_the_same_in_every_order_of_arrival(db, order):
    for place in order:
        given.take_in(db, PAPERS[place])

    verified = verify(the_record(db))
    assert verified.agrees, verified
    assert {case.case: case.computed for case in verified.cases} == {
        "44-22/sophia-huang-xueqin": "open",
        "44-22/wang-jianbing": "closed",
    }
    assert told(db) == {case.case: case.computed for case in verified.cases}
    assert checking.differences(db) == []


@pytest.mark.parametrize("order", list(permutations(range(4))), ids=str)
def test_a_series_that_contradicts_itself_is_computed_again_the_same(db, order):
    for place in order:
        given.take_in(db, CONTRADICTIONS[place])

    verified = verify(the_record(db))
    assert verified.agrees, verified
    assert {case.case: case.computed for case in verified.cases} == {
        path: state.replace("closing", "closed")
        for path, state in ((case.path, case.state.value) for case in cases.cases(db))
    }
    assert verified.cases[0].computed == "review"


def test_the_entries_may_lie_in_any_order_for_each_has_its_number(db):
    for paper in PAPERS:
        given.take_in(db, paper)
    found = the_record(db)
    for seed in range(5):
        random.Random(seed).shuffle(found["actions"][0]["entries"])
        assert verify(found).agrees


def test_decisions_are_computed_again_with_the_papers_before_and_after_them(db):
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    given.close(db, ana, outcome=Outcome.RELEASED)
    reopen(db, ana)
    given.close(db, bo)
    given.take_in(db, given.an_output("Ana Ruiz", "Bo Chen", ordinal=2))
    given.close(db, ana)

    verified = verify(the_record(db))
    assert verified.agrees, verified
    assert {case.case: case.computed for case in verified.cases} == {
        "71-26/ana-ruiz": "closed",
        "71-26/bo-chen": "review",
    }
    kinds = [link["entry"]["kind"] for link in the_record(db)["actions"][0]["entries"]]
    assert kinds[:3] == ["paper", "status", "status"] and kinds.count("decision") == 4 and kinds.count("paper") == 2
    assert checking.differences(db) == []


def test_a_longer_name_in_a_later_paper_leaves_decisions_where_they_were(db):
    ana = given.an_open_case(db, "Ana Ruiz")
    given.close(db, ana)
    given.take_in(db, given.an_output("Ana Maria Ruiz", ordinal=2))

    assert verify(the_record(db)).agrees
    assert checking.differences(db) == []


def test_it_names_nobody_who_works_here_or_writes_and_gives_no_reasons_ids_or_moments(db):
    ana = given.an_open_case(db, addressee=given.ADDRESSEE)
    letter = given.a_letter(db, ana)
    sending.drain(given.a_sender(db, given.FakePostbox()))
    given.close(db, ana, outcome=Outcome.RELEASED)
    reopen(db, ana)

    text = "".join(publishing.pieces(db, "Appeal Letters"))
    for private in (
        "Ada", "Her lawyer wrote", "Rosa", "Sol Writer", "supporter.example", letter.receipt, letter.message_id,
        "director@justice.example", "12:00", "T12",
    ):  # fmt: skip
        assert private not in text, private
    assert '"by":"an admin"' in text


def test_a_paper_in_the_record_has_its_hash_index_place_day_and_what_it_says_of_each(db):
    given.take_in(db, given.an_output("Ana Ruiz", "Bo Chen"))
    final = given.an_output(ordinal=2, final=True, says={"Ana Ruiz": CLOSED, "Bo Chen": OPEN})
    document = given.take_in(db, final).document

    entry = [link["entry"] for link in the_record(db)["actions"][0]["entries"] if link["entry"]["kind"] == "paper"][1]
    assert (entry["sha256"], entry["paper"], entry["ordinal"], entry["final"]) == (document.sha256, 2, 2, True)
    assert (entry["index"], entry["issued"], entry["day"]) == ("EUR 99/4002/2026", "2026-03-02", "2026-11-22")
    ana, bo = entry["says"]
    assert (ana["person"], ana["verdict"], bo["verdict"]) == ("ANA RUIZ", "closed", "open") or ana[
        "verdict"
    ] == "closed"
    assert "NO FURTHER ACTION" in ana["text"] and ana["lines"][0] == ana["lines"][1] > 1


def spoilt(found: dict) -> list[tuple[str, dict]]:
    """The record changed in every way that somebody might want to."""

    def with_change(change) -> dict:
        copy = json.loads(json.dumps(found))
        change(copy["actions"][0])
        return copy

    def renumber(action) -> None:
        del action["entries"][1]
        for number, link in enumerate(action["entries"], 1):
            link["number"] = number

    return [
        ("an entry changed", with_change(lambda a: a["entries"][0]["entry"].update(day="2020-01-01"))),
        ("an entry taken out", with_change(lambda a: a["entries"].pop(1))),
        ("an entry taken out, and the others numbered anew", with_change(renumber)),
        ("the last entry taken out", with_change(lambda a: a["entries"].pop())),
        ("entries exchanged", with_change(lambda a: a["entries"][0].update(entry=a["entries"][1]["entry"]))),
        ("a case said to be otherwise", with_change(lambda a: a["cases"][0].update(status="open"))),
        ("an outcome said to be otherwise", with_change(lambda a: a["cases"][0].update(outcome="died"))),
        ("another line", with_change(lambda a: a["cases"][0].update(lines=[1, 1]))),
        ("a case left out", with_change(lambda a: a["cases"].pop())),
        ("a case made up", with_change(lambda a: a["cases"].append(dict(a["cases"][0], case="eve", status="open")))),
        ("the head", {**found, "head": "0" * 64}),
        ("an action left out", {**found, "actions": []}),
    ]


def test_whatever_is_taken_out_or_changed_shows(db):
    for paper in PAPERS:
        given.take_in(db, paper)
    found = the_record(db)
    found["actions"][0]["cases"].sort(key=lambda case: case["status"])  # he is closed, and comes first
    assert verify(found).agrees

    for how, changed in spoilt(found):
        assert not verify(changed).agrees, how


def test_the_chain_of_before_is_the_beginning_of_the_chain_of_later(db):
    chains = []
    for paper in PAPERS:
        given.take_in(db, paper)
        chains.append([link["hash"] for link in the_record(db)["actions"][0]["entries"]])
    given.close(db, cases.case_named(db, "sophia"))
    chains.append([link["hash"] for link in the_record(db)["actions"][0]["entries"]])

    for earlier, later in pairwise(chains):
        assert later[: len(earlier)] == earlier and len(later) > len(earlier)


def test_a_database_from_before_the_record_writes_down_what_it_has_once(db, unguard):
    for paper in PAPERS:
        given.take_in(db, paper)
    given.close(db, cases.case_named(db, "sophia"))
    unguard()
    db.run("DELETE FROM events WHERE published IS NOT NULL")
    assert len(checking.differences(db)) > 0

    publishing.begin(db, given.NOON)
    publishing.begin(db, given.NOON)

    assert verify(the_record(db)).agrees
    assert not [words for words in checking.differences(db) if "which nothing may" not in words]
    assert len(record.published(db, "44-22")) == 4


def test_a_corrected_reading_is_written_down_beside_the_first_and_counts(db):
    given.take_in(db, given.an_output("Ana Ruiz"))
    given.take_in(db, given.an_output(ordinal=2, says={"Ana Ruiz": CLOSED}))
    row = db.rows("SELECT id, reading FROM outputs ORDER BY id DESC LIMIT 1")[0]
    corrected = row["reading"].replace('"verdict":"closed"', '"verdict":"open"')
    db.run("UPDATE outputs SET reading = :reading WHERE id = :id", reading=corrected, id=row["id"])
    assert any("does not know of Second output" in words for words in checking.differences(db))

    given.take_in(db, given.an_output("Ana Ruiz", ordinal=3))

    papers = [link["entry"] for link in the_record(db)["actions"][0]["entries"] if link["entry"]["kind"] == "paper"]
    assert sorted(entry["paper"] for entry in papers) == [1, 2, 2, 3]
    assert verify(the_record(db)).agrees and checking.differences(db) == []


def test_check_tells_when_events_are_no_longer_kept_from_change(db, unguard):
    given.an_open_case(db)
    before = journal.events(db)
    assert record.can_be_changed(db) == [] and journal.events(db) == before

    unguard()

    told = checking.differences(db)
    assert "An event of the record can be changed, which nothing may." in told
    assert "An event of the record can be removed, which nothing may." in told
    assert journal.events(db) == before


def test_check_tells_what_somebody_changed_in_the_database_behind_our_back(db, unguard):
    for paper in PAPERS:
        given.take_in(db, paper)
    unguard()
    db.run("DELETE FROM events WHERE kind = 'paper' AND after_state = 'Third and final output of UA 44/22'")

    told = checking.differences(db)
    assert any("does not know of Third and final output" in words for words in told)
    assert any("wang-jianbing" in words and "status" in words for words in told)


@pytest.mark.parametrize(
    "odd", [None, 3, "x", [], {}, {"format": 1}, {"format": 2, "actions": []}, {"format": 1, "actions": [{}], "head": ""},
            {"format": 1, "actions": [{"action": "1/22", "slug": "1-22", "head": "", "cases": [], "entries": [{"number": "x"}]}]}],
)  # fmt: skip
def test_what_is_no_record_is_refused_in_a_sentence(odd):
    with pytest.raises(NotARecord, match="no public record"):
        verify(odd)
