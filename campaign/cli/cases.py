"""`campaign cases`, `letter`, `close` and `reopen`."""

import sys
from typing import Any

import click

from campaign.cli.surroundings import here, now, print_json, print_table, say
from campaign.domain.case import Case
from campaign.domain.letter import why_it_may_not_leave
from campaign.domain.refusals import NotFound, StorageFailed
from campaign.domain.refusals_by_hand import WaitsForSecondWord
from campaign.domain.urgent_action import Grounds, Outcome
from campaign.flow import deciding, drafting, reopening
from campaign.flow.deciding import Decided
from campaign.store import actions, counts
from campaign.store import cases as store
from campaign.store.actions import KnownTarget
from campaign.store.database import Database
from campaign.store.reopenings import AskedReopening

_CASE = click.argument("case", metavar="CASE")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One object a line.")
def cases(as_json: bool) -> None:
    """Lists each case with its status and the line that says so."""
    db = here().db
    rows = [_row(db, case) for case in store.cases(db)]
    if as_json:
        print_json(rows)
    else:
        print_table(("case", "person", "status", "outcome", "since", "deadline"), rows)


def _row(db: Database, case: Case) -> dict[str, Any]:
    return {
        "case": case.path,
        "ua": case.ua,
        "person": case.person.name,
        "status": case.state,
        "outcome": case.outcome,
        "since": case.since.isoformat(),
        "evidence": {"output": case.cause.source, "line": case.cause.first, "text": case.cause.text},
        "deadline": case.deadline.isoformat() if case.deadline else None,
        "letters": counts.by_channel_and_state(db, case.id),
    }


@click.command()
@_CASE
@click.option("--language", help="en, fr, es …")
@click.option("--template", help="The name of a letter in letters/<language>/.")
@click.option("--target", help="A part of the official's name or office.")
def letter(case: str, language: str | None, template: str | None, target: str | None) -> None:
    """Prints the letter a supporter would start from. Ends with 3, and the reason, if the case is not open.

    CASE is 44-22/sophia-huang-xueqin, or a part of the name that fits exactly one.
    """
    surroundings = here()
    db = surroundings.db
    found = store.case_named(db, case)
    if refusal := why_it_may_not_leave(found, now()):
        say(f"{found.cause.source}, since {found.since.isoformat()}: {found.cause.text}")
        raise refusal
    known = _target(actions.targets(db, found.action), target)
    draft = drafting.draft(db, surroundings.office, found, language=language, template=template, target=known)
    if known is None:
        say("The addressee is not known yet.")
    else:
        print(
            "\n".join(line for line in (known.target.name, known.target.role, *known.target.address) if line),
            end="\n\n",
        )
    print(f"{draft.subject}\n\n{draft.body}")


def _target(targets: list[KnownTarget], said: str | None) -> KnownTarget | None:
    if said is None:
        return targets[0] if targets else None
    for known in targets:
        if said.casefold() in known.target.title.casefold():
            return known
    raise NotFound(f"No addressee of this case is called “{said}”.")


@click.command()
@_CASE
@click.option("--reason", required=True, help="Why, in words that others can read later.")
@click.option("--outcome", type=click.Choice([outcome.value for outcome in Outcome]), help="What became of the person.")
@click.option("--evidence", help="What it rests on: a link, or a sentence.")
@click.option("--by", default="terminal", show_default=True, help="Who decides.")
def close(case: str, reason: str, outcome: str | None, evidence: str | None, by: str) -> None:
    """Closes a case by hand and stops every letter that waits for it. Ends with 0 only when that is done, 3 if not."""
    surroundings = here()
    try:
        db = surroundings.db_for_a_closing
        decided = deciding.close(
            db, store.case_named(db, case).id, reason=reason, by=by, now=now(),
            patience=surroundings.settings.close_patience, outcome=Outcome(outcome) if outcome else None,
            grounds=_grounds(evidence),
        )  # fmt: skip
    except StorageFailed as failed:
        say(f"{failed} The closing is not done: please ask again. ({failed.trouble})")
        sys.exit(3)
    _tell(decided)


@click.command()
@_CASE
@click.option("--reason", help="Why, in words that others can read later.")
@click.option("--evidence", help="What it rests on: a link, or a sentence.")
@click.option("--by", default="terminal", show_default=True, help="Who decides.")
@click.option(
    "--confirm", "step", flag_value="confirm", help="The second word on a reopening that somebody else asked for."
)
@click.option("--withdraw", "step", flag_value="withdraw", help="Asks for it no longer.")
def reopen(case: str, reason: str | None, evidence: str | None, by: str, step: str | None) -> None:
    """Settles the doubts of a case, or asks to open a closed one again. Stopped letters stay stopped.

    A closing is undone only by a second person: with --confirm and another --by. Until then it ends with 3. Where there is
    one admin alone it takes effect by itself after 12 hours.
    """
    surroundings = here()
    db = surroundings.db
    id, at, patience = store.case_named(db, case).id, now(), surroundings.settings.close_patience
    if step == "withdraw":
        reopening.withdraw(db, id, by=by, now=at)
        say("Withdrawn: the case stays as it is.")
        return
    if step == "confirm":
        decided: Decided | AskedReopening = reopening.confirm(db, id, by=by, now=at, patience=patience)
    else:
        grounds = _grounds(evidence)
        decided = reopening.ask(db, id, reason=reason or "", by=by, now=at, patience=patience, grounds=grounds)
    if isinstance(decided, AskedReopening):
        found = store.case(db, id)
        raise WaitsForSecondWord(found.person.name, found.path, reopening.takes_effect_at(db, decided))
    _tell(decided)


def _grounds(evidence: str | None) -> Grounds:
    """A link or a sentence, told apart by how it begins."""
    said = (evidence or "").strip()
    return Grounds(link=said) if said.startswith(("https://", "http://")) else Grounds(words=said or None)


def _tell(decided: Decided) -> None:
    if decided.unwritten:
        say(str(decided.unwritten))
    if decided.in_hand:
        say(
            f"The closing of {decided.case.path} is saved and nothing new leaves, but {decided.in_hand} letters were "
            "still being handed over; it finishes by itself."
        )
        sys.exit(3)
    say(f"{decided.case.path} is {decided.case.state}.")


COMMANDS = (cases, letter, close, reopen)
