"""The crew of senders outlives what happens to the database, and never leaves a letter half told."""

import threading
from dataclasses import dataclass
from typing import Any

import pytest

from campaign.cli.serving import Crew
from campaign.cli.surroundings import Surroundings, now
from campaign.domain.letter import LetterState
from campaign.domain.refusals import StorageFailed
from campaign.settings import Settings
from campaign.store import letters
from tests import given
from tests.bench.stopping.house import wait_until


@dataclass
class AwayForAWhile:
    """A database that does not answer so many times, as while its server starts again."""

    db: Any
    failures: int

    def rows(self, sql: str, **parameters: Any) -> Any:
        if self.failures > 0:
            self.failures -= 1
            raise StorageFailed("it starts again")
        return self.db.rows(sql, **parameters)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.db, name)


def a_crew(db, tmp_path, *, once: bool = False) -> tuple[Crew, threading.Event]:
    surroundings = Surroundings(Settings(data=tmp_path, secret_key="x" * 40, smtp_connections=2))
    surroundings.__dict__["db"] = db
    stop = threading.Event()
    return Crew(surroundings, stop, once=once), stop


def test_senders_wait_for_a_database_that_is_away_and_go_on_when_it_is_back(db, tmp_path):
    letter = given.a_letter(db, given.an_open_case(db), now=now())
    crew, stop = a_crew(AwayForAWhile(db, failures=6), tmp_path)

    crew.start()
    arrived = wait_until(lambda: letters.letter(db, letter.id).state is LetterState.SENT, 20)
    stop.set()
    crew.wait()

    assert arrived
    assert crew.trouble is None


def test_one_that_sends_only_once_says_that_the_database_is_away(db, tmp_path):
    crew, _ = a_crew(AwayForAWhile(db, failures=99), tmp_path, once=True)

    with pytest.raises(StorageFailed):
        crew.start()


def test_a_fault_in_what_is_minded_lets_each_sender_finish_its_letter(db, tmp_path, monkeypatch):
    letter = given.a_letter(db, given.an_open_case(db), now=now())
    crew, stop = a_crew(db, tmp_path)
    monkeypatch.setattr(crew, "_mind", lambda: [][1])

    crew.mind()
    assert stop.is_set()
    assert isinstance(crew.trouble, IndexError)
    assert letters.letter(db, letter.id).state is LetterState.QUEUED


def test_a_close_that_could_not_be_saved_says_so_and_ends_with_3(sqlite_url, tmp_path, monkeypatch):
    from click.testing import CliRunner

    from campaign.cli import campaign, cases
    from campaign.store.database import connect

    db = connect(sqlite_url)
    ana = given.an_open_case(db)
    monkeypatch.setenv("CAMPAIGN_DATABASE", sqlite_url)
    monkeypatch.setenv("CAMPAIGN_DATA", str(tmp_path))

    def locked(*_: object, **__: object) -> None:
        raise StorageFailed("database is locked")

    monkeypatch.setattr(cases.deciding, "close", locked)
    done = CliRunner().invoke(campaign, ["close", ana.path, "--reason", "Free."])

    assert done.exit_code == 3
    assert "The closing is not done" in done.output
    db.close()
