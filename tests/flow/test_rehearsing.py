"""The rehearsal: whom a document closes and keeps, how many letters it stops, whom it thanks, and what else it changes."""

import pytest

from campaign.flow import intake, sending, telling_admins
from campaign.store import cases, documents
from campaign.store.documents import DocumentState
from tests import given
from tests.documents_given import apply, kept, rehearsed, states
from tests.given import ADDRESSEE, CLOSED, OPEN

PAPERS = sorted(given.SAMPLES.glob("ua-*.txt"))


def written(db, name: str, n: int) -> None:
    case = next(case for case in cases.cases(db) if case.person.name == name)
    for _ in range(n):
        given.a_letter(db, case)


def test_the_final_output_of_the_sample_series_is_told_in_one_sentence_with_both_lines(db):
    for paper in PAPERS[:2]:
        given.take_in(db, paper.read_bytes())
    written(db, "Wang Jianbing", 3)
    sending.drain(given.a_sender(db, given.FakePostbox()))
    written(db, "Wang Jianbing", 2)
    third = kept(db, PAPERS[2].read_bytes())

    told = rehearsed(db, third)

    assert told.summary == (
        "Closes Wang Jianbing (released), keeps Sophia Huang Xueqin open, stops 2 letters, thanks 3 writers."
    )
    lines = {change.name: change.facts["cause"].text for change in told.changes}
    assert lines == {
        "Wang Jianbing": "NO FURTHER ACTION IS REQUESTED FOR WANG JIANBING",
        "Sophia Huang Xueqin": "ACTIONS CAN CONTINUE FOR SOPHIA HUANG XUEQIN",
    }
    assert told.others == ("The deadline of 18 March 2025 no longer applies.",)
    assert told.questions == () and told.refused is None
    assert states(db) == {"Sophia Huang Xueqin": "open", "Wang Jianbing": "open"}


def test_addressee_deadline_demand_and_people_are_told_where_they_change(db):
    given.open_cases(db, "Ana Ruiz", deadline="18 March 2027")
    other = ADDRESSEE.replace("Director Pavel Testov", "Minister Rita Novak")
    paper = given.an_output("Ana Ruiz", "Cy Diaz", ordinal=2, deadline="1 June 2027", addressee=other).replace(
        b"immediately and unconditionally", b"immediately and to give them medical care"
    )

    told = rehearsed(db, kept(db, paper))

    assert told.summary == "Keeps Ana Ruiz open, opens Cy Diaz."
    assert "Letters go to Minister Rita Novak instead of Director Pavel Testov." in told.others
    assert "The deadline moves from 18 March 2027 to 1 June 2027." in told.others
    assert any(words.startswith("A demand is added") and "medical care" in words for words in told.others)


def test_another_copy_changes_nothing_and_says_which_paper_it_is(db):
    given.open_cases(db, "Ana Ruiz")
    copy = kept(db, given.an_output("Ana Ruiz") + b"\n")

    assert rehearsed(db, copy).copy_of == "First output of UA 71/26"


def test_a_clear_final_output_is_applied_by_itself_and_every_admin_is_told_until_they_have_seen_it(db, accounts):
    given.open_cases(db, "Ana Ruiz", "Bo Chen")
    for document in documents.newest_documents(db):
        for account in accounts:
            telling_admins.mark_seen(db, account, [document.id], given.NOON)
    final = kept(db, given.an_output(ordinal=2, final=True, says={"Ana Ruiz": CLOSED, "Bo Chen": OPEN}))

    taken = intake.take_in_kept(db, final, False, actor="watched folder", now=given.NOON, patience=given.PATIENCE)

    assert taken.document.state is DocumentState.APPLIED
    assert states(db) == {"Ana Ruiz": "closed", "Bo Chen": "open"}
    ada, bea = accounts
    told = telling_admins.applied_alone(db, ada, given.NOON)
    assert [(one.label, one.closed) for one in told] == [("Second and final output of UA 71/26", "Ana Ruiz")]
    telling_admins.mark_seen(db, ada, [final.id], given.NOON)
    telling_admins.mark_seen(db, ada, [final.id], given.NOON)
    assert telling_admins.applied_alone(db, ada, given.NOON) == []
    assert len(telling_admins.applied_alone(db, bea, given.NOON)) == 1


def test_a_doubtful_final_output_that_comes_by_itself_holds_whom_it_may_close(db):
    given.open_cases(db, "Ana Ruiz", "Bo Chen")
    final = kept(db, given.an_output("Ana Ruiz", ordinal=2, final=True, says={"Ana Ruiz": CLOSED}))

    taken = intake.take_in_kept(db, final, False, actor="mailbox", now=given.NOON, patience=given.PATIENCE)

    assert taken.document.state is DocumentState.REVIEW
    assert states(db) == {"Ana Ruiz": "closed", "Bo Chen": "review"}


def test_what_an_admin_applied_is_told_to_nobody(db, accounts):
    apply(db, kept(db, given.an_output("Ana Ruiz")))

    assert telling_admins.applied_alone(db, accounts[0], given.NOON) == []


@pytest.fixture
def accounts(db):
    """The ids of Ada and Bea."""
    from campaign.domain.account import Role
    from campaign.flow import joining

    for name in ("Ada", "Bea"):
        joining.add_account(db, name, Role.ADMIN, "correct horse battery", given.NOON)
    return [row["id"] for row in db.rows("SELECT id FROM accounts ORDER BY id")]
