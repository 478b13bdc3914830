"""Events: packs of letters to print, the reports that come back, and their corrections."""

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for

from campaign.domain.account import Permission
from campaign.domain.case import Case
from campaign.domain.event_refusals import NoSuchPack
from campaign.domain.letter import why_it_may_not_leave
from campaign.domain.pack import Batch, Pack, chains
from campaign.domain.refusals import NotFound, Refusal
from campaign.flow import drafting, packing, reporting
from campaign.store import actions, batches, cases, groups, packs
from campaign.web.access import page
from campaign.web.choosing import id_in
from campaign.web.desk import db, now, office, the_desk
from campaign.web.errors import ended_page, status_of
from campaign.web.event_forms import BatchForm, CorrectForm, PackForm, choices_of
from campaign.web.who import sight, signed_in

pages = Blueprint("events", __name__, url_prefix="/organizer/events")


@pages.get("/")
@page(Permission.WORK_ON_LETTERS)
def index() -> str:
    by_pack = {batch.pack: batch for batch in batches.batches(db()) if batch.replaced_at is None}
    return render_template(
        "events/index.html",
        open_cases=[case for case in cases.open_cases(db()) if case.is_open],
        packs=[(pack, by_pack.get(pack.id)) for pack in packs.packs(db()) if _is_seen(pack)],
        **_names(),
    )


@pages.get("/cases/<int:id>/pack")
@page(Permission.WORK_ON_LETTERS)
def new(id: int) -> Any:
    case = cases.case(db(), id)
    if refusal := why_it_may_not_leave(case, now()):
        return ended_page(case, refusal)
    form = _pack_form(case, data={"letters": 30, "languages": [drafting.first_language(office(), case)], "group": ""})
    form.target.data = form.target.choices[0].value if form.target.choices else ""
    return _new_page(case, form)


@pages.post("/cases/<int:id>/pack")
@page(Permission.WORK_ON_LETTERS)
def make(id: int) -> Any:
    case = cases.case(db(), id)
    form = _pack_form(case, formdata=request.form)
    if refusal := why_it_may_not_leave(case, now()):
        return ended_page(case, refusal)
    if not form.validate():
        return _new_page(case, form), 422
    wanted = packing.Wanted(
        case.id, form.letters.data, tuple(form.languages.data), id_in(form.target.data), id_in(form.group.data)
    )
    try:
        made = packing.make(db(), office(), wanted, by=signed_in().name, now=now())
    except Refusal as refusal:
        return _new_page(case, form, str(refusal)), status_of(refusal)
    return redirect(url_for("events.pack", id=made.id), 303)


@pages.get("/packs/<int:id>")
@page(Permission.WORK_ON_LETTERS)
def pack(id: int) -> str:
    found = _pack(id)
    case = cases.case(db(), found.case)
    return render_template(
        "events/pack.html",
        pack=found,
        case=case,
        target=actions.target(db(), found.target).target if found.target else None,
        group=groups.group(db(), found.group) if found.group else None,
        refusal=why_it_may_not_leave(case, now()),
        late=case.deadline_has_passed(now()),
        batch=batches.find_batch_of_pack(db(), found.id),
    )


@pages.get("/packs/<int:id>.pdf")
@page(Permission.WORK_ON_LETTERS)
def pack_pdf(id: int) -> Any:
    found = _pack(id)
    try:
        pdf = packing.pdf(db(), office(), found, the_desk().clock)
    except Refusal as refusal:
        case = cases.case(db(), found.case)
        if why_it_may_not_leave(case, now()):
            return ended_page(case, refusal)
        raise
    headers = {"Content-Disposition": f'inline; filename="pack-{found.code.lower()}.pdf"', "Cache-Control": "no-store"}
    return Response(pdf, mimetype="application/pdf", headers=headers)


@pages.get("/report")
@page(Permission.WORK_ON_LETTERS)
def report() -> Any:
    """Asks for the code; with a code or a case in the address, for what is reported."""
    if "code" not in request.args and "case" not in request.args:
        return _code_page()
    try:
        found, case = _reported_on()
    except NoSuchPack as refusal:
        return _code_page(str(refusal)), status_of(refusal)
    given = {"held_on": now().date(), "vouched_by": signed_in().name, "group": ""}
    return _report_page(found, case, _batch_form(found, data=given))


@pages.post("/report")
@page(Permission.WORK_ON_LETTERS)
def say() -> Any:
    try:
        found, case = _reported_on()
    except NoSuchPack as refusal:
        return _code_page(str(refusal)), status_of(refusal)
    form = _batch_form(found, formdata=request.form)
    if not form.validate():
        return _report_page(found, case, form), 422
    try:
        if found:
            reporting.report_pack(db(), found, _told(form), by=signed_in().name, now=now())
        else:
            group = id_in(form.group.data)
            reporting.report_case(db(), case.id, group, _told(form), by=signed_in().name, now=now())
    except Refusal as refusal:
        return _report_page(found, case, form, refusal), status_of(refusal)
    return redirect(url_for("events.reports", done="yes"), 303)


@pages.get("/batches")
@page(Permission.WORK_ON_LETTERS)
def reports() -> str:
    found = [chain for chain in chains(batches.batches(db())) if _may_see(chain[0])]
    return render_template(
        "events/batches.html",
        chains=found,
        total=sum(chain[0].n for chain in found),
        done=request.args.get("done") == "yes",
        packs={pack.id: pack for pack in packs.packs(db())},
        **_names(),
    )


@pages.get("/batches/<int:id>/correct")
@page(Permission.WORK_ON_LETTERS)
def correction(id: int) -> Any:
    batch = _batch(id)
    given = {name: getattr(batch, name) for name in ("n", "held_on", "vouched_by", "kept_at")}
    return _correct_page(batch, CorrectForm(data=given))


@pages.post("/batches/<int:id>/correct")
@page(Permission.WORK_ON_LETTERS)
def correct(id: int) -> Any:
    batch = _batch(id)
    form = CorrectForm(request.form)
    del form.group
    if not form.validate():
        return _correct_page(batch, form), 422
    try:
        reporting.correct(db(), id, _told(form), by=signed_in().name, now=now())
    except Refusal as refusal:
        return _correct_page(batch, form, str(refusal)), status_of(refusal)
    return redirect(url_for("events.reports", done="yes"), 303)


def _is_seen(pack: Pack) -> bool:
    return sight().reaches(pack.group) or pack.made_by == signed_in().name


def _may_see(batch: Batch) -> bool:
    return sight().reaches(batch.group) or batch.reported_by == signed_in().name


def _pack(id: int) -> Pack:
    found = packs.pack(db(), id)
    if not _is_seen(found):
        raise NotFound
    return found


def _batch(id: int) -> Batch:
    found = batches.batch(db(), id)
    if not _may_see(found):
        raise NotFound
    return found


def _reported_on() -> tuple[Pack | None, Case]:
    """The pack, and the case, that the address names. Raises NoSuchPack, NotFound."""
    if "code" in request.args:
        found = reporting.pack_of_code(db(), request.args["code"])
        if not _is_seen(found):
            raise NoSuchPack(found.shown_code)
        return found, cases.case(db(), found.case)
    return None, cases.case(db(), id_in(request.args.get("case")) or 0)


def _told(form: BatchForm) -> reporting.Told:
    return reporting.Told(
        form.n.data, form.held_on.data, form.vouched_by.data, form.kept_at.data, form.reason.data or ""
    )


def _pack_form(case: Case, **given: Any) -> PackForm:
    seen = [group for group in groups.groups(db()) if sight().reaches(group.id)]
    return PackForm(**given).of(packing.languages(office()), actions.targets(db(), case.action), seen)


def _batch_form(pack: Pack | None, **given: Any) -> BatchForm:
    form = BatchForm(**given)
    form.group.choices = choices_of([group for group in groups.groups(db()) if sight().reaches(group.id)])
    if pack:  # its group is known
        del form.group
    return form


def _names() -> dict[str, Any]:
    return {
        "cases": {case.id: case for case in cases.cases(db())},
        "groups": {group.id: group for group in groups.groups(db())},
    }


def _new_page(case: Case, form: PackForm, sentence: str | None = None) -> str:
    late = case.deadline_has_passed(now())
    return render_template("events/new.html", case=case, form=form, sentence=sentence, late=late)


def _code_page(sentence: str | None = None) -> str:
    typed = request.args.get("code", "")[:40]
    return render_template("events/code.html", cases=cases.cases(db()), typed=typed, sentence=sentence)


def _report_page(pack: Pack | None, case: Case, form: BatchForm, refusal: Refusal | None = None) -> str:
    if pack and refusal is None and not form.errors and (batch := batches.find_batch_of_pack(db(), pack.id)):
        return render_template("events/known.html", pack=pack, case=case, batch=batch)
    return render_template(
        "events/report.html",
        pack=pack,
        case=case,
        group=groups.group(db(), pack.group) if pack and pack.group else None,
        form=form,
        sentence=str(refusal) if refusal else None,
        today=now().date(),
    )


def _correct_page(batch: Batch, form: CorrectForm, sentence: str | None = None) -> str:
    return render_template(
        "events/correct.html",
        batch=batch,
        case=cases.case(db(), batch.case),
        pack=packs.pack(db(), batch.pack) if batch.pack else None,
        form=form,
        sentence=sentence,
    )
