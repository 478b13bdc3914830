"""What a supporter's letter has of its own: words and orders that vary, and answers to the two questions."""

import re

import pytest

from campaign.domain.urgent_action import DemandKind
from campaign.letterbook import OwnWords
from tests.letters_given import FLAWS, KINDS, LETTERS, PEOPLE, SIGNS, SUPPORTERS, a_letter, own_demand


@pytest.mark.parametrize("who", ["she", "group"])
@pytest.mark.parametrize(("language", "name"), LETTERS)
def test_two_hundred_supporters_get_two_hundred_letters(language, name, who):
    letters = [a_letter(language, name, PEOPLE[who], tuple(KINDS[:3]), seed=f"session {n}") for n in range(200)]

    assert len({letter.body for letter in letters}) == 200
    assert len({letter.subject for letter in letters}) > 1
    for letter in letters:
        asked = {kind for kind, sign in SIGNS[language].items() if re.search(sign, letter.body)}
        assert asked == set(KINDS[:3]) | own_demand(name, KINDS[:3])


def test_a_supporter_gets_the_same_letter_again():
    assert a_letter.__wrapped__(seed="Sol", demands=(DemandKind.RELEASE,)) == a_letter(
        seed="Sol", demands=(DemandKind.RELEASE,)
    )


@pytest.mark.parametrize("seed", SUPPORTERS[:5])
@pytest.mark.parametrize(("language", "name"), LETTERS)
def test_what_moved_the_supporter_stands_in_the_letter(language, name, seed):
    own = OwnWords("her courage\nbefore the judge", "My grandfather was in prison!")
    bare, told = a_letter(language, name, seed=seed), a_letter(language, name, seed=seed, own=own)
    added = [paragraph for paragraph in told.body.split("\n\n") if paragraph not in bare.body.split("\n\n")]

    assert len(added) == 2
    assert added[0].endswith(": her courage before the judge.")
    assert added[1].endswith(": My grandfather was in prison!")
    assert not FLAWS.search(told.body)


def test_an_answer_of_any_length_and_shape_stays_one_paragraph():
    own = OwnWords("x" * 5000, "{{ 7 * 7 }}\n\nBcc: x")
    letter = a_letter(own=own)

    assert "x" * 300 + "." in letter.body
    assert "x" * 301 not in letter.body
    assert "{{ 7 * 7 }} Bcc: x" in letter.body
