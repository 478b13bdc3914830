"""Every letter, for everybody, whatever is demanded."""

import re
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.domain.refusals import NoSuchLetter
from campaign.domain.urgent_action import DemandKind, Person, Target
from tests.letters_given import (
    BOOK,
    CLOSINGS,
    DEMANDS,
    FLAWS,
    HERS,
    HIS,
    KINDS,
    LETTERS,
    OPENINGS,
    PEOPLE,
    PRONOUNS,
    SIGNS,
    SUPPORTERS,
    THEIRS,
    a_letter,
    letters_of,
    own_demand,
    words,
)


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize(("language", "name"), LETTERS)
def test_every_letter_is_whole_whoever_it_is_for_and_whatever_is_demanded(language, name, who):
    for demands, letter in letters_of(language, name, who):
        paragraphs = letter.body.split("\n\n")

        assert (letter.language, letter.template) == (language, name)
        assert not FLAWS.search(letter.body), (demands, FLAWS.search(letter.body))
        assert not FLAWS.search(letter.subject)
        assert letter.body == letter.body.strip()
        assert all(paragraph and "\n" not in paragraph for paragraph in paragraphs)
        assert paragraphs[0] == OPENINGS[language]
        assert paragraphs[-1] in CLOSINGS[language]
        assert all(sentence[:1].isupper() for paragraph in paragraphs for sentence in paragraph.split(". "))


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize(("language", "name"), LETTERS)
def test_every_letter_asks_for_what_is_demanded_and_for_nothing_else(language, name, who):
    for demands, letter in letters_of(language, name, who):
        asked = {kind for kind, sign in SIGNS[language].items() if re.search(sign, letter.body)}

        assert asked == set(demands) | own_demand(name, demands), letter.body


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("name", BOOK.offered()["en"])
def test_an_english_letter_speaks_of_everybody_with_their_own_pronouns(name, who):
    others = (HERS | HIS | THEIRS) - PRONOUNS[who]
    for _, letter in letters_of("en", name, who):
        assert words(letter.body) & PRONOUNS[who]
        assert not words(letter.body) & others, letter.body


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("name", BOOK.offered()["en"])
def test_english_verbs_agree_with_pronouns_and_with_names(name, who):
    person = PEOPLE[who]
    is_many = person.is_group
    wrong_after_name = r"(is|has|receives)" if is_many else r"(are|have|receive)"
    for _, letter in letters_of("en", name, who):
        body = letter.body
        assert not re.search(r"\bthey (also )?(is|has|was|needs|receives)\b", body)
        assert not re.search(r"\b(she|he) (also )?(are|have|were|need|receive)\b", body)
        assert not re.search(rf"{person.name} {wrong_after_name}\b", body)


@pytest.mark.parametrize("language", ["fr", "es"])
def test_french_and_spanish_letters_do_not_depend_on_anybody_s_gender(language):
    for name in BOOK.offered()[language]:
        for place, demands in enumerate(DEMANDS):
            seed = SUPPORTERS[place % len(SUPPORTERS)]
            bodies = {
                a_letter(language, name, Person("Ana Ruiz", pronouns), demands, seed=seed).body
                for pronouns in ("she/her", "he/him", "they/them", "ella", "il", None)
            }
            assert len(bodies) == 1


def test_french_and_spanish_letters_speak_of_a_group_in_the_plural():
    for name in BOOK.offered()["fr"]:
        for _, letter in letters_of("fr", name, "group"):
            assert not re.search(r"\b(lui|son|sa|ses|reçoive|se trouve)\b", letter.body), letter.body
    for name in BOOK.offered()["es"]:
        for _, letter in letters_of("es", name, "group"):
            assert not re.search(
                r"\b(reciba|recupere|(?<!cuanto )esté|está|pueda|tenga|necesita|su familia)\b", letter.body
            ), letter.body


def test_french_elides_before_every_name_that_begins_with_a_vowel():
    for name in BOOK.offered()["fr"]:
        for _, letter in letters_of("fr", name, "unknown"):
            assert not re.search(r"\b(de|que) (Ilham|[aeiouéè])", f"{letter.subject} {letter.body}")


@pytest.mark.parametrize(("language", "name"), LETTERS)
def test_a_letter_with_the_usual_demands_is_neither_curt_nor_long(language, name):
    for seed in SUPPORTERS:
        for demands in combinations(KINDS[:5], 3):
            assert 85 <= len(a_letter(language, name, demands=demands, seed=seed).body.split()) <= 240
        assert len(a_letter(language, name, seed=seed).body.split()) >= 75


def test_a_letter_names_the_person_in_full_at_first_mention():
    for (language, name), seed in product(LETTERS, SUPPORTERS):
        for person in PEOPLE.values():
            first = a_letter(language, name, person, seed=seed).body.split("\n\n")[1]
            assert person.name.removeprefix("Community of ") in re.split(r"[.?] ", first)[0]


def test_without_demands_the_letters_ask_for_what_they_are_there_for():
    assert "released immediately and unconditionally" in a_letter("en", "release").body
    assert "adequate medical care" in a_letter("en", "health").body


def test_a_demand_that_we_have_no_words_for_asks_for_safety_and_rights_and_claims_no_prison():
    letter = a_letter(person=PEOPLE["group"], demands=(DemandKind.OTHER,))

    assert "the Community of Vila Canário are safe and their rights are fully respected" in letter.body
    assert "released" not in letter.body


def test_beside_other_demands_it_adds_nothing():
    demands = (DemandKind.HEALTH, DemandKind.FAMILY)

    assert a_letter(demands=demands) == a_letter(demands=(*demands, DemandKind.OTHER, DemandKind.FAMILY))


@pytest.mark.parametrize(
    ("demands", "name"),
    [
        ((), "release"),
        ((DemandKind.OTHER, DemandKind.CHARGES), "release"),
        ((DemandKind.RELEASE, DemandKind.HEALTH), "release"),
        ((DemandKind.HEALTH, DemandKind.FAMILY), "health"),
        ((DemandKind.FAIR_TRIAL, DemandKind.NO_TORTURE), "fair_trial"),
        ((DemandKind.PROTECTION,), "protection"),
        ((DemandKind.NO_TORTURE,), "protection"),
        ((DemandKind.RELEASE, DemandKind.DISAPPEARANCE), "disappearance"),
        ((DemandKind.RELEASE, DemandKind.DEATH_PENALTY), "death_penalty"),
    ],
)
def test_the_letter_that_fits_is_suggested(demands, name):
    assert BOOK.suggest(demands) == name


def test_only_letters_that_ask_for_something_demanded_fit():
    assert BOOK.fitting((DemandKind.HEALTH, DemandKind.RELEASE, DemandKind.FAMILY)) == ("release", "health")
    assert BOOK.fitting((DemandKind.OTHER,)) == ("release",)


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("en", "Appeal for Ana Ruiz (Turkey)"),
        ("fr", "Appel en faveur d’Ana Ruiz (Turquie)"),
        ("es", "Llamamiento en favor de Ana Ruiz (Turquía)"),
    ],
)
def test_the_subject_names_the_person_and_the_country(language, subject):
    assert a_letter(language, country="Turkey").subject == subject


def test_a_country_we_cannot_name_is_left_out():
    assert a_letter("en", country=None).subject == "Appeal for Ana Ruiz"
    assert a_letter("fr", country="Ruritania").subject == "Appel en faveur d’Ana Ruiz"


def test_an_addressee_not_known_yet_is_greeted_all_the_same():
    assert a_letter(target=None).body.startswith("Dear Sir or Madam,\n\n")
    assert a_letter("fr", target=Target(role="Director")).body.startswith("Madame, Monsieur,\n\n")


def test_a_salutation_printed_in_another_language_is_translated():
    fiscal = Target(salutation="Señor Fiscal General")

    assert a_letter("en", target=fiscal, written_in="es").body.startswith("Dear Prosecutor General,\n\n")
    assert a_letter("fr", target=fiscal, written_in="es").body.endswith(
        "Je vous prie d’agréer, Monsieur le Procureur général, l’expression de ma haute considération."
    )


# Letters in full ------------------------------------------------------------------------------------------------------


def test_a_letter_for_release_in_english():
    demands = (DemandKind.RELEASE, DemandKind.HEALTH, DemandKind.FAMILY, DemandKind.LAWYER, DemandKind.NO_TORTURE)

    assert a_letter(demands=demands).body == (
        "Dear Director,\n\n"
        "I am writing to you about Ana Ruiz. I have learned of her case, and I am deeply concerned for her.\n\n"
        "I ask you to see that Ana Ruiz is released immediately and unconditionally. Until then, please make sure that "
        "she has the medical care she needs, regular contact with her family and with lawyers of her own choice, and "
        "full protection from torture and other ill-treatment.\n\n"
        "Behind every case file there is a human being, and there are people who wait for news. I do not know how much "
        "of this lies in your own hands, but I do know that a word from your office carries weight. Please let it be a "
        "word in favour of Ana Ruiz.\n\n"
        "I shall go on following this case, and I would be grateful to hear from you what is being done for her. Thank "
        "you for the time you have given to my letter.\n\n"
        "Yours sincerely,"
    )


def test_a_letter_for_a_group_in_french():
    demands = (DemandKind.INVESTIGATION, DemandKind.PROTECTION)

    assert a_letter("fr", person=PEOPLE["group"], demands=demands, target=None).body == (
        "Madame, Monsieur,\n\n"
        "Je me permets de vous écrire au sujet des membres de la communauté de Vila Canário. J’ai pris connaissance de "
        "leur histoire, et leur sort me préoccupe profondément.\n\n"
        "Je vous demande de veiller à ce qu’une enquête rapide, indépendante et impartiale établisse ce qui leur est "
        "arrivé et qui doit en répondre, et à ce que des mesures efficaces, conformes à leurs souhaits, leur assurent "
        "une réelle sécurité.\n\n"
        "Derrière chaque dossier, il y a un être humain, et des proches qui attendent des nouvelles. J’ignore ce qui "
        "dépend directement de vous, mais je sais qu’un mot de votre part peut beaucoup. Je vous prie de le prononcer "
        "en faveur de ces personnes.\n\n"
        "Je continuerai de suivre cette affaire avec attention, et je vous saurais gré de me faire connaître les "
        "mesures qui auront été prises. Je vous remercie du temps que vous aurez consacré à cette lettre.\n\n"
        "Je vous prie d’agréer, Madame, Monsieur, l’expression de ma haute considération."
    )


def test_a_letter_for_medical_care_in_spanish():
    demands = (DemandKind.HEALTH, DemandKind.LAWYER, DemandKind.DEATH_PENALTY)

    assert a_letter("es", "health", PEOPLE["he"], demands).body == (
        "Señora Directora, Señor Director:\n\n"
        "Me dirijo a usted con todo respeto para hablarle de Bo Chen. He tenido noticia de este caso, que me causa una "
        "honda preocupación y en el que no dejo de pensar. Su salud me preocupa hondamente.\n\n"
        "Le ruego que vele por que Bo Chen reciba sin demora la atención médica adecuada, a cargo de profesionales de "
        "la salud y con pleno respeto a la ética médica y a su libre consentimiento. Es esencial también que tenga "
        "libre acceso a representantes legales de su elección. Le pido además, en favor de Bo Chen, que en ningún caso "
        "se le imponga la pena de muerte ni se lleve a cabo su ejecución.\n\n"
        "La atención médica no es un favor: es un derecho de todo ser humano, en todo lugar y en toda circunstancia, y "
        "no admite espera. No sé cuánto depende directamente de usted, pero sé que una palabra suya tiene peso. Le "
        "ruego que la pronuncie en favor de Bo Chen.\n\n"
        "Seguiré con atención este caso, y le agradecería que me hiciera saber qué medidas se han tomado. Gracias por "
        "el tiempo que ha dedicado a leer esta carta.\n\n"
        "Atentamente,"
    )


@pytest.mark.parametrize(
    ("name", "language"),
    [("_clauses", "en"), ("nothing", "en"), ("release", "xx"), ("../en/release", "fr"), ("release", "../letters/en")],
)
def test_a_letter_that_is_not_offered_is_refused(name, language):
    with pytest.raises(NoSuchLetter):
        a_letter(language, name)


# Foreign text ---------------------------------------------------------------------------------------------------------


def test_a_name_is_never_read_as_a_template():
    letter = a_letter(person=Person("{{ 7 * 7 }}"), target=Target(salutation="Dear {% raw %}"))

    assert "{{ 7 * 7 }}" in letter.subject
    assert letter.body.startswith("Dear {% raw %},")


def test_a_name_or_a_salutation_with_line_breaks_stays_on_its_line():
    letter = a_letter(
        person=Person("Ana\r\n\r\nBcc: x\u2029 Ruiz\u202e"),
        target=Target(salutation="Dear\n\nDirector"),
        country="Chi\nna",
    )

    assert letter.subject == "Appeal for Ana Bcc: x Ruiz (Chi na)"
    assert letter.body.startswith("Dear Director,\n\n")
    assert letter.body.count("\n\n") == a_letter().body.count("\n\n")


@settings(max_examples=200, deadline=None)
@given(name=st.text(), salutation=st.text(), country=st.text(), language=st.sampled_from(sorted(OPENINGS)))
def test_no_foreign_text_breaks_the_layout(name, salutation, country, language):
    letter = a_letter(language, person=Person(name), target=Target(salutation=salutation), country=country)

    assert len(letter.body.split("\n\n")) == len(a_letter(language).body.split("\n\n"))
    assert letter.body.count("\n") == a_letter(language).body.count("\n")
    assert letter.subject.isprintable() or not set(letter.subject) & set("\r\n\x00\x85\u2028\u2029\u202e")
