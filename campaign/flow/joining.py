"""Accounts: made, signed in to, signed out of."""

from dataclasses import dataclass
from datetime import datetime

from campaign import passwords
from campaign.domain.account import (
    SESSION_LASTS,
    SHORTEST_PASSWORD,
    WRONG_TRIES,
    WRONG_TRIES_WITHIN,
    Account,
    Role,
)
from campaign.domain.refusals import NameTaken, NotFound, PasswordTooShort, SignInFailed
from campaign.flow.office import hash_of
from campaign.store import accounts
from campaign.store.columns import folded
from campaign.store.database import Database


@dataclass(frozen=True)
class SignedIn:
    account: Account
    token: str


def add_account(db: Database, name: str, role: Role, password: str, now: datetime) -> int:
    """Makes an account. Raises PasswordTooShort or NameTaken."""
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooShort(SHORTEST_PASSWORD)
    id = accounts.add_account(db, name.strip(), role, passwords.hashed(password), now)
    if id is None:
        raise NameTaken(name)
    return id


def change_password(db: Database, name: str, password: str) -> None:
    """Sets a new password and ends every session of the account."""
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooShort(SHORTEST_PASSWORD)
    found = accounts.find_account(db, name)
    if found is None:
        raise NotFound(f"There is no account called {name}.")
    accounts.set_password(db, found[0].id, passwords.hashed(password))


def change_role(db: Database, name: str, role: Role) -> None:
    """Sets a new role and ends every session of the account."""
    accounts.set_role(db, _existing(db, name).id, role)


def close_account(db: Database, name: str, now: datetime) -> None:
    """Nobody can sign in to the account any more; what was done with it stays on record."""
    accounts.close_account(db, _existing(db, name).id, now)


def sign_in(db: Database, name: str, password: str, *, token: str, now: datetime) -> SignedIn:
    """A new session for the account. Raises SignInFailed, the same way for a wrong name and a wrong password."""
    counted = f"sign-in:{hash_of(folded(name))}"
    if accounts.tries(db, counted, WRONG_TRIES_WITHIN, now) >= WRONG_TRIES:
        raise SignInFailed
    found = accounts.find_account(db, name)
    if not passwords.fits(found[1] if found else None, password) or found is None:
        accounts.count_try(db, counted, WRONG_TRIES_WITHIN, now)
        raise SignInFailed
    with db.atomic():
        accounts.forget_tries(db, counted)
        accounts.add_session(db, hash_of(token), found[0].id, now, now + SESSION_LASTS)
    return SignedIn(found[0], token)


def sign_out(db: Database, token: str) -> None:
    accounts.end_session(db, hash_of(token))


def _existing(db: Database, name: str) -> Account:
    found = accounts.find_account(db, name)
    if found is None:
        raise NotFound(f"There is no account called {name}.")
    return found[0]
