"""The page of a case as admins see it, also where a form on it has to be looked at again."""

from typing import Any

from flask import render_template

from campaign.flow import conflicts, remembering, reopening
from campaign.store import actions, cases, counts, documents, extensions, journal, reopenings
from campaign.web.deciding_forms import RefusalForm, ReopeningForm, marked
from campaign.web.desk import db
from campaign.web.forms import ButtonForm
from campaign.web.who import signed_in


def reopening_form(formdata: Any = None) -> ReopeningForm:
    form = ReopeningForm(formdata)
    form.offer(documents.newest_documents(db()))
    return form


def case_page(
    id: int, form: ReopeningForm | None = None, sentence: str | None = None, *, refusal_form: RefusalForm | None = None
) -> str:
    found = cases.case(db(), id)
    # An open case has nothing to open, so nothing is offered for it to rest on.
    form = form or (ReopeningForm() if found.is_open else reopening_form())
    action = actions.action_of(db(), found.action)
    asked = reopenings.find_asked(db(), id)
    return render_template(
        "admin/case.html",
        case=found,
        action=action,
        form=marked(form, "open"),
        refusal_form=marked(refusal_form or RefusalForm(), "refuse"),
        button_form=ButtonForm(),
        waiting=counts.waiting_by_case(db()).get(id, {}),
        conflict=conflicts.conflict(db(), found),
        decision=next((one for one in actions.decisions(db(), found.action) if one.id == found.cause.decision), None),
        second_word=not found.is_open and reopening.needs_second_word(db(), found),
        asked=asked,
        asked_by_me=asked is not None and asked.by == signed_in().name,
        effect_at=reopening.takes_effect_at(db(), asked) if asked else None,
        extension=extensions.find_extension(db(), found.action, action.said_deadline),
        events=journal.events_of_case(db(), id),
        sentence=sentence,
        unwritten=remembering.why_nothing_leaves(db()),
    )
