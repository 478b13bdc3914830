"""A supporter's way to a letter: the form, a look at it before it is sent, the letter."""

from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request
from wtforms.fields.choices import SelectChoice

from campaign.domain.case import Case
from campaign.domain.letter import LONGEST_BODY, Channel, why_it_may_not_leave
from campaign.domain.proofreading import Note
from campaign.domain.refusals import Refusal
from campaign.flow import drafting, proofreading
from campaign.flow import writing as flow
from campaign.flow.proofreading import notes_for
from campaign.store import actions, cases
from campaign.store.actions import KnownTarget
from campaign.web import drafts, network, via
from campaign.web.access import everyone
from campaign.web.desk import db, new_token, now, office
from campaign.web.errors import ended_page, status_of
from campaign.web.filters import lead_of, note_sentence
from campaign.web.letter_form import LetterForm, opened_now
from campaign.web.tongue import refused, say, tongue
from campaign.web.words import WILL_HOLD

pages = Blueprint("writing", __name__)


@pages.get("/ua/<action>/<person>/write")
@everyone
def write(action: str, person: str) -> Any:
    case = cases.case_at(db(), action, person)
    if refusal := why_it_may_not_leave(case, now()):
        return ended_page(case, refusal)
    targets = actions.targets(db(), case.action)
    target = _wanted(targets, request.args.get("target"))
    draft = drafts.draft_of(case, target, language=request.args.get("language"), template=request.args.get("template"))
    if target is None:
        return render_template("writing/unaddressed.html", case=case, draft=draft, offered=drafts.offered_for(case))
    given = {
        "target": str(target.id), "channel": _best(target), **vars(draft), "form_key": new_token(), "opened": opened_now(),
        "drafted": drafting.mark_of(draft.body),
    }  # fmt: skip
    given |= drafts.joining(case, request.args.get("with"), draft)
    return _page(case, _form(case, targets, data=given), targets)


@pages.post("/ua/<action>/<person>/write")
@everyone
def send(action: str, person: str) -> Any:
    case = cases.case_at(db(), action, person)
    targets = actions.targets(db(), case.action)
    form = _form(case, targets, formdata=request.form)
    if refusal := why_it_may_not_leave(case, now()):
        return ended_page(case, refusal, form.body.data)
    if "look" in request.form:
        return _looked_over(case, form, targets)
    if not form.validate():
        return _page(case, form, targets), 422
    try:
        receipt = flow.write(db(), office(), case, _written(case, form), now())
    except Refusal as refusal:
        if why_it_may_not_leave(cases.case(db(), case.id), now()):
            return ended_page(case, refusal, form.body.data)
        return _page(case, form, targets, refused(refusal)), status_of(refusal)
    return redirect(f"{request.script_root}/letters/{receipt}", 303)


@pages.post("/ua/<action>/<person>/check")
@everyone
def check(action: str, person: str) -> Any:
    case = cases.case_at(db(), action, person)
    form = _form(case, actions.targets(db(), case.action), formdata=request.form)
    notes = _notes(case, form)
    shown = [{"lead": lead_of(note), "text": note_sentence(note), "grave": note.is_grave} for note in notes]
    return jsonify(notes=shown, held=say(WILL_HOLD) if proofreading.why_held(notes) else "")


def _looked_over(case: Case, form: LetterForm, targets: list[KnownTarget]) -> str:
    """The form again with the answers worked in, or with another draft; what was typed is kept beside it."""
    earlier = None
    target = _wanted(targets, form.target.data)
    if request.form.get("look") == "draft" and target:
        draft = drafts.another(case, target, form.another.data or "")
        earlier = form.body.data if form.drafted.data != drafting.mark_of(form.body.data or "") else None
        form.language.data, form.template.data = draft.language, draft.template
        form.subject.data, form.body.data = draft.subject, draft.body
        form.drafted.data = drafting.mark_of(draft.body)
    if target:
        form.body.data, _ = drafting.woven(db(), office(), case, _written(case, form), target, targets)
        form.moved.data = form.matters.data = ""
    return _page(case, form, targets, notes=_notes(case, form), earlier=earlier)


def _notes(case: Case, form: LetterForm) -> tuple[Note, ...]:
    return notes_for(
        db(), case, language=form.language.data or "en", subject=form.subject.data or "", body=form.body.data or "",
        email=form.email.data,
    )  # fmt: skip


def _page(
    case: Case, form: LetterForm, targets: list[KnownTarget], sentence: str | None = None, *,
    notes: tuple[Note, ...] | None = None, earlier: str | None = None,
) -> str:  # fmt: skip
    form.another.choices = drafts.choices_for(case, form.language.data, form.template.data)
    return render_template(
        "writing/write.html",
        case=case,
        form=form,
        targets={str(known.id): known.target for known in targets},
        late=case.deadline_has_passed(now()),
        longest=LONGEST_BODY,
        sentence=sentence,
        notes=notes,
        will_hold=bool(notes and proofreading.why_held(notes)),
        earlier=earlier,
        is_careful=drafts.is_careful(case),
    )


def _form(
    case: Case, targets: list[KnownTarget], formdata: Any = None, data: dict[str, Any] | None = None
) -> LetterForm:
    form = LetterForm(formdata, data=data)
    form.target.choices = [SelectChoice(str(known.id), known.target.title) for known in targets]
    if not case.to_embassy:
        del form.embassy
    return form


def _wanted(targets: list[KnownTarget], id: str | None) -> KnownTarget | None:
    """The addressee asked for, else the first that can be written to by e-mail, else the first."""
    reachable = [known for known in targets if known.target.email]
    asked = [known for known in targets if str(known.id) == id]
    return next(iter(asked or reachable or targets), None)


def _best(target: KnownTarget) -> str:
    return Channel.EMAIL.value if target.target.email else Channel.POST.value


def _written(case: Case, form: LetterForm) -> flow.Written:
    """What the form says; an unfinished one can be looked at too."""
    return flow.Written(
        form_key=(form.form_key.data or new_token())[:64],
        target=int(form.target.data) if (form.target.data or "").isdigit() else 0,
        channel=Channel(form.channel.data) if form.channel.data in list(Channel) else Channel.EMAIL,
        template=(form.template.data or "")[:40],
        language=(form.language.data or "en")[:10],
        subject=form.subject.data or "",
        body=form.body.data or "",
        name=form.signature,
        email=form.email.data or None,
        country=form.country.data or "",
        wants_news=form.news.data,
        own=drafts.own_words(form),
        seed=drafts.seed(case),
        drafted=(form.drafted.data or "")[:40],
        tongue=tongue(),
        wants_answers=form.answers.data,
        to_embassy=bool("embassy" in form and form.embassy.data),
        receipt=form.joined.data or None,
        network=network.counted_network(),
        weight=form.weight,
        via=via.code_in_link(),
    )
