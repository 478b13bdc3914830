"""Signing in, in one step or two, and out; and the sessions of an account."""

from dataclasses import dataclass
from datetime import datetime

from campaign import passwords
from campaign.domain.account import (
    CODE_AWAITED,
    SESSION_IDLES,
    SESSION_LASTS,
    WRONG_TRIES,
    WRONG_TRIES_OF_NETWORK,
    WRONG_TRIES_WITHIN,
    Account,
)
from campaign.domain.admission import CodeNotAwaited, CodeWrong, PasswordWrong, SignInFailed
from campaign.domain.refusals import NotFound, Refusal
from campaign.flow import proving
from campaign.flow.office import Office, hash_of
from campaign.store import accounts, second_steps, sessions, tries
from campaign.store.columns import folded
from campaign.store.database import Database


@dataclass(frozen=True)
class Caller:
    """Where somebody tries to sign in: what stands for the network (None on this machine itself), the word that the
    browser keeps if somebody signed in there before, and what is told of the browser in the list of sessions."""

    network: str | None = None
    known: str | None = None
    browser: str = "A browser"


@dataclass(frozen=True)
class SignedIn:
    """`token` opens the session, or, where a code is owed, only the page that asks for it."""

    account: Account
    token: str
    owes_code: bool = False


def sign_in(
    db: Database, office: Office, name: str, password: str, *, token: str, now: datetime, caller: Caller = Caller()
) -> SignedIn:  # fmt: skip
    """A new session for the account, or the wait for its code. Raises SignInFailed, the same way whatever was wrong.

    Wrong tries are counted for the name and for the network. A browser in which the account's owner signed in before is
    counted by itself: strangers who try the name, or share the network, cannot lock the owner out of it.
    """
    found = accounts.find_account(db, name)
    counted = _counted(office, found[0] if found else None, name, caller)
    fits = _let_try(db, counted, now) and passwords.fits(found[1] if found else None, password)
    if not fits or found is None:
        raise SignInFailed
    with db.atomic():
        _forgive(db, counted, now)
        _forget_ended(db, now)
        return _admit(db, found[0], token, caller, now)


def give_code(
    db: Database, office: Office, waiting: str, code: str, *, token: str, now: datetime, caller: Caller = Caller()
) -> SignedIn:  # fmt: skip
    """The second step: a code of the app or a recovery code, for whoever gave the password. Raises CodeWrong.

    `waiting` is the token that `sign_in` gave; when its time is over it raises CodeNotAwaited.
    """
    account = who_owes_code(db, waiting, now)
    with db.atomic():
        if tries.count_try(db, f"code:{account.id}", WRONG_TRIES_WITHIN, now) > WRONG_TRIES:
            raise CodeWrong
    with db.atomic():
        if not proving.takes(db, office, account, code, now):
            raise CodeWrong
        if not sessions.end_awaiting(db, hash_of(waiting)):
            raise CodeNotAwaited
        tries.forget_tries(db, f"code:{account.id}")
        _add_session(db, account, token, caller.browser, now)
    return SignedIn(account, token)


def who_owes_code(db: Database, waiting: str, now: datetime) -> Account:
    """Raises CodeNotAwaited when nobody does."""
    account = sessions.find_who_owes_code(db, hash_of(waiting), now)
    if account is None:
        raise CodeNotAwaited
    return account


def enter_after_joining(db: Database, account: int, *, token: str, now: datetime, browser: str) -> None:
    """Opens a session for an account that was made or changed this very moment, within the caller's transaction."""
    _add_session(db, accounts.account(db, account), token, browser, now)


def sign_out(db: Database, token: str) -> None:
    """Ends the session: its cookie opens nothing any more, wherever it was copied to."""
    sessions.end_session(db, hash_of(token))


def end_session(db: Database, account: Account, id: int) -> None:
    """Ends one of the account's own sessions. Raises NotFound for one that is not theirs."""
    if not sessions.end_session_of(db, account.id, id):
        raise NotFound


def end_other_sessions(db: Database, account: Account, token: str) -> None:
    """Ends every session of the account but the one of this token."""
    with db.atomic():
        sessions.end_sessions(db, account.id, but=hash_of(token))


def prove_password(db: Database, account: Account, password: str, now: datetime) -> None:
    """That it is really the owner at an open session. Raises PasswordWrong, and counts the wrong tries."""
    found, counted = accounts.find_account(db, account.name), f"own:{account.id}"
    with db.atomic():
        if tries.count_try(db, counted, WRONG_TRIES_WITHIN, now) > WRONG_TRIES:
            raise PasswordWrong
    if found is None or not passwords.fits(found[1], password):
        raise PasswordWrong
    tries.forget_tries(db, counted)


def let_try_again(db: Database, account: Account) -> None:
    """Forgets the wrong tries of strangers at this account."""
    with db.atomic():
        for counted in (_by_name(account.name), f"code:{account.id}", f"own:{account.id}"):
            tries.forget_tries(db, counted)


def _counted(office: Office, account: Account | None, name: str, caller: Caller) -> dict[str, int]:
    """What a try is counted by, and how many there may be."""
    if account and caller.known and office.is_browser_of(account.id, caller.known):
        return {f"known:{hash_of(caller.known)}": WRONG_TRIES}
    by_network = {f"sign-in from:{caller.network}": WRONG_TRIES_OF_NETWORK} if caller.network else {}
    return by_network | {_by_name(name): WRONG_TRIES}


def _by_name(name: str) -> str:
    return f"sign-in:{hash_of(folded(name))}"


def _let_try(db: Database, counted: dict[str, int], now: datetime) -> bool:
    """Counts the try before anything is compared, so that many at once are not more than they may be; False if too many.

    Where only the name was tried too often the password is compared all the same, with nobody's: neither the answer nor
    its time tells a name that is blocked from one that does not exist.
    """
    try:
        with db.atomic():
            for one, most in counted.items():
                if tries.count_try(db, one, WRONG_TRIES_WITHIN, now) > most:
                    raise _TooOften(one)
    except _TooOften as which:
        if not which.by_network:
            passwords.fits(None, "")
        return False
    return True


class _TooOften(Refusal):
    """Only to let the transaction fail."""

    @property
    def by_network(self) -> bool:
        return self.words.startswith("sign-in from:")


def _forgive(db: Database, counted: dict[str, int], now: datetime) -> None:
    """The try was none to count. Others in the network keep theirs: who has an account could else guess on and on."""
    for one in counted:
        if one.startswith("sign-in from:"):
            tries.take_back_try(db, one, now)
        else:
            tries.forget_tries(db, one)


def _forget_ended(db: Database, now: datetime) -> None:
    """Removes sessions that ended by themselves, and tries that count no more."""
    sessions.forget_ended(db, now, SESSION_IDLES)
    tries.forget_tries_before(db, now - 2 * WRONG_TRIES_WITHIN)


def _admit(db: Database, account: Account, token: str, caller: Caller, now: datetime) -> SignedIn:
    if second_steps.find_seed(db, account.id):
        sessions.await_code(db, hash_of(token), account.id, now + CODE_AWAITED)
        return SignedIn(account, token, owes_code=True)
    _add_session(db, account, token, caller.browser, now)
    return SignedIn(account, token)


def _add_session(db: Database, account: Account, token: str, browser: str, now: datetime) -> None:
    sessions.add_session(db, hash_of(token), account.id, browser, now=now, ends_at=now + SESSION_LASTS)
