"""In which language a page speaks."""

import pytest

from campaign.domain.letter import LetterState
from campaign.store import letters
from campaign.tongues import TONGUES
from tests import given
from tests.web.conftest import Page
from tests.web.given_forms import CASE, SOL, WRITE, mails


@pytest.fixture
def ana(db):
    return given.an_open_case(db)


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        ("fr-CA,fr;q=0.9,en;q=0.8", "fr"), ("es", "es"), ("ar-EG", "ar"), ("de,fr;q=0.5", "fr"), ("de", "en"),
        ("", "en"), ("en;q=0.1,es;q=0.9", "es"), ("*;q=nonsense,,;;", "en"),
    ],
)  # fmt: skip
def test_a_page_speaks_as_the_browser_asks(client, ana, asked, spoken):
    answer = client.get("/", headers={"Accept-Language": asked})

    assert f'<html lang="{spoken}" dir="{"rtl" if spoken == "ar" else "ltr"}">' in answer.text
    assert answer.headers["Content-Language"] == spoken
    assert "Accept-Language" in answer.headers["Vary"]


def test_the_language_chosen_on_a_page_stays(client, ana):
    answer = client.get("/in/es?to=/results")
    assert (answer.status_code, answer.location) == (303, "/results")

    assert '<html lang="es"' in client.get("/", headers={"Accept-Language": "fr"}).text
    assert client.get("/in/tlh").status_code == 404
    assert client.get("/in/fr?to=//evil.example").location == "/"


def test_every_page_offers_the_other_languages_by_their_own_names_and_leads_back(client, ana):
    links = client.page(f"{CASE}?x=1").links

    for code, name in TONGUES.items():
        assert links[name] == f"/in/{code}?to={CASE}?x%3D1"


@pytest.mark.parametrize("tongue", ["fr", "es", "ar"])
def test_the_way_to_a_receipt_and_the_mail_are_in_that_language(client, db, ana, tongue):
    english = {path: client.page(path).text for path in ("/", CASE, WRITE)}
    client.get(f"/in/{tongue}")

    for path, text in english.items():
        said = client.page(path).text
        for words in ("Write for her", "What your letter asks for", "How shall it travel?", "Skip to the page"):
            assert words not in said
        assert said != text
    receipt = client.send(WRITE, **SOL).location
    assert "Waits for your yes" not in client.page(receipt).text
    (mail,) = mails(db)
    assert "one button" not in mail["Subject"] and "Good day" not in mail.get_content()
    assert letters.letter(db, 1).tongue == tongue


@pytest.mark.parametrize("tongue", ["fr", "es", "ar"])
def test_what_does_not_fit_is_told_in_that_language(client, db, ana, tongue):
    client.get(f"/in/{tongue}")
    answer = client.send(WRITE, status=422, **SOL | {"name": "", "email": "x", "country": "XX", "body": "y" * 4000})

    page = Page(answer.text)
    for words in ("Please", "At most", "Not a valid", "does not look"):
        assert words not in page.text
    assert page.form("write")["values"]["body"].strip() == "y" * 4000


@pytest.mark.parametrize(
    ("tongue", "read", "language"),
    [("fr", "French, English", "fr"), ("fr", "English", "en"), ("ar", "Arabic, French", "fr"), ("es", "Chinese", "es")],
)
def test_the_letter_follows_the_target_s_languages_and_the_supporter_s_own(client, db, tongue, read, language):
    given.an_open_case(db, languages=read)
    client.get(f"/in/{tongue}")

    assert client.page(WRITE).form("write")["values"]["language"] == language


def test_in_a_language_without_letters_of_ours_a_letter_is_still_written_and_sent(client, db, ana):
    client.get("/in/ar")
    client.send(WRITE, channel="post", **SOL | {"body": "حضرة المدير،\n\nأطلب الإفراج عن Ana Ruiz."})

    assert letters.letter(db, 1).state is LetterState.OPENED


def test_those_who_work_here_read_english_and_their_menu_says_so(ada, db):
    ada.get("/in/ar")

    assert '<html lang="en" dir="ltr">' in ada.get("/organizer/").text
    public = ada.get("/").text
    assert '<html lang="ar" dir="rtl">' in public and 'aria-label="Staff" lang="en" dir="ltr"' in public
