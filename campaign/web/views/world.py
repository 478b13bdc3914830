"""For the world: what is public, for programs, readers, calendars, other sites and the press. Figures are those of the pages."""

from typing import Any

from flask import Blueprint, Response, g, jsonify, make_response, render_template, request

from campaign import tongues
from campaign.domain.case import Case
from campaign.domain.countries import COUNTRIES
from campaign.domain.publishing import PER_COUNTRY_FROM, SHOWN_FROM
from campaign.domain.telling import in_public
from campaign.store import cases
from campaign.store.published import NOTHING, Published, published, published_of_each
from campaign.web.access import everyone
from campaign.web.deadlines import calendar
from campaign.web.desk import db, now, office, the_desk
from campaign.web.words import RULE_WORDS

pages = Blueprint("world", __name__)

_CHANGES = 50
_KEPT_FOR_S = 60
"""Seconds for which others may keep an answer; pages that show it say when it was counted."""


@pages.before_request
def in_the_language_asked_for() -> None:
    """Feeds and pictures are asked for by programs: these name the language in the address."""
    if request.args.get("lang") in tongues.TONGUES:
        g.tongue = request.args["lang"]


@pages.get("/api/v1/cases")
@everyone
def api_cases() -> Response:
    everybody, told = [*cases.open_cases(db()), *cases.ended_cases(db())], published_of_each(db())
    listed = [_as_json(case, told.get(case.id, NOTHING)) for case in everybody]
    return _open_to_all(jsonify(counted_at=_now(), cases=listed))


@pages.get("/api/v1/counts")
@everyone
def api_counts() -> Response:
    everybody = [*cases.open_cases(db()), *cases.ended_cases(db())]
    with db().one_moment():
        total, told = published(db()), published_of_each(db())
    answer = jsonify(
        counted_at=_now(),
        rules={str(number): rule for number, rule in RULE_WORDS.items()},
        shown_from=SHOWN_FROM,
        per_country_from=PER_COUNTRY_FROM,
        all=_figures(total),
        cases={case.path: _figures(told.get(case.id, NOTHING)) for case in everybody},
        countries=dict(total.countries.shown),
        other_countries={"countries": total.countries.other_countries, "letters": total.countries.other_letters},
    )
    return _open_to_all(answer)


@pages.get("/feed.atom")
@everyone
def feed() -> Response:
    changes = cases.newest_changes(db(), _CHANGES)
    answer = make_response(render_template("world/feed.xml", changes=changes, base=office().link(""), asked_at=now()))
    answer.mimetype = "application/atom+xml"
    return _open_to_all(answer)


@pages.get("/deadlines.ics")
@everyone
def deadlines() -> Response:
    open_ones = [case for case in cases.open_cases(db()) if case.is_open]
    file = calendar(open_ones, title=the_desk().settings.title, link=office().link(""), now=now())
    return _open_to_all(Response(file, mimetype="text/calendar"))


@pages.get("/counter/<action>/<person>.svg")
@everyone
def counter(action: str, person: str) -> Response:
    found = cases.case_at(db(), action, person)
    answer = make_response(render_template("world/counter.svg", case=found, told=published(db(), found.id)))
    answer.mimetype = "image/svg+xml"
    return _open_to_all(answer)


@pages.get("/ua/<action>/<person>/press")
@everyone
def press(action: str, person: str) -> str:
    found = cases.case_at(db(), action, person)
    return render_template(
        "world/press.html",
        case=found,
        told=published(db(), found.id),
        asked_at=now(),
        shown_from=SHOWN_FROM,
        per_country_from=PER_COUNTRY_FROM,
        countries=COUNTRIES,
        link=office().link(f"/ua/{found.path}"),
        counter=office().link(f"/counter/{found.path}.svg"),
    )


def _as_json(case: Case, told: Published) -> dict[str, Any]:
    return {
        "case": case.path,
        "ua": case.ua,
        "person": case.person.name,
        "country": case.country,
        "status": "closed" if case.has_ended else str(case.state),
        "outcome": case.outcome,
        "since": case.since.isoformat(),
        "evidence": {"source": in_public(case.cause.source), "line": case.cause.first, "text": case.cause.text},
        "deadline": case.deadline.isoformat() if case.deadline else None,
        "url": office().link(f"/ua/{case.path}"),
        "letters": _figures(told),
    }


def _figures(told: Published) -> dict[str, Any] | None:
    """The honest numbers by their names, from how many countries and when; None while they are not shown."""
    if not told.numbers:
        return None
    return {
        **{str(number).replace(" ", "_"): n for number, n in told.numbers.items()},
        "countries": len(told.countries.shown) + told.countries.other_countries,
        "first": told.first.isoformat() if told.first else None,
        "last": told.last.isoformat() if told.last else None,
    }


def _open_to_all(answer: Response) -> Response:
    """Any site may ask for it from its pages, and keep it for a minute; nobody is known by asking."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cache-Control"] = f"public, max-age={_KEPT_FOR_S}"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.vary.add("Accept-Language")
    return answer


def _now() -> str:
    return now().isoformat(timespec="seconds")
