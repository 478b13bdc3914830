"""What admins do about accounts: invite, change roles, close; and what was done, on record."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from campaign.domain.account import Permission, Role
from campaign.domain.admission import LastAdmin, NameTaken, NameUnfit
from campaign.flow import joining
from campaign.flow.joining import Invited
from campaign.store import accounts as store
from campaign.store import invitations, journal
from campaign.web.access import page
from campaign.web.account_forms import InviteForm, RoleForm, say_at
from campaign.web.desk import db, now, office, the_desk
from campaign.web.forms import ButtonForm
from campaign.web.mailing import mailto
from campaign.web.who import signed_in

pages = Blueprint("accounts", __name__, url_prefix="/admin/accounts")


@pages.get("/")
@page(Permission.MIND_ACCOUNTS)
def accounts() -> str:
    return _page(InviteForm())


@pages.post("/invite")
@page(Permission.MIND_ACCOUNTS)
def invite() -> Any:
    """The answer to the form itself shows the link: it is shown once and kept nowhere."""
    form = InviteForm(request.form)
    if not form.validate():
        return _page(form), 422
    try:
        made = joining.invite(db(), office(), form.name.data, Role(form.role.data), by=signed_in().name, now=now())
    except (NameTaken, NameUnfit) as refusal:
        say_at(form, "name", str(refusal))
        return _page(form), 422
    return render_template("accounts/invited.html", invited=made, mail=_mail(made))


@pages.post("/invitations/<int:id>/revoke")
@page(Permission.MIND_ACCOUNTS)
def revoke(id: int) -> Any:
    if ButtonForm(request.form).validate():
        joining.revoke(db(), id, by=signed_in().name, now=now())
    return redirect(url_for("accounts.accounts"), 303)


@pages.get("/<int:id>")
@page(Permission.MIND_ACCOUNTS)
def account(id: int) -> str:
    return _account_page(id)


@pages.post("/<int:id>/role")
@page(Permission.MIND_ACCOUNTS)
def change_role(id: int) -> Any:
    form, found = RoleForm(request.form), store.account(db(), id)
    if not form.validate():
        return _account_page(id, form), 422
    try:
        joining.change_role(db(), found.name, Role(form.role.data), by=signed_in().name, now=now())
    except LastAdmin as refusal:
        return _account_page(id, form, str(refusal)), 409
    return redirect(url_for("accounts.account", id=id), 303)


@pages.post("/<int:id>/close")
@page(Permission.MIND_ACCOUNTS)
def close(id: int) -> Any:
    found = store.account(db(), id)
    if not ButtonForm(request.form).validate():
        return _account_page(id), 422
    try:
        joining.close_account(db(), found.name, by=signed_in().name, now=now())
    except LastAdmin as refusal:
        return _account_page(id, sentence=str(refusal)), 409
    return redirect(url_for("accounts.account", id=id), 303)


def _page(form: InviteForm) -> str:
    return render_template(
        "accounts/index.html",
        accounts=store.accounts(db()),
        invitations=invitations.unused_invitations(db()),
        now=now(),
        form=form,
        button=ButtonForm(),
    )


def _account_page(id: int, form: RoleForm | None = None, sentence: str | None = None) -> str:
    found = store.account(db(), id)
    return render_template(
        "accounts/account.html",
        one=found,
        role_form=form or RoleForm(data={"role": found.role.value}),
        form=ButtonForm(),
        events=journal.events_of_account(db(), id),
        sentence=sentence,
    )


def _mail(made: Invited) -> str:
    """A link that opens the admin's own mail program, with the invitation in it; to whom, they fill in there."""
    title = the_desk().settings.title
    words = (
        f"Good day,\n\nyou are invited to {title}, as {made.invitation.role}. This link is for you alone: it leads to a page "
        f"where you choose your password. It works once, and until {made.invitation.ends_at:%H:%M} UTC on "
        f"{made.invitation.ends_at.day} {made.invitation.ends_at:%B %Y}.\n\n{made.link}\n"
    )
    return mailto("", f"Your account at {title}", words)
