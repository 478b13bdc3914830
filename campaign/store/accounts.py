"""Accounts, and how often letters and mails were asked for."""

from datetime import UTC, datetime, timedelta

from campaign.domain.account import Account, Role
from campaign.domain.refusals import NotFound
from campaign.store.columns import folded, instant, moment, moment_or_none
from campaign.store.database import Database, Row


def add_account(
    db: Database, name: str, role: Role, password_hash: str, now: datetime, *, invited_by: str | None = None
) -> int | None:  # fmt: skip
    """The new account's id, or None when the name is taken (case and accents make no other name)."""
    rows = db.rows(
        """INSERT INTO accounts (name, folded, role, password_hash, created_at, invited_by)
           VALUES (:name, :folded, :role, :hash, :now, :invited_by) ON CONFLICT (folded) DO NOTHING RETURNING id""",
        name=name,
        folded=folded(name),
        role=role,
        hash=password_hash,
        now=instant(now),
        invited_by=invited_by,
    )
    return int(rows[0]["id"]) if rows else None


def account(db: Database, id: int) -> Account:
    """The account, open or closed."""
    rows = db.rows("SELECT * FROM accounts WHERE id = :id", id=id)
    if not rows:
        raise NotFound("There is no such account.")
    return account_of(rows[0])


def find_account(db: Database, name: str) -> tuple[Account, str] | None:
    """The open account of this name and its password's hash."""
    rows = db.rows("SELECT * FROM accounts WHERE folded = :folded AND closed_at IS NULL", folded=folded(name))
    return (account_of(rows[0]), rows[0]["password_hash"]) if rows else None


def is_name_taken(db: Database, name: str) -> bool:
    """Whether an account has that name, also a closed one."""
    return bool(db.rows("SELECT id FROM accounts WHERE folded = :folded", folded=folded(name)))


def accounts(db: Database) -> list[Account]:
    return [account_of(row) for row in db.rows("SELECT * FROM accounts ORDER BY folded")]


def hold_admins(db: Database) -> int:
    """How many admins are open; until the caller's transaction ends nobody else changes one."""
    return db.run("UPDATE accounts SET role = role WHERE role = 'admin' AND closed_at IS NULL")


def set_password(db: Database, account: int, password_hash: str) -> None:
    db.run("UPDATE accounts SET password_hash = :hash WHERE id = :id", hash=password_hash, id=account)


def set_role(db: Database, account: int, role: Role) -> None:
    db.run("UPDATE accounts SET role = :role WHERE id = :id", role=role, id=account)


def close_account(db: Database, account: int, now: datetime) -> None:
    db.run("UPDATE accounts SET closed_at = :now WHERE id = :id", now=instant(now), id=account)


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


def _slot(within: timedelta, now: datetime) -> int:
    return int(now.timestamp() // within.total_seconds())


def account_of(row: Row) -> Account:
    """The account in a row of its table."""
    return Account(
        row["id"],
        row["name"],
        Role(row["role"]),
        moment(row["created_at"]),
        moment_or_none(row["closed_at"]),
        moment_or_none(row["second_step_at"]),
        moment_or_none(row["seen_at"]),
        row["invited_by"],
    )
