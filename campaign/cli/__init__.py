"""The terminal: `campaign …`. What is asked for goes to stdout, words about it to stderr."""

import logging
import os
import sys

import click

from campaign.cli import (
    accounts,
    bouncing,
    cases,
    documents,
    events,
    keeping,
    numbers,
    pausing,
    reading,
    recording,
    serving,
    upkeep,
)
from campaign.domain.refusals import Refusal, StorageFailed
from campaign.settings import SettingWrong

REFUSED = 3


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
def campaign() -> None:
    """Appeal letters for people at risk: from a published document to a letter, and never one too late."""


for commands in (
    serving, bouncing, reading, documents, cases, pausing, numbers, events, recording, accounts, upkeep, keeping,
):  # fmt: skip
    for command in commands.COMMANDS:
        campaign.add_command(command)


def main() -> None:
    """Runs one command. A refusal ends with its sentence and exit status 3, a wrong setting with 2."""
    os.umask(0o077)  # what we write (names, letters, the secret) is for this account alone
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s", stream=sys.stderr)
    logging.getLogger("waitress").setLevel(logging.ERROR)
    try:
        campaign(prog_name="campaign")
    except SettingWrong as wrong:
        _end(str(wrong), 2)
    except StorageFailed as failed:
        _end(f"{failed} ({failed.trouble})" if failed.trouble else str(failed), 1)
    except Refusal as refusal:
        _end(str(refusal), REFUSED)
    except BrokenPipeError:
        sys.stderr.close()


def _end(sentence: str, status: int) -> None:
    print(sentence, file=sys.stderr)
    sys.exit(status)
