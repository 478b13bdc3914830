"""Letters that wait for an organizer's word: they go on, or they come back to their writer with a sentence."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from campaign.domain.account import Permission
from campaign.domain.letter import Letter, LetterState
from campaign.domain.refusals import NotFound, Refusal
from campaign.flow import holding, showing
from campaign.flow.proofreading import notes_on_letter
from campaign.store import actions, cases, failing
from campaign.store import letters as store
from campaign.web.access import page
from campaign.web.desk import db, now, office
from campaign.web.errors import status_of
from campaign.web.forms import ButtonForm, GiveBackForm
from campaign.web.who import letter_in_sight, sight, signed_in

pages = Blueprint("held", __name__, url_prefix="/organizer/held")


@pages.get("/")
@page(Permission.WORK_ON_LETTERS)
def letters() -> str:
    held = [letter for letter in store.held_letters(db()) if sight().reaches_letter(letter.group)]
    waiting = [(letter, cases.case(db(), letter.case)) for letter in held]
    return render_template("held/index.html", waiting=waiting)


@pages.get("/<int:id>")
@page(Permission.WORK_ON_LETTERS)
def letter(id: int) -> str:
    return _page(_held(id), GiveBackForm())


@pages.post("/<int:id>/read")
@page(Permission.WORK_ON_LETTERS)
def read(id: int) -> Any:
    letter = _held(id)
    if not ButtonForm(request.form).validate():
        return redirect(url_for("held.letter", id=id), 303)
    # No address leads to the text: whoever reads it asks for it, and the record has that.
    return _page(letter, GiveBackForm(), shown=showing.read(db(), id, by=signed_in().name, now=now()))


@pages.post("/<int:id>/release")
@page(Permission.WORK_ON_LETTERS)
def release(id: int) -> Any:
    _held(id)
    if ButtonForm(request.form).validate():
        try:
            holding.release(db(), id, by=signed_in().name, now=now())
        except Refusal as refusal:
            return _page(_held(id), GiveBackForm(), str(refusal)), status_of(refusal)
    return redirect(url_for("held.letters"), 303)


@pages.post("/<int:id>/give-back")
@page(Permission.WORK_ON_LETTERS)
def give_back(id: int) -> Any:
    letter, form = _held(id), GiveBackForm(request.form)
    if not form.validate():
        return _page(letter, form), 422
    holding.give_back(db(), office(), id, form.sentence.data, by=signed_in().name, now=now())
    return redirect(url_for("held.letters"), 303)


def _held(id: int) -> Letter:
    """A letter that is held now; any other is none of an organizer's business here."""
    letter = letter_in_sight(id)
    if letter.state is not LetterState.HELD:
        raise NotFound
    return letter


def _page(letter: Letter, form: GiveBackForm, sentence: str | None = None, *, shown: Letter | None = None) -> str:
    """The page; without what it `shown` it tells only what kind of thing was found in the letter."""
    case = cases.case(db(), letter.case)
    notes = notes_on_letter(db(), case, letter)
    return render_template(
        "held/letter.html",
        letter=letter,
        fails=failing.find_mark_of(db(), letter.id),
        case=case,
        target=actions.target(db(), letter.target).target if letter.target else None,
        notes=notes,
        found=list(dict.fromkeys(str(note.point) for note in notes if note.is_grave)),
        shown=shown,
        sentence=sentence,
        form=form,
    )
