"""The list of letters: which ones, page by page, how many, and without walking through all of them."""

import contextlib
from datetime import date, timedelta

import pytest

from campaign.domain.bounce import Bounce
from campaign.domain.group import EVERYTHING, Sight
from campaign.domain.letter import Channel, LetterState
from campaign.domain.posting import Posted, PostingResult
from campaign.flow import bouncing, sending
from campaign.store import actions, groups, letters
from campaign.store.database import connect
from campaign.store.lists import Choice, count_by_state, count_uncertain, listed
from tests import given
from tests.reports_given import postfix
from tests.store.watched import Watched

REFUSED = PostingResult(Posted.REFUSED, 550, "5.1.1 no such user")


def ids(db, *args, **choice) -> list[int]:
    return [one.id for one in listed(db, Choice(**choice), *args)]


@pytest.fixture
def world(db):
    """Letters for two actions over three days: one uncertain, one refused, one opened, one unconfirmed, one queued."""
    ana = given.an_open_case(db)
    bo = given.an_open_case(db, "Bo Chen", ua="72/26")
    uncertain = given.an_uncertain_letter(db, ana)
    refused = given.a_letter(db, bo, now=given.NOON + timedelta(days=1))
    db.run("DELETE FROM notices")
    sending.drain(given.a_sender(db, given.FakePostbox([REFUSED]), now=given.NOON + timedelta(days=1, hours=1)))
    opened = given.an_opened_letter(db, ana, Channel.POST, now=given.NOON + timedelta(days=1))
    unconfirmed, _ = given.an_unconfirmed_letter(db, bo, now=given.NOON + timedelta(days=2))
    queued = given.a_letter(db, ana, now=given.NOON + timedelta(days=2))
    return ana, bo, [uncertain.id, refused.id, opened.id, unconfirmed.id, queued.id]


def test_the_newest_come_first_with_what_an_organizer_has_to_know(db, world):
    ana, _, (uncertain, refused, *rest) = world

    everything = listed(db, Choice())
    assert [one.id for one in everything] == [*reversed(rest), refused, uncertain]
    one = everything[3]
    assert (one.person, one.ua, one.target) == ("Bo Chen", "72/26", "Director Pavel Testov")
    assert (one.state, one.attempts, one.reason) == (LetterState.REFUSED, 1, "550 5.1.1 no such user")
    assert one.since == given.NOON + timedelta(days=1, hours=1)
    assert one.number == letters.letter(db, refused).number
    assert everything[4].since == given.NOON + timedelta(hours=2) and everything[4].case == ana.id


def test_nothing_of_who_wrote_and_what_is_in_the_list(db, world):
    said = repr(listed(db, Choice()))

    assert "Sol" not in said and "@" not in said and "I ask you" not in said and "Appeal" not in said


def test_each_choice_is_kept_and_all_of_them_together(db, world):
    ana, bo, (uncertain, refused, opened, unconfirmed, queued) = world
    (director,) = actions.targets(db, ana.action)

    assert ids(db, states=(LetterState.UNCERTAIN,)) == [uncertain]
    assert ids(db, states=(LetterState.QUEUED, LetterState.REFUSED)) == [queued, refused]
    assert ids(db, case=bo.id) == [unconfirmed, refused]
    assert ids(db, target=director.id) == [queued, opened, uncertain]
    assert ids(db, channel=Channel.POST) == [opened]
    assert ids(db, case=ana.id, channel=Channel.EMAIL, states=(LetterState.UNCERTAIN, LetterState.OPENED)) == [
        uncertain
    ]
    assert ids(db, case=bo.id, target=director.id) == []


def test_a_day_is_that_of_writing_from_its_first_moment_to_its_last(db, world):
    _, _, (uncertain, refused, opened, unconfirmed, queued) = world
    late = given.an_opened_letter(db, world[0], now=given.NOON.replace(day=24, hour=23, minute=59))
    next_day = given.an_opened_letter(db, world[0], now=given.NOON.replace(day=25, hour=0))

    assert ids(db, last=date(2026, 11, 22)) == [uncertain]
    assert ids(db, first=date(2026, 11, 23), last=date(2026, 11, 23)) == [opened, refused]
    assert ids(db, first=date(2026, 11, 24), last=date(2026, 11, 24)) == [late.id, queued, unconfirmed]
    assert ids(db, first=date(2026, 11, 25)) == [next_day.id]
    assert ids(db, first=date(2026, 11, 23), states=(LetterState.REFUSED,)) == [refused]
    assert ids(db, first=date(2027, 1, 1)) == [] and ids(db, last=date(2020, 1, 1)) == []
    assert len(ids(db, first=date(1900, 1, 1), last=date.max)) == 7


def test_a_page_goes_on_below_the_last_id_and_loses_nothing_when_new_letters_come(db, world):
    _, _, (uncertain, refused, opened, unconfirmed, queued) = world

    first = listed(db, Choice(), None, 2)
    given.an_opened_letter(db, world[0], now=given.NOON + timedelta(days=3))
    second = listed(db, Choice(), first[-1].id, 2)

    assert [one.id for one in first + second] == [queued, unconfirmed, opened, refused]
    assert [one.id for one in listed(db, Choice(), refused, 2)] == [uncertain]


def test_letters_are_counted_by_state_for_the_choice(db, world):
    ana, bo, _ = world

    assert count_by_state(db, Choice()) == {
        LetterState.UNCONFIRMED: 1, LetterState.QUEUED: 1, LetterState.REFUSED: 1, LetterState.UNCERTAIN: 1,
        LetterState.OPENED: 1,
    }  # fmt: skip
    assert count_by_state(db, Choice(case=bo.id)) == {LetterState.UNCONFIRMED: 1, LetterState.REFUSED: 1}
    assert count_by_state(db, Choice((LetterState.UNCERTAIN, LetterState.SENT))) == {LetterState.UNCERTAIN: 1}
    assert count_by_state(db, Choice(first=date(2026, 11, 24))) == {LetterState.UNCONFIRMED: 1, LetterState.QUEUED: 1}
    assert count_by_state(db, Choice(case=ana.id, channel=Channel.POST)) == {LetterState.OPENED: 1}
    assert count_uncertain(db, EVERYTHING) == 1


def test_whoever_sees_groups_alone_finds_and_counts_their_letters_only(db, world):
    ours = groups.add_group(db, "BERN", "Bern", by="Ada", now=given.NOON)
    theirs = groups.add_group(db, "JENA", "Jena", by="Ada", now=given.NOON)
    uncertain, refused, *_ = world[2]
    db.run("UPDATE letters SET group_id = :ours WHERE id = :id", ours=ours, id=uncertain)
    db.run("UPDATE letters SET group_id = :theirs WHERE id = :id", theirs=theirs, id=refused)
    sight, other = Sight(frozenset({ours})), Sight(frozenset({theirs}))

    assert ids(db, sight=sight) == [uncertain] and ids(db, sight=other) == [refused]
    assert ids(db, sight=Sight(frozenset({ours, theirs}))) == [refused, uncertain]
    assert count_by_state(db, Choice(sight=sight)) == {LetterState.UNCERTAIN: 1}
    assert (count_uncertain(db, sight), count_uncertain(db, other)) == (1, 0)
    assert ids(db, states=(LetterState.REFUSED,), sight=sight) == []


def test_what_came_back_is_found_by_itself(db):
    ana, office = given.an_open_case(db), given.an_office(bounces="bounces@letters.example")
    back, stood = given.a_letter(db, ana), given.a_letter(db, ana)
    sending.drain(given.a_sender(db, given.FakePostbox()))
    path = office.return_path(back.id, back.message_id)
    bouncing.take_in(db, office, postfix(path), given.NOON)

    (found,) = listed(db, Choice(came_back=True))
    assert (found.id, found.state, found.bounce, found.bounced_at) == (
        back.id,
        LetterState.SENT,
        Bounce.HARD,
        given.NOON,
    )
    assert ids(db, came_back=True, case=ana.id) == [back.id]
    assert ids(db, came_back=True, states=(LetterState.QUEUED,)) == []
    assert count_by_state(db, Choice(came_back=True)) == {LetterState.SENT: 1}
    assert ids(db) == [stood.id, back.id]


def test_an_empty_house_has_an_empty_list(db):
    assert listed(db, Choice(first=date(2026, 1, 1))) == [] and count_by_state(db, Choice()) == {}


DAYS = {"first": date(2026, 11, 20), "last": date(2026, 11, 21)}


@pytest.mark.parametrize(
    "choice",
    [
        Choice(),
        Choice(case=1),
        Choice(case=1, channel=Channel.POST, **DAYS),
        Choice(target=1),
        Choice(channel=Channel.POST),
        Choice(**DAYS),
        Choice(came_back=True),
        Choice((LetterState.SENT,), target=1, came_back=True),
        Choice(sight=Sight(frozenset({1, 2}))),
        Choice((LetterState.HELD,), sight=Sight(frozenset({1}))),
        *(Choice((state,)) for state in LetterState),
        *(Choice((state,), case=1) for state in LetterState),
    ],
    ids=str,
)
def test_no_choice_walks_through_all_letters(sqlite_url, choice):
    """The common ones along their ids until a page is full, all others along an index that holds what is asked."""
    with contextlib.closing(connect(sqlite_url)) as kept:
        db = Watched(kept)
        listed(db, choice)
        count_by_state(db, choice)

    along_ids = choice in (Choice(), Choice((LetterState.SENT,)))
    narrow = ("COVERING INDEX", "letters_due", "letters_in_hand", "letters_held")
    walks = [plan for plan in db.plans if plan.startswith("SCAN x") and not any(name in plan for name in narrow)]
    assert len(walks) == (1 if along_ids else 0), db.plans
