"""Ada and Olu and how they sign in, for the tests of accounts."""

from datetime import timedelta

from campaign import second_step
from campaign.domain.account import SESSION_IDLES, Role
from campaign.flow import entering, joining, proving
from campaign.flow.entering import Caller, SignedIn
from campaign.flow.office import hash_of
from campaign.store import accounts, journal, second_steps, sessions
from campaign.store.database import Database
from tests import given

PASSWORD = "correct horse battery"
OFFICE = given.an_office()
STEP = timedelta(seconds=30)


def an_account(db: Database, name: str = "Ada", role: Role = Role.ADMIN):
    return accounts.account(db, joining.add_account(db, name, role, PASSWORD, given.NOON))


def sign_in(db: Database, name: str = "Ada", password: str = PASSWORD, *, now=given.NOON, **caller) -> SignedIn:
    return entering.sign_in(db, OFFICE, name, password, token=given.a_token(), now=now, caller=Caller(**caller))


def whose(db: Database, token: str, now=given.NOON) -> str | None:
    found = sessions.find_session_account(db, hash_of(token), now, SESSION_IDLES)
    return found and found.name


def with_second_step(db: Database, name: str = "Ada", *, now=given.NOON, office=OFFICE) -> list[str]:
    """Sets up the second step of an account; its recovery codes. The code of that half minute is used then."""
    token = sign_in(db, name, now=now).token
    account = joining.open_account(db, name)
    secret = proving.offered(office, account, token).secret.replace(" ", "")
    return proving.set_up(db, office, account, token, second_step.code_at(secret, now), now)


def code(db: Database, name: str = "Ada", *, now=given.NOON, office=OFFICE) -> str:
    """What the app of this account shows."""
    account = joining.open_account(db, name)
    seed = second_steps.find_seed(db, account.id)
    return second_step.code_at(office.second_step_secret(account.id, seed), now)


def give_code(db: Database, waiting: str, said: str, *, now=given.NOON) -> SignedIn:
    return entering.give_code(db, OFFICE, waiting, said, token=given.a_token(), now=now)


def events(db: Database, kind: str = "account") -> list[tuple[str, str, str | None, str]]:
    """Who changed which account, from what, to what; in their order."""
    return [
        (row["actor"], row["reason"], row["before"], row["after"]) for row in journal.events(db) if row["kind"] == kind
    ]


def _rows(db: Database):
    from campaign.store import journal

    return journal.events(db)
