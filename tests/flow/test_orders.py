"""The order in which outputs arrive changes nothing: every order of five, each brought twice, ends the same."""

from itertools import permutations

from campaign.domain.case import CaseState
from campaign.flow import reopening
from campaign.store import actions, cases, journal
from tests import given
from tests.given import CLOSED, OPEN

PEOPLE = ("Ana Ruiz", "Bo Chen", "Cy Dahl", "Dee Moss")
# What each of five outputs says: two are closed on the way, the last closes one more and keeps one open.
SAYS = (
    None,
    {"Ana Ruiz": CLOSED, "Bo Chen": OPEN, "Cy Dahl": OPEN, "Dee Moss": OPEN},
    None,
    {"Bo Chen": CLOSED, "Cy Dahl": OPEN, "Dee Moss": OPEN},
    {"Cy Dahl": CLOSED, "Dee Moss": OPEN},
)
ENDED = {"Ana Ruiz": "closed", "Bo Chen": "closed", "Cy Dahl": "closed", "Dee Moss": "open"}


def five(ua: str) -> list[bytes]:
    """The outputs of one action; the third speaks of those alone who were not closed before it."""
    named = [PEOPLE, PEOPLE, PEOPLE[1:], PEOPLE[1:], PEOPLE[2:]]
    return [
        given.an_output(*names, ua=ua, ordinal=place, final=place == 5, says=says)
        for place, (names, says) in enumerate(zip(named, SAYS, strict=True), 1)
    ]


def statuses(db, ua: str) -> dict[str, tuple]:
    return {
        case.person.name: (
            case.state.value,
            case.outcome,
            case.since,
            case.cause.source.replace(ua, ""),
            case.cause.text,
        )
        for case in cases.cases(db)
        if case.ua == ua
    }


def assert_no_order_reopened_silently(db, case) -> None:
    """Each event names the output or the decision that caused it, and no output ever opened what had been closed."""
    ended = False
    for event in reversed(journal.events_of_case(db, case.id)):
        assert event.output or event.decision, event
        assert event.reason and event.actor == "Ada", event
        if event.after == CaseState.OPEN:
            assert not ended, event
        ended = ended or event.after in ("closing", "closed")


def test_all_orders_of_five_outputs_each_twice_end_in_the_same_statuses(db):
    expected = None
    for number, order in enumerate(permutations(range(5)), 1):
        ua = f"{number}/26"
        papers = five(ua)
        for place in order:
            taken = given.take_in(db, papers[place])
            again = given.take_in(db, papers[place])
            assert again.was_known and not again.altered and again.document.id == taken.document.id
        found = statuses(db, ua)
        assert {name: said[0] for name, said in found.items()} == ENDED, order
        expected = expected or found
        assert found == expected, order
    assert number == 120
    for case in cases.cases(db):
        assert_no_order_reopened_silently(db, case)


def test_a_contradictory_sixth_goes_to_review_and_offers_no_letters_wherever_it_comes(db):
    for number, place in enumerate((5, 0, 3), 1):
        ua = f"{number}/26"
        papers = five(ua)
        papers.insert(place, given.an_output("Ana Ruiz", "Dee Moss", ua=ua, ordinal=6))
        for paper in papers:
            given.take_in(db, paper)
            given.take_in(db, paper)
        found = {case.person.name: case for case in cases.cases(db) if case.ua == ua}
        assert {name: case.state.value for name, case in found.items()} == ENDED | {"Ana Ruiz": "review"}, place
        assert reopening.needs_second_word(db, found["Ana Ruiz"])
        assert not [case for case in cases.open_cases(db) if case.is_open and case.person.name == "Ana Ruiz"]
        for case in found.values():
            assert_no_order_reopened_silently(db, case)
        assert len(actions.outputs(db, found["Ana Ruiz"].action)) == 6
