"""What organizers see: the honest numbers, each with its rule beside it."""

from flask import Blueprint, render_template

from campaign.domain.account import Permission
from campaign.domain.countries import COUNTRIES
from campaign.store import bounces, cases, counts, queue
from campaign.web.access import page
from campaign.web.desk import db, now

pages = Blueprint("organizer", __name__, url_prefix="/organizer")


@pages.get("/")
@page(Permission.SEE_COUNTS)
def overview() -> str:
    everyone = cases.cases(db())
    waiting = counts.waiting_by_case(db())
    return render_template(
        "organizer/overview.html",
        numbers=counts.numbers(db()),
        cases=[(case, counts.numbers(db(), case.id)) for case in everyone],
        waiting=waiting,
        uncertain=sum(left.get("uncertain", 0) for left in waiting.values()),
        by={key: counts.numbers_by(db(), key) for key in ("target", "channel", "country", "day")},
        came_back=counts.came_back(db()),
        came_back_by_target=counts.came_back_by_target(db()),
        failing=bounces.failing_addresses(db(), now()),
        countries=COUNTRIES,
        due=queue.count_due(db(), now()),
        asked_at=now(),
    )
