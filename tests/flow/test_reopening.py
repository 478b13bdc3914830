"""A closing is undone by two people, or by one who has waited; nothing reopens by itself, and no letter comes back to life."""

from datetime import timedelta

import pytest

from campaign.domain.account import Role
from campaign.domain.case import CaseState
from campaign.domain.letter import LetterState
from campaign.domain.refusals import NothingToChange, ReasonMissing
from campaign.domain.refusals_by_hand import AskedAlready, NothingAsked, NotTheirsToWithdraw, SecondWordNeeded
from campaign.flow import conflicts, deciding, joining, reopening, restoring
from campaign.flow.deciding import Decided
from campaign.store import cases, journal, letters, reopenings
from campaign.store.reopenings import AskedReopening
from tests import given
from tests.given import CLOSED, OPEN

LATER = given.NOON + reopening.TAKES_EFFECT_AFTER


def ask(db, case, *, by="Ada", now=given.NOON):
    return reopening.ask(db, case.id, reason="She was taken again.", by=by, now=now, patience=given.PATIENCE)


def confirm(db, case, *, by="Bea"):
    return reopening.confirm(db, case.id, by=by, now=given.NOON, patience=given.PATIENCE)


@pytest.fixture
def closed(db):
    return given.close(db, given.an_open_case(db))


@pytest.fixture
def admins(db):
    for name in ("Ada", "Bea"):
        joining.add_account(db, name, Role.ADMIN, "correct horse battery", given.NOON)


def test_asking_changes_nothing_until_somebody_else_confirms(db, closed, admins):
    assert isinstance(ask(db, closed), AskedReopening)
    assert cases.case(db, closed.id) == closed
    with pytest.raises(SecondWordNeeded):
        confirm(db, closed, by="ADA")
    with pytest.raises(AskedAlready):
        ask(db, closed, by="Bea")

    opened = confirm(db, closed).case

    assert opened.is_open and opened.epoch == closed.epoch + 1
    with pytest.raises(NothingAsked):
        confirm(db, closed)
    with pytest.raises(NothingToChange):
        ask(db, closed)


def test_asking_needs_a_reason_and_only_who_asked_withdraws(db, closed, admins):
    with pytest.raises(ReasonMissing):
        reopening.ask(db, closed.id, reason=" ", by="Ada", now=given.NOON, patience=given.PATIENCE)
    ask(db, closed)
    with pytest.raises(NotTheirsToWithdraw):
        reopening.withdraw(db, closed.id, by="Bea", now=given.NOON)

    reopening.withdraw(db, closed.id, by="Ada", now=given.NOON)

    with pytest.raises(NothingAsked):
        confirm(db, closed)
    assert [event.after for event in journal.events_of_case(db, closed.id) if event.kind == "reopening"] == [
        "withdrawn", "asked",
    ]  # fmt: skip


def test_with_two_admins_time_alone_opens_nothing(db, closed, admins):
    ask(db, closed)

    assert reopening.take_effect(db, LATER + timedelta(days=30), given.PATIENCE) == []
    assert cases.case(db, closed.id).has_ended


def test_one_admin_alone_waits_twelve_hours_and_can_think_better_of_it(db, closed):
    joining.add_account(db, "Ada", Role.ADMIN, "correct horse battery", given.NOON)
    asked = ask(db, closed)
    assert reopening.takes_effect_at(db, asked) == LATER
    assert reopening.take_effect(db, LATER - timedelta(seconds=1), given.PATIENCE) == []

    reopening.withdraw(db, closed.id, by="Ada", now=given.NOON)
    assert reopening.take_effect(db, LATER, given.PATIENCE) == []

    ask(db, closed)
    assert reopening.take_effect(db, LATER, given.PATIENCE)[0].case.is_open
    assert reopening.take_effect(db, LATER, given.PATIENCE) == []
    event = journal.events_of_case(db, closed.id)[0]
    assert (event.actor, event.after, event.reason) == ("Ada", "open", "Decision of Ada: She was taken again.")


def test_a_second_admin_who_comes_meanwhile_has_to_say_their_word(db, closed):
    ask(db, closed)
    for name in ("Ada", "Bea"):
        joining.add_account(db, name, Role.ADMIN, "correct horse battery", given.NOON)

    assert reopening.take_effect(db, LATER, given.PATIENCE) == []


def test_what_is_said_of_the_case_meanwhile_overtakes_the_asking(db):
    ana = given.open_cases(db, "Ana Ruiz", "Bo Chen")[0]
    given.take_in(db, given.an_output(ordinal=2, says={"Ana Ruiz": CLOSED, "Bo Chen": OPEN}))
    ask(db, ana)

    given.take_in(db, given.an_output(ordinal=3, final=True, says={"Ana Ruiz": CLOSED, "Bo Chen": CLOSED}))

    assert reopening.take_effect(db, LATER, given.PATIENCE) == []
    assert [one.state for one in reopenings.asked_for(db, ana.id)] == ["overtaken"]
    assert cases.case(db, ana.id).has_ended


def test_a_database_that_was_put_back_opens_nothing_by_a_word_from_before(db, closed):
    ask(db, closed)

    restoring.replay(db, patience=given.PATIENCE, now=given.NOON)

    assert reopening.take_effect(db, LATER, given.PATIENCE) == []
    assert cases.case(db, closed.id).has_ended


def test_doubts_of_a_case_that_was_never_closed_are_settled_by_one_word(db, admins):
    bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")[1]
    given.take_in(db, given.an_output("Ana Ruiz", ordinal=2, final=True, says={"Ana Ruiz": CLOSED}))
    assert cases.case(db, bo.id).state is CaseState.REVIEW
    assert conflicts.conflict(db, cases.case(db, bo.id)) is None

    settled = ask(db, bo)

    assert isinstance(settled, Decided) and settled.case.is_open and settled.case.epoch == bo.epoch


def test_a_contradiction_with_a_closing_names_both_and_needs_two_words(db, admins):
    ana = given.open_cases(db, "Ana Ruiz", "Bo Chen")[0]
    stopped = given.a_letter(db, ana, email="sol@supporter.example")
    given.take_in(db, given.an_output(ordinal=2, says={"Ana Ruiz": CLOSED, "Bo Chen": OPEN}))
    given.take_in(db, given.an_output("Ana Ruiz", ordinal=3))
    ana = cases.case(db, ana.id)

    both = conflicts.conflict(db, ana)

    assert both.closed_by.source == "Second output of UA 71/26" and "NO FURTHER ACTION" in both.closed_by.text
    assert both.opened_by.source == "Third output of UA 71/26" and both.opened_by.first
    assert isinstance(ask(db, ana), AskedReopening)
    opened = confirm(db, ana).case
    assert opened.is_open and opened.epoch == ana.epoch + 1
    assert letters.letter(db, stopped.id).state is LetterState.STOPPED
    assert given.a_letter(db, opened, email="sol@supporter.example").state is LetterState.QUEUED


def test_a_closing_by_hand_that_an_output_contradicts_is_one_side_too(db, closed, admins):
    given.take_in(db, given.an_output("Ana Ruiz", ordinal=2))

    both = conflicts.conflict(db, cases.case(db, closed.id))

    assert (both.closed_by.source, both.closed_by.text) == ("Decision of Ada", "Her lawyer wrote to us.")
    deciding.close(db, closed.id, reason="She is free.", by="Bea", now=given.NOON, patience=given.PATIENCE)
    assert conflicts.conflict(db, cases.case(db, closed.id)) is None
    assert conflicts.closed_by(db, cases.case(db, closed.id)).text == "She is free."
