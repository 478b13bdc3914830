"""Whole documents: what a careful human reader takes from each stands beside it."""

import json
import re
import unicodedata

import pytest

from campaign.domain.reading import as_record, as_truth, from_record, read
from campaign.flow import intake
from tests.domain import reading_given as given

DOCUMENTS = sorted(given.DOCUMENTS.glob("*.txt"))
READABLE = sorted(
    path for path in given.DOCUMENTS.iterdir() if path.suffix != ".json" and path.with_suffix(".json").exists()
)
PLAIN = ("ua", "index", "date", "country", "language", "ordinal", "final", "deadline", "needs_review")
OF_A_PERSON = ("action", "pronouns", "outcome")
OF_A_TARGET = ("role", "email", "fax", "salutation", "address")


def truth_of(document):
    return json.loads(document.with_suffix(".json").read_text(encoding="utf-8"))


def key(value):
    """Letters and digits, without case, accents, blanks and marks: names and lines are compared by them."""
    text = " ".join(value) if isinstance(value, list) else str(value or "")
    flat = unicodedata.normalize("NFKD", text)
    return re.sub(r"[\W_]+", "", "".join(c for c in flat if not unicodedata.combining(c))).casefold()


def told(truth):
    """What the schema of the corpus asks of a reading, in a form that can be compared; other keys are left out."""
    if truth["kind"] == "not_an_output":
        return {"kind": "not_an_output"}
    people = {key(p["name"]): {name: p[name] for name in OF_A_PERSON} for p in truth["people"]}
    targets = {
        key(t["name"]) or key(t["role"]): {name: key(t[name]) for name in OF_A_TARGET} for t in truth.get("targets", [])
    }
    return {
        "kind": truth["kind"],
        **{name: truth.get(name) for name in PLAIN},
        "title": key(truth.get("title")),
        "preferred_languages": [key(name) for name in truth.get("preferred_languages", [])],
        "people": people,
        "targets": targets,
    }


@pytest.mark.parametrize("document", READABLE, ids=lambda path: path.name)
def test_a_document_is_read_as_a_careful_reader_reads_it(document):
    _, reading = intake.read(document.read_bytes())

    found, truth = as_truth(reading), truth_of(document)

    assert told(found) == told(truth)
    if "demands" in truth:
        assert [demand["kind"] for demand in found["demands"]] == truth["demands"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_a_reading_is_stored_without_loss(document):
    reading = read(document.read_text(encoding="utf-8"))

    assert from_record(json.loads(json.dumps(as_record(reading)))) == reading


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_every_fact_is_shown_on_a_line_of_the_document(document):
    text = document.read_text(encoding="utf-8")
    lines = text.split("\n")

    for evidence in as_truth(read(text)).get("evidence", {}).values():
        assert 1 <= evidence["first"] <= evidence["last"] <= len(lines)
        words = evidence["text"].replace("-", " ").split()
        assert words and words[0].strip("*[(")[:3] in "\n".join(lines[evidence["first"] - 1 : evidence["last"]])


def test_a_forwarded_output_in_quotes_is_an_output():
    text = given.a_document(2, says="No further action is requested.")
    mail = "Dear all,\n\nsee below.\n\n" + "\n".join(f"> {line}" for line in text.split("\n"))

    assert given.actions(mail) == "ccc"


def test_a_quoted_older_output_below_a_newer_one_says_nothing():
    newer = given.a_document(2, says="No further action is requested.")
    older = "\n".join(f"> {line}" for line in given.a_document(1, asks=True).split("\n"))

    assert given.actions(newer + "\n" + older) == "ccc"


def test_another_action_below_on_the_same_page_is_left_out():
    page = (
        given.a_document(2, says="No further action is requested.")
        + "\n\nFirst UA: 9/25 Index: ASA 20/1/2025 India Date: 1 May 2025\n\n"
        + given.ASKING
    )

    found = as_truth(read(page))

    assert (found["ua"], given.actions(page), found["targets"]) == ("44/21", "ccc", [])


@pytest.mark.parametrize(
    "text", ["", " \n\f\n", "x" * 1_000_001, "PRESS RELEASE\n\nUA 44/21: no further action is requested."]
)
def test_what_is_no_output_is_refused_with_a_sentence(text):
    reading = read(text)

    assert reading.refusal and reading.refusal.endswith(".") and " " in reading.refusal
    assert as_truth(reading)["kind"] == "not_an_output"
