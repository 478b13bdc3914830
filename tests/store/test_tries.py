"""Wrong tries are counted so that no two of them are taken for the same one."""

import threading
from datetime import timedelta

from campaign.store import tries
from campaign.store.database import connect
from tests import given

WITHIN = timedelta(minutes=15)


def test_two_tries_on_either_side_of_a_minute_s_turn_are_two(db, url):
    counted: list[int] = []
    other = connect(url)

    def just_after() -> None:
        with other.atomic():
            counted.append(tries.count_try(other, "sign-in:olu", WITHIN, given.NOON))

    thread = threading.Thread(target=just_after)
    with db.atomic():
        assert tries.count_try(db, "sign-in:olu", WITHIN, given.NOON - timedelta(microseconds=1)) == 1
        thread.start()
        thread.join(0.3)
        assert counted == [], "the second waits until the first is on record"
    thread.join()
    other.close()

    assert counted == [2]


def test_a_try_that_is_older_than_its_time_counts_no_more(db):
    for minutes in (0, 14, 15, 30):
        with db.atomic():
            last = tries.count_try(db, "code:1", WITHIN, given.NOON + timedelta(minutes=minutes))
    assert last == 1
