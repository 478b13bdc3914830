"""`campaign ingest`: documents taken in."""

import sys
from pathlib import Path
from typing import Any

import click

from campaign.cli.reading import FILES, content_of
from campaign.cli.surroundings import here, now, print_json, say
from campaign.domain.telling import label
from campaign.flow import intake
from campaign.flow.intake import TakenIn
from campaign.store.documents import DocumentState

_FILES = click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="FILE…"
)
_REVIEWED, _REFUSED = 2, 3


@click.command()
@FILES
@click.option("--json", "as_json", is_flag=True, help="One object a line, in the order given.")
def ingest(files: tuple[Path, ...], as_json: bool) -> None:
    """Takes each FILE in: files the output, closes and opens, stops letters.

    Ends with 0 when all were applied or known already, 2 when something needs a person, 3 when something was refused.
    """
    surroundings, worst = here(), 0
    db = surroundings.db_for_a_closing
    for file in files:
        taken = intake.take_in(
            db, content_of(file), name=file.name, via="terminal", actor="terminal", now=now(),
            patience=surroundings.settings.close_patience,
        )  # fmt: skip
        if as_json:
            print_json([_as_row(file, taken)])
        else:
            _tell_taken(file, taken)
        if taken.unwritten:
            say(str(taken.unwritten))
        worst = max(worst, _status(taken))
    sys.exit(worst)


def _status(taken: TakenIn) -> int:
    if taken.document.state is DocumentState.REFUSED or taken.in_hand:
        return _REFUSED
    return _REVIEWED if taken.document.state is DocumentState.REVIEW and not taken.was_known else 0


def _as_row(file: Path, taken: TakenIn) -> dict[str, Any]:
    document = taken.document
    return {
        "file": str(file),
        "state": "known" if taken.was_known else document.state,
        "reason": document.reason,
        "sha256": document.sha256,
        "ua": document.reading.ua.value if document.reading and document.reading.ua else None,
        "changes": [
            {
                "person": change.name,
                "before": change.before,
                "after": change.after,
                "outcome": change.facts["outcome"],
                "line": change.facts["cause"].first,
                "text": change.facts["cause"].text,
                "stopped": change.stops,
            }
            for change in taken.altered
        ],
        "being_handed_over": taken.in_hand,
    }


def _tell_taken(file: Path, taken: TakenIn) -> None:
    document = taken.document
    if taken.was_known:
        say(f"{file}: known already, nothing was changed. {document.reason or ''}".rstrip())
        return
    what = f" ({label(document.reading)})" if document.reading and not document.reading.refusal else ""
    words = {DocumentState.APPLIED: "applied", DocumentState.REVIEW: "needs a person", DocumentState.REFUSED: "refused"}
    say(f"{file}: {words.get(document.state, document.state)}{what}. {document.reason or ''}".rstrip())
    for change in taken.altered:
        cause = change.facts["cause"]
        outcome = f" ({change.facts['outcome']})" if change.ends and change.facts["outcome"] else ""
        say(f"  {change.name}: {change.before or 'new'} → {'closed' if change.ends else change.after}{outcome}")
        if cause.text:
            say(f"    line {cause.first}: {cause.text}" if cause.first else f"    {cause.text}")
        if change.stops:
            say(f"    {change.stops} waiting letters stopped")
    if taken.in_hand:
        say(f"  {taken.in_hand} letters are still being handed over; the closing finishes by itself.")


COMMANDS = (ingest,)
