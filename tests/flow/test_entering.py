"""Signing in, in one step, and out: who is let in, who is not, and that guessing leads nowhere and locks nobody else out."""

from datetime import timedelta

import pytest

from campaign import passwords
from campaign.domain.account import Role
from campaign.domain.admission import SignInFailed
from campaign.domain.refusals import NotFound
from campaign.flow import entering, joining
from campaign.store import sessions
from campaign.store.database import connect
from tests import given
from tests.accounts_given import OFFICE, PASSWORD, an_account, sign_in, whose

STRANGER = {"network": "of a stranger"}


@pytest.fixture
def ada(db):
    return an_account(db)


@pytest.fixture
def hashings(monkeypatch):
    """How often a password was hashed to be compared: what the time of an answer is made of."""
    counted, verify = [], passwords._HASHER.__class__.verify

    def counting(self, *given_to_it):
        counted.append(1)
        return verify(self, *given_to_it)

    monkeypatch.setattr(passwords._HASHER.__class__, "verify", counting)
    return counted


def tried(db, times, name="Ada", password="nonsense", **caller) -> int:
    """How many of so many tries are let in."""
    let_in = 0
    for _ in range(times):
        try:
            sign_in(db, name, password, **caller)
            let_in += 1
        except SignInFailed:
            pass
    return let_in


def test_who_signs_in_is_known_until_signing_out(db, ada):
    signed_in = sign_in(db, "ada")
    assert whose(db, signed_in.token) == "Ada"

    entering.sign_out(db, signed_in.token)

    assert whose(db, signed_in.token) is None


def test_a_session_ends_when_it_is_idle_or_old(db, ada):
    token = sign_in(db).token
    assert whose(db, token, given.NOON + timedelta(minutes=29)) == "Ada"
    assert whose(db, token, given.NOON + timedelta(minutes=58)) == "Ada"
    assert whose(db, token, given.NOON + timedelta(minutes=89)) is None

    token, clock = sign_in(db).token, given.NOON
    while clock < given.NOON + timedelta(hours=12) - timedelta(minutes=20):
        clock += timedelta(minutes=20)
        assert whose(db, token, clock) == "Ada"
    assert whose(db, token, given.NOON + timedelta(hours=12)) is None


def test_wrong_name_wrong_password_and_too_many_tries_get_the_same_answer(db, ada):
    said = set()
    for name, password, times in (("Ada", "nonsense", 12), ("Nobody", "nonsense", 12), ("Ada", PASSWORD, 1)):
        for _ in range(times):
            with pytest.raises(SignInFailed) as refusal:
                sign_in(db, name, password)
            said.add(str(refusal.value))

    assert len(said) == 1


def test_every_answer_takes_one_hashing_whether_or_not_the_name_exists(db, ada, hashings):
    for name in ("Ada", "Nobody"):
        for _ in range(12):
            hashings.clear()
            with pytest.raises(SignInFailed):
                sign_in(db, name, "nonsense")
            assert len(hashings) == 1


def test_of_sixty_wrong_passwords_ten_are_looked_at_and_no_other_account_suffers(db, url, ada):
    an_account(db, "Olu", Role.ORGANIZER)
    assert tried(db, 10, **STRANGER) == 0

    later = connect(url)  # another process, or the same one after it was started again
    assert tried(later, 50, password=PASSWORD, **STRANGER) == 0
    later.close()

    assert sign_in(db, "Olu", **STRANGER).account.name == "Olu"
    assert sign_in(db, now=given.NOON + timedelta(minutes=16)).account.name == "Ada"


def test_tries_come_back_one_by_one_and_not_all_at_the_turn_of_a_quarter(db, ada):
    for minute in range(10):
        assert tried(db, 1, now=given.NOON + timedelta(minutes=minute)) == 0

    at = given.NOON + timedelta(minutes=15, seconds=1)
    assert tried(db, 1, now=at) == 0
    assert tried(db, 1, password=PASSWORD, now=at) == 0
    assert tried(db, 1, password=PASSWORD, now=at + timedelta(minutes=1)) == 1


def test_knocking_at_a_blocked_account_does_not_keep_it_blocked(db, ada):
    for minute in range(14):
        tried(db, 20, now=given.NOON + timedelta(minutes=minute))

    assert sign_in(db, now=given.NOON + timedelta(minutes=29)).account.name == "Ada"


def test_the_owner_is_not_locked_out_of_a_browser_in_which_they_signed_in_before(db, ada):
    known = OFFICE.browser_word(ada.id, "abc")
    for hour in range(3):
        now = given.NOON + timedelta(hours=hour)
        assert tried(db, 60, now=now, **STRANGER) == 0
        assert sign_in(db, now=now, known=known, **STRANGER).account.name == "Ada"

    assert tried(db, 10, known=known) == 0
    assert tried(db, 1, password=PASSWORD, known=known) == 0


def test_a_made_up_word_or_that_of_another_account_is_a_strangers(db, ada):
    olu = an_account(db, "Olu", Role.ORGANIZER)
    assert tried(db, 10) == 0
    for known in (OFFICE.browser_word(olu.id, "abc"), f"{ada.id}.abc.made-up", "nonsense", "é" * 9, ""):
        assert tried(db, 1, password=PASSWORD, known=known) == 0


def test_a_network_may_try_thirty_times_over_all_names(db, ada):
    for n in range(30):
        assert tried(db, 1, f"name {n}", **STRANGER) == 0

    assert tried(db, 1, password=PASSWORD, **STRANGER) == 0
    assert tried(db, 1, password=PASSWORD, network="of somebody else") == 1


def test_signing_in_gives_a_network_no_new_tries(db, ada):
    an_account(db, "Max", Role.ORGANIZER)
    for n in range(30):
        assert tried(db, 1, f"name {n}", **STRANGER) == 0
        if n < 29:
            assert tried(db, 1, "Max", PASSWORD, **STRANGER) == 1

    assert tried(db, 1, "Max", PASSWORD, **STRANGER) == 0


def test_the_operator_lets_somebody_try_again_at_once(db, ada):
    tried(db, 12)
    entering.let_try_again(db, ada)
    assert tried(db, 1, password=PASSWORD) == 1

    tried(db, 12)
    joining.set_password(db, "Ada", "another long password", by="terminal", now=given.NOON)
    assert tried(db, 1, password="another long password") == 1


def test_ones_own_sessions_are_listed_and_ended_and_nobody_elses(db, ada):
    olu = an_account(db, "Olu", Role.ORGANIZER)
    at_home, at_work, on_the_way = (
        sign_in(db, browser=word).token for word in ("Firefox on Linux", "Edge on Windows", "Safari on an iPhone")
    )
    theirs = sign_in(db, "Olu").token
    listed = {one.browser: one.id for one in sessions.sessions_of(db, ada.id, given.NOON, timedelta(minutes=30))}
    assert set(listed) == {"Firefox on Linux", "Edge on Windows", "Safari on an iPhone"}

    with pytest.raises(NotFound):
        entering.end_session(db, olu, listed["Edge on Windows"])
    entering.end_session(db, ada, listed["Edge on Windows"])
    assert (whose(db, at_home), whose(db, at_work)) == ("Ada", None)

    entering.end_other_sessions(db, ada, at_home)
    assert (whose(db, at_home), whose(db, on_the_way), whose(db, theirs)) == ("Ada", None, "Olu")


def test_what_ended_is_removed_when_somebody_signs_in(db, ada):
    sign_in(db)
    tried(db, 3, name="Nobody")
    sign_in(db, now=given.NOON + timedelta(hours=13))

    assert len(db.rows("SELECT id FROM sessions")) == 1
    assert db.rows("SELECT n FROM tries") == []
