"""A mail server that misbehaves at every step: the real sender neither dies nor hangs, and letters to others go on."""

import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from campaign.store.database import Database
from tests.bench.stopping.house import a_house, two_people, wait_until
from tests.smtp_server import DROP, STALL, Cut, Server, smtp_server

TIMES = {"smtp_connect_timeout": 1, "smtp_command_timeout": 1, "smtp_data_timeout": 1.5}
LONGEST = 1 + 6 * 1 + 1.5
LETTERS = (6, 20)


@dataclass(frozen=True)
class Trouble:
    """What the server answers at a step: to three talks, or to whoever is written to for the first of two people."""

    name: str
    step: str
    answer: object
    is_for_one: bool = False
    times: int = 3


TROUBLES = (
    Trouble("silent at the greeting", "GREETING", STALL),
    Trouble("silent at EHLO", "EHLO", STALL),
    Trouble("silent at MAIL", "MAIL", STALL),
    Trouble("silent at RCPT", "RCPT", STALL, is_for_one=True, times=8),
    Trouble("silent at DATA", "DATA", STALL),
    Trouble("silent at the last dot", "DOT", STALL, is_for_one=True),
    Trouble("cut in the middle of the text", "DATA", Cut(b"354 go on\r\n")),
    Trouble("hangs up after the text", "DOT", DROP, is_for_one=True),
    Trouble("greylists", "RCPT", "451 4.7.1 greylisted, please come back", is_for_one=True, times=12),
    Trouble("speaks garbage at the greeting", "GREETING", b"\xff\xfe\x00 what?\r\n"),
    Trouble("speaks garbage at MAIL", "MAIL", b"\x00\xff\r\n"),
    Trouble("speaks garbage after the text", "DOT", b"ni hao\r\n", is_for_one=True),
    Trouble("turns us away", "GREETING", "554 5.3.2 not today"),
    Trouble("ends every talk", "RCPT", "421 4.3.2 shutting down", is_for_one=True, times=6),
    Trouble("refuses the recipient", "RCPT", "550 5.1.1 no such user", is_for_one=True, times=99),
)


def troubles(rounds: int, on_postgres: bool) -> bool:
    """Each trouble in turn, with one sender of four connections that is never started again."""
    broken, ends = [], Counter[str]()
    slowest, others = 0.0, []
    with smtp_server() as server, a_house(server.port, on_postgres=on_postgres, **TIMES) as house:
        with closing(house.database()) as db:
            house.start("sender", "send")
            for turn, trouble in enumerate(TROUBLES * rounds):
                took, states = _suffered(db, server, turn, trouble)
                others.append(took)
                ends.update(states)
                if house.started["sender"].poll() is not None:
                    broken.append(f"{trouble.name}: the sender died")
                    house.start("sender", "send")
                if took > LONGEST:
                    broken.append(f"{trouble.name}: letters to others took {took:.1f} s")
                if left := states["queued"] + states["sending"]:
                    broken.append(f"{trouble.name}: {left} letters hang")
                print(
                    f"  {trouble.name}: letters to others had gone after {took:.1f} s; {dict(sorted(states.items()))}"
                )
            slowest = _longest_in_hand(db)
        house.end()
        if house.call("check").returncode:
            broken.append("check finds differences")
    if slowest > LONGEST + 1:
        broken.append(f"a letter was in hand for {slowest:.1f} s")
    print(
        f"{len(others)} troubles: {dict(sorted(ends.items()))}; no letter was in hand longer than {slowest:.1f} s (time-outs "
        f"allow {LONGEST:g} s); letters to others took {max(others):.1f} s at worst"
    )
    for fault in broken:
        print(f"  BROKEN: {fault}")
    return not broken


def _suffered(db: Database, server: Server, turn: int, trouble: Trouble) -> tuple[float, Counter[str]]:
    """How long it took until the letters to the other one had gone, and what became of all."""
    server.hang_up()
    server.on(trouble.step, trouble.answer, to=f"stop{turn}@" if trouble.is_for_one else None, times=trouble.times)
    began = time.monotonic()
    pair = two_people(db, turn, LETTERS)
    wait_until(lambda: _states(db, pair[1].id)["sent"] == LETTERS[1], 30)
    took = time.monotonic() - began
    wait_until(
        lambda: not sum(_states(db, case.id)[state] for case in pair for state in ("queued", "sending")), 30, 0.1
    )
    server.on(trouble.step, None, times=0)
    return took, _states(db, pair[0].id) + _states(db, pair[1].id)


def _states(db: Database, case: int) -> Counter[str]:
    rows = db.rows("SELECT state, count(*) AS n FROM letters WHERE case_id = :id GROUP BY state", id=case)
    return Counter({row["state"]: row["n"] for row in rows})


def _longest_in_hand(db: Database) -> float:
    """The seconds for which any letter was `sending`, by its events."""
    rows = db.rows("SELECT letter_id, at, after_state FROM events WHERE letter_id IS NOT NULL ORDER BY letter_id, id")
    spans = [
        (datetime.fromisoformat(after["at"]) - datetime.fromisoformat(before["at"])).total_seconds()
        for before, after in pairwise(rows)
        if before["letter_id"] == after["letter_id"] and before["after_state"] == "sending"
    ]
    return max(spans, default=0.0)
