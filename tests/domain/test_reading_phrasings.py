"""Status paragraphs in two hundred phrasings: each is understood as a careful person would, or left to a person."""

import json

import pytest

from campaign.domain.reading import as_truth, read
from tests.domain import reading_given as given

PHRASINGS = [
    json.loads(line) for line in (given.DOCUMENTS / "sentences.jsonl").read_text(encoding="utf-8").splitlines() if line
]
# By language: the head, the letter, a background, until when, the names, the closing line.
PARTS = {
    "en": (
        "Third UA: 44/23 Index: ASA 17/1234/2023 Nepal Date: 9 September 2023\n\nURGENT ACTION\n\nWORD OF TWO FRIENDS",
        "TAKE ACTION: WRITE AN APPEAL IN YOUR OWN WORDS OR USE THIS MODEL LETTER\n\nMinister of Justice\nHari Rana\n"
        "Ministry of Justice\n1 Long Street\nKathmandu, Nepal\n\nDear Minister,\n\nI urge you to respect the law.\n\n"
        "Yours sincerely,",
        "ADDITIONAL INFORMATION\n\nThe valley is high and the winter long.",
        "PLEASE TAKE ACTION AS SOON AS POSSIBLE UNTIL: 1 December 2023",
        "NAME AND PREFERRED PRONOUN: ",
        "THIS IS THE THIRD{final} OUTPUT FOR UA 44/23",
        " AND FINAL",
    ),
    "es": (
        "Tercera AU: 44/23 Índice: ASA 17/1234/2023 Nepal Fecha: 9 de septiembre de 2023\n\nACCIÓN URGENTE\n\n"
        "NOTICIAS DE DOS AMISTADES",
        "ACTÚEN: ESCRIBAN UN LLAMAMIENTO CON SUS PROPIAS PALABRAS O UTILICEN ESTA CARTA MODELO\n\nMinistro de Justicia\n"
        "Hari Rana\nMinisterio de Justicia\nCalle Larga 1\nKatmandú, Nepal\n\nSeñor Ministro:\n\n"
        "Le pido que respete la ley.\n\nAtentamente,",
        "INFORMACIÓN COMPLEMENTARIA\n\nEl valle es alto y el invierno largo.",
        "ACTÚEN LO ANTES POSIBLE HASTA EL: 1 de diciembre de 2023",
        "NOMBRE Y PRONOMBRE PREFERIDO: ",
        "ESTA ES LA TERCERA{final} ENTREGA DE LA AU 44/23",
        " Y ÚLTIMA",
    ),
    "fr": (
        "Troisième AU : 44/23 Index : ASA 17/1234/2023 Népal Date : 9 septembre 2023\n\nACTION URGENTE\n\n"
        "DES NOUVELLES DE DEUX PROCHES",
        "PASSEZ À L’ACTION : ENVOYEZ UN APPEL EN UTILISANT VOS PROPRES MOTS OU EN VOUS INSPIRANT DU MODÈLE DE LETTRE "
        "CI-DESSOUS\n\nMinistre de la Justice\nHari Rana\nMinistère de la Justice\nRue Longue 1\nKatmandou, Népal\n\n"
        "Monsieur le Ministre,\n\nJe vous demande de respecter la loi.\n\n"
        "Veuillez agréer, Monsieur le Ministre, l’expression de ma haute considération.",
        "COMPLÉMENT D’INFORMATION\n\nLa vallée est haute et l’hiver long.",
        "MERCI D’AGIR DANS LES PLUS BREFS DÉLAIS ET AVANT LE : 1er décembre 2023",
        "NOM ET PRONOM PRÉFÉRÉ : ",
        "CECI EST LA DEUXIÈME{final} MISE À JOUR DE L’AU 44/23",
        " ET DERNIÈRE",
    ),
}
PRONOUNS = {
    "en": {"she": "she, her", "he": "he, him", "they": "they, them"},
    "es": {"she": "ella", "he": "él", "they": "elle"},
    "fr": {"she": "elle", "he": "il", "they": "iel"},
}


def the_paper(one):
    """A whole output around a status paragraph."""
    head, letter, background, until, names, closing, final = PARTS[one["language"]]
    people = [
        f"{name} ({PRONOUNS[one['language']][pronouns.split('/')[0]]})" if pronouns else name
        for name, pronouns in one["people"]
    ]
    paragraphs = (
        head,
        one["news"],
        one["paragraph"],
        letter if one["asks"] else "",
        background,
        until if one["asks"] else "",
        names + ", ".join(people),
        closing.format(final=final if one["final"] else ""),
    )
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def verdicts(one):
    return {person["name"]: person["action"] for person in as_truth(read(the_paper(one)))["people"]}


@pytest.mark.parametrize("one", PHRASINGS, ids=lambda one: one["paragraph"][:50] or "nothing")
def test_a_phrasing_is_understood_or_left_to_a_person(one):
    found = verdicts(one)

    for name, verdict in one["verdicts"].items():
        assert found.get(name) in (verdict, "review"), (name, one["paragraph"])


def test_most_phrasings_are_understood():
    right = [verdicts(one).get(name) == verdict for one in PHRASINGS for name, verdict in one["verdicts"].items()]

    assert sum(right) >= 0.6 * len(right)
