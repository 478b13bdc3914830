"""What admins say of a document: answers to its doubts, corrections field by field, taking back, undoing."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from campaign.domain.account import Permission
from campaign.domain.corrections import Field
from campaign.domain.corrections.applying import corrected_sheet
from campaign.domain.corrections.sheet import evidence_of
from campaign.domain.refusals import NotFound, Refusal
from campaign.flow import correcting, rehearsing, telling_admins, undoing
from campaign.flow.correcting import Said
from campaign.store import documents
from campaign.store.documents import Document
from campaign.web.access import page
from campaign.web.correct_forms import CORRECTABLE, SayingForm, correct_form
from campaign.web.desk import PATIENCE, db, now
from campaign.web.errors import status_of
from campaign.web.field_words import FIELD_WORDS, in_words
from campaign.web.forms import ButtonForm, ReasonForm
from campaign.web.reading_page import document_page
from campaign.web.who import signed_in

pages = Blueprint("documents", __name__, url_prefix="/admin")
_UNPROCESSABLE = 422
_LONGEST_ID = 18


@pages.post("/documents/<int:id>/answer")
@page(Permission.TAKE_IN_DOCUMENTS)
def answer(id: int) -> Any:
    """Keeps the answer to one of the document's questions; its rehearsal shows what that does."""
    form, key, value = ReasonForm(request.form), request.form.get("question", ""), request.form.get("answer")
    rehearsal = rehearsing.rehearse(db(), documents.document(db(), id), now())
    asked = next((one for one in rehearsal.questions if one.key == key), None)
    if asked is None:
        return document_page(id, "This question has been settled meanwhile. Please look at the page once more."), 409
    if not form.validate() or value not in {choice for choice, _ in asked.choices}:
        why = form.reason.errors[0] if form.reason.errors else "Please press one of the buttons."
        return document_page(id, question=key, reason=form.reason.data, wrong=why), _UNPROCESSABLE
    said = correcting.answer(asked, str(value), everywhere="everywhere" in request.form)
    correcting.propose(db(), id, said, by=signed_in().name, reason=form.reason.data, now=now())
    return redirect(url_for("admin.document", id=id, _anchor="rehearsal"), 303)


@pages.get("/documents/<int:id>/correct")
@page(Permission.TAKE_IN_DOCUMENTS)
def correct(id: int) -> str:
    field, about, value = _asked_for(documents.document(db(), id))
    return _correct_page(id, field, about, correct_form(field, is_new=_is_new(), value=value))


@pages.post("/documents/<int:id>/correct")
@page(Permission.TAKE_IN_DOCUMENTS)
def propose(id: int) -> Any:
    """Keeps a correction without effect; the document's page rehearses it."""
    field, about, _ = _asked_for(documents.document(db(), id))
    form = correct_form(field, is_new=_is_new(), typed=request.form)
    if not form.validate():
        return _correct_page(id, field, about, form), _UNPROCESSABLE
    said = Said(field, (form.about or "") if _is_new() else about, form.value)
    try:
        correcting.propose(db(), id, said, by=signed_in().name, reason=form.reason.data, now=now())
    except NotFound:
        raise
    except Refusal as refusal:
        return _correct_page(id, field, about, form, str(refusal)), _UNPROCESSABLE
    return redirect(url_for("admin.document", id=id, _anchor="rehearsal"), 303)


@pages.post("/corrections/<int:id>/take-back")
@page(Permission.TAKE_IN_DOCUMENTS)
def take_back(id: int) -> Any:
    if not ButtonForm(request.form).validate():
        return redirect(url_for("inbox.listed"), 303)
    document = correcting.take_back(db(), id, by=signed_in().name, now=now())
    return redirect(url_for("admin.document", id=document, _anchor="rehearsal"), 303)


@pages.post("/documents/<int:id>/undo")
@page(Permission.CLOSE_AND_REOPEN)
def undo(id: int) -> Any:
    form = ReasonForm(request.form)
    if not form.validate():
        why = form.reason.errors[0] if form.reason.errors else None
        return document_page(id, undo_reason=form.reason.data, undo_wrong=why), _UNPROCESSABLE
    try:
        undoing.undo(db(), id, by=signed_in().name, reason=form.reason.data, now=now(), patience=PATIENCE)
    except NotFound:
        raise
    except Refusal as refusal:
        return document_page(id, str(refusal), undo_reason=form.reason.data), status_of(refusal)
    return redirect(url_for("admin.document", id=id), 303)


@pages.post("/documents/<int:id>/read-again")
@page(Permission.TAKE_IN_DOCUMENTS)
def read_again(id: int) -> Any:
    if ButtonForm(request.form).validate():
        correcting.read_again(db(), id, actor=signed_in().name, now=now())
    return redirect(url_for("admin.document", id=id), 303)


@pages.post("/seen")
@page(Permission.TAKE_IN_DOCUMENTS)
def seen() -> Any:
    """Marks what was applied by itself as seen, for this account alone."""
    if ButtonForm(request.form).validate():
        told = [int(id) for id in request.form.getlist("document") if id.isdecimal() and len(id) < _LONGEST_ID]
        telling_admins.mark_seen(db(), signed_in().id, told, now())
    return redirect(url_for("inbox.listed"), 303)


def _is_new() -> bool:
    return request.args.get("new") == "yes"


def _asked_for(document: Document) -> tuple[Field, str, Any]:
    """The field that the address names, whose it is, and the value that counts now."""
    name, about = request.args.get("field", ""), request.args.get("about", "")
    if document.as_read is None or document.reading is None or name not in set(CORRECTABLE):
        raise NotFound
    if document.reading.refusal and name != Field.NUMBER:
        raise NotFound
    sheet = corrected_sheet(document.as_read, document.tried)
    field = Field(name)
    if not _is_new() and field is not Field.VERDICT and (field, about) not in sheet:
        raise NotFound
    return field, about, sheet.get((field, about))


def _correct_page(id: int, field: Field, about: str, form: SayingForm, sentence: str | None = None) -> str:
    document = documents.document(db(), id)
    assert document.as_read is not None
    read = corrected_sheet(document.as_read, ()).get((field, about))
    return render_template(
        "admin/correct.html",
        document=document,
        field=field,
        about=about,
        is_new=_is_new(),
        what=FIELD_WORDS[field],
        as_read=in_words(field, read),
        evidence=evidence_of(document.as_read, field, about),
        form=form,
        sentence=sentence,
    )
