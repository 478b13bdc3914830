"""Which of the demands a letter speaks of, told by the roots of its words: enough to see that one is missing."""

import re

from campaign.domain.folding import fold
from campaign.domain.urgent_action import DemandKind

# Folded beginnings of words, in English, French and Spanish.
_ROOTS: dict[DemandKind, str] = {
    DemandKind.RELEASE: "release|freed|set free|free (?:him|her|them)|liber|relach",
    DemandKind.HEALTH: "medic|doctor|health|hospital|soins|sante|medec|salud",
    DemandKind.FAMILY: "famil|relatives|proches|familiares",
    DemandKind.LAWYER: "lawyer|legal (?:counsel|representa)|avocat|abogad|representantes? legal",
    DemandKind.NO_TORTURE: "tortur|ill-treat|mauvais traitement|maltrait|malos tratos|maltrat",
    DemandKind.FAIR_TRIAL: "fair trial|fairly|proces equit|juicio justo|garantias",
    DemandKind.CHARGES: "charge|accusation|poursuite|cargos|acusaci",
    DemandKind.INVESTIGATION: "investig|inquiry|enquet",
    DemandKind.PROTECTION: "protec|proteg|safety|securite|seguridad",
    DemandKind.DISAPPEARANCE: "whereabouts|fate|become of|disappear|dispar|advenu de|lieu ou|desapar|paradero|suerte",
    DemandKind.DEATH_PENALTY: "death|execut|peine de mort|condamnation a mort|muerte|ejecu",
}


def demands_said(text: str) -> frozenset[DemandKind]:
    """The demands that the text speaks of."""
    folded = fold(text)
    return frozenset(kind for kind, roots in _ROOTS.items() if re.search(rf"\b(?:{roots})", folded))
