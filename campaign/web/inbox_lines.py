"""What the inbox says of each document, in a line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from campaign.domain.telling import label
from campaign.flow.inbox import outlook
from campaign.store import arrivals, inbox
from campaign.store.arrivals import Arrival
from campaign.store.database import Database
from campaign.store.documents import Document, DocumentState
from campaign.web.effects import done_in_one_line, in_one_line

_TOOK_EFFECT = (DocumentState.APPLIED, DocumentState.REVIEW)


@dataclass(frozen=True)
class Line:
    """One document: what it is (empty for no output), what it does or did, why a person is needed or why not, how it came."""

    document: Document
    arrival: Arrival | None
    what: str
    effect: str
    reasons: tuple[str, ...] = ()

    @property
    def is_repeat(self) -> bool:
        return self.arrival is not None and self.arrival.is_repeat


def lines_of(
    db: Database, some: Sequence[Document], now: datetime, came: Iterable[Arrival | None] | None = None
) -> list[Line]:
    """A line for each document; `came` says of each how it came this time, else it is the first time that is told."""
    ids = [document.id for document in some] or [0]
    first = arrivals.first_arrivals(db, min(ids), max(ids)) if came is None else {}
    done = inbox.changes_by_document(db, min(ids), max(ids))
    ways = [first.get(document.id) for document in some] if came is None else list(came)
    return [_line(db, one, way, done.get(one.id, []), now) for one, way in zip(some, ways, strict=True)]


def _line(db: Database, document: Document, way: Arrival | None, done: list[tuple[str, str]], now: datetime) -> Line:
    reading = document.reading
    what = label(reading) if reading and not reading.refusal else ""
    if document.state is DocumentState.WAITING:
        looked = outlook(db, document, now)
        return Line(document, way, what, in_one_line(looked), looked.doubts)
    reasons = (document.reason,) if document.reason else ()
    effect = done_in_one_line(done) or ("Changed nobody’s status." if document.state in _TOOK_EFFECT else "")
    return Line(document, way, what, effect, reasons)
