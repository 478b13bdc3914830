"""The locks of the gate: one for each case (many senders share it, a closer takes it alone), one for each worker.

Beside SQLite they are `flock`s on files, on PostgreSQL advisory locks on a session of their own. Both free
themselves when the one who holds them is killed. They guard what happens outside transactions: the talk with a
mail server.
"""

import os
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

from campaign.domain.refusals import DatabaseInUse, StorageFailed

_STEP = 0.005
_CASES, _WORKERS = 726_001, 726_002


class Locks(Protocol):
    def share_case(self, case: int) -> Any:
        """A context manager: holds the case's lock together with other senders."""

    def take_case(self, case: int, patience: timedelta) -> bool:
        """Waits until nobody shares the case's lock (it is let go again at once); False when patience ran out."""

    def hold_worker(self, worker: str) -> Any:
        """A context manager: holds the worker's own lock, which says that it is alive."""

    def worker_is_gone(self, worker: str) -> bool: ...

    def are_held(self) -> bool:
        """Whether this thread still holds all that it took: asked at the last moment before a letter's text goes."""


class FileLocks:
    """`flock` on files in one folder: for one machine and its local disk."""

    def __init__(self, folder: Path):
        self.folder = folder

    def _open(self, name: str) -> int:
        file, how = self.folder / name, os.O_RDWR | os.O_CREAT
        try:
            with suppress(FileNotFoundError):
                return os.open(file, how, 0o600)
            self.folder.mkdir(parents=True, exist_ok=True)
            return os.open(file, how, 0o600)
        except OSError as broken:
            raise StorageFailed(str(broken)) from broken

    @contextmanager
    def share_case(self, case: int) -> Iterator[None]:
        import fcntl

        file = self._open(f"case-{case}")
        try:
            fcntl.flock(file, fcntl.LOCK_SH)
            yield
        finally:
            os.close(file)

    def take_case(self, case: int, patience: timedelta) -> bool:
        return self._take(f"case-{case}", patience)

    @contextmanager
    def hold_worker(self, worker: str) -> Iterator[None]:
        import fcntl

        file = self._open(f"worker-{worker}")
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
            (self.folder / f"worker-{worker}").unlink(missing_ok=True)
        finally:
            os.close(file)

    def worker_is_gone(self, worker: str) -> bool:
        if not (self.folder / f"worker-{worker}").exists():
            return True
        if not self._take(f"worker-{worker}", timedelta(0)):
            return False
        (self.folder / f"worker-{worker}").unlink(missing_ok=True)
        return True

    def are_held(self) -> bool:
        # The kernel takes a file's lock from nobody who lives.
        return True

    def share_database(self, name: str) -> int:
        """Says that the database of this name is in use, until the file that is returned is closed.

        Raises StorageFailed while it is being replaced.
        """
        import fcntl

        file = self._open(f"database-{name}")
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            raise StorageFailed("the database is being restored") from None
        return file

    @contextmanager
    def take_database(self, name: str) -> Iterator[None]:
        """Nobody opens the database of this name while this lasts. Raises DatabaseInUse."""
        import fcntl

        file = self._open(f"database-{name}")
        try:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise DatabaseInUse from None
            yield
        finally:
            os.close(file)

    def _take(self, name: str, patience: timedelta) -> bool:
        import fcntl

        file = self._open(name)
        try:
            until = time.monotonic() + patience.total_seconds()
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    return True
                except BlockingIOError:
                    if time.monotonic() >= until:
                        return False
                    time.sleep(_STEP)
        finally:
            os.close(file)


class AdvisoryLocks:
    """Advisory locks on sessions of their own: for many machines. They must not go through a transaction pooler.

    A session that is lost (the server was killed, the line cut) lets go of its locks without a word. So a thread that
    holds one never gets another session in its place: it is told, and begins anew. One that holds nothing just asks again.
    """

    def __init__(self, url: str):
        self.url = url
        self._mine = threading.local()

    def _session(self) -> Any:
        import psycopg

        kept = getattr(self._mine, "session", None)
        if kept is not None and not kept.closed:
            return kept
        if self._held:
            raise StorageFailed("the session that held a lock is lost")
        try:
            self._mine.session = psycopg.connect(self.url, autocommit=True, connect_timeout=10)
        except psycopg.OperationalError as broken:
            raise StorageFailed(type(broken).__name__) from broken
        return self._mine.session

    @property
    def _held(self) -> int:
        return int(getattr(self._mine, "held", 0))

    @contextmanager
    def _holding(self, shared: str, space: int, key: int) -> Iterator[None]:
        self._ask(f"pg_advisory_lock{shared}", space, key)
        self._mine.held = self._held + 1
        try:
            yield
        finally:
            self._mine.held = self._held - 1
            self._ask(f"pg_advisory_unlock{shared}", space, key)

    def are_held(self) -> bool:
        import psycopg

        if not self._held:
            return True
        try:
            self._session().execute("SELECT 1")
        except (psycopg.Error, StorageFailed):
            self._mine.session.close()
            return False
        return True

    def _ask(self, function: str, space: int, key: int) -> bool:
        try:
            return self._asked(function, space, key)
        except StorageFailed:
            if self._held:
                raise
            return self._asked(function, space, key)

    def _asked(self, function: str, space: int, key: int) -> bool:
        import psycopg

        session = self._session()
        try:
            return bool(session.execute(f"SELECT {function}(%s, %s)", (space, key)).fetchone()[0])
        except psycopg.Error as broken:
            session.close()
            raise StorageFailed(type(broken).__name__) from broken

    def share_case(self, case: int) -> Any:
        return self._holding("_shared", _CASES, case)

    def take_case(self, case: int, patience: timedelta) -> bool:
        until = time.monotonic() + patience.total_seconds()
        while not self._ask("pg_try_advisory_lock", _CASES, case):
            if time.monotonic() >= until:
                return False
            time.sleep(_STEP)
        self._ask("pg_advisory_unlock", _CASES, case)
        return True

    def hold_worker(self, worker: str) -> Any:
        return self._holding("", _WORKERS, _key(worker))

    def worker_is_gone(self, worker: str) -> bool:
        if not self._ask("pg_try_advisory_lock", _WORKERS, _key(worker)):
            return False
        self._ask("pg_advisory_unlock", _WORKERS, _key(worker))
        return True


def _key(worker: str) -> int:
    return zlib.crc32(worker.encode()) - 2**31
