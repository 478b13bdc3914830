"""`campaign backup` and `campaign restore`."""

import sys
from datetime import timedelta
from pathlib import Path

import click

from campaign.cli.surroundings import Surroundings, here, now, say
from campaign.flow import checking, remembering, restoring
from campaign.flow.comparing import Unreflected
from campaign.flow.restoring import Replayed
from campaign.store import backups, counts
from campaign.store.backups import Contents

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("file", type=_FILE)
def backup(file: Path) -> None:
    """Copies the database into a new FILE, while web pages and sender run. Overwrites nothing.

    The copy holds names, addresses and texts; neither the secret key nor the ledger is in it.
    """
    _tell_contents(file, backups.copy_whole(here().db, file))


def _tell_contents(file: Path, found: Contents) -> None:
    what = "a dump of PostgreSQL"
    if found.letters is not None:
        what = (
            f"{found.cases} cases, {found.documents} documents, {found.letters} letters; "
            f"it knows the ledger up to line {found.seen}"
        )
    say(f"{file}: {found.size:,} bytes, {what}.")


@click.command()
@click.argument("file", type=_FILE, required=False)
@click.option("--replay", is_flag=True, help="Only replay the ledger into the database that is there.")
@click.option("--ledger-is-lost", is_flag=True, help="Begin another ledger: what only the lost one knew stays unknown.")
def restore(file: Path | None, replay: bool, ledger_is_lost: bool) -> None:
    """Puts a backup FILE in the place of the database, and replays what the ledger says happened since.

    Web pages and sender must not run. The database that was there is kept beside it. Nobody's case is opened by this,
    no letter is sent again, and nobody who was forgotten comes back. A repeat changes nothing.
    """
    if replay == (file is not None):
        raise click.UsageError("Please give either a FILE or --replay.")
    surroundings = here()
    if file is not None:
        _put_back(surroundings, file, ledger_is_lost)
    db = surroundings.db
    if file is None:
        if ledger_is_lost:
            remembering.begin_anew(db, now())
        _tell_replayed(restoring.replay(db, patience=surroundings.settings.close_patience, now=now()))
    say("; ".join(f"{n} {number}" for number, n in counts.numbers(db).items()) + ".")
    differences = checking.differences(db)
    for difference in differences:
        print(difference)
    say(f"{len(differences)} differences." if differences else "All statuses and numbers are as they should be.")
    sys.exit(1 if differences else 0)


def _put_back(surroundings: Surroundings, file: Path, ledger_is_lost: bool) -> None:
    settings = surroundings.settings
    restored = restoring.restore(
        settings.database_url, file, settings.ledger, ledger_is_lost=ledger_is_lost,
        patience=timedelta(0), now=now(),
    )  # fmt: skip
    _tell_contents(file, restored.contents)
    _tell_replayed(restored.replayed)
    if restored.aside:
        say(f"The database that was there is kept as {restored.aside}; it holds names and texts, so remove it in time.")


def _tell_replayed(replayed: Replayed) -> None:
    learnt: Unreflected = replayed.learnt
    for case, line in learnt.closings:
        say(f"{case.path} is closed again, as it was at {line.at}.")
    for case in learnt.reopened:
        say(f"{case.path} was opened again after this copy was made; it stays closed until somebody opens it.")
    for path in learnt.unknown_cases:
        say(f"{path} was closed, but this copy does not know it. Take its documents in again, then: restore --replay")
    say(
        f"Replayed: {len(learnt.closings)} closings, {len(learnt.sendings)} sendings, {len(learnt.erasures)} erasures, "
        f"{len(learnt.silenced)} wishes for no more mail, {len(learnt.told)} tellings. "
        f"{learnt.unknown_letters} letters of the ledger are not in this copy."
    )
    if replayed.in_hand:
        say(f"{replayed.in_hand} letters are still being handed over; the closing finishes by itself.")


COMMANDS = (backup, restore)
