"""`campaign report`: what an event reports, from the terminal."""

from datetime import datetime

import click

from campaign.cli.surroundings import here, now, say
from campaign.flow import reporting


@click.command()
@click.argument("code")
@click.argument("n", type=click.IntRange(0, 100_000))
@click.option("--vouched-by", required=True, help="Who counted, and answers for the number.")
@click.option("--kept-at", required=True, help="Where the return sheet, or whatever shows the number, is kept.")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="The day of the event; today, if not given.")
@click.option("--reason", default="", help="Needed where more was posted than printed.")
@click.option("--by", default="terminal", show_default=True, help="Who reports.")
def report(code: str, n: int, vouched_by: str, kept_at: str, day: datetime | None, reason: str, by: str) -> None:
    """Reports that N letters of the pack with this CODE were posted. Corrections are made in the browser."""
    for word, said in (("--vouched-by", vouched_by), ("--kept-at", kept_at)):
        if not said.strip():
            raise click.BadParameter("Please say it in words.", param_hint=word)
    db, moment = here().db, now()
    pack = reporting.pack_of_code(db, code)
    told = reporting.Told(n, day.date() if day else moment.date(), vouched_by.strip(), kept_at.strip(), reason)
    reporting.report_pack(db, pack, told, by=by, now=moment)
    say(f"Reported: {n} letters of pack {pack.shown_code}.")


COMMANDS = (report,)
