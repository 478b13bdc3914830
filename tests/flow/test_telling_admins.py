"""Admins are told by mail, once each, where the installation has addresses for that."""

from datetime import timedelta
from email import message_from_bytes, policy

from campaign.domain.account import Role
from campaign.flow import joining, reopening, sending, telling_admins
from tests import given
from tests.given import CLOSED

OFFICE = given.an_office(told=("ada@campaign.example", "bea@campaign.example"))


def mails(db, now=given.NOON):
    box = given.FakePostbox()
    sending.drain(given.a_sender(db, box, now=now))
    return [(to, message_from_bytes(wire, policy=policy.default).get_content()) for wire, _, to in box.posted]


def test_what_was_applied_by_itself_is_told_once_to_each_address(db):
    given.an_open_case(db)
    given.take_in(db, given.an_output("Ana Ruiz", ordinal=2, final=True, says={"Ana Ruiz": CLOSED}))

    assert telling_admins.tell_by_mail(db, OFFICE, given.NOON) == 4
    assert telling_admins.tell_by_mail(db, OFFICE, given.NOON) == 0
    told = mails(db)
    assert [to for to, _ in told] == ["ada@campaign.example", "bea@campaign.example"] * 2
    assert sum("It closed Ana Ruiz." in wire for _, wire in told) == 2
    assert telling_admins.tell_by_mail(db, given.an_office(), given.NOON) == 0, "no addresses, no mails"
    assert telling_admins.tell_by_mail(db, OFFICE, given.NOON + timedelta(days=3)) == 0


def test_a_reopening_that_one_admin_alone_asks_for_is_told_with_the_moment_at_which_it_takes_effect(db):
    joining.add_account(db, "Ada", Role.ADMIN, "a long password", given.NOON)
    ana = given.close(db, given.an_open_case(db))
    telling_admins.tell_by_mail(db, OFFICE, given.NOON)
    mails(db)

    reopening.ask(db, ana.id, reason="She was arrested again.", by="Ada", now=given.NOON, patience=given.PATIENCE)
    assert telling_admins.tell_by_mail(db, OFFICE, given.NOON) == 2

    for _, wire in mails(db):
        assert "She was arrested again." in wire and "23 November 2026" in wire and f"/admin/cases/{ana.id}" in wire
