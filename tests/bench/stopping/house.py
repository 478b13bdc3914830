"""One installation for a scenario: its data folder, its database on either engine, and the processes that run on it."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any

from campaign.domain.case import Case
from campaign.store.database import Database, connect
from campaign.store.migrations import migrate
from tests import given
from tests.postgres import Server, durable_server

CAMPAIGN = [sys.executable, "-m", "campaign"]
SECRET = "only for this bench, and long enough"


def now() -> datetime:
    return datetime.now(UTC)


@dataclass
class House:
    """`started` are the processes that were started and not yet ended, by their names."""

    folder: Path
    url: str
    environment: dict[str, str]
    port: int
    postgres: Server | None = None
    started: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def web(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def database(self) -> Database:
        return connect(self.url, ledger=self.folder / "ledger.jsonl")

    def start(self, name: str, *words: str) -> None:
        with (self.folder / "log").open("ab") as log:
            self.started[name] = subprocess.Popen([*CAMPAIGN, *words], env=self.environment, stdout=log, stderr=log)

    def kill(self, name: str) -> None:
        process = self.started.pop(name)
        process.kill()
        process.wait()

    def end(self, patience: float = 60) -> None:
        """Ends all of them as TERM does."""
        for process in self.started.values():
            process.send_signal(signal.SIGCONT)
            process.terminate()
        for process in self.started.values():
            process.wait(patience)
        self.started.clear()

    def call(self, *words: str, seconds: float = 300, **other: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*CAMPAIGN, *words], env=self.environment | other, capture_output=True, text=True, check=False,
            timeout=seconds,
        )  # fmt: skip

    def counted(self) -> dict[str, int]:
        """What `campaign counts` says, by state."""
        told = self.call("counts", "--by", "state", "--json").stdout.splitlines()
        return {row["state"]: row["n"] for row in map(json.loads, told)}


@contextmanager
def a_house(sink_port: int, *, on_postgres: bool = False, **settings: object) -> Iterator[House]:
    """An installation without any data that sends to this mail server; whatever runs in it is ended with it."""
    with tempfile.TemporaryDirectory(prefix="stopping-") as name, _engine(Path(name), on_postgres) as (url, server):
        port = _free_port()
        words: dict[str, object] = {
            "data": name, "database": url, "smtp": f"smtp://127.0.0.1:{sink_port}?tls=none", "secret_key": SECRET,
            "retry_delays": "0.2,0.5,1", "letters_per_network": 10**6, "base_url": f"http://127.0.0.1:{port}", **settings,
        }  # fmt: skip
        environment = {word: value for word, value in os.environ.items() if not word.startswith("CAMPAIGN_")}
        environment |= {f"CAMPAIGN_{word.upper()}": str(value) for word, value in words.items()}
        house = House(Path(name), url, environment, port, server)
        with closing(house.database()) as db:
            migrate(db)
        try:
            yield house
        finally:
            for one in list(house.started):
                house.kill(one)


@contextmanager
def _engine(folder: Path, on_postgres: bool) -> Iterator[tuple[str, Server | None]]:
    if not on_postgres:
        yield f"sqlite:{folder}/campaign.db", None
        return
    with durable_server() as server:
        if server is None:
            sys.exit("PostgreSQL is not to be had on this machine.")
        yield server.url, server


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def two_people(db: Database, turn: int, letters: tuple[int, int]) -> tuple[Case, Case]:
    """Two cases of two actions, one to be closed and one to go on, whose letters wait in turn."""
    at, cases, rows = now(), [], []
    for place, word in enumerate(("stop", "go")):
        addressee = given.ADDRESSEE.replace("director@", f"{word}{turn}@")
        ua = f"{10 + turn % 80}/{10 + 2 * (turn // 80) + place}"
        cases.append(given.an_open_case(db, "Ana Ruiz", ua=ua, addressee=addressee, now=at))
        pattern = row_of(db, given.a_letter(db, cases[-1], now=at).id)
        rows.append([like(pattern) for _ in range(letters[place] - 1)])
    insert(db, [row for both in zip_longest(*rows) for row in both if row])
    db.run("DELETE FROM notices")
    return cases[0], cases[1]


def row_of(db: Database, id: int) -> dict[str, Any]:
    (row,) = db.rows("SELECT * FROM letters WHERE id = :id", id=id)
    del row["id"]
    return row


def like(row: dict[str, Any], **other: object) -> dict[str, Any]:
    """Another letter like this one, from another writer and with a Message-ID of its own."""
    word = given.a_token()
    known_by = f"<{word}@campaign.example>"
    wire = bytes(row["wire"]).replace(row["message_id"].encode(), known_by.encode())
    own = {"receipt": word, "form_key": word, "writer": word, "confirm_hash": word, "email": f"{word}@sol.example"}
    return row | own | {"message_id": known_by, "wire": wire} | other


def insert(db: Database, rows: list[dict[str, Any]]) -> None:
    """Puts letters into the queue, all in one transaction."""
    columns = ", ".join(rows[0])
    db.run_many(f"INSERT INTO letters ({columns}) VALUES ({', '.join(f':{name}' for name in rows[0])})", rows)


def wait_until(so: Callable[[], Any], seconds: float, step: float = 0.02) -> bool:
    """Whether it came to be so within the time."""
    until = time.monotonic() + seconds
    while not so():
        if time.monotonic() > until:
            return False
        time.sleep(step)
    return True
