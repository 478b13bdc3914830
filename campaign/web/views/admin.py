"""What admins do: take in documents, see what they would change, apply them; close and reopen by hand."""

import io
from typing import Any

from flask import Blueprint, redirect, render_template, request, send_file, url_for

from campaign.domain.account import Permission
from campaign.domain.reading_refusals import NothingToCorrect, RehearsalChanged, WouldReopen
from campaign.domain.refusals import NotFound, Refusal
from campaign.domain.urgent_action import Outcome
from campaign.flow import correcting, deciding, intake, remembering
from campaign.store import cases, counts, documents, filing, journal
from campaign.web.access import page
from campaign.web.desk import PATIENCE, db, now
from campaign.web.forms import ButtonForm, CloseForm, DocumentForm, ReopenForm
from campaign.web.reading_page import document_page
from campaign.web.who import signed_in

pages = Blueprint("admin", __name__, url_prefix="/admin")


@pages.get("/documents")
@page(Permission.TAKE_IN_DOCUMENTS)
def inbox() -> str:
    return render_template("admin/inbox.html", documents=documents.newest_documents(db()), form=DocumentForm())


@pages.post("/documents")
@page(Permission.TAKE_IN_DOCUMENTS)
def bring() -> Any:
    form = DocumentForm(request.form)
    brought = _brought(form.text.data)
    if not form.validate() or not brought:
        sentence = "Please choose a file, or paste the text of an output."
        kept = documents.newest_documents(db())
        return render_template("admin/inbox.html", documents=kept, form=form, sentence=sentence), 422
    taken = [intake.keep(db(), content, name=name, via="browser", now=now())[0] for name, content in brought]
    if len(taken) == 1:
        return redirect(url_for("admin.document", id=taken[0].id), 303)
    return redirect(url_for("admin.inbox"), 303)


@pages.get("/documents/<int:id>")
@page(Permission.TAKE_IN_DOCUMENTS)
def document(id: int) -> str:
    return document_page(id)


@pages.post("/documents/<int:id>/apply")
@page(Permission.TAKE_IN_DOCUMENTS)
def apply(id: int) -> Any:
    """Applies the document, or what is proposed for one that was applied before, if it still does what was shown."""
    if not ButtonForm(request.form).validate():
        return redirect(url_for("admin.document", id=id), 303)
    is_filed = filing.filed_output(db(), id) is not None
    apply_it = correcting.apply if is_filed else intake.apply
    try:
        apply_it(db(), id, actor=signed_in().name, now=now(), patience=PATIENCE, seen=request.form.get("seen") or None)
    except (RehearsalChanged, WouldReopen, NothingToCorrect) as refusal:
        return document_page(id, str(refusal)), 409
    return redirect(url_for("admin.document", id=id), 303)


@pages.get("/documents/<int:id>/original")
@page(Permission.TAKE_IN_DOCUMENTS)
def original(id: int) -> Any:
    found = documents.document(db(), id)
    content = io.BytesIO(documents.content_of(db(), id))
    # Never shown inside our pages: a document could hold script.
    return send_file(content, "application/octet-stream", as_attachment=True, download_name=f"document-{found.id}.bin")


@pages.get("/cases")
@page(Permission.CLOSE_AND_REOPEN)
def cases_page() -> str:
    return render_template("admin/cases.html", cases=cases.cases(db()), waiting=counts.waiting_by_case(db()))


@pages.get("/cases/<int:id>")
@page(Permission.CLOSE_AND_REOPEN)
def case(id: int) -> str:
    return _case_page(id, CloseForm(), ReopenForm())


@pages.post("/cases/<int:id>/close")
@page(Permission.CLOSE_AND_REOPEN)
def close(id: int) -> Any:
    form = CloseForm(request.form)
    if not form.validate():
        return _case_page(id, form, ReopenForm()), 422
    return _decided(id, form, lambda **asked: deciding.close(db(), id, outcome=_outcome(form), **asked))


@pages.post("/cases/<int:id>/reopen")
@page(Permission.CLOSE_AND_REOPEN)
def reopen(id: int) -> Any:
    form = ReopenForm(request.form)
    if not form.validate():
        return _case_page(id, CloseForm(), form), 422
    return _decided(id, form, lambda **asked: deciding.reopen(db(), id, **asked))


def _decided(id: int, form: Any, decide: Any) -> Any:
    try:
        decide(reason=form.reason.data, by=signed_in().name, now=now(), patience=PATIENCE)
    except NotFound:
        raise
    except Refusal as refusal:
        return _case_page(id, CloseForm(), ReopenForm(), str(refusal)), 409
    return redirect(url_for("admin.case", id=id), 303)


def _case_page(id: int, close_form: CloseForm, reopen_form: ReopenForm, sentence: str | None = None) -> str:
    found = cases.case(db(), id)
    return render_template(
        "admin/case.html",
        case=found,
        close_form=close_form,
        reopen_form=reopen_form,
        waiting=counts.waiting_by_case(db()).get(id, {}),
        events=journal.events_of_case(db(), id),
        sentence=sentence,
        unwritten=remembering.why_nothing_leaves(db()),
    )


def _brought(text: str | None) -> list[tuple[str, bytes]]:
    """The names and bytes of what was uploaded or pasted."""
    files = [(file.filename or "upload", file.read()) for file in request.files.getlist("files") if file.filename]
    return files + ([("pasted text", text.encode())] if text and text.strip() else [])


def _outcome(form: CloseForm) -> Outcome | None:
    return Outcome(form.outcome.data) if form.outcome.data else None
