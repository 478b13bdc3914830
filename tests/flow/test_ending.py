"""When an action has ended, everyone who wrote is told once."""

from datetime import timedelta
from email import message_from_bytes, policy

from campaign.domain.urgent_action import Outcome
from campaign.flow import ending, sending, writing
from campaign.store import writers
from campaign.store.writers import Silence
from tests import given

AN_HOUR_LATER = given.NOON + timedelta(hours=1)


def tell_all(db, now=AN_HOUR_LATER) -> int:
    told = 0
    while ending.tell_next(db, given.an_office(), now):
        told += 1
    return told


def mails(db) -> dict[str, str]:
    return {email: f"{kind}: {text}" for kind, email, text in given.mails_of(db) if kind != "confirm"}


def test_writers_are_thanked_once_and_those_whose_letter_was_stopped_are_told(db):
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    given.a_letter(db, ana, email="went@supporter.example")
    given.a_letter(db, bo, email="other@supporter.example")
    sending.drain(given.a_sender(db, given.FakePostbox()))
    given.a_letter(db, ana, email="stopped@supporter.example")
    reported = given.an_opened_letter(db, ana, email="reported@supporter.example")
    writing.report(db, reported.receipt, reported.id, given.NOON)
    given.an_opened_letter(db, ana, email="opened@supporter.example")
    given.an_unconfirmed_letter(db, ana, email="never-said-yes@supporter.example")
    given.close(db, ana, outcome=Outcome.RELEASED)

    assert tell_all(db, now=given.NOON + timedelta(minutes=59)) == 0
    assert tell_all(db) == 3
    assert tell_all(db) == 0

    told = mails(db)
    assert set(told) == {"went@supporter.example", "stopped@supporter.example", "reported@supporter.example"}
    assert told["reported@supporter.example"].startswith("thanks")
    assert told["went@supporter.example"].startswith("thanks") and "was released" in told["went@supporter.example"]
    assert told["stopped@supporter.example"].startswith("stopped")
    assert "Bo Chen" in told["went@supporter.example"]


def test_somebody_who_wrote_twice_gets_one_mail(db):
    second = (
        given.ADDRESSEE.split("\n\n")[0]
        + "\n\nMinister Nina Newova\nMinistry of Health\nBorograd\nEmail: nina@health.example\n\nDear Director,"
    )
    ana = given.an_open_case(db, addressee=second)
    from campaign.store import actions

    for known in actions.targets(db, ana.action):
        given.a_letter(db, ana, email="sol@supporter.example", target=known.id)
    sending.drain(given.a_sender(db, given.FakePostbox()))
    given.close(db, ana)

    assert tell_all(db) == 1


def test_somebody_whose_cases_end_on_one_day_hears_of_one_a_day(db):
    people = given.open_cases(db, "Ana Ruiz", "Bo Chen", "Cy Diaz")
    for case in people:
        given.a_letter(db, case, email="sol@supporter.example")
    sending.drain(given.a_sender(db, given.FakePostbox()))
    for case in people:
        given.close(db, case)

    assert tell_all(db) == 1
    assert tell_all(db, AN_HOUR_LATER + timedelta(hours=23)) == 0
    assert tell_all(db, AN_HOUR_LATER + timedelta(hours=25)) == 1
    assert tell_all(db, AN_HOUR_LATER + timedelta(hours=50)) == 1
    assert tell_all(db, AN_HOUR_LATER + timedelta(days=9)) == 0


def test_news_can_be_ended_with_one_click_that_a_mail_program_understands(db):
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    for case in (ana, bo):
        given.a_letter(db, case, email="sol@supporter.example")
    sending.drain(given.a_sender(db, given.FakePostbox()))
    given.close(db, ana)
    tell_all(db)
    box = given.FakePostbox()
    sending.drain(given.a_sender(db, box, now=AN_HOUR_LATER))
    mail = message_from_bytes(box.posted[-1][0], policy=policy.default)
    office = given.an_office()
    word = mail["List-Unsubscribe"].strip("<>").rpartition("/")[2]

    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"] == f"<http://127.0.0.1:8080/unsubscribe/{word}>"
    assert office.find_unsubscribing(word) == office.writer("sol@supporter.example")
    assert office.find_unsubscribing(word[:-1] + "x") is None

    writers.silence(db, office.writer("sol@supporter.example"), Silence.NEWS, given.NOON)
    given.close(db, bo)
    assert tell_all(db, given.NOON + timedelta(days=5)) == 0


def test_the_thanks_name_how_many_wrote_and_from_how_many_countries(db):
    ana = given.an_open_case(db)
    for number in range(26):
        letter = given.an_opened_letter(db, ana, country=["NZ", "FR", "TG"][number % 3])
        writing.report(db, letter.receipt, letter.id, given.NOON)
    given.a_letter(db, ana, email="sol@supporter.example", tongue="fr")
    sending.drain(given.a_sender(db, given.FakePostbox()))
    given.close(db, ana, outcome=Outcome.RELEASED)
    while "sol@supporter.example" not in mails(db):
        assert ending.tell_next(db, given.an_office(), AN_HOUR_LATER)

    assert "l’une des 27 lettres venues de 3 pays" in mails(db)["sol@supporter.example"]
