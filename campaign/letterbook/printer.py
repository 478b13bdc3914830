"""Prints what has many pages in a process of its own.

The type-setter keeps what it has set, hundreds of megabytes for a large pack, and gives them back only when it ends.
"""

import contextlib
import json
import resource
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from campaign.domain.event_refusals import NotPrinted
from campaign.letterbook.sheet import Press

MEMORY = 1536 << 20
SECONDS = 90
_FEW_THREADS = {"RAYON_NUM_THREADS": "2", "MALLOC_ARENA_MAX": "2"}
_START = "import sys; sys.path.insert(0, sys.argv[1]); from campaign.letterbook.printer import serve; serve()"


class Printer:
    """Makes one PDF after the other, each in a new process with limits of memory and time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def printed(self, pages: str, facts: dict[str, Any]) -> bytes:
        """The pages with these facts in their places. Raises NotPrinted."""
        asked = json.dumps({"pages": pages, "facts": facts}, ensure_ascii=False).encode()
        house = str(Path(__file__).resolve().parent.parent.parent)
        with self._lock:
            try:
                # Isolated, and without our environment and its secrets. Many threads would reserve more than it may have.
                done = subprocess.run(
                    [sys.executable, "-I", "-X", "utf8", "-c", _START, house], input=asked, stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL, env=_FEW_THREADS, cwd="/", timeout=SECONDS, check=True,
                )  # fmt: skip
            except (OSError, subprocess.SubprocessError):
                raise NotPrinted from None
        return done.stdout


def serve() -> None:
    """The other end: one question on standard input, the PDF on standard output."""
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    asked = json.loads(sys.stdin.buffer.read())
    sys.stdout.buffer.write(Press(asked["pages"]).printed(asked["facts"]))
