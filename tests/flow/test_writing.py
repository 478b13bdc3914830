"""A supporter writes, and says yes."""

import threading
from datetime import date, timedelta
from email import message_from_bytes, policy

import pytest

from campaign.domain.letter import Channel, LetterState, Number
from campaign.domain.refusals import (
    AddresseeUnknown,
    CaseClosed,
    CaseInReview,
    NoAddressForChannel,
    NotFound,
    NotTheSender,
    NotYetGone,
    TooLateToChange,
    TooManyLetters,
    TooManyMails,
)
from campaign.domain.urgent_action import Outcome
from campaign.flow import confirming, writing
from campaign.store import counts, letters
from tests import given
from tests.given import CLOSED


def sealed_of(db, letter):
    wire = bytes(db.rows("SELECT wire FROM letters WHERE id = :id", id=letter.id)[0]["wire"])
    return message_from_bytes(wire, policy=policy.default)


def test_a_letter_waits_for_the_yes_and_a_mail_asks_for_it(db):
    ana = given.an_open_case(db)

    letter, token = given.an_unconfirmed_letter(db, ana, email="sol@supporter.example")

    assert letter.state is LetterState.UNCONFIRMED
    ((kind, email, text),) = given.mails_of(db)
    assert (kind, email) == ("confirm", "sol@supporter.example")
    assert "Testov" in text
    assert f"http://127.0.0.1:8080/confirm/{token}" in text
    assert "I ask you to free Ana Ruiz." in text


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
        confirming.confirm(db, given.an_office(), token, given.NOON)


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


def test_somebody_tells_on_which_day_a_letter_went(db):
    ana = given.an_open_case(db)
    letter = given.an_opened_letter(db, ana, Channel.POST)
    later = given.NOON + timedelta(days=6)

    for day in (date(2026, 11, 1), date(2026, 12, 24)):
        with pytest.raises(NotYetGone):
            writing.report(db, letter.receipt, letter.id, later, day)
    writing.report(db, letter.receipt, letter.id, later, date(2026, 11, 25))

    reported = letters.letter(db, letter.id)
    assert (reported.state, reported.sent_on, reported.sent_at) == (LetterState.REPORTED, date(2026, 11, 25), later)


# Who may write, and how often


def test_one_address_that_nobody_has_proved_is_not_buried_in_our_mails(db):
    ana, other = given.an_open_case(db), given.an_open_case(db, "Bo Chen", ua="72/26")
    for _ in range(2):
        given.an_unconfirmed_letter(db, ana, email="sol@supporter.example")

    with pytest.raises(TooManyMails) as refused:
        given.an_unconfirmed_letter(db, ana, email="SOL@supporter.example")
    assert "after 00:00 UTC on 23 November 2026" in str(refused.value)
    assert len(db.rows("SELECT id FROM letters")) == 2
    assert given.an_unconfirmed_letter(db, other, email="sol@supporter.example")
    assert given.an_unconfirmed_letter(db, ana, email="sol@supporter.example", now=given.NOON + timedelta(days=1))


def test_one_that_is_proved_gets_five_a_day(db):
    ana, other = given.an_open_case(db), given.an_open_case(db, "Bo Chen", ua="72/26")
    given.a_letter(db, other, email="sol@supporter.example")
    for _ in range(4):
        given.an_unconfirmed_letter(db, ana, email="sol@supporter.example")

    with pytest.raises(TooManyMails):
        given.an_unconfirmed_letter(db, ana, email="sol@supporter.example")


def test_one_network_does_not_flood_us_and_is_told_when_to_come_back(db):
    ana = given.an_open_case(db)
    office = given.an_office(letters_per_network=3)
    for _ in range(3):
        writing.write(db, office, ana, given.a_form(db, ana, network="school"), given.NOON)

    with pytest.raises(TooManyLetters) as refused:
        writing.write(db, office, ana, given.a_form(db, ana, network="school"), given.NOON)
    assert "after 13:00 UTC" in str(refused.value)
    assert writing.write(db, office, ana, given.a_form(db, ana, network="library"), given.NOON)
    assert writing.write(db, office, ana, given.a_form(db, ana, network=None), given.NOON)
    later = given.NOON + timedelta(hours=1)
    assert writing.write(db, office, ana, given.a_form(db, ana, network="school"), later)


@pytest.mark.parametrize(
    "email", ["director@justice.example", "anybody@campaign.example", "bounces+1-a@Bounces.example"]
)
def test_neither_an_official_nor_we_ourselves_can_be_the_sender(db, email):
    ana, office = given.an_open_case(db), given.an_office(bounces="bounces@bounces.example")

    with pytest.raises(NotTheSender):
        writing.write(db, office, ana, given.a_form(db, ana, email=email), given.NOON)
    assert db.rows("SELECT id FROM letters") == []


# What is held, changed, copied, joined


def test_a_letter_that_asks_for_somebody_who_is_free_is_held_until_it_is_changed(db):
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    given.close(db, bo, outcome=Outcome.RELEASED)

    letter = given.an_opened_letter(db, ana, Channel.POST, body="Dear Director,\n\nPlease free Bo Chen too.")
    assert (letter.state, letter.reason) == (
        LetterState.HELD,
        "It asks for something for Bo Chen, whose appeal has ended.",
    )

    changed = writing.change(db, letter.receipt, letter.id, "For her", "Dear Director,\n\nPlease free Ana.", given.NOON)
    assert (changed.state, changed.reason, changed.subject) == (LetterState.OPENED, None, "For her")
    again = writing.change(db, letter.receipt, letter.id, "For her", "See www.x.example", given.NOON)
    assert again.state is LetterState.HELD


def test_only_what_has_not_left_can_be_changed(db):
    ana = given.an_open_case(db)
    waiting, token = given.an_unconfirmed_letter(db, ana)
    writing.change(db, waiting.receipt, waiting.id, "New", "Other words", given.NOON)
    queued = confirming.confirm(db, given.an_office(), token, given.NOON)

    assert "Other words" in sealed_of(db, queued).get_content()
    with pytest.raises(TooLateToChange):
        writing.change(db, queued.receipt, queued.id, "Late", "Late", given.NOON)
    with pytest.raises(NotFound):
        writing.change(db, "another receipt", queued.id, "x", "y", given.NOON)
    given.close(db, ana)
    with pytest.raises(CaseClosed):
        writing.change(db, waiting.receipt, waiting.id, "x", "y", given.NOON)


def test_an_embassy_gets_a_copy_only_where_the_output_asks_for_it_and_it_is_counted_apart(db):
    plain = given.an_open_case(db)
    asked = given.an_open_case(db, "Bo Chen", ua="72/26", copies="COPIES TO: diplomatic representatives of Togo")

    assert (plain.to_embassy, asked.to_embassy) == (False, True)
    given.an_opened_letter(db, plain, to_embassy=True)
    receipt = given.an_opened_letter(db, asked, to_embassy=True).receipt
    letter, copy = letters.letters_of_receipt(db, receipt)

    assert (copy.copy_of, copy.target, copy.channel) == (letter.id, None, Channel.POST)
    assert (copy.state, copy.body) == (LetterState.OPENED, letter.body)
    writing.report(db, receipt, copy.id, given.NOON)
    assert counts.numbers(db, asked.id)[Number.REPORTED_SENT] == 0
    assert counts.numbers(db, asked.id)[Number.OPENED_ELSEWHERE] == 1
    assert counts.embassy_copies(db, asked.id) == 1
    assert len(db.rows("SELECT id FROM letters")) == 3


def test_a_second_letter_joins_the_receipt_of_the_first(db):
    ana, other = given.an_open_case(db), given.an_open_case(db, "Bo Chen", ua="72/26")
    first = given.an_opened_letter(db, ana)

    joined = writing.write(db, given.an_office(), ana, given.a_form(db, ana, receipt=first.receipt), given.NOON)
    apart = writing.write(db, given.an_office(), other, given.a_form(db, other, receipt=first.receipt), given.NOON)

    assert joined == first.receipt and apart != first.receipt
    assert len(letters.letters_of_receipt(db, first.receipt)) == 2


def test_the_official_may_answer_the_writer_only_where_they_wish_it(db):
    ana = given.an_open_case(db)
    shy = given.a_letter(db, ana, email="shy@supporter.example")
    open_one = given.a_letter(db, ana, email="open@supporter.example", wants_answers=True)

    assert sealed_of(db, shy)["Reply-To"] is None
    assert sealed_of(db, open_one)["Reply-To"] == "open@supporter.example"
