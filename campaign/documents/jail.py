"""What a reader of foreign documents may do: compute for a while. Nothing here can be undone from inside."""

import contextlib
import ctypes
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any

MEMORY = 640 << 20
CPU_SECONDS = 20
_NEWUSER, _NEWNET = 0x10000000, 0x40000000
_PDEATHSIG, _NO_NEW_PRIVILEGES = 1, 38
# Reading the interpreter's own files is allowed, because some of its modules are loaded when they are needed.
_OWN = tuple(
    path + os.sep
    for path in {os.path.realpath(place) for place in (sys.base_prefix, sys.prefix, str(Path(__file__).parent.parent))}
    if path != os.sep
)
_OWN_ENDINGS = (".py", ".pyc", ".so", ".json", ".txt")
_FORBIDDEN = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.startfile", "os.kill",
    "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown",
    "os.putenv", "shutil.", "tempfile.", "urllib.", "http.", "ftplib.", "smtplib.", "webbrowser.", "sqlite3.", "pty.",
    "resource.setrlimit", "resource.prlimit", "sys.addaudithook",
)  # fmt: skip


def leave_the_network() -> None:
    """Into a network of its own without any way out, where the kernel allows it."""
    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.unshare(_NEWNET) != 0:
            libc.unshare(_NEWUSER | _NEWNET)


def enter(speaking: int) -> None:
    """The limits for one document. What the process has open is shut, but for the pipe it answers on."""
    for where in (0, 1, 2):
        if where != speaking:
            with contextlib.suppress(OSError):
                os.close(where)
    _limit()
    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None)
        libc.prctl(_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
        libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    sys.setrecursionlimit(1000)
    sys.addaudithook(_guard)


def _limit() -> None:
    # Past the first limit of time a signal tells what happened; past the second there is none.
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        # Not every system has, or lets us set, each of them; the clock outside stands in any case.
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(what, (most, most))


def _guard(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open":
        _guard_opening(*arguments[:3])
    elif event.startswith(_FORBIDDEN):
        raise PermissionError(f"{event} is not for readers of documents")


def _guard_opening(path: Any, mode: Any, flags: Any) -> None:
    """Only for reading, and only what belongs to the interpreter and to us."""
    writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC)
    if isinstance(path, int) and not writes:
        return
    name = os.path.realpath(os.fsdecode(path)) if isinstance(path, str | bytes) else ""
    if writes or not name.startswith(_OWN) or not name.endswith(_OWN_ENDINGS):
        raise PermissionError("opening files is not for readers of documents")
