"""The second step of accounts: what its codes are made from, which was the last one used, and the recovery codes left."""

from collections.abc import Iterable
from datetime import datetime

from campaign.store.columns import instant
from campaign.store.database import Database


def find_seed(db: Database, account: int) -> str | None:
    """What the account's codes are made from; None where there is no second step."""
    rows = db.rows("SELECT second_step_seed FROM accounts WHERE id = :id", id=account)
    return rows[0]["second_step_seed"] if rows else None


def set_second_step(db: Database, account: int, seed: str, used: int, now: datetime) -> None:
    """Codes are made from this seed from now on, and the one that proved it is used."""
    db.run(
        "UPDATE accounts SET second_step_seed = :seed, second_step_at = :now, second_step_used = :used WHERE id = :id",
        seed=seed,
        now=instant(now),
        used=used,
        id=account,
    )


def take_off_second_step(db: Database, account: int) -> None:
    db.run(
        "UPDATE accounts SET second_step_seed = NULL, second_step_at = NULL, second_step_used = NULL WHERE id = :id",
        id=account,
    )
    set_recovery_codes(db, account, ())


def use_code(db: Database, account: int, half_minute: int) -> bool:
    """Whether the code of that half minute is newer than every one that was used; then it is used now."""
    return bool(
        db.run(
            "UPDATE accounts SET second_step_used = :used WHERE id = :id AND second_step_used < :used",
            used=half_minute,
            id=account,
        )
    )


def set_recovery_codes(db: Database, account: int, hashes: Iterable[str]) -> None:
    """These are the account's recovery codes from now on, and no others."""
    db.run("DELETE FROM recovery_codes WHERE account_id = :account", account=account)
    for one in hashes:
        db.run("INSERT INTO recovery_codes (account_id, code_hash) VALUES (:account, :hash)", account=account, hash=one)


def use_recovery_code(db: Database, account: int, code_hash: str, now: datetime) -> bool:
    """Whether this is one of the account's codes that was not used; then it is used now."""
    return bool(
        db.run(
            """UPDATE recovery_codes SET used_at = :now
               WHERE account_id = :account AND code_hash = :hash AND used_at IS NULL""",
            now=instant(now),
            account=account,
            hash=code_hash,
        )
    )


def count_recovery_codes(db: Database, account: int) -> int:
    """How many are left."""
    rows = db.rows(
        "SELECT count(*) AS n FROM recovery_codes WHERE account_id = :account AND used_at IS NULL", account=account
    )
    return int(rows[0]["n"])
