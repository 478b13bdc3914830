"""Web pages and senders under load, killed at random moments and started again, and what must be true at the end."""

import json
import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from campaign.domain.case import Case
from campaign.domain.refusals import StorageFailed
from campaign.domain.server_words import SENDER_ENDED
from campaign.store.columns import instant
from campaign.store.database import Database
from campaign.store.ledger import digest
from tests import given
from tests.bench.stopping.house import SECRET, House, insert, like, now, row_of, two_people, wait_until
from tests.bench.stopping.sink import Sink
from tests.bench.stopping.supporter import Promised, Supporter, is_up
from tests.postgres import children

BATCH = 25
SETTLED = {"sent", "refused", "uncertain", "stopped", "withdrawn", "held", "unconfirmed"}


@dataclass
class Load:
    """One installation at work. `ready` are the seconds from each start to the first page and the first mail."""

    house: House
    db: Database
    sink: Sink
    promised: Promised
    cases: list[Case]
    pattern: dict[str, Any]
    killed: Counter[str] = field(default_factory=Counter)
    ready: list[tuple[float, float]] = field(default_factory=list)
    closed: dict[str, float] = field(default_factory=dict)

    def add_letters(self) -> None:
        """Some more that are due now; a database that was killed a moment ago takes none."""
        at = instant(now())
        with suppress(StorageFailed):
            insert(self.db, [like(self.pattern, confirmed_at=at, next_at=at, created_at=at) for _ in range(BATCH)])

    def close(self, case: Case) -> None:
        """Closes a case from the terminal; one that is refused while the database is away is tried again."""
        while self.house.call("close", case.path, "--reason", "Free.").returncode:
            time.sleep(0.3)
        self.closed[f"stop{self.cases.index(case)}@justice.example"] = time.time()

    def kill_something(self) -> None:
        """Kills web pages, a sender or all of them (on PostgreSQL its server too), and measures when all is well again."""
        house = self.house
        others = ["postgres", "postgres"] if house.postgres else ["all"]
        whom = random.choice(["web", "sender 0", "sender 1", *others])
        if house.postgres and whom == "postgres":
            house.postgres.kill()
            self.killed["the database"] += 1
            house.postgres.start()
        elif house.postgres and whom != "sender 1":
            self._kill_child("web" if whom == "web" else "send")
        else:
            for name in list(house.started) if whom == "all" else [whom]:
                house.kill(name)
                self.killed[name.split()[0]] += 1
                start(house, name)
        self._measure(is_whole=whom in ("all", "postgres"))

    def _kill_child(self, word: str) -> None:
        """Kills what `campaign run` looks after; it starts it again."""
        for child in children(self.house.started["run"].pid):
            said = Path(f"/proc/{child}/cmdline").read_text(encoding="utf-8").split("\0")
            if word in said:
                os.kill(child, signal.SIGKILL)
                self.killed["sender" if word == "send" else word] += 1

    def _measure(self, *, is_whole: bool) -> None:
        began, before = time.time(), len(self.sink.data)
        self.add_letters()
        if not is_whole:
            # The next one may be killed before it has come up.
            return
        self.add_letters()
        assert wait_until(lambda: is_up(self.house.port), 60), "the pages did not come back"
        page = time.time() - began
        assert wait_until(lambda: len(self.sink.data) > before, 60), "no mail went any more"
        self.ready.append((page, time.time() - began))


def start(house: House, name: str) -> None:
    words = {"web": ["web", "--port", str(house.port)], "run": ["run", "--port", str(house.port)]}
    house.start(name, *words.get(name, ["send"]))


@contextmanager
def at_work(house: House, db: Database, sink: Sink) -> Iterator[Load]:
    """Web pages, two senders and three supporters; afterwards the supporters rest and the queue is drained."""
    pairs = [two_people(db, turn, (20, 20)) for turn in range(2)]
    promised, ends = Promised(), threading.Event()
    fresh = given.a_letter(db, pairs[0][1], now=now())
    load = Load(house, db, sink, promised, [pair[0] for pair in pairs], row_of(db, fresh.id))
    for name in ("run", "sender 1") if house.postgres else ("web", "sender 0", "sender 1"):
        start(house, name)
    assert wait_until(lambda: is_up(house.port), 30), "the pages did not come up"
    paths = [case.path for pair in pairs for case in pair]
    office = given.an_office(secret_key=SECRET)
    supporters = [Supporter(house.port, paths, office, promised, ends) for _ in range(3)]
    for one in supporters:
        one.start()
    yield load
    ends.set()
    for one in supporters:
        one.join(30)
    if not wait_until(lambda: is_up(house.port), 30):
        print("  the pages did not come back at the end")
    wait_until(lambda: not _unsettled(db), 120, 0.3)


def _unsettled(db: Database) -> int:
    (row,) = db.rows("SELECT count(*) AS n FROM letters WHERE state IN ('queued', 'sending')")
    return int(row["n"])


def faults(load: Load) -> list[str]:
    """A sentence for each promise that was broken."""
    rows = load.db.rows("SELECT id, form_key, state, reason, message_id, unknown_tries, erased_at FROM letters")
    by_key, by_mail = {row["form_key"]: row for row in rows}, {row["message_id"]: row for row in rows}
    counted = load.house.counted()
    states, taken, promised = Counter(row["state"] for row in rows), load.sink.taken, load.promised
    ours = {id: n for id, n in taken.items() if id in by_mail}
    wrong = {
        "letters written with success are lost": sum(key not in by_key for key in promised.written),
        "letters confirmed with success are not on their way": sum(
            by_key[key]["state"] not in SETTLED - {"unconfirmed"} for key in promised.confirmed if key in by_key
        ),
        "letters are in a state that does not end": sum(n for state, n in states.items() if state not in SETTLED),
        "letters are called sent and were never taken": sum(
            row["state"] == "sent" and not taken[row["message_id"]] for row in rows
        ),
        "letters were taken and are not called sent or uncertain": sum(
            by_mail[id]["state"] not in ("sent", "uncertain") for id in ours
        ),
        "ended letters have no reason": sum(
            row["state"] in ("refused", "stopped", "uncertain") and not row["reason"] for row in rows
        ),
        "forgotten letters are still there": sum(by_key[key]["erased_at"] is None for key in promised.forgotten),
        "copies that no kill and no lost answer explains": _unexplained(load, by_mail),
        "DATA commands came after a closing had returned": sum(
            at > closed for to, closed in load.closed.items() for at in load.sink.sent_to(to)
        ),
        "is how far the counts are from the letters": sum(
            abs(n - counted.get(state, 0)) for state, n in states.items()
        ),
        "sendings are told to the ledger twice or not at all": _ledger_faults(load, rows),
    }
    found = [f"{n} {what}" for what, n in wrong.items() if n]
    checked = load.house.call("check")
    if checked.returncode:
        found.append(f"check: {checked.stdout.strip() or checked.stderr.strip()}")
    return found


def _unexplained(load: Load, by_mail: dict[str, dict[str, Any]]) -> int:
    ended = Counter(
        row["letter_id"] for row in load.db.rows("SELECT letter_id FROM events WHERE reason = :why", why=SENDER_ENDED)
    )
    return sum(
        max(0, n - 1 - load.sink.lost[id] - ended[by_mail[id]["id"]])
        for id, n in load.sink.taken.items()
        if id in by_mail
    )


def _ledger_faults(load: Load, rows: list[dict[str, Any]]) -> int:
    lines = map(json.loads, (load.house.folder / "ledger.jsonl").read_text(encoding="utf-8").splitlines())
    told = Counter(line["letter"] for line in lines if line["kind"] == "sent")
    wanted = {digest(row["form_key"]) for row in rows if row["state"] == "sent"}
    return sum(n != 1 for n in told.values()) + len(wanted ^ set(told))


def told(load: Load) -> str:
    """What was seen, in two lines."""
    ids = {row["message_id"] for row in load.db.rows("SELECT message_id FROM letters")}
    copies = sum(n - 1 for id, n in load.sink.taken.items() if id in ids)
    states = Counter(row["state"] for row in load.db.rows("SELECT state FROM letters"))
    pages, mails = (sorted(side) for side in zip(*load.ready, strict=True)) if load.ready else ([0.0], [0.0])
    return (
        f"{dict(sorted(states.items()))}; {len(load.promised.written)} written and {len(load.promised.confirmed)} confirmed "
        f"with success; {copies} copies after {sum(load.killed.values())} kills {dict(load.killed)} and "
        f"{sum(n for id, n in load.sink.lost.items() if id in ids)} lost answers\n"
        f"  ready again after {len(load.ready)} whole outages: first page {pages[len(pages) // 2]:.1f} s, at worst "
        f"{pages[-1]:.1f} s; first mail {mails[len(mails) // 2]:.1f} s, at worst {mails[-1]:.1f} s"
    )
