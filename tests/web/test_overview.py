"""The organizers' first page: four numbers with their rules, alerts, choices, exports."""

import csv
import io
from datetime import timedelta

import pytest

from campaign.domain.letter import Channel
from campaign.flow import pausing, sending
from campaign.store import actions, finished
from campaign.store.journal import events_of_letter
from tests import given
from tests.counting_given import World

PAGE = "/organizer/"


@pytest.fixture
def ana(db):
    return given.an_open_case(db)


def an_event(db, case, n=46, held_on="2026-11-20", replaced_at=None):
    db.run(
        """INSERT INTO batches (case_id, n, held_on, vouched_by, kept_at, reported_by, reported_at, replaced_at)
           VALUES (:case, :n, :day, 'Olu', 'the office', 'Olu', '2026-11-21', :replaced)""",
        case=case.id,
        n=n,
        day=held_on,
        replaced=replaced_at,
    )


def a_group(db, code):
    sql = "INSERT INTO groups (code, name, made_by, made_at) VALUES (:code, :code, 'Ada', '2026-01-01') RETURNING id"
    return db.rows(sql, code=code)[0]["id"]


def rows(client, query=""):
    return client.get(f"/organizer/numbers.json{query}").json["rows"]


# Numbers


def test_the_four_numbers_stand_with_their_rules_and_a_corrected_batch_counts_once(olu, db, ana):
    an_event(db, ana, 40, replaced_at="2026-11-22")
    an_event(db, ana, 46)

    text = olu.page(PAGE).text
    assert "Reported by events 46 counted at events; a named person vouches for each count" in text
    assert (
        "accepted by our mail server for the addressee" in text and "The numbers are never added to each other" in text
    )


def test_a_choice_is_in_the_address_of_the_page_and_of_its_exports(olu, db, ana):
    bo = given.an_open_case(db, "Bo Chen", ua="72/26")
    given.an_opened_letter(db, ana, Channel.POST, country="FR")
    given.an_opened_letter(db, bo, country="NZ", now=given.NOON + timedelta(days=1))
    an_event(db, bo)

    for query, n in (("", 2), (f"?case={ana.path}", 1), ("?action=72-26", 1), ("?country=FR", 1), ("?channel=own_mail", 1),
                     ("?from=2026-11-23", 1), ("?to=2026-11-22&country=NZ", 0)):  # fmt: skip
        page = olu.page(f"{PAGE}{query}")
        assert f"Opened elsewhere {n} " in page.text, query
        assert page.links["CSV"] == "/organizer/numbers.csv" + query.replace("/", "/")
        assert rows(olu, query)[0]["opened elsewhere"] == n
    assert "Events do not tell from which country" in olu.page(f"{PAGE}?country=NZ").text
    assert rows(olu, "?country=NZ")[0]["reported by events"] == 0
    assert rows(olu, "?action=72-26")[0]["reported by events"] == 46


@pytest.mark.parametrize(
    "query",
    ["from=yesterday", "to=2026-13-01", "action=9-9", "case=x", "case=%00", "country=XX", "channel=pigeon", "group=no"],
)
def test_what_means_nothing_is_told_in_words_and_chooses_nothing(olu, db, ana, query):
    given.an_opened_letter(db, ana)

    text = olu.page(f"{PAGE}?{query}").text
    assert "Opened elsewhere 1 " in text and any(word in text for word in ("is no day", "We know of no", "is the code of no",
        "is no way that letters go", "There is no group"))  # fmt: skip


def test_organizers_see_the_numbers_of_their_own_groups_and_admins_of_all(olu, ada, db, ana):
    lyon, oslo = a_group(db, "lyon"), a_group(db, "oslo")
    account = db.rows("SELECT id FROM accounts WHERE name = 'Olu'")[0]["id"]
    db.run(
        "INSERT INTO organizers_of_groups (group_id, account_id) VALUES (:group, :account)", group=lyon, account=account
    )
    for group in (lyon, lyon, oslo):
        letter = given.an_opened_letter(db, ana)
        db.run("UPDATE letters SET group_id = :group WHERE id = :id", group=group, id=letter.id)

    assert rows(olu, "?group=lyon")[0]["opened elsewhere"] == 2
    assert "not yours to see" in olu.page(f"{PAGE}?group=oslo").text
    assert rows(ada, "?group=oslo")[0]["opened elsewhere"] == 1
    for asked in ("", "?group=oslo", "?country=NZ"):
        assert rows(olu, asked)[0]["opened elsewhere"] == 2, "an organizer of a group sees that group alone"
    assert rows(ada)[0]["opened elsewhere"] == 3
    assert {row["value"] for row in rows(olu) if row["by"] == "group"} == {"lyon"}
    assert {row["value"] for row in rows(ada) if row["by"] == "group"} == {"lyon", "oslo"}


def test_exports_hold_nobody_s_name_and_no_formula(olu, db):
    case = given.an_open_case(db, addressee=given.ADDRESSEE.replace("Director Pavel", "=Director Pavel"))
    given.a_letter(db, case, email="sol@supporter.example")
    sending.drain(given.a_sender(db, given.FakePostbox()))
    db.run("UPDATE targets SET role = '=cmd()', name = NULL")

    answer = olu.get("/organizer/numbers.csv")
    found = list(csv.DictReader(io.StringIO(answer.text)))
    assert answer.mimetype == "text/csv" and "attachment" in answer.headers["Content-Disposition"]
    assert [row["name"] for row in found if row["by"] == "target"] == ["'=cmd()"]
    assert [row["sent by us"] for row in found if row["by"] == "all"] == ["1"]
    assert "Sol" not in answer.text and "supporter.example" not in olu.get("/organizer/numbers.json").text


def test_the_printable_page_has_every_table_and_says_what_it_counts(olu, db, ana):
    given.an_opened_letter(db, ana, country="FR")

    text = olu.page(f"/organizer/print?case={ana.path}").text
    assert f"Only case {ana.path}." in text and "France" in text and "By addressee" in text


# Alerts


def test_an_organizer_reads_first_what_waits(olu, db):
    late = given.an_open_case(db, deadline="24 November 2026")
    given.a_letter(db, late, body="See https://evil.example")
    given.a_letter(db, late, now=given.NOON - timedelta(minutes=25))
    for _ in range(20):
        given.an_unconfirmed_letter(db, late)
    pausing.pause(db, actions.targets(db, late.action)[0].id, reason="The box is full.", by="Ada", now=given.NOON)

    text = olu.page(PAGE).text
    for words in ("Deadline in 2 days : Ana Ruiz (UA 71/26).", "One letter is held : please look at it",
                  "A letter that is due waits for 25 minutes", "90 % of the last seven days’ letters wait",
                  "are paused by Ada since 12:00 UTC on 22 November: The box is full."):  # fmt: skip
        assert words in text, words


def test_where_all_is_well_nothing_is_alarming(olu, db, ana):
    given.an_unconfirmed_letter(db, ana)

    assert "Look at these first" not in olu.page(PAGE).text


def test_a_ledger_that_forbids_sending_is_the_first_thing_told(olu, db, ana):
    db.ledger.path.unlink(missing_ok=True)
    db.ledger.path.mkdir()

    assert "Nothing is sent : " in olu.page(PAGE).text


# What a supporter wrote


def test_a_text_is_shown_once_to_an_admin_who_says_why_and_the_record_has_it(ada, olu, db, ana):
    letter = given.an_opened_letter(db, ana, body="My very own words.", email="sol@supporter.example")
    page = f"/organizer/sent/{letter.id}"
    assert "very own words" not in ada.get(page).text and "Show the text" not in olu.page(page).text

    assert "very own words" not in ada.send(page, part="/show", why=" ", status=422).text
    shown = ada.send(page, part="/show", why="The official asked about it.", status=200).text
    assert "My very own words." in shown and "sol@supporter.example" in shown

    assert "very own words" not in ada.get(page).text
    text = olu.page(page).text
    assert "Name, address and text were shown" in text and "The official asked about it." in text and "Ada" in text
    assert [event.actor for event in events_of_letter(db, letter.id) if event.kind == "shown"] == ["Ada"]


def test_without_its_token_or_the_role_no_text_is_shown(ada, olu, db, ana):
    letter = given.an_opened_letter(db, ana, body="My very own words.")

    assert ada.post(f"/organizer/sent/{letter.id}/show", data={"why": "x"}).status_code == 422
    assert olu.post(f"/organizer/sent/{letter.id}/show", data={"why": "x"}).status_code == 404
    assert all(event.kind != "shown" for event in events_of_letter(db, letter.id))


def test_pages_and_exports_are_the_same_before_and_after_days_are_remembered(olu, db):
    world = World(db, 7)
    for _ in range(60):
        world.happens()
    before = rows(olu), olu.page(PAGE).text
    while finished.remember(db, world.now + timedelta(days=1)):
        pass
    assert (rows(olu), olu.page(PAGE).text) == before
