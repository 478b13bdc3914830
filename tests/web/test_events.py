"""An event's whole circle: a pack, its PDF, the report, the correction."""

import pypdfium2
import pytest

from campaign.store import batches, journal, packs
from tests import given
from tests.given import CLOSED


def a_pack(client, case, **other):
    wanted = {"letters": "4", "languages": ["en", "fr"], "target": None, "group": None} | other
    form = client.page(f"/organizer/events/cases/{case.id}/pack").form("pack")
    filled = {**form["values"], **{name: value for name, value in wanted.items() if value is not None}}
    answer = client.post(form["action"], data=filled)
    assert answer.status_code == 303, answer.text
    return answer.location


def code_on(client, address):
    return client.page(address).headings[0].removeprefix("Pack ")


def texts(pdf):
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def report(client, code, status=303, **told):
    told = {"n": "4", "held_on": "2026-11-22", "vouched_by": "Olu", "kept_at": "Folder 7", **told}
    return client.send(f"/organizer/events/report?code={code}", status=status, part="report", **told)


def test_the_whole_circle_from_a_pack_to_a_corrected_report(olu, db):
    ana = given.an_open_case(db)
    address = a_pack(olu, ana)
    code = code_on(olu, address)

    answer = olu.get(f"{address}.pdf")
    assert answer.mimetype == "application/pdf" and answer.headers["Cache-Control"] == "no-store"
    pages = texts(answer.data)
    assert len(pages) == 2 + 4 + 1 + 1
    assert (
        "Ana Ruiz" in pages[0] and "Open: letters can go on" in pages[0] and "Leave out your home address" in pages[0]
    )
    assert "Ce que demande votre lettre" in pages[1]
    letters = pages[2:6]
    assert len(set(letters)) == 4
    assert sum("Dear Director," in letter and "Name" in letter for letter in letters) == 2
    assert sum("Nom" in letter for letter in letters) == 2
    assert pages[6].count("1 Square of the Law") == 21
    assert code in pages[7] and "/organizer/events/report" in pages[7] and "4 letters" in pages[7]
    assert all(f"{n} / 8" in " ".join(page.split()) for n, page in enumerate(pages, 1))

    assert "4 letters for Ana Ruiz" in olu.page(f"/organizer/events/report?code={code.lower().replace('-', ' ')}").text
    report(olu, code, n="3")
    assert "3 letters for Ana Ruiz" in olu.page("/organizer/events/batches").text
    assert "has been reported" in olu.page(f"/organizer/events/report?code={code}").text

    first = batches.batches(db)[0]
    path = f"/organizer/events/batches/{first.id}/correct"
    assert "write something" in olu.send(path, status=422, part="correct", n="4").text
    olu.send(path, part="correct", n="4", reason="One lay under the table.")
    text = olu.page("/organizer/events/batches").text
    assert "4 letters for Ana Ruiz" in text and "3 letters on 22 November 2026" in text and "under the table" in text
    assert "4 letters reported by events, in 1 report." in text

    second, kept = batches.batches(db)
    assert (second.n, second.replaces, second.replaced_at) == (4, first.id, None)
    assert (kept.n, kept.replaced_at) == (3, given.NOON)
    told = [event for event in journal.events_of_case(db, ana.id) if event.kind == "batch"]
    assert [(event.actor, event.reason) for event in told] == [("Olu", "One lay under the table."), ("Olu", None)]
    assert told[0].before.startswith("3 letters") and told[0].after.startswith("4 letters")


def test_nothing_of_a_pack_is_printed_once_the_case_has_ended(olu, db):
    ana = given.an_open_case(db)
    address = a_pack(olu, ana)
    assert olu.get(f"{address}.pdf").status_code == 200

    given.close(db, ana)

    for path, status in ((f"{address}.pdf", 410), (f"/organizer/events/cases/{ana.id}/pack", 410), (address, 200)):
        page = olu.page(path, status=status)
        assert "The appeal for Ana Ruiz has ended, so no more letters are needed." in page.text
        assert not any(link.endswith(".pdf") for link in page.links.values())
    assert "Make a pack for Ana Ruiz" not in olu.page("/organizer/events/").text


def test_a_pack_asks_for_what_can_be_made(olu, db):
    ana = given.an_open_case(db)
    path = f"/organizer/events/cases/{ana.id}/pack"
    for wrong in ("0", "301", "x", "", "9" * 5000, "-1"):
        page = olu.send(path, status=422, part="pack", letters=wrong, languages="en").text
        assert "thing to look at" in page
    assert "at least one language" in olu.send(path, status=422, part="pack", letters="3", languages=None).text
    assert olu.send(path, status=422, part="pack", languages="xx")
    assert olu.send(path, status=422, part="pack", languages="en", target="999")
    assert packs.packs(db) == []
    assert olu.get("/organizer/events/cases/99999/pack").status_code == 404


def test_an_unknown_code_is_told_and_stays_in_the_field(olu, db):
    page = olu.page("/organizer/events/report?code=NONSENSE1", status=404)
    assert "no pack with the code “NONS-ENSE”" in page.text
    for rubbish in ("", "%00", "ш" * 300, "<script>", "' OR 1=1 --"):
        assert "<script>" not in olu.get("/organizer/events/report", query_string={"code": rubbish}).text


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"n": "5"}, "more than was printed: 5 letters of a pack of 4"),
        ({"n": "-1"}, "between 0 and 100,000"),
        ({"n": "many"}, "integer"),
        ({"held_on": "2026-12-24"}, "not after today"),
        ({"held_on": "2026-10-01"}, "not before its pack was made"),
        ({"held_on": "yesterday"}, "date"),
        ({"vouched_by": "  "}, "write something"),
        ({"kept_at": ""}, "write something"),
    ],
)
def test_what_does_not_fit_is_told_and_what_was_typed_comes_back(olu, db, told, sentence):
    code = code_on(olu, a_pack(olu, given.an_open_case(db)))

    answer = report(olu, code, status=422, **{"kept_at": "Folder 7", "reason": "", **told})

    assert sentence in answer.text
    assert batches.batches(db) == []


def test_more_than_printed_is_taken_with_a_word_of_explanation(olu, db):
    code = code_on(olu, a_pack(olu, given.an_open_case(db)))

    report(olu, code, n="46", reason="We copied the pages.")

    assert [(batch.n, batch.reason) for batch in batches.batches(db)] == [(46, "We copied the pages.")]


def test_a_report_that_comes_after_the_closing_counts_if_the_event_was_in_time(app, olu, db):
    ana = given.an_open_case(db)
    early, late = (code_on(olu, a_pack(olu, ana)) for _ in range(2))
    given.close(db, ana, now=given.NOON)
    app.extensions["desk"].clock = lambda: given.NOON.replace(day=25)
    olu.sign_in("Olu")

    report(olu, early, held_on="2026-11-22")
    answer = report(olu, late, status=410, held_on="2026-11-23")

    assert "ended on 22 November 2026, so letters of an event after that day are not counted" in answer.text
    assert len(batches.batches(db)) == 1


def test_an_event_without_a_pack_is_reported_by_its_case_and_twice_only_with_a_reason(olu, db):
    ana = given.an_open_case(db)
    path = f"/organizer/events/report?case={ana.id}"
    told = {"n": "12", "held_on": "2026-11-20", "vouched_by": "Olu", "kept_at": "Folder 8"}

    olu.send(path, part="report", **told)
    assert "very same report stands already" in olu.send(path, part="report", status=409, **told).text
    olu.send(path, part="report", reason="The other school.", **told)

    assert [batch.n for batch in batches.batches(db)] == [12, 12]
    assert olu.get("/organizer/events/report?case=777").status_code == 404


def test_a_pack_is_reported_once_and_a_report_corrected_once(olu, db):
    code = code_on(olu, a_pack(olu, given.an_open_case(db)))
    form = olu.page(f"/organizer/events/report?code={code}").form("report")
    told = form["values"] | {"n": "4", "held_on": "2026-11-22", "vouched_by": "Olu", "kept_at": "Folder 7"}
    assert olu.post(form["action"], data=told).status_code == 303
    assert "has been reported already" in olu.post(form["action"], data=told).text

    path = f"/organizer/events/batches/{batches.batches(db)[0].id}/correct"
    olu.send(path, part="correct", n="3", reason="Counted again.")
    answer = olu.send(path, part="correct", status=409, n="2", reason="And again.")
    assert "corrected this before you" in answer.text
    same = f"/organizer/events/batches/{batches.batches(db)[0].id}/correct"
    assert "stands there already" in olu.send(same, part="correct", status=409, reason="No.").text
    assert [batch.n for batch in batches.batches(db)] == [3, 4]


def test_a_pack_follows_its_case_and_goes_to_nobody_out_of_office(olu, db):
    ana = given.an_open_case(db)
    address = a_pack(olu, ana)
    newer = given.ADDRESSEE.replace("Pavel Testov", "Vera Novak")
    given.take_in(db, given.an_output("Ana Ruiz", ordinal=2, addressee=newer))

    page = olu.page(f"{address}.pdf", status=409)

    assert "no longer go to" in page.text and "Testov" in page.text


def test_a_final_output_that_leaves_doubts_stops_packs_too(olu, db):
    _, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    address = a_pack(olu, bo)
    given.take_in(db, given.an_output("Ana Ruiz", ordinal=2, final=True, says={"Ana Ruiz": CLOSED}))

    assert "is paused while we check" in olu.page(f"{address}.pdf", status=409).text
