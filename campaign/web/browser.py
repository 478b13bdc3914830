"""What we know of the browser at the other end when somebody signs in: its network, a plain word for it, and whether the
account's owner signed in there before."""

from typing import Any

from flask import current_app, request

from campaign.domain.account import Account
from campaign.domain.browsers import plain_word
from campaign.flow.entering import Caller
from campaign.web.desk import new_token, office
from campaign.web.network import counted_network

_HALF_A_YEAR = 180 * 24 * 3600


def caller() -> Caller:
    """Where the request comes from, as far as signing in asks for it."""
    return Caller(counted_network(), request.cookies.get(_cookie()), word_for_it())


def word_for_it() -> str:
    return plain_word(request.headers.get("User-Agent"))


def remember_browser(response: Any, account: Account) -> Any:
    """Leaves a word in the browser that its owner's own tries are counted by. It opens nothing."""
    known = request.cookies.get(_cookie())
    if known is None or not office().is_browser_of(account.id, known):
        secure = current_app.config["SESSION_COOKIE_SECURE"]
        word = office().browser_word(account.id, new_token())
        response.set_cookie(_cookie(), word, _HALF_A_YEAR, secure=secure, httponly=True, samesite="Lax")
    return response


def _cookie() -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}-known"
