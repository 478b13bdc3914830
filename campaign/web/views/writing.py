"""A supporter's way: the letter, the yes to it."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from campaign.domain.case import Case
from campaign.domain.letter import LONGEST_BODY, Channel, LetterState, why_it_may_not_leave
from campaign.domain.refusals import Refusal
from campaign.flow import writing as flow
from campaign.store import actions, cases
from campaign.store.actions import KnownTarget
from campaign.web.access import everyone
from campaign.web.desk import db, new_token, now, office
from campaign.web.errors import an_open_case, refusal_page, status_of
from campaign.web.forms import ButtonForm, LetterForm

pages = Blueprint("writing", __name__)


@pages.get("/ua/<action>/<person>/write")
@everyone
def write(action: str, person: str) -> Any:
    case = cases.case_at(db(), action, person)
    if refusal := why_it_may_not_leave(case, now()):
        return _ended(case, refusal)
    targets = actions.targets(db(), case.action)
    target = _wanted(targets, request.args.get("target"))
    draft = flow.draft(
        db(),
        office(),
        case,
        language=request.args.get("language"),
        template=request.args.get("template"),
        target=target,
    )
    if target is None:
        return render_template("writing/unaddressed.html", case=case, draft=draft, offered=_offered())
    form = _form(
        targets, data={"target": str(target.id), "channel": _best(target), **vars(draft), "form_key": new_token()}
    )
    return _page(case, form, targets)


@pages.post("/ua/<action>/<person>/write")
@everyone
def send(action: str, person: str) -> Any:
    case = cases.case_at(db(), action, person)
    targets = actions.targets(db(), case.action)
    form = _form(targets, formdata=request.form)
    if refusal := why_it_may_not_leave(case, now()):
        return _ended(case, refusal, form.body.data)
    if not form.validate():
        return _page(case, form, targets), 422
    try:
        receipt = flow.write(db(), office(), case, _written(form), now())
    except Refusal as refusal:
        if why_it_may_not_leave(cases.case(db(), case.id), now()):
            return _ended(case, refusal, form.body.data)
        return _page(case, form, targets, str(refusal)), status_of(refusal)
    return redirect(url_for("letters.receipt", receipt=receipt), 303)


@pages.get("/confirm/<token>")
@everyone
def confirm(token: str) -> Any:
    letter = flow.find_to_confirm(db(), token)
    case = cases.case(db(), letter.case)
    if letter.state is not LetterState.UNCONFIRMED:
        return render_template("writing/confirmed.html", letter=letter, case=case)
    if refusal := flow.why_not_confirm(db(), letter, now()):
        return _ended(case, refusal, letter.body)
    target = actions.target(db(), letter.target).target if letter.target else None
    text = flow.signed(letter.body or "", letter.name or "")
    return render_template(
        "writing/confirm.html", letter=letter, case=case, target=target, text=text, form=ButtonForm()
    )


@pages.post("/confirm/<token>")
@everyone
def say_yes(token: str) -> Any:
    form = ButtonForm(request.form)
    if not form.validate():
        return redirect(url_for("writing.confirm", token=token), 303)
    letter = flow.find_to_confirm(db(), token)
    try:
        letter = flow.confirm(db(), office(), token, now())
    except Refusal as refusal:
        return _ended(cases.case(db(), letter.case), refusal, letter.body)
    return redirect(url_for("letters.receipt", receipt=letter.receipt), 303)


def _page(case: Case, form: LetterForm, targets: list[KnownTarget], sentence: str | None = None) -> str:
    return render_template(
        "writing/write.html",
        case=case,
        form=form,
        targets={str(known.id): known.target for known in targets},
        offered=_offered(),
        late=case.deadline_has_passed(now()),
        longest=LONGEST_BODY,
        sentence=sentence,
    )


def _ended(case: Case, refusal: Refusal, text: str | None = None) -> tuple[str, int]:
    """The reason, the day and the line that says so; what was typed is given back, and an open case offered."""
    instead = an_open_case(but=case.id) if why_it_may_not_leave(case, now()) else case
    return refusal_page("No letter can go", str(refusal), status_of(refusal), case=case, text=text, instead=instead)


def _form(targets: list[KnownTarget], formdata: Any = None, data: dict[str, Any] | None = None) -> LetterForm:
    form = LetterForm(formdata, data=data)
    form.target.choices = {str(known.id): known.target.title for known in targets}
    return form


def _wanted(targets: list[KnownTarget], id: str | None) -> KnownTarget | None:
    """The addressee asked for, else the first that can be written to by e-mail, else the first."""
    reachable = [known for known in targets if known.target.email]
    asked = [known for known in targets if str(known.id) == id]
    return next(iter(asked or reachable or targets), None)


def _best(target: KnownTarget) -> str:
    return Channel.EMAIL.value if target.target.email else Channel.POST.value


def _offered() -> dict[str, list[str]]:
    return office().letterbook.offered()


def _written(form: LetterForm) -> flow.Written:
    return flow.Written(
        form_key=(form.form_key.data or new_token())[:64],
        target=int(form.target.data),
        channel=Channel(form.channel.data),
        template=(form.template.data or "")[:40],
        language=(form.language.data or "en")[:10],
        subject=form.subject.data,
        body=form.body.data,
        name=form.name.data,
        email=form.email.data or None,
        country=form.country.data,
        wants_news=form.news.data,
    )
