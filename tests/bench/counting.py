"""`python -m tests.bench.counting`: the organizers' first page and a case page with five million letters.

    python -m tests.bench.counting millions [N] [sqlite|postgresql] [FOLDER]
    python -m tests.bench.counting equal [N] [sqlite|postgresql]

`millions` makes N letters as rows (`tests.bench.millions`), lets the sender's upkeep remember them, and asks each page of
an application in a new process. Cold is the first answer of that process, after the pages of the database file were given
back to the system (`posix_fadvise`; on PostgreSQL its own buffers stay, so there cold means the process and its
connection). The case page is asked in turn with 5,000 and with N letters. A FOLDER keeps the letters for another run.
`equal` writes N letters through the pages, a tenth of them before and after two senders work, and compares every number
with a count of the exported letters before, ten times during, and after (`tests/equality.py`).
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from campaign.domain.account import Role
from campaign.flow import joining
from campaign.settings import Settings
from campaign.store import cases, finished
from campaign.store.database import Database, connect
from campaign.store.migrations import migrate
from campaign.web.app import create_app
from tests import given
from tests.bench import millions
from tests.equality import Load
from tests.postgres import throw_away_server
from tests.web.conftest import House

FEW, PASSWORD, ASKED = 5_000, "correct horse battery", 60
STAFF = ("/organizer/", "/organizer/sent/", "/organizer/sent/?state=uncertain")
FILTERED = (
    "/organizer/?case=10-26/person-a-odu", "/organizer/?channel=post", "/organizer/?country=FR",
    f"/organizer/?from={datetime.now(UTC).date().replace(day=1)}",
)  # fmt: skip


def settings(folder: str) -> Settings:
    return Settings(data=Path(folder), secret_key="only for the benchmark, and long enough to be one")


def client(url: str, folder: str):
    app = create_app(settings(folder), connect(url, pool=4))
    browser = app.test_client()
    return browser, app


def sign_in(browser) -> None:
    import re

    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get("/sign-in").text)[1]
    sent = browser.post("/sign-in", data={"csrf_token": token, "name": "Olu", "password": PASSWORD})
    assert sent.status_code == 303, sent.status_code


def ask(browser, path: str) -> float:
    began = time.perf_counter()
    answer = browser.get(path)
    took = time.perf_counter() - began
    assert answer.status_code == 200, (path, answer.status_code)
    return 1000 * took


def one_process(url: str, folder: str, path: str) -> None:
    """In a process of its own: the first answer, the median of ten more, and the memory it took."""
    browser, _ = client(url, folder)
    if path.startswith("/organizer"):
        sign_in(browser)
        _give_back(url)
    first = ask(browser, path)
    again = statistics.median(ask(browser, path) for _ in range(10))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"first": first, "again": again, "memory": memory}))


def _give_back(url: str) -> None:
    """Asks the system to forget what it keeps of the file in memory."""
    if url.startswith("sqlite:"):
        for end in ("", "-wal"):
            with contextlib.suppress(OSError), Path(url.removeprefix("sqlite:") + end).open("rb") as file:
                os.fsync(file.fileno())
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def in_its_own_process(url: str, folder: str, path: str) -> dict[str, float]:
    _give_back(url)
    words = [sys.executable, "-m", "tests.bench.counting", "one", url, folder, path]
    return json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)


@contextlib.contextmanager
def database(engine: str, folder: str, n: int) -> Iterator[str]:
    """A database with n letters, made unless the folder has it."""
    if engine == "postgresql":
        with throw_away_server() as url:
            assert url, "PostgreSQL is not to be had"
            _fill(url, n)
            yield url
        return
    url = f"sqlite:{folder}/{n}.db"
    if not Path(f"{folder}/{n}.db").exists():
        _fill(url, n)
    yield url


def _fill(url: str, n: int) -> None:
    db = connect(url)
    made, began, stretches = millions.make(db, n), time.perf_counter(), 0
    while finished.remember(db, datetime.now(UTC)):
        stretches += 1
    print(
        f"  {n:,} letters made in {made:.0f} s, remembered in {time.perf_counter() - began:.0f} s ({stretches} stretches)"
    )
    joining.add_account(db, "Olu", Role.ORGANIZER, PASSWORD, datetime.now(UTC))
    _tell_sizes(db)
    db.close()


def _tell_sizes(db: Database) -> None:
    cells, faces = (db.rows(f"SELECT count(*) AS n FROM finished_{what}")[0]["n"] for what in ("days", "faces"))
    print(f"  {cells:,} cells of finished days, {faces:,} of faces")


def case_pages(few: str, many: str, folder: str) -> None:
    """The case page with few and with many letters, in turn; and what the number alone takes."""
    asked: dict[str, Callable[[], float]] = {}
    for name, url in (("few", few), ("many", many)):
        browser, app = client(url, folder)
        path = f"/ua/{cases.cases(app.extensions['desk'].db)[20].path}"
        asked[name] = lambda browser=browser, path=path: ask(browser, path)
    took: dict[str, list[float]] = {name: [] for name in asked}
    for turn in range(ASKED + 5):
        for name, once in asked.items():
            found = once()
            if turn >= 5:
                took[name].append(found)
    few_ms, many_ms = (statistics.median(took[name]) for name in ("few", "many"))
    ratio = f"ratio {few_ms / many_ms:.2f} (wanted 0.8)"
    print(f"  case page: {few_ms:.2f} ms with {FEW:,} letters, {many_ms:.2f} ms with the many: {ratio}")


def measure(n: int, engine: str, folder: str) -> None:
    print(f"{engine}, {n:,} letters; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} when it began")
    with database(engine, folder, n) as many:
        for path in (*STAFF, *FILTERED):
            found = in_its_own_process(many, folder, path)
            wanted = " (wanted: under 300)" if path == "/organizer/" else ""
            print(f"  {path}: cold {found['first']:.0f} ms{wanted}, again {found['again']:.0f} ms; "
                  f"the process took {found['memory']:.0f} MB at most")  # fmt: skip
        with database("sqlite", folder, FEW) if engine == "sqlite" else database(engine, folder, FEW) as few:
            case_pages(few, many, folder)
    print(f"  load {os.getloadavg()[0]:.1f} when it ended")


def equal(n: int, engine: str) -> None:
    folder, began = tempfile.mkdtemp(), time.perf_counter()
    with (
        throw_away_server() if engine == "postgresql" else contextlib.nullcontext(f"sqlite:{folder}/campaign.db") as url
    ):
        assert url, "PostgreSQL is not to be had"
        db = connect(url, ledger=Path(folder) / "ledger.jsonl")
        migrate(db)
        for name, role in (("Olu", Role.ORGANIZER), ("Ada", Role.ADMIN)):
            joining.add_account(db, name, role, PASSWORD, given.NOON)
        app = create_app(settings(folder), db)
        app.test_client_class, desk = House, app.extensions["desk"]
        desk.office = replace(desk.office, token=given.a_token, letters_per_network=10**9)
        load = Load(app, db, url, folder, ask=app.test_client(), olu=app.test_client(), ada=app.test_client())
        load.write(n // 10)
        load.compare_everywhere()
        compared = load.run_with_two_senders(n - 2 * (n // 10))
        load.work()
        load.close_one()
        load.send()
        load.write(n // 10)
        whole = load.compare_everywhere()
        db.close()
    print(
        f"{engine}, {n:,} letters: equal before, {compared} times during and after; {time.perf_counter() - began:.0f} s"
    )
    print("  " + ", ".join(f"{word} {count:,}" for word, count in sorted(whole.items())))


def main(words: list[str]) -> int:
    if words and words[0] == "one":
        one_process(*words[1:4])
    elif words and words[0] == "equal":
        equal(int(words[1]) if len(words) > 1 else 10_000, words[2] if len(words) > 2 else "sqlite")
    else:
        n = int(words[1]) if len(words) > 1 else 5_000_000
        engines = words[2:3] or ["sqlite", "postgresql"]
        for engine in engines:
            measure(n, engine, words[3] if len(words) > 3 else tempfile.mkdtemp())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
