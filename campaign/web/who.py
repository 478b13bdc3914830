"""Who is signed in."""

from flask import g

from campaign.domain.account import Account
from campaign.domain.group import Sight
from campaign.domain.letter import Letter
from campaign.domain.refusals import NotFound
from campaign.store import groups, letters
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


def letter_in_sight(id: int) -> Letter:
    """The letter, if the one who is signed in works on it: of an organizer of groups, any other's does not exist."""
    letter = letters.letter(db(), id)
    if not sight().reaches_letter(letter.group):
        raise NotFound
    return letter
