"""The record for admins: every change with who, when and why; looked through, printed, and taken away as a file."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, render_template, request, stream_with_context

from campaign.domain.account import Permission
from campaign.domain.cells import safe_cell
from campaign.flow import exporting
from campaign.store import actions, cases
from campaign.store import record as store
from campaign.web.access import page
from campaign.web.choosing import id_in
from campaign.web.desk import db, now
from campaign.web.forms import ButtonForm
from campaign.web.record_choosing import Asked, asked_for
from campaign.web.record_words import kind_in_words, told
from campaign.web.who import signed_in

pages = Blueprint("record", __name__, url_prefix="/admin/record")


@pages.get("")
@page(Permission.READ_THE_RECORD)
def changes() -> Any:
    return _list(_asked(), ButtonForm())


@pages.get("/<int:id>")
@page(Permission.READ_THE_RECORD)
def entry(id: int) -> str:
    found = store.entry(db(), id)
    public = json.loads(found.event.published) if found.event.published else None
    shown = json.dumps(public, ensure_ascii=False, indent=1) if public else None
    return render_template(
        "record/entry.html", entry=found, told=told(found), kind=kind_in_words(found.event.kind), public=shown
    )


@pages.post("/export")
@page(Permission.READ_THE_RECORD)
def export() -> Any:
    asked, form, how = _asked(), ButtonForm(request.form), request.form.get("how")
    if asked.wrong or not form.validate() or how not in _WAYS:
        return _list(asked, form)[0], 422
    exporting.note_export(db(), which=asked.in_words, by=signed_in().name, now=now())
    kind, lines = _WAYS[how]
    rows = store.exported(db(), asked.choice)
    named = {"Content-Disposition": f'attachment; filename="record-{now().date()}.{how}"', "Cache-Control": "no-store"}
    return Response(stream_with_context(lines(rows)), content_type=kind, headers=named)


def _asked() -> Asked:
    return asked_for(request.args, actions.actions(db()), cases.cases(db()), store.kinds(db()))


def _list(asked: Asked, form: ButtonForm) -> tuple[str, int]:
    below = id_in(request.args.get("below"))
    found = [] if asked.wrong else store.entries(db(), asked.choice, below, store.A_PAGE + 1)
    shown = found[: store.A_PAGE]
    page = render_template(
        "record/index.html",
        entries=[(one, told(one)) for one in shown],
        asked=asked,
        is_first=below is None,
        below=shown[-1].id if len(found) > len(shown) else None,
        actions=actions.actions(db()),
        cases=cases.cases(db()),
        kinds={kind: kind_in_words(kind) for kind in store.kinds(db())},
        actors=store.actors(db()),
        form=form,
    )
    return page, 422 if asked.wrong else 200


def _as_csv(rows: Iterator[dict[str, Any]]) -> Iterator[str]:
    """A header and a line for each row; cells that a spreadsheet would run are quoted."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(store.FIELDS)
    for row in rows:
        writer.writerow([safe_cell(row[field]) for field in store.FIELDS])
        if written.tell() > 10_000:
            yield written.getvalue()
            written.seek(0)
            written.truncate()
    yield written.getvalue()


def _as_json_lines(rows: Iterator[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(row, ensure_ascii=False) + "\n"


_WAYS = {
    "csv": ("text/csv; charset=utf-8", _as_csv),
    "jsonl": ("application/jsonl; charset=utf-8", _as_json_lines),
}
