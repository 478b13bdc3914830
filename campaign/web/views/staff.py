"""Signing in, in one step or two, and out."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for

from campaign.domain.account import Permission, Role
from campaign.domain.admission import CodeNotAwaited, CodeWrong, SignInFailed
from campaign.flow import entering
from campaign.flow.entering import SignedIn
from campaign.web.access import SESSION_TOKEN, everyone, own_path, page
from campaign.web.account_forms import CodeForm, SignInForm
from campaign.web.browser import caller, remember_browser
from campaign.web.desk import db, new_token, now, office
from campaign.web.forms import ButtonForm

pages = Blueprint("staff", __name__)

_HOME = {Role.ORGANIZER: "organizer.overview", Role.ADMIN: "inbox.listed"}
_OWES_CODE = "owes_code"


@pages.get("/sign-in")
@everyone
def sign_in() -> str:
    return render_template("staff/sign_in.html", form=SignInForm(data={"next": request.args.get("next", "")}))


@pages.post("/sign-in")
@everyone
def enter() -> Any:
    form = SignInForm(request.form)
    if not form.validate():
        return render_template("staff/sign_in.html", form=form), 422
    try:
        signed_in = entering.sign_in(
            db(), office(), form.name.data, form.password.data, token=new_token(), now=now(), caller=caller()
        )
    except SignInFailed as refusal:
        return render_template("staff/sign_in.html", form=form, sentence=str(refusal)), 422
    return _let_in(signed_in, form.next.data)


@pages.get("/sign-in/code")
@everyone
def code() -> Any:
    if _OWES_CODE not in session:
        return redirect(url_for("staff.sign_in"), 303)
    entering.who_owes_code(db(), session[_OWES_CODE], now())
    return render_template("staff/code.html", form=CodeForm(data={"next": request.args.get("next", "")}))


@pages.post("/sign-in/code")
@everyone
def give_code() -> Any:
    form = CodeForm(request.form)
    if not form.validate():
        return render_template("staff/code.html", form=form), 422
    try:
        waiting = session.get(_OWES_CODE, "")
        signed_in = entering.give_code(
            db(), office(), waiting, form.code.data, token=new_token(), now=now(), caller=caller()
        )
    except CodeWrong as refusal:
        return render_template("staff/code.html", form=form, sentence=str(refusal)), 422
    return _let_in(signed_in, form.next.data)


@pages.post("/sign-out")
@page(Permission.FINISH_JOINING)
def leave() -> Any:
    if ButtonForm(request.form).validate():
        entering.sign_out(db(), session[SESSION_TOKEN])
        session.clear()
    return redirect(url_for("cases.index"), 303)


@pages.app_errorhandler(CodeNotAwaited)
def begin_again(refusal: CodeNotAwaited) -> Any:
    session.pop(_OWES_CODE, None)
    return render_template("staff/sign_in.html", form=SignInForm(), sentence=str(refusal)), 410


def _let_in(signed_in: SignedIn, wanted: str | None) -> Any:
    """On to where they wanted to go, or to the page that asks for the code. A session planted before is of no use after."""
    if SESSION_TOKEN in session:
        entering.sign_out(db(), session[SESSION_TOKEN])
    session.clear()
    if signed_in.owes_code:
        session[_OWES_CODE] = signed_in.token
        return redirect(url_for("staff.code", next=wanted or None), 303)
    session[SESSION_TOKEN] = signed_in.token
    home = url_for(_HOME[signed_in.account.role])
    return remember_browser(redirect(own_path(wanted, home), 303), signed_in.account)
