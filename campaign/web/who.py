"""Who is signed in."""

from flask import g

from campaign.domain.account import Account
from campaign.domain.group import Sight
from campaign.domain.refusals import NotFound
from campaign.store import groups
from campaign.web.desk import db


def signed_in() -> Account:
    """The account behind this request, on pages that ask for one."""
    account: Account | None = g.get("account")
    if account is None:
        raise NotFound
    return account


def sight() -> Sight:
    """Which groups' figures the one who is signed in may see."""
    found: Sight = g.sight if "sight" in g else groups.sight_of(db(), signed_in())
    g.sight = found
    return found
