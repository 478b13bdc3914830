"""What is handed over to an official: the page and the paper say the same, and name nobody who wrote."""

import pypdfium2

from campaign.domain.letter import Channel
from campaign.flow import packing, reporting, sending, writing
from tests import given

TOLD = reporting.Told(46, given.NOON.date(), "Olu", "Folder 7")


def test_a_delivery_counts_each_number_apart_and_hides_small_countries(olu, db):
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    for country in ("NZ",) * 6 + ("FR",) * 4 + ("CH",):
        given.a_letter(db, ana, country=country)
    sending.drain(given.a_sender(db, given.FakePostbox()))
    given.an_unconfirmed_letter(db, ana)
    given.an_opened_letter(db, ana)
    posted = given.an_opened_letter(db, bo, Channel.POST)
    writing.report(db, posted.receipt, posted.id, given.NOON)
    pack = packing.make(db, given.an_office(), packing.Wanted(ana.id, 50, ("en",)), by="Olu", now=given.NOON)
    reporting.report_pack(db, pack, TOLD, by="Olu", now=given.NOON)
    reporting.report_case(db, bo.id, None, TOLD, by="Olu", now=given.NOON)
    given.close(db, bo)

    text = olu.page("/organizer/targets/1/delivery").text
    for words in (
        "Sent by us 11", "Opened elsewhere 1", "Reported sent 1", "Reported by events 46", "Events reported 46 more letters",
        "New Zealand: 7", "Other countries (2): 5", "came from 3 countries", "They went on 22 November 2026.", "counted together",
        "Closed", "Ana Ruiz",
    ):  # fmt: skip
        assert words in text, words

    pdf = pypdfium2.PdfDocument(olu.get("/organizer/targets/1/delivery.pdf").data)
    paper = " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())
    for words in (
        "Letters to Director Pavel Testov", "accepted by our mail server", "Events reported 46 more letters", "New Zealand 7",
        "Other countries (2) 5", "came from 3 countries", "Ana Ruiz (UA 71/26)", "Open", "Closed",
        "Her lawyer wrote to us.", "Received by", "Signature",
        "Sent by us 11", "Reported by events 46", "1 Square of the Law", f"page 1 / {len(pdf)}",
    ):  # fmt: skip
        assert words in paper, (words, paper)
    for shown in (text, paper):
        assert "Sol Writer" not in shown and "France" not in shown and "supporter.example" not in shown
        assert "I ask you to free" not in shown


def test_an_official_to_whom_nothing_went_yet_has_a_delivery_of_noughts(olu, db):
    given.an_open_case(db)
    assert "Director Pavel Testov" in olu.page("/organizer/targets/").text
    assert "Sent by us 0" in olu.page("/organizer/targets/1/delivery").text
    assert len(pypdfium2.PdfDocument(olu.get("/organizer/targets/1/delivery.pdf").data)) >= 1
    assert olu.get("/organizer/targets/99/delivery").status_code == 404
    assert olu.get("/organizer/targets/99/delivery.pdf").status_code == 404
