"""The terminal as its users have it: real processes, in an empty folder."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from campaign.flow import publishing
from campaign.store.database import connect
from tests import given
from tests.given import CLOSED, OPEN

HOUSE = Path(__file__).resolve().parents[2]
SAMPLES = sorted(given.SAMPLES.glob("ua-*.txt"))


class Terminal:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(
        self, *words: object, status: int = 0, typed: str = "", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        clean = {word: value for word, value in os.environ.items() if not word.startswith("CAMPAIGN_")}
        done = subprocess.run(
            [sys.executable, "-m", "campaign", *map(str, words)], cwd=self.folder, capture_output=True, text=True,
            env={**clean, "PYTHONPATH": str(HOUSE), **environment}, timeout=120, check=False, input=typed,
        )  # fmt: skip
        assert done.returncode == status, (done.returncode, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr, done.stderr
        return done

    def rows(self, *words: object, **environment: str) -> list[dict]:
        return [json.loads(line) for line in self(*words, "--json", **environment).stdout.splitlines()]

    def file(self, name: str, content: bytes) -> Path:
        (self.folder / name).write_bytes(content)
        return self.folder / name


@pytest.fixture
def campaign(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


@pytest.fixture
def with_samples(campaign: Terminal) -> Terminal:
    campaign("migrate")
    campaign("ingest", *SAMPLES)
    return campaign


def test_from_an_empty_folder_to_a_letter(campaign):
    campaign("migrate")
    taken = campaign.rows("ingest", *SAMPLES)
    assert [row["state"] for row in taken] == ["applied"] * 3

    cases = {row["case"]: row for row in campaign.rows("cases")}
    him, her = cases["44-22/wang-jianbing"], cases["44-22/sophia-huang-xueqin"]
    assert (him["status"], him["outcome"]) == ("closed", "released")
    assert "NO FURTHER ACTION" in him["evidence"]["text"].upper() and him["evidence"]["line"]
    assert (her["status"], her["deadline"]) == ("open", None)

    letter = campaign("letter", "sophia-huang-xueqin").stdout
    assert "Sophia Huang Xueqin" in letter and "Wang" not in letter and "Zhang Rui" in letter
    refused = campaign("letter", "wang-jianbing", status=3)
    assert refused.stdout == ""
    assert "has ended" in refused.stderr and "NO FURTHER ACTION" in refused.stderr.upper()


def test_the_final_output_alone_is_enough_and_leaves_the_addressee_open(campaign):
    campaign("migrate")
    campaign("ingest", SAMPLES[2])

    done = campaign("letter", "huang")
    assert "Sophia Huang Xueqin" in done.stdout and "addressee is not known yet" in done.stderr


@pytest.mark.parametrize("language", ["en", "fr", "es"])
@pytest.mark.parametrize("template", ["release", "health"])
def test_a_letter_can_be_had_in_each_language(with_samples, language, template):
    done = with_samples("letter", "huang", "--language", language, "--template", template, "--target", "zhang jian")
    assert "Sophia Huang Xueqin" in done.stdout and "Zhang Jian" in done.stdout


def test_ingesting_again_changes_nothing_and_says_so(with_samples):
    before = with_samples.rows("cases")
    assert "known already" in with_samples("ingest", *SAMPLES).stderr
    assert [row["state"] for row in with_samples.rows("ingest", *reversed(SAMPLES))] == ["known"] * 3
    assert with_samples.rows("cases") == before


def test_what_needs_a_person_ends_with_2_and_what_is_refused_with_3(campaign):
    campaign("migrate")
    first = campaign.file("first.txt", given.an_output("Ana Ruiz", "Bo Chen"))
    doubtful = campaign.file(
        "doubtful.txt", given.an_output("Ana Ruiz", ordinal=2, final=True, says={"Ana Ruiz": CLOSED})
    )
    recipe = campaign.file("recipe.txt", b"Two eggs, some flour, a little milk.")
    empty = campaign.file("empty.txt", b"")

    campaign("ingest", first)
    campaign("ingest", doubtful, status=2)
    assert "empty" in campaign("ingest", recipe, empty, status=3).stderr
    campaign("ingest", "no-such-file.txt", status=3)


def test_reading_changes_nothing_and_keeps_the_order(campaign):
    recipe = campaign.file("recipe.txt", b"Two eggs, some flour, a little milk.")

    rows = campaign.rows("read", SAMPLES[2], recipe, SAMPLES[0])

    assert [row["kind"] for row in rows] == ["urgent_action", "not_an_output", "urgent_action"]
    assert [row["ordinal"] for row in rows] == [3, None, 1]
    assert rows[1]["refusal"].endswith(".")
    assert "Wang Jianbing" in campaign("read", *SAMPLES).stdout
    assert not (campaign.folder / "campaign-data").exists()


def test_many_files_are_read_side_by_side_and_told_in_their_order(campaign):
    files = [campaign.file(f"{place}.txt", given.an_output("Ana Ruiz", ordinal=place)) for place in range(1, 7)]
    files.insert(3, campaign.file("recipe.txt", b"Two eggs, some flour, a little milk."))

    assert [row["ordinal"] for row in campaign.rows("read", *files)] == [1, 2, 3, None, 4, 5, 6]
    assert "cannot be opened" in campaign("read", "--json", *files, "no-such-file.txt", status=3).stderr


def test_closing_and_reopening_by_hand(campaign):
    campaign("migrate")
    campaign("ingest", campaign.file("first.txt", given.an_output("Ana Ruiz", "Bo Chen")))

    campaign(
        "close",
        "ana-ruiz",
        "--reason",
        "Her lawyer wrote.",
        "--outcome",
        "acquitted",
        "--by",
        "Ada",
        "--evidence",
        "https://news.example/ana",
    )
    row = next(row for row in campaign.rows("cases") if row["person"] == "Ana Ruiz")
    assert (row["status"], row["outcome"], row["evidence"]["text"]) == ("closed", "acquitted", "Her lawyer wrote.")
    campaign("close", "ana-ruiz", "--reason", "again", status=3)
    asked = campaign("reopen", "71-26/ana-ruiz", "--reason", "Taken again.", "--by", "Ada", status=3).stderr
    assert "stays closed until a second admin confirms it" in asked and "takes effect by itself" in asked
    assert "asked already" in campaign("reopen", "ana-ruiz", "--reason", "x", "--by", "Bea", status=3).stderr
    assert "somebody else" in campaign("reopen", "ana-ruiz", "--confirm", "--by", "ada", status=3).stderr
    assert "Only Ada" in campaign("reopen", "ana-ruiz", "--withdraw", "--by", "Bea", status=3).stderr
    campaign("reopen", "ana-ruiz", "--withdraw", "--by", "Ada")
    assert "No reopening" in campaign("reopen", "ana-ruiz", "--confirm", "--by", "Bea", status=3).stderr
    campaign("reopen", "ana-ruiz", "--reason", "Taken again.", "--by", "Ada", status=3)
    assert "is open" in campaign("reopen", "ana-ruiz", "--confirm", "--by", "Bea").stderr
    assert "“carla”" in campaign("close", "carla", "--reason", "x", status=3).stderr
    assert "fits more than one" in campaign("close", "71-26", "--reason", "x", status=3).stderr
    campaign("check")


def test_export_and_counts_agree_and_names_are_left_out(with_samples):
    from campaign.store import cases
    from campaign.store.database import connect

    db = connect(f"sqlite:{with_samples.folder / 'campaign-data' / 'campaign.db'}")
    huang = cases.case_named(db, "huang")
    given.a_letter(db, huang, email="sol@supporter.example", name="=HYPERLINK(1)", country="NZ")
    given.an_opened_letter(db, huang, country="FR")
    db.close()

    rows = with_samples.rows("export", "letters")
    assert list(rows[0]) == [
        "id", "state", "reason", "message_id", "ua", "case", "target", "channel", "attempts", "country", "created_at", "sent_at",
        "language", "group", "copy_of", "own_words_at", "bounced_at",
    ]  # fmt: skip
    assert "sol@supporter.example" not in str(rows)
    for key in ("case", "target", "channel", "state", "country"):
        counted = {row[key]: row["n"] for row in with_samples.rows("counts", "--by", key)}
        assert counted == {value: sum(row[key] == value for row in rows) for value in {row[key] for row in rows}}
    named = with_samples("export", "letters", "--with-names", "--csv").stdout
    table = list(csv.DictReader(io.StringIO(named)))
    assert table[0]["email"] == "sol@supporter.example" and table[0]["name"] == "'=HYPERLINK(1)"
    assert [row["person"] for row in with_samples.rows("export", "cases")]
    assert len(with_samples.rows("export", "outputs")) == 3
    assert [row["kind"] for row in with_samples.rows("export", "events")][:3] == ["paper", "case", "case"]
    with_samples("counts")
    with_samples("counts", "--csv")


def test_send_once_empties_the_queue_into_the_outbox(with_samples):
    from campaign.store import cases
    from campaign.store.database import connect

    db = connect(f"sqlite:{with_samples.folder / 'campaign-data' / 'campaign.db'}")
    given.a_letter(db, cases.case_named(db, "huang"))
    db.close()

    with_samples("send", "--once")

    assert len(list((with_samples.folder / "campaign-data" / "outbox").glob("*.eml"))) == 2
    assert [row["state"] for row in with_samples.rows("export", "letters")] == ["sent"]
    with_samples("check")


def test_a_wrong_setting_ends_with_2_and_names_it(campaign):
    assert "CAMPAIGN_COLOUR" in campaign("cases", status=2, CAMPAIGN_COLOUR="red").stderr
    assert "CAMPAIGN_SENDER" in campaign("cases", status=2, CAMPAIGN_SENDER="nobody").stderr
    assert "CAMPAIGN_BASE_URL" in campaign("cases", status=2, CAMPAIGN_BASE_URL="letters").stderr
    secret = campaign("cases", status=2, CAMPAIGN_SMTP="imap://user:secret@host")
    assert "CAMPAIGN_SMTP" in secret.stderr and "secret" not in secret.stderr


def test_a_database_that_is_behind_is_told_in_one_sentence(campaign):
    assert "campaign migrate" in campaign("cases", status=3).stderr
    assert "campaign migrate" in campaign("run", status=3).stderr


def test_every_command_has_help(campaign):
    for command in (
        "",
        "demo",
        "run",
        "web",
        "send",
        "migrate",
        "read",
        "ingest",
        "cases",
        "letter",
        "close",
        "reopen",
    ):
        assert "Usage:" in campaign(*command.split(), "--help").stdout
    for command in ("counts", "export", "account", "account add", "check", "bounce"):
        assert "Usage:" in campaign(*command.split(), "--help").stdout


def test_a_waiting_letter_is_stopped_by_ingest_and_the_others_go(campaign):
    from campaign.store import cases
    from campaign.store.database import connect

    campaign("migrate")
    campaign("ingest", campaign.file("first.txt", given.an_output("Ana Ruiz", "Bo Chen")))
    db = connect(f"sqlite:{campaign.folder / 'campaign-data' / 'campaign.db'}")
    for name in ("ana", "bo"):
        given.a_letter(db, cases.case_named(db, name))
    db.close()

    campaign(
        "ingest",
        campaign.file("final.txt", given.an_output(ordinal=2, final=True, says={"Ana Ruiz": CLOSED, "Bo Chen": OPEN})),
    )
    campaign("send", "--once")

    states = {row["case"]: (row["state"], row["reason"]) for row in campaign.rows("export", "letters")}
    assert states["71-26/bo-chen"] == ("sent", None)
    assert states["71-26/ana-ruiz"][0] == "stopped" and "NO FURTHER ACTION" in states["71-26/ana-ruiz"][1].upper()


def test_the_record_is_exported_and_the_public_one_computed_again_without_a_database(with_samples, tmp_path_factory):
    rows = with_samples.rows("export", "events")
    closing = next(row for row in rows if row["case"] == "44-22/wang-jianbing" and row["after"] == "closing")
    assert closing["line"] and len(closing["sha256"]) == 64 and closing["ua"] == "44/22" and closing["kind"] == "case"
    table = list(csv.DictReader(io.StringIO(with_samples("export", "events", "--csv").stdout)))
    assert list(table[0]) == list(rows[0]) and len(table) == len(rows)

    elsewhere = Terminal(tmp_path_factory.mktemp("elsewhere"))
    told = the_public_record(with_samples)
    file = elsewhere.file("record.json", told.encode())
    done = elsewhere("recompute", file)
    assert "44-22/sophia-huang-xueqin: open, as computed\n44-22/wang-jianbing: closed, as computed" in done.stdout
    assert "2 of 2 cases agree. The chain holds." in done.stderr
    assert elsewhere("recompute", "-", typed=told).stdout == done.stdout
    assert [path.name for path in elsewhere.folder.iterdir()] == ["record.json"]

    file.write_text(told.replace('"status":"closed"', '"status":"open"'))
    done = elsewhere("recompute", file, status=1)
    assert "wang-jianbing: DIFFERS. status: the record says “open”, computed is “closed”." in done.stdout
    file.write_text(told.replace('"final":true', '"final":false'))
    assert "The chain does not hold" in elsewhere("recompute", file, status=1).stderr
    for rubbish in ("", "{", "[]", '{"format": 1}', "\0", "[" * 100_000):
        file.write_text(rubbish)
        assert "no public record" in elsewhere("recompute", file, status=1).stderr


def the_public_record(terminal: Terminal) -> str:
    database = connect(f"sqlite:{terminal.folder / 'campaign-data' / 'campaign.db'}")
    told = "".join(publishing.pieces(database, "Appeal Letters"))
    database.close()
    return told
