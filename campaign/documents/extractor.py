"""Our end of the limited child: documents go in, texts or sentences come out, and it never takes longer than it may."""

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from campaign.documents import child
from campaign.documents.kinds import Kind, kind_of
from campaign.documents.plain import cleaned, decoded
from campaign.domain.refusals import Refusal, Unreadable

LARGEST = 10_000_000
SECONDS = 22.0
# On top of a document's own time: starting a child, and its last word.
_GRACE = 1.5
_SLOW = "Reading this document took too long, so it was given up. Please bring it as plain text."
_HUGE = "Reading this document needs more memory than we allow, so it was given up. Please bring it as plain text."
_BROKEN = "This document is damaged, or built in a way that our reader cannot follow. Please bring it as plain text."
_NOT_STARTED = "The reader of documents could not be started, so nothing was read. Please try again later."
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); from campaign.documents.child import serve; serve(int(sys.argv[2]))"
)


class Extractor:
    """Keeps one limited child that reads many documents one after the other; a `with` block ends it.

    The child is started when it is first needed, and anew when it has died. `seconds` is the time for one document.
    Not for two threads at once: each has its own, or uses `text_of`.
    """

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def text_of(self, content: bytes) -> str:
        """The document's text. Raises Unreadable, with a sentence fit to show, where there is none."""
        if len(content) > LARGEST:
            raise Unreadable(f"The document is larger than {LARGEST // 1_000_000} MB, so it was not read.")
        if not content.strip(b" \t\r\n\x0b\f\x00"):
            raise Unreadable("The document is empty.")
        kind = kind_of(content)
        return cleaned(decoded(content) if kind is Kind.TEXT else self._drawn_out(kind, content))

    def close(self) -> None:
        """Ends the child, if there is one, with all that it has begun."""
        ended, self._child = self._child, None
        if ended is None:
            return
        if ended.poll() is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(ended.pid, signal.SIGKILL)
        for pipe in (ended.stdin, ended.stdout):
            # What was not written to a dead child cannot be flushed.
            with contextlib.suppress(OSError):
                if pipe:
                    pipe.close()
        ended.wait()

    def abandon(self) -> None:
        """For a fork of our process: lets go of a child that belongs to the process before the fork."""
        lost, self._child = self._child, None
        if lost:
            for pipe in (lost.stdin, lost.stdout):
                with contextlib.suppress(OSError):
                    if pipe:
                        pipe.close()
            lost.returncode = 0  # not ours to wait for

    def _drawn_out(self, kind: Kind, content: bytes) -> str:
        ends = time.monotonic() + self._seconds
        number = child.KINDS.index(kind)
        status, text = self._asked(number, content, ends)
        if kind is Kind.PDF and status in (child.BROKEN, child.TOO_LARGE) and ends - time.monotonic() > _GRACE:
            status, text = self._asked(number + child.SECOND, content, ends)
        if status == child.TEXT:
            return text
        if status == child.UNREADABLE and text:
            raise Unreadable(text)
        raise Unreadable({child.TOO_SLOW: _SLOW, child.TOO_LARGE: _HUGE}.get(status, _BROKEN))

    def _asked(self, number: int, content: bytes, ends: float) -> tuple[int, str]:
        """What the child answers. One that has gone is replaced once: no document can end it, only its own fork."""
        for _ in range(2):
            talking = self._started()
            try:
                seconds = max(0.1, ends - time.monotonic())
                assert talking.stdin and talking.stdout
                talking.stdin.write(child.ASK.pack(number, seconds, len(content)) + content)
                talking.stdin.flush()
                status, size = child.ANSWER.unpack(self._heard(child.ANSWER.size, ends + _GRACE))
                return status, self._heard(size, ends + _GRACE).decode("utf-8", "replace")
            except TimeoutError:
                self.close()
                return child.TOO_SLOW, ""
            except (OSError, EOFError):
                self.close()
            except BaseException:
                # Interrupted before the answer came: the next document must not get it.
                self.close()
                raise
        raise Refusal(_NOT_STARTED)

    def _heard(self, size: int, ends: float) -> bytes:
        assert self._child and self._child.stdout
        where, heard = self._child.stdout.fileno(), bytearray()
        while len(heard) < size:
            left = ends - time.monotonic()
            if left <= 0 or not _is_ready(where, left):
                raise TimeoutError
            piece = os.read(where, size - len(heard))
            if not piece:
                raise EOFError
            heard += piece
        return bytes(heard)

    def _started(self) -> "subprocess.Popen[bytes]":
        if self._child and self._child.poll() is None:
            return self._child
        self.close()
        house = str(Path(__file__).resolve().parent.parent.parent)
        try:
            # Isolated, without our environment and its secrets, in a group of its own that can be ended as a whole.
            self._child = subprocess.Popen(
                [sys.executable, "-I", "-B", "-X", "utf8", "-c", _START, house, str(os.getpid())],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                env={}, cwd="/", start_new_session=True,
            )  # fmt: skip
        except OSError:
            raise Refusal(_NOT_STARTED) from None
        return self._child


def _is_ready(where: int, seconds: float) -> bool:
    """Whether there is something to hear within that time. Unlike `select`, `poll` knows files beyond the 1,024th."""
    waiting = select.poll()
    waiting.register(where, select.POLLIN)
    return bool(waiting.poll(seconds * 1000))
