"""One limited child kept for whoever reads a document now and then, so that it need not be started each time."""

import atexit
import os

from campaign.documents.extractor import Extractor

_MOST_KEPT = 2
# Taken out while in use, so two threads never share one; a list's pop and append are safe between threads.
_idle: list[Extractor] = []
_promised: list[bool] = []


def text_of(content: bytes) -> str:
    """The document's text with `\\n` line ends. Raises Unreadable, with a sentence fit to show, where there is none.

    Safe in threads. A child is started when the first document needs one, and ended with this program.
    """
    if not _promised:
        _promised.append(True)
        atexit.register(_end)
        os.register_at_fork(after_in_child=_let_go)
    try:
        extractor = _idle.pop()
    except IndexError:
        extractor = Extractor()
    try:
        return extractor.text_of(content)
    finally:
        if len(_idle) < _MOST_KEPT:
            _idle.append(extractor)
        else:
            extractor.close()


def _end() -> None:
    while _idle:
        _idle.pop().close()


def _let_go() -> None:
    """A fork of this program starts a child of its own: two programs cannot talk through one pipe."""
    while _idle:
        _idle.pop().abandon()
