"""The record: admins look through every change; everybody sees the public part of it, and computes the statuses again."""

import csv
import io
import json
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from campaign.domain.recomputing import verify
from campaign.domain.urgent_action import Outcome
from campaign.flow import deciding, pausing, sending
from campaign.store import cases, journal, record
from campaign.store.journal import Event
from tests import given
from tests.given import CLOSED, OPEN

RECORD = "/admin/record"
FINAL = given.an_output(ordinal=2, final=True, says={"Ana Ruiz": CLOSED, "Bo Chen": OPEN})
EVIL = "<script>alert(1)</script>"


@pytest.fixture
def series(db):
    """Ana and Bo; the final paper closes her, and Ada opens her case again."""
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    given.take_in(db, FINAL, now=given.NOON + timedelta(days=1))
    deciding.reopen(
        db,
        ana.id,
        reason="Her sister Rosa told us.",
        by="Ada",
        now=given.NOON + timedelta(days=2),
        patience=given.PATIENCE,
    )
    return ana, bo


def entries(page) -> list[str]:
    return [words for words, link in page.links.items() if words.startswith("entry ")]


# What admins see


def of_cases_and_actions(db):
    """Every event but those of accounts."""
    return [event for event in journal.events(db) if event["kind"] not in ("account", "role", "setting")]


def test_each_entry_says_in_a_sentence_who_did_what_when_and_why_and_where_it_stands(ada, db, series):
    page = ada.page(RECORD)

    for words in (
        "The status of Ana Ruiz (UA 71/26) became open.",
        "The status of Ana Ruiz (UA 71/26) went from open to closed.",
        "The status of Ana Ruiz (UA 71/26) went from closed to open.",
        "A paper was filed: Second and final output of UA 71/26.",
        "It was decided that letters for Ana Ruiz (UA 71/26) can go on.",
        "Why: Her sister Rosa told us.",
        "Ada · 24 November 2026, 12:00 UTC",
        "NO FURTHER ACTION IS REQUESTED FOR ANA RUIZ",
    ):
        assert words in page.text, words
    assert page.text.index("from closed to open") < page.text.index("became open")
    sha256 = db.rows("SELECT sha256 FROM documents ORDER BY id DESC LIMIT 1")[0]["sha256"]
    line = cases.case_named(db, "bo-chen").cause.first
    assert f"/admin/documents/2#line-{line}" in page.links.values()
    assert f"Document {sha256[:8]}, line {line}" in page.links and sha256 not in page.text


def test_an_entry_s_own_page_has_the_whole_hash_and_what_the_public_is_told(ada, db, series):
    closing = db.rows("SELECT id FROM events WHERE after_state = 'closing'")[0]["id"]
    sha256 = db.rows("SELECT sha256 FROM documents ORDER BY id DESC LIMIT 1")[0]["sha256"]

    text = ada.page(f"{RECORD}/{closing}").text
    assert sha256 in text and "Before open" in text and "After closing" in text and '"kind": "status"' in text
    assert ada.get(f"{RECORD}/9999").status_code == 404


@pytest.mark.parametrize(
    ("view", "seen", "unseen"),
    [
        ("action=71-26", "Ana Ruiz", "Eve Mbeki"),
        ("case=1", "Ana Ruiz", "The status of Bo Chen"),
        ("kind=decision", "It was decided", "became open"),
        ("who=Ada&kind=case", "from closed to open", "Sending paused"),
        ("who=Olu", "Sending paused or resumed: from going to paused.", "became open"),
        ("from=2026-11-24", "from closed to open", "became open"),
        ("to=2026-11-22", "became open", "from closed to open"),
        ("action=71-26&case=1&kind=case&who=Ada&from=2026-11-23&to=2026-11-23", "from open to closed", "became"),
        ("letters=y", "A letter for Eve Mbeki (UA 72/26) went from “Waits in our queue” to “Being handed over”.", "Sol Writer"),
        ("letters=y&who=the sender", "Being handed over", "became open"),
        ("letters=y&kind=letter&action=72-26", "Sent: our mail server took it", "became open"),
    ],
)  # fmt: skip
def test_a_view_is_an_address_that_keeps_what_was_chosen(ada, db, series, view, seen, unseen):
    eve = given.an_open_case(db, "Eve Mbeki", ua="72/26")
    given.a_letter(db, eve)
    sending.drain(given.a_sender(db, given.FakePostbox()))
    pausing.pause(db, None, reason="Holidays", by="Olu", now=given.NOON)

    page = ada.page(f"{RECORD}?{view}")

    shown = page.text[page.text.index("Entries, the newest first") :]
    assert seen in shown and unseen not in shown
    values = page.form(RECORD)["values"]
    for name, value in parse_qs(view).items():
        assert values[name] == value[0]


def test_letters_own_lives_are_left_out_until_they_are_asked_for(ada, db):
    given.a_letter(db, given.an_open_case(db))

    assert "A letter for" not in ada.page(RECORD).text
    page = ada.page(f"{RECORD}?letters=y")
    assert "A letter for Ana Ruiz" in page.text and page.links["the letter"] == "/organizer/sent/1"
    assert "Sol Writer" not in page.text and "supporter.example" not in page.text


def test_a_long_record_comes_in_pages_that_keep_the_choice(ada, db, series, monkeypatch):
    monkeypatch.setattr(record, "A_PAGE", 2)

    page, seen = ada.page(f"{RECORD}?action=71-26"), []
    while True:
        seen += entries(page)
        if "Older entries" not in page.links:
            break
        assert parse_qs(urlsplit(page.links["Older entries"]).query)["action"] == ["71-26"]
        page = ada.page(page.links["Older entries"])
    assert len(seen) == len(set(seen)) == len(of_cases_and_actions(db))


@pytest.mark.parametrize(
    ("odd", "sentence"),
    [
        ("action=99-99", "We know of no Urgent Action “99-99”."),
        ("case=x", "We know of no such person."),
        ("case=99999999999999999999", "We know of no such person."),
        ("action=72-26&case=1", "Ana Ruiz is not in the Urgent Action 72/26."),
        ("kind=nonsense", "No change on record is of the kind “nonsense”."),
        ("from=yesterday", "“yesterday” is no day."),
        ("to=9999-12-31", "is no day."),
        ("from=2026-12-01&to=2026-11-01", "The first day is later than the last"),
        (f"action={EVIL}", "We know of no Urgent Action"),
    ],
)
def test_what_means_nothing_in_an_address_is_told_in_words_and_shows_nothing(ada, db, series, odd, sentence):
    given.an_open_case(db, "Eve Mbeki", ua="72/26")

    answer = ada.get(f"{RECORD}?{odd}")
    assert answer.status_code == 422 and sentence in answer.text and "became open" not in answer.text
    assert EVIL not in answer.text


def test_a_view_into_which_nothing_fits_says_so(ada, db, series):
    assert "No entry fits." in ada.page(f"{RECORD}?from=2027-01-01").text
    assert "Nobody called “Adda” is in the record." in ada.page(f"{RECORD}?who=Adda").text
    assert (
        "No entry fits." in ada.page(f"{RECORD}?below=1").text
        or "Nothing is in the record" in ada.page(f"{RECORD}?below=1").text
    )
    assert entries(ada.page(f"{RECORD}?below=nonsense"))


def test_changes_of_a_kind_that_nobody_foresaw_are_told_all_the_same(ada, db):
    target = given.an_open_case(db)
    journal.record(
        db,
        Event(
            given.NOON, "Ada", "role", subject="account:olu", before="organizer", after="admin", reason="She minds it."
        ),
        Event(given.NOON, "Ada", "address_failing", subject="target:1", after="failing", reason=EVIL),
        Event(given.NOON, "Ada", "deadline", subject="action:71-26", before="2026-12-01", after="2027-01-01"),
        Event(given.NOON, "Ada", "setting"),
    )

    page = ada.page(RECORD)
    for words in (
        "Role (the account olu): from organizer to admin.",
        "Address failing (the addressee Director Pavel Testov): failing.",
        "Deadline (UA 71/26): from 2026-12-01 to 2027-01-01.",
        "Setting.",
    ):
        assert words in page.text, words
    assert len(entries(ada.page(f"{RECORD}?action={target.ua_slug}"))) == len(of_cases_and_actions(db))
    assert EVIL not in ada.get(RECORD).text


# Taking it away


def taken(client, view: str, how: str) -> str:
    form = client.page(f"{RECORD}?{view}").form("/export")
    answer = client.post(form["action"], data=form["values"] | {"how": how})
    assert answer.status_code == 200 and "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.text


def test_the_view_is_taken_away_as_a_table_and_as_json_lines_the_oldest_first(ada, db, series):
    lines = [json.loads(line) for line in taken(ada, "kind=case&case=1", "jsonl").splitlines()]
    assert [line["after"] for line in lines] == ["open", "closing", "closed", "open"]
    assert (
        lines[0].keys() == set(record.FIELDS) and lines[1]["case"] == "71-26/ana-ruiz" and len(lines[1]["sha256"]) == 64
    )

    rows = list(csv.DictReader(io.StringIO(taken(ada, "kind=case&case=1", "csv"))))
    assert [{name: value or None for name, value in row.items()} for row in rows] == [
        {name: str(value) if value is not None else None for name, value in line.items()} for line in lines
    ]


def test_a_stream_is_put_together_from_pieces_without_a_seam(ada, db, series, monkeypatch):
    whole = taken(ada, "action=71-26", "jsonl")
    for size in (1, 2, 3):
        monkeypatch.setattr(record, "A_PIECE", size)
        assert taken(ada, "action=71-26", "jsonl") == whole


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "\r\n=1"])
def test_a_cell_that_a_spreadsheet_would_run_is_quoted(ada, db, cell):
    journal.record(db, Event(given.NOON, "Ada", "setting", reason=cell, after=cell))

    row = next(csv.DictReader(io.StringIO(taken(ada, "kind=setting", "csv"), newline="")))
    quoted = "'" + cell.replace("\r\n", "\n").replace("\r", "\n")
    assert (row["reason"], row["after"]) == (quoted, quoted)
    assert json.loads(taken(ada, "kind=setting", "jsonl"))["reason"] == cell


def test_who_took_the_record_away_stands_in_it(ada, db, series):
    taken(ada, "case=1&from=2026-11-22", "csv")

    page = ada.page(f"{RECORD}?kind=export")
    assert "The record was exported: case 1, from 2026-11-22. Ada · 22 November 2026" in page.text


def test_without_its_token_or_a_way_nothing_is_taken_away(ada, db, series):
    before = journal.events(db)
    form = ada.page(RECORD).form("/export")

    assert ada.post(form["action"], data={"how": "csv"}).status_code == 422
    assert ada.post(form["action"], data=form["values"] | {"how": "xls"}).status_code == 422
    assert ada.post(f"{form['action']}?from=never", data=form["values"] | {"how": "csv"}).status_code == 422
    assert journal.events(db) == before


# What everybody sees


def test_the_public_record_names_each_case_each_paper_and_each_line(client, db, series):
    assert client.page("/").links["Public record"] == "/record"
    index = client.page("/record")
    assert "Ana Ruiz" in index.text and "Bo Chen" in index.text and index.links["record.json"] == "/record.json"

    page = client.page(index.links["UA 71/26"])
    for words in (
        "Second and final output of UA 71/26", "EUR 99/4002/2026", "2 March 2026", "NO FURTHER ACTION IS REQUESTED FOR ANA RUIZ",
        "An admin decided: letters for Ana Ruiz can go on.", "letters can go on → no more letters", "Entry 1, 22 November 2026",
    ):  # fmt: skip
        assert words in page.text, words
    assert db.rows("SELECT sha256 FROM documents ORDER BY id LIMIT 1")[0]["sha256"] in page.text


def test_nobody_who_works_here_or_writes_stands_in_the_public_record(client, staff, db, series):
    letter = given.a_letter(db, series[1])
    sending.drain(given.a_sender(db, given.FakePostbox()))
    given.close(db, series[1], outcome=Outcome.RELEASED)

    for path in ("/record", "/record/71-26", "/record.json"):
        text = client.get(path).text
        for private in (
            "Ada",
            "Olu",
            "Rosa",
            "lawyer",
            "Sol",
            "supporter",
            letter.receipt,
            str(letter.message_id),
            "12:00",
        ):
            assert private not in text, (path, private)


def test_from_the_public_record_everybody_computes_the_same(client, db, series):
    answer = client.get("/record.json")

    assert answer.mimetype == "application/json"
    verified = verify(answer.get_json())
    assert verified.agrees and {case.case: case.told for case in verified.cases} == {
        "71-26/ana-ruiz": "open",
        "71-26/bo-chen": "open",
    }


def test_the_file_may_be_kept_for_a_minute_and_is_asked_for_by_its_tag(client, db, series):
    answer = client.get("/record.json")
    assert (answer.cache_control.max_age, answer.cache_control.public) == (60, True)
    again = client.get("/record.json", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304 and again.data == b""

    given.close(db, series[0])
    assert client.get("/record.json", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 200


def test_a_public_record_of_nothing_says_so_and_is_a_record(client):
    assert "No paper has been read yet." in client.page("/record").text
    assert verify(client.get("/record.json").get_json()).agrees
    assert client.get("/record/99-99").status_code == 404


@pytest.mark.parametrize("tongue", ["fr", "es", "ar"])
def test_the_public_record_speaks_the_reader_s_language(client, db, series, tongue):
    for path in ("/record", "/record/71-26"):
        text = client.get(path, headers={"Accept-Language": tongue}).text
        assert (
            "Public record" not in text
            and "can go on" not in text.replace("ACTIONS CAN", "")
            and "An admin" not in text
        )
