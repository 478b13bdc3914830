"""`campaign demo`: everything in one command, on data of its own."""

import json
import os
import secrets
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import click

from campaign.cli.supervising import refuse_if_taken, serve_both
from campaign.cli.surroundings import Surroundings, here, now, say
from campaign.domain.account import Role
from campaign.domain.refusals import Refusal
from campaign.flow import intake, joining, publishing
from campaign.settings import Settings, shipped
from campaign.store.migrations import migrate

# Its presence says that all in this folder belongs to a demo and may be thrown away.
_ACCOUNTS = "demo-accounts.json"
_PEOPLE = {"olu": Role.ORGANIZER, "ada": Role.ADMIN, "bea": Role.ADMIN}


@click.command()
@click.option("--port", default=8080, show_default=True, type=click.IntRange(1, 65535))
@click.option("--fresh", is_flag=True, help="Throw the demo's data away and start over.")
def demo(port: int, fresh: bool) -> None:
    """Shows the whole tool on a sample series: no mail leaves this machine. Ctrl-C ends it.

    Its data lies in the data folder (CAMPAIGN_DATA) and is kept for the next time. It uses neither the database nor
    the mail server that the settings may name.
    """
    settings = _own(here().settings, port)
    refuse_if_taken("127.0.0.1", port)
    accounts = _prepared(settings, fresh)
    print(f"Address:  {settings.base_url}")
    for name, password in accounts.items():
        print(f"Account:  {name}  password {password}  ({_PEOPLE[name]})")
    print(f"Mail:     {settings.outbox} (in the browser: {settings.base_url}/outbox/)", flush=True)
    words = {"CAMPAIGN_DATA": str(settings.data), "CAMPAIGN_DEMO": "yes", "CAMPAIGN_BASE_URL": settings.base_url}
    for foreign in ("CAMPAIGN_DATABASE", "CAMPAIGN_SMTP", "CAMPAIGN_DATABASE_FILE", "CAMPAIGN_SMTP_FILE"):
        os.environ.pop(foreign, None)
    sys.exit(serve_both("127.0.0.1", port, words))


def _own(settings: Settings, port: int) -> Settings:
    return replace(settings, database="", smtp="", demo=True, base_url=f"http://127.0.0.1:{port}")


def _prepared(settings: Settings, fresh: bool) -> dict[str, str]:
    """Makes the demo's data if it is not there; returns its accounts with their passwords."""
    mark = settings.data / _ACCOUNTS
    if not mark.exists() and (settings.data / "campaign.db").exists():
        raise Refusal(f"{settings.data} holds real data. Start the demo in another folder, or set CAMPAIGN_DATA.")
    if fresh and mark.exists():
        _throw_away(settings.data)
    surroundings = Surroundings(settings)
    settings.data.mkdir(parents=True, exist_ok=True)
    if mark.exists():
        if migrate(surroundings.unmigrated):
            publishing.begin(surroundings.db, now())
        known: dict[str, str] = json.loads(mark.read_text(encoding="utf-8"))
        return known
    accounts = _new_passwords()
    mark.touch(mode=0o600)
    mark.write_text(json.dumps(accounts), encoding="utf-8")
    migrate(surroundings.unmigrated)
    _fill(surroundings, accounts)
    return accounts


def _new_passwords() -> dict[str, str]:
    return {name: secrets.token_urlsafe(9) for name in _PEOPLE}


def _throw_away(folder: Path) -> None:
    for name in ("campaign.db", "campaign.db-wal", "campaign.db-shm", "ledger.jsonl", _ACCOUNTS):
        (folder / name).unlink(missing_ok=True)
    for name in ("outbox", "locks"):
        shutil.rmtree(folder / name, ignore_errors=True)


def _fill(surroundings: Surroundings, accounts: dict[str, str]) -> None:
    for name, password in accounts.items():
        joining.add_account(surroundings.db, name, _PEOPLE[name], password, now())
    for file in sorted(shipped("samples").glob("*.txt")):
        taken = intake.take_in(
            surroundings.db, file.read_bytes(), name=file.name, via="demo", actor="demo", now=now(),
            patience=surroundings.settings.close_patience,
        )  # fmt: skip
        say(f"Read {file.name}: {taken.document.state}")
