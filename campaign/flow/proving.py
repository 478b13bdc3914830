"""The second step of an account: set up, asked for, renewed, taken off."""

import base64
from dataclasses import dataclass
from datetime import datetime

from campaign import second_step
from campaign.domain.account import RECOVERY_CODES, Account
from campaign.domain.admission import CodeUnfit, NoSecondStep
from campaign.flow.office import Office, hash_of
from campaign.store import accounts, second_steps, sessions
from campaign.store.database import Database
from campaign.store.journal import Event, record


@dataclass(frozen=True)
class Offered:
    """What somebody needs to set up an app: the secret in letters, as an address, and as a picture of it."""

    secret: str
    address: str
    picture: str


def offered(office: Office, account: Account, token: str) -> Offered:
    """The second step that this session can set up: the same one each time it asks, and another one after it was set up."""
    secret = office.second_step_secret(account.id, _seed(account, token))
    address = second_step.address(secret, name=account.name, issuer=office.title)
    return Offered(_in_fours(secret), address, second_step.picture(address))


def set_up(db: Database, office: Office, account: Account, token: str, code: str, now: datetime) -> list[str]:
    """The app has shown the right code: from now on one is asked for at each sign-in. Returns the recovery codes.

    Every other session of the account ends. Raises CodeUnfit.
    """
    seed = _seed(account, token)
    used = second_step.which_code(office.second_step_secret(account.id, seed), _digits(code), now)
    if used is None:
        raise CodeUnfit
    codes = new_recovery_codes(office)
    before = "a second step" if account.has_second_step else "no second step"
    with db.atomic():
        second_steps.set_second_step(db, account.id, seed, used, now)
        second_steps.set_recovery_codes(db, account.id, _hashes(office, account, codes))
        sessions.end_sessions(db, account.id, but=hash_of(token))
        _note(db, account, account.name, before, "a second step, newly set up", now)
    return codes


def renew_recovery_codes(db: Database, office: Office, account: Account, now: datetime) -> list[str]:
    """New recovery codes; the old ones work no more. Raises NoSecondStep."""
    if not account.has_second_step:
        raise NoSecondStep(account.name)
    codes = new_recovery_codes(office)
    with db.atomic():
        second_steps.set_recovery_codes(db, account.id, _hashes(office, account, codes))
        _note(db, account, account.name, "recovery codes", "new recovery codes", now)
    return codes


def reset(db: Database, name: str, *, by: str, now: datetime) -> None:
    """For a lost phone without recovery codes: takes the second step off and ends every session of the account."""
    found = accounts.find_account(db, name)
    if found is None or not found[0].has_second_step:
        raise NoSecondStep(name)
    with db.atomic():
        second_steps.take_off_second_step(db, found[0].id)
        sessions.end_sessions(db, found[0].id)
        _note(db, found[0], by, "a second step", "no second step", now)


def takes(db: Database, office: Office, account: Account, code: str, now: datetime) -> bool:
    """Whether this is a code of the account's app or one of its recovery codes; each works once.

    Within the caller's transaction.
    """
    seed, digits = second_steps.find_seed(db, account.id), _digits(code)
    if seed is None:
        return False
    if len(digits) == 6 and digits.isdigit():
        used = second_step.which_code(office.second_step_secret(account.id, seed), digits, now)
        return used is not None and second_steps.use_code(db, account.id, used)
    if not second_steps.use_recovery_code(db, account.id, office.recovery_hash(account.id, code), now):
        return False
    _note(db, account, account.name, "a recovery code", "a used recovery code", now)
    return True


def new_recovery_codes(office: Office) -> list[str]:
    """`abcd-efgh-ijkl`, ten of them, sixty random bits each."""
    made = [base64.b32encode(bytes.fromhex(hash_of(office.token()))[:10]).decode() for _ in range(RECOVERY_CODES)]
    return ["-".join((one[:4], one[4:8], one[8:12])).lower() for one in made]


def _hashes(office: Office, account: Account, codes: list[str]) -> list[str]:
    return [office.recovery_hash(account.id, code) for code in codes]


def _seed(account: Account, token: str) -> str:
    # The session's own token, which nobody else has and which stands nowhere, and when the step was last set up.
    return hash_of(f"second step:{token}:{account.second_step_at}")[:32]


def _digits(code: str) -> str:
    return "".join(code.split())


def _in_fours(secret: str) -> str:
    return " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))


def _note(db: Database, account: Account, by: str, before: str, after: str, now: datetime) -> None:
    record(db, Event(now, by, "account", before=before, after=after, reason=account.name, account=account.id))
