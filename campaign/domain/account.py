"""Accounts: who can sign in, what each may do, and how they prove who they are."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Role(StrEnum):
    ORGANIZER = "organizer"
    ADMIN = "admin"


class Permission(StrEnum):
    """What a page asks for. `EVERYONE` needs no account; `FINISH_JOINING` not even the second step that a role asks for."""

    EVERYONE = "everyone"
    SEE_COUNTS = "see counts"
    WORK_ON_LETTERS = "work on letters"
    READ_LETTERS = "read letters"
    TAKE_IN_DOCUMENTS = "take in documents"
    CLOSE_AND_REOPEN = "close and reopen"
    READ_THE_RECORD = "read the record"
    MIND_ACCOUNTS = "mind accounts"
    MIND_GROUPS = "mind groups"
    HAVE_AN_ACCOUNT = "have an account"
    FINISH_JOINING = "finish joining"


_ORGANIZER = frozenset(
    {
        Permission.EVERYONE,
        Permission.SEE_COUNTS,
        Permission.WORK_ON_LETTERS,
        Permission.HAVE_AN_ACCOUNT,
        Permission.FINISH_JOINING,
    }
)

ALLOWED: dict[Role, frozenset[Permission]] = {
    Role.ORGANIZER: _ORGANIZER,
    Role.ADMIN: _ORGANIZER
    | {
        Permission.READ_LETTERS,
        Permission.TAKE_IN_DOCUMENTS,
        Permission.CLOSE_AND_REOPEN,
        Permission.READ_THE_RECORD,
        Permission.MIND_ACCOUNTS,
        Permission.MIND_GROUPS,
    },
}

SHORTEST_PASSWORD = 10
LONGEST_NAME = 60
SESSION_LASTS = timedelta(hours=12)
SESSION_IDLES = timedelta(minutes=30)
CODE_AWAITED = timedelta(minutes=10)
WRONG_TRIES = 10
WRONG_TRIES_OF_NETWORK = 30
WRONG_TRIES_WITHIN = timedelta(minutes=15)
INVITATION_LASTS = timedelta(hours=72)
RECOVERY_CODES = 10

# Who has to prove with a second thing, a code from an app, that it is really them: the words of the setting.
SECOND_STEP_OF: dict[str, frozenset[Role]] = {
    "everyone": frozenset(Role),
    "admins": frozenset({Role.ADMIN}),
    "nobody": frozenset(),
}


@dataclass(frozen=True)
class Account:
    """Someone who can sign in. Supporters need none."""

    id: int
    name: str
    role: Role
    created_at: datetime
    closed_at: datetime | None = None
    second_step_at: datetime | None = None
    seen_at: datetime | None = None
    invited_by: str | None = None

    def may(self, permission: Permission) -> bool:
        return self.closed_at is None and permission in ALLOWED[self.role]

    @property
    def has_second_step(self) -> bool:
        return self.second_step_at is not None


@dataclass(frozen=True)
class Session:
    """Somebody signed in, in one browser. `id` can be shown: it opens nothing."""

    id: int
    account: int
    started_at: datetime
    seen_at: datetime
    browser: str


class InvitationState(StrEnum):
    OPEN = "open"
    USED = "used"
    REVOKED = "revoked"
    RUN_OUT = "run out"


@dataclass(frozen=True)
class Invitation:
    """A link by which one person can make the account that is meant for them, once."""

    id: int
    name: str
    role: Role
    invited_by: str
    invited_at: datetime
    ends_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None

    def state(self, now: datetime) -> InvitationState:
        if self.used_at:
            return InvitationState.USED
        if self.revoked_at:
            return InvitationState.REVOKED
        return InvitationState.RUN_OUT if self.ends_at <= now else InvitationState.OPEN
