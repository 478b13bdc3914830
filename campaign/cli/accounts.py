"""`campaign account …`: who can sign in."""

import secrets
import sys

import click

from campaign.cli.surroundings import here, now, print_json, print_table, say
from campaign.domain.account import Role
from campaign.domain.admission import InvitationEnded
from campaign.flow import entering, joining, proving
from campaign.store import accounts as store
from campaign.store import invitations

_ROLE = click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
_BY = click.option("--by", default="terminal", show_default=True, help="Who does it, for the record.")
_STDIN = click.option("--password-stdin", is_flag=True, help="Read the password from the first line of stdin.")


@click.group()
def account() -> None:
    """Accounts of organizers and admins. Supporters need none."""


@account.command()
@click.argument("name")
@_ROLE
@_STDIN
@_BY
def add(name: str, role: str, password_stdin: bool, by: str) -> None:
    """Makes an account. Without --password-stdin a password is made up and printed, once."""
    password = _password(password_stdin)
    joining.add_account(here().db, name, Role(role), password, now(), by=by)
    _tell(name, password, password_stdin)


@account.command()
@click.argument("name")
@_ROLE
@_BY
def invite(name: str, role: str, by: str) -> None:
    """Prints a link with which NAME chooses a password; it works once, for three days, and is shown only now."""
    surroundings = here()
    made = joining.invite(surroundings.db, surroundings.office, name, Role(role), by=by, now=now())
    say(
        f"Please pass this link on to {made.invitation.name} alone; it works until {made.invitation.ends_at:%Y-%m-%d %H:%M} UTC."
    )
    print(made.link)


@account.command()
@click.argument("name")
@_BY
def revoke(name: str, by: str) -> None:
    """Takes an invitation back that was not used yet."""
    db = here().db
    found = invitations.find_unused_invitation_for(db, name)
    if found is None:
        raise InvitationEnded
    joining.revoke(db, found.id, by=by, now=now())
    say(f"The invitation of {found.name} opens nothing any more.")


@account.command()
@click.argument("name")
@_STDIN
@_BY
def password(name: str, password_stdin: bool, by: str) -> None:
    """Sets a new password, ends the account's sessions and forgets wrong tries at it."""
    new = _password(password_stdin)
    joining.set_password(here().db, name, new, by=by, now=now())
    _tell(name, new, password_stdin)


@account.command()
@click.argument("name")
@_ROLE
@_BY
def role(name: str, role: str, by: str) -> None:
    """Changes what an account may do, and ends its sessions."""
    joining.change_role(here().db, name, Role(role), by=by, now=now())
    say(f"{name} is {role} now.")


@account.command()
@click.argument("name")
@_BY
def close(name: str, by: str) -> None:
    """Nobody can sign in to the account any more."""
    joining.close_account(here().db, name, by=by, now=now())
    say(f"{name} can no longer sign in.")


@account.command(name="reset-second-step")
@click.argument("name")
@_BY
def reset_second_step(name: str, by: str) -> None:
    """For a lost phone: takes the second step off an account and ends its sessions. A new one is set up at the next sign-in."""
    db = here().db
    proving.reset(db, name, by=by, now=now())
    say(f"{name} signs in with the password alone now. Please see to it that it is really {name} who asked for this.")


@account.command()
@click.argument("name")
def unblock(name: str) -> None:
    """Forgets the wrong tries of strangers at an account, so that its owner need not wait."""
    db = here().db
    entering.let_try_again(db, joining.open_account(db, name))
    say(f"{name} can try again at once.")


@account.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="One object a line.")
def list_accounts(as_json: bool) -> None:
    """Lists the accounts."""
    rows = [
        {
            "name": one.name,
            "role": one.role,
            "second_step": "yes" if one.has_second_step else "no",
            "invited_by": one.invited_by,
            "created_at": one.created_at.isoformat(),
            "seen_at": one.seen_at.isoformat() if one.seen_at else None,
            "closed_at": one.closed_at.isoformat() if one.closed_at else None,
        }
        for one in store.accounts(here().db)
    ]
    if as_json:
        print_json(rows)
    else:
        print_table(("name", "role", "second_step", "invited_by", "seen_at", "closed_at"), rows)


def _password(from_stdin: bool) -> str:
    return sys.stdin.readline().rstrip("\n") if from_stdin else secrets.token_urlsafe(12)


def _tell(name: str, password: str, was_given: bool) -> None:
    say(f"The password of {name} is set.")
    if not was_given:
        print(password)


COMMANDS = (account,)
