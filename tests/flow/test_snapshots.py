"""What was counted when a case closed stays, whatever is told later."""

import contextlib
from datetime import date, timedelta

from campaign.domain.case import CaseState
from campaign.domain.letter import Channel, Number
from campaign.flow import deciding, gate, sending
from campaign.store import cases, figures, letters, snapshots
from campaign.store.database import connect
from tests import given
from tests.given import CLOSED

LATER = given.NOON + timedelta(days=3)
SOON_AFTER = LATER + timedelta(minutes=1)
"""A closing is over a moment after it was asked for."""


def an_event(db, case, n):
    db.run(
        """INSERT INTO batches (case_id, n, held_on, vouched_by, kept_at, reported_by, reported_at)
           VALUES (:case, :n, '2026-11-20', 'Olu', 'the office', 'Olu', '2026-11-21')""",
        case=case.id,
        n=n,
    )


def test_a_closing_freezes_the_numbers_and_later_reports_do_not_change_them(db):
    ana = given.an_open_case(db)
    for country in ("NZ", "FR"):
        given.a_letter(db, ana, country=country)
    sending.drain(given.a_sender(db, given.FakePostbox()))
    posted = given.an_opened_letter(db, ana, Channel.POST, country="BR")
    given.an_unconfirmed_letter(db, ana, country="CL")
    an_event(db, ana, 46)

    given.take_in(db, given.an_output(ordinal=2, final=True, says={"Ana Ruiz": CLOSED}), now=LATER)
    letters.report_letter(db, posted, LATER + timedelta(days=1))
    an_event(db, ana, 9)

    (frozen,) = snapshots.snapshots_of(db, ana.id)
    assert frozen.numbers == {
        Number.SENT_BY_US: 2, Number.OPENED_ELSEWHERE: 1, Number.REPORTED_SENT: 0, Number.REPORTED_BY_EVENTS: 46,
    }  # fmt: skip
    assert (frozen.countries, frozen.went) == (2, 2) and LATER <= frozen.closed_at < SOON_AFTER
    assert (frozen.first, frozen.last) == (date(2026, 11, 20), date(2026, 11, 22))
    now = figures.of_case(db, ana.id).numbers
    assert (now[Number.REPORTED_SENT], now[Number.REPORTED_BY_EVENTS]) == (1, 55)


def test_a_case_that_is_opened_and_closed_again_gets_another(db):
    ana = given.an_open_case(db)
    given.close(db, ana)
    deciding.reopen(db, ana.id, reason="A mistake.", by="Ada", now=given.NOON, patience=given.PATIENCE)
    given.a_letter(db, cases.case(db, ana.id))
    sending.drain(given.a_sender(db, given.FakePostbox()))
    given.close(db, ana, now=LATER)

    assert [one.numbers[Number.SENT_BY_US] for one in snapshots.snapshots_of(db, ana.id)] == [1, 0]
    assert LATER <= snapshots.newest_snapshots(db)[ana.id].closed_at < SOON_AFTER


def test_a_closing_that_waits_for_a_letter_counts_it_once_it_has_gone(db, url):
    ana = given.an_open_case(db)
    given.a_letter(db, ana)

    class Slow(given.FakePostbox):
        def post(self, wire, **words):
            with contextlib.closing(connect(url)) as other:
                deciding.close(other, ana.id, reason="Free.", by="Ada", now=given.NOON, patience=timedelta(0))
            return super().post(wire, **words)

    db.run("DELETE FROM notices")
    sending.drain(given.a_sender(db, Slow()))
    assert cases.case(db, ana.id).state is CaseState.CLOSING and snapshots.snapshots_of(db, ana.id) == []

    assert gate.finish_closings(db, "the sender", lambda: LATER) == 0
    assert snapshots.snapshots_of(db, ana.id)[0].numbers[Number.SENT_BY_US] == 1
