"""Finished days are remembered, and every number is right at any moment all the same."""

from datetime import date, timedelta

import pytest

from campaign.domain.counting import Face, Selection
from campaign.domain.letter import Channel, Number
from campaign.flow import sending
from campaign.store import figures, finished, letters
from tests import given
from tests.counting_given import World, one_by_one, told


def the_same(db, selection):
    assert told(figures.counted(db, selection)) == {
        face: {value: +counter for value, counter in values.items()}
        for face, values in one_by_one(db, selection).items()
    }, selection


def selections(world):
    any_of = world.any.choice
    yield Selection()
    yield Selection(case=any_of(world.cases).id)
    yield Selection(action=any_of(world.cases).action, channel=any_of(list(Channel)))
    yield Selection(country=any_of(["NZ", "FR"]), first=(world.now - timedelta(days=2)).date())
    yield Selection(group=any_of([1, 2]), last=world.now.date(), case=any_of(world.cases).id)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_to_any_letter_every_number_is_right_at_once(db, seed, monkeypatch):
    monkeypatch.setattr(finished, "A_STRETCH", 3)
    world, happened = World(db, seed), []
    for step in range(90):
        happened.append(world.happens())
        if world.any.random() < 0.4:
            finished.remember(db, world.now)
        for selection in selections(world) if step % 3 == 0 else [Selection()]:
            the_same(db, selection)
        for case in world.cases:
            numbers = figures.counted(db, Selection(case=case.id)).total
            assert figures.of_case(db, case.id).numbers == numbers.numbers, happened
            assert figures.of_case(db, case.id).embassy_copies == numbers.embassy_copies
            assert figures.by_case(db)[case.id].letters == figures.counted(db).by[Face.CASE][case.id].letters
    while finished.remember(db, world.now + timedelta(days=1)):
        pass
    assert finished.upto(db) == db.rows("SELECT max(id) AS id FROM letters")[0]["id"] > 10
    the_same(db, Selection())
    assert list(finished.differences(db)) == []
    finished.forget(db)
    the_same(db, Selection())


def test_only_letters_that_have_rested_are_remembered(db):
    ana = given.an_open_case(db)
    given.an_opened_letter(db, ana)
    given.an_opened_letter(db, ana, now=given.NOON + timedelta(minutes=8))

    assert not finished.is_due(db, given.NOON + timedelta(minutes=9))
    assert finished.is_due(db, given.NOON + timedelta(minutes=12))
    assert finished.remember(db, given.NOON + timedelta(minutes=12)) == 1
    assert finished.remember(db, given.NOON + timedelta(minutes=12)) == 0
    assert not finished.is_due(db, given.NOON + timedelta(minutes=12))


def test_a_letter_of_a_finished_day_that_is_reported_is_counted_on_its_new_day_at_once(db):
    ana = given.an_open_case(db)
    letter = given.an_opened_letter(db, ana, Channel.POST)
    finished.remember(db, given.NOON + timedelta(days=1))

    letters.report_letter(db, letter, given.NOON + timedelta(days=2))

    by_day = figures.counted(db).by[Face.DAY]
    assert by_day["2026-11-24"].numbers[Number.REPORTED_SENT] == 1
    assert by_day["2026-11-22"].is_empty
    finished.remember(db, given.NOON + timedelta(days=3))
    assert [row["day"] for row in db.rows("SELECT day FROM finished_days")] == ["2026-11-24"]


def test_a_letter_that_comes_late_with_an_id_below_those_remembered_is_counted(db):
    ana = given.an_open_case(db)
    db.run("INSERT INTO finished (id, upto) VALUES (1, 99)")

    given.an_opened_letter(db, ana)

    assert figures.of_case(db, ana.id).numbers[Number.OPENED_ELSEWHERE] == 1


def test_a_memory_that_somebody_changed_is_found(db):
    ana = given.an_open_case(db)
    given.a_letter(db, ana)
    sending.drain(given.a_sender(db, given.FakePostbox()))
    finished.remember(db, given.NOON + timedelta(days=1))
    assert list(finished.differences(db)) == []

    db.run("UPDATE finished_days SET n = 7")
    found = dict(finished.differences(db))
    assert set(found) == {"days", *finished.FACES} and found["days"]["n"] == 6
    finished.forget(db)
    finished.remember(db, given.NOON + timedelta(days=1))
    assert list(finished.differences(db)) == []
    assert figures.counted(db, Selection(first=date(2026, 11, 22))).total.numbers[Number.SENT_BY_US] == 1
