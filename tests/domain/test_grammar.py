"""How a person is spoken of, in each language."""

import pytest

from campaign.domain.grammar import (
    LANGUAGES,
    Voice,
    country_in,
    elided,
    listed,
    mention,
    one_line,
    sentence_start,
    voice,
)
from campaign.domain.urgent_action import Person

COMMUNITY = Person("Community of Vila Canário", is_group=True)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("she/her", Voice.SHE),
        ("She / Her", Voice.SHE),
        ("(he/him)", Voice.HE),
        ("they/them", Voice.THEY),
        ("she/they", Voice.SHE),
        ("ella", Voice.SHE),
        ("él", Voice.HE),
        ("elle", Voice.SHE),
        ("il", Voice.HE),
        ("iel", Voice.THEY),
        ("xe/xem", None),
        ("", None),
        (None, None),
    ],
)
def test_printed_pronouns_say_how_somebody_wants_to_be_spoken_of(printed, expected):
    assert voice(printed) is expected


def test_elle_is_a_woman_in_french_and_neither_she_nor_he_in_spanish():
    assert voice("elle", written_in="fr") is Voice.SHE
    assert voice("elle/le", written_in="es") is Voice.THEY


@pytest.mark.parametrize(
    ("pronouns", "forms", "verb"),
    [
        ("she/her", ("she", "her", "her", "herself"), "is"),
        ("he/him", ("he", "him", "his", "himself"), "is"),
        ("they/them", ("they", "them", "their", "themselves"), "are"),
        (None, ("they", "them", "their", "themselves"), "are"),
        ("xe/xem", ("they", "them", "their", "themselves"), "are"),
    ],
)
def test_english_verbs_agree_with_the_pronoun_and_with_the_name(pronouns, forms, verb):
    sam = mention(Person("Sam Ade", pronouns), "en")

    assert (sam.subject, sam.object, sam.possessive, sam.reflexive) == forms
    assert sam.verb("is", "are") == verb
    assert sam.pick("is", "are") == "is"


def test_a_group_is_many_in_every_language():
    for language in LANGUAGES:
        assert mention(COMMUNITY, language).pick("one", "many") == "many"
    assert mention(COMMUNITY, "en").verb("is", "are") == "are"
    assert mention(COMMUNITY, "fr").lui == "leur"
    assert mention(COMMUNITY, "es").le == "les"


def test_a_group_keeps_they_whatever_pronouns_are_printed():
    assert mention(Person("The Sisters", "she/her", is_group=True), "en").subject == "they"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Sophia Huang", "Sophia Huang’s"),
        ("Ilham Jones", "Ilham Jones’s"),
    ],
)
def test_an_english_possessive_always_takes_an_s(name, expected):
    assert mention(Person(name), "en").name_possessive == expected


def test_a_group_that_ends_in_s_has_a_bare_apostrophe():
    assert mention(Person("Five families", is_group=True), "en").name_possessive == "five families’"


@pytest.mark.parametrize(
    ("name", "english", "french", "spanish"),
    [
        (
            "Community of Vila Canário",
            "the Community of Vila Canário",
            "les membres de la communauté de Vila Canário",
            "las personas de la comunidad de Vila Canário",
        ),
        (
            "Guarani-Kaiowá community",
            "the Guarani-Kaiowá community",
            "les membres de la communauté Guarani-Kaiowá",
            "las personas de la comunidad Guarani-Kaiowá",
        ),
        (
            "Indigenous communities of Alto Sur",
            "the Indigenous communities of Alto Sur",
            "les membres des communautés autochtones d’Alto Sur",
            "las personas de las comunidades indígenas de Alto Sur",
        ),
        (
            "Comunidad de Ocampo",
            "Comunidad de Ocampo",
            "les membres de la communauté d’Ocampo",
            "las personas de la comunidad de Ocampo",
        ),
        (
            "Communauté de la Rive",
            "Communauté de la Rive",
            "les membres de la communauté de la Rive",
            "las personas de la comunidad de la Rive",
        ),
        ("The families of Ro", "the families of Ro", "The families of Ro", "The families of Ro"),
        ("Hundreds of villagers", "hundreds of villagers", "Hundreds of villagers", "Hundreds of villagers"),
        ("Madres Buscadoras", "Madres Buscadoras", "Madres Buscadoras", "Madres Buscadoras"),
    ],
)
def test_a_group_stands_in_a_sentence_with_its_article(name, english, french, spanish):
    group = Person(name, is_group=True)

    assert [mention(group, language).name for language in LANGUAGES] == [english, french, spanish]


def test_an_individual_whose_name_sounds_like_a_group_keeps_it():
    assert mention(Person("Comfort Community"), "en").name == "Comfort Community"


def test_french_contracts_the_article_of_a_group():
    group = mention(COMMUNITY, "fr")

    assert group.de == "des membres de la communauté de Vila Canário"
    assert group.a == "aux membres de la communauté de Vila Canário"
    assert group.que == "que les membres de la communauté de Vila Canário"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ana Ruiz", "d’Ana Ruiz"),
        ("Élodie Nko", "d’Élodie Nko"),
        ("Ilham Tohti", "d’Ilham Tohti"),
        ("Øyvind Lie", "d’Øyvind Lie"),
        ("İlker Can", "d’İlker Can"),
        ("Oumar Ba", "d’Oumar Ba"),
        ("Yvonne Bo", "d’Yvonne Bo"),
        ("Yasmine Bo", "de Yasmine Bo"),
        ("Yusuf Bo", "de Yusuf Bo"),
        ("Iouri Bo", "de Iouri Bo"),
        ("Ouattara", "de Ouattara"),
        ("Huang Xueqin", "de Huang Xueqin"),
        ("Wang Jianbing", "de Wang Jianbing"),
        ("‘Ali Bo", "de ‘Ali Bo"),
        ("黄雪琴", "de 黄雪琴"),
    ],
)
def test_french_elides_before_a_vowel_that_is_heard(name, expected):
    assert elided("de", name) == expected
    assert mention(Person(name), "fr").de == expected


def test_french_elides_que_as_well():
    assert mention(Person("Ana Ruiz"), "fr").que == "qu’Ana Ruiz"
    assert mention(Person("Bo Chen"), "fr").que == "que Bo Chen"
    assert mention(Person("Ana Ruiz"), "fr").a == "à Ana Ruiz"


@pytest.mark.parametrize(
    ("items", "conjunction", "expected"),
    [
        ([], "and", ""),
        (["a", "", "  "], "and", "a"),
        (["a", "b"], "and", "a and b"),
        (["a", "b", "c"], "and", "a, b and c"),
        (["a and b", "c"], "and", "a and b, and c"),
        (["a", "b and c"], "and", "a and b and c"),
        (["a", "b", "c and d"], "and", "a, b, and c and d"),
        (["agua", "informes"], "y", "agua e informes"),
        (["agua", "hielo"], "y", "agua y hielo"),
        (["madre", "hijo"], "y", "madre e hijo"),
    ],
)
def test_a_list_reads_as_a_sentence(items, conjunction, expected):
    assert listed(items, conjunction) == expected


@pytest.mark.parametrize(
    ("foreign", "expected"),
    [
        ("Ana\r\nBcc: x@example.org", "Ana Bcc: x@example.org"),
        ("  Ana \t Ruiz\u2028\u2029 ", "Ana Ruiz"),
        ("Ana\u202e Ruiz\u200b\ufeff\x00\x1b", "Ana Ruiz"),
        ("رها\u200cنی", "رها\u200cنی"),
        (None, ""),
    ],
)
def test_foreign_text_cannot_leave_its_line(foreign, expected):
    assert one_line(foreign) == expected


@pytest.mark.parametrize(
    ("country", "english", "french", "spanish"),
    [
        ("China", "China", "Chine", "China"),
        ("People's Republic of China", "People's Republic of China", "Chine", "China"),
        ("Türkiye", "Türkiye", "Turquie", "Turquía"),
        ("USA", "USA", "États-Unis", "Estados Unidos"),
        ("Côte d'Ivoire", "Côte d'Ivoire", "Côte d’Ivoire", "Costa de Marfil"),
        ("Israel and the Occupied Palestinian Territory",) * 2
        + ("Israël et Territoire palestinien occupé", "Israel y Territorio Palestino Ocupado"),
        ("Ruritania", "Ruritania", None, None),
        (None, None, None, None),
        ("  ", None, None, None),
    ],
)
def test_a_country_has_its_name_in_each_language_or_is_left_out(country, english, french, spanish):
    assert [country_in(country, language) for language in LANGUAGES] == [english, french, spanish]


def test_a_sentence_starts_with_a_capital_and_leaves_the_rest_alone():
    assert sentence_start("the Community of Ro") == "The Community of Ro"
    assert sentence_start("") == ""
