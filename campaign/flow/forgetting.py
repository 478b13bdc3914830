"""A supporter is forgotten: who wrote and what is blanked, the letter and so the count stays."""

from datetime import datetime, timedelta

from campaign.domain.letter import LetterState
from campaign.flow import remembering
from campaign.store import letters, writers
from campaign.store.columns import instant
from campaign.store.database import Database
from campaign.store.ledger import Kind, Line, digest
from campaign.store.owed import owe


def forget(db: Database, receipt: str, *, patience: timedelta, now: datetime) -> int:
    """Blanks the letters of a receipt, and all others of a writer who has proved the address.

    What has not left is withdrawn. A letter that is being handed over at this moment is waited for; returns how many
    still were when patience ran out, so 0 means that all is forgotten. Raises NotFound for a receipt that is none.
    """
    letters.letters_of_receipt(db, receipt)
    with db.atomic():
        ids = writers.letters_to_erase(db, receipt)
        in_hand = [id for id in ids if letters.letter(db, id).state is LetterState.SENDING]
        for id in ids:
            if id not in in_hand:
                _erase(db, id, now)
    left = 0
    for id in in_hand:
        # Nobody hands over a letter of this case once its lock could be taken: what is still in hand then is a dead worker's.
        if db.locks.take_case(letters.letter(db, id).case, patience):
            with db.atomic():
                _erase(db, id, now)
        else:
            left += 1
    remembering.write_down(db)
    db.scrub()
    return left


def _erase(db: Database, id: int, now: datetime) -> None:
    letter = letters.letter(db, id)
    writers.erase_letter(db, id, now)
    if not letter.is_erased:
        owe(db, Line(Kind.ERASED, instant(now), letter=digest(letter.form_key)))
