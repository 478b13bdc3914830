"""Copies of the database: made while it is in use, looked into, and put in its place."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from campaign.domain.refusals import FileInTheWay, NoBackup, NotABackup
from campaign.store.database import Database
from campaign.store.disk import onto_disk
from campaign.store.locks import FileLocks
from campaign.store.steps import LEDGER, STEPS

_BEGINS = b"SQLite format 3\0"
_BESIDE = ("-wal", "-shm")


@dataclass(frozen=True)
class Contents:
    """How much is in a copy, and how far it knows the ledger. Of PostgreSQL's own format only the size is known."""

    size: int
    cases: int | None = None
    documents: int | None = None
    letters: int | None = None
    seen: int | None = None


def copy_whole(db: Database, file: Path) -> Contents:
    """Makes a consistent copy while others write on; it stands under its name only once it is whole and on the disk.

    Raises FileInTheWay, NoBackup.
    """
    part = file.with_name(f"{file.name}.part")
    for taken in (file, part):
        if taken.exists():
            raise FileInTheWay(str(taken))
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        db.copy_to(part)
        onto_disk(part)
        found = contents(part)
        part.rename(file)
        onto_disk(file.parent)
    except OSError as broken:
        raise NoBackup(f"{file} cannot be written ({broken.strerror}).") from broken
    finally:
        part.unlink(missing_ok=True)
    return found


def contents(file: Path) -> Contents:
    """What is in a copy. Raises NotABackup where it is damaged, or none of ours."""
    size = file.stat().st_size
    with file.open("rb") as opened:
        if opened.read(len(_BEGINS)) != _BEGINS:
            return Contents(size)
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
            if (found := db.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
                raise NotABackup(str(file), f"it is damaged ({found}).")
            taken = [row[0] for row in db.execute("SELECT name FROM _sqlite_migrations")]
            if unknown := set(taken) - {step.name for step in STEPS}:
                raise NotABackup(
                    str(file), f"it was made by a newer version of this tool ({', '.join(sorted(unknown))})."
                )
            tables = ("cases", "documents", "letters")
            numbers = [db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]
            seen = 0
            if LEDGER in taken:
                seen = db.execute("SELECT COALESCE(max(seq), 0) FROM ledger_seen").fetchone()[0]
    except sqlite3.Error as broken:
        raise NotABackup(str(file), f"it is no database of this tool, or damaged ({broken}).") from broken
    return Contents(size, numbers[0], numbers[1], numbers[2], seen)


@contextmanager
def standing_still(path: Path) -> Iterator[None]:
    """Nobody uses the database at this path while this lasts. Raises DatabaseInUse."""
    with FileLocks(path.parent / "locks").take_database(path.name):
        yield


def duplicate(file: Path, into: Path) -> None:
    """The same bytes once more, on the disk. What an attempt before may have left there is replaced."""
    discard(into)
    try:
        os.close(os.open(into, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        shutil.copyfile(file, into)
        onto_disk(into)
    except OSError as broken:
        discard(into)
        raise NotABackup(str(file), f"it cannot be copied ({broken.strerror}).") from broken


def discard(path: Path) -> None:
    for end in ("", *_BESIDE):
        path.with_name(path.name + end).unlink(missing_ok=True)


def exchange(path: Path, fresh: Path, aside: Path) -> bool:
    """Puts `fresh` in the place of `path`, which is kept as `aside`; False where there was nothing to keep."""
    if aside.exists():
        raise FileInTheWay(str(aside))
    had_one = path.exists()
    for end in ("", *_BESIDE):
        old = path.with_name(path.name + end)
        if old.exists():
            old.rename(aside.with_name(aside.name + end))
    fresh.rename(path)
    onto_disk(path.parent)
    return had_one
