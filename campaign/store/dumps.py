"""Copies of a PostgreSQL database, made and put back by PostgreSQL's own programs."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from campaign.domain.refusals import DatabaseInUse, NoBackup, NotABackup

_BEGINS = b"PGDMP"
_PATIENCE_S = 2


def dump(url: str, file: Path) -> None:
    """Lets pg_dump write a new file; it reads one moment of the database while others write on. Raises NoBackup."""
    program = shutil.which("pg_dump")
    if program is None:
        raise NoBackup("PostgreSQL's own program pg_dump does this, and it is not installed here.")
    where, environment = _address(url)
    done = subprocess.run(
        [program, "--format=custom", "--no-owner", "--no-acl", "--no-password", "--file", str(file), "--dbname", where],
        env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        file.unlink(missing_ok=True)
        raise NoBackup(f"pg_dump ended with {done.returncode}. {_last_line(done.stderr)}")


@contextmanager
def put_in_place(url: str, file: Path, aside: str) -> Iterator[None]:
    """Puts a dump in the place of the tables, which are kept in a schema called `aside`; what fails inside brings them back.

    Raises DatabaseInUse while anybody else is connected, and NotABackup.
    """
    import psycopg

    program = _program_for(file)
    try:
        with psycopg.connect(url, autocommit=True) as db:
            until = time.monotonic() + _PATIENCE_S  # whoever has just left is still seen for a moment
            while db.execute(_OTHERS).fetchall():
                if time.monotonic() > until:
                    raise DatabaseInUse
                time.sleep(0.05)
            with db.transaction():
                db.execute(f"ALTER SCHEMA public RENAME TO {aside}")
                db.execute("CREATE SCHEMA public")
            try:
                _load(program, url, file)
                yield
            except BaseException:
                with db.transaction():
                    db.execute("DROP SCHEMA public CASCADE")
                    db.execute(f"ALTER SCHEMA {aside} RENAME TO public")
                raise
    except psycopg.Error as broken:
        raise NotABackup(str(file), f"PostgreSQL says: {_last_line(str(broken))}.") from broken


_OTHERS = """SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND backend_type = 'client backend'"""


def _program_for(file: Path) -> str:
    with file.open("rb") as opened:
        if opened.read(len(_BEGINS)) != _BEGINS:
            raise NotABackup(str(file), "it is no dump of a PostgreSQL database.")
    program = shutil.which("pg_restore")
    if program is None:
        raise NotABackup(str(file), "PostgreSQL's own program pg_restore does this, and it is not installed here.")
    return program


def _load(program: str, url: str, file: Path) -> None:
    where, environment = _address(url)
    words: dict[str, Any] = {
        "env": environment, "stdin": subprocess.DEVNULL, "capture_output": True, "text": True, "check": False
    }  # fmt: skip
    listed = subprocess.run([program, "--list", str(file)], **words)
    with tempfile.NamedTemporaryFile("w", suffix=".list") as wanted:
        # The schema itself is there already.
        wanted.write("".join(f"{line}\n" for line in listed.stdout.splitlines() if " SCHEMA - public " not in line))
        wanted.flush()
        done = subprocess.run(
            [program, "--no-owner", "--no-acl", "--no-password", "--single-transaction", "--exit-on-error",
             "--use-list", wanted.name, "--dbname", where, str(file)], **words,
        )  # fmt: skip
    if listed.returncode or done.returncode:
        raise NotABackup(str(file), f"pg_restore says: {_last_line(listed.stderr or done.stderr)}.")


def _address(url: str) -> tuple[str, dict[str, str]]:
    """The address without its password, which everybody on the machine could read among the running programs."""
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    parts = {name: str(value) for name, value in conninfo_to_dict(url).items()}
    password = parts.pop("password", None)
    return make_conninfo(**parts), {**os.environ, **({"PGPASSWORD": password} if password else {})}


def _last_line(told: str) -> str:
    return (told.strip().splitlines() or [""])[-1]
