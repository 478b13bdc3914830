"""Who may see what. Every view says it with `@page`, and a test fails for one that does not."""

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, g, redirect, request, session, url_for

from campaign.domain.account import SESSION_IDLES, Account, Permission
from campaign.domain.refusals import NotFound
from campaign.flow.office import hash_of
from campaign.store import accounts
from campaign.web.desk import db, now

# The pages of those who work here speak English.
OF_THOSE_WHO_WORK_HERE = frozenset(
    {"staff", "admin", "organizer", "held", "sent", "own_letters", "outbox", "events", "groups", "deliveries"}
)
SESSION_TOKEN = "staff"  # noqa: S105 - the name of a cookie's field


def page(permission: Permission) -> Callable[[Any], Any]:
    """Marks a view with the permission it asks for."""

    def mark(view: Any) -> Any:
        view.permission = permission
        return view

    return mark


everyone = page(Permission.EVERYONE)


def guard(app: Flask) -> None:
    """Asks, before any view, whether the one who is there may see it. What is not theirs does not exist."""
    app.before_request(_ask)


def _ask() -> Any:
    g.account = _who()
    if request.blueprint in OF_THOSE_WHO_WORK_HERE:
        g.tongue = "en"
    if request.endpoint in (None, "static"):
        return None
    permission = getattr(current_app.view_functions[str(request.endpoint)], "permission", None)
    if permission is Permission.EVERYONE:
        return None
    if g.account is None:
        if request.method != "GET":
            raise NotFound
        return redirect(url_for("staff.sign_in", next=request.full_path.rstrip("?")), 303)
    if permission is None or not g.account.may(permission):
        raise NotFound
    return None


def _who() -> Account | None:
    token = session.get(SESSION_TOKEN)
    if not isinstance(token, str) or request.endpoint == "static":
        return None
    return accounts.find_session_account(db(), hash_of(token), now(), SESSION_IDLES)


def may(permission: Permission) -> bool:
    """Whether the one who is there may do that: for links in pages."""
    account: Account | None = g.get("account")
    return permission is Permission.EVERYONE or (account is not None and account.may(permission))


def own_path(wanted: str | None, otherwise: str) -> str:
    """A path of ours to go on to, never another site's."""
    fits = bool(wanted) and str(wanted).startswith("/") and not str(wanted).startswith(("//", "/\\"))
    return str(wanted) if fits and not any(ord(c) < 32 for c in str(wanted)) else otherwise
