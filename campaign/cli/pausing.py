"""`campaign targets`, `pause` and `resume`: to whom letters go, and whether they go."""

import click

from campaign.cli.surroundings import here, now, print_json, say
from campaign.flow import pausing
from campaign.store import actions, pacing

_TARGET = click.option(
    "--target", type=int, help="The addressee's number (see `campaign targets`); without it the whole queue."
)
_BY = click.option("--by", default="terminal", show_default=True, help="Who decides.")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One object a line.")
def targets(as_json: bool) -> None:
    """The addressees in force, with their numbers, and what is paused."""
    db = here().db
    paused = {pause.what: pause for pause in pacing.pauses(db)}
    rows = [
        {
            "target": known.id,
            "ua": action.number,
            "title": known.target.title,
            "email": known.email,
            "fails": known.fails,
            "by_post": known.by_post,
            "paused": paused[pacing.of_target(known.id)].reason if pacing.of_target(known.id) in paused else None,
        }
        for action in actions.actions(db)
        for known in actions.targets(db, action.id)
    ]
    if as_json:
        print_json(rows)
    else:
        for row in rows:
            note = f"  PAUSED: {row['paused']}" if row["paused"] else ""
            note += f"  ADDRESS FAILS: {row['fails']}" if row["fails"] else "  BY POST ALONE" if row["by_post"] else ""
            click.echo(f"{row['target']:>5}  {row['ua']:<12}  {row['title']}  <{row['email'] or 'by post'}>{note}")
    if whole := paused.get(pacing.QUEUE):
        say(f"The whole queue is paused by {whole.by} since {whole.at:%d %B %Y, %H:%M} UTC: {whole.reason}")


@click.command()
@_TARGET
@_BY
@click.option("--reason", required=True, help="Why; it is kept.")
def pause(target: int | None, by: str, reason: str) -> None:
    """Hands nothing more to the mail server: for one addressee, or at all. Letters wait, and are not lost."""
    changed = pausing.pause(here().db, target, reason=reason, by=by, now=now())
    say("Paused." if changed else "It was paused already.")


@click.command()
@_TARGET
@_BY
def resume(target: int | None, by: str) -> None:
    """Lets letters go again."""
    changed = pausing.resume(here().db, target, by=by, now=now())
    say("Letters go again." if changed else "Nothing was paused.")


COMMANDS = (targets, pause, resume)
