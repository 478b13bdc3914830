"""Whoever was invited opens the link, chooses a password, and is in."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for

from campaign.domain.admission import PasswordIsTheName
from campaign.flow import joining
from campaign.web.access import SESSION_TOKEN, everyone, lacks_second_step
from campaign.web.account_forms import NewPasswordForm, say_at
from campaign.web.browser import remember_browser, word_for_it
from campaign.web.desk import db, new_token, now

pages = Blueprint("invitations", __name__, url_prefix="/invitation")


@pages.get("/<word>")
@everyone
def show(word: str) -> str:
    return _page(word, NewPasswordForm())


@pages.post("/<word>")
@everyone
def accept(word: str) -> Any:
    form, token = NewPasswordForm(request.form), new_token()
    if not form.validate():
        return _page(word, form), 422
    try:
        account = joining.accept(db(), word, form.password.data, token=token, now=now(), browser=word_for_it())
    except PasswordIsTheName as refusal:
        say_at(form, "password", str(refusal))
        return _page(word, form), 422
    session.clear()
    session[SESSION_TOKEN] = token
    onwards = "own_account.second_step" if lacks_second_step(account) else "own_account.show"
    return remember_browser(redirect(url_for(onwards), 303), account)


def _page(word: str, form: NewPasswordForm) -> str:
    invitation = joining.find_invitation(db(), word, now())
    return render_template("invitations/show.html", invitation=invitation, word=word, form=form)
