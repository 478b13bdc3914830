"""The receipt: where a letter is, how to send it oneself, and the word that it went."""

import io
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pypdf
import pytest

from campaign.domain.letter import LetterState
from campaign.domain.posting import Posted, PostingResult
from campaign.domain.urgent_action import Outcome
from campaign.flow import bouncing, holding, sending
from campaign.store import counts, letters
from campaign.web.mailing import mailto, ways
from campaign.web.words import STATE_WORDS
from tests import given
from tests.reports_given import postfix
from tests.web.given_forms import CASE, SOL, WRITE, confirm_link, mails


@pytest.fixture
def ana(db):
    return given.an_open_case(db)


def a_receipt(client, **values) -> str:
    return client.send(WRITE, **SOL | {"channel": "post"} | values).location


# Where it is


@pytest.mark.parametrize(
    ("state", "answer"),
    [
        (LetterState.SENT, PostingResult(Posted.SENT, 250, "OK")),
        (LetterState.REFUSED, PostingResult(Posted.REFUSED, 550, "no such mailbox")),
        (LetterState.QUEUED, PostingResult(Posted.LATER, 451, "try later")),
    ],
)
def test_the_state_is_told_in_plain_words_with_the_server_s_own_where_it_refused(client, db, ana, state, answer):
    letter = given.a_letter(db, ana)
    sending.drain(given.a_sender(db, given.FakePostbox(answers=[PostingResult(Posted.SENT, 250, "OK"), answer])))

    text = client.page(f"/letters/{letter.receipt}").text
    assert letters.letter(db, letter.id).state is state
    assert STATE_WORDS[state] in text and letter.number in text
    assert ("no such mailbox" in text) == (state is LetterState.REFUSED)
    assert "22 November 2026, 12:00 UTC" in text


def test_a_refusal_is_told_in_the_reader_s_language_with_the_server_s_words_beside_it(client, db, ana):
    letter = given.a_letter(db, ana)
    sent, full = PostingResult(Posted.SENT, 250, "OK"), PostingResult(Posted.REFUSED, 552, "5.2.2 over quota")
    sending.drain(given.a_sender(db, given.FakePostbox(answers=[sent, full])))

    said = "The mailbox at this address is full. In the mail server’s own words: 552 5.2.2 over quota"
    assert said in client.page(f"/letters/{letter.receipt}").text
    client.get("/in/es")
    assert "El buzón de esta dirección está lleno." in client.page(f"/letters/{letter.receipt}").text


def test_a_reason_of_our_own_stands_alone(client, db, ana):
    letter = given.a_letter(db, ana)
    silent, sent = PostingResult(Posted.UNKNOWN, None, ""), PostingResult(Posted.SENT, 250, "OK")
    for hours in (0, 1, 2):
        box = given.FakePostbox(answers=[sent, silent] if not hours else [silent])
        sending.drain(given.a_sender(db, box, now=given.NOON + timedelta(hours=hours)))

    text = client.page(f"/letters/{letter.receipt}").text
    assert letters.letter(db, letter.id).state is LetterState.UNCERTAIN
    assert "The mail server did not answer." in text and "own words" not in text


def test_every_state_has_its_words():
    assert set(STATE_WORDS) == set(LetterState)


def test_a_draft_sent_as_it_was_gets_one_nudge_and_no_more(client, db, ana):
    page = client.page(a_receipt(client))
    assert "It is still the draft, word for word." in page.text
    change = page.links["Add a sentence"]

    client.send(change, body="Dear Director,\n\nMy own words.\n\nYours,")
    text = client.page(f"/letters/{letters.letter(db, 1).receipt}").text
    assert "My own words." in text and "word for word" not in text


def test_words_can_be_changed_until_they_leave_and_what_does_not_fit_comes_back(client, db, ana):
    receipt = a_receipt(client)
    answer = client.send(f"{receipt}/change/1", status=422, body="x" * 3001, subject="My subject")
    assert "At most 3,000 characters" in answer.text and "My subject" in answer.text

    client.send(f"{receipt}/change/1", body="See https://evil.example")
    assert letters.letter(db, 1).state is LetterState.HELD
    assert "https://evil.example" in client.page(receipt).text
    client.send(f"{receipt}/change/1", body="Please free Ana Ruiz.")
    assert letters.letter(db, 1).state is LetterState.OPENED
    client.send(receipt, part="/sent/")
    assert client.page(f"{receipt}/change/1", status=409)
    assert client.page(f"{receipt}/change/99", status=404)


# From one's own mail program


def test_the_letter_opens_wherever_the_supporter_writes_mail(client, db, ana):
    receipt = client.send(WRITE, channel="own_mail", **SOL | {"email": "", "body": "Dear Director,\n\nÑandú & “you”?"})
    links = client.page(receipt.location).links

    opened = urlsplit(links["My mail program"])
    assert (opened.scheme, opened.path) == ("mailto", "director@justice.example")
    assert parse_qs(opened.query)["body"] == ["Dear Director,\r\n\r\nÑandú & “you”?\r\n\r\nSol Writer"]
    for name, field in (("Gmail", "su"), ("Outlook", "subject"), ("Yahoo", "subject")):
        asked = parse_qs(urlsplit(links[name]).query)
        assert "Ana Ruiz" in asked[field][0] and asked["to"] == ["director@justice.example"]
        assert "Ñandú & “you”?" in asked["body"][0]
    assert counts.numbers(db)["opened elsewhere"] == 1

    client.send(receipt.location, part="/sent/")
    assert letters.letter(db, 1).state is LetterState.REPORTED
    assert "You told us" in client.page(receipt.location).text


def test_a_text_too_long_for_a_link_is_left_out_and_said_to_be():
    short, long = (ways("a@b.example", "Subject", "word " * n) for n in (10, 590))

    assert [way.has_text for way in short] == [True] * 4
    assert [way.has_text for way in long] == [False, True, False, True]
    for way in long:
        assert len(way.address) <= 7500 and (way.has_text or "body" not in way.address)
    assert mailto("a+b@c.example", "a&b\r\nBcc: x", "") == "mailto:a+b@c.example?subject=a%26b%0D%0ABcc%3A%20x"


# It came back


@pytest.mark.parametrize(
    ("status", "words"),
    [("5.1.1", "the mail server at the other end did not accept it"), ("4.4.7", "then they gave up")],
)
def test_the_receipt_tells_that_a_letter_came_back_and_offers_another_way(client, db, ana, status, words):
    receipt = client.send(WRITE, **SOL, body="Dear Director,\n\nMy own words.").location
    link = confirm_link(db)
    client.send(link, part=link)
    mails(db)
    assert "came back" not in client.page(receipt).text

    office, letter = given.an_office(bounces="bounces@letters.example"), letters.letter(db, 1)
    report = postfix(office.return_path(1, letter.message_id), status=status, diagnosis="smtp; 550 <b>no</b> such user")
    bouncing.take_in(db, office, report, given.NOON)

    page = client.page(receipt)
    for said in (
        "This letter came back",
        words,
        "550 <b>no</b> such user",
        "22 November 2026",
        STATE_WORDS[LetterState.SENT],
    ):
        assert said in page.text, said
    assert "delivered" not in page.text
    again = client.page(page.links["Send it another way: by post, or from your own mail program"]).form("/write")
    assert again["values"]["target"] == str(letter.target) and "My own words." in again["values"]["body"]
    given.close(db, ana)
    assert not any("another way" in name for name in client.page(receipt).links)


# By post


def test_a_letter_for_the_post_is_a_page_of_pdf_and_a_plain_page_until_the_case_closes(client, db, ana):
    receipt = a_receipt(client, body="Dear Director,\n\nMy own words.")
    links = client.page(receipt).links
    answer = client.get(links["Page to print (PDF)"])
    pdf = pypdf.PdfReader(io.BytesIO(answer.data))
    printed = client.page(links["Plain page to print"]).text

    assert answer.mimetype == "application/pdf" and answer.headers["Cache-Control"] == "no-store"
    assert len(pdf.pages) == 1
    for text in (pdf.pages[0].extract_text(), printed):
        for words in ("Director", "1 Square of the Law", "My own words.", "Sol Writer", "22 November 2026"):
            assert words in text
    assert f"/wanted/{ana.id}-1-{ana.epoch}" in pdf.pages[0].extract_text()
    assert letters.letter(db, 1).number in pdf.pages[0].extract_text()

    given.close(db, ana)
    for link in (links["Page to print (PDF)"], links["Plain page to print"]):
        answer = client.get(link)
        assert answer.status_code == 410 and "My own words." in answer.text
    page = client.page(receipt)
    assert "Please send nothing now" in page.text and "Plain page to print" not in page.links
    assert client.get(f"{receipt}.pdf?letter=99").status_code == 404


def test_a_held_letter_is_not_handed_out(client, db, ana):
    receipt = a_receipt(client, body="Please free Ana Ruiz. See https://evil.example")

    assert "Page to print (PDF)" not in client.page(receipt).links
    assert client.get(f"{receipt}.pdf").status_code == 409
    assert client.page(f"{receipt}/print/1", status=409)
    holding.release(db, 1, by="Olu", now=given.NOON)
    assert client.get(f"{receipt}.pdf").status_code == 200


def test_signs_that_we_have_no_type_for_are_printed_by_the_browser(client, db, ana):
    receipt = a_receipt(client, body="Dear Director,\n\n请释放 Ana Ruiz 🙏")

    assert "Page to print (PDF)" not in client.page(receipt).links
    assert client.get(f"{receipt}.pdf").status_code == 409
    assert "请释放" in client.page(f"{receipt}/print/1").text


# I have sent it


def test_the_day_on_which_it_went_is_kept_and_a_day_that_cannot_be_is_refused(app, client, db, ana):
    receipt = a_receipt(client)
    app.extensions["desk"].clock = lambda: given.NOON + timedelta(days=3)
    for day in ("2026-11-29", "2026-11-01", "yesterday"):
        answer = client.send(receipt, part="/sent/", status=422, day=day)
        assert "Please choose the day on which the letter went" in answer.text
    client.send(receipt, part="/sent/", day="2026-11-23")

    letter = letters.letter(db, 1)
    assert (letter.state, letter.sent_on) == (LetterState.REPORTED, date(2026, 11, 23))
    assert "23 November 2026" in client.page(receipt).text
    assert counts.numbers(db)["reported sent"] == 1


# A copy, others, sharing


def test_a_copy_comes_by_mail_once(client, db, ana):
    receipt = a_receipt(client, body="Dear Director,\n\nMy own words.")
    for _ in range(2):
        answer = client.send(receipt, part="/copy/")
        assert "A copy is on its way" in client.page(answer.location).text

    (mail,) = mails(db)
    assert mail["To"] == "sol@supporter.example" and letters.letter(db, 1).number in mail["Subject"]
    assert "> My own words." in mail.get_content() and receipt in mail.get_content()


def test_a_letter_to_the_next_official_joins_the_receipt(client, db):
    two = given.ADDRESSEE.replace(
        "Dear Director,", "Prosecutor Nina Newova\nEmail: nina@justice.example\n\nDear Prosecutor,"
    )
    given.an_open_case(db, addressee=two)
    receipt = a_receipt(client, body="Dear Director,\n\nMy own words.")
    onward = client.page(receipt).links["Prosecutor Nina Newova"]

    values = client.page(onward).form("/write")["values"]
    assert values["body"].split() == ["Dear", "Prosecutor,", "My", "own", "words."]
    assert (values["name"], values["email"], values["country"]) == ("Sol Writer", "sol@supporter.example", "NZ")
    assert client.send(onward, part="/write").location == receipt
    page = client.page(receipt)
    assert "To Director Pavel Testov" in page.text and "To Prosecutor Nina Newova" in page.text
    assert "Write to somebody else for the same person" not in page.text


def test_links_to_share_carry_nothing_of_the_one_who_shares(client, db, ana):
    receipt = a_receipt(client)
    links = client.page(receipt).links

    for name in ("WhatsApp", "Telegram", "Bluesky", "Facebook", "By e-mail"):
        assert CASE.replace("/", "%2F") in links[name] and receipt.rpartition("/")[2] not in links[name]
        assert "Sol" not in links[name]


# Forget me


def test_forget_me_erases_at_once_and_the_number_stays(client, db, ana):
    receipt = a_receipt(client, body="Dear Director,\n\nMy own words.")
    client.send(receipt, part="/sent/")

    answer = client.send(receipt, part="/forget", status=200)
    assert "Your name, e-mail address and words are deleted." in answer.text
    letter = letters.letter(db, 1)
    assert (letter.name, letter.email, letter.body, letter.subject) == (None, None, None, None)
    page = client.page(receipt)
    assert "My own words." not in page.text and "Sol Writer" not in page.text
    assert counts.numbers(db)["reported sent"] == 1
    for path in (f"{receipt}.pdf", f"{receipt}/print/1"):
        assert client.get(path).status_code == 404


def test_a_queued_letter_that_is_forgotten_does_not_leave(client, db, ana):
    receipt = client.send(WRITE, **SOL).location
    link = confirm_link(db)
    client.send(link, part=link)
    client.send(receipt, part="/forget", status=200)

    assert [mail["To"] for mail in mails(db)] == []
    assert letters.letter(db, 1).state is LetterState.WITHDRAWN


def test_when_the_case_has_ended_the_receipt_tells_the_news_and_offers_the_next(client, db):
    ana, _ = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    receipt = a_receipt(client)
    given.close(db, ana, outcome=Outcome.RELEASED)

    page = client.page(receipt)
    for words in ("Please send nothing now", "Ana Ruiz was released.", "Her lawyer wrote to us.", "Bo Chen"):
        assert words in page.text
    assert "/ua/71-26/bo-chen/write" in page.links.values()
    assert "I have sent it" not in page.text
