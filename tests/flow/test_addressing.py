"""Officials corrected by hand, addresses that fail, second routes, longer deadlines; and the newer output that wins."""

from datetime import date, timedelta

import pytest

from campaign.domain.letter import LetterState
from campaign.domain.posting import Posted, PostingResult
from campaign.domain.refusals import DeadlinePassed, NoAddressForChannel, NothingToChange, ReasonMissing
from campaign.domain.refusals_by_hand import NoDeadlineToExtend, NotExtended, NotLater, TooLate
from campaign.domain.urgent_action import Target
from campaign.flow import addressing, confirming, enacting, extending, holding, refolding, sending
from campaign.store import actions, cases, extensions, journal, letters, queue, targets
from tests import given
from tests.given import ADDRESSEE

RIGHT = Target(
    "Petra Testova", "Director", ("2 Square of the Law", "Borograd"), "petra@justice.example", None, "Dear Director,"
)
WHY = {"reason": "Their page says so.", "by": "Ada", "now": given.NOON}


def told(db, kind):
    return [(row["actor"], row["before"], row["after"]) for row in journal.events(db) if row["kind"] == kind]


@pytest.fixture
def ana(db):
    return given.an_open_case(db, deadline="1 December 2026")


@pytest.fixture
def target(db, ana):
    return actions.targets(db, ana.action)[0]


def in_force(db, ana) -> list[Target]:
    return [known.target for known in actions.targets(db, ana.action)]


def test_a_correction_stays_beside_what_the_output_says_and_survives_it(db, ana, target):
    addressing.correct(db, target.id, RIGHT, **WHY)
    assert in_force(db, ana) == [RIGHT]
    assert actions.target(db, target.id).said == target.target

    given.take_in(db, given.an_output("Ana Ruiz", deadline="1 December 2026"))
    given.take_in(db, given.an_output("Ana Ruiz", deadline="1 December 2026").replace(b"two rooms", b"two  rooms"))
    given.take_in(db, given.an_output("Ana Ruiz", ordinal=2, deadline="1 December 2026"))
    refolding.renew(db)

    assert [known.id for known in actions.targets(db, ana.action)] == [target.id]
    assert in_force(db, ana) == [RIGHT]
    assert told(db, "target") == [("Ada", enacting.in_one_line(target.target), enacting.in_one_line(RIGHT))]


@pytest.mark.parametrize(
    "addressee",
    [ADDRESSEE.replace("director@", "office@"), ADDRESSEE.replace("Director Pavel Testov", "Minister Mira Newly")],
)
def test_a_newer_output_that_says_something_else_wins_with_an_event(db, ana, target, addressee):
    addressing.correct(db, target.id, RIGHT, **WHY)

    given.take_in(db, given.an_output("Ana Ruiz", ordinal=2, addressee=addressee))

    assert RIGHT not in in_force(db, ana)
    replaced = [one for one in told(db, "target") if one[1] == enacting.in_one_line(RIGHT)]
    assert len(replaced) == 1 and replaced[0][2] != replaced[0][1]


def test_an_official_whom_an_output_then_calls_by_the_right_name_is_the_same_one(db, ana, target):
    addressing.correct(db, target.id, RIGHT, **WHY)
    _, token = given.an_unconfirmed_letter(db, ana)

    given.take_in(
        db, given.an_output("Ana Ruiz", ordinal=2, addressee=ADDRESSEE.replace("Pavel Testov", "Petra Testova"))
    )

    found = actions.targets(db, ana.action)
    assert [known.id for known in found] == [target.id] and found[0].target.name == "Petra Testova"
    assert confirming.confirm(db, given.an_office(), token, given.NOON).state is LetterState.QUEUED


def test_a_step_without_a_reason_or_without_effect_is_refused(db, target):
    for step in (addressing.mark_failing, addressing.mark_working, addressing.undo):
        with pytest.raises(ReasonMissing):
            step(db, target.id, reason=" ", by="Ada", now=given.NOON)
    with pytest.raises(NothingToChange):
        addressing.mark_working(db, target.id, **WHY)
    with pytest.raises(NothingToChange):
        addressing.set_route(db, target.id, by_post=False, **WHY)
    addressing.mark_failing(db, target.id, **WHY)
    with pytest.raises(NothingToChange):
        addressing.mark_failing(db, target.id, **WHY)


def test_nothing_goes_to_an_address_that_fails_whatever_was_in_hand(db, ana, target):
    first, other = given.a_letter(db, ana), given.a_letter(db, ana)
    db.run("DELETE FROM notices")
    box = given.FakePostbox([PostingResult(Posted.LATER, 451, "later")])

    def mark():
        if len(box.posted) == 1:
            addressing.mark_failing(db, target.id, **WHY)

    box.while_posting = mark
    sending.drain(given.a_sender(db, box))
    later = given.NOON + timedelta(hours=1)
    assert queue.claim_letter(db, "worker", later) is None and queue.count_due(db, later) == 0
    assert addressing.hold_what_fails(db, later) == 1 and addressing.hold_what_fails(db, later) == 0
    sending.drain(given.a_sender(db, box, now=later))

    assert len(box.posted) == 1
    assert {letters.letter(db, one.id).state for one in (first, other)} == {LetterState.HELD}
    with pytest.raises(NoAddressForChannel):
        holding.release(db, first.id, by="Olu", now=later)
    assert addressing.mark_working(db, target.id, **WHY) == 2
    assert letters.letter(db, first.id).state is LetterState.QUEUED


def test_a_closing_stops_what_is_held_for_its_address_and_nothing_brings_it_back(db, ana, target):
    letter = given.a_letter(db, ana)
    addressing.mark_failing(db, target.id, **WHY)
    given.close(db, ana)

    assert addressing.mark_working(db, target.id, **WHY) == 0
    assert letters.letter(db, letter.id).state is LetterState.STOPPED


def test_a_corrected_address_is_good_again_and_the_failing_one_stays_marked(db, ana, target):
    addressing.mark_failing(db, target.id, **WHY)
    assert in_force(db, ana)[0].email is None

    addressing.correct(db, target.id, RIGHT, **WHY)

    assert in_force(db, ana)[0].email == RIGHT.email
    assert given.a_letter(db, ana).state is LetterState.QUEUED
    assert targets.is_an_addressee(db, "petra@justice.example")


def test_by_post_alone_offers_no_mail_but_lets_go_what_was_confirmed(db, ana, target):
    letter = given.a_letter(db, ana)

    addressing.set_route(db, target.id, by_post=True, **WHY)

    with pytest.raises(NoAddressForChannel):
        given.an_unconfirmed_letter(db, ana)
    box = given.FakePostbox()
    sending.drain(given.a_sender(db, box))
    assert letters.letter(db, letter.id).state is LetterState.SENT
    assert told(db, "target")[-1] == ("Ada", "by e-mail or post", "by post alone")


def test_an_extended_deadline_holds_at_the_gate_until_it_is_taken_back(db, ana):
    late = given.NOON + timedelta(days=12)
    letter = given.a_letter(db, ana)
    extending.extend(db, ana.action, date(2026, 12, 20), **WHY)
    box = given.FakePostbox()

    sending.drain(given.a_sender(db, box, now=late))
    assert letters.letter(db, letter.id).state is LetterState.SENT

    other = given.a_letter(db, ana)
    extending.take_back(db, ana.action, **WHY)
    sending.drain(given.a_sender(db, box, now=late))
    assert letters.letter(db, other.id).state is LetterState.HELD
    assert letters.letter(db, other.id).reason == str(DeadlinePassed("Ana Ruiz", date(2026, 12, 1)))
    assert told(db, "deadline") == [("Ada", "2026-12-01", "2026-12-20"), ("Ada", "2026-12-20", "2026-12-01")]
    with pytest.raises(NotExtended):
        extending.take_back(db, ana.action, **WHY)


def test_a_newer_output_that_names_another_day_wins_over_an_extension(db, ana):
    extending.extend(db, ana.action, date(2026, 12, 20), **WHY)
    given.take_in(db, given.an_output("Ana Ruiz", ordinal=2, deadline="1 December 2026"))
    assert cases.case(db, ana.id).deadline == date(2026, 12, 20)

    given.take_in(db, given.an_output("Ana Ruiz", ordinal=3, deadline="9 December 2026"))

    assert cases.case(db, ana.id).deadline == date(2026, 12, 9)
    assert told(db, "deadline")[-1] == ("Ada", "2026-12-20", "2026-12-09")
    assert extensions.find_extension(db, ana.action, date(2026, 12, 9)) is None


def test_a_deadline_is_only_made_longer_and_only_where_there_is_one(db, ana):
    for wrong in (date(2026, 12, 1), date(2026, 11, 1)):
        with pytest.raises(NotLater):
            extending.extend(db, ana.action, wrong, **WHY)
    with pytest.raises(TooLate):
        extending.extend(db, ana.action, date(9999, 12, 31), **WHY)
    bo = given.an_open_case(db, "Bo Chen", ua="72/26")
    with pytest.raises(NoDeadlineToExtend):
        extending.extend(db, bo.action, date(2026, 12, 20), **WHY)
