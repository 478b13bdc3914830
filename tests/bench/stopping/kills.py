"""Kills at random moments, under load and under a moody mail server."""

import random
import time
from contextlib import closing

from tests.bench.stopping.house import a_house
from tests.bench.stopping.load import at_work, faults, told
from tests.bench.stopping.sink import Moods, Sink

READY = 5.0


def kills(times: int, on_postgres: bool) -> bool:
    """So many processes are killed, one or all at a time; two cases are closed on the way."""
    sink = Sink(moods=Moods())
    with a_house(sink.port, on_postgres=on_postgres) as house, closing(house.database()) as db:
        with at_work(house, db, sink) as load:
            while (so_far := sum(load.killed.values())) < times:
                time.sleep(2 * random.random())
                load.kill_something()
                for place, case in enumerate(load.cases):
                    if so_far > times * (place + 1) / 3 and f"stop{place}@justice.example" not in load.closed:
                        load.close(case)
        house.end()
        found, seen = faults(load), told(load)
    mails = sorted(mail for _, mail in load.ready)
    is_slow = bool(mails) and mails[len(mails) // 2] > READY
    print(f"{sum(load.killed.values())} kills: {seen}")
    print(f"  answers of the pages: {dict(sorted(load.promised.answers.items()))}")
    for fault in found:
        print(f"  BROKEN: {fault}")
    if late := sum(mail > READY for mail in mails):
        print(f"  {late} of {len(mails)} times mail went again only after more than {READY:g} s")
    return not found and not is_slow
