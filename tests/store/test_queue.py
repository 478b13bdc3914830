"""The queue is found by its own order, however long it is."""

import contextlib

from campaign.store.database import connect
from campaign.store.queue import claim_letter
from tests import given
from tests.store.watched import Watched


def test_claiming_the_next_letter_neither_walks_through_the_queue_nor_sorts_it(sqlite_url):
    with contextlib.closing(connect(sqlite_url)) as kept:
        ana = given.an_open_case(kept)
        first, _ = given.a_letter(kept, ana), given.a_letter(kept, ana)
        db = Watched(kept)

        claimed = claim_letter(db, "w1", given.NOON)

    assert claimed is not None and claimed.id == first.id
    assert any("letters_due" in plan for plan in db.plans)
    assert not [plan for plan in db.plans if plan.startswith("SCAN l") or "TEMP B-TREE" in plan], db.plans
