"""Every letter by its number: where it is, since when and why, without who wrote it; and settling what is uncertain."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from campaign.domain.account import Permission
from campaign.domain.letter import SETTLED_AS, Letter, LetterState
from campaign.flow import settling, showing
from campaign.store import actions, cases, journal, lists
from campaign.web.access import page
from campaign.web.choosing import address_of, choice_of, id_in
from campaign.web.desk import db, now
from campaign.web.forms import SettleForm, ShowForm
from campaign.web.reasons import reason_in_list, reason_of_event
from campaign.web.who import letter_in_sight, sight, signed_in

pages = Blueprint("sent", __name__, url_prefix="/organizer/sent")


@pages.get("/")
@page(Permission.WORK_ON_LETTERS)
def letters() -> str:
    choice, below = choice_of(request.args, sight()), id_in(request.args.get("below"))
    found = lists.listed(db(), choice, below, lists.A_PAGE + 1)
    shown = found[: lists.A_PAGE]
    return render_template(
        "sent/index.html",
        letters=[(line, *reason_in_list(line.state, line.reason)) for line in shown],
        counted=lists.count_by_state(db(), choice),
        uncertain=lists.count_uncertain(db(), sight()),
        choice=choice,
        is_first=below is None,
        below=shown[-1].id if len(found) > len(shown) else None,
        address_of=address_of,
        cases=cases.cases(db()),
        addressees=lists.addressees(db()),
    )


@pages.get("/<int:id>")
@page(Permission.WORK_ON_LETTERS)
def letter(id: int) -> str:
    return _page(id, SettleForm())


@pages.post("/<int:id>/settle")
@page(Permission.WORK_ON_LETTERS)
def settle(id: int) -> Any:
    letter_in_sight(id)
    form, said = SettleForm(request.form), request.form.get("outcome")
    if not form.validate() or said not in SETTLED_AS:
        return _page(id, form), 422
    settling.settle(db(), id, LetterState(said), form.reason.data, by=signed_in().name, now=now())
    return redirect(url_for("sent.letter", id=id), 303)


@pages.post("/<int:id>/show")
@page(Permission.READ_LETTERS)
def show(id: int) -> Any:
    form = ShowForm(request.form)
    if not form.validate():
        return _page(id, SettleForm(), form), 422
    # No address leads to the text, so that it is shown once for each reason given: the answer is the page itself.
    return _page(id, SettleForm(), shown=showing.show(db(), id, form.why.data, by=signed_in().name, now=now()))


def _page(id: int, form: SettleForm, show_form: ShowForm | None = None, shown: Letter | None = None) -> str:
    letter = letter_in_sight(id)
    reason, words = reason_in_list(letter.state, letter.reason)
    return render_template(
        "sent/letter.html",
        letter=letter,
        case=cases.case(db(), letter.case),
        target=actions.target(db(), letter.target).target if letter.target else None,
        reason=reason,
        words=words,
        events=[(event, *reason_of_event(event)) for event in journal.events_of_letter(db(), id)],
        form=form,
        show_form=show_form or ShowForm(),
        shown=shown,
    )
