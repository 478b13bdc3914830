"""What the log tells: which letter came into which state, by its number, and never who wrote, to which address, or what."""

import logging

import pytest

from campaign.domain.letter import LetterState
from campaign.domain.posting import Posted, PostingResult
from campaign.flow import sending
from campaign.store import letters
from tests import given
from tests.web.given_forms import SOL, WRITE, confirm_link

WORDS = "Dear Director,\n\nmy very own words about lilies."
PRIVATE = ("Sol", "Writer", "supporter.example", "lilies", "Dear Director", "justice.example", "203.0.113.9")
ECHO = PostingResult(Posted.REFUSED, 550, "5.1.1 director@justice.example: no mailbox, said Sol Writer about lilies")
UNKNOWN = PostingResult(Posted.UNKNOWN, None, "The line to the mail server broke.")
SENT = PostingResult(Posted.SENT, 250, "OK")


@pytest.fixture
def log(caplog):
    """Everything that anybody logs, at the finest level."""
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="campaign")
    return caplog


def assert_nothing_private(log, *more: str) -> None:
    """Neither in the lines nor in what they were made of."""
    said = log.text + "".join(repr(vars(record)) for record in log.records)
    assert not [words for words in (*PRIVATE, *more) if words in said]


def a_confirmed_letter(client, db):
    receipt = client.send(WRITE, **SOL | {"body": WORDS}).location
    client.send(confirm_link(db))
    return letters.letters_of_receipt(db, receipt.rpartition("/")[2])[0]


@pytest.mark.parametrize(
    ("answers", "state", "told"),
    [
        ([SENT], LetterState.SENT, "letter 1 of case 1: sent after try 1"),
        ([ECHO], LetterState.REFUSED, "letter 1 of case 1: refused after try 1 (no such mailbox)"),
        ([UNKNOWN], LetterState.QUEUED, "letter 1 of case 1: queued after try 1 (no answer)"),
    ],
    ids=str,
)
def test_a_letter_s_life_is_logged_by_numbers_alone(client, db, log, answers, state, told):
    given.an_open_case(db)
    letter = a_confirmed_letter(client, db)
    sending.drain(given.a_sender(db, given.FakePostbox(list(answers))))
    assert letters.letter(db, letter.id).state is state
    client.page(f"/letters/{letter.receipt}")
    client.send(f"/letters/{letter.receipt}", part="/forget", status=200)

    assert told in [record.getMessage() for record in log.records]
    assert_nothing_private(log, letter.receipt, letter.message_id)


def test_a_letter_that_is_changed_held_given_back_settled_or_stopped_leaves_no_words_in_the_log(client, olu, db, log):
    ana = given.an_open_case(db)
    receipt = client.send(WRITE, **SOL | {"body": WORDS}).location
    client.send(f"{receipt}/change/1", subject="On lilies", body=f"{WORDS} See https://lilies.supporter.example")
    client.send(confirm_link(db))
    olu.send("/organizer/held/1", part="/give-back", sentence="Sol Writer, please leave out the link.")
    uncertain = given.an_uncertain_letter(db, ana, body=WORDS)
    olu.send(f"/organizer/sent/{uncertain.id}", part="/settle", reason="Sol Writer told me.", outcome="sent")
    given.a_letter(db, ana, body=WORDS)
    given.close(db, ana)
    client.get(f"{WRITE}?q=Sol+Writer")

    assert f"letter {uncertain.id}: settled by hand as sent" in [record.getMessage() for record in log.records]
    assert_nothing_private(log)


def test_a_mistake_of_ours_is_logged_without_what_somebody_typed(app, client, db, log):
    given.an_open_case(db)
    form = client.page(WRITE).form(WRITE)

    typed = " ".join((*SOL.values(), WORDS))

    def broken():
        raise RuntimeError(typed)

    app.extensions["desk"].clock = broken
    answer = client.post(
        form["action"], data=form["values"] | SOL | {"body": WORDS}, headers={"X-Forwarded-For": "203.0.113.9"}
    )

    assert answer.status_code == 500
    assert "unforeseen RuntimeError" in log.text
    assert_nothing_private(log)
