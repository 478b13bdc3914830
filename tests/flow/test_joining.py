"""Accounts: invited, made, changed, closed, and what of it stands on record."""

import contextlib
import threading
from datetime import timedelta

import pytest

from campaign.domain.account import INVITATION_LASTS, Role
from campaign.domain.admission import (
    InvitationEnded,
    LastAdmin,
    NameTaken,
    NameUnfit,
    NoSuchAccount,
    PasswordIsTheName,
    PasswordTooShort,
    PasswordWrong,
    SignInFailed,
)
from campaign.flow import joining
from campaign.store import accounts, invitations
from campaign.store.database import connect
from tests import given
from tests.accounts_given import OFFICE, PASSWORD, an_account, events, sign_in, whose


@pytest.fixture
def ada(db):
    return an_account(db)


def invite(db, name="Olu", role=Role.ORGANIZER, now=given.NOON):
    return joining.invite(db, OFFICE, name, role, by="Ada", now=now).link.rpartition("/")[2]


def accept(db, word, password=PASSWORD, now=given.NOON):
    token = given.a_token()
    return joining.accept(db, word, password, token=token, now=now, browser="Firefox on Linux"), token


def test_who_is_invited_chooses_a_password_and_is_in_once(db, ada):
    word = invite(db)
    olu, token = accept(db, word, now=given.NOON + timedelta(hours=71))

    assert (olu.name, olu.role, olu.invited_by) == ("Olu", Role.ORGANIZER, "Ada")
    assert whose(db, token, given.NOON + timedelta(hours=71)) == "Olu"
    with pytest.raises(InvitationEnded):
        accept(db, word)
    assert word not in str(db.rows("SELECT * FROM invitations"))
    assert events(db, "invitation") == [
        ("Ada", "Olu, as organizer", None, "open"),
        ("Olu", "Olu, as organizer", "open", "used"),
    ]
    assert events(db)[-1] == ("Olu", "Olu", None, "organizer")


def test_an_invitation_ends_after_three_days_or_when_it_is_taken_back_or_made_anew(db, ada):
    late, other, again = invite(db), invite(db, "Bea"), invite(db, "Bea", Role.ADMIN)
    with pytest.raises(InvitationEnded):
        accept(db, late, now=given.NOON + INVITATION_LASTS)
    with pytest.raises(InvitationEnded):
        accept(db, other)

    joining.revoke(db, invitations.find_unused_invitation_for(db, "bea").id, by="Ada", now=given.NOON)

    with pytest.raises(InvitationEnded):
        accept(db, again)
    with pytest.raises(InvitationEnded):
        accept(db, "never-ours")
    assert [one.name for one in accounts.accounts(db)] == ["Ada"]
    assert events(db, "invitation")[2:] == [
        ("Ada", "Bea, as organizer", "open", "revoked"),
        ("Ada", "Bea, as admin", None, "open"),
        ("Ada", "Bea, as admin", "open", "revoked"),
    ]


def test_a_link_that_two_open_at_once_makes_one_account(db, url, ada):
    word, made = invite(db), []

    def take(password):
        own = connect(url)
        try:
            made.append(accept(own, word, password)[0].name)
        except InvitationEnded:
            made.append("too late")
        own.close()

    both = [threading.Thread(target=take, args=(f"{PASSWORD} {n}",)) for n in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert sorted(made) == ["Olu", "too late"]


def test_an_invitation_needs_a_name_that_is_free_and_a_password_that_is_one(db, ada):
    for name in ("", "  ", "Max\nBcc: all", "<b>Max</b>", "m" * 61):
        with pytest.raises(NameUnfit):
            invite(db, name)
    with pytest.raises(NameTaken):
        invite(db, "ÁDA")
    word = invite(db, "Bartholomew Oluwaseun")
    with pytest.raises(PasswordTooShort):
        accept(db, word, "short")
    with pytest.raises(PasswordIsTheName):
        accept(db, word, "bartholomew oluwaseun")
    assert accept(db, word)[0].name == "Bartholomew Oluwaseun"


def test_a_new_password_or_role_ends_every_session(db, ada):
    an_account(db, "Bea")
    before = sign_in(db).token
    joining.set_password(db, "Ada", "another long password", by="Bea", now=given.NOON)
    assert whose(db, before) is None

    after = sign_in(db, password="another long password").token
    joining.change_role(db, "Ada", Role.ORGANIZER, by="Bea", now=given.NOON)
    assert whose(db, after) is None
    assert events(db)[2:] == [("Bea", "Ada", "a password", "a new password"), ("Bea", "Ada", "admin", "organizer")]


def test_the_same_role_again_changes_nothing(db, ada):
    token = sign_in(db).token
    joining.change_role(db, "Ada", Role.ADMIN, by="Bea", now=given.NOON)

    assert whose(db, token) == "Ada" and len(events(db)) == 1


def test_ones_own_new_password_asks_for_the_old_one_and_leaves_only_this_session(db, ada):
    here, elsewhere, token = sign_in(db).token, sign_in(db).token, given.a_token()
    with pytest.raises(PasswordWrong):
        joining.change_own_password(
            db, ada, "guessed", "another long password", token=token, now=given.NOON, browser="Firefox"
        )
    assert whose(db, here) == "Ada"

    joining.change_own_password(
        db, ada, PASSWORD, "another long password", token=token, now=given.NOON, browser="Firefox"
    )

    assert (whose(db, here), whose(db, elsewhere), whose(db, token)) == (None, None, "Ada")
    assert sign_in(db, password="another long password").account.name == "Ada"


def test_at_an_open_session_the_password_cannot_be_guessed_either(db, ada):
    for _ in range(10):
        with pytest.raises(PasswordWrong):
            joining.change_own_password(db, ada, "guess", "x" * 12, token="t", now=given.NOON, browser="Firefox")
    with pytest.raises(PasswordWrong):
        joining.change_own_password(db, ada, PASSWORD, "x" * 12, token="t", now=given.NOON, browser="Firefox")
    assert sign_in(db).account.name == "Ada"


def test_a_closed_account_opens_nothing(db, ada):
    an_account(db, "Bea")
    token = sign_in(db).token
    joining.close_account(db, "Ada", by="Bea", now=given.NOON)

    assert whose(db, token) is None
    with pytest.raises(SignInFailed):
        sign_in(db)
    with pytest.raises(NoSuchAccount):
        joining.change_role(db, "Ada", Role.ORGANIZER, by="Bea", now=given.NOON)
    assert events(db)[-1] == ("Bea", "Ada", "admin", "closed")


def test_the_last_admin_can_neither_be_closed_nor_made_an_organizer(db, ada):
    an_account(db, "Olu", Role.ORGANIZER)
    for step in (
        lambda: joining.close_account(db, "Ada", by="Ada", now=given.NOON),
        lambda: joining.change_role(db, "Ada", Role.ORGANIZER, by="Ada", now=given.NOON),
    ):
        with pytest.raises(LastAdmin):
            step()
    joining.close_account(db, "Olu", by="Ada", now=given.NOON)
    assert joining.open_account(db, "Ada").role is Role.ADMIN


def test_two_admins_who_close_each_other_at_once_leave_one(db, url, ada):
    an_account(db, "Bea")
    start = threading.Barrier(2)

    def close(name):
        own = connect(url)
        start.wait(5)
        with contextlib.suppress(LastAdmin):
            joining.close_account(own, name, by="the other", now=given.NOON)
        own.close()

    both = [threading.Thread(target=close, args=(name,)) for name in ("Ada", "Bea")]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert len([one for one in accounts.accounts(db) if not one.closed_at]) == 1


def test_names_are_unique_and_passwords_long(db, ada):
    with pytest.raises(NameTaken):
        joining.add_account(db, "ÁDA", Role.ADMIN, PASSWORD, given.NOON)
    with pytest.raises(PasswordTooShort):
        joining.add_account(db, "Bea", Role.ADMIN, "short", given.NOON)
    with pytest.raises(NameUnfit):
        joining.add_account(db, " ", Role.ADMIN, PASSWORD, given.NOON)


def test_neither_passwords_nor_session_tokens_stand_in_the_database(db, ada):
    token = sign_in(db, browser="Firefox on Linux").token
    rows = str(db.rows("SELECT * FROM accounts")) + str(db.rows("SELECT * FROM sessions"))

    assert PASSWORD not in rows and token not in rows and "$argon2id$" in rows
