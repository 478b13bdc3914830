"""The terminal: `campaign …`. What is asked for goes to stdout, words about it to stderr."""

import importlib
import logging
import os
import sys

import click

from campaign.domain.refusals import Refusal, StorageFailed
from campaign.settings import SettingWrong

REFUSED = 3


ROOMS_OF_COMMANDS = {
    **dict.fromkeys(("demo", "run", "send", "web"), "serving"),
    "bounce": "bouncing",
    "read": "reading",
    "ingest": "documents",
    **dict.fromkeys(("cases", "close", "letter", "reopen"), "cases"),
    **dict.fromkeys(("pause", "resume", "targets"), "pausing"),
    **dict.fromkeys(("counts", "export"), "numbers"),
    "report": "events",
    "recompute": "recording",
    "account": "accounts",
    **dict.fromkeys(("check", "migrate"), "upkeep"),
    **dict.fromkeys(("backup", "restore"), "keeping"),
}


class _Commands(click.Group):
    """Fetches a command when it is asked for: a closing need not wait until all that the others need is imported."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(ROOMS_OF_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in ROOMS_OF_COMMANDS:
            return None
        room = importlib.import_module(f"campaign.cli.{ROOMS_OF_COMMANDS[cmd_name]}")
        commands: dict[str | None, click.Command] = {command.name: command for command in room.COMMANDS}
        return commands[cmd_name]


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
def campaign() -> None:
    """Appeal letters for people at risk: from a published document to a letter, and never one too late."""


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
