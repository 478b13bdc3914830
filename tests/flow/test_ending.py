"""When an action has ended, everyone who wrote is told once."""

from datetime import timedelta
from email import message_from_bytes, policy

from campaign.domain.urgent_action import Outcome
from campaign.flow import ending, sending
from tests import given

AN_HOUR_LATER = given.NOON + timedelta(hours=1)


def tell_all(db, now=AN_HOUR_LATER) -> int:
    told = 0
    while ending.tell_next(db, given.an_office(), now):
        told += 1
    return told


def mails(db) -> dict[str, str]:
    rows = db.rows("SELECT kind, email, wire FROM notices WHERE kind <> 'confirm'")
    return {
        row["email"]: row["kind"] + ": " + message_from_bytes(bytes(row["wire"]), policy=policy.default).get_content()
        for row in rows
    }


def test_writers_are_thanked_once_and_those_whose_letter_was_stopped_are_told(db):
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    given.a_letter(db, ana, email="went@supporter.example")
    given.a_letter(db, bo, email="other@supporter.example")
    sending.drain(given.a_sender(db, given.FakePostbox()))
    given.a_letter(db, ana, email="stopped@supporter.example")
    given.an_unconfirmed_letter(db, ana, email="never-said-yes@supporter.example")
    given.close(db, ana, outcome=Outcome.RELEASED)

    assert tell_all(db, now=given.NOON + timedelta(minutes=59)) == 0
    assert tell_all(db) == 2
    assert tell_all(db) == 0

    told = mails(db)
    assert set(told) == {"went@supporter.example", "stopped@supporter.example"}
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
