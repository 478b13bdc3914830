"""What is pointed out in a letter before it goes, and what is not."""

import pytest

from campaign.domain.proofreading import Facts, Note, Point, grave, notes_on
from campaign.domain.urgent_action import DemandKind, Person
from tests.letters_given import BOOK, DIRECTOR, KINDS, LETTERS, PEOPLE, SUPPORTERS

ANA = Person("Ana Ruiz", "she/her")
BO = Person("Bo Wang Jianbing", "he/him")
KIM = Person("Kim Ruiz", "they/them")
ENDED = Facts(ANA, open_kin=(KIM,), ended_kin=(BO,))


def points(text, facts=ENDED):
    return {note.point for note in notes_on("", text, facts)}


# People whose action has ended


@pytest.mark.parametrize(
    "text",
    [
        "I ask you to release Ana Ruiz and Bo Wang Jianbing.",
        "Please let Wang Jianbing go.",
        "Je vous demande de libérer Bo Wang Jianbing.",
        "Le pido que ponga en libertad a Wang Jianbing.",
    ],
)
def test_a_letter_that_asks_for_somebody_whose_action_has_ended_is_held(text):
    assert Point.ASKS_FOR_ENDED in points(text)


@pytest.mark.parametrize(
    "text",
    [
        "I welcome the release of Wang Jianbing.",
        "Wang Jianbing has been released, and I ask you to release Ana Ruiz as well.",
        "Wang Jianbing stood beside her.",
        "Je salue la libération de Bo Wang Jianbing.",
        "Gracias por haber puesto en libertad a Wang Jianbing.",
    ],
)
def test_one_that_only_speaks_of_them_is_not(text):
    assert points(text) == {Point.NAMES_ENDED}


def test_a_part_of_a_name_that_somebody_open_shares_means_nobody():
    facts = Facts(ANA, ended_kin=(Person("Leo Ruiz", "he/him"),))

    assert points("Please release Ruiz.", facts) == set()
    assert Point.ASKS_FOR_ENDED in points("Please release Leo Ruiz.", facts)


# Links, addresses, threats, insults


@pytest.mark.parametrize(
    "text",
    ["See https://x.example/a.", "www.example.net tells more", "read more at news.com/ana", "more on example.org."],
)
def test_a_link_holds_the_letter(text):
    assert points(text) == {Point.LINK}
    assert grave(notes_on("", text, ENDED))


@pytest.mark.parametrize(
    "text",
    [
        "She is in prison.She is ill.",
        "UA 44/22 of 12 March 2024",
        "e.g. the law no. 12.3",
        "It is 7.30 a.m. in Borograd",
    ],
)
def test_what_only_looks_like_one_does_not(text):
    assert points(text) == set()


def test_an_address_of_somebody_else_holds_it_and_one_s_own_does_not():
    facts = Facts(ANA, own_email="sol@supporter.example")

    assert points("Write to max@other.example or call +49 30 1234567.", facts) == {Point.ADDRESS}
    assert points("Write to Sol@supporter.example please.", facts) == set()


@pytest.mark.parametrize(
    "text",
    [
        "If you do not free her, we will kill you.",
        "You will pay for this!",
        "We know where you live.",
        "Nous vous tuerons.",
        "Sabemos dónde vive usted.",
        "سوف نقتلك",
    ],
)
def test_a_threat_holds_the_letter(text):
    assert Point.THREAT in points(text)


@pytest.mark.parametrize(
    "text",
    [
        "I ask that the death penalty is not imposed on Ana Ruiz, who was sentenced to death.",
        "Pido que no se imponga la pena de muerte a Ana Ruiz.",
        "Elle a été condamnée à mort.",
        "She was told that they would kill her.",
    ],
)
def test_grave_words_about_a_case_are_no_threat(text):
    assert Point.THREAT not in points(text)


def test_an_insult_is_pointed_out_kindly():
    found = notes_on("", "You are a liar and a coward, and shame on you.", ENDED)

    assert found == tuple(Note(Point.INSULT, words) for words in ("liar", "coward", "shame on you"))
    assert not grave(found)


# The person's name and pronoun


@pytest.mark.parametrize(
    ("person", "language", "text", "word"),
    [
        (ANA, "en", "I have read about his case.", "his"),
        (ANA, "fr", "Il est en prison depuis un an.", "Il"),
        (ANA, "es", "Él está en la cárcel.", "Él"),
        (BO, "en", "She has been held for a year.", "She"),
        (KIM, "en", "I am worried about her.", "her"),
    ],
)
def test_a_pronoun_that_is_not_the_person_s_is_pointed_out(person, language, text, word):
    assert notes_on("", text, Facts(person, language)) == (Note(Point.PRONOUN, word, person.pronouns),)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Her brother says that he has not seen her."),
        ("en", "The minister knows that it is his duty."),
        ("en", "I do not know who he is."),
        ("fr", "Il est temps d’agir. Il y a un an, elle a été arrêtée."),
        ("es", "Pienso en él, en este caso, cada día. He pensado mucho."),
        ("de", "He she him her"),
    ],
)
def test_a_pronoun_that_may_well_be_somebody_else_s_is_not(language, text):
    assert points(text, Facts(ANA, language)) == set()


def test_a_pronoun_of_another_person_of_the_action_is_theirs():
    assert Point.PRONOUN not in points("Bo Wang Jianbing is at home. He wrote to me.")


@pytest.mark.parametrize(("word", "right"), [("Ruis", "Ruiz"), ("Riuz", "Ruiz")])
def test_a_name_that_is_nearly_spelt_right_is_pointed_out(word, right):
    assert notes_on("", f"I write about Ana {word}.", Facts(ANA)) == (Note(Point.SPELLING, word, right),)


@pytest.mark.parametrize(
    "text", ["Ana Ruiz", "ANA RUIZ", "Ruiz’s family", "Director Raiz", "the ruins of Rome", "Ruth"]
)
def test_a_name_that_is_right_or_another_one_is_not(text):
    assert Point.SPELLING not in points(text, Facts(ANA, officials=("Director Pavel Raiz",)))


# Officials and demands


def test_an_official_who_was_replaced_is_pointed_out_with_the_one_in_office():
    facts = Facts(ANA, officials=("Director Vera Neu",), former_officials=("Director Pavel Testov",))

    assert notes_on("", "Dear Mr Testov,", facts) == (
        Note(Point.FORMER_OFFICIAL, "Director Pavel Testov", "Director Vera Neu"),
    )
    assert points("Dear Director,", facts) == set()


def test_a_demand_that_only_an_earlier_output_made_is_pointed_out():
    facts = Facts(ANA, demands=frozenset({DemandKind.RELEASE}), past=frozenset({DemandKind.HEALTH, DemandKind.RELEASE}))

    assert notes_on("", "She needs medical care.", facts) == (Note(Point.PAST_DEMAND, "medical care"),)
    assert points("I ask for her release.", facts) == set()


def test_grave_things_come_first_and_nothing_stands_twice():
    found = notes_on("www.x.example", "Liar, liar, see www.x.example", ENDED)

    assert [note.point for note in found] == [Point.LINK, Point.INSULT, Point.INSULT]


# Our own letters


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize(("language", "name"), LETTERS)
def test_nothing_is_pointed_out_in_a_letter_of_ours(language, name, who):
    officials = ("Director Zhang Wei",)
    facts = Facts(PEOPLE[who], language, demands=frozenset(KINDS), officials=officials, ended_kin=(BO,))
    for seed in SUPPORTERS[:12]:
        letter = BOOK.draft(
            name, language, person=PEOPLE[who], target=DIRECTOR, country="China", demands=tuple(KINDS), seed=seed
        )
        assert notes_on(letter.subject, letter.body, facts) == (), letter.body
