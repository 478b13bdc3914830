"""The public record: for everybody, with nobody in it who works here or writes."""

import hashlib
from typing import Any

from flask import Blueprint, Response, render_template, request, stream_with_context

from campaign.domain.case import Case
from campaign.domain.public_record import Entry, reading_of
from campaign.domain.telling import label
from campaign.flow import publishing
from campaign.store import actions, cases
from campaign.store import record as store
from campaign.web.access import everyone
from campaign.web.desk import db, the_desk

pages = Blueprint("public_record", __name__)

GOOD_FOR_S = 60


@pages.get("/record")
@everyone
def index() -> str:
    by_action: dict[int, list[Case]] = {}
    for case in cases.cases(db()):
        by_action.setdefault(case.action, []).append(case)
    known = [(action, by_action[action.id]) for action in reversed(actions.actions(db())) if action.id in by_action]
    return render_template("public_record/index.html", actions=known)


@pages.get("/record/<action>")
@everyone
def action(action: str) -> str:
    found = actions.action(db(), action)
    return render_template(
        "public_record/action.html",
        action=found,
        entries=[(link, _name(link["entry"])) for link in publishing.of_action(db(), found)["entries"]],
        cases=cases.cases_of(db(), found.id),
    )


@pages.get("/record.json")
@everyone
def whole() -> Any:
    """The whole record; a browser or proxy may keep it for a minute, and asks by its tag whether it changed."""
    title = the_desk().settings.title
    tag = hashlib.sha256(f"{title} {store.newest_published(db())}".encode()).hexdigest()[:32]
    if request.if_none_match.contains_weak(tag):
        answer = Response(status=304)
    else:
        answer = Response(stream_with_context(publishing.pieces(db(), title)), mimetype="application/json")
    answer.set_etag(tag)
    answer.cache_control.public = True
    answer.cache_control.max_age = GOOD_FOR_S
    return answer


def _name(entry: Entry) -> str:
    """What a paper is called."""
    return label(reading_of(entry)) if "reading" in entry else ""
