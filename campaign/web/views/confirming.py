"""The supporter's yes to a letter, on the page that the mail leads to; or "it was not me"; and the end of our news."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from campaign.domain.letter import LetterState, why_it_may_not_leave
from campaign.domain.refusals import NotFound, Refusal, WordsChanged
from campaign.flow import confirming as flow
from campaign.flow.proofreading import notes_on_letter, why_held
from campaign.flow.writing import signed
from campaign.store import actions, cases
from campaign.web.access import everyone
from campaign.web.desk import db, now, office
from campaign.web.errors import ended_page
from campaign.web.forms import ButtonForm
from campaign.web.tongue import refused

pages = Blueprint("confirming", __name__)


@pages.get("/confirm/<token>")
@everyone
def confirm(token: str, sentence: str | None = None) -> Any:
    letter = flow.find_to_confirm(db(), token)
    case = cases.case(db(), letter.case)
    if letter.state is LetterState.STOPPED and (ended := why_it_may_not_leave(case, now())):
        return ended_page(case, ended, letter.body)
    if letter.state is not LetterState.UNCONFIRMED:
        return render_template("confirming/confirmed.html", letter=letter, case=case)
    if refusal := flow.why_not_confirm(db(), letter, now()):
        return ended_page(case, refusal, letter.body)
    notes = notes_on_letter(db(), case, letter)
    return render_template(
        "confirming/confirm.html",
        token=token,
        letter=letter,
        case=case,
        late=case.deadline_has_passed(now()),
        target=actions.target(db(), letter.target).target if letter.target else None,
        text=signed(letter.body or "", letter.name or ""),
        shown=flow.shown(letter),
        will_hold=bool(why_held(notes)),
        notes=notes,
        sentence=sentence,
        form=ButtonForm(),
    )


@pages.post("/confirm/<token>")
@everyone
def say_yes(token: str) -> Any:
    form = ButtonForm(request.form)
    if not form.validate():
        return redirect(url_for("confirming.confirm", token=token), 303)
    letter = flow.find_to_confirm(db(), token)
    try:
        letter = flow.confirm(db(), office(), token, now(), request.form.get("shown"))
    except WordsChanged as refusal:
        return confirm(token, refused(refusal)), 409
    except Refusal as refusal:
        return ended_page(cases.case(db(), letter.case), refusal, letter.body)
    return redirect(url_for("letters.receipt", receipt=letter.receipt), 303)


@pages.post("/confirm/<token>/not-me")
@everyone
def say_no(token: str) -> Any:
    if not ButtonForm(request.form).validate():
        return redirect(url_for("confirming.confirm", token=token), 303)
    flow.disown(db(), office(), token, now())
    return render_template("confirming/not_me.html")


@pages.get("/unsubscribe/<word>")
@everyone
def unsubscribe(word: str) -> str:
    if office().find_unsubscribing(word) is None:
        raise NotFound
    return render_template("confirming/unsubscribe.html", done=False, form=ButtonForm())


@pages.post("/unsubscribe/<word>")
@everyone
def end_news(word: str) -> str:
    # A mail program presses this button for its reader (RFC 8058): it has no session, and the word itself is the key.
    writer = office().find_unsubscribing(word)
    if writer is None:
        raise NotFound
    flow.end_news(db(), writer, now())
    return render_template("confirming/unsubscribe.html", done=True, form=ButtonForm())
