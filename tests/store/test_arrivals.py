"""How documents came, each time."""

from campaign.store import arrivals
from campaign.store.steps.inbox import INBOX
from tests import given


def test_each_time_a_document_comes_is_kept_and_the_first_is_found_again(db):
    paper = given.an_output("Ana Ruiz")
    given.take_in(db, paper, name="one.txt")
    given.take_in(db, paper, name="two.txt")

    told = arrivals.arrivals_of(db, 1)
    assert [(one.name, one.is_repeat, one.came.via, one.came.by) for one in told] == [
        ("one.txt", False, "test", "Ada"), ("two.txt", True, "test", "Ada"),
    ]  # fmt: skip
    assert arrivals.first_arrivals(db, 1, 1) == {1: told[0]}


def test_documents_that_came_before_arrivals_were_kept_get_one(db):
    given.take_in(db, given.an_output("Ana Ruiz"), name="old.txt")
    db.run("DELETE FROM arrivals")

    (fill,) = [statement for statement in INBOX.statements if statement.startswith("INSERT INTO arrivals")]
    db.run(fill)

    (one,) = arrivals.arrivals_of(db, 1)
    assert (one.name, one.at, one.is_repeat, one.came.via) == ("old.txt", given.NOON, False, "test")


def test_a_message_is_known_by_its_own_name_and_one_that_is_proven_by_proven_ones_alone(db):
    given.take_in(db, given.an_output("Ana Ruiz"))
    for signed_by in (None, "office.example"):
        came = arrivals.Came("mail", "a@b.example", None, f"<{signed_by}@x>", signed_by, "…")
        arrivals.add_arrival(db, 1, came, name="x", is_repeat=False, now=given.NOON)

    assert arrivals.came_by_message(db, "<None@x>", None) == [1]
    assert arrivals.came_by_message(db, "<None@x>", "office.example") == []
    assert arrivals.came_by_message(db, "<office.example@x>", "office.example") == [1]
    assert arrivals.came_by_message(db, "<office.example@x>", None) == [1]
