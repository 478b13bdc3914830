"""Once a closing is saved, every door to a letter is shut or tells of it, at once, whoever closed the case."""

import pytest

from campaign.domain.letter import LetterState
from campaign.domain.urgent_action import Outcome
from campaign.flow import sending
from campaign.store import letters
from campaign.store.database import connect
from tests import given
from tests.given import CLOSED
from tests.web.given_forms import CASE, SOL, WRITE, confirm_link


def by_an_admin(db, ana):
    given.close(db, ana, outcome=Outcome.RELEASED)


def by_a_final_output(db, ana):
    given.take_in(
        db,
        given.an_output(
            ordinal=2, final=True, says={"Ana Ruiz": CLOSED}, summary="Ana Ruiz was released on 3 March and is at home."
        ),
    )


@pytest.mark.parametrize("closing", [by_an_admin, by_a_final_output])
def test_after_a_closing_no_door_leads_to_a_letter(client, db, url, closing):
    ana = given.an_open_case(db)
    stale = client.page(WRITE).form("write")
    waiting = client.send(WRITE, **SOL).location
    link = confirm_link(db)
    own = client.send(WRITE, channel="own_mail", **SOL | {"email": "own@supporter.example"}).location
    post = client.send(WRITE, channel="post", **SOL | {"email": "post@supporter.example"}).location
    queued = given.a_letter(db, ana)

    with_their_own = connect(url)  # whoever closes it sits at another machine
    closing(with_their_own, ana)
    with_their_own.close()

    for path in (WRITE, link, f"{post}.pdf", f"{post}/print/3"):
        assert client.get(path).status_code == 410, path
    answer = client.post(
        stale["action"], data=stale["values"] | SOL | {"form_key": "late", "body": "Typed for an hour."}
    )
    assert answer.status_code == 410 and "Typed for an hour." in answer.text
    for receipt in (waiting, own, post):
        page = client.page(receipt)
        assert "Please send nothing now" in page.text and "Ana Ruiz was released." in page.text
        assert not [to for to in page.links.values() if to.startswith("mailto:director") or "compose" in to]
        assert "I have sent it" not in page.text
    assert "No, please do not post it" in client.page(f"/wanted/{ana.id}-1-{ana.epoch}").text
    assert "write" not in "".join(client.page(CASE).links.values())
    assert letters.letter(db, 1).state is letters.letter(db, queued.id).state is LetterState.STOPPED

    box = given.FakePostbox()
    sending.drain(given.a_sender(db, box))
    assert box.to("director@justice.example") == []
