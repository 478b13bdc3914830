"""Signing in and out."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for

from campaign.domain.account import Permission, Role
from campaign.domain.refusals import SignInFailed
from campaign.flow import joining
from campaign.web.access import SESSION_TOKEN, everyone, own_path, page
from campaign.web.desk import db, new_token, now
from campaign.web.forms import ButtonForm, SignInForm

pages = Blueprint("staff", __name__)

_HOME = {Role.ORGANIZER: "organizer.overview", Role.ADMIN: "inbox.listed"}


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
        signed_in = joining.sign_in(db(), form.name.data, form.password.data, token=new_token(), now=now())
    except SignInFailed as refusal:
        return render_template("staff/sign_in.html", form=form, sentence=str(refusal)), 422
    wanted = own_path(form.next.data, url_for(_HOME[signed_in.account.role]))
    session.clear()  # a new session, so that one planted before cannot be used after
    session[SESSION_TOKEN] = signed_in.token
    return redirect(wanted, 303)


@pages.post("/sign-out")
@page(Permission.HAVE_AN_ACCOUNT)
def leave() -> Any:
    if ButtonForm(request.form).validate():
        joining.sign_out(db(), session[SESSION_TOKEN])
        session.clear()
    return redirect(url_for("cases.index"), 303)


@pages.get("/account")
@page(Permission.HAVE_AN_ACCOUNT)
def account() -> str:
    return render_template("staff/account.html", form=ButtonForm())
