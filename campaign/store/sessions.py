"""Who is signed in, and who still owes the code of the second step. Tokens stand here as their hashes."""

from contextlib import suppress
from datetime import datetime, timedelta

from campaign.domain.account import Account, Session
from campaign.domain.refusals import StorageFailed
from campaign.store.accounts import account_of
from campaign.store.columns import instant, moment
from campaign.store.database import Database, Row


def add_session(db: Database, token_hash: str, account: int, browser: str, *, now: datetime, ends_at: datetime) -> None:
    db.run(
        """INSERT INTO sessions (token_hash, account_id, started_at, seen_at, ends_at, browser)
           VALUES (:hash, :account, :now, :now, :ends_at, :browser)""",
        hash=token_hash,
        account=account,
        now=instant(now),
        ends_at=instant(ends_at),
        browser=browser,
    )
    _note_seen(db, account, now)


def find_session_account(db: Database, token_hash: str, now: datetime, idles: timedelta) -> Account | None:
    """Whose session this is, if it has neither ended nor been left idle; notes that it was seen."""
    rows = db.rows(
        """SELECT a.*, s.seen_at AS session_seen_at FROM sessions s JOIN accounts a ON a.id = s.account_id
           WHERE s.token_hash = :hash AND s.ends_at > :now AND s.seen_at > :idle AND a.closed_at IS NULL""",
        hash=token_hash,
        now=instant(now),
        idle=instant(now - idles),
    )
    if not rows:
        return None
    if moment(rows[0]["session_seen_at"]) < now - timedelta(minutes=1):
        # On a full disk whoever is signed in can still come to close a case.
        with suppress(StorageFailed):
            db.run("UPDATE sessions SET seen_at = :now WHERE token_hash = :hash", now=instant(now), hash=token_hash)
            _note_seen(db, rows[0]["id"], now)
    return account_of(rows[0])


def sessions_of(db: Database, account: int, now: datetime, idles: timedelta) -> list[Session]:
    """The sessions that still open something, the last seen first."""
    return [
        _session(row)
        for row in db.rows(
            """SELECT * FROM sessions WHERE account_id = :account AND ends_at > :now AND seen_at > :idle
               ORDER BY seen_at DESC, id DESC""",
            account=account,
            now=instant(now),
            idle=instant(now - idles),
        )
    ]


def find_session(db: Database, token_hash: str) -> Session | None:
    rows = db.rows("SELECT * FROM sessions WHERE token_hash = :hash", hash=token_hash)
    return _session(rows[0]) if rows else None


def end_session(db: Database, token_hash: str) -> None:
    db.run("DELETE FROM sessions WHERE token_hash = :hash", hash=token_hash)


def end_session_of(db: Database, account: int, id: int) -> bool:
    """Ends a session of this account; False for one that is not theirs."""
    return bool(db.run("DELETE FROM sessions WHERE id = :id AND account_id = :account", id=id, account=account))


def end_sessions(db: Database, account: int, *, but: str | None = None) -> None:
    """Ends every session of the account, and whatever waits for a code; `but` is the hash of one that goes on."""
    db.run("DELETE FROM sessions WHERE account_id = :account AND token_hash <> :but", account=account, but=but or "")
    db.run("DELETE FROM codes_awaited WHERE account_id = :account", account=account)


def await_code(db: Database, token_hash: str, account: int, ends_at: datetime) -> None:
    db.run(
        "INSERT INTO codes_awaited (token_hash, account_id, ends_at) VALUES (:hash, :account, :ends_at)",
        hash=token_hash,
        account=account,
        ends_at=instant(ends_at),
    )


def find_who_owes_code(db: Database, token_hash: str, now: datetime) -> Account | None:
    rows = db.rows(
        """SELECT a.* FROM codes_awaited c JOIN accounts a ON a.id = c.account_id
           WHERE c.token_hash = :hash AND c.ends_at > :now AND a.closed_at IS NULL""",
        hash=token_hash,
        now=instant(now),
    )
    return account_of(rows[0]) if rows else None


def end_awaiting(db: Database, token_hash: str) -> bool:
    """Nothing is waited for any more; False if it was not, so that one code lets in once."""
    return bool(db.run("DELETE FROM codes_awaited WHERE token_hash = :hash", hash=token_hash))


def forget_ended(db: Database, now: datetime, idles: timedelta) -> None:
    """Removes sessions that open nothing any more."""
    db.run(
        "DELETE FROM sessions WHERE ends_at <= :now OR seen_at <= :idle", now=instant(now), idle=instant(now - idles)
    )
    db.run("DELETE FROM codes_awaited WHERE ends_at <= :now", now=instant(now))


def _note_seen(db: Database, account: int, now: datetime) -> None:
    db.run("UPDATE accounts SET seen_at = :now WHERE id = :id", now=instant(now), id=account)


def _session(row: Row) -> Session:
    return Session(row["id"], row["account_id"], moment(row["started_at"]), moment(row["seen_at"]), row["browser"])
