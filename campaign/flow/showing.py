"""Somebody who works here reads what a supporter wrote: only for a reason, and the record has it."""

from datetime import datetime

from campaign.domain.letter import Letter
from campaign.domain.refusals import ReasonMissing
from campaign.store import letters
from campaign.store.database import Database
from campaign.store.journal import Event, record

SHOWN = "shown"
"""What the event of such a reading is called."""
READ = "read"
"""And of the reading of a held letter's words alone, by who decides whether it may go."""
_TO_DECIDE = "To decide whether it may go."


def read(db: Database, id: int, *, by: str, now: datetime) -> Letter:
    """A held letter with its text, once it stands on record who reads it. Raises NotFound."""
    with db.atomic():
        letter = letters.letter(db, id)
        record(db, Event(now, by, READ, letter.case, id, reason=_TO_DECIDE))
    return letter


def show(db: Database, id: int, reason: str, *, by: str, now: datetime) -> Letter:
    """The letter with name, address and text, once it stands on record who asked for it and why.

    Raises ReasonMissing and NotFound.
    """
    if not reason.strip():
        raise ReasonMissing
    with db.atomic():
        letter = letters.letter(db, id)
        record(db, Event(now, by, SHOWN, letter.case, id, reason=reason.strip()))
    return letter
