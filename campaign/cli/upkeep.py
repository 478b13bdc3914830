"""`campaign migrate` and `campaign check`."""

import sys

import click

from campaign.cli.advice import risks
from campaign.cli.surroundings import here, now, say
from campaign.flow import checking, inbox, publishing, refolding, remembering
from campaign.store import accounts as store
from campaign.store.migrations import migrate as bring_up_to_date
from campaign.store.steps import INBOX, LEDGER


@click.command()
def migrate() -> None:
    """Brings the database up to date; makes it if need be."""
    db = here().unmigrated
    steps = bring_up_to_date(db)
    if steps:
        refolding.renew(db)
    publishing.begin(db, now())
    if INBOX in steps:
        inbox.write_words(db)
    if LEDGER in steps and (refusal := remembering.begin(db, now())):
        say(str(refusal))
    if steps:
        checking.remember(db, now())
    say(f"Taken: {', '.join(steps)}." if steps else "The database is up to date.")


@click.command()
@click.option(
    "--count-anew", is_flag=True, help="First forget what is remembered of finished days, and count it again."
)
def check(count_anew: bool) -> None:
    """Computes every status and every number again, and compares them, and the ledger. Ends with 1 on any difference.

    It also says, without failing for it, what in the settings would be risky in production.
    """
    surroundings = here()
    if count_anew:
        checking.count_anew(surroundings.db, now())
    for sentence in risks(surroundings.settings, store.accounts(surroundings.db)):
        say(f"Risky in production: {sentence}")
    for note in checking.notes(surroundings.db):
        say(note)
    differences = checking.differences(surroundings.db)
    for difference in differences:
        print(difference)
    say(f"{len(differences)} differences." if differences else "All statuses and numbers are as they should be.")
    sys.exit(1 if differences else 0)


COMMANDS = (migrate, check)
