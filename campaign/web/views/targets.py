"""Urgent Actions as admins see them: people, deadline, officials; corrections, second routes, pauses, extensions."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from campaign.domain.account import Permission
from campaign.domain.refusals import NotFound, Refusal
from campaign.flow import addressing, extending, pausing
from campaign.store import actions, bounces, cases, counts, extensions, failing, pacing, targets
from campaign.store.actions import Action
from campaign.web.access import page
from campaign.web.deciding_forms import ExtensionForm, ReasonForm, RouteForm, TargetForm, marked, target_form
from campaign.web.desk import db, now
from campaign.web.forms import ButtonForm
from campaign.web.who import signed_in

pages = Blueprint("targets", __name__, url_prefix="/admin")


@pages.get("/actions")
@page(Permission.CLOSE_AND_REOPEN)
def all_actions() -> str:
    return _actions_page(ReasonForm())


@pages.get("/actions/<int:id>")
@page(Permission.CLOSE_AND_REOPEN)
def action(id: int) -> str:
    return _action_page(actions.action_of(db(), id), ExtensionForm())


@pages.post("/actions/<int:id>/deadline")
@page(Permission.CLOSE_AND_REOPEN)
def extend(id: int) -> Any:
    found = actions.action_of(db(), id)
    if "back" in request.form:
        reason = ReasonForm(request.form)
        if not reason.validate():
            return _action_page(found, ExtensionForm(), reason), 422
        return _extended(found, lambda **why: extending.take_back(db(), id, reason=reason.reason.data, **why))
    form = ExtensionForm(request.form)
    if not form.validate():
        return _action_page(found, form), 422
    return _extended(
        found, lambda **why: extending.extend(db(), id, form.until.data, reason=form.reason.data, **why), form
    )


@pages.get("/targets/<int:id>")
@page(Permission.CLOSE_AND_REOPEN)
def target(id: int) -> str:
    return _target_page(id)


@pages.post("/targets/<int:id>/correct")
@page(Permission.CLOSE_AND_REOPEN)
def correct(id: int) -> Any:
    if "undo" in request.form:
        return _with_reason(id, "undo", lambda **why: addressing.undo(db(), id, **why))
    form = TargetForm(request.form)
    if not form.validate():
        return _target_page(id, correction=form), 422
    step = lambda **why: addressing.correct(db(), id, form.target, **why)  # noqa: E731
    return _done(id, step, form.reason.data, correction=form)


@pages.post("/targets/<int:id>/route")
@page(Permission.CLOSE_AND_REOPEN)
def route(id: int) -> Any:
    form = RouteForm(request.form)
    if not form.validate():
        return _target_page(id, route=form), 422
    by_post = form.route.data == "post"
    step = lambda **why: addressing.set_route(db(), id, by_post=by_post, **why)  # noqa: E731
    return _done(id, step, form.reason.data, route=form)


@pages.post("/targets/<int:id>/address")
@page(Permission.CLOSE_AND_REOPEN)
def address(id: int) -> Any:
    """Marks the e-mail address as failing, or as working again."""
    mark = addressing.mark_working if "works" in request.form else addressing.mark_failing
    return _with_reason(id, "address", lambda **why: mark(db(), id, **why))


@pages.post("/targets/<int:id>/pause")
@page(Permission.CLOSE_AND_REOPEN)
def pause(id: int) -> Any:
    if "resume" in request.form:
        if ButtonForm(request.form).validate():
            pausing.resume(db(), id, by=signed_in().name, now=now())
        return redirect(url_for("targets.target", id=id), 303)
    return _with_reason(id, "pause", lambda **why: pausing.pause(db(), id, **why))


@pages.post("/sending")
@page(Permission.CLOSE_AND_REOPEN)
def sending() -> Any:
    """Pauses everything, or lets it go again."""
    form = ReasonForm(request.form)
    if "resume" in request.form:
        if ButtonForm(request.form).validate():
            pausing.resume(db(), None, by=signed_in().name, now=now())
    elif not form.validate():
        return _actions_page(form), 422
    else:
        pausing.pause(db(), None, reason=form.reason.data, by=signed_in().name, now=now())
    return redirect(url_for("targets.all_actions"), 303)


def _with_reason(id: int, name: str, step: Callable[..., object]) -> Any:
    form = ReasonForm(request.form)
    if not form.validate():
        return _target_page(id, **{name: form}), 422
    return _done(id, step, form.reason.data, **{name: form})


def _done(id: int, step: Callable[..., object], reason: str, **forms: Any) -> Any:
    actions.target(db(), id)
    try:
        step(reason=reason, by=signed_in().name, now=now())
    except NotFound:
        raise
    except Refusal as refusal:
        return _target_page(id, str(refusal), **forms), 409
    return redirect(url_for("targets.target", id=id), 303)


def _extended(found: Action, step: Callable[..., object], form: ExtensionForm | None = None) -> Any:
    try:
        step(by=signed_in().name, now=now())
    except Refusal as refusal:
        return _action_page(found, form or ExtensionForm(), sentence=str(refusal)), 409
    return redirect(url_for("targets.action", id=found.id), 303)


def _actions_page(form: ReasonForm) -> str:
    known = [(one, cases.cases_of(db(), one.id), actions.targets(db(), one.id)) for one in actions.actions(db())]
    return render_template(
        "admin/actions.html", actions=known, form=form, paused=_pauses(), failing=bounces.failing_addresses(db(), now())
    )


def _action_page(
    found: Action, form: ExtensionForm, reason_form: ReasonForm | None = None, sentence: str | None = None
) -> str:
    return render_template(
        "admin/action.html",
        action=found,
        cases=cases.cases_of(db(), found.id),
        waiting=counts.waiting_by_case(db()),
        targets=actions.all_targets(db(), found.id),
        extension=extensions.find_extension(db(), found.id, found.said_deadline),
        extensions=extensions.extensions(db(), found.id),
        paused=_pauses(),
        form=marked(form, "extend"),
        reason_form=marked(reason_form or ReasonForm(), "back"),
        sentence=sentence,
    )


def _target_page(id: int, sentence: str | None = None, **forms: Any) -> str:
    known = actions.target(db(), id)
    fresh = {"correction": target_form(known), "route": RouteForm(data={"route": "post" if known.by_post else "any"})}
    fresh |= {name: ReasonForm() for name in ("undo", "address", "pause")}
    return render_template(
        "admin/target.html",
        known=known,
        action=actions.action_of(db(), known.action),
        mark=failing.find_mark(db(), known.email),
        would_hold=failing.count_queued(db(), known.email or ""),
        corrections=targets.corrections(db(), id),
        pause_of=_pauses().get(pacing.of_target(id)),
        forms={name: marked(form, name) for name, form in (fresh | forms).items()},
        sentence=sentence,
    )


def _pauses() -> dict[str, pacing.Pause]:
    return {pause.what: pause for pause in pacing.pauses(db())}
