"""A folder into which people or programs put documents. Its files are taken when nobody writes them any more.

Links, folders and what is still being written are left alone; nothing outside the folder is ever opened or moved.
"""

import contextlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from campaign.domain.refusals import FolderUnfit

# As long as this a file has to stay as it is.
SETTLED_SECONDS = 2.0
TAKEN, REFUSED = "taken", "refused"
_UNFINISHED = (".part", ".tmp", ".crdownload", ".partial")
_MOST_AT_ONCE = 50

_Mark = tuple[int, int, int]


@dataclass(frozen=True)
class Found:
    """A file that is ready; its `content` is None where it could not be opened, or is too large."""

    name: str
    content: bytes | None = field(repr=False)
    reason: str | None
    mark: _Mark = field(repr=False)


@dataclass
class Folder:
    """A watched folder, and what was seen in it when it was looked at before."""

    path: Path
    largest: int
    _seen: dict[str, tuple[_Mark, float]] = field(default_factory=dict)
    _left: dict[str, _Mark] = field(default_factory=dict)

    def is_empty(self) -> bool:
        """Whether there is nothing in it to wait for."""
        with _opened(self.path) as here:
            return not any(self._left.get(name) != mark for name, mark in _files(here))

    def ready(self, at: float) -> list[Found]:
        """The files that have stayed as they are for two seconds of the clock that `at` is read from, by name."""
        with _opened(self.path) as here:
            seen = {}
            ready = []
            for name, mark in _files(here):
                before = self._seen.get(name)
                since = before[1] if before and before[0] == mark else at
                seen[name] = (mark, since)
                if at - since >= SETTLED_SECONDS and self._left.get(name) != mark:
                    ready.append((name, mark))
            self._seen = seen
            found = [_read(here, name, mark, self.largest) for name, mark in sorted(ready)[:_MOST_AT_ONCE]]
            return [one for one in found if one is not None]

    def put_away(self, found: Found, *, refused: str | None = None) -> bool:
        """Moves a file that was taken in; with a reason to the refused ones, and the reason beside it.

        One that was changed meanwhile stays, and is looked at anew. False where it cannot be moved; it is not read again.
        """
        with _opened(self.path) as here:
            if _mark(here, found.name) != found.mark:
                return True
            try:
                name = _move(here, found.name, REFUSED if refused else TAKEN)
                if refused:
                    _write_reason(here, name, refused)
            except OSError:
                self._left[found.name] = found.mark
                return False
        return True


def folder_at(path: Path, largest: int) -> Folder:
    """The folder, looked at for the first time. Raises FolderUnfit where it cannot be trusted or used."""
    with _opened(path) as here:
        if os.fstat(here).st_mode & stat.S_IWOTH:
            raise FolderUnfit(f"everybody on this machine may write into {path}, so its documents cannot be trusted")
    return Folder(path, largest)


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    """The folder as a handle: what is done through it stays in it, whatever is renamed around it."""
    try:
        here = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as missing:
        raise FolderUnfit(f"{path} is no folder that can be opened ({missing.strerror})") from None
    try:
        yield here
    finally:
        os.close(here)


def _files(here: int) -> Iterator[tuple[str, _Mark]]:
    for name in os.listdir(here):
        if name.startswith(".") or name.lower().endswith(_UNFINISHED):
            continue
        if mark := _mark(here, name):
            yield name, mark


def _mark(here: int, name: str) -> _Mark | None:
    """What changes when a file is written or replaced; None for what is no plain file."""
    with contextlib.suppress(OSError):
        return _mark_of(os.stat(name, dir_fd=here, follow_symlinks=False))
    return None


def _mark_of(found: os.stat_result) -> _Mark | None:
    return (found.st_ino, found.st_size, found.st_mtime_ns) if stat.S_ISREG(found.st_mode) else None


def _read(here: int, name: str, mark: _Mark, largest: int) -> Found | None:
    """None where the file was written or replaced while it was read."""
    if mark[1] > largest:
        return Found(name, None, f"The document is larger than {largest // 1_000_000} MB, so it was not read.", mark)
    try:
        # Never through a link, and never waiting for somebody who has put a pipe in the file's place.
        file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=here)
        with os.fdopen(file, "rb") as opened:
            content = opened.read(largest)
            return Found(name, content, None, mark) if _mark_of(os.fstat(opened.fileno())) == mark else None
    except OSError as trouble:
        return Found(name, None, f"The file cannot be opened: {trouble.strerror}.", mark)


def _move(here: int, name: str, into: str) -> str:
    """Into a folder beside it, under its own name or the next free one; returns the name with its folder."""
    with contextlib.suppress(FileExistsError):
        os.mkdir(into, 0o700, dir_fd=here)
    there = os.open(into, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=here)
    try:
        taken = set(os.listdir(there))
        stem, ending = os.path.splitext(name)
        free = name
        number = 2
        while free in taken:
            free, number = f"{stem}-{number}{ending}", number + 1
        os.rename(name, free, src_dir_fd=here, dst_dir_fd=there)
    finally:
        os.close(there)
    return f"{into}/{free}"


def _write_reason(here: int, name: str, reason: str) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
    with os.fdopen(os.open(f"{name}.reason.txt", flags, 0o600, dir_fd=here), "w", encoding="utf-8") as file:
        file.write(f"{reason}\n")
