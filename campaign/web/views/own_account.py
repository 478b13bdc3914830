"""One's own account: the password, the second step with its recovery codes, one's own sessions."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for

from campaign.domain.account import SECOND_STEP_OF, SESSION_IDLES, Permission
from campaign.domain.admission import CodeUnfit, PasswordIsTheName, PasswordWrong
from campaign.flow import entering, joining, proving
from campaign.flow.office import hash_of
from campaign.store import second_steps, sessions
from campaign.web.access import SESSION_TOKEN, page
from campaign.web.account_forms import (
    ChangePasswordForm,
    PasswordForm,
    RenewSecondStepForm,
    SecondStepForm,
    say_at,
)
from campaign.web.browser import word_for_it
from campaign.web.desk import db, new_token, now, office, the_desk
from campaign.web.forms import ButtonForm
from campaign.web.who import signed_in

pages = Blueprint("own_account", __name__, url_prefix="/account")


@pages.get("")
@page(Permission.HAVE_AN_ACCOUNT)
def show() -> str:
    return _page()


@pages.post("/password")
@page(Permission.HAVE_AN_ACCOUNT)
def change_password() -> Any:
    form, token = ChangePasswordForm(request.form), new_token()
    if not form.validate():
        return _page(password_form=form), 422
    asked: dict[str, Any] = {"token": token, "now": now(), "browser": word_for_it()}
    try:
        joining.change_own_password(db(), signed_in(), form.current.data, form.password.data, **asked)
    except (PasswordWrong, PasswordIsTheName) as refusal:
        say_at(form, "current" if isinstance(refusal, PasswordWrong) else "password", str(refusal))
        return _page(password_form=form), 422
    session.clear()
    session[SESSION_TOKEN] = token
    return redirect(url_for("own_account.show", changed="password"), 303)


@pages.post("/sessions/<int:id>/end")
@page(Permission.HAVE_AN_ACCOUNT)
def end_session(id: int) -> Any:
    if ButtonForm(request.form).validate():
        entering.end_session(db(), signed_in(), id)
    return redirect(url_for("own_account.show"), 303)


@pages.post("/sessions/end-others")
@page(Permission.HAVE_AN_ACCOUNT)
def end_other_sessions() -> Any:
    if ButtonForm(request.form).validate():
        entering.end_other_sessions(db(), signed_in(), session[SESSION_TOKEN])
    return redirect(url_for("own_account.show"), 303)


@pages.get("/second-step")
@page(Permission.FINISH_JOINING)
def second_step() -> str:
    return _second_step_page(_second_step_form()())


@pages.post("/second-step")
@page(Permission.FINISH_JOINING)
def set_up_second_step() -> Any:
    """The answer to the form itself shows the recovery codes: they are shown once and kept nowhere."""
    form = _second_step_form()(request.form)
    if not form.validate():
        return _second_step_page(form), 422
    try:
        if isinstance(form, RenewSecondStepForm):
            entering.prove_password(db(), signed_in(), form.current.data, now())
        codes = proving.set_up(db(), office(), signed_in(), session[SESSION_TOKEN], form.code.data, now())
    except (CodeUnfit, PasswordWrong) as refusal:
        say_at(form, "code" if isinstance(refusal, CodeUnfit) else "current", str(refusal))
        return _second_step_page(form), 422
    return render_template("own_account/codes.html", codes=codes, is_new=True)


@pages.post("/recovery-codes")
@page(Permission.HAVE_AN_ACCOUNT)
def renew_recovery_codes() -> Any:
    form = PasswordForm(request.form)
    if not form.validate():
        return _page(codes_form=form), 422
    try:
        entering.prove_password(db(), signed_in(), form.current.data, now())
    except PasswordWrong as refusal:
        say_at(form, "current", str(refusal))
        return _page(codes_form=form), 422
    codes = proving.renew_recovery_codes(db(), office(), signed_in(), now())
    return render_template("own_account/codes.html", codes=codes, is_new=False)


def _second_step_form() -> type[SecondStepForm]:
    return RenewSecondStepForm if signed_in().has_second_step else SecondStepForm


def _second_step_page(form: SecondStepForm) -> str:
    offered = proving.offered(office(), signed_in(), session[SESSION_TOKEN])
    return render_template(
        "own_account/second_step.html", form=form, button=ButtonForm(), offered=offered, must=_must()
    )


def _must() -> bool:
    """Whether a second step is asked of this role."""
    return signed_in().role in SECOND_STEP_OF[the_desk().settings.second_step_of]


def _page(password_form: ChangePasswordForm | None = None, codes_form: PasswordForm | None = None) -> str:
    mine = sessions.find_session(db(), hash_of(session[SESSION_TOKEN]))
    return render_template(
        "own_account/show.html",
        form=ButtonForm(),
        password_form=password_form or ChangePasswordForm(),
        codes_form=codes_form or PasswordForm(),
        sessions=sessions.sessions_of(db(), signed_in().id, now(), SESSION_IDLES),
        this_session=mine.id if mine else None,
        codes_left=second_steps.count_recovery_codes(db(), signed_in().id),
        must=_must(),
    )
