"""`campaign recompute`: the statuses computed again from the public record, by anybody, without a database."""

import json
import sys
from typing import Any

import click

from campaign.cli.surroundings import say
from campaign.domain.recomputing import Recomputed, verify
from campaign.domain.refusals import NotARecord


@click.command()
@click.argument("file", type=click.File("rb"))
def recompute(file: Any) -> None:
    """Computes each status again from a public record: the FILE that a site has at /record.json, or - for standard input.

    Needs no database and no settings. Ends with 0 when every status comes out as the record tells it and its chain of
    hashes holds, else with 1.
    """
    try:
        verified = verify(json.load(file))
    except (ValueError, RecursionError, NotARecord) as odd:
        say(str(odd) if isinstance(odd, NotARecord) else str(NotARecord("it is no JSON.")))
        sys.exit(1)
    for case in verified.cases:
        print(_line(case))
    for sentence in verified.broken:
        print(sentence)
    n = sum(case.agrees for case in verified.cases)
    say(f"{n} of {len(verified.cases)} cases agree. The chain {'does not hold' if verified.broken else 'holds'}.")
    sys.exit(0 if verified.agrees else 1)


def _line(case: Recomputed) -> str:
    if case.agrees:
        return f"{case.case}: {case.told}, as computed"
    return f"{case.case}: DIFFERS. {' '.join(case.differences)}"


COMMANDS = (recompute,)
