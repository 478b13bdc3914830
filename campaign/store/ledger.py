"""The ledger: a file beside the database, one line for each thing that a copy must not undo or do again.

These are closings, reopenings, erasures, silencings, sendings, mails of our own and pauses. It outlives the database, so
that a copy of it that is put back can be told what happened since. A line holds ids and
hashes, never a name, an address or a text of a supporter. Many processes append under one lock; every append is on
the disk when it returns. A last line that was torn by a crash is nobody's word: it is left out, and cut off before the
next line is added.
"""

import hashlib
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

from campaign.domain.refusals import LedgerDamaged, LedgerUnusable
from campaign.store.disk import onto_disk

_PATIENCE_S = 10
_STEP = 0.005
# So much is read from the end of the file to find its newest lines; more where that is not enough.
_TAIL = 8192


class Kind(StrEnum):
    CLOSED = "closed"
    REOPENED = "reopened"
    ERASED = "erased"
    SILENCED = "silenced"
    TOLD = "told"
    SENT = "sent"
    MAILED = "mailed"
    PAUSED = "paused"
    RESUMED = "resumed"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened, and its number in the file (0 before it stands there).

    `case` is a path such as `44-22/wang-jianbing`; `letter` the hash of a letter's form key, which it has from the
    beginning, and `message` that of its Message-ID, or of that of a mail of our own; `writer` the HMAC by which an address
    is known; `what` a pause: `queue`, `target-7`.
    """

    kind: Kind
    at: str
    case: str | None = None
    epoch: int | None = None
    outcome: str | None = None
    letter: str | None = None
    message: str | None = None
    writer: str | None = None
    silence: str | None = None
    what: str | None = None
    seq: int = 0

    @property
    def words(self) -> str:
        """The line without its number, as JSON: equal for equal things."""
        said = {name: value for name in _NAMES if (value := getattr(self, name)) and name != "seq"}
        return json.dumps(said, separators=(",", ":"))


_NAMES = tuple(field.name for field in fields(Line))


def digest(secret: str) -> str:
    """How a form key or a Message-ID stands in the ledger."""
    return hashlib.sha256(secret.encode()).hexdigest()


def line_of_sending(at: str, form_key: str, message_id: str | None) -> Line:
    return Line(Kind.SENT, at, letter=digest(form_key), message=digest(message_id or ""))


def line_of_own_mail(at: str, message_id: str) -> Line:
    return Line(Kind.MAILED, at, message=digest(message_id))


def line_of(words: str) -> Line:
    """The line that such words say. Raises ValueError, KeyError or TypeError where they are none."""
    said: dict[str, Any] = json.loads(words)
    return Line(**{**said, "kind": Kind(said["kind"]), "seq": int(said.get("seq", 0))})


class Ledger:
    """The file at `path`. It is made with its first line."""

    def __init__(self, path: Path):
        self.path = path

    def lines(self) -> Iterator[Line]:
        """Every line from the first on; none where there is no file. Raises LedgerDamaged at a line that is none."""
        try:
            file = self.path.open("rb")
        except FileNotFoundError:
            return
        except OSError as broken:
            raise LedgerUnusable(str(self.path), broken.strerror or "") from broken
        with file:
            for number, raw in enumerate(file, 1):
                if raw.endswith(b"\n"):
                    yield self._line(raw, number)

    def beyond(self, seq: int) -> list[Line]:
        """The lines with a higher number, in their order: read from the end, however long the file is."""
        amount = _TAIL
        while True:
            pieces, is_all = self._newest(amount)
            newer: list[Line] = []
            for piece in reversed(pieces):
                line = self._line(piece, None)
                if line.seq <= seq:
                    return newer[::-1]
                newer.append(line)
            if is_all:
                return newer[::-1]
            amount *= 8

    def last(self) -> int:
        """The number of the last line; 0 where there is none."""
        amount = _TAIL
        while True:
            pieces, is_all = self._newest(amount)
            if pieces or is_all:
                return self._line(pieces[-1], None).seq if pieces else 0
            amount *= 8

    def _newest(self, amount: int) -> tuple[list[bytes], bool]:
        """The whole lines in the last bytes of the file, and whether that is all of it."""
        try:
            with self.path.open("rb") as file:
                start = max(0, file.seek(0, os.SEEK_END) - amount)
                file.seek(start)
                pieces = file.read().split(b"\n")
        except FileNotFoundError:
            return [], True
        except OSError as broken:
            raise LedgerUnusable(str(self.path), broken.strerror or "") from broken
        # The last piece is what follows the last line's end, and the first one may have lost its beginning.
        return pieces[1 if start else 0 : -1], start == 0

    def _line(self, raw: bytes, number: int | None) -> Line:
        try:
            return line_of(raw.decode())
        except (ValueError, KeyError, TypeError) as broken:
            raise LedgerDamaged(str(self.path), number) from broken

    def refuse_if_unusable(self) -> None:
        """Opens the file for appending and changes nothing in it. Raises LedgerUnusable."""
        os.close(self._open())

    def _open(self) -> int:
        try:
            return os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        except OSError as broken:
            raise LedgerUnusable(str(self.path), broken.strerror or "") from broken

    @contextmanager
    def alone(self) -> Iterator["Pen"]:
        """Nobody else writes while this lasts. Raises LedgerUnusable."""
        import fcntl

        file = self._open()
        try:
            until = time.monotonic() + _PATIENCE_S
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() >= until:
                        raise LedgerUnusable(str(self.path), "somebody else holds it") from None
                    time.sleep(_STEP)
            yield Pen(self, file)
        finally:
            os.close(file)


class Pen:
    """Writes into a ledger that is held alone."""

    def __init__(self, ledger: Ledger, file: int):
        self.ledger, self._file = ledger, file

    def append(self, words: list[str], last: int) -> int:
        """Adds a line for each of the words, numbered on from `last`, and returns the last number, all on the disk.

        All or none: what could only be written in part is taken back. Raises LedgerUnusable.
        """
        end = self._cut_torn_line()
        numbered = (f'{{"seq":{last + place},{line[1:]}\n' for place, line in enumerate(words, 1))
        left = memoryview("".join(numbered).encode())
        try:
            while left:
                left = left[os.write(self._file, left) :]
            os.fsync(self._file)
            if end == 0:
                onto_disk(self.ledger.path.parent)
        except OSError as broken:
            with suppress(OSError):
                os.ftruncate(self._file, end)
            raise LedgerUnusable(str(self.ledger.path), broken.strerror or "") from broken
        return last + len(words)

    def _cut_torn_line(self) -> int:
        """Where the last whole line ends; what stands behind it is cut off."""
        size = end = os.fstat(self._file).st_size
        while end and os.pread(self._file, 1, end - 1) != b"\n":
            end -= 1
        if end < size:
            os.ftruncate(self._file, end)
        return end
