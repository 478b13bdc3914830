"""What every test can ask for: a database on each engine, the application, a browser client that minds the house rules."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from campaign.store.database import Database, connect
from campaign.store.migrations import migrate
from tests.postgres import throw_away_server


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("migrated") / "campaign.db"
    db = connect(f"sqlite:{file}")
    migrate(db)
    db.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    return file


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a migrated PostgreSQL database; a test that asks for it is skipped where there is none."""
    with throw_away_server() as url:
        if url is None:
            pytest.skip("PostgreSQL is not to be had on this machine")
        db = connect(url)
        migrate(db)
        yield url
        db.close()


@pytest.fixture
def sqlite_url(tmp_path: Path, migrated_file: Path) -> str:
    shutil.copy(migrated_file, tmp_path / "campaign.db")
    return f"sqlite:{tmp_path / 'campaign.db'}"


@pytest.fixture
def postgres_url(postgres: str) -> str:
    """The same database for every test, emptied before each."""
    db = connect(postgres)
    tables = [row["tablename"] for row in db.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    db.run(f"TRUNCATE {', '.join(table for table in tables if table != '_migrations')} RESTART IDENTITY CASCADE")
    db.close()
    return postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """The address of an empty, migrated database: each test that asks for it runs once on either engine."""
    return request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")


@pytest.fixture
def db(url: str, tmp_path: Path) -> Iterator[Database]:
    database = connect(url, ledger=tmp_path / "ledger.jsonl")
    yield database
    database.close()


@pytest.fixture
def sqlite_db(sqlite_url: str, tmp_path: Path) -> Iterator[Database]:
    """For what is the same on both engines and would take long on each."""
    database = connect(sqlite_url, ledger=tmp_path / "ledger.jsonl")
    yield database
    database.close()
