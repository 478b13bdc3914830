"""Copies of a PostgreSQL database, made and put back by PostgreSQL's own programs."""

import os
import shutil
import subprocess
from pathlib import Path

from campaign.domain.refusals import NoBackup


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


def _address(url: str) -> tuple[str, dict[str, str]]:
    """The address without its password, which everybody on the machine could read among the running programs."""
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    parts = {name: str(value) for name, value in conninfo_to_dict(url).items()}
    password = parts.pop("password", None)
    return make_conninfo(**parts), {**os.environ, **({"PGPASSWORD": password} if password else {})}


def _last_line(told: str) -> str:
    return (told.strip().splitlines() or [""])[-1]
