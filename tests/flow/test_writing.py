"""A supporter writes, and says yes."""

import threading
from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from campaign.domain.letter import Channel, LetterState
from campaign.domain.refusals import (
    AddresseeUnknown,
    AlreadyWritten,
    CaseClosed,
    CaseInReview,
    ConfirmationExpired,
    ConfirmationSpent,
    NoAddressForChannel,
    NotFound,
    TooManyMails,
)
from campaign.flow import writing
from campaign.store import letters
from tests import given
from tests.given import CLOSED


def sealed_of(db, letter):
    wire = bytes(db.rows("SELECT wire FROM letters WHERE id = :id", id=letter.id)[0]["wire"])
    return message_from_bytes(wire, policy=policy.default)


def test_a_letter_waits_for_the_yes_and_a_mail_asks_for_it(db):
    ana = given.an_open_case(db)

    letter, token = given.an_unconfirmed_letter(db, ana, email="sol@supporter.example")

    assert letter.state is LetterState.UNCONFIRMED
    notice = db.rows("SELECT email, subject, wire FROM notices")[0]
    text = message_from_bytes(bytes(notice["wire"]), policy=policy.default).get_content()
    assert notice["email"] == "sol@supporter.example"
    assert "Testov" in notice["subject"]
    assert f"http://127.0.0.1:8080/confirm/{token}" in text
    assert "I ask you to free Ana Ruiz." in text


def test_the_yes_fixes_the_bytes_and_queues_the_letter_once(db):
    ana = given.an_open_case(db)
    letter, token = given.an_unconfirmed_letter(db, ana, name="Jane D.", email="jane@supporter.example")

    confirmed = writing.confirm(db, given.an_office(), token, given.NOON)
    again = writing.confirm(db, given.an_office(), token, given.NOON)

    assert confirmed.state is LetterState.QUEUED
    assert again == confirmed
    mail = sealed_of(db, letter)
    assert mail["To"] == "director@justice.example"
    assert "Jane D." in mail["From"] and "letters@campaign.example" in mail["From"]
    assert mail["Message-ID"] == confirmed.message_id
    assert mail.get_content().replace("\r\n", "\n").strip().endswith("Yours sincerely,\n\nJane D.")
    assert "jane@supporter.example" not in bytes(mail).decode()


def test_a_form_sent_eight_times_at_once_makes_one_letter(db):
    ana = given.an_open_case(db)
    form = given.a_form(db, ana)
    receipts: list[str] = []

    def send() -> None:
        receipts.append(writing.write(db, given.an_office(), ana, form, given.NOON))

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(receipts) == 8 and len(set(receipts)) == 1
    assert db.rows("SELECT count(*) AS n FROM letters") == [{"n": 1}]
    assert db.rows("SELECT count(*) AS n FROM notices") == [{"n": 1}]


def test_one_letter_of_each_person_to_each_target_counts(db):
    ana = given.an_open_case(db)
    given.a_letter(db, ana, email="Sol@Supporter.example")
    second, token = given.an_unconfirmed_letter(db, ana, email="sol@supporter.example")

    with pytest.raises(AlreadyWritten):
        writing.confirm(db, given.an_office(), token, given.NOON)
    assert letters.letter(db, second.id).state is LetterState.UNCONFIRMED


def test_a_link_that_is_none_of_ours_or_too_old_confirms_nothing(db):
    ana = given.an_open_case(db)
    letter, token = given.an_unconfirmed_letter(db, ana)

    with pytest.raises(ConfirmationSpent):
        writing.confirm(db, given.an_office(), "nonsense", given.NOON)
    with pytest.raises(ConfirmationExpired):
        writing.confirm(db, given.an_office(), token, given.NOON + timedelta(days=7, seconds=1))
    assert letters.letter(db, letter.id).state is LetterState.UNCONFIRMED


def test_nobody_writes_or_confirms_for_a_closed_or_doubtful_case(db):
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    _, token = given.an_unconfirmed_letter(db, bo)
    form_ana, form_bo = given.a_form(db, ana), given.a_form(db, bo)
    given.take_in(db, given.an_output("Ana Ruiz", ordinal=2, final=True, says={"Ana Ruiz": CLOSED}))

    with pytest.raises(CaseClosed):
        writing.write(db, given.an_office(), ana, form_ana, given.NOON)
    with pytest.raises(CaseInReview):
        writing.write(db, given.an_office(), bo, form_bo, given.NOON)
    with pytest.raises(CaseInReview):
        writing.confirm(db, given.an_office(), token, given.NOON)


def test_the_addressee_is_one_of_the_documents_and_no_form_can_name_another(db):
    ana = given.an_open_case(db)
    other = given.an_open_case(db, "Bo Chen", ua="72/26")
    foreign = given.a_form(db, other).target

    for target in (foreign, 9999):
        with pytest.raises(NotFound):
            writing.write(db, given.an_office(), ana, given.a_form(db, ana, target=target), given.NOON)
    assert db.rows("SELECT id FROM letters") == []


def test_without_an_addressee_no_letter_can_be_made(db):
    given.take_in(db, given.an_output("Ana Ruiz", ordinal=1, says={"Ana Ruiz": given.OPEN}, addressee=None))
    from campaign.store import cases

    ana = cases.cases(db)[0]
    form = writing.Written("key", 1, Channel.EMAIL, "release", "en", "s", "b", "n", "a@b.example", "NZ", False)

    with pytest.raises(AddresseeUnknown):
        writing.write(db, given.an_office(), ana, form, given.NOON)


def test_what_cannot_go_by_mail_can_go_by_post(db):
    only_post = given.ADDRESSEE.replace("Email: director@justice.example\n", "")
    ana = given.an_open_case(db, addressee=only_post)

    with pytest.raises(NoAddressForChannel):
        writing.write(db, given.an_office(), ana, given.a_form(db, ana), given.NOON)
    assert given.an_opened_letter(db, ana, Channel.POST).state is LetterState.OPENED


def test_an_opened_letter_is_reported_once_by_who_has_the_receipt(db):
    ana = given.an_open_case(db)
    letter = given.an_opened_letter(db, ana, email=None)

    writing.report(db, letter.receipt, letter.id, given.NOON)
    writing.report(db, letter.receipt, letter.id, given.NOON + timedelta(hours=1))

    reported = letters.letter(db, letter.id)
    assert (reported.state, reported.sent_at) == (LetterState.REPORTED, given.NOON)
    with pytest.raises(NotFound):
        writing.report(db, "another receipt", letter.id, given.NOON)


def test_one_address_is_not_buried_in_our_mails(db):
    ana = given.an_open_case(db)
    for _ in range(5):
        given.an_unconfirmed_letter(db, ana, email="sol@supporter.example")

    with pytest.raises(TooManyMails):
        given.an_unconfirmed_letter(db, ana, email="SOL@supporter.example")
    assert len(db.rows("SELECT id FROM notices")) == 5
    assert given.an_unconfirmed_letter(db, ana, email="sol@supporter.example", now=given.NOON + timedelta(days=1))


def test_the_draft_follows_what_the_target_reads(db):
    ana = given.an_open_case(db)
    draft = writing.draft(db, given.an_office(), ana)

    assert (draft.language, draft.template) == ("en", "release")
    assert "Ana Ruiz" in draft.subject and "Ana Ruiz" in draft.body


def test_what_nobody_said_yes_to_is_forgotten_after_seven_days(db):
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    never, token = given.an_unconfirmed_letter(db, ana, email="never@supporter.example", name="Nobody Known")
    stopped, _ = given.an_unconfirmed_letter(db, bo, email="stopped@supporter.example", name="Nobody Known")
    kept = given.a_letter(db, ana)
    given.close(db, bo)

    assert writing.forget_unconfirmed(db, given.NOON + timedelta(days=7)) == 0
    assert writing.forget_unconfirmed(db, given.NOON + timedelta(days=7, seconds=1)) == 2
    assert writing.forget_unconfirmed(db, given.NOON + timedelta(days=9)) == 0

    assert letters.letter(db, never.id).state is LetterState.WITHDRAWN
    assert letters.letter(db, stopped.id).state is LetterState.STOPPED
    assert letters.letter(db, kept.id).body
    rows = str(db.rows("SELECT name, email, subject, body, writer FROM letters WHERE id <> :id", id=kept.id))
    assert "Nobody Known" not in rows and "supporter.example" not in rows
    assert writing.find_to_confirm(db, token).state is LetterState.WITHDRAWN
