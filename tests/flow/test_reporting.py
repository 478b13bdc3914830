"""Reports of events: one that counts for each pack, and nothing corrected in silence."""

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest

from campaign.domain.event_refusals import (
    CorrectedAlready,
    EventAfterClosing,
    NoSuchPack,
    NothingCorrected,
    ReportedAlready,
)
from campaign.domain.refusals import ReasonMissing
from campaign.flow import deciding, packing, reporting
from campaign.flow.reporting import Told
from campaign.store import batches, journal
from tests import given

TOLD = Told(4, given.NOON.date(), "Olu", "Folder 7")


def a_pack(db, case):
    return packing.make(db, given.an_office(), packing.Wanted(case.id, 4, ("en",)), by="Olu", now=given.NOON)


def at_once(*doings):
    """Does them in a thread each, and says what became of each: None, or why not."""
    ends = [None] * len(doings)

    def do(place):
        try:
            doings[place]()
        except Exception as refusal:
            ends[place] = type(refusal)

    threads = [threading.Thread(target=do, args=(place,)) for place in range(len(doings))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


def test_of_reports_and_corrections_that_come_at_once_one_stands(db):
    pack = a_pack(db, given.an_open_case(db))
    ends = at_once(*[lambda: reporting.report_pack(db, pack, TOLD, by="Olu", now=given.NOON)] * 6)
    assert sorted(map(str, ends)) == sorted(map(str, [None] + [ReportedAlready] * 5))

    first = batches.find_batch_of_pack(db, pack.id)
    other = replace(TOLD, n=3, reason="Counted again.")
    ends = at_once(*[lambda: reporting.correct(db, first.id, other, by="Olu", now=given.NOON)] * 6)
    assert sorted(map(str, ends)) == sorted(map(str, [None] + [CorrectedAlready] * 5))

    assert [(one.n, one.replaced_at is None) for one in batches.batches(db)] == [(3, True), (4, False)]
    assert len([event for event in journal.events(db) if event["kind"] == "batch"]) == 2


def test_a_correction_needs_a_reason_and_a_change(db):
    pack = a_pack(db, given.an_open_case(db))
    id = reporting.report_pack(db, pack, TOLD, by="Olu", now=given.NOON)

    with pytest.raises(ReasonMissing):
        reporting.correct(db, id, replace(TOLD, n=3, reason=" "), by="Olu", now=given.NOON)
    with pytest.raises(NothingCorrected):
        reporting.correct(db, id, replace(TOLD, reason="No change."), by="Olu", now=given.NOON)

    assert [(one.n, one.replaced_at) for one in batches.batches(db)] == [(4, None)]


def test_the_day_of_a_closing_is_the_one_on_which_we_learnt_of_it(db):
    ana = given.an_open_case(db)
    before, after = a_pack(db, ana), a_pack(db, ana)
    final = given.an_output(ordinal=2, final=True, says={"Ana Ruiz": given.CLOSED})
    learnt = given.NOON + timedelta(days=3)
    given.take_in(db, final, now=learnt)
    later = learnt + timedelta(days=9)

    reporting.report_pack(db, before, replace(TOLD, held_on=learnt.date()), by="Olu", now=later)
    with pytest.raises(EventAfterClosing):
        reporting.report_pack(db, after, replace(TOLD, held_on=date(2026, 11, 26)), by="Olu", now=later)


def test_a_case_that_was_opened_again_ended_the_last_time_it_did(db):
    ana = given.an_open_case(db)
    assert journal.ended_at(db, ana.id) is None
    given.close(db, ana)
    assert journal.ended_at(db, ana.id) == given.NOON
    later = given.NOON + timedelta(days=1)
    deciding.reopen(db, ana.id, reason="A mistake.", by="Ada", now=later, patience=given.PATIENCE)
    assert journal.ended_at(db, ana.id) is None
    given.close(db, ana, now=later + timedelta(days=1))
    assert journal.ended_at(db, ana.id) == later + timedelta(days=1)


def test_a_code_is_known_however_it_is_typed(db):
    pack = a_pack(db, given.an_open_case(db))
    for typed in (
        pack.code,
        pack.shown_code,
        pack.code.lower(),
        f" {pack.code[:4]} {pack.code[4:]} ",
        f"{pack.shown_code}.",
    ):
        assert reporting.pack_of_code(db, typed) == pack
    for typed in (None, "", pack.code[:-1], pack.code + "A", "\0", "é" * 9):
        with pytest.raises(NoSuchPack):
            reporting.pack_of_code(db, typed)
