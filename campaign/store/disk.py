"""What is written reaches the disk, also through a power cut; and where the disk is full, a closing still finds room."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

BALLAST = 64_000_000
"""Bytes that lie beside the database for the day on which the disk is full: enough to stop some thousand letters."""

_NAME = "ballast"
_A_BLOCK = bytes(65_536)


def onto_disk(path: Path) -> None:
    """A file's bytes, or the names in a folder: a new file's name is on the disk only once its folder is."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def keep_ballast(folder: Path) -> bool:
    """Sees to it that the ballast lies in the folder; False where the disk has no room to spare for it."""
    ballast = folder / _NAME
    try:
        if ballast.exists():
            return True
        if shutil.disk_usage(folder).free < 4 * BALLAST:
            return False
        with ballast.open("xb") as file:
            os.posix_fallocate(file.fileno(), 0, BALLAST)
    except FileExistsError:
        return True
    except (OSError, AttributeError):  # macOS has no such call; there closings need room like everything else
        with suppress(OSError):
            ballast.unlink(missing_ok=True)
        return False
    return True


def drop_ballast(folder: Path) -> bool:
    """Where the disk is full, gives its room free; whether there was any to give."""
    if not _is_full(folder):
        return False
    try:
        (folder / _NAME).unlink()
    except OSError:
        return False
    return True


def _is_full(folder: Path) -> bool:
    """Tried, not asked: a share that is used up looks like free room from outside."""
    probe = folder / f"{_NAME}-probe-{os.getpid()}"
    try:
        with probe.open("wb", buffering=0) as file:
            return file.write(_A_BLOCK) < len(_A_BLOCK)
    except OSError:
        return True
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)
