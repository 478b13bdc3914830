"""Passwords: hashed with argon2id, and checked in the same time whether or not the account exists."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

# The least that OWASP asks for: 19 MiB and two rounds; more memory would invite attacks on ours.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hashed(password: str) -> str:
    return _HASHER.hash(password)


def fits(password_hash: str | None, password: str) -> bool:
    """Whether the password is the one; None for an account that does not exist takes as long and says no."""
    try:
        return _HASHER.verify(password_hash or _of_nobody(), password) and password_hash is not None
    except (Argon2Error, InvalidHashError):
        return False


@cache
def _of_nobody() -> str:
    return hashed("the password of nobody at all")
