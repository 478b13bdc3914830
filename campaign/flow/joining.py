"""Accounts: invited, made, changed, closed. Each change leaves an event, and ends the sessions that it must end."""

from dataclasses import dataclass
from datetime import datetime

from campaign import passwords
from campaign.domain.account import (
    INVITATION_LASTS,
    LONGEST_NAME,
    SHORTEST_PASSWORD,
    Account,
    Invitation,
    InvitationState,
    Role,
)
from campaign.domain.admission import (
    InvitationEnded,
    LastAdmin,
    NameTaken,
    NameUnfit,
    NoSuchAccount,
    PasswordIsTheName,
    PasswordTooShort,
)
from campaign.flow import entering
from campaign.flow.office import Office, hash_of
from campaign.store import accounts, invitations, sessions
from campaign.store.columns import folded
from campaign.store.database import Database
from campaign.store.journal import Event, record


@dataclass(frozen=True)
class Invited:
    """`link` is known now and never again."""

    invitation: Invitation
    link: str


def add_account(
    db: Database, name: str, role: Role, password: str, now: datetime, *, by: str = "terminal"
) -> int:  # fmt: skip
    """Makes an account without an invitation. Raises NameUnfit, PasswordTooShort, PasswordIsTheName or NameTaken."""
    name = name.strip()
    _refuse_unfit_name(name)
    _refuse_unfit_password(name, password)
    hashed = passwords.hashed(password)
    with db.atomic():
        return _add(db, name, role, hashed, now, by=by)


def invite(db: Database, office: Office, name: str, role: Role, *, by: str, now: datetime) -> Invited:
    """An invitation for one person, good once and for three days. It takes the place of an unused one of that name.

    Raises NameUnfit or NameTaken.
    """
    name, token = name.strip(), office.token()
    _refuse_unfit_name(name)
    with db.atomic():
        if accounts.is_name_taken(db, name):
            raise NameTaken(name)
        if (older := invitations.find_unused_invitation_for(db, name)) is not None:
            invitations.revoke_invitation(db, older.id, now)
            _note_invitation(db, older, by, older.state(now), InvitationState.REVOKED, now)
        id = invitations.add_invitation(db, hash_of(token), name, role, by=by, now=now, ends_at=now + INVITATION_LASTS)
        invitation = invitations.invitation(db, id)
        _note_invitation(db, invitation, by, None, InvitationState.OPEN, now)
    return Invited(invitation, office.link(f"/invitation/{token}"))


def revoke(db: Database, id: int, *, by: str, now: datetime) -> None:
    """Takes an unused invitation back. Raises InvitationEnded when it was used or taken back before."""
    with db.atomic():
        invitation = invitations.invitation(db, id)
        if not invitations.revoke_invitation(db, id, now):
            raise InvitationEnded
        _note_invitation(db, invitation, by, invitation.state(now), InvitationState.REVOKED, now)


def find_invitation(db: Database, word: str, now: datetime) -> Invitation:
    """The invitation of a link, while it can be used. Raises InvitationEnded, also for a link that was never ours."""
    found = invitations.find_invitation(db, hash_of(word))
    if found is None or found.state(now) is not InvitationState.OPEN:
        raise InvitationEnded
    return found


def accept(db: Database, word: str, password: str, *, token: str, now: datetime, browser: str) -> Account:
    """The invited one chose a password: the account is made, and signed in to with `token`.

    Raises InvitationEnded, PasswordTooShort, PasswordIsTheName or NameTaken.
    """
    invitation = find_invitation(db, word, now)
    _refuse_unfit_password(invitation.name, password)
    hashed = passwords.hashed(password)
    with db.atomic():
        if not invitations.use_invitation(db, invitation.id, now):
            raise InvitationEnded
        id = _add(
            db, invitation.name, invitation.role, hashed, now, by=invitation.name, invited_by=invitation.invited_by
        )
        _note_invitation(db, invitation, invitation.name, InvitationState.OPEN, InvitationState.USED, now)
        entering.enter_after_joining(db, id, token=token, now=now, browser=browser)
    return accounts.account(db, id)


def set_password(db: Database, name: str, password: str, *, by: str, now: datetime) -> None:
    """Sets a new password, ends every session of the account and forgets the wrong tries of strangers at it."""
    account = open_account(db, name)
    _refuse_unfit_password(account.name, password)
    hashed = passwords.hashed(password)
    with db.atomic():
        _set_password(db, account, hashed, by, now)
    entering.let_try_again(db, account)


def change_own_password(
    db: Database, account: Account, current: str, password: str, *, token: str, now: datetime, browser: str
) -> None:  # fmt: skip
    """The owner's new password: every session ends, and a new one begins with `token`.

    Raises PasswordWrong when `current` is not the password of now.
    """
    entering.prove_password(db, account, current, now)
    _refuse_unfit_password(account.name, password)
    hashed = passwords.hashed(password)
    with db.atomic():
        _set_password(db, account, hashed, account.name, now)
        entering.enter_after_joining(db, account.id, token=token, now=now, browser=browser)


def change_role(db: Database, name: str, role: Role, *, by: str, now: datetime) -> None:
    """Sets a new role and ends every session of the account. Raises LastAdmin; the same role again changes nothing."""
    with db.atomic():
        admins = accounts.hold_admins(db)
        account = open_account(db, name)
        if account.role is role:
            return
        _refuse_last_admin(account, admins)
        accounts.set_role(db, account.id, role)
        sessions.end_sessions(db, account.id)
        _note(db, account, by, account.role, role, now)


def close_account(db: Database, name: str, *, by: str, now: datetime) -> None:
    """Nobody can sign in to the account any more; what was done with it stays on record. Raises LastAdmin."""
    with db.atomic():
        admins = accounts.hold_admins(db)
        account = open_account(db, name)
        _refuse_last_admin(account, admins)
        accounts.close_account(db, account.id, now)
        sessions.end_sessions(db, account.id)
        _note(db, account, by, account.role, "closed", now)


def open_account(db: Database, name: str) -> Account:
    """The open account of that name. Raises NoSuchAccount."""
    found = accounts.find_account(db, name)
    if found is None:
        raise NoSuchAccount(name)
    return found[0]


def _add(
    db: Database, name: str, role: Role, hashed: str, now: datetime, *, by: str, invited_by: str | None = None
) -> int:  # fmt: skip
    id = accounts.add_account(db, name, role, hashed, now, invited_by=invited_by)
    if id is None:
        raise NameTaken(name)
    record(db, Event(now, by, "account", before=None, after=role, reason=name, account=id))
    return id


def _set_password(db: Database, account: Account, hashed: str, by: str, now: datetime) -> None:
    accounts.set_password(db, account.id, hashed)
    sessions.end_sessions(db, account.id)
    _note(db, account, by, "a password", "a new password", now)


def _refuse_unfit_name(name: str) -> None:
    fits = any(c.isalpha() for c in name) and name.isprintable() and len(name) <= LONGEST_NAME
    if not fits or any(c in name for c in '@<>"\\/'):
        raise NameUnfit


def _refuse_unfit_password(name: str, password: str) -> None:
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooShort(SHORTEST_PASSWORD)
    if not folded(password).replace(folded(name), "").strip():
        raise PasswordIsTheName


def _refuse_last_admin(account: Account, admins: int) -> None:
    if account.role is Role.ADMIN and admins < 2:
        raise LastAdmin(account.name)


def _note(db: Database, account: Account, by: str, before: str, after: str, now: datetime) -> None:
    record(db, Event(now, by, "account", before=before, after=after, reason=account.name, account=account.id))


def _note_invitation(
    db: Database, invitation: Invitation, by: str, before: str | None, after: str, now: datetime
) -> None:  # fmt: skip
    what = f"{invitation.name}, as {invitation.role}"
    record(db, Event(now, by, "invitation", before=before, after=after, reason=what))
