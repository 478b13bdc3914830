"""What admins do with one document: see what it would change, apply it; and look after the cases."""

import io
from typing import Any

from flask import Blueprint, redirect, render_template, request, send_file, url_for

from campaign.domain.account import Permission
from campaign.domain.reading import doubts_of, facts_in_order, standing
from campaign.domain.telling import label
from campaign.flow import intake
from campaign.store import cases, counts, documents
from campaign.web.access import page
from campaign.web.case_page import case_page
from campaign.web.deciding_forms import ReopeningForm
from campaign.web.desk import PATIENCE, db, now
from campaign.web.forms import ButtonForm
from campaign.web.marking import marked_lines
from campaign.web.who import signed_in

pages = Blueprint("admin", __name__, url_prefix="/admin")


@pages.get("/documents/<int:id>")
@page(Permission.TAKE_IN_DOCUMENTS)
def document(id: int) -> str:
    found = documents.document(db(), id)
    known = found.reading if found.reading and not found.reading.refusal else None
    return render_template(
        "admin/document.html",
        document=found,
        reading=known,
        label=label(known) if known else None,
        lines_of_document=marked_lines(found.text or "", known),
        changes=intake.rehearse(db(), found, now()),
        told=facts_in_order(known) if known else (),
        doubts=doubts_of(known, standing(known)) if known else (),
        form=ButtonForm(),
    )


@pages.post("/documents/<int:id>/apply")
@page(Permission.TAKE_IN_DOCUMENTS)
def apply(id: int) -> Any:
    if ButtonForm(request.form).validate():
        intake.apply(db(), id, actor=signed_in().name, now=now(), patience=PATIENCE)
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
    return case_page(id, ReopeningForm())
