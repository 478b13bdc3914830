"""Accounts: made, signed in to, signed out of."""

from datetime import timedelta

import pytest

from campaign.domain.account import SESSION_IDLES, Role
from campaign.domain.refusals import NameTaken, PasswordTooShort, SignInFailed
from campaign.flow import joining
from campaign.flow.office import hash_of
from campaign.store import accounts
from tests import given

PASSWORD = "correct horse battery"


def whose(db, token, now=given.NOON):
    found = accounts.find_session_account(db, hash_of(token), now, SESSION_IDLES)
    return found and found.name


def sign_in(db, name="Ada", password=PASSWORD, now=given.NOON):
    return joining.sign_in(db, name, password, token=given.a_token(), now=now)


@pytest.fixture
def ada(db):
    joining.add_account(db, "Ada", Role.ADMIN, PASSWORD, given.NOON)
    return "Ada"


def test_who_signs_in_is_known_until_signing_out(db, ada):
    signed_in = sign_in(db, "ada")
    assert whose(db, signed_in.token) == "Ada"

    joining.sign_out(db, signed_in.token)

    assert whose(db, signed_in.token) is None


def test_a_session_ends_when_it_is_idle_or_old(db, ada):
    token = sign_in(db).token
    assert whose(db, token, given.NOON + timedelta(minutes=29)) == "Ada"
    assert whose(db, token, given.NOON + timedelta(minutes=58)) == "Ada"
    assert whose(db, token, given.NOON + timedelta(minutes=89)) is None


def test_a_new_password_or_role_ends_every_session(db, ada):
    before = sign_in(db).token
    joining.change_password(db, "Ada", "another long password")
    assert whose(db, before) is None

    after = sign_in(db, password="another long password").token
    joining.change_role(db, "Ada", Role.ORGANIZER)
    assert whose(db, after) is None


def test_wrong_name_and_wrong_password_get_the_same_answer(db, ada):
    with pytest.raises(SignInFailed) as wrong_password:
        sign_in(db, "Ada", "nonsense")
    with pytest.raises(SignInFailed) as wrong_name:
        sign_in(db, "Nobody", "nonsense")

    assert str(wrong_password.value) == str(wrong_name.value)


def test_ten_wrong_tries_block_that_account_for_a_while_and_no_other(db, ada):
    joining.add_account(db, "Olu", Role.ORGANIZER, PASSWORD, given.NOON)
    for _ in range(10):
        with pytest.raises(SignInFailed):
            sign_in(db, "Ada", "nonsense")

    with pytest.raises(SignInFailed):
        sign_in(db)
    assert sign_in(db, "Olu").account.name == "Olu"
    assert sign_in(db, now=given.NOON + timedelta(minutes=16)).account.name == "Ada"


def test_a_closed_account_opens_nothing(db, ada):
    token = sign_in(db).token
    joining.close_account(db, "Ada", given.NOON)

    assert whose(db, token) is None
    with pytest.raises(SignInFailed):
        sign_in(db)


def test_names_are_unique_and_passwords_long(db, ada):
    with pytest.raises(NameTaken):
        joining.add_account(db, "ÁDA", Role.ADMIN, PASSWORD, given.NOON)
    with pytest.raises(PasswordTooShort):
        joining.add_account(db, "Bea", Role.ADMIN, "short", given.NOON)


def test_neither_passwords_nor_session_tokens_stand_in_the_database(db, ada):
    token = sign_in(db).token
    rows = str(db.rows("SELECT * FROM accounts")) + str(db.rows("SELECT * FROM sessions"))

    assert PASSWORD not in rows and token not in rows and "$argon2id$" in rows
