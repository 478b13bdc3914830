"""Groups with a link of their own, their numbers, and who organizes them."""

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for

from campaign.domain.account import Permission
from campaign.domain.group import Group
from campaign.domain.refusals import NotFound, Refusal
from campaign.flow import grouping
from campaign.flow.delivering import shown_countries
from campaign.store import accounts, cases
from campaign.store import groups as store
from campaign.web.access import may, page
from campaign.web.choosing import id_in
from campaign.web.desk import db, now, office
from campaign.web.errors import status_of
from campaign.web.event_forms import GroupForm
from campaign.web.forms import ButtonForm
from campaign.web.who import sight, signed_in

pages = Blueprint("groups", __name__, url_prefix="/organizer/groups")


@pages.get("/")
@page(Permission.SEE_COUNTS)
def index() -> str:
    return _index_page(GroupForm())


@pages.post("/make")
@page(Permission.MIND_GROUPS)
def make() -> Any:
    form = GroupForm(request.form)
    if not form.validate():
        return _index_page(form), 422
    try:
        id = grouping.make(db(), office(), form.name.data, form.code.data, by=signed_in().name, now=now())
    except Refusal as refusal:
        return _index_page(form, str(refusal)), status_of(refusal)
    return redirect(url_for("groups.group", id=id), 303)


@pages.get("/<int:id>")
@page(Permission.SEE_COUNTS)
def group(id: int) -> str:
    found = _group(id)
    return render_template(
        "groups/group.html",
        group=found,
        link=grouping.link(office(), found),
        numbers=store.numbers(db(), id),
        by_case=[(cases.case(db(), case), counted) for case, counted in store.numbers_by_case(db(), id).items()],
        countries=shown_countries(store.countries(db(), id)),
        organizers=store.organizers(db(), id),
        others=_others(id) if may(Permission.MIND_GROUPS) else [],
        asked_at=now(),
        form=ButtonForm(),
    )


@pages.get("/<int:id>/code.svg")
@page(Permission.SEE_COUNTS)
def code(id: int) -> Any:
    return Response(
        grouping.code(office(), _group(id)), mimetype="image/svg+xml", headers={"Cache-Control": "no-store"}
    )


@pages.get("/<int:id>/poster.pdf")
@page(Permission.SEE_COUNTS)
def poster(id: int) -> Any:
    found = _group(id)
    headers = {"Content-Disposition": f'inline; filename="group-{found.code.lower()}.pdf"', "Cache-Control": "no-store"}
    return Response(grouping.poster(office(), found), mimetype="application/pdf", headers=headers)


@pages.post("/<int:id>/close")
@page(Permission.MIND_GROUPS)
def close(id: int) -> Any:
    if ButtonForm(request.form).validate():
        grouping.close(db(), id, by=signed_in().name, now=now())
    return redirect(url_for("groups.group", id=id), 303)


@pages.post("/<int:id>/assign")
@page(Permission.MIND_GROUPS)
def assign(id: int) -> Any:
    if account := _account():
        grouping.assign(db(), id, account, by=signed_in().name, now=now())
    return redirect(url_for("groups.group", id=id), 303)


@pages.post("/<int:id>/release")
@page(Permission.MIND_GROUPS)
def release(id: int) -> Any:
    if account := _account():
        grouping.release(db(), id, account, by=signed_in().name, now=now())
    return redirect(url_for("groups.group", id=id), 303)


def _account() -> int | None:
    return id_in(request.form.get("account")) if ButtonForm(request.form).validate() else None


def _group(id: int) -> Group:
    """The group, if it is one whose figures may be seen: any other does not exist."""
    if not sight().reaches(id):
        raise NotFound("There is no such group.")
    return store.group(db(), id)


def _others(id: int) -> list[Any]:
    """The organizers who could be given the group."""
    had = {account for account, _ in store.organizers(db(), id)}
    return [one for one in accounts.accounts(db()) if one.closed_at is None and one.id not in had]


def _index_page(form: GroupForm, sentence: str | None = None) -> str:
    seen = [(one, store.numbers(db(), one.id)) for one in store.groups(db()) if sight().reaches(one.id)]
    return render_template(
        "groups/index.html", groups=seen, form=form, sentence=sentence, sees_all=sight().groups is None
    )
