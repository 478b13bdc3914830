"""The second step: an app's code, once each; recovery codes, once each; and nothing of it in the database alone."""

from datetime import timedelta

import pytest

from campaign import second_step
from campaign.domain.account import Role
from campaign.domain.admission import CodeNotAwaited, CodeUnfit, CodeWrong, NoSecondStep
from campaign.flow import joining, proving
from campaign.store import second_steps
from tests import given
from tests.accounts_given import (
    OFFICE,
    STEP,
    an_account,
    code,
    events,
    give_code,
    sign_in,
    whose,
    with_second_step,
)

LATER = given.NOON + timedelta(minutes=5)


@pytest.fixture
def ada(db):
    return an_account(db)


def test_the_codes_are_those_of_rfc_6238():
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # its test vectors, in six digits
    for seconds, expected in ((59, "287082"), (1111111109, "081804"), (20000000000, "353130")):
        at = given.NOON.fromtimestamp(seconds, given.NOON.tzinfo)
        assert second_step.code_at(secret, at) == expected
        assert second_step.which_code(secret, expected, at) == seconds // 30


def test_with_a_second_step_the_password_alone_opens_nothing(db, ada):
    with_second_step(db)
    half = sign_in(db, now=LATER)
    assert half.owes_code and whose(db, half.token, LATER) is None

    full = give_code(db, half.token, code(db, now=LATER), now=LATER)

    assert whose(db, full.token, LATER) == "Ada" and full.token != half.token
    with pytest.raises(CodeNotAwaited):
        give_code(db, half.token, code(db, now=LATER + STEP), now=LATER + STEP)


def test_a_code_works_once_and_none_before_it_any_more(db, ada):
    with_second_step(db)
    used = code(db, now=LATER)
    give_code(db, sign_in(db, now=LATER).token, used, now=LATER)

    again = sign_in(db, now=LATER).token
    for said in (used, code(db, now=LATER - STEP)):
        with pytest.raises(CodeWrong):
            give_code(db, again, said, now=LATER)
    assert give_code(db, again, code(db, now=LATER + STEP), now=LATER).account.name == "Ada"


def test_the_code_that_set_it_up_is_used(db, ada):
    with_second_step(db, now=LATER)
    with pytest.raises(CodeWrong):
        give_code(db, sign_in(db, now=LATER).token, code(db, now=LATER), now=LATER)


@pytest.mark.parametrize(("steps", "fits"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_half_a_minute_wrong(db, ada, steps, fits):
    with_second_step(db)
    waiting, said = sign_in(db, now=LATER).token, code(db, now=LATER + steps * STEP)
    if fits:
        spaced = f" {said[:3]} {said[3:]} "
        assert give_code(db, waiting, spaced, now=LATER).account.name == "Ada"
    else:
        with pytest.raises(CodeWrong):
            give_code(db, waiting, said, now=LATER)


def test_codes_cannot_be_guessed_and_no_password_gives_new_tries(db, ada):
    with_second_step(db)
    for _ in range(10):
        with pytest.raises(CodeWrong):
            give_code(db, sign_in(db, now=LATER).token, "nonsense", now=LATER)

    with pytest.raises(CodeWrong):
        give_code(db, sign_in(db, now=LATER).token, code(db, now=LATER), now=LATER)
    after = LATER + timedelta(minutes=16)
    assert give_code(db, sign_in(db, now=after).token, code(db, now=after), now=after).account.name == "Ada"


def test_the_wait_for_a_code_is_over_after_ten_minutes(db, ada):
    with_second_step(db)
    waiting, after = sign_in(db, now=LATER).token, LATER + timedelta(minutes=10)
    with pytest.raises(CodeNotAwaited):
        give_code(db, waiting, code(db, now=after), now=after)


@pytest.mark.parametrize("change", ["password", "close"])
def test_what_ends_sessions_ends_the_wait_for_a_code_too(db, ada, change):
    an_account(db, "Bea")
    with_second_step(db)
    waiting, said = sign_in(db, now=LATER).token, code(db, now=LATER)
    if change == "password":
        joining.set_password(db, "Ada", "another long password", by="Bea", now=LATER)
    else:
        joining.close_account(db, "Ada", by="Bea", now=LATER)
    with pytest.raises(CodeNotAwaited):
        give_code(db, waiting, said, now=LATER)


def test_each_of_ten_recovery_codes_works_once(db, ada):
    codes = with_second_step(db)
    assert len(set(codes)) == 10
    give_code(db, sign_in(db, now=LATER).token, codes[3].upper().replace("-", " "), now=LATER)
    assert second_steps.count_recovery_codes(db, ada.id) == 9

    with pytest.raises(CodeWrong):
        give_code(db, sign_in(db, now=LATER).token, codes[3], now=LATER)
    give_code(db, sign_in(db, now=LATER).token, codes[4], now=LATER)
    assert events(db)[-1] == ("Ada", "Ada", "a recovery code", "a used recovery code")


def test_new_recovery_codes_take_the_place_of_the_old(db, ada):
    old = with_second_step(db)
    ada = joining.open_account(db, "Ada")
    new = proving.renew_recovery_codes(db, OFFICE, ada, LATER)

    with pytest.raises(CodeWrong):
        give_code(db, sign_in(db, now=LATER).token, old[0], now=LATER)
    give_code(db, sign_in(db, now=LATER).token, new[0], now=LATER)
    with pytest.raises(NoSecondStep):
        proving.renew_recovery_codes(db, OFFICE, an_account(db, "Olu", Role.ORGANIZER), LATER)


def test_recovery_codes_of_one_account_open_no_other(db, ada):
    an_account(db, "Bea")
    codes = with_second_step(db)
    with_second_step(db, "Bea")
    with pytest.raises(CodeWrong):
        give_code(db, sign_in(db, "Bea", now=LATER).token, codes[0], now=LATER)


def test_setting_it_up_ends_the_other_sessions_and_setting_it_up_again_makes_another(db, ada):
    elsewhere = sign_in(db).token
    with_second_step(db)
    assert whose(db, elsewhere) is None
    old = code(db, now=LATER)

    here = give_code(db, sign_in(db, now=LATER).token, old, now=LATER).token
    ada, after = joining.open_account(db, "Ada"), LATER + 4 * STEP
    offered = proving.offered(OFFICE, ada, here)
    assert offered.secret == proving.offered(OFFICE, ada, here).secret
    with pytest.raises(CodeUnfit):
        proving.set_up(db, OFFICE, ada, here, code(db, now=after), after)
    proving.set_up(db, OFFICE, ada, here, second_step.code_at(offered.secret.replace(" ", ""), after), after)

    assert whose(db, here, after) == "Ada"
    assert proving.offered(OFFICE, joining.open_account(db, "Ada"), here).secret != offered.secret


def test_for_a_lost_phone_it_is_taken_off_and_every_session_ends(db, ada):
    with_second_step(db)
    here = give_code(db, sign_in(db, now=LATER).token, code(db, now=LATER), now=LATER).token
    proving.reset(db, "ada", by="terminal", now=LATER)

    assert whose(db, here, LATER) is None
    assert not sign_in(db, now=LATER).owes_code
    assert second_steps.count_recovery_codes(db, ada.id) == 0
    assert events(db)[-1] == ("terminal", "Ada", "a second step", "no second step")
    for name in ("Ada", "Nobody"):
        with pytest.raises(NoSecondStep):
            proving.reset(db, name, by="terminal", now=LATER)


def test_the_database_without_the_key_has_no_codes(db, ada):
    codes = with_second_step(db)
    secret = OFFICE.second_step_secret(ada.id, second_steps.find_seed(db, ada.id))
    kept = "".join(str(db.rows(f"SELECT * FROM {table}")) for table in ("accounts", "recovery_codes", "events"))

    assert secret not in kept and not [one for one in codes if one in kept or one.replace("-", "") in kept]
    other = given.an_office(secret_key="another installation's key, long enough")
    assert code(db, now=LATER, office=other) != code(db, now=LATER)


def test_the_picture_and_the_address_tell_the_app_whose_it_is(db, ada):
    offered = proving.offered(OFFICE, ada, "a session's token")
    assert offered.address.startswith("otpauth://totp/Appeal%20Letters:Ada?secret=")
    assert offered.secret.replace(" ", "") in offered.address
    assert offered.picture.startswith("data:image/svg+xml")
