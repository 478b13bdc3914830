"""What programs, readers, calendars, other sites and the press get: the public numbers, and nobody."""

from xml.etree import ElementTree

import pytest

from campaign.flow import deciding, sending
from campaign.store import counts
from tests import given
from tests.given import CLOSED, OPEN

ATOM = "{http://www.w3.org/2005/Atom}"
PUBLIC = ["/api/v1/cases", "/api/v1/counts", "/feed.atom", "/deadlines.ics", "/counter/71-26/ana-ruiz.svg"]
PRESS = "/ua/71-26/ana-ruiz/press"


@pytest.fixture
def ana(db):
    return given.an_open_case(db)


def wrote(db, case, country, n):
    for _ in range(n):
        given.a_letter(db, case, country=country)
    sending.drain(given.a_sender(db, given.FakePostbox()))


def test_below_twenty_five_letters_no_number_is_public_anywhere(client, db, ana):
    wrote(db, ana, "NZ", 24)
    counted = client.get("/api/v1/counts").json
    assert counted["all"] is None and counted["cases"] == {"71-26/ana-ruiz": None} and counted["countries"] == {}
    assert client.get("/api/v1/cases").json["cases"][0]["letters"] is None
    assert "24" not in client.get("/counter/71-26/ana-ruiz.svg").text.replace('viewBox="0 0 320 96"', "")
    assert "Numbers are shown from 25 letters on." in client.page(PRESS).text


def test_the_same_numbers_stand_in_the_api_on_the_press_page_and_in_the_counter(client, db, ana):
    wrote(db, ana, "NZ", 30)
    wrote(db, ana, "FR", 6)
    wrote(db, ana, "DE", 3)
    wrote(db, ana, "IE", 2)

    counted = client.get("/api/v1/counts").json
    figures = {
        "sent_by_us": 41, "opened_elsewhere": 0, "reported_sent": 0, "countries": 4, "first": "2026-11-22",
        "last": "2026-11-22",
    }  # fmt: skip
    assert counted["all"].items() >= figures.items() and counted["cases"]["71-26/ana-ruiz"] == counted["all"]
    assert counted["countries"] == {"NZ": 30, "FR": 6}
    assert counted["other_countries"] == {"countries": 2, "letters": 5}
    assert client.get("/api/v1/cases").json["cases"][0]["letters"] == counted["all"]
    assert sum(counts.numbers(db).values()) == 41

    page = client.page(PRESS).text
    assert "Sent by us or reported sent: 41. Countries they come from: 4. The first went on 22 November 2026" in page
    assert "New Zealand 30 France 6 Other countries: 2 5" in page
    assert ">41</text>" in client.get("/counter/71-26/ana-ruiz.svg").text


def test_nothing_public_names_a_writer_or_sets_a_cookie_and_any_site_may_ask(client, db, ana):
    for n in range(30):
        given.a_letter(
            db, ana, name="Sol Unique", email=f"sol{n}@supporter.example", body="Dear Director,\n\nSecret words."
        )
    for path in PUBLIC:
        answer = client.get(path)
        assert answer.status_code == 200 and "Set-Cookie" not in answer.headers, path
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Cache-Control"] == "public, max-age=60"
        for private in ("Sol", "@supporter", "Secret", "director@"):
            assert private not in answer.text, (path, private)


def test_the_api_says_status_evidence_and_deadline_of_each_case(client, db):
    given.open_cases(db, "Ana Ruiz", "Bo Chen")
    given.take_in(
        db, given.an_output("Ana Ruiz", "Bo Chen", ordinal=2, final=True, says={"Ana Ruiz": CLOSED, "Bo Chen": OPEN})
    )

    told = {case["person"]: case for case in client.get("/api/v1/cases").json["cases"]}
    assert told["Ana Ruiz"]["status"] == "closed" and told["Bo Chen"]["status"] == "open"
    assert told["Ana Ruiz"]["evidence"]["line"] and "ANA RUIZ" in told["Ana Ruiz"]["evidence"]["text"]
    assert told["Bo Chen"]["url"] == "http://127.0.0.1:8080/ua/71-26/bo-chen"


def test_the_feed_tells_the_newest_change_first_and_holds_what_xml_can_hold(client, db, ana):
    deciding.close(db, ana.id, reason="Free \x0b & <well>.", by="Ada", now=given.NOON, patience=given.PATIENCE)

    feed = ElementTree.fromstring(client.get("/feed.atom?lang=fr").data)
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"
    [entry] = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title").startswith("Ana Ruiz")
    assert "& <well>." in entry.findtext(f"{ATOM}summary") and "\x0b" not in entry.findtext(f"{ATOM}summary")
    assert entry.find(f"{ATOM}link").get("href") == "http://127.0.0.1:8080/ua/71-26/ana-ruiz"


def test_the_calendar_has_a_day_for_each_open_action_with_a_deadline_to_come(client, db):
    from icalendar import Calendar

    given.open_cases(db, "Ana Ruiz", "Bo Chen", deadline="31 December 2026")
    given.open_cases(db, "Cy Okoro", ua="72/26", deadline="1 March 2026")

    calendar = Calendar.from_ical(client.get("/deadlines.ics").data)
    [day] = calendar.walk("VEVENT")
    assert day["SUMMARY"] == "Last day for letters for Ana Ruiz, Bo Chen"
    assert day["DTSTART"].dt.isoformat() == "2026-12-31" and day["URL"] == "http://127.0.0.1:8080/ua/71-26"


def test_a_name_with_marks_in_it_stays_text_in_every_shape(client, db, ana):
    db.run("UPDATE cases SET name = :name", name='Ana <b>"Ruiz"</b> & Co')

    for path in (*PUBLIC, PRESS):
        answer = client.get(path)
        # JSON is never shown as a page: it says what it is, and browsers may not guess otherwise.
        is_json = answer.mimetype == "application/json" and answer.headers["X-Content-Type-Options"] == "nosniff"
        assert is_json or "<b>" not in answer.text, path
    ElementTree.fromstring(client.get("/counter/71-26/ana-ruiz.svg").data)
    ElementTree.fromstring(client.get("/feed.atom").data)


def test_a_closed_case_shows_what_became_of_it_on_the_press_page_and_in_the_counter(client, db, ana):
    wrote(db, ana, "NZ", 30)
    given.close(db, ana)

    assert (
        "Closed" in client.page(PRESS).text
        and "reported sent: 30. Countries they come from: 1." in client.page(PRESS).text
    )
    assert "Closed" in client.get("/counter/71-26/ana-ruiz.svg").text
    assert client.get("/counter/71-26/nobody.svg").status_code == 404
