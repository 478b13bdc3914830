"""What the database owes the ledger: lines that wait in the transaction of the thing they tell, until they stand in the file.

The thing is saved first and its line with it; then the line is written, and only then is success reported. So the file
never says what did not happen, a line that could not be written (a full disk, a crash) is written later by whoever comes
next, and only a database that was put back from a copy can be behind its ledger.
"""

from datetime import datetime

from campaign.domain.refusals import DatabaseIsOlder, LedgerLost
from campaign.store.database import Database, Row
from campaign.store.journal import Event, record
from campaign.store.ledger import Kind, Line, digest, line_of_own_mail, line_of_sending

ACTOR = "the ledger"


def owe(db: Database, *lines: Line) -> None:
    """Adds the lines to what is owed, within the caller's transaction."""
    for line in lines:
        db.run("INSERT INTO ledger_waiting (words) VALUES (:words)", words=line.words)


def count_owed(db: Database) -> int:
    return int(db.rows("SELECT count(*) AS n FROM ledger_waiting")[0]["n"])


def seen(db: Database) -> int:
    """The number of the last line of the ledger that the database knows of."""
    return int(db.rows("SELECT COALESCE(max(seq), 0) AS seq FROM ledger_seen")[0]["seq"])


def set_seen(db: Database, seq: int) -> None:
    db.run(
        "INSERT INTO ledger_seen (id, seq) VALUES (1, :seq) ON CONFLICT (id) DO UPDATE SET seq = excluded.seq", seq=seq
    )


def write_down(db: Database) -> None:
    """Writes what is owed into the ledger; must not be called inside a transaction. Raises LedgerUnusable, LedgerLost.

    A database without a ledger of its own leaves its lines to a process that has one.
    """
    if db.ledger is None or not count_owed(db):
        return
    with db.ledger.alone() as pen:
        waiting = _waiting(db)
        known, last = seen(db), db.ledger.last()
        if last < known:
            raise LedgerLost(str(db.ledger.path), known, last)
        # Somebody may have died between the file and the database: what he wrote is not written again.
        there = {line.words for line in db.ledger.beyond(known)}
        fresh = [words for words in waiting.values() if words not in there]
        last = pen.append(fresh, last) if fresh else last
        # Lost in a power cut, this is found out again from the file: hence no second wait for the disk.
        with db.atomic(lasts=False):
            db.run_many("DELETE FROM ledger_waiting WHERE id = :id", [{"id": id} for id in waiting])
            # Lines that are none of ours have not been replayed: then we are still behind, whatever we added.
            if there <= set(waiting.values()):
                set_seen(db, last)


def _waiting(db: Database) -> dict[int, str]:
    """The words of each line that is owed."""
    return {row["id"]: row["words"] for row in db.rows("SELECT id, words FROM ledger_waiting ORDER BY id")}


def refuse_if_apart(db: Database) -> None:
    """Raises DatabaseIsOlder where the ledger knows more than the database, LedgerLost where it knows less."""
    if db.ledger is None:
        return
    # In this order: a line stands in the file before the database knows of it.
    known = seen(db)
    last = db.ledger.last()
    if last < known:
        raise LedgerLost(str(db.ledger.path), known, last)
    if last > known and strange_lines(db):
        raise DatabaseIsOlder(known, last)


def strange_lines(db: Database) -> list[Line]:
    """Lines of the ledger that the database does not know: it was put back from an older copy."""
    if db.ledger is None:
        return []
    with db.ledger.alone():  # nobody is between the file and the database
        ours = set(_waiting(db).values())
        return [line for line in db.ledger.beyond(seen(db)) if line.words not in ours]


def known_letters(db: Database) -> dict[str, Row]:
    """Every letter by its hash in the ledger: id, case_id, state, erased_at, told_at."""
    rows = db.rows("SELECT id, case_id, form_key, state, erased_at, told_at FROM letters")
    return {digest(row.pop("form_key")): row for row in rows}


def waiting_notices(db: Database) -> dict[str, int]:
    """The ids of our own mails that wait to go, by the hash of their Message-ID."""
    rows = db.rows("SELECT id, message_id FROM notices WHERE state IN ('queued', 'sending')")
    return {digest(row["message_id"]): row["id"] for row in rows}


def mark_as_mailed(db: Database, notice: int, line: Line) -> None:
    db.run(
        """UPDATE notices SET state = 'sent', reason = NULL, worker = NULL, sent_at = :at, email = NULL, wire = NULL,
               facts = NULL WHERE id = :id""",
        id=notice,
        at=line.at,
    )


def all_lines(db: Database) -> list[Line]:
    """What the ledger would say if it had been there from the beginning, but for cases: erased, silenced, told, sent, mailed."""
    told = db.rows(
        """SELECT form_key, message_id, state, sent_at, erased_at, told_at FROM letters
           WHERE state = 'sent' OR erased_at IS NOT NULL OR told_at IS NOT NULL ORDER BY id"""
    )
    lines = []
    for row in told:
        letter = digest(row["form_key"])
        if row["state"] == "sent":
            lines.append(line_of_sending(row["sent_at"], row["form_key"], row["message_id"]))
        lines += [
            Line(kind, row[column], letter=letter)
            for kind, column in ((Kind.TOLD, "told_at"), (Kind.ERASED, "erased_at"))
            if row[column]
        ]
    mailed = db.rows("SELECT message_id, sent_at FROM notices WHERE state = 'sent' ORDER BY id")
    lines += [line_of_own_mail(row["sent_at"], row["message_id"]) for row in mailed]
    silenced = db.rows("SELECT writer, kind, at FROM silenced ORDER BY writer, kind")
    return lines + [Line(Kind.SILENCED, row["at"], writer=row["writer"], silence=row["kind"]) for row in silenced]


def mark_as_sent(db: Database, letter: Row, line: Line, now: datetime) -> None:
    """A letter of which the ledger knows that it was sent will not be sent again, whatever state the copy has it in.

    Where the copy was made before the writer's yes it has no Message-ID yet; then the hash stands in its place. Another
    letter of the same writer that stood in its way was taken back before it went, or it could not have gone.
    """
    id, taken_back = letter["id"], "Another letter of the same writer was sent in its place."
    others = db.rows(
        """UPDATE letters SET state = 'withdrawn', reason = :reason, next_at = NULL, worker = NULL
           WHERE state IN ('queued', 'held', 'sending') AND id <> :id AND channel = 'email' AND EXISTS (
               SELECT 1 FROM letters l WHERE l.id = :id AND l.case_id = letters.case_id AND l.epoch = letters.epoch
                   AND l.target_id = letters.target_id AND l.writer = letters.writer) RETURNING id, case_id""",
        id=id,
        reason=taken_back,
    )
    db.run(
        """UPDATE letters SET state = 'sent', reason = NULL, worker = NULL, next_at = NULL, sent_at = :at,
               confirmed_at = COALESCE(confirmed_at, :at), message_id = COALESCE(message_id, :message) WHERE id = :id""",
        id=id,
        at=line.at,
        message=f"sha256:{line.message}",
    )
    record(
        db,
        *(Event(now, ACTOR, "letter", o["case_id"], o["id"], after="withdrawn", reason=taken_back) for o in others),
        Event(now, ACTOR, "letter", letter["case_id"], id, before=letter["state"], after="sent"),
    )
    # It was sent, so its writer said yes: nobody is asked again.
    db.run(
        """UPDATE notices SET state = 'refused', reason = :reason, email = NULL, wire = NULL, facts = NULL
           WHERE state = 'queued' AND kind IN ('confirm', 'remind')
             AND about = (SELECT form_key FROM letters WHERE id = :id)""",
        id=id,
        reason="Its letter was sent already.",
    )


def mark_as_told(db: Database, id: int, line: Line) -> None:
    db.run("UPDATE letters SET told_at = COALESCE(told_at, :at) WHERE id = :id", id=id, at=line.at)
