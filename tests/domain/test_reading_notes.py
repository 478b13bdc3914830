"""A covering note that says otherwise than the output below it."""

import pytest

from tests.domain import reading_given as given


@pytest.mark.parametrize(
    "note",
    [
        "NOTE: the Minister of Justice named below was replaced on Monday.",
        "The minister has resigned; letters should go to her successor.",
        "Please address your letters to the new minister and not to the one named below.",
        "Ojo: el ministro ha sido destituido. Escriban al nuevo ministro.",
        "Attention : le ministre a été remplacé, adressez vos lettres au nouveau.",
        "Our section closes this action on 1 August, whatever the date below says.",
        "The deadline has been brought forward to 1 August.",
        "This UA has been withdrawn.",
    ],
)
def test_a_note_that_says_otherwise_holds_letters_back(note):
    assert given.actions(f"{note}\n\n" + given.a_document(1, asks=True)) == "rrr"


@pytest.mark.parametrize(
    "note", ["Please write to the minister this week.", "For UA 9/21: the minister has been replaced."]
)
def test_a_note_that_changes_nothing_here_holds_nothing_back(note):
    assert given.actions(f"{note}\n\n" + given.a_document(1, asks=True)) == "ooo"


def test_whose_letters_are_ended_is_not_asked_about_again():
    says = "NO FURTHER ACTION IS REQUESTED FOR BO CHEN; ACTIONS CAN CONTINUE FOR ANA MARIA RUIZ AND CARLA DIAZ."
    paper = "The minister has been replaced.\n\n" + given.a_document(2, says=says, asks=True)

    assert given.actions(paper) == "rcr"


def test_news_that_only_the_note_tells_is_left_to_a_person():
    note = "We have just heard that Bo Chen was released this morning!\n\n"

    assert given.actions(note + given.a_document(2, asks=True)) == "oro"


def test_news_that_the_output_tells_too_needs_nobody():
    news = "Bo Chen was released on bail on 1 May."
    paper = given.a_document(2, news=news, says="Please keep writing for all three.", asks=True)

    assert given.actions("Bo Chen is out on bail, see below.\n\n" + paper) == given.actions(paper) == "ooo"
