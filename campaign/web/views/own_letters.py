"""Letters that organizers write for an action: typed, looked at for each person, offered, withdrawn."""

import hashlib
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from campaign.domain.account import Permission
from campaign.domain.refusals import LetterUnfit
from campaign.flow import offering
from campaign.flow.offering import BLANKS, OwnText
from campaign.store import actions, own_letters
from campaign.web.access import page
from campaign.web.desk import db, now, office
from campaign.web.forms import ButtonForm, OwnLetterForm
from campaign.web.who import signed_in

pages = Blueprint("own_letters", __name__, url_prefix="/organizer/letters")


@pages.get("/")
@page(Permission.WORK_ON_LETTERS)
def letters() -> str:
    known = [(action, own_letters.own_letters(db(), action.id)) for action in actions.actions(db())]
    return render_template("own_letters/index.html", actions=known, form=ButtonForm())


@pages.get("/<action>/new")
@page(Permission.WORK_ON_LETTERS)
def new(action: str) -> str:
    return _page(action, OwnLetterForm(language="en"))


@pages.post("/<action>/new")
@page(Permission.WORK_ON_LETTERS)
def offer(action: str) -> Any:
    """Shows the letter as it would be offered; the second button offers what was shown."""
    form, found = OwnLetterForm(request.form), actions.action(db(), action)
    if not form.validate():
        return _page(action, form), 422
    text = OwnText(form.language.data, form.title.data, form.subject.data, form.body.data)
    if "offer" not in request.form or request.form.get("shown") != _digest(text):
        return _page(action, form, text)
    try:
        offering.offer(db(), office(), found.id, text, by=signed_in().name, now=now())
    except LetterUnfit:
        return _page(action, form, text), 422
    return redirect(url_for("own_letters.letters"), 303)


@pages.post("/<int:id>/withdraw")
@page(Permission.WORK_ON_LETTERS)
def withdraw(id: int) -> Any:
    if ButtonForm(request.form).validate():
        offering.withdraw(db(), id, by=signed_in().name, now=now())
    return redirect(url_for("own_letters.letters"), 303)


def _digest(text: OwnText) -> str:
    """What tells whether the text is still the one that was shown."""
    return hashlib.sha256("\x1f".join(vars(text).values()).encode()).hexdigest()


def _page(action: str, form: OwnLetterForm, text: OwnText | None = None) -> str:
    found = actions.action(db(), action)
    return render_template(
        "own_letters/new.html",
        action=found,
        form=form,
        blanks=BLANKS,
        offered_in=sorted({one.language for one in own_letters.own_letters(db(), found.id)}),
        previews=offering.previews(db(), office(), found.id, text) if text else None,
        shown=_digest(text) if text else "",
        reasons=offering.why_unfit(db(), office(), found.id, text) if text else (),
    )
