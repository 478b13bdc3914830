"""A named person closes or reopens a case by hand."""

import pytest

from campaign.domain.case import CaseState
from campaign.domain.letter import LetterState
from campaign.domain.refusals import NothingToChange, ReasonMissing
from campaign.domain.urgent_action import Outcome
from campaign.flow import deciding
from campaign.store import cases, letters
from tests import given
from tests.given import CLOSED


def reopen(db, case):
    return deciding.reopen(
        db, case.id, reason="She was taken again.", by="Ada", now=given.NOON, patience=given.PATIENCE
    ).case


def test_closing_by_hand_stops_what_waits_and_names_who_decided(db):
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    to_stop, to_go = given.a_letter(db, ana), given.a_letter(db, bo)

    closed = given.close(db, ana, outcome=Outcome.RELEASED)

    assert (closed.state, closed.outcome) == (CaseState.CLOSED, Outcome.RELEASED)
    assert (closed.cause.source, closed.cause.text) == ("Decision of Ada", "Her lawyer wrote to us.")
    assert letters.letter(db, to_stop.id).state is LetterState.STOPPED
    assert letters.letter(db, to_stop.id).reason == "Her lawyer wrote to us."
    assert letters.letter(db, to_go.id).state is LetterState.QUEUED


def test_reopening_does_not_revive_stopped_letters(db):
    ana = given.an_open_case(db)
    stopped = given.a_letter(db, ana)
    given.close(db, ana)

    opened = reopen(db, ana)

    assert opened.is_open
    assert opened.epoch == ana.epoch + 1
    assert letters.letter(db, stopped.id).state is LetterState.STOPPED


def test_who_wrote_before_a_reopening_may_write_again_after_it(db):
    ana = given.an_open_case(db)
    given.a_letter(db, ana, email="sol@supporter.example")
    given.close(db, ana)
    opened = reopen(db, ana)

    assert given.a_letter(db, opened, email="sol@supporter.example").state is LetterState.QUEUED


def test_a_decision_needs_a_reason_and_something_to_change(db):
    ana = given.an_open_case(db)

    with pytest.raises(ReasonMissing):
        deciding.close(db, ana.id, reason="  ", by="Ada", now=given.NOON, patience=given.PATIENCE)
    with pytest.raises(NothingToChange):
        reopen(db, ana)
    given.close(db, ana)
    with pytest.raises(NothingToChange):
        given.close(db, ana)


def test_an_older_output_that_comes_late_does_not_undo_a_decision(db):
    given.take_in(db, given.an_output("Ana Ruiz", ordinal=2))
    ana = given.close(db, cases.cases(db)[0])

    given.take_in(db, given.an_output("Ana Ruiz", ordinal=1))

    assert cases.case(db, ana.id).state is CaseState.CLOSED


def test_an_output_that_comes_after_a_closing_by_hand_does_not_reopen_by_itself(db):
    ana = given.an_open_case(db)
    given.close(db, ana)

    given.take_in(db, given.an_output("Ana Ruiz", ordinal=2))

    assert cases.case(db, ana.id).state is CaseState.REVIEW


def test_doubts_are_settled_by_a_decision(db):
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    given.take_in(db, given.an_output("Ana Ruiz", ordinal=2, final=True, says={"Ana Ruiz": CLOSED}))
    assert cases.case(db, bo.id).state is CaseState.REVIEW

    assert reopen(db, bo).is_open
    assert cases.case(db, ana.id).state is CaseState.CLOSED
