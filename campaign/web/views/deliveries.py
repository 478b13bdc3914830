"""What can be handed over to an official, as a page and as PDF: numbers with their rules, no names and no letters."""

from typing import Any

from flask import Blueprint, Response, render_template

from campaign.domain.account import Permission
from campaign.domain.letter import Number
from campaign.flow import delivering
from campaign.store import actions
from campaign.store.columns import day
from campaign.web.access import page
from campaign.web.desk import db, now, office
from campaign.web.words import NUMBER_WORDS, RULE_WORDS

pages = Blueprint("deliveries", __name__, url_prefix="/organizer/targets")


@pages.get("/")
@page(Permission.SEE_COUNTS)
def index() -> str:
    found = [(action, actions.all_targets(db(), action.id)) for action in actions.actions(db())]
    return render_template("deliveries/index.html", actions=found)


@pages.get("/<int:id>/delivery")
@page(Permission.SEE_COUNTS)
def delivery(id: int) -> str:
    handed = delivering.hand_over(db(), id)
    return render_template(
        "deliveries/delivery.html",
        handed=handed,
        numbers={number: handed.delivery.numbers[number] for number in Number},
        days=[day(one) for one in (handed.delivery.first, handed.delivery.last) if one],
        asked_at=now(),
    )


@pages.get("/<int:id>/delivery.pdf")
@page(Permission.SEE_COUNTS)
def delivery_pdf(id: int) -> Any:
    words = [(number, NUMBER_WORDS[number], RULE_WORDS[number]) for number in Number]
    pdf = delivering.pdf(office(), delivering.hand_over(db(), id), words, now())
    headers = {"Content-Disposition": f'inline; filename="letters-to-{id}.pdf"', "Cache-Control": "no-store"}
    return Response(pdf, mimetype="application/pdf", headers=headers)
