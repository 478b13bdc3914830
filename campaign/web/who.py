"""Who is signed in."""

from flask import g

from campaign.domain.account import Account
from campaign.domain.refusals import NotFound


def signed_in() -> Account:
    """The account behind this request, on pages that ask for one."""
    account: Account | None = g.get("account")
    if account is None:
        raise NotFound
    return account
