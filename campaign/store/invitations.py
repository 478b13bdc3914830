"""Invitations: links by which somebody makes the account that is meant for them. The links stand here as their hashes."""

from datetime import datetime

from campaign.domain.account import Invitation, Role
from campaign.domain.refusals import NotFound
from campaign.store.columns import folded, instant, moment, moment_or_none
from campaign.store.database import Database, Row


def add_invitation(
    db: Database, token_hash: str, name: str, role: Role, *, by: str, now: datetime, ends_at: datetime
) -> int:  # fmt: skip
    rows = db.rows(
        """INSERT INTO invitations (token_hash, name, folded, role, invited_by, invited_at, ends_at)
           VALUES (:hash, :name, :folded, :role, :by, :now, :ends_at) RETURNING id""",
        hash=token_hash,
        name=name,
        folded=folded(name),
        role=role,
        by=by,
        now=instant(now),
        ends_at=instant(ends_at),
    )
    return int(rows[0]["id"])


def invitation(db: Database, id: int) -> Invitation:
    rows = db.rows("SELECT * FROM invitations WHERE id = :id", id=id)
    if not rows:
        raise NotFound
    return _invitation(rows[0])


def find_invitation(db: Database, token_hash: str) -> Invitation | None:
    rows = db.rows("SELECT * FROM invitations WHERE token_hash = :hash", hash=token_hash)
    return _invitation(rows[0]) if rows else None


def find_unused_invitation_for(db: Database, name: str) -> Invitation | None:
    rows = db.rows(
        "SELECT * FROM invitations WHERE folded = :folded AND used_at IS NULL AND revoked_at IS NULL",
        folded=folded(name),
    )
    return _invitation(rows[0]) if rows else None


def unused_invitations(db: Database) -> list[Invitation]:
    """Those that were neither used nor taken back, the newest first."""
    return [
        _invitation(row)
        for row in db.rows("SELECT * FROM invitations WHERE used_at IS NULL AND revoked_at IS NULL ORDER BY id DESC")
    ]


def use_invitation(db: Database, id: int, now: datetime) -> bool:
    """Whether it could still be used; then it is used now, and never again."""
    return bool(
        db.run(
            """UPDATE invitations SET used_at = :now
               WHERE id = :id AND used_at IS NULL AND revoked_at IS NULL AND ends_at > :now""",
            now=instant(now),
            id=id,
        )
    )


def revoke_invitation(db: Database, id: int, now: datetime) -> bool:
    """Whether it was still unused; then it opens nothing from now on."""
    return bool(
        db.run(
            "UPDATE invitations SET revoked_at = :now WHERE id = :id AND used_at IS NULL AND revoked_at IS NULL",
            now=instant(now),
            id=id,
        )
    )


def _invitation(row: Row) -> Invitation:
    return Invitation(
        row["id"],
        row["name"],
        Role(row["role"]),
        row["invited_by"],
        moment(row["invited_at"]),
        moment(row["ends_at"]),
        moment_or_none(row["used_at"]),
        moment_or_none(row["revoked_at"]),
    )
