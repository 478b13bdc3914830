"""What the tests of letters share: people, demands, and the signs by which a letter is known to ask for something."""

import re
from functools import cache
from itertools import combinations
from pathlib import Path

from campaign.domain.urgent_action import DemandKind, Person, Target
from campaign.letterbook import Letterbook

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
