"""Cases are closed while senders drain their letters: nothing may leave any more, and nobody else may be held up."""

import os
import random
import signal
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from campaign.domain.case import Case
from campaign.flow import deciding
from campaign.store import cases
from campaign.store.database import Database
from tests import given
from tests.bench.stopping.house import House, a_house, now, two_people, wait_until
from tests.bench.stopping.sink import Sink

LETTERS = (150, 60)
PROMPT = 2.0
WAYS = {
    "close": "`campaign close` with the start of Python",
    "ingest": "`campaign ingest` with it",
    "inside": "without it",
}


@dataclass
class Seen:
    """What the rounds of one scenario showed. `ways` has the seconds of each closing, by how it was closed."""

    late: int = 0
    after_commit: int = 0
    left_in_queue: int = 0
    held_up: int = 0
    meanwhile: int = 0
    stopped: int = 0
    unfinished: int = 0
    ways: dict[str, list[float]] = field(default_factory=dict)

    @property
    def is_good(self) -> bool:
        return not (self.late or self.after_commit or self.left_in_queue or self.held_up or self.unfinished)

    def __str__(self) -> str:
        return (
            f"{self.late} DATA after one had returned, {self.after_commit} after its commit (wanted 0 and 0); {self.stopped} "
            f"letters stopped, {self.meanwhile} others went during the closings, {self.held_up} others did not go, "
            f"{self.left_in_queue} left behind, {self.unfinished} closings unfinished"
        )

    def times(self) -> str:
        return "; ".join(
            f"{way} {sorted(took)[len(took) // 2]:.2f} s, at worst {max(took):.2f} s" for way, took in self.ways.items()
        )


def closings(rounds: int, on_postgres: bool) -> bool:
    """By the terminal, by a final output and inside this process, in turn; the server takes 5 ms for every answer."""
    sink, seen = Sink(), Seen()
    with a_house(sink.port, on_postgres=on_postgres) as house, closing(house.database()) as db:
        _senders(house, 4 if on_postgres else 2)
        for turn in range(rounds):
            way = ("close", "ingest", "inside")[turn % 3]

            def close(case: Case, turn: int = turn, way: str = way) -> float:
                began, returned = _close(house, db, case, turn, way)
                seen.ways.setdefault(WAYS[way], []).append(returned - began)
                return returned

            _round(house, db, sink, seen, turn, close)
        house.end()
        is_sound = _check(house)
    print(f"{rounds} closings: {seen}")
    print(f"  a closing took: {seen.times()}")
    slow = max(seen.ways.get(WAYS["inside"], []), default=0.0)
    if slow > PROMPT:
        print(f"  the slowest closing took {slow:.2f} s, wanted {PROMPT:g} s")
    return seen.is_good and is_sound and slow <= PROMPT


def frozen(rounds: int, on_postgres: bool) -> bool:
    """A sender is stopped by SIGSTOP around the closing: it is waited for, or the closing says that it could not wait."""
    sink, seen = Sink(), Seen()
    waited = told = locked = 0
    short = {"smtp_connect_timeout": 0.4, "smtp_command_timeout": 0.2, "smtp_data_timeout": 0.4}
    with a_house(sink.port, on_postgres=on_postgres) as house, closing(house.database()) as db:
        _senders(house, 2)
        for turn in range(rounds):
            is_impatient = turn % 2 == 1
            patience = {f"CAMPAIGN_{word.upper()}": str(value) for word, value in short.items()} if is_impatient else {}

            def close(case: Case, patience: dict[str, str] = patience) -> float:
                nonlocal waited, told, locked
                victim = house.started[f"sender {random.randrange(2)}"]
                victim.send_signal(signal.SIGSTOP)
                began = time.time()
                if not patience:
                    _thaw_later(1.0, victim.pid)
                done = house.call("close", case.path, "--reason", "Free.", **patience)
                returned = time.time()
                assert done.returncode in (0, 3), done.stderr
                waited += done.returncode == 0
                time.sleep(0.3)
                victim.send_signal(signal.SIGCONT)
                if done.returncode == 3 and "not done" in done.stderr:
                    # It was frozen in the middle of a transaction, so nobody could save anything.
                    locked += 1
                    done = house.call("close", case.path, "--reason", "Free.")
                    returned = time.time()
                elif done.returncode == 3:
                    told += 1
                    assert "handed over" in done.stderr, done.stderr
                seen.ways.setdefault("frozen", []).append(returned - began)
                return returned if done.returncode == 0 else float("inf")

            _round(house, db, sink, seen, turn, close)
        house.end()
        is_sound = _check(house)
    print(f"{rounds} closings with a frozen sender: {seen}")
    print(
        f"  {waited} were done when they returned, {told} said that letters were in hand and finished by themselves, {locked} "
        "said that nothing could be saved while the frozen one held the database, and were asked for again"
    )
    return seen.is_good and is_sound


def stalled(rounds: int, on_postgres: bool) -> bool:
    """The mail server falls silent for the case that is closed, at RCPT, at DATA or at the last dot."""
    sink, seen = Sink(), Seen()
    times = {"smtp_connect_timeout": 2, "smtp_command_timeout": 1.5, "smtp_data_timeout": 3}
    longest = 3 + PROMPT
    with a_house(sink.port, on_postgres=on_postgres, **times) as house, closing(house.database()) as db:
        _senders(house, 4 if on_postgres else 2)
        for turn in range(rounds):
            step = ("RCPT", "DATA", "DOT")[turn % 3]

            def close(case: Case, step: str = step, turn: int = turn) -> float:
                sink.stalls.add(f"{step} stop{turn}@")
                time.sleep(0.1)
                began, returned = _close(house, db, case, turn, "inside")
                seen.ways.setdefault(f"silent at {step}", []).append(returned - began)
                sink.stalls.clear()
                return returned

            _round(house, db, sink, seen, turn, close)
        house.end()
        is_sound = _check(house)
    print(f"{rounds} closings with a mail server that falls silent: {seen}")
    print(f"  a closing took, without the start of Python and with time-outs of 1.5 and 3 s: {seen.times()}")
    return seen.is_good and is_sound and max(max(took) for took in seen.ways.values()) < longest


def _senders(house: House, n: int) -> None:
    for place in range(n):
        house.start(f"sender {place}", "send")


def _round(house: House, db: Database, sink: Sink, seen: Seen, turn: int, close: Callable[[Case], float]) -> None:
    """One closing in the middle of a queue; `close` gives the instant at which nothing may leave any more."""
    before = len(sink.data)
    to_close, to_go = two_people(db, turn, LETTERS)
    stop, go = f"stop{turn}@justice.example", f"go{turn}@justice.example"
    some = random.randrange(3, 15)
    assert wait_until(lambda: len(sink.sent_to(stop, before)) >= some, 60, 0.002), "nothing left at all"
    began = time.time()
    returned = close(to_close)
    if not wait_until(lambda: cases.case(db, to_close.id).state == "closed", 20):
        seen.unfinished += 1
    wait_until(lambda: _waiting(db, to_go.id) == 0, 60)
    time.sleep(0.05)
    closed = _closed_at(db, to_close.id)
    left = sink.sent_to(stop, before)
    seen.late += sum(at > returned for at in left)
    seen.after_commit += sum(closed is not None and at > closed.timestamp() for at in left)
    seen.left_in_queue += _waiting(db, to_close.id)
    seen.held_up += _waiting(db, to_go.id) + (LETTERS[1] > len(sink.sent_to(go, before)))
    seen.meanwhile += sum(began < at < (closed.timestamp() if closed else 0) for at in sink.sent_to(go, before))
    (row,) = db.rows("SELECT count(*) AS n FROM letters WHERE case_id = :id AND state = 'stopped'", id=to_close.id)
    seen.stopped += row["n"]


def _waiting(db: Database, case: int) -> int:
    (row,) = db.rows(
        "SELECT count(*) AS n FROM letters WHERE case_id = :id AND state IN ('queued', 'sending')", id=case
    )
    return int(row["n"])


def _closed_at(db: Database, case: int) -> datetime | None:
    rows = db.rows(
        "SELECT at FROM events WHERE case_id = :id AND letter_id IS NULL AND after_state = 'closed'", id=case
    )
    return datetime.fromisoformat(rows[0]["at"].replace("Z", "+00:00")) if rows else None


def _close(house: House, db: Database, case: Case, turn: int, way: str) -> tuple[float, float]:
    """When the closing began and when it had returned."""
    paper = house.folder / f"final-{turn}.txt"
    paper.write_bytes(given.an_output(ua=case.ua, ordinal=2, final=True, says={"Ana Ruiz": given.CLOSED}))
    began = time.time()
    if way == "inside":
        decided = deciding.close(db, case.id, reason="Free.", by="Ada", now=now(), patience=timedelta(seconds=60))
        assert decided.in_hand == 0
    else:
        words = ("close", case.path, "--reason", "Free.") if way == "close" else ("ingest", str(paper))
        done = house.call(*words)
        assert done.returncode == 0, (done.stdout, done.stderr)
    return began, time.time()


def _thaw_later(seconds: float, process: int) -> None:
    thawing = threading.Timer(seconds, os.kill, (process, signal.SIGCONT))
    thawing.daemon = True
    thawing.start()


def _check(house: House) -> bool:
    done = house.call("check")
    print(f"  check: {done.stdout.strip() or done.stderr.strip().splitlines()[-1]}")
    return done.returncode == 0
