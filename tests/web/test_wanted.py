"""The page behind the code on a printed letter: is it still wanted?"""

from campaign.domain.urgent_action import Outcome
from campaign.store import actions, cases
from tests import given
from tests.given import CLOSED


def test_an_open_case_says_yes(client, db):
    ana = given.an_open_case(db)

    text = client.page(f"/wanted/{ana.id}-1-{ana.epoch}").text
    assert "Yes, this letter is still wanted" in text and "ACTIONS" not in text


def test_an_ended_case_says_no_at_once_with_the_news_and_the_next_open_case(client, db):
    ana, _ = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    given.close(db, ana, outcome=Outcome.RELEASED)

    page = client.page(f"/wanted/{ana.id}-1-{ana.epoch}")
    for words in ("No, please do not post it", "Ana Ruiz was released.", "Her lawyer wrote to us.", "Bo Chen"):
        assert words in page.text


def test_a_case_in_review_says_wait(client, db):
    _, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    given.take_in(db, given.an_output("Ana Ruiz", ordinal=2, final=True, says={"Ana Ruiz": CLOSED}))

    assert "Please keep the letter until" in client.page(f"/wanted/{bo.id}-1-{bo.epoch}").text


def test_a_letter_to_an_official_who_was_replaced_is_written_anew(client, db):
    ana = given.an_open_case(db)
    newer = given.ADDRESSEE.replace("Pavel Testov", "Nina Newova")
    given.take_in(db, given.an_output("Ana Ruiz", ordinal=2, addressee=newer))

    page = client.page(f"/wanted/{ana.id}-1-{ana.epoch}")
    assert "Please ask before you post it" in page.text and "Director Nina Newova" in page.text
    assert f"/ua/{ana.path}/write" in page.links.values()


def test_after_the_deadline_it_says_ask(client, db):
    ana = given.an_open_case(db, deadline="3 November 2026")

    text = client.page(f"/wanted/{ana.id}-0-{ana.epoch}").text
    assert "Please ask before you post it" in text and "Ask before you write" in text


def test_what_has_changed_since_it_was_printed_is_told(client, db):
    ana = given.an_open_case(db)
    given.close(db, ana)
    from campaign.flow import deciding

    deciding.reopen(db, ana.id, reason="A mistake.", by="Ada", now=given.NOON, patience=given.PATIENCE)

    assert "Something has changed since it was printed." in client.page(f"/wanted/{ana.id}-1-{ana.epoch}").text
    assert cases.case(db, ana.id).epoch != ana.epoch


def test_an_address_that_was_never_printed_leads_nowhere(client, db):
    ana, bo = given.an_open_case(db), given.an_open_case(db, "Bo Chen", ua="72/26")
    foreign = actions.targets(db, bo.action)[0].id

    for path in (f"/wanted/{ana.id}-{foreign}-0", "/wanted/99-1-0", f"/wanted/{ana.id}-99-0", "/wanted/x-y-z"):
        assert client.page(path, status=404)
