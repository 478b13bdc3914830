"""A person settles what no mail server can: whether a letter whose outcome nobody knew has gone or not."""

import logging
from datetime import datetime

from campaign.domain.letter import SETTLED_AS, LetterState
from campaign.domain.refusals import NotUncertain, ReasonMissing
from campaign.domain.server_words import SETTLED_AS_NOT_GONE
from campaign.flow import remembering
from campaign.store import letters
from campaign.store.columns import instant
from campaign.store.database import Database
from campaign.store.ledger import line_of_sending
from campaign.store.owed import owe

_log = logging.getLogger("campaign")


def settle(db: Database, id: int, state: LetterState, reason: str, *, by: str, now: datetime) -> None:
    """An uncertain letter becomes `sent` or `refused`, with who says so, when and why; it is never tried again.

    Raises ReasonMissing, and NotUncertain for a letter in any other state.
    """
    if state not in SETTLED_AS:
        raise ValueError(f"an uncertain letter cannot be settled as {state}")
    if not reason.strip():
        raise ReasonMissing
    kept = SETTLED_AS_NOT_GONE if state is LetterState.REFUSED else None
    with db.atomic():
        letter = letters.letter(db, id)
        if not letters.settle(db, letter, state, kept, now, actor=by, reason=reason.strip()):
            raise NotUncertain(letter.state)
        if state is LetterState.SENT:
            owe(db, line_of_sending(instant(now), letter.form_key, letter.message_id))
    remembering.write_down(db)
    _log.info("letter %d: settled by hand as %s", id, state)
