"""Letters that come back are marked, by reports that name them with our own word and by no others."""

from dataclasses import replace
from datetime import timedelta

import pytest

from campaign.domain.bounce import Bounce
from campaign.domain.counting import Face
from campaign.domain.letter import LetterState
from campaign.flow import bouncing, forgetting, sending
from campaign.store import actions, bounces, counts, figures, letters
from campaign.store.journal import events_of_letter
from tests import given, reports_given
from tests.reports_given import STYLES, postfix

OFFICE = given.an_office(bounces="bounces@letters.example")
DIRECTOR = "director@justice.example"


def a_sent_letter(db, case, *, now=given.NOON, **other):
    """A letter that the mail server took, and the address to which reports on it go."""
    letter = given.a_letter(db, case, now=now, **other)
    postbox = given.FakePostbox()
    send(db, postbox, now)
    (path,) = [sender for _, sender, to in postbox.posted if to == letters_recipient(db, letter.id)]
    return letters.letter(db, letter.id), path


def letters_recipient(db, id):
    return db.rows("SELECT recipient FROM letters WHERE id = :id", id=id)[0]["recipient"]


def send(db, postbox, now=given.NOON):
    sender = given.a_sender(db, postbox, now=now)
    sending.drain(replace(sender, rules=replace(sender.rules, return_path=OFFICE.return_path)))


def take_in(db, message, now=given.NOON, to=""):
    return bouncing.take_in(db, OFFICE, message, now, to)


# The envelope


def test_each_letter_leaves_with_an_address_of_its_own_for_reports(db):
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    (one, first), (two, second) = a_sent_letter(db, ana), a_sent_letter(db, bo)

    assert first == f"bounces+{OFFICE.bounce_word(one.id, one.message_id)}@letters.example" != second
    assert second.startswith(f"bounces+{two.id}-") and len(second.partition("@")[0]) <= 64
    other = given.an_office(bounces="bounces@letters.example", secret_key="another installation's secret")
    assert other.return_path(one.id, one.message_id) != first
    assert OFFICE.return_path(one.id, "<another@campaign.example>") != first


def test_a_letter_that_is_tried_again_keeps_its_address(db):
    given.a_letter(db, given.an_open_case(db))
    postbox = given.FakePostbox([given.PostingResult(given.Posted.LATER, 451, "later")] * 2)
    for hours in range(3):
        send(db, postbox, given.NOON + timedelta(hours=hours))

    assert len({sender for _, sender, to in postbox.posted if to == DIRECTOR}) == 1


def test_without_the_setting_reports_go_to_the_sender_as_before(db):
    given.a_letter(db, given.an_open_case(db))
    postbox = given.FakePostbox()
    sending.drain(given.a_sender(db, postbox))

    assert {sender for _, sender, _ in postbox.posted} == {"letters@campaign.example"}
    assert given.an_office().return_path(1, "<x@campaign.example>") == "letters@campaign.example"


def test_our_own_mails_leave_with_the_sender_s_address(db):
    given.an_unconfirmed_letter(db, given.an_open_case(db))
    postbox = given.FakePostbox()
    send(db, postbox)

    assert [sender for _, sender, _ in postbox.posted] == ["letters@campaign.example"]


def test_nothing_outside_the_text_of_a_letter_holds_an_address_or_a_key_of_its_writer(db):
    letter = given.a_letter(
        db, given.an_open_case(db), email="sol@supporter.example", network="203.0.113.7", country="NZ"
    )
    postbox = given.FakePostbox()
    send(db, postbox)

    ((wire, envelope, _),) = [posted for posted in postbox.posted if posted[2] == DIRECTOR]
    headers = wire.partition(b"\r\n\r\n")[0].decode() + envelope
    row = db.rows("SELECT writer, confirm_hash FROM letters WHERE id = :id", id=letter.id)[0]
    keys = (
        "sol@supporter",
        "supporter.example",
        "203.0.113",
        letter.receipt,
        letter.form_key,
        letter.number,
        *row.values(),
    )
    for key in (*keys, OFFICE.confirmation(letter.form_key), OFFICE.writer("sol@supporter.example")):
        assert key not in headers, key
    names = [line.partition(":")[0] for line in headers.split("\r\n") if not line.startswith((" ", "\t"))]
    assert set(names) == {
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Type", "Content-Transfer-Encoding",
        "MIME-Version",
    }  # fmt: skip


# Reports


@pytest.mark.parametrize("style", STYLES)
def test_a_letter_that_came_back_is_marked_and_stays_sent(db, style):
    ana = given.an_open_case(db)
    letter, path = a_sent_letter(db, ana)

    taken = take_in(db, STYLES[style](path), given.NOON + timedelta(minutes=1))

    back = letters.letter(db, letter.id)
    assert (taken.letter, taken.is_new) == (letter.id, True) and "came back (hard)" in taken.sentence
    assert (back.state, back.bounce, back.bounced_at) == (
        LetterState.SENT,
        Bounce.HARD,
        given.NOON + timedelta(minutes=1),
    )
    assert back.bounce_words.startswith("5.") and DIRECTOR not in back.bounce_words
    event = events_of_letter(db, letter.id)[-1]
    assert (event.kind, event.actor, event.reason) == ("bounce", "a delivery report", f"hard: {back.bounce_words}")
    assert counts.numbers(db)["sent by us"] == counts.came_back(db) == counts.came_back(db, ana.id) == 1


def test_the_same_report_again_and_another_one_change_nothing(db):
    letter, path = a_sent_letter(db, given.an_open_case(db))
    take_in(db, postfix(path))
    before, events = letters.letter(db, letter.id), len(events_of_letter(db, letter.id))

    for message in (postfix(path), postfix(path, status="4.4.7")):
        taken = take_in(db, message, given.NOON + timedelta(days=1))
        assert (taken.letter, taken.is_new) == (letter.id, False) and "known already" in taken.sentence
    assert letters.letter(db, letter.id) == before
    assert len(events_of_letter(db, letter.id)) == events


def test_the_address_named_by_the_mail_server_is_enough(db):
    letter, path = a_sent_letter(db, given.an_open_case(db))

    assert take_in(db, postfix("root@letters.example"), to=path).letter == letter.id


def test_a_letter_given_up_on_the_way_came_back_softly(db):
    letter, path = a_sent_letter(db, given.an_open_case(db))
    take_in(db, postfix(path, status="4.4.7", diagnosis="smtp; 451 not now"))

    assert letters.letter(db, letter.id).bounce is Bounce.SOFT


def test_a_letter_that_is_only_late_has_not_come_back(db):
    letter, path = a_sent_letter(db, given.an_open_case(db))
    taken = take_in(db, postfix(path, action="delayed", status="4.4.1"))

    assert taken.letter == letter.id and "delayed" in taken.sentence
    assert letters.letter(db, letter.id).bounced_at is None and counts.came_back(db) == 0


def forged(path: str, letter) -> list[bytes]:
    """Reports that name a letter without knowing our word for it."""
    word = path.partition("+")[2].partition("@")[0]
    other = ("a" if word[-1] != "a" else "b").join((word[:-1], ""))
    return [
        postfix(path.replace(word, other)),
        postfix(path.replace(word, f"{letter.id + 1}-{word.partition('-')[2]}")),
        postfix(path.replace(word, f"999999999999999999-{word.partition('-')[2]}")),
        postfix(path.replace(word, f"{letter.id}-{'a' * 16}")),
        postfix("letters@campaign.example").replace(b"<other@letters.example>", letter.message_id.encode()),
        postfix("letters@campaign.example").replace(b"\n\nDear", f"\nDelivered-To: {path}\n\nDear".encode()),
    ]


def test_a_forged_report_marks_nothing_and_is_told_in_a_sentence(db):
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    letter, path = a_sent_letter(db, ana)
    a_sent_letter(db, bo)

    for message in forged(path, letter):
        taken = take_in(db, message)
        assert taken.letter is None and ("forged" in taken.sentence or "did not come to" in taken.sentence)
    assert counts.came_back(db) == 0
    assert db.rows("SELECT id FROM events WHERE kind = 'bounce'") == []


def test_an_automatic_answer_to_a_letter_marks_nothing(db):
    _, path = a_sent_letter(db, given.an_open_case(db))
    for message in (reports_given.vacation(path), reports_given.receipt_of_reading(path), b"", b"\xff" * 100):
        assert take_in(db, message).letter is None
    assert counts.came_back(db) == 0


def test_a_letter_that_never_left_cannot_come_back(db):
    letter = given.a_letter(db, given.an_open_case(db))
    taken = take_in(db, postfix(OFFICE.return_path(letter.id, letter.message_id)))

    assert not taken.is_new and letters.letter(db, letter.id).bounced_at is None


def test_a_letter_of_somebody_forgotten_is_marked_all_the_same(db):
    letter, path = a_sent_letter(db, given.an_open_case(db))
    forgetting.forget(db, letter.receipt, patience=given.PATIENCE, now=given.NOON)

    assert take_in(db, postfix(path)).is_new
    assert counts.came_back(db) == 1


# Addresses that fail


def letters_that_come_back(db, case, n, *, now=given.NOON, status="5.1.1"):
    for place in range(n):
        at = now + timedelta(minutes=place)
        _, path = a_sent_letter(db, case, now=at)
        take_in(db, postfix(path, status=status, diagnosis=f"smtp; 550 no such user, time {place + 1}"), at)


def test_an_address_from_which_three_letters_came_back_is_proposed_and_nothing_is_paused(db):
    ana = given.an_open_case(db)
    letters_that_come_back(db, ana, 2)
    assert bounces.failing_addresses(db, given.NOON + timedelta(hours=1)) == []

    letters_that_come_back(db, ana, 1, now=given.NOON + timedelta(minutes=30))

    (failing,) = bounces.failing_addresses(db, given.NOON + timedelta(hours=1))
    assert (failing.email, failing.n) == (DIRECTOR, 3)
    assert failing.words == "5.1.1: 550 no such user, time 1" and "Testov" in failing.title
    _, path = a_sent_letter(db, ana, now=given.NOON + timedelta(hours=1))
    assert path.startswith("bounces+")
    assert figures.counted(db).by[Face.TARGET][actions.targets(db, ana.action)[0].id].came_back == 3


def test_one_address_in_two_actions_is_one_address(db):
    letters_that_come_back(db, given.an_open_case(db), 2)
    letters_that_come_back(db, given.an_open_case(db, "Bo Chen", ua="72/26"), 2, now=given.NOON + timedelta(hours=1))

    (failing,) = bounces.failing_addresses(db, given.NOON + timedelta(hours=2))
    assert failing.n == 4


def test_soft_old_and_repeated_reports_propose_nothing(db):
    ana = given.an_open_case(db)
    letters_that_come_back(db, ana, 3, status="4.4.7")
    _, path = a_sent_letter(db, ana)
    for _ in range(5):
        take_in(db, postfix(path))
    assert bounces.failing_addresses(db, given.NOON + timedelta(hours=1)) == []

    letters_that_come_back(db, ana, 2)
    assert len(bounces.failing_addresses(db, given.NOON + timedelta(days=6))) == 1
    assert bounces.failing_addresses(db, given.NOON + timedelta(days=8)) == []


def test_an_address_that_works_again_is_no_longer_proposed(db):
    ana = given.an_open_case(db)
    letters_that_come_back(db, ana, 3)
    a_sent_letter(db, ana, now=given.NOON + timedelta(hours=2))

    assert bounces.failing_addresses(db, given.NOON + timedelta(hours=3)), "it may yet come back"
    assert bounces.failing_addresses(db, given.NOON + timedelta(hours=27)) == []


def test_an_address_that_an_output_has_replaced_is_not_proposed(db):
    ana = given.an_open_case(db)
    letters_that_come_back(db, ana, 3)
    moved = given.ADDRESSEE.replace(DIRECTOR, "office@justice.example")
    given.take_in(db, given.an_output("Ana Ruiz", ordinal=2, addressee=moved))

    assert bounces.failing_addresses(db, given.NOON + timedelta(hours=1)) == []


# A mailbox


class FakeMailbox:
    def __init__(self, db, *messages: bytes) -> None:
        self.db, self.messages, self.read, self.known = db, dict(enumerate(messages)), {}, []

    def unread(self):
        for name, message in self.messages.items():
            if str(name) not in self.read:
                yield str(name), message

    def mark_read(self, name, *, for_a_person):
        self.read[name] = for_a_person
        self.known.append(counts.came_back(self.db))


def test_a_mailbox_is_read_and_each_message_marked_once_it_is_written_down(db):
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    (_, first), (_, second) = a_sent_letter(db, ana), a_sent_letter(db, bo)
    box = FakeMailbox(db, postfix(first), b"Dear all, thank you.", postfix(second), postfix(first))

    taken = bouncing.empty(db, OFFICE, box, given.NOON)

    assert [one.is_new for one in taken] == [True, False, True, False]
    assert box.read == {"0": False, "1": True, "2": False, "3": False}
    assert box.known == [1, 1, 2, 2]
    assert bouncing.empty(db, OFFICE, box, given.NOON) == []
