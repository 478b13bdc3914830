"""Every letter, for everybody, whatever is demanded."""

import re
from functools import cache
from itertools import combinations, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.domain.refusals import NoSuchLetter
from campaign.domain.urgent_action import DemandKind, Person, Target
from campaign.letterbook import Letterbook, OwnWords

ROOT = Path(__file__).parents[1]
BOOK = Letterbook(ROOT / "letters", ROOT / "templates" / "mail")

PEOPLE = {
    "she": Person("Ana Ruiz", "she/her"),
    "he": Person("Bo Chen", "he/him"),
    "they": Person("Sam Ade", "they/them"),
    "unknown": Person("Ilham Jones"),
    "group": Person("Community of Vila Canário", is_group=True),
}
DIRECTOR = Target(name="Zhang Wei", role="Director", salutation="Dear Director")
KINDS = [kind for kind in DemandKind if kind is not DemandKind.OTHER]
DEMANDS = [
    *(some for size in range(3) for some in combinations(KINDS, size)),
    *(some for size in range(3, 6) for some in combinations(KINDS[:5], size)),
    tuple(KINDS),
]
LETTERS = [(language, name) for language, names in BOOK.offered().items() for name in names]

# By these words a letter is known to ask for something.
SIGNS = {
    "en": {
        DemandKind.RELEASE: "released immediately and unconditionally",
        DemandKind.HEALTH: "medical care",
        DemandKind.FAMILY: r"contact with (his|her|their) famil(y|ies)",
        DemandKind.LAWYER: r"lawyers of (his|her|their) own choice",
        DemandKind.NO_TORTURE: "torture and other ill-treatment",
        DemandKind.FAIR_TRIAL: r"right .*to a fair trial",
        DemandKind.CHARGES: "any charges against (him|her|them) are dropped",
        DemandKind.INVESTIGATION: "independent and impartial investigation",
        DemandKind.PROTECTION: "keep (him|her|them) safe",
        DemandKind.DISAPPEARANCE: "told at once where (she is|he is|they are)",
        DemandKind.DEATH_PENALTY: "the death penalty is neither imposed",
    },
    "fr": {
        DemandKind.RELEASE: "libération immédiate et sans condition",
        DemandKind.HEALTH: "soins médicaux",
        DemandKind.FAMILY: "contacts réguliers avec (sa famille|leurs familles)",
        DemandKind.LAWYER: "les avocats de (son|leur) choix",
        DemandKind.NO_TORTURE: "la torture et tout autre mauvais traitement",
        DemandKind.FAIR_TRIAL: "droit .*à un procès équitable",
        DemandKind.CHARGES: "charges éventuellement retenues à (son|leur) encontre soient abandonnées",
        DemandKind.INVESTIGATION: "enquête rapide, indépendante et impartiale",
        DemandKind.PROTECTION: "assurent une réelle sécurité",
        DemandKind.DISAPPEARANCE: "sans délai de (son|leur) sort",
        DemandKind.DEATH_PENALTY: "la peine de mort ne soit en aucun cas prononcée",
    },
    "es": {
        DemandKind.RELEASE: r"la libertad de inmediato y sin condiciones",
        DemandKind.HEALTH: "la atención médica (que necesita|adecuada)",
        DemandKind.FAMILY: "regularidad con (su familia|sus familias)",
        DemandKind.LAWYER: "representantes legales de su elección",
        DemandKind.NO_TORTURE: "a salvo de la tortura y de cualquier otro maltrato",
        DemandKind.FAIR_TRIAL: "derecho .*a un juicio justo",
        DemandKind.CHARGES: "se retiren todos los cargos",
        DemandKind.INVESTIGATION: "investigación inmediata, independiente e imparcial",
        DemandKind.PROTECTION: "garantice su seguridad",
        DemandKind.DISAPPEARANCE: "sin demora dónde (está|están)",
        DemandKind.DEATH_PENALTY: "imponga la pena de muerte",
    },
}
# What a letter asks for whatever is demanded, because it is there for that.
OWN_DEMAND = {
    "health": DemandKind.HEALTH,
    "fair_trial": DemandKind.FAIR_TRIAL,
    "death_penalty": DemandKind.DEATH_PENALTY,
    "disappearance": DemandKind.DISAPPEARANCE,
}
SUPPORTERS = ("", *(f"supporter {number}" for number in range(30)))
OPENINGS = {
    "en": "Dear Director,",
    "fr": "Madame la Directrice, Monsieur le Directeur,",
    "es": "Señora Directora, Señor Director:",
}
CLOSINGS = {
    "en": {"Yours sincerely,", "Respectfully yours,", "Yours respectfully,"},
    "fr": {
        f"{polite} Madame la Directrice, Monsieur le Directeur, l’expression de ma {regard}."
        for polite, regard in (
            ("Je vous prie d’agréer,", "haute considération"),
            ("Veuillez agréer,", "haute considération"),
            ("Je vous prie de recevoir,", "considération respectueuse"),
        )
    },
    "es": {"Atentamente,", "Respetuosamente,", "Le saluda atentamente,"},
}
FLAWS = re.compile(r"  | [,.;:]|\.\.|,,|,\.|\bNone\b|[{}<>\t]|\b(and|et|y)[,.]|\b(\w+) \2\b|\bUndefined\b")

HERS, HIS, THEIRS = (
    {"she", "her", "hers", "herself"},
    {"he", "him", "his", "himself"},
    {"they", "them", "their", "themselves"},
)
PRONOUNS = {"she": HERS, "he": HIS, "they": THEIRS, "unknown": THEIRS, "group": THEIRS}


@cache
def a_letter(language="en", name="release", person=PEOPLE["she"], demands=(), **facts):
    facts = {"target": DIRECTOR, "country": "China", **facts}
    return BOOK.draft(name, language, person=person, demands=demands, **facts)


def own_demand(name, demands):
    if name == "protection":
        return {DemandKind.NO_TORTURE if DemandKind.NO_TORTURE in demands else DemandKind.PROTECTION}
    return {OWN_DEMAND[name]} if name in OWN_DEMAND else set() if demands else {DemandKind.RELEASE}


def letters_of(language, name, who):
    """The letter with all kinds of demands, each as another supporter gets it."""
    for place, demands in enumerate(DEMANDS):
        yield demands, a_letter(language, name, PEOPLE[who], demands, seed=SUPPORTERS[place % len(SUPPORTERS)])


def words(text):
    return set(re.findall(r"[^\W\d_]+", text.casefold()))


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


# Own words and words of one's own ---------------------------------------------------------------------------------------


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
