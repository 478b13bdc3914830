"""One machine alone may send beside SQLite: its locks are files, which another machine does not see."""

import json
import platform
import socket
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from campaign.cli.surroundings import now
from campaign.settings import Settings, SettingWrong
from campaign.store.disk import keep_ballast

# A machine that has not been heard of for so long is gone.
_SILENT = timedelta(minutes=5)
_NETWORKED = (
    "nfs",
    "cifs",
    "smb",
    "fuse.sshfs",
    "ceph",
    "fuse.ceph",
    "glusterfs",
    "fuse.glusterfs",
    "afs",
    "lustre",
    "gfs2",
)


def claim(settings: Settings) -> None:
    """Notes that this machine uses the data folder. Raises SettingWrong where another one does, or the disk is not local."""
    if not settings.database_url.startswith("sqlite:"):
        return
    if kind := _networked(settings.data):
        raise SettingWrong(
            f"The data folder lies on a network file system ({kind}), where the locks that stop letters cannot be relied "
            "on. Please use a local disk, or PostgreSQL for several machines."
        )
    other, heard = _noted(settings.data)
    if other and other != _this_machine() and heard is not None and now() - heard < _SILENT:
        raise SettingWrong(
            f"Another machine ({other}) uses this data folder, last at {heard:%H:%M} UTC. Beside SQLite one machine alone "
            "may send; please use PostgreSQL for several. If that machine is gone for good, wait five minutes."
        )
    if other != _this_machine():
        (settings.data / "machine").unlink(missing_ok=True)
    note_life(settings)


def note_life(settings: Settings) -> None:
    """Says that this machine is still there, at most once a minute; to be called often."""
    _, heard = _noted(settings.data)
    if settings.database_url.startswith("sqlite:") and (heard is None or now() - heard > timedelta(minutes=1)):
        settings.data.mkdir(parents=True, exist_ok=True)
        said = json.dumps({"machine": _this_machine(), "at": now().isoformat()})
        with suppress(OSError):  # a full disk: the sender goes on asking until there is room again
            (settings.data / "machine").write_text(said, encoding="utf-8")
        keep_ballast(settings.data)


def _noted(folder: Path) -> tuple[str, datetime | None]:
    try:
        said = json.loads((folder / "machine").read_text(encoding="utf-8"))
        return str(said["machine"]), datetime.fromisoformat(said["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return "", None


def _this_machine() -> str:
    """What tells machines apart, also two containers of one name."""
    try:
        return f"{socket.gethostname()} {Path('/etc/machine-id').read_text(encoding='ascii').strip()[:8]}".strip()
    except (OSError, ValueError):
        return socket.gethostname() or platform.node()


def _networked(folder: Path) -> str | None:
    """The kind of a network file system that the folder lies on; None for a local disk, or where nobody can tell."""
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    where, kind = "", ""
    for line in mounts:
        _, mounted, found, *_ = [*line.split(" "), "", "", ""]
        place = mounted.replace("\\040", " ")
        if len(place) >= len(where) and folder.resolve().is_relative_to(place or "/"):
            where, kind = place, found
    return kind if kind.startswith(_NETWORKED) else None
