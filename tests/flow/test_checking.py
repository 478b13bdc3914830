"""`campaign check` computes everything again."""

from dataclasses import replace
from datetime import date

from campaign.flow import addressing, checking, extending, sending
from campaign.store import actions
from tests import given
from tests.given import CLOSED, OPEN


def test_after_a_whole_campaign_there_is_no_difference(db):
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    given.a_letter(db, ana)
    given.a_letter(db, bo)
    given.an_opened_letter(db, bo)
    sending.drain(given.a_sender(db, given.FakePostbox()))
    given.a_letter(db, ana)
    given.take_in(db, given.an_output(ordinal=2, final=True, says={"Ana Ruiz": CLOSED, "Bo Chen": OPEN}))

    assert checking.differences(db) == []


def test_a_status_that_somebody_typed_is_found(db):
    ana = given.an_open_case(db)
    db.run("UPDATE cases SET state = 'closed' WHERE id = :id", id=ana.id)

    assert checking.differences(db) == [
        "71-26/ana-ruiz is closed, but outputs and decisions say open.",
        "71-26/ana-ruiz, by the public record: status: the record says “closed”, computed is “open”.",
    ]


def test_a_letter_that_waits_for_somebody_whose_case_has_ended_is_found(db):
    ana = given.an_open_case(db)
    letter = given.a_letter(db, ana)
    given.close(db, ana)
    db.run("UPDATE letters SET state = 'queued' WHERE id = :id", id=letter.id)

    assert any("still queued" in difference for difference in checking.differences(db))


def test_the_engine_is_named(db):
    assert any(name in checking.notes(db)[0] for name in ("SQLite", "PostgreSQL"))


def test_what_was_corrected_and_extended_by_hand_is_computed_again_too(db):
    ana = given.an_open_case(db, deadline="1 December 2026")
    (director,) = actions.targets(db, ana.action)
    hand = {"reason": "Her lawyer told us.", "by": "Ada", "now": given.NOON}
    addressing.correct(db, director.id, replace(director.said, salutation="Dear Doctor,", fax="+999 1"), **hand)
    extending.extend(db, ana.action, date(2026, 12, 24), **hand)
    assert checking.differences(db) == []

    db.run("UPDATE targets SET salutation = 'Dear Sir,'")
    db.run("UPDATE urgent_actions SET deadline_on = '2026-12-31'")

    late, other = checking.differences(db)
    assert late == "71-26: letters go until 2026-12-31, but outputs and extensions say 2026-12-24."
    assert (
        other.startswith("71-26: the addressees are not those of outputs and corrections: ") and "Dear Doctor," in other
    )

    db.run("UPDATE targets SET salutation = 'Dear Doctor,'")
    extending.take_back(db, ana.action, **hand)
    addressing.undo(db, director.id, **hand)
    assert checking.differences(db) == []
