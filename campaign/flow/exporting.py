"""Who takes the record away leaves a trace in it."""

from datetime import datetime

from campaign.store.database import Database
from campaign.store.journal import Event, record


def note_export(db: Database, *, which: str, by: str, now: datetime) -> None:
    """Writes down that somebody exported the record, and which part of it."""
    with db.atomic():
        record(db, Event(now, by, "export", subject="record:changes", after=which[:1000]))
