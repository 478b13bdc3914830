"""What surrounds an output on a page or in a mail is none of it."""

import pytest

from campaign.domain.reading import as_truth, read
from tests.domain import reading_given as given

CLOSING = "No further action is requested."
MORE = "They had marched for clean water, and for a well that nobody had dug.\n" * 8


@pytest.mark.parametrize(
    "label", ["More urgent actions", "Autres actions", "Otras acciones urgentes", "You may also like"]
)
def test_what_a_page_says_of_other_actions_counts_for_nothing(label):
    page = (
        given.a_document(2, says=CLOSING, news=MORE)
        + f"\n{label}\n\nUA 1/25: Please write immediately for two drivers."
    )

    assert given.actions(page) == "ccc"


def test_a_mail_footer_is_no_status_sentence():
    mail = given.a_document(2, asks=True) + "\n--\nTo leave this list write to us; no further action is required."

    assert given.actions(mail) == "ooo"


def test_a_footer_of_who_passes_an_output_on_does_not_hide_it():
    mail = "See below.\n\n--\nGroup 12\n\n" + given.a_document(2, says=CLOSING)

    assert given.actions(mail) == "ccc"


@pytest.mark.parametrize(
    "line", ["On 5 May 2021, UA Team wrote:", "Le 5 mai 2021, la section a écrit :", "Am 5. Mai 2021 schrieb das Team:"]
)
def test_an_answer_with_the_output_quoted_is_no_output(line):
    quoted = "\n".join(f"> {row}" for row in given.a_document(2, says=CLOSING).split("\n"))

    assert as_truth(read(f"Is this one still on?\n\nPilar\n\n{line}\n{quoted}"))["kind"] == "not_an_output"


def test_an_empty_form_is_no_output():
    form = given.a_document(1, asks=True).replace("44/21", "xx/yy").replace("AMR 28/4001/2021", "REG cc/nnnn/yyyy")

    assert as_truth(read(form))["kind"] == "not_an_output"


@pytest.mark.parametrize(
    "frame",
    [
        "This site uses cookies to make it work. Accept all",
        "Home / Urgent Actions / Join / Log in",
        "12 days left to take action",
        "Search",
    ],
)
def test_a_page_frame_is_no_headline(frame):
    page = f"{frame}\n\nSearch leader's camp burned down\n\nUA: Ecuador Second 44.21\n\nMay 2, 2021\n\n{CLOSING}\n"

    assert as_truth(read(page))["title"] == "Search leader's camp burned down"


def test_another_spelling_that_the_text_gives_is_the_same_person():
    text = given.a_document(
        2,
        names="Bo Chen (he, him), Ana Maria Ruiz (she, her)",
        news="The poet Bo Chen (also spelt Po Tschen) was released.",
        says="No further action is requested for Po Tschen. Actions can continue for Ana Maria Ruiz.",
    )

    assert given.actions(text) == "co"
    assert len(as_truth(read(text))["people"]) == 2


@pytest.mark.parametrize("field", ["Bo Chen\nHomme", "Bo Chen  Genre : homme", "Bo Chen   Gender m/f: m"])
def test_what_stands_behind_a_name_is_no_part_of_it(field):
    people = as_truth(read(given.a_document(2, says=CLOSING, names=field)))["people"]

    assert [person["name"] for person in people] == ["Bo Chen"]
