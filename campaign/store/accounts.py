"""Accounts, their sessions, and how often something was tried."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

from campaign.domain.account import Account, Role
from campaign.domain.refusals import NotFound, StorageFailed
from campaign.store.columns import folded, instant, moment, moment_or_none
from campaign.store.database import Database, Row


def add_account(db: Database, name: str, role: Role, password_hash: str, now: datetime) -> int | None:
    """The new account's id, or None when the name is taken (case and accents make no other name)."""
    rows = db.rows(
        """INSERT INTO accounts (name, folded, role, password_hash, created_at)
           VALUES (:name, :folded, :role, :hash, :now) ON CONFLICT (folded) DO NOTHING RETURNING id""",
        name=name,
        folded=folded(name),
        role=role,
        hash=password_hash,
        now=instant(now),
    )
    return int(rows[0]["id"]) if rows else None


def find_account(db: Database, name: str) -> tuple[Account, str] | None:
    """The open account of this name and its password's hash."""
    rows = db.rows("SELECT * FROM accounts WHERE folded = :folded AND closed_at IS NULL", folded=folded(name))
    return (_account(rows[0]), rows[0]["password_hash"]) if rows else None


def accounts(db: Database) -> list[Account]:
    return [_account(row) for row in db.rows("SELECT * FROM accounts ORDER BY folded")]


def set_password(db: Database, account: int, password_hash: str) -> None:
    """Changes the password and ends every session of the account."""
    db.run("UPDATE accounts SET password_hash = :hash WHERE id = :id", hash=password_hash, id=account)
    end_sessions(db, account)


def set_role(db: Database, account: int, role: Role) -> None:
    """Changes the role and ends every session of the account."""
    if not db.run("UPDATE accounts SET role = :role WHERE id = :id", role=role, id=account):
        raise NotFound("There is no such account.")
    end_sessions(db, account)


def close_account(db: Database, account: int, now: datetime) -> None:
    db.run("UPDATE accounts SET closed_at = :now WHERE id = :id", now=instant(now), id=account)
    end_sessions(db, account)


def add_session(db: Database, token_hash: str, account: int, now: datetime, ends_at: datetime) -> None:
    db.run(
        """INSERT INTO sessions (token_hash, account_id, started_at, seen_at, ends_at)
           VALUES (:hash, :account, :now, :now, :ends_at)""",
        hash=token_hash,
        account=account,
        now=instant(now),
        ends_at=instant(ends_at),
    )


def find_session_account(db: Database, token_hash: str, now: datetime, idles: timedelta) -> Account | None:
    """Whose session this is, if it has neither ended nor been left idle; notes that it was seen."""
    rows = db.rows(
        """SELECT a.*, s.seen_at FROM sessions s JOIN accounts a ON a.id = s.account_id
           WHERE s.token_hash = :hash AND s.ends_at > :now AND s.seen_at > :idle AND a.closed_at IS NULL""",
        hash=token_hash,
        now=instant(now),
        idle=instant(now - idles),
    )
    if not rows:
        return None
    if moment(rows[0]["seen_at"]) < now - timedelta(minutes=1):
        # On a full disk whoever is signed in can still come to close a case.
        with suppress(StorageFailed):
            db.run("UPDATE sessions SET seen_at = :now WHERE token_hash = :hash", now=instant(now), hash=token_hash)
    return _account(rows[0])


def end_session(db: Database, token_hash: str) -> None:
    db.run("DELETE FROM sessions WHERE token_hash = :hash", hash=token_hash)


def end_sessions(db: Database, account: int) -> None:
    db.run("DELETE FROM sessions WHERE account_id = :account", account=account)


def count_try(db: Database, counted: str, within: timedelta, now: datetime, weight: int = 1) -> int:
    """Counts one more try of something and says how many there were in the current window, this one included.

    A try can weigh as much as several.
    """
    return count_tries(db, [counted], within, now, weight)[0]


def count_tries(db: Database, counted: list[str], within: timedelta, now: datetime, weight: int = 1) -> list[int]:
    """The same for several things at once, in their order."""
    places = ", ".join(f"(:counted{n}, :slot, :weight)" for n in range(len(counted)))
    rows = db.rows(
        f"""INSERT INTO limits (counted, slot, n) VALUES {places}
           ON CONFLICT (counted, slot) DO UPDATE SET n = limits.n + :weight RETURNING counted, n""",
        slot=_slot(within, now),
        weight=weight,
        **{f"counted{n}": one for n, one in enumerate(counted)},
    )
    known = {row["counted"]: int(row["n"]) for row in rows}
    return [known[one] for one in counted]


def window_ends(within: timedelta, now: datetime) -> datetime:
    """When the current window of a limit ends, and its tries are forgotten."""
    return datetime.fromtimestamp((_slot(within, now) + 1) * within.total_seconds(), UTC)


def tries(db: Database, counted: str, within: timedelta, now: datetime) -> int:
    """How many tries were counted in the current window."""
    rows = db.rows(
        "SELECT n FROM limits WHERE counted = :counted AND slot = :slot", counted=counted, slot=_slot(within, now)
    )
    return int(rows[0]["n"]) if rows else 0


def forget_tries(db: Database, counted: str) -> None:
    db.run("DELETE FROM limits WHERE counted = :counted", counted=counted)


def _slot(within: timedelta, now: datetime) -> int:
    return int(now.timestamp() // within.total_seconds())


def _account(row: Row) -> Account:
    return Account(
        row["id"], row["name"], Role(row["role"]), moment(row["created_at"]), moment_or_none(row["closed_at"])
    )
