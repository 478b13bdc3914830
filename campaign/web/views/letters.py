"""A letter's receipt: where it stands, in plain words; how to send it oneself; and the word that it went."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from campaign.domain.letter import Letter, why_it_may_not_leave
from campaign.domain.refusals import NotFound
from campaign.flow import writing as flow
from campaign.store import actions, cases
from campaign.store import letters as store
from campaign.web.access import everyone
from campaign.web.desk import db, now
from campaign.web.errors import an_open_case, refusal_page, status_of
from campaign.web.forms import ButtonForm

pages = Blueprint("letters", __name__)


@pages.get("/letters/<receipt>")
@everyone
def receipt(receipt: str) -> str:
    written = store.letters_of_receipt(db(), receipt)
    case = cases.case(db(), written[0].case)
    return render_template(
        "letters/receipt.html",
        receipt=receipt,
        case=case,
        letters=[_shown(letter) for letter in written],
        refusal=why_it_may_not_leave(case, now()),
        instead=an_open_case(but=case.id),
        form=ButtonForm(),
    )


@pages.get("/letters/<receipt>/print/<int:id>")
@everyone
def print_page(receipt: str, id: int) -> Any:
    letter = _of_receipt(receipt, id)
    case = cases.case(db(), letter.case)
    if refusal := why_it_may_not_leave(case, now()):
        return refusal_page("No letter can go", str(refusal), status_of(refusal), case=case, text=letter.body)
    return render_template("letters/print.html", case=case, today=now().date(), **_shown(letter))


@pages.post("/letters/<receipt>/sent/<int:id>")
@everyone
def say_sent(receipt: str, id: int) -> Any:
    letter = _of_receipt(receipt, id)
    if ButtonForm(request.form).validate():
        flow.report(db(), receipt, letter.id, now())
    return redirect(url_for("letters.receipt", receipt=receipt), 303)


def _of_receipt(receipt: str, id: int) -> Letter:
    for letter in store.letters_of_receipt(db(), receipt):
        if letter.id == id:
            return letter
    raise NotFound


def _shown(letter: Letter) -> dict[str, Any]:
    """A letter with its addressee and its text as it goes out, the writer's name under it."""
    target = actions.target(db(), letter.target).target if letter.target else None
    text = flow.signed(letter.body, letter.name or "") if letter.body else None
    return {"letter": letter, "target": target, "text": text}
