"""What must outlive the database is written into the ledger, and nothing leaves while the two do not agree.

Each kind of line is owed in the same transaction as the thing it tells, and written into the file after that commit:

* closing, reopening: after `closing` is committed, before the gate is shut and success reported. From the commit on
  nothing new passes, so a ledger that cannot be written never keeps a case open.
* erasure, silencing: after the commit, before the page says so.
* sending: after the mail server's 250 and the commit of `sent`, while the case's lock is still held. The other order
  would let a crash in between leave a ledger that is ahead of a database which is not old at all.
"""

from datetime import datetime

from campaign.domain.refusals import LedgerDamaged, LedgerLost, LedgerUnusable, Refusal
from campaign.flow.refolding import line_of_closing
from campaign.store import cases, owed, pacing
from campaign.store.columns import instant
from campaign.store.database import Database
from campaign.store.ledger import Kind, Line


def write_down(db: Database) -> Refusal | None:
    """Writes what the database owes the ledger; the reason where that cannot be done now. Then it stays owed."""
    try:
        owed.write_down(db)
    except (LedgerUnusable, LedgerLost, LedgerDamaged) as refusal:
        return refusal
    return None


def why_nothing_leaves(db: Database) -> Refusal | None:
    """The question before every try to send: does the ledger take lines, and does the database know all it says?"""
    try:
        refuse_if_nothing_leaves(db)
    except Refusal as refusal:
        return refusal
    return None


def refuse_if_nothing_leaves(db: Database) -> None:
    """Raises DatabaseIsOlder, LedgerLost, LedgerDamaged or LedgerUnusable while no mail may be sent."""
    if db.ledger is None:
        return
    owed.refuse_if_apart(db)
    owed.write_down(db)
    db.ledger.refuse_if_unusable()


def begin(db: Database, now: datetime) -> Refusal | None:
    """Tells the ledger all that a database knows which was there before it; the reason where it still is owed."""
    with db.atomic():
        owed.owe(db, *_everything(db, now))
    return write_down(db)


def begin_anew(db: Database, now: datetime) -> None:
    """The ledger is lost for good: another one begins with all that the database knows. Raises LedgerUnusable."""
    lines = _everything(db, now)
    if db.ledger is None or not lines:
        return
    with db.ledger.alone() as pen:
        # Numbered on from what the database has seen, so that no copy takes these lines for others that it knows.
        last = pen.append([line.words for line in lines], max(owed.seen(db), db.ledger.last()))
        owed.set_seen(db, last)
    owed.write_down(db)


def _everything(db: Database, now: datetime) -> list[Line]:
    return [
        *(line_of_closing(case, instant(now)) for case in cases.ended_cases(db)),
        *(Line(Kind.PAUSED, instant(pause.at), what=pause.what) for pause in pacing.pauses(db)),
        *owed.all_lines(db),
    ]
