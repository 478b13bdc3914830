"""Accounts: who can sign in, and what each may do."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Role(StrEnum):
    ORGANIZER = "organizer"
    ADMIN = "admin"


class Permission(StrEnum):
    """What a page asks for. `EVERYONE` needs no account."""

    EVERYONE = "everyone"
    SEE_COUNTS = "see counts"
    WORK_ON_LETTERS = "work on letters"
    READ_LETTERS = "read letters"
    TAKE_IN_DOCUMENTS = "take in documents"
    CLOSE_AND_REOPEN = "close and reopen"
    HAVE_AN_ACCOUNT = "have an account"


_ORGANIZER = frozenset(
    {Permission.EVERYONE, Permission.SEE_COUNTS, Permission.WORK_ON_LETTERS, Permission.HAVE_AN_ACCOUNT}
)

ALLOWED: dict[Role, frozenset[Permission]] = {
    Role.ORGANIZER: _ORGANIZER,
    Role.ADMIN: _ORGANIZER | {Permission.READ_LETTERS, Permission.TAKE_IN_DOCUMENTS, Permission.CLOSE_AND_REOPEN},
}

SHORTEST_PASSWORD = 10
SESSION_LASTS = timedelta(hours=12)
SESSION_IDLES = timedelta(minutes=30)
WRONG_TRIES = 10
WRONG_TRIES_WITHIN = timedelta(minutes=15)


@dataclass(frozen=True)
class Account:
    """Someone who can sign in. Supporters need none."""

    id: int
    name: str
    role: Role
    created_at: datetime
    closed_at: datetime | None = None

    def may(self, permission: Permission) -> bool:
        return self.closed_at is None and permission in ALLOWED[self.role]
