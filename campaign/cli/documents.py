"""`campaign ingest`: documents taken in, as files, out of a folder, out of a mailbox."""

import sys
from pathlib import Path
from typing import Any

import click

from campaign.cli.collecting import STATE_WORDS, from_folder_once, from_mailbox_once, in_words
from campaign.cli.reading import content_of
from campaign.cli.surroundings import Surroundings, here, now, print_json, say
from campaign.domain.refusals import NotMigrated, StorageFailed
from campaign.domain.telling import label
from campaign.flow import intake
from campaign.flow.collecting import Fetched
from campaign.flow.intake import TakenIn
from campaign.postbox import MailboxFailed
from campaign.store.documents import DocumentState

_FILES = click.argument("files", nargs=-1, type=click.Path(path_type=Path, dir_okay=False), metavar="FILE…")
_FOLDER = click.option(
    "--folder", is_flag=False, flag_value="", default=None, metavar="[PATH]",
    help="Take in what lies in this folder, or in CAMPAIGN_FOLDER.",
)  # fmt: skip
_MAILBOX = click.option(
    "--mailbox", is_flag=False, flag_value="", default=None, metavar="[URL]",
    help="Take in what is unread at imaps://user:password@host/INBOX, or at CAMPAIGN_INBOX_MAILBOX.",
)  # fmt: skip
_REVIEWED, _REFUSED = 2, 3
# EX_TEMPFAIL
_AGAIN = 75


@click.command()
@_FILES
@_FOLDER
@_MAILBOX
@click.option("--json", "as_json", is_flag=True, help="One object a line, in the order given.")
def ingest(files: tuple[Path, ...], folder: str | None, mailbox: str | None, as_json: bool) -> None:
    """Takes each FILE in: files the output, closes and opens, stops letters.

    Files of the folder are moved into `taken` or `refused` in it. What mails bring waits for an admin's word, unless a
    domain of CAMPAIGN_INBOX_DOMAINS is proven to have sent it.

    Ends with 0 when all were applied or known already, 2 when something needs a person, 3 when something was refused.
    A mailbox that was read ends with 0, one that cannot be read at the moment with 75.
    """
    if not files and folder is None and mailbox is None:
        raise click.UsageError("Say what to take in: FILE…, --folder or --mailbox.")
    surroundings, worst = here(), 0
    for file in files:
        taken = intake.take_in(
            surroundings.db_for_a_closing, content_of(file), name=file.name, via="terminal", actor="terminal", now=now(),
            patience=surroundings.settings.close_patience,
        )  # fmt: skip
        worst = max(worst, _tell(str(file), taken, as_json))
    if folder is not None:
        worst = max([worst, *(_tell_fetched(one, as_json) for one in from_folder_once(surroundings, folder))])
    sys.exit(_from_mailbox(surroundings, mailbox, as_json) or worst if mailbox is not None else worst)


def _from_mailbox(surroundings: Surroundings, url: str, as_json: bool) -> int:
    try:
        for one in from_mailbox_once(surroundings, url):
            _tell_fetched(one, as_json)
    except (StorageFailed, NotMigrated, MailboxFailed) as trouble:
        say(str(trouble))
        return _AGAIN
    return 0


def _tell_fetched(one: Fetched, as_json: bool) -> int:
    if one.taken is None or (one.sender and not as_json):
        say(in_words(one))
    elif one.trouble:
        say(f"{one.name}: {one.trouble}")
    if one.taken is None:
        return _REFUSED
    if one.sender and not as_json:
        _tell_changes(one.taken)
        return 0
    return _tell(one.name, one.taken, as_json)


def _tell(name: str, taken: TakenIn, as_json: bool) -> int:
    """Says what came of one document; returns the exit status for it."""
    if as_json:
        print_json([_as_row(name, taken)])
    else:
        _tell_taken(name, taken)
    if taken.unwritten:
        say(str(taken.unwritten))
    return _status(taken)


def _status(taken: TakenIn) -> int:
    if taken.document.state is DocumentState.REFUSED or taken.in_hand:
        return _REFUSED
    return _REVIEWED if taken.document.state is DocumentState.REVIEW and not taken.was_known else 0


def _as_row(file: str, taken: TakenIn) -> dict[str, Any]:
    document = taken.document
    return {
        "file": file,
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


def _tell_taken(file: str, taken: TakenIn) -> None:
    document = taken.document
    if taken.was_known:
        say(f"{file}: known already, nothing was changed. {document.reason or ''}".rstrip())
        return
    what = f" ({label(document.reading)})" if document.reading and not document.reading.refusal else ""
    say(f"{file}: {STATE_WORDS[document.state]}{what}. {document.reason or ''}".rstrip())
    _tell_changes(taken)


def _tell_changes(taken: TakenIn) -> None:
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
