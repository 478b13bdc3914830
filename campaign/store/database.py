"""One small wrapper over two engines: `rows`, `run`, `run_many`, `atomic`, `close`.

The SQLite half is a `sqlite_utils.Database` for each thread, the PostgreSQL half a pool of psycopg connections.
"""

import os
import re
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from sqlite_utils import Database as Sqlite

from campaign.domain.refusals import StorageFailed
from campaign.store.disk import drop_ballast
from campaign.store.dumps import dump
from campaign.store.ledger import Ledger
from campaign.store.locks import AdvisoryLocks, FileLocks, Locks

Row = dict[str, Any]


class Conflict(Exception):
    """A row was refused because another one already stands in its place (UNIQUE)."""


_PARAMETER = re.compile(
    r"""('(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|/\*.*?\*/|::)|(?<![:\w]):([A-Za-z_]\w*)|(%)""", re.S
)


class Database(Protocol):
    """What the store functions are given. Parameters are named, rows are dictionaries."""

    engine: str
    locks: Locks
    ledger: Ledger | None
    """The file beside it; without one, lines wait for a process that has it."""
    skip_locked: str
    """Ends the SELECT of a claim: PostgreSQL passes by rows that another worker is claiming; SQLite has one writer."""
    counts_alone: str
    """Asked at the beginning of a transaction, it lets nobody write letters until its end; SQLite has one writer."""

    def rows(self, sql: str, **parameters: Any) -> list[Row]: ...

    def run(self, sql: str, **parameters: Any) -> int:
        """Runs one statement; returns how many rows it changed."""

    def run_many(self, sql: str, many: Iterable[Row]) -> None: ...

    def atomic(self, *, lasts: bool = True) -> AbstractContextManager[None]:
        """All or nothing; inside another `atomic` it is a savepoint.

        What is found again anyhow need not be on the disk at once: then `lasts` is False, and it costs little.
        """

    def joined(self) -> AbstractContextManager[None]:
        """Part of the transaction there is, or one of its own; what fails in it fails all of that transaction.

        Cheaper than a savepoint, where nobody means to go on after a failure.
        """

    def one_moment(self) -> AbstractContextManager[None]:
        """Everything read within it is as it was at one moment, whatever others commit meanwhile. Nothing is written."""

    def scrub(self) -> None:
        """After an erasure: what was blanked is gone from the files too."""

    def copy_to(self, file: Path) -> None:
        """Writes a consistent copy of itself into a new file, while others write on. Raises NoBackup."""

    def make_room(self) -> bool:
        """Where the disk is full, gives up what lies beside the database for that moment; whether there was any."""

    def close(self) -> None: ...


def connect(url: str, *, pool: int = 10, ledger: Path | None = None) -> Database:
    """The database at `sqlite:PATH` or `postgresql://…`. Raises StorageFailed when it cannot be reached."""
    kept = Ledger(ledger) if ledger else None
    if url.startswith("sqlite:"):
        return SqliteDatabase(Path(url.removeprefix("sqlite:")), kept)
    return PostgresDatabase(url, pool, kept)


_PATIENCE_S = 10
"""Seconds for which a writer waits for the one before it."""


class SqliteDatabase:
    """A SQLite file. Each thread has a connection of its own, kept until `close`."""

    engine = "sqlite"
    skip_locked = ""
    counts_alone = "SELECT 1 AS alone"

    def __init__(self, path: Path, ledger: Ledger | None = None):
        self.path, self.ledger = path, ledger
        self._files = FileLocks(path.parent / "locks")
        self.locks: Locks = self._files
        self._in_use: int | None = None
        self._mine = threading.local()
        self._all: list[Sqlite] = []
        # SQLite lets one writer in and the others sleep and ask again; the threads of one process queue here instead.
        self._writing = threading.Lock()

    @property
    def _db(self) -> Sqlite:
        kept: Sqlite | None = getattr(self._mine, "db", None)
        if kept is None:
            kept = self._mine.db = self._open()
            self._all.append(kept)
        return kept

    def _open(self) -> Sqlite:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            if self._in_use is None:
                self._in_use = self._files.share_database(self.path.name)
            # Closed by whoever closes the whole database, hence not tied to its thread.
            db = Sqlite(sqlite3.connect(self.path, timeout=_PATIENCE_S, check_same_thread=False), execute_plugins=False)
            for pragma in (
                "foreign_keys=ON",
                "synchronous=FULL",
                "secure_delete=ON",
                f"busy_timeout={1000 * _PATIENCE_S}",
            ):
                db.execute(f"PRAGMA {pragma}")
            db.enable_wal()
        except (OSError, sqlite3.Error) as broken:
            raise StorageFailed(str(broken)) from broken
        return db

    def rows(self, sql: str, **parameters: Any) -> list[Row]:
        db = self._db
        with _sqlite_words:
            if db.conn.in_transaction or sql.startswith("SELECT"):
                # sqlite-utils' query() takes a savepoint around each statement, which reads and parts of a transaction
                # do not need; a write that stands alone is left to it, because it commits.
                found = db.conn.execute(sql, _storable(parameters))
                names = [column[0] for column in found.description or ()]
                return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
            return list(db.query(sql, _storable(parameters)))

    def run(self, sql: str, **parameters: Any) -> int:
        with _sqlite_words:
            return self._db.execute(sql, _storable(parameters)).rowcount

    def run_many(self, sql: str, many: Iterable[Row]) -> None:
        with self.atomic(), _sqlite_words:
            self._db.conn.executemany(sql, list(many))

    @contextmanager
    def atomic(self, *, lasts: bool = True) -> Iterator[None]:
        db = self._db
        if db.conn.in_transaction:
            # One name for all of them, so that the statements are prepared once; SQLite keeps them in a stack.
            db.conn.execute("SAVEPOINT inner_one")
            try:
                yield
            except BaseException:
                db.conn.execute("ROLLBACK TO inner_one")
                db.conn.execute("RELEASE inner_one")
                raise
            db.conn.execute("RELEASE inner_one")
            return
        if not self._writing.acquire(timeout=_PATIENCE_S):
            raise StorageFailed("another thread has not ended its transaction")
        try:
            # sqlite-utils' own atomic() begins DEFERRED, which fails at once when a reader turns writer.
            with _sqlite_words:
                if not lasts:
                    db.execute("PRAGMA synchronous=NORMAL")
                db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                db.rollback()
                raise
            with _sqlite_words:
                db.commit()
        finally:
            if not lasts:
                db.execute("PRAGMA synchronous=FULL")
            self._writing.release()

    @contextmanager
    def joined(self) -> Iterator[None]:
        if self._db.conn.in_transaction:
            yield
            return
        with self.atomic():
            yield

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        db = self._db
        if db.conn.in_transaction:
            yield
            return
        with _sqlite_words:
            db.conn.execute("BEGIN")
        try:
            yield
        finally:
            db.conn.execute("ROLLBACK")

    def scrub(self) -> None:
        # secure_delete has overwritten the rows; the write-ahead log still has them until it is emptied.
        with _sqlite_words:
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def copy_to(self, file: Path) -> None:
        # One read transaction, so one moment; and what was deleted is not copied along.
        with _sqlite_words:
            self._db.execute("VACUUM INTO ?", [str(file)])

    def make_room(self) -> bool:
        return drop_ballast(self.path.parent)

    def close(self) -> None:
        while self._all:
            self._all.pop().close()
        self._mine = threading.local()
        if self._in_use is not None:
            os.close(self._in_use)
            self._in_use = None


class _SqliteWords:
    """Says what SQLite says in words of ours. A class, not a generator: it stands around every statement."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, _: object) -> None:
        if isinstance(error, sqlite3.OperationalError):
            raise StorageFailed(str(error)) from error
        if isinstance(error, sqlite3.IntegrityError) and "UNIQUE" in str(error):
            raise Conflict(str(error)) from error


_sqlite_words = _SqliteWords()


class PostgresDatabase:
    """A PostgreSQL database, through a pool that opens on first use (so never across a fork)."""

    engine = "postgresql"
    skip_locked = "FOR UPDATE OF l SKIP LOCKED"
    counts_alone = "SELECT pg_advisory_xact_lock(726001) AS alone"

    def __init__(self, url: str, size: int, ledger: Ledger | None = None):
        self.url, self._size, self.ledger = url, size, ledger
        self.locks: Locks = AdvisoryLocks(url)
        self._pool: Any = None
        self._opening = threading.Lock()
        self._mine = threading.local()

    def _connections(self) -> Any:
        with self._opening:
            if self._pool is None:
                from psycopg.rows import dict_row
                from psycopg_pool import ConnectionPool

                kept = {"row_factory": dict_row, "autocommit": True}
                self._pool = ConnectionPool(
                    self.url, min_size=1, max_size=self._size, open=True, kwargs=kept, timeout=10,
                    check=_see_that_it_lives, configure=_have_patience,
                )  # fmt: skip
            return self._pool

    @contextmanager
    def _connection(self) -> Iterator[Any]:
        import psycopg
        from psycopg_pool import PoolTimeout

        try:
            if (kept := getattr(self._mine, "connection", None)) is not None:
                yield kept
            else:
                with self._connections().connection() as connection:
                    yield connection
        except (psycopg.OperationalError, PoolTimeout) as broken:
            raise StorageFailed(type(broken).__name__) from broken
        except psycopg.errors.UniqueViolation as refused:
            raise Conflict(str(refused)) from refused

    def rows(self, sql: str, **parameters: Any) -> list[Row]:
        with self._connection() as connection:
            return list(connection.execute(as_pyformat(sql), _storable(parameters)).fetchall())

    def run(self, sql: str, **parameters: Any) -> int:
        with self._connection() as connection:
            return int(connection.execute(as_pyformat(sql), _storable(parameters)).rowcount)

    def run_many(self, sql: str, many: Iterable[Row]) -> None:
        with self.atomic(), self._connection() as connection, connection.cursor() as cursor:
            cursor.executemany(as_pyformat(sql), list(many))

    @contextmanager
    def atomic(self, *, lasts: bool = True) -> Iterator[None]:
        with self._connection() as connection:
            outermost = getattr(self._mine, "connection", None) is None
            self._mine.connection = connection
            try:
                with connection.transaction():
                    if outermost and not lasts:
                        connection.execute("SET LOCAL synchronous_commit = off")
                    yield
            finally:
                if outermost:
                    self._mine.connection = None

    @contextmanager
    def joined(self) -> Iterator[None]:
        if getattr(self._mine, "connection", None) is not None:
            yield
            return
        with self.atomic():
            yield

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        if getattr(self._mine, "connection", None) is not None:
            yield
            return
        with self.atomic():
            self.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield

    def scrub(self) -> None:
        # Autocommit: VACUUM runs outside transactions.
        for table in ("letters", "notices"):
            self.run(f"VACUUM {table}")

    def copy_to(self, file: Path) -> None:
        dump(self.url, file)

    def make_room(self) -> bool:
        return False  # the disk is another machine's

    def close(self) -> None:
        if self._pool is not None:
            self._pool.close()
            self._pool = None


def _see_that_it_lives(connection: Any) -> None:
    """Asks a connection whether its server is still there, unless it has answered within the last second."""
    from psycopg_pool import ConnectionPool

    if time.monotonic() - getattr(connection, "answered_at", 0.0) > 1.0:
        ConnectionPool.check_connection(connection)
        connection.answered_at = time.monotonic()


def _have_patience(connection: Any) -> None:
    # Whoever holds a row can be frozen, or cut off; nobody waits for that without end.
    connection.execute(f"SET lock_timeout = '{_PATIENCE_S}s'")


def _storable(parameters: Row) -> Row:
    """Text without NULs: PostgreSQL refuses them, and both engines are to answer the same."""
    if "\0" not in "".join([value for value in parameters.values() if type(value) is str]):
        return parameters
    return {name: value.replace("\0", "") if isinstance(value, str) else value for name, value in parameters.items()}


@lru_cache(maxsize=512)
def as_pyformat(sql: str) -> str:
    """`:name` as `%(name)s` outside strings and comments, `%` doubled everywhere: the words psycopg reads."""

    def put(found: re.Match[str]) -> str:
        if found[1]:
            return found[1].replace("%", "%%")
        return f"%({found[2]})s" if found[2] else "%%"

    return _PARAMETER.sub(put, sql)


def engine_notes(db: Database) -> list[str]:
    """What an operator should know of the engine; a SQLite before 3.51.3 can, very rarely, damage a file in WAL mode."""
    if db.engine != "sqlite":
        return [f"PostgreSQL {db.rows('SHOW server_version')[0]['server_version']}"]
    told = [f"SQLite {sqlite3.sqlite_version}"]
    if sqlite3.sqlite_version_info < (3, 51, 3):
        told.append("This SQLite has the rare WAL-reset fault that 3.51.3 mends; please keep backups.")
    return told
