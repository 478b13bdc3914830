"""The demo's mail, readable in the browser. These pages exist in the demo alone."""

from flask import Blueprint, render_template

from campaign.domain.refusals import NotFound
from campaign.web.access import everyone
from campaign.web.desk import the_desk

pages = Blueprint("outbox", __name__, url_prefix="/outbox")


@pages.get("/")
@everyone
def mails() -> str:
    return render_template("outbox/index.html", mails=the_desk().mails())


@pages.get("/<name>")
@everyone
def mail(name: str) -> str:
    for found in the_desk().mails():
        if found.name == name:
            return render_template("outbox/mail.html", mail=found, base_url=the_desk().settings.base_url)
    raise NotFound
