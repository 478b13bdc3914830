"""The ledger is a file of whole lines, and the database knows how far it has seen it."""

import os
import threading

import pytest

from campaign.domain.refusals import DatabaseIsOlder, LedgerDamaged, LedgerLost, LedgerUnusable
from campaign.store import owed
from campaign.store.database import connect
from campaign.store.ledger import Kind, Ledger, Line, digest

NOON = "2026-11-22T12:00:00.000000Z"


def a_line(word="a"):
    return Line(Kind.SENT, NOON, letter=digest(word), message=digest(f"<{word}@campaign.example>"))


def owe_and_write(db, *words):
    owed.owe(db, *(a_line(word) for word in words))
    owed.write_down(db)


def test_what_is_owed_is_written_in_its_order_and_the_database_has_seen_it(db):
    owe_and_write(db, "a", "b")
    owe_and_write(db, "c")

    assert [(line.seq, line.letter) for line in db.ledger.lines()] == [
        (1, digest("a")),
        (2, digest("b")),
        (3, digest("c")),
    ]
    assert (owed.seen(db), owed.count_owed(db), db.ledger.last()) == (3, 0, 3)
    assert [line.seq for line in db.ledger.beyond(1)] == [2, 3]
    owed.refuse_if_apart(db)


def test_a_torn_last_line_is_left_out_and_cut_off_before_the_next(db):
    owe_and_write(db, "a")
    with db.ledger.path.open("ab") as file:
        file.write(b'{"seq":2,"kind":"se')

    assert (db.ledger.last(), len(list(db.ledger.lines()))) == (1, 1)
    owe_and_write(db, "b")
    assert [line.letter for line in db.ledger.lines()] == [digest("a"), digest("b")]
    assert db.ledger.path.read_bytes().endswith(b"}\n")


def test_a_line_that_is_none_is_told_with_its_number(db):
    owe_and_write(db, "a")
    with db.ledger.path.open("ab") as file:
        file.write(b"not a line\n")

    with pytest.raises(LedgerDamaged, match="Line 2 of the ledger"):
        list(db.ledger.lines())
    with pytest.raises(LedgerDamaged):
        owed.refuse_if_apart(db)


def test_whoever_died_between_the_file_and_the_database_has_not_made_it_older(db):
    owed.owe(db, a_line("a"))
    with db.ledger.alone() as pen:
        pen.append([a_line("a").words], 0)

    owed.refuse_if_apart(db)
    owed.write_down(db)

    assert len(list(db.ledger.lines())) == 1
    assert (owed.seen(db), owed.count_owed(db)) == (1, 0)


def test_a_database_that_knows_less_than_its_ledger_is_older_whatever_it_adds(db):
    owe_and_write(db, "a", "b")
    owed.set_seen(db, 0)

    with pytest.raises(DatabaseIsOlder, match="knows 0 of its 2 lines"):
        owed.refuse_if_apart(db)
    owe_and_write(db, "c")
    assert owed.seen(db) == 0
    with pytest.raises(DatabaseIsOlder):
        owed.refuse_if_apart(db)


def test_a_ledger_that_is_missing_or_shorter_is_told_and_not_begun_anew(db):
    owe_and_write(db, "a")
    db.ledger.path.unlink()

    with pytest.raises(LedgerLost, match="ledger-is-lost"):
        owed.refuse_if_apart(db)
    owed.owe(db, a_line("b"))
    with pytest.raises(LedgerLost):
        owed.write_down(db)
    assert owed.count_owed(db) == 1


def test_a_ledger_that_cannot_be_written_leaves_its_lines_in_the_database(db):
    db.ledger.path.mkdir()
    owed.owe(db, a_line("a"))

    with pytest.raises(LedgerUnusable):
        owed.write_down(db)
    assert owed.count_owed(db) == 1
    db.ledger.path.rmdir()
    owed.write_down(db)
    assert [line.letter for line in db.ledger.lines()] == [digest("a")]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this machine has no file that is always full")
def test_a_full_disk_takes_nothing_back_that_was_written(tmp_path):
    full = Ledger(tmp_path / "ledger.jsonl")
    full.path.symlink_to("/dev/full")

    with full.alone() as pen, pytest.raises(LedgerUnusable, match="No space left"):
        pen.append([a_line("a").words], 0)


def test_many_who_write_at_once_lose_no_line_and_give_no_number_twice(db):
    def write_ten(name: str) -> None:
        for place in range(10):
            owe_and_write(db, f"{name}{place}")

    threads = [threading.Thread(target=write_ten, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    written = list(db.ledger.lines())
    assert [line.seq for line in written] == list(range(1, 41))
    assert len({line.letter for line in written}) == 40
    assert (owed.seen(db), owed.count_owed(db)) == (40, 0)


def test_the_newest_lines_of_a_long_file_are_read_from_its_end(tmp_path):
    ledger = Ledger(tmp_path / "ledger.jsonl")
    with ledger.alone() as pen:
        pen.append([a_line(str(number)).words for number in range(2000)], 0)

    assert ledger.last() == 2000
    assert [line.seq for line in ledger.beyond(1997)] == [1998, 1999, 2000]
    assert len(ledger.beyond(500)) == 1500
    assert len(ledger.beyond(0)) == 2000


def test_a_process_without_the_ledger_leaves_its_lines_to_one_that_has_it(db, url):
    other = connect(url)
    owe_and_write(other, "a")
    assert owed.count_owed(db) == 1
    other.close()

    owed.write_down(db)

    assert [line.letter for line in db.ledger.lines()] == [digest("a")]
