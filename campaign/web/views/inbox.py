"""The inbox: documents brought, several at once; what each is, what it would change, and in which state it is."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge

from campaign.domain.account import Permission
from campaign.domain.urgent_action import Reading
from campaign.flow import inbox as flow
from campaign.flow import intake
from campaign.flow.intake import Brought
from campaign.store import arrivals, documents, inbox
from campaign.store.arrivals import Came
from campaign.store.documents import DocumentState
from campaign.web.access import page
from campaign.web.choosing import id_in
from campaign.web.desk import PATIENCE, db, new_token, now, the_desk
from campaign.web.forms import ButtonForm, DocumentForm, RefuseForm
from campaign.web.inbox_lines import lines_of
from campaign.web.who import signed_in

pages = Blueprint("inbox", __name__, url_prefix="/admin/documents")

MOST_FILES = 50
# The web server takes in twice that, so that what is too large gets a page of ours.
_LIMITS_TOGETHER = 5
_NONE_CHOSEN = "Please choose at least one document."
_STALE = "This page was open for a long time. Nothing was changed: please send it once more."
_TOO_LARGE_TOGETHER = "Together these files are larger than we take in at once. Please bring them in several goes."


@pages.get("")
@page(Permission.TAKE_IN_DOCUMENTS)
def listed() -> str:
    return _list(DocumentForm())


@pages.post("")
@page(Permission.TAKE_IN_DOCUMENTS)
def bring() -> Any:
    # Several files at once may be larger together than one may be.
    request.max_content_length = _LIMITS_TOGETHER * the_desk().settings.upload_limit
    try:
        form = DocumentForm(request.form)
    except RequestEntityTooLarge:
        return _list(DocumentForm(), _TOO_LARGE_TOGETHER), 413
    sentence = _wrong(form)
    if not form.validate() or sentence:
        return _list(form, sentence), 422
    came = Came("browser", signed_in().name, together=new_token())
    kept = [intake.keep_all(db(), [one], came=came, now=now())[0] for one in _brought(form.text.data)]
    if len(kept) == 1:
        return redirect(url_for("admin.document", id=kept[0][0].id), 303)
    return redirect(url_for("inbox.brought", word=came.together), 303)


@pages.get("/brought/<word>")
@page(Permission.TAKE_IN_DOCUMENTS)
def brought(word: str) -> str:
    together = arrivals.brought_together(db(), word)
    found = [documents.document(db(), one.document) for one in together]
    return render_template("inbox/brought.html", word=word, lines=lines_of(db(), found, now(), together))


@pages.get("/waiting")
@page(Permission.TAKE_IN_DOCUMENTS)
def waiting() -> str:
    return _waiting_page()


@pages.post("/waiting/apply")
@page(Permission.TAKE_IN_DOCUMENTS)
def apply_clear() -> Any:
    chosen = _ids(request.form)
    if not ButtonForm(request.form).validate() or not chosen:
        return _waiting_page(sentence=_STALE if chosen else _NONE_CHOSEN), 422
    taken = flow.apply_clear(db(), chosen, actor=signed_in().name, now=now(), patience=PATIENCE)
    return redirect(url_for("inbox.several", document=[one.document.id for one in taken]), 303)


@pages.post("/waiting/refuse")
@page(Permission.TAKE_IN_DOCUMENTS)
def refuse() -> Any:
    form, chosen = RefuseForm(request.form), _ids(request.form)
    if not form.validate() or not chosen:
        return _waiting_page(form, None if chosen else _NONE_CHOSEN), 422
    refused = flow.refuse(db(), chosen, form.reason.data, by=signed_in().name, now=now())
    return redirect(url_for("inbox.several", document=[one.id for one in refused]), 303)


@pages.get("/several")
@page(Permission.TAKE_IN_DOCUMENTS)
def several() -> str:
    found = [documents.document(db(), id) for id in _ids(request.args)]
    return render_template("inbox/several.html", lines=lines_of(db(), found, now()))


def _wrong(form: DocumentForm) -> str | None:
    count = sum(bool(file.filename) for file in request.files.getlist("files"))
    if count > MOST_FILES:
        return f"Please bring at most {MOST_FILES} files at once."
    return None if count or (form.text.data or "").strip() else "Please choose a file, or paste the text of an output."


def _list(form: DocumentForm, sentence: str | None = None) -> str:
    state, said, below = request.args.get("state", ""), request.args.get("words", "")[:200], request.args.get("below")
    words = inbox.words_in(said)
    choice = inbox.Choice(DocumentState(state) if state in set(DocumentState) else None, words)
    found = inbox.listed(db(), choice, id_in(below), inbox.A_PAGE + 1)
    shown = found[: inbox.A_PAGE]
    return render_template(
        "inbox/index.html",
        form=form,
        sentence=sentence,
        lines=lines_of(db(), shown, now()),
        counted=inbox.count_by_state(db(), words),
        choice=choice,
        said=said,
        waiting=inbox.count_waiting_documents(db()),
        is_first=id_in(below) is None,
        below=shown[-1].id if len(found) > len(shown) else None,
        most=MOST_FILES,
    )


def _waiting_page(form: RefuseForm | None = None, sentence: str | None = None) -> str:
    """What waits for an admin's word: all of it, or what was brought together under the word in the address."""
    word, chosen = request.args.get("together"), _ids(request.form)
    if word:
        brought = [documents.document(db(), one.document) for one in arrivals.brought_together(db(), word)]
        found = list({one.id: one for one in brought if one.state is DocumentState.WAITING}.values())
    else:
        found = inbox.waiting_documents(db(), flow.MOST_AT_ONCE)
    looked = flow.outlooks(db(), found, now())
    return render_template(
        "inbox/waiting.html",
        clear=[one for one in looked if one.is_clear],
        doubtful=[one for one in looked if not one.is_clear],
        came={one.id: arrivals.arrivals_of(db(), one.id)[0].came for one in found},
        chosen=chosen,
        form=form or RefuseForm(),
        sentence=sentence,
    )


def _ids(said: MultiDict[str, str]) -> list[int]:
    """The documents that an address or a form names, each once."""
    found = (id_in(text) for text in said.getlist("document"))
    return list(dict.fromkeys(id for id in found if id is not None))[: flow.MOST_AT_ONCE]


def _brought(text: str | None) -> Iterator[Brought]:
    """What was uploaded or pasted, one after the other; what is larger than we take in is kept, but not read."""
    largest = the_desk().settings.upload_limit
    for file in request.files.getlist("files"):
        if file.filename:
            content = file.read()
            too_large = f"The document is larger than {largest / 1_000_000:g} MB, so it was not read."
            told = (None, Reading(refusal=too_large)) if len(content) > largest else None
            yield Brought(file.filename, content, told)
    if text and text.strip():
        yield Brought("pasted text", text.encode())
