"""Choosing the language of the pages."""

from typing import Any

from flask import Blueprint, redirect, request, session, url_for

from campaign import tongues
from campaign.domain.refusals import NotFound
from campaign.web.access import everyone, own_path
from campaign.web.tongue import CHOSEN

pages = Blueprint("languages", __name__)


@pages.get("/in/<code>")
@everyone
def choose(code: str) -> Any:
    """Changes nothing but how this browser is spoken to, so a link is enough."""
    if code not in tongues.TONGUES:
        raise NotFound
    session[CHOSEN] = code
    return redirect(own_path(request.args.get("to"), url_for("cases.index")), 303)
