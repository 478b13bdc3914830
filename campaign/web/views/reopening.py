"""Reopening by hand: one admin asks, another confirms or refuses; who asked can withdraw. Doubts are settled at once."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, request, url_for

from campaign.domain.account import Permission
from campaign.domain.refusals import NotFound, Refusal
from campaign.flow import reopening
from campaign.store import cases
from campaign.web.access import page
from campaign.web.case_page import case_page, reopening_form
from campaign.web.deciding_forms import RefusalForm, ReopeningForm
from campaign.web.desk import PATIENCE, db, now
from campaign.web.forms import ButtonForm
from campaign.web.who import signed_in

pages = Blueprint("reopening", __name__, url_prefix="/admin/cases")


@pages.post("/<int:id>/reopen")
@page(Permission.CLOSE_AND_REOPEN)
def ask(id: int) -> Any:
    form = reopening_form(request.form)
    if not form.validate():
        return case_page(id, form), 422
    why, grounds = form.reason.data or "", form.grounds

    def step(by: str) -> object:
        return reopening.ask(db(), id, reason=why, grounds=grounds, by=by, now=now(), patience=PATIENCE)

    return _done(id, step, form)


@pages.post("/<int:id>/reopen/confirm")
@page(Permission.CLOSE_AND_REOPEN)
def confirm(id: int) -> Any:
    if not ButtonForm(request.form).validate():
        return redirect(url_for("admin.case", id=id), 303)
    return _done(id, lambda by: reopening.confirm(db(), id, by=by, now=now(), patience=PATIENCE))


@pages.post("/<int:id>/reopen/refuse")
@page(Permission.CLOSE_AND_REOPEN)
def refuse(id: int) -> Any:
    form = RefusalForm(request.form)
    if not form.validate():
        return case_page(id, refusal_form=form), 422
    return _done(id, lambda by: reopening.refuse(db(), id, reason=form.reason.data, by=by, now=now()))


@pages.post("/<int:id>/reopen/withdraw")
@page(Permission.CLOSE_AND_REOPEN)
def withdraw(id: int) -> Any:
    if not ButtonForm(request.form).validate():
        return redirect(url_for("admin.case", id=id), 303)
    return _done(id, lambda by: reopening.withdraw(db(), id, by=by, now=now()))


def _done(id: int, step: Callable[[str], object], form: ReopeningForm | None = None) -> Any:
    """Back on the page of the case; where it could not be done, with the reason, and what was typed."""
    cases.case(db(), id)
    try:
        step(signed_in().name)
    except NotFound:
        raise
    except Refusal as refusal:
        return case_page(id, form, str(refusal)), 409
    return redirect(url_for("admin.case", id=id), 303)
