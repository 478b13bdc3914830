"""`campaign check` computes everything again."""

from campaign.flow import checking, sending
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
