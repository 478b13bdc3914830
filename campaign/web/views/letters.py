"""A letter's receipt: where it stands, in plain words; how to send it oneself; and the word that it went."""

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for

from campaign.domain.case import Case
from campaign.domain.letter import LONGEST_BODY, Channel, Letter, LetterState, why_it_may_not_leave
from campaign.domain.refusals import NotFound, NotYetGone, Refusal, TooLateToChange
from campaign.flow import copying, forgetting, printing
from campaign.flow import writing as flow
from campaign.flow.proofreading import notes_on_letter
from campaign.store import actions, cases
from campaign.store import letters as store
from campaign.web.access import everyone
from campaign.web.desk import PATIENCE, db, now, office
from campaign.web.errors import an_open_case, ended_page, status_of
from campaign.web.forms import ButtonForm
from campaign.web.letter_form import ReportForm, WordsForm
from campaign.web.reasons import plain_reason
from campaign.web.tongue import refused

pages = Blueprint("letters", __name__)


@pages.get("/letters/<receipt>")
@everyone
def receipt(receipt: str, sentence: str | None = None) -> str:
    written = store.letters_of_receipt(db(), receipt)
    case = cases.case(db(), written[0].case)
    return render_template(
        "letters/receipt.html",
        receipt=receipt,
        case=case,
        letters=[_shown(letter, case) for letter in written],
        refusal=why_it_may_not_leave(case, now()),
        instead=an_open_case(but=case.id) if case.has_ended else None,
        others=_not_written_to(written, case),
        case_link=office().link(url_for("cases.case", action=case.ua_slug, person=case.slug)),
        today=now().date(),
        sentence=sentence,
        copied=request.args.get("copied") == "yes",
        form=ButtonForm(),
        report_form=ReportForm(),
    )


@pages.get("/letters/<receipt>.pdf")
@everyone
def sheet(receipt: str) -> Any:
    """The first letter of the receipt, or the one asked for, as a page to print and post."""
    wanted = request.args.get("letter")
    written = store.letters_of_receipt(db(), receipt)
    letter = next((one for one in written if str(one.id) == wanted), None if wanted else written[0])
    if letter is None:
        raise NotFound
    case = cases.case(db(), letter.case)
    if refusal := _why_not_open(letter) or why_it_may_not_leave(case, now()):
        return ended_page(case, refusal, letter.body)
    pdf = printing.sheet(db(), office(), letter, now())
    return Response(pdf, mimetype="application/pdf", headers=_headers(f"letter-{letter.number.lower()}.pdf"))


@pages.get("/letters/<receipt>/print/<int:id>")
@everyone
def print_page(receipt: str, id: int) -> Any:
    letter = store.letter_of_receipt(db(), receipt, id)
    case = cases.case(db(), letter.case)
    if refusal := _why_not_open(letter) or why_it_may_not_leave(case, now()):
        return ended_page(case, refusal, letter.body)
    return render_template("letters/print.html", case=case, today=now().date(), **_shown(letter, case))


@pages.get("/letters/<receipt>/change/<int:id>")
@everyone
def change(receipt: str, id: int) -> Any:
    letter = store.letter_of_receipt(db(), receipt, id)
    if not letter.can_be_changed:
        raise TooLateToChange
    return _words_page(letter, WordsForm(data={"subject": letter.subject, "body": letter.body}))


@pages.post("/letters/<receipt>/change/<int:id>")
@everyone
def say_otherwise(receipt: str, id: int) -> Any:
    letter = store.letter_of_receipt(db(), receipt, id)
    form = WordsForm(request.form)
    if not form.validate():
        return _words_page(letter, form), 422
    try:
        flow.change(db(), receipt, id, form.subject.data, form.body.data, now())
    except Refusal as refusal:
        return ended_page(cases.case(db(), letter.case), refusal, form.body.data)
    return redirect(url_for("letters.receipt", receipt=receipt), 303)


@pages.post("/letters/<receipt>/sent/<int:id>")
@everyone
def say_sent(receipt: str, id: int) -> Any:
    letter = store.letter_of_receipt(db(), receipt, id)
    form = ReportForm(request.form)
    try:
        if form.validate():
            flow.report(db(), receipt, letter.id, now(), form.day.data)
        elif form.day.errors:
            raise NotYetGone
    except Refusal as refusal:
        return _again(receipt, refusal)
    return redirect(url_for("letters.receipt", receipt=receipt), 303)


@pages.post("/letters/<receipt>/copy/<int:id>")
@everyone
def send_copy(receipt: str, id: int) -> Any:
    letter = store.letter_of_receipt(db(), receipt, id)
    if ButtonForm(request.form).validate():
        try:
            copying.send_copy(db(), office(), letter, now())
        except Refusal as refusal:
            return _again(receipt, refusal)
    return redirect(url_for("letters.receipt", receipt=receipt, copied="yes"), 303)


@pages.post("/letters/<receipt>/forget")
@everyone
def forget(receipt: str) -> Any:
    if not ButtonForm(request.form).validate():
        return redirect(url_for("letters.receipt", receipt=receipt), 303)
    left = forgetting.forget(db(), receipt, patience=PATIENCE, now=now())
    return render_template("letters/forgotten.html", left=left, receipt=receipt)


def _again(receipt_of: str, refusal: Refusal) -> tuple[str, int]:
    """The receipt once more, with the reason why something could not be done."""
    return receipt(receipt_of, refused(refusal)), status_of(refusal)


def _why_not_open(letter: Letter) -> Refusal | None:
    """A letter that is held, or was forgotten, is not handed out for sending."""
    if letter.is_erased or not letter.body:
        return NotFound()
    return printing.Held() if letter.state is LetterState.HELD else None


def _headers(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}


def _reason(letter: Letter, case: Case) -> tuple[str, str]:
    """Why the letter is where it is, where the page does not say so elsewhere already, and a mail server's own words."""
    if letter.state is LetterState.STOPPED:
        overtaken = why_it_may_not_leave(case, now(), promised_at=letter.confirmed_at or letter.created_at)
        return refused(overtaken) if overtaken and not case.has_ended else "", ""
    told = letter.state in (LetterState.REFUSED, LetterState.UNCERTAIN, LetterState.WITHDRAWN)
    return plain_reason(letter.state, letter.reason) if told else ("", "")


def _words_page(letter: Letter, form: WordsForm) -> str:
    case = cases.case(db(), letter.case)
    return render_template(
        "letters/change.html",
        case=case,
        form=form,
        longest=LONGEST_BODY,
        **_shown(letter, case),
    )


def _not_written_to(written: list[Letter], case: Case) -> list[Any]:
    """The officials in force to whom nothing of this receipt goes yet."""
    had = {letter.target for letter in written}
    return [known for known in actions.targets(db(), case.action) if known.id not in had]


def _shown(letter: Letter, case: Case) -> dict[str, Any]:
    """A letter with its addressee, its text as it goes out, and what there is to point out in it."""
    target = actions.target(db(), letter.target).target if letter.target else printing.embassy(case, letter)
    text = flow.signed(letter.body, letter.name or "") if letter.body else None
    reason, server_words = _reason(letter, case)
    is_looked_over = letter.can_be_changed or letter.state is LetterState.HELD
    return {
        "letter": letter,
        "target": target,
        "text": text,
        "notes": notes_on_letter(db(), case, letter) if is_looked_over else (),
        "reason": reason,
        "server_words": server_words,
        "can_print": bool(text) and letter.channel is not Channel.EMAIL and printing.can_be_set(letter, target),
    }
