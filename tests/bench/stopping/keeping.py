"""Backups while everything is killed under load: each opens and agrees, and put back with the ledger none undoes anything."""

import random
import shutil
import sqlite3
import threading
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from campaign.store.database import Database, connect
from campaign.store.ledger import Kind, Ledger, digest
from tests import given
from tests.bench.stopping.house import SECRET, House, a_house, wait_until
from tests.bench.stopping.load import Load, at_work, faults, told
from tests.bench.stopping.sink import Moods, Sink
from tests.bench.stopping.supporter import Supporter, is_up

SENT_AGAIN_FROM = 3
"""Of so many of the last copies, once put back, the sender is let go as well."""


def backups(times: int, on_postgres: bool) -> bool:
    """So many copies, with a kill before each; afterwards a closing and an erasure that none of them knows."""
    sink = Sink(moods=Moods())
    with a_house(sink.port, on_postgres=on_postgres) as house, closing(house.database()) as db:
        files: list[Path] = []
        with at_work(house, db, sink) as load:
            for turn in range(times):
                time.sleep(random.random())
                load.kill_something()
                files.append(_copied(house, turn))
                if turn == times // 2:
                    load.close(load.cases[0])
                if turn % 4 == 0:
                    _forget_one(load)
            load.add_letters()
            load.close(load.cases[1])
            _forget_one(load)
        house.end()
        found, seen = faults(load), told(load)
        for turn, file in enumerate(files):
            found += [f"copy {turn}: {fault}" for fault in _faults_of(file, on_postgres)]
            found += [
                f"copy {turn}, put back: {fault}"
                for fault in _put_back(load, file, turn, turn >= times - SENT_AGAIN_FROM)
            ]
    print(f"{len(files)} backups during {seen}")
    print(f"  {len(load.promised.forgotten)} forgotten; each copy was opened, put back with the ledger and checked")
    for fault in found:
        print(f"  BROKEN: {fault}")
    return not found


def _copied(house: House, turn: int) -> Path:
    """A copy that `campaign backup` made; one that is refused because the database is away is asked for again."""
    file = house.folder / f"copy-{turn}"
    for _ in range(20):
        if (done := house.call("backup", str(file))).returncode == 0:
            return file
        assert not file.exists(), "a copy that failed was left lying about"
        time.sleep(0.3)
    raise AssertionError(done.stderr)


def _forget_one(load: Load) -> None:
    promised = load.promised
    wait_until(lambda: is_up(load.house.port) and promised.confirmed - promised.forgotten, 20)
    asking = Supporter(load.house.port, [], given.an_office(secret_key=SECRET), promised, threading.Event())
    for key in sorted(promised.confirmed - promised.forgotten)[-5:]:
        if asking.forget(key):
            return


def _faults_of(file: Path, on_postgres: bool) -> list[str]:
    """What is wrong with the copy itself; one of PostgreSQL has to be put back to be looked into."""
    if on_postgres:
        return []
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as db:
        found = [f"integrity: {row[0]}" for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
        found += [f"a row without its other: {row}" for row in db.execute("PRAGMA foreign_key_check")]
    with closing(connect(f"sqlite:{file}")) as copy:
        return found + _halves(copy)


def _halves(db: Database) -> list[str]:
    """Letters of which only a part was copied: each one's last event says its state, and what is to go has its bytes."""
    rows = db.rows(
        """SELECT l.id, l.state FROM letters l WHERE l.state <> COALESCE((SELECT e.after_state FROM events e
               WHERE e.letter_id = l.id ORDER BY e.id DESC LIMIT 1), 'queued')
           OR (l.state IN ('queued', 'sending') AND (l.wire IS NULL OR l.message_id IS NULL))"""
    )
    return [f"letter {row['id']} is {row['state']}, and is only half there" for row in rows]


def _put_back(load: Load, file: Path, turn: int, goes_on: bool) -> list[str]:
    """The copy in a house of its own, with the ledger as it is at the end."""
    fresh = Sink(delay=0)
    folder = load.house.folder / f"again-{turn}"
    folder.mkdir()
    ledger = Ledger(Path(shutil.copy(load.house.folder / "ledger.jsonl", folder)))
    words = {
        "DATA": str(folder),
        "DATABASE": _place(load.house, folder, turn),
        "SMTP": f"smtp://127.0.0.1:{fresh.port}?tls=none",
    }
    environment = load.house.environment | {f"CAMPAIGN_{word}": value for word, value in words.items()}
    again = replace(load.house, folder=folder, url=words["DATABASE"], environment=environment, started={})
    done = again.call("restore", str(file))
    if done.returncode:
        return [f"restore ended with {done.returncode}: {done.stdout} {done.stderr}"]
    sent = {line.message for line in ledger.lines() if line.kind is Kind.SENT}
    if goes_on:
        again.call("send", "--once")
    with closing(again.database()) as db:
        closed = {line.case for line in ledger.lines() if line.kind is Kind.CLOSED}
        opened = [row["slug"] for row in db.rows("SELECT slug, state FROM cases WHERE state <> 'closed'")]
        known = db.rows("SELECT form_key, email, name, body, wire FROM letters")
        remembered = [
            row for row in known if row["form_key"] in load.promised.forgotten and any(list(row.values())[1:])
        ]
        wrong = {
            "cases are open that were closed": max(0, len(opened) - (4 - len(closed))),
            "letters were sent again": sum(digest(id) in sent for id in fresh.taken),
            "letters went for a closed case": sum(to.startswith("stop") for _, to in fresh.data),
            "letters of those who were forgotten are back": len(remembered),
        }
        found = [f"{n} {what}" for what, n in wrong.items() if n] + _halves(db)
    checked = again.call("check")
    return found + ([f"check: {checked.stdout}{checked.stderr}"] if checked.returncode else [])


def _place(house: House, folder: Path, turn: int) -> str:
    if house.postgres is None:
        return f"sqlite:{folder}/campaign.db"
    house.postgres.call("createdb", "-h", house.postgres.folder, "-U", "campaign", f"again{turn}")
    return house.url.replace("/postgres?", f"/again{turn}?")
