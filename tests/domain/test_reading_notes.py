"""A covering note that changes to whom letters go."""

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
    ],
)
def test_a_note_that_changes_an_addressee_holds_letters_back(note):
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
