"""What everybody sees."""

import pytest

from campaign.domain.urgent_action import Outcome
from campaign.flow import sending
from campaign.store import cases
from tests import given
from tests.given import CLOSED, OPEN


@pytest.fixture
def ana_closed_bo_open(db):
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    given.take_in(
        db,
        given.an_output(
            ordinal=2,
            final=True,
            says={"Ana Ruiz": CLOSED, "Bo Chen": OPEN},
            summary="Ana Ruiz was released on 3 March. Bo Chen is held.",
        ),
    )
    return ana, bo


def test_the_first_page_shows_open_people_and_whom_to_write_for(client, ana_closed_bo_open):
    page = client.page("/")

    assert page.links["Bo Chen"] == "/ua/71-26/bo-chen"
    assert "/ua/71-26/bo-chen/write" in page.links.values()
    assert "/ua/71-26/ana-ruiz/write" not in page.links.values()


def test_results_show_the_outcome_and_the_line_that_says_so(client, ana_closed_bo_open):
    text = client.page("/results").text

    assert "Ana Ruiz" in text and "Bo Chen" not in text.replace("ACTIONS CAN CONTINUE FOR BO CHEN", "")
    assert "Closed: released" in text
    assert "NO FURTHER ACTION IS REQUESTED FOR ANA RUIZ" in text
    assert "Second and final output of UA 71/26 · line" in text


def test_a_case_page_says_who_where_why_and_what_happened(client, ana_closed_bo_open):
    text = client.page("/ua/71-26/bo-chen").text

    for words in (
        "Bo Chen",
        "Togo",
        "Open: letters can go on",
        "ACTIONS CAN CONTINUE FOR BO CHEN",
        "Bo Chen is held.",
    ):
        assert words in text
    assert "immediate and unconditional release" in text
    assert "Director Pavel Testov" in text
    assert "Ana Ruiz" in text
    assert "First output of UA 71/26" in text


def test_an_action_page_shows_everybody_and_the_thread(client, ana_closed_bo_open):
    text = client.page("/ua/71-26").text

    assert "Ana Ruiz" in text and "Bo Chen" in text and "Second and final output" in text


def test_a_case_in_review_offers_no_letter(client, db):
    given.open_cases(db, "Ana Ruiz", "Bo Chen")
    given.take_in(db, given.an_output("Ana Ruiz", ordinal=2, final=True, says={"Ana Ruiz": CLOSED}))

    page = client.page("/ua/71-26/bo-chen")
    assert "Paused while we check" in page.text
    assert not [link for link in page.links.values() if link.endswith("/bo-chen/write")]
    assert client.page("/ua/71-26/bo-chen/write", status=409)


def test_after_the_deadline_the_page_warns_but_does_not_close(client, db):
    given.an_open_case(db, deadline="3 November 2026")

    page = client.page("/ua/71-26/ana-ruiz")
    assert "Ask before you write" in page.text
    assert "/ua/71-26/ana-ruiz/write" in page.links.values()


def test_letters_so_far_are_shown_from_25_on(client, db):
    ana = given.an_open_case(db)
    for _ in range(24):
        given.a_letter(db, ana)
    sending.drain(given.a_sender(db, given.FakePostbox()))
    assert "Letters so far" not in client.page("/ua/71-26/ana-ruiz").text

    given.a_letter(db, ana)
    sending.drain(given.a_sender(db, given.FakePostbox()))
    assert "Letters so far" in client.page("/ua/71-26/ana-ruiz").text
    assert "25 letters sent or reported" in client.page("/").text


def test_sad_news_is_told_as_it_is(client, db):
    ana = given.an_open_case(db)
    given.close(db, ana, outcome=Outcome.DIED)

    page = client.page("/ua/71-26/ana-ruiz")
    assert "Ana Ruiz has died." in page.text
    assert cases.case(db, ana.id).outcome is Outcome.DIED


@pytest.mark.parametrize(
    "path",
    ["/ua/99-99", "/ua/71-26/nobody", "/ua/99-99/x/write", "/letters/none", "/confirm/none", "/nothing", "/ua/%00/%ff"],
)
def test_what_is_not_there_gets_a_page_that_says_so(client, db, path):
    given.an_open_case(db)
    assert client.page(path, status=404)


@pytest.mark.parametrize("path", ["/", "/results", "/how-it-works", "/privacy", "/sign-in"])
def test_pages_stand_when_there_is_nothing_yet(client, path):
    assert client.page(path)


def test_health_answers_machines(client):
    assert client.get("/health").json == {"status": "ok"}


def test_the_first_page_names_nobody_who_needs_no_letters(client, ana_closed_bo_open):
    text = client.page("/").text

    assert "Ana Ruiz" not in text and "Cases that have ended: 1, with good news: 1." in text


def test_what_is_said_of_a_person_names_nobody_else_where_that_can_be_helped(client, db):
    given.take_in(
        db,
        given.an_output(
            "Ana Ruiz",
            "Bo Chen",
            summary="Ana Ruiz and Bo Chen were taken on 1 May. Bo Chen has been ill since. Both are teachers.",
        ),
    )
    said = {case.person.name: case.about for case in cases.cases(db)}

    assert said == {"Ana Ruiz": "Ana Ruiz and Bo Chen were taken on 1 May.", "Bo Chen": "Bo Chen has been ill since."}


# Finding somebody


@pytest.fixture
def eleven(db):
    for n, (name, country) in enumerate(
        [("Ñuño Pérez", "Peru"), ("Ana-Lena Ruiz", "Togo"), *((f"Person Number{n}", "Togo") for n in range(9))]
    ):
        given.an_open_case(db, name, ua=f"{80 + n}/26", country=country)


def test_with_more_than_ten_people_there_is_a_search_by_name_and_country(client, eleven):
    def found(**asked):
        page = client.get("/", query_string=asked)
        return [name for name in ("Ñuño Pérez", "Ana-Lena Ruiz", "Person Number0") if name in page.text]

    assert found() == ["Ñuño Pérez", "Ana-Lena Ruiz", "Person Number0"]
    assert found(q="nuno") == found(q="PEREZ ñu") == found(country="Peru") == ["Ñuño Pérez"]
    assert found(q="lena") == [] and found(q="ana-l") == ["Ana-Lena Ruiz"]
    assert found(q="person", country="Togo") == ["Person Number0"]
    assert found(q="<script>") == []
    assert "0 people found." in client.get("/?q=nobody").text and "One person found." in client.get("/?q=ana").text


def test_with_ten_people_or_fewer_there_is_none(client, db):
    given.an_open_case(db)
    page = client.page("/?q=nobody&country=Peru")

    assert "Ana Ruiz" in page.text and not page.forms


def test_a_case_page_speaks_of_those_of_the_same_action_whose_case_has_ended(client, ana_closed_bo_open):
    assert "Ana Ruiz was released." in client.page("/ua/71-26/bo-chen").text
    assert "Ana Ruiz was released." in client.page("/ua/71-26").text
