"""Who may see what. Every view says it with `@page`, and a test fails for one that does not.

What changes something is taken from our own pages alone.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app, g, redirect, request, session, url_for

from campaign.domain.account import SECOND_STEP_OF, SESSION_IDLES, Account, Permission
from campaign.domain.admission import FromElsewhere
from campaign.domain.refusals import NotFound
from campaign.flow.office import hash_of
from campaign.store import sessions
from campaign.web.desk import db, now, the_desk

# The pages of those who work here speak English.
OF_THOSE_WHO_WORK_HERE = frozenset(
    {
        "staff",
        "admin",
        "inbox",
        "documents",
        "closing",
        "reopening",
        "targets",
        "organizer",
        "held",
        "sent",
        "own_letters",
    }
    | {"record", "accounts", "invitations", "own_account", "outbox", "events", "groups", "deliveries"}
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
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        _refuse_from_elsewhere()
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
    if permission is not Permission.FINISH_JOINING and lacks_second_step(g.account):
        if request.method != "GET":
            raise NotFound
        return redirect(url_for("own_account.second_step"), 303)
    return None


def lacks_second_step(account: Account) -> bool:
    """Whether the account still has to set up the second step that is asked of its role."""
    return account.role in SECOND_STEP_OF[the_desk().settings.second_step_of] and not account.has_second_step


def _refuse_from_elsewhere() -> None:
    """A browser says from which page a form comes; what says nothing of it (a mail program's button) has to have the token."""
    said = request.headers.get("Origin") or request.headers.get("Referer")
    if said is None or request.endpoint is None:
        return
    try:
        host = urlsplit(said).hostname
    except ValueError:
        host = None
    ours = {urlsplit(f"//{request.host}").hostname, urlsplit(the_desk().settings.base_url).hostname}
    if host is None or host not in ours:
        raise FromElsewhere


def _who() -> Account | None:
    token = session.get(SESSION_TOKEN)
    if not isinstance(token, str) or request.endpoint == "static":
        return None
    return sessions.find_session_account(db(), hash_of(token), now(), SESSION_IDLES)


def may(permission: Permission) -> bool:
    """Whether the one who is there may do that: for links in pages."""
    account: Account | None = g.get("account")
    if account is None or permission is Permission.EVERYONE:
        return permission is Permission.EVERYONE
    return account.may(permission) and (permission is Permission.FINISH_JOINING or not lacks_second_step(account))


def own_path(wanted: str | None, otherwise: str) -> str:
    """A path of ours to go on to, never another site's."""
    fits = bool(wanted) and str(wanted).startswith("/") and not str(wanted).startswith(("//", "/\\"))
    return str(wanted) if fits and not any(ord(c) < 32 for c in str(wanted)) else otherwise
