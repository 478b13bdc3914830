"""`python -m tests.bench.draining [letters]`: letters a second through the queue, the gate and both commits.

Beside it, in the same run: `smtplib` alone with a kept connection and the same bytes prebuilt; and sixteen connections
beside one, against a server that is 20 ms away.
"""

import asyncio
import multiprocessing
import smtplib
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from aiosmtpd.smtp import SMTP

from campaign.flow import sending
from campaign.postbox import postbox
from campaign.store.database import Database, connect
from campaign.store.migrations import migrate
from tests import given
from tests.postgres import throw_away_server

ROUNDS = 3
WANTED_OF_SMTPLIB, WANTED_OF_ONE = 0.4, 12.0


class _Sink:
    """Takes every letter and keeps none; a server that is `away` answers each command so many seconds later."""

    def __init__(self, away: float):
        self.away = away

    async def _answer(self, words: str) -> str:
        if self.away:
            await asyncio.sleep(self.away)
        return words

    async def handle_MAIL(self, server, session, envelope, address, options):  # type: ignore[no-untyped-def]
        envelope.mail_from = address
        return await self._answer("250 yes")

    async def handle_RCPT(self, server, session, envelope, address, options):  # type: ignore[no-untyped-def]
        envelope.rcpt_tos.append(address)
        return await self._answer("250 yes")

    async def handle_DATA(self, server, session, envelope):  # type: ignore[no-untyped-def]
        # The leave to send and the last answer: two ways to and fro.
        await self._answer("")
        return await self._answer("250 taken")


def _serve(away: float, port: "multiprocessing.Queue[int]") -> None:
    async def open_up() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: SMTP(_Sink(away), hostname="sink"), "127.0.0.1", 0)
        port.put(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(open_up())


@contextmanager
def sink(away: float = 0.0) -> Iterator[int]:
    """The port of a mail server (aiosmtpd) that keeps nothing, in a process of its own."""
    context = multiprocessing.get_context("spawn")
    port: multiprocessing.Queue[int] = context.Queue()
    server = context.Process(target=_serve, args=(away, port), daemon=True)
    server.start()
    yield port.get()
    server.terminate()


def filled(url: str, letters: int) -> Database:
    """A database with so many letters queued, of ten cases with an addressee each."""
    db = connect(url, pool=40, ledger=Path(tempfile.mkdtemp()) / "ledger.jsonl")
    migrate(db)
    cases = [given.an_open_case(db, f"Person Number{n}", ua=f"{30 + n}/26") for n in range(10)]
    for n in range(letters):
        given.a_letter(db, cases[n % 10])
    db.run("DELETE FROM notices")
    return db


def drained(db: Database, port: int, connections: int, letters: int | None = None) -> float:
    """Letters a second: all of them, or the first so many, are put back into the queue first."""
    due = "2026-11-22T12:00:00.000000Z"
    db.run("UPDATE letters SET state = 'sent'")
    db.run(
        "UPDATE letters SET state = 'queued', next_at = :now, attempts = 0 WHERE id <= :last",
        now=due,
        last=letters or 10**9,
    )
    (waiting,) = db.rows("SELECT count(*) AS n FROM letters WHERE state = 'queued'")
    boxes = [postbox(f"smtp://127.0.0.1:{port}?tls=none", per_session=10**6) for _ in range(connections)]
    hands = [threading.Thread(target=sending.drain, args=(sender,)) for box in boxes for sender in _senders(db, box)]
    began = time.perf_counter()
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    took = time.perf_counter() - began
    (left,) = db.rows("SELECT count(*) AS n FROM letters WHERE state <> 'sent'")
    assert left["n"] == 0
    for box in boxes:
        box.close()
    return waiting["n"] / took


def _senders(db: Database, box: object) -> list[sending.Sender]:
    """As `campaign send` has them: two that take turns on one connection."""
    turn = threading.Lock()
    return [
        replace(given.a_sender(db, box), clock=lambda: datetime.now(UTC), turn=turn)
        for _ in range(sending.SENDERS_ON_A_CONNECTION)
    ]


def bare(db: Database, port: int) -> float:
    """The same bytes by `smtplib` alone."""
    wires = [bytes(row["wire"]) for row in db.rows("SELECT wire FROM letters")]
    with smtplib.SMTP("127.0.0.1", port) as server:
        began = time.perf_counter()
        for wire in wires:
            server.sendmail("letters@campaign.example", ["director@justice.example"], wire)
        return len(wires) / (time.perf_counter() - began)


def compare(name: str, db: Database, letters: int) -> bool:
    with sink() as port:
        pairs = [(bare(db, port), drained(db, port, 1)) for _ in range(ROUNDS)]
        several = statistics.median(drained(db, port, 4) for _ in range(ROUNDS))
    smtp, one = (statistics.median(side) for side in zip(*pairs, strict=True))
    ratio = statistics.median(mine / theirs for theirs, mine in pairs)
    print(f"{name}: smtplib {smtp:.0f}/s   one connection {one:.0f}/s   ratio {ratio:.2f} (wanted {WANTED_OF_SMTPLIB})")
    print(f"{name}: four connections {several:.0f}/s")
    with sink(away=0.02) as port:
        far_one, far_many = drained(db, port, 1, 40), drained(db, port, 16)
    times = far_many / far_one
    print(
        f"{name}: 20 ms away: one {far_one:.1f}/s   sixteen {far_many:.1f}/s   {times:.1f} times (wanted {WANTED_OF_ONE:g})"
    )
    return ratio >= WANTED_OF_SMTPLIB and times >= WANTED_OF_ONE


def main() -> int:
    letters = int(sys.argv[1]) if len(sys.argv) > 1 else 600
    fine = compare("SQLite", filled(f"sqlite:{Path(tempfile.mkdtemp())}/campaign.db", letters), letters)
    with throw_away_server() as url:
        if url:
            fine = compare("PostgreSQL", filled(url, letters), letters) and fine
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
