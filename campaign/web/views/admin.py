"""What admins do with one document: see what it would change, apply it; and look after the cases."""

import io
from typing import Any

from flask import Blueprint, redirect, render_template, request, send_file, url_for

from campaign.domain.account import Permission
from campaign.domain.reading_refusals import NothingToCorrect, RehearsalChanged, WouldReopen
from campaign.flow import correcting, intake
from campaign.store import cases, counts, documents, filing
from campaign.web.access import page
from campaign.web.case_page import case_page
from campaign.web.desk import PATIENCE, db, now
from campaign.web.forms import ButtonForm
from campaign.web.reading_page import document_page
from campaign.web.who import signed_in

pages = Blueprint("admin", __name__, url_prefix="/admin")


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
    return case_page(id)
