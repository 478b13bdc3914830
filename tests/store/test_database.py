"""The wrapper says the same on both engines."""

import threading

import pytest

from campaign.domain.refusals import StorageFailed
from campaign.store.database import Conflict, as_pyformat, connect
from campaign.store.journal import Event, record
from campaign.store.migrations import migrate, pending
from tests import given


def test_parameters_percent_signs_and_colons_mean_the_same_on_both_engines(db):
    rows = db.rows("SELECT :word AS word, '100 %' AS share, 'a:b' AS colon", word="50 % :name")

    assert rows == [{"word": "50 % :name", "share": "100 %", "colon": "a:b"}]


def test_a_cast_is_not_taken_for_a_parameter():
    assert as_pyformat("SELECT :a::text, '%' -- :b") == "SELECT %(a)s::text, '%%' -- :b"


def test_what_fails_inside_atomic_leaves_nothing_behind(db):
    with pytest.raises(ZeroDivisionError), db.atomic():
        db.run("INSERT INTO limits (counted, slot, n) VALUES ('a', 1, 1)")
        raise ZeroDivisionError

    assert db.rows("SELECT * FROM limits") == []


def test_an_inner_block_can_fail_without_the_outer_one(db):
    with db.atomic():
        db.run("INSERT INTO limits (counted, slot, n) VALUES ('a', 1, 1)")
        with pytest.raises(Conflict), db.atomic():
            db.run("INSERT INTO limits (counted, slot, n) VALUES ('a', 1, 2)")
        db.run("INSERT INTO limits (counted, slot, n) VALUES ('b', 1, 3)")

    assert db.rows("SELECT counted, n FROM limits ORDER BY counted") == [
        {"counted": "a", "n": 1},
        {"counted": "b", "n": 3},
    ]


def test_many_threads_that_read_and_then_write_lose_nothing(db):
    def add_ten() -> None:
        for _ in range(10):
            with db.atomic():
                db.rows("SELECT n FROM limits WHERE counted = 'a'")
                db.run(
                    "INSERT INTO limits (counted, slot, n) VALUES ('a', 1, 1) "
                    "ON CONFLICT (counted, slot) DO UPDATE SET n = limits.n + 1"
                )

    threads = [threading.Thread(target=add_ten) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert db.rows("SELECT n FROM limits") == [{"n": 60}]


def test_an_event_is_never_changed_or_removed(db):
    record(db, Event(given.NOON, "Ada", "case", after="open"))

    for statement in ("UPDATE events SET actor = 'Max'", "DELETE FROM events"):
        with pytest.raises(Exception, match="an event is never"):
            db.run(statement)
    assert [row["actor"] for row in db.rows("SELECT actor FROM events")] == ["Ada"]


def test_a_letter_cannot_be_in_a_state_that_is_none(db):
    ana = given.an_open_case(db)
    letter = given.a_letter(db, ana)

    for change in ("state = 'lost'", "state = 'refused', reason = ''", "state = 'sending', worker = NULL"):
        with pytest.raises(Exception, match=r"(?i)check"):
            db.run(f"UPDATE letters SET {change} WHERE id = :id", id=letter.id)


def test_eight_that_migrate_at_once_take_each_step_once(tmp_path):
    url = f"sqlite:{tmp_path / 'new.db'}"
    taken: list[list[str]] = []

    def begin() -> None:
        db = connect(url)
        taken.append(migrate(db))
        db.close()

    threads = [threading.Thread(target=begin) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(taken) == 8
    db = connect(url)
    assert pending(db) == []
    db.close()


def test_migrating_again_changes_nothing(db):
    assert migrate(db) == []


def test_a_database_that_cannot_be_reached_is_a_sentence(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StorageFailed, match="nothing was saved"):
        connect(f"sqlite:{tmp_path / 'file' / 'x.db'}").rows("SELECT 1 AS one")
    unreachable = connect("postgresql://nobody@127.0.0.1:1/none?connect_timeout=1")
    with pytest.raises(StorageFailed):
        unreachable.locks.take_case(1, given.PATIENCE)
