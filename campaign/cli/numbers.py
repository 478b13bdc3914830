"""`campaign counts` and `campaign export`."""

from collections.abc import Iterable
from typing import Any

import click

from campaign.cli.cases import _row as case_row
from campaign.cli.surroundings import here, print_csv, print_json, print_table
from campaign.domain.reading import as_truth
from campaign.store import actions, counts, letters, record
from campaign.store import cases as cases_store
from campaign.store.database import Database

_KEYS = ("case", "ua", "target", "channel", "state", "country", "language", "group", "day", "number")
_JSON = click.option("--json", "as_json", is_flag=True, help="One object a line.")
_CSV = click.option("--csv", "as_csv", is_flag=True, help="Comma-separated, with a header.")
_LETTER = (
    "id", "state", "reason", "message_id", "ua", "case", "target", "channel", "attempts", "country", "created_at", "sent_at",
    "language", "group", "copy_of", "own_words_at", "bounced_at",
)  # fmt: skip
_EXPORTED_AS = {"group": "of_group"}


@click.command(name="counts")
@click.option("--by", default="case,channel,state", show_default=True, help=f"Any of {', '.join(_KEYS)}, with commas.")
@_JSON
@_CSV
def count(by: str, as_json: bool, as_csv: bool) -> None:
    """Counts letters. `n` counts letters in every state; ask by channel and state, or by number, to tell them apart.

    By number: sent by us, opened elsewhere, reported sent, and reported by events, which are no single letters of ours;
    letters that are in none of the honest numbers, such as unconfirmed and withdrawn ones, stand without one.

    A letter's day is the day (UTC) on which it went, or on which it was written if it did not go.
    """
    keys = tuple(key.strip() for key in by.split(",") if key.strip())
    for key in keys:
        if key not in _KEYS:
            raise click.BadParameter(f"“{key}” is none of {', '.join(_KEYS)}.", param_hint="--by")
    rows = [{**tally.keys, "n": tally.n} for tally in counts.tally(here().db, keys)]
    _print((*keys, "n"), rows, as_json, as_csv)


@click.command()
@click.argument("what", type=click.Choice(["letters", "cases", "outputs", "events"]))
@click.option("--with-names", is_flag=True, help="Letters: with the writers' names and addresses, and the text.")
@_JSON
@_CSV
def export(what: str, with_names: bool, as_json: bool, as_csv: bool) -> None:
    """Prints rows for other programs: letters, cases, outputs or events."""
    db = here().db
    if what == "events":
        _print(record.FIELDS, record.exported(db, record.RecordChoice(with_letters=True)), as_json, as_csv)
        return
    rows = {"letters": _letters, "cases": _cases, "outputs": _outputs}[what](db, with_names)
    columns = tuple(rows[0]) if rows else _LETTER
    _print(columns, rows, as_json, as_csv)


def _letters(db: Database, with_names: bool) -> list[dict[str, Any]]:
    names = ("name", "email", "subject", "text") if with_names else ()
    return [
        {
            column: f"{row['action']}/{row['person']}" if column == "case" else row[_EXPORTED_AS.get(column, column)]
            for column in (*_LETTER, *names)
        }
        for row in letters.exported(db, with_names=with_names)
    ]


def _cases(db: Database, with_names: bool) -> list[dict[str, Any]]:
    return [case_row(db, case) for case in cases_store.cases(db)]


def _outputs(db: Database, with_names: bool) -> list[dict[str, Any]]:
    return [
        {"id": filed.output.id, "document": filed.document, "taken_in_at": filed.output.taken_in_at.isoformat()}
        | as_truth(filed.output.reading)
        for action in actions.actions(db)
        for filed in actions.outputs(db, action.id)
    ]


def _print(columns: tuple[str, ...], rows: Iterable[dict[str, Any]], as_json: bool, as_csv: bool) -> None:
    if as_json:
        print_json(rows)
    elif as_csv:
        print_csv(columns, rows)
    else:
        print_table(columns, list(rows))


COMMANDS = (count, export)
