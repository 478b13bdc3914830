"""`campaign account …`: who can sign in."""

import secrets
import sys

import click

from campaign.cli.surroundings import here, now, print_json, print_table, say
from campaign.domain.account import Role
from campaign.flow import joining
from campaign.store import accounts as store

_ROLE = click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
_STDIN = click.option("--password-stdin", is_flag=True, help="Read the password from the first line of stdin.")


@click.group()
def account() -> None:
    """Accounts of organizers and admins. Supporters need none."""


@account.command()
@click.argument("name")
@_ROLE
@_STDIN
def add(name: str, role: str, password_stdin: bool) -> None:
    """Makes an account. Without --password-stdin a password is made up and printed, once."""
    password = _password(password_stdin)
    joining.add_account(here().db, name, Role(role), password, now())
    _tell(name, password, password_stdin)


@account.command()
@click.argument("name")
@_STDIN
def password(name: str, password_stdin: bool) -> None:
    """Sets a new password and ends the account's sessions."""
    new = _password(password_stdin)
    joining.change_password(here().db, name, new)
    _tell(name, new, password_stdin)


@account.command()
@click.argument("name")
@_ROLE
def role(name: str, role: str) -> None:
    """Changes what an account may do, and ends its sessions."""
    joining.change_role(here().db, name, Role(role))
    say(f"{name} is {role} now.")


@account.command()
@click.argument("name")
def close(name: str) -> None:
    """Nobody can sign in to the account any more."""
    joining.close_account(here().db, name, now())
    say(f"{name} can no longer sign in.")


@account.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="One object a line.")
def list_accounts(as_json: bool) -> None:
    """Lists the accounts."""
    rows = [
        {
            "name": one.name,
            "role": one.role,
            "created_at": one.created_at.isoformat(),
            "closed_at": one.closed_at.isoformat() if one.closed_at else None,
        }
        for one in store.accounts(here().db)
    ]
    if as_json:
        print_json(rows)
    else:
        print_table(("name", "role", "created_at", "closed_at"), rows)


def _password(from_stdin: bool) -> str:
    return sys.stdin.readline().rstrip("\n") if from_stdin else secrets.token_urlsafe(12)


def _tell(name: str, password: str, was_given: bool) -> None:
    say(f"The password of {name} is set.")
    if not was_given:
        print(password)


COMMANDS = (account,)
