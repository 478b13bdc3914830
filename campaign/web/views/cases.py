"""What everybody sees: open cases, results, the thread of an action, one case."""

from typing import Any

from flask import Blueprint, jsonify, render_template, request

from campaign.domain.case import Case
from campaign.domain.folding import fold
from campaign.domain.letter import Number
from campaign.domain.publishing import SHOWN_FROM
from campaign.domain.series import in_series_order
from campaign.domain.telling import GOOD_NEWS, label
from campaign.store import actions, cases, counts, figures, snapshots
from campaign.store.snapshots import Snapshot
from campaign.web.access import everyone
from campaign.web.desk import db, now
from campaign.web.filters import country as in_page_words

pages = Blueprint("cases", __name__)

# With more people than a page shows at a glance there is a search.
SEARCHED_FROM = 10


@pages.get("/")
@everyone
def index() -> str:
    everybody = cases.open_cases(db())
    can_search = len(everybody) > SEARCHED_FROM
    wanted, country = request.args.get("q", "").strip()[:100], request.args.get("country", "")
    shown = [case for case in everybody if _fits(case, wanted, country)] if can_search else everybody
    # Only people who need letters are named here: a name on this page is read as one to write for.
    ended = [case.outcome for case in cases.ended_cases(db())]
    good = sum(outcome in GOOD_NEWS for outcome in ended)
    return render_template(
        "cases/index.html",
        cases=shown,
        ended=len(ended),
        good=good,
        totals=_totals(shown),
        can_search=can_search,
        wanted=wanted if can_search else "",
        wanted_country=country if can_search else "",
        countries=_countries(everybody),
    )


@pages.get("/results")
@everyone
def results() -> str:
    shown = cases.ended_cases(db())
    closings = {id: one for id, one in snapshots.newest_snapshots(db()).items() if _may_be_told(one.numbers)}
    return render_template("cases/results.html", cases=shown, totals=_totals(shown), closings=closings)


@pages.get("/ua/<action>")
@everyone
def action(action: str) -> str:
    found = actions.action(db(), action)
    return render_template(
        "cases/action.html", action=found, cases=cases.cases_of(db(), found.id), thread=_thread(found.id)
    )


@pages.get("/ua/<action>/<person>")
@everyone
def case(action: str, person: str) -> str:
    found = cases.case_at(db(), action, person)
    counted = figures.of_case(db(), found.id)
    return render_template(
        "cases/case.html",
        case=found,
        kin=[other for other in cases.cases_of(db(), found.action) if other.id != found.id],
        targets=actions.targets(db(), found.action),
        thread=_thread(found.action),
        numbers=counted.numbers if _may_be_told(counted.numbers) else {},
        embassy_copies=counted.embassy_copies,
        closings=_closings(found) if found.has_ended else (),
        late=found.deadline_has_passed(now()),
    )


@pages.get("/how-it-works")
@everyone
def how_it_works() -> str:
    return render_template("cases/how_it_works.html")


@pages.get("/privacy")
@everyone
def privacy() -> str:
    return render_template("cases/privacy.html")


@pages.get("/health")
@everyone
def health() -> Any:
    db().rows("SELECT 1 AS one")
    return jsonify(status="ok")


def _fits(case: Case, wanted: str, country: str) -> bool:
    """Whether every word that is looked for begins a word of the person's names, and the country is the one chosen."""
    words = " ".join(fold(name) for name in (case.person.name, *case.person.aliases)).split()
    found = all(any(word.startswith(part) for word in words) for part in fold(wanted).split())
    return found and country in ("", case.country)


def _countries(shown: list[Case]) -> list[tuple[str, str]]:
    """The countries of the cases, by the names that documents and that the page's language have for them."""
    named = {case.country: in_page_words(case.country) for case in shown if case.country}
    return sorted(named.items(), key=lambda pair: fold(pair[1]))


def _thread(action: int) -> list[dict[str, Any]]:
    """The outputs of an action, the newest in the series first."""
    outputs = in_series_order([one.output for one in actions.outputs(db(), action)])
    return [
        {"label": label(output.reading), "output": output, "language": output.reading.language}
        for output in reversed(outputs)
    ]


def _closings(case: Case) -> list[Snapshot]:
    """What was counted at each closing of the case, as far as that is shown."""
    return [one for one in snapshots.snapshots_of(db(), case.id) if _may_be_told(one.numbers)]


def _totals(shown: list[Case]) -> dict[int, int]:
    """For each case how many letters went, as far as that is shown."""
    counted = figures.by_case(db()) if shown else {}
    went = {case.id: counted[case.id].went for case in shown if case.id in counted}
    return {id: n for id, n in went.items() if n >= SHOWN_FROM}


def _may_be_told(numbers: dict[Number, int]) -> bool:
    went = (*counts.ARRIVED, Number.REPORTED_BY_EVENTS)
    return sum(numbers[number] for number in went) >= SHOWN_FROM
