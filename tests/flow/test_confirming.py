"""The supporter's yes, their no, and the one reminder."""

from datetime import timedelta

import pytest

from campaign.domain.letter import LetterState
from campaign.domain.refusals import AlreadyWritten, ConfirmationExpired, ConfirmationSpent, WordsChanged
from campaign.domain.urgent_action import Outcome
from campaign.flow import confirming, writing
from campaign.store import letters, queue
from tests import given
from tests.flow.test_writing import sealed_of

A_DAY_LATER = given.NOON + timedelta(days=1, seconds=1)


def test_the_yes_fixes_the_bytes_and_queues_the_letter_once(db):
    ana = given.an_open_case(db)
    letter, token = given.an_unconfirmed_letter(db, ana, name="Jane D.", email="jane@supporter.example")

    confirmed = confirming.confirm(db, given.an_office(), token, given.NOON)
    again = confirming.confirm(db, given.an_office(), token, given.NOON)

    assert confirmed.state is LetterState.QUEUED
    assert again == confirmed
    mail = sealed_of(db, letter)
    assert mail["To"] == "director@justice.example"
    assert "Jane D." in mail["From"] and "letters@campaign.example" in mail["From"]
    assert mail["Message-ID"] == confirmed.message_id
    assert mail.get_content().replace("\r\n", "\n").strip().endswith("Yours sincerely,\n\nJane D.")
    assert "jane@supporter.example" not in bytes(mail).decode()


def test_one_letter_of_each_person_to_each_target_counts(db):
    ana = given.an_open_case(db)
    given.a_letter(db, ana, email="Sol@Supporter.example")
    second, token = given.an_unconfirmed_letter(db, ana, email="sol@supporter.example")

    with pytest.raises(AlreadyWritten):
        confirming.confirm(db, given.an_office(), token, given.NOON)
    assert letters.letter(db, second.id).state is LetterState.UNCONFIRMED


def test_a_link_that_is_none_of_ours_or_too_old_confirms_nothing(db):
    ana = given.an_open_case(db)
    letter, token = given.an_unconfirmed_letter(db, ana)

    with pytest.raises(ConfirmationSpent):
        confirming.confirm(db, given.an_office(), "nonsense", given.NOON)
    with pytest.raises(ConfirmationExpired):
        confirming.confirm(db, given.an_office(), token, given.NOON + timedelta(days=7, seconds=1))
    assert letters.letter(db, letter.id).state is LetterState.UNCONFIRMED


def test_what_nobody_said_yes_to_is_forgotten_after_seven_days(db):
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    never, token = given.an_unconfirmed_letter(db, ana, email="never@supporter.example", name="Nobody Known")
    stopped, _ = given.an_unconfirmed_letter(db, bo, email="stopped@supporter.example", name="Nobody Known")
    kept = given.a_letter(db, ana)
    given.close(db, bo)

    assert confirming.forget_unconfirmed(db, given.NOON + timedelta(days=7)) == 0
    assert confirming.forget_unconfirmed(db, given.NOON + timedelta(days=7, seconds=1)) == 2
    assert confirming.forget_unconfirmed(db, given.NOON + timedelta(days=9)) == 0

    assert letters.letter(db, never.id).state is LetterState.WITHDRAWN
    assert letters.letter(db, stopped.id).state is LetterState.STOPPED
    assert letters.letter(db, kept.id).body
    rows = str(db.rows("SELECT name, email, subject, body, writer FROM letters WHERE id <> :id", id=kept.id))
    assert "Nobody Known" not in rows and "supporter.example" not in rows
    assert confirming.find_to_confirm(db, token).state is LetterState.WITHDRAWN


def test_other_words_than_those_that_were_shown_are_not_confirmed(db):
    ana = given.an_open_case(db)
    letter, token = given.an_unconfirmed_letter(db, ana)
    was_shown = confirming.shown(letter)
    writing.change(db, letter.receipt, letter.id, "New", "Other words", given.NOON)

    with pytest.raises(WordsChanged):
        confirming.confirm(db, given.an_office(), token, given.NOON, was_shown)
    now_shown = confirming.shown(letters.letter(db, letter.id))
    assert confirming.confirm(db, given.an_office(), token, given.NOON, now_shown).state is LetterState.QUEUED


def test_what_has_become_wrong_since_it_was_written_is_held_at_the_yes(db):
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    letter, token = given.an_unconfirmed_letter(db, ana, body="Dear Director,\n\nPlease free Ana Ruiz and Bo Chen.")
    given.close(db, bo, outcome=Outcome.RELEASED)

    held = confirming.confirm(db, given.an_office(), token, given.NOON)

    assert (held.state, held.confirmed_at) == (LetterState.HELD, given.NOON)
    assert "Bo Chen, whose appeal has ended" in held.reason
    assert queue.claim_letter(db, "worker", given.NOON) is None
    assert sealed_of(db, letter)["Message-ID"] == held.message_id


# It was not me


def test_it_was_not_me_erases_and_blocks(db):
    ana = given.an_open_case(db)
    letter, token = given.an_unconfirmed_letter(db, ana, email="victim@supporter.example", name="Somebody Else")
    other, _ = given.an_unconfirmed_letter(db, ana, email="Victim@supporter.example")

    confirming.disown(db, given.an_office(), token, given.NOON)
    confirming.disown(db, given.an_office(), token, given.NOON)

    for id in (letter.id, other.id):
        gone = letters.letter(db, id)
        assert (gone.state, gone.body, gone.email, gone.name) == (LetterState.WITHDRAWN, None, None, None)
    mails = len(db.rows("SELECT id FROM notices"))
    again, _ = given.an_unconfirmed_letter(db, ana, email="victim@supporter.example")
    assert again.state is LetterState.UNCONFIRMED, "the page says nothing of it"
    assert len(db.rows("SELECT id FROM notices")) == mails
    assert not confirming.remind_next(db, given.an_office(), A_DAY_LATER)


def test_a_letter_that_was_confirmed_is_not_taken_back_by_a_late_no(db):
    ana = given.an_open_case(db)
    _, token = given.an_unconfirmed_letter(db, ana)
    queued = confirming.confirm(db, given.an_office(), token, given.NOON)

    confirming.disown(db, given.an_office(), token, given.NOON)

    assert letters.letter(db, queued.id) == queued


# The reminder


def test_one_reminder_after_a_day_with_the_same_link(db):
    ana = given.an_open_case(db)
    _, token = given.an_unconfirmed_letter(db, ana, email="sol@supporter.example")
    given.a_letter(db, ana)

    assert not confirming.remind_next(db, given.an_office(), given.NOON + timedelta(hours=23))
    assert confirming.remind_next(db, given.an_office(), A_DAY_LATER)
    assert not confirming.remind_next(db, given.an_office(), A_DAY_LATER)
    assert not confirming.remind_next(db, given.an_office(), given.NOON + timedelta(days=3))

    ((_, email, text),) = given.mails_of(db, "remind")
    assert email == "sol@supporter.example"
    assert f"/confirm/{token}" in text and "5 more days" in text
    assert confirming.confirm(db, given.an_office(), token, A_DAY_LATER).state is LetterState.QUEUED


def test_nobody_is_reminded_of_a_case_that_has_ended(db):
    ana = given.an_open_case(db)
    given.an_unconfirmed_letter(db, ana)
    given.close(db, ana)

    assert not confirming.remind_next(db, given.an_office(), A_DAY_LATER)
