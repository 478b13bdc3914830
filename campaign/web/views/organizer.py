"""What organizers see: the honest numbers, each with its rule beside it, for whatever the address selects."""

from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request

from campaign.domain.account import Permission
from campaign.domain.countries import COUNTRIES
from campaign.domain.spreadsheet import as_csv
from campaign.web import dashboard
from campaign.web.access import page
from campaign.web.alerts import alerts
from campaign.web.dashboard import Board
from campaign.web.desk import db, now
from campaign.web.selecting import Choices, choices, chosen
from campaign.web.who import sight
from campaign.web.words import NUMBER_WORDS, RULE_WORDS

pages = Blueprint("organizer", __name__, url_prefix="/organizer")


@pages.get("/")
@page(Permission.SEE_COUNTS)
def overview() -> str:
    board, among = _asked()
    return render_template(
        "organizer/overview.html",
        board=board,
        choices=among,
        countries=COUNTRIES,
        alerts=alerts(db(), among.cases, now(), sight()),
        share=dashboard.share,
    )


@pages.get("/print")
@page(Permission.SEE_COUNTS)
def printed() -> str:
    board, among = _asked()
    return render_template("organizer/print.html", board=board, choices=among, share=dashboard.share)


@pages.get("/numbers.csv")
@page(Permission.SEE_COUNTS)
def as_table() -> Response:
    rows = dashboard.rows(_asked()[0])
    answer = Response(as_csv(tuple(rows[0]), rows), mimetype="text/csv")
    answer.headers["Content-Disposition"] = "attachment; filename=numbers.csv"
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.get("/numbers.json")
@page(Permission.SEE_COUNTS)
def as_json() -> Any:
    board, _ = _asked()
    answer = jsonify(
        counted_at=board.counted_at.isoformat(),
        selection=board.chosen.said,
        not_understood=board.chosen.unknown,
        rules={number.value: f"{NUMBER_WORDS[number]}: {RULE_WORDS[number]}" for number in NUMBER_WORDS},
        rows=dashboard.rows(board),
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _asked() -> tuple[Board, Choices]:
    """What the address asks for."""
    among = choices(db(), sight())
    return dashboard.board(db(), chosen(request.args, among), among, now()), among
