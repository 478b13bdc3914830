"""Closing by hand: whom, why and on what grounds; then exactly what it would do; then, once, the closing."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from campaign.domain.account import Permission
from campaign.domain.refusals import Refusal
from campaign.flow import deciding
from campaign.flow.deciding import Why
from campaign.store import actions, cases, documents
from campaign.web.access import page
from campaign.web.choosing import id_in
from campaign.web.deciding_forms import ClosingForm, closing_form
from campaign.web.desk import PATIENCE, db, now
from campaign.web.who import signed_in

pages = Blueprint("closing", __name__, url_prefix="/admin/actions")


@pages.get("/<int:id>/close")
@page(Permission.CLOSE_AND_REOPEN)
def choose(id: int) -> str:
    return _form_page(id, _form(id, ticked=id_in(request.args.get("case"))))


@pages.post("/<int:id>/close")
@page(Permission.CLOSE_AND_REOPEN)
def rehearse(id: int) -> Any:
    form = _form(id, request.form)
    if "back" in request.form:
        return _form_page(id, form)
    if not form.validate():
        return _form_page(id, form), 422
    return _rehearsal(id, form)


@pages.post("/<int:id>/close/now")
@page(Permission.CLOSE_AND_REOPEN)
def close(id: int) -> Any:
    """Does what was shown. Where somebody changed one of the cases meanwhile, it is shown once more instead."""
    form = _form(id, request.form)
    if not form.validate():
        return _form_page(id, form), 422
    if all(case.has_ended for case in form.chosen):
        return redirect(url_for("targets.action", id=id), 303)
    if deciding.mark_of(form.chosen) != request.form.get("shown"):
        return _rehearsal(id, form, "Something changed after this was shown. Please look once more."), 409
    deciding.close_all(db(), id, form.closings, _why(form), now=now(), patience=PATIENCE)
    if len(form.chosen) == 1:
        return redirect(url_for("admin.case", id=form.chosen[0].id), 303)
    return redirect(url_for("targets.action", id=id), 303)


def _rehearsal(id: int, form: ClosingForm, sentence: str | None = None) -> Any:
    try:
        changes = deciding.rehearse(db(), id, form.closings, _why(form), now())
    except Refusal as refusal:
        return _form_page(id, form, str(refusal)), 409
    return render_template(
        "admin/rehearsal.html",
        action=actions.action_of(db(), id),
        form=form,
        changes=changes,
        others=[
            case for case in cases.cases_of(db(), id) if case.id not in {one.case and one.case.id for one in changes}
        ],
        document=documents.document(db(), form.grounds.document) if form.grounds.document else None,
        shown=deciding.mark_of(form.chosen),
        sentence=sentence,
    )


def _form(id: int, formdata: Any = None, *, ticked: int | None = None) -> ClosingForm:
    """For everybody of the action: who has ended meanwhile is left out of the page, not of what was sent."""
    actions.action_of(db(), id)
    form = closing_form(cases.cases_of(db(), id), formdata, ticked=ticked)
    form.offer(documents.newest_documents(db()))
    return form


def _form_page(id: int, form: ClosingForm, sentence: str | None = None) -> str:
    return render_template("admin/close.html", action=actions.action_of(db(), id), form=form, sentence=sentence)


def _why(form: ClosingForm) -> Why:
    return Why(signed_in().name, form.reason.data or "", form.grounds)
