"""What letters ask for: the sentences of the model letter that ask, or the points; each told by kind."""

import re
from collections.abc import Iterator

from campaign.domain.folding import fold
from campaign.domain.patterns import pattern
from campaign.domain.reading.page import Page, joined
from campaign.domain.reading.zones import BULLET, SIGN_OFF, Zones
from campaign.domain.urgent_action import Demand, DemandKind

KINDS: dict[str, tuple[tuple[DemandKind, str], ...]] = {
    "en": (
        (DemandKind.RELEASE, r"\brelease|\bfree(?:d)?\b(?! from| of| speech| and fair)|\bset free|\bfreed\b|\blet .{2,40} go\b"),
        (DemandKind.HEALTH, r"\bmedical|\bhealth|\bmedic|\bdoctors?\b|\btreatment(?<!ill-treatment)(?! .{0,20}torture)|\bhospital|\bmedicines?\b|\bspecialist"),
        (DemandKind.FAMILY, r"\bfamil(?:y|ies)\b|\brelatives\b|\bvisits?\b|\bparents\b|\bloved ones\b"),
        (DemandKind.LAWYER, r"\blawyers?\b|\blegal (?:counsel|representation|assistance|team|aid)|\bcounsel\b|\battorneys? of"),
        (DemandKind.NO_TORTURE, r"\btortur|\bill-?\s?treat|\bmistreat|\binhuman|\bbeaten\b(?= and| or)|\bnot (?:be )?(?:beaten|harmed)"),
        (DemandKind.FAIR_TRIAL, r"\bfair (?:and \w+ )?trial|\bretrial|\bfair trial|\bdue process|\btried (?:fairly|promptly)|\bcivilian court|\bfair hearing|\bappeal hearing|\boppose (?:his|her|their) appeal"),
        (DemandKind.CHARGES, r"\bcharges?\b(?! or)(?=.{0,60}\b(?:drop|withdraw|dismiss|quash))|\b(?:drop|withdraw|dismiss|quash|overturn|annul|lift)\w*\b.{0,60}\b(?:charges?|case|convictions?|sentences?|proceedings|prosecution|accusations?)|\bconvictions?\b.{0,40}\b(?:quash|overturn|annul)|\bcharge\w* against .{2,60} (?:is|are|be) (?:drop|withdraw|dismiss)"),
        (DemandKind.INVESTIGATION, r"\binvestigat|\binquir(?:y|ies)\b|\blooked into|\bheld to account|\bbring .{0,40} to justice|\bbrought to justice|\baccountable"),
        (DemandKind.PROTECTION, r"\bprotect|\bsafety\b|\bguarantee .{0,30}security|\bescort|\bsafeguard"),
        (DemandKind.DISAPPEARANCE, r"\bwhereabouts|\bwhere .{2,80} (?:is|are)(?: \w+)? (?:held|being held|detained)|\bfate\b|\bdisappear"),
        (DemandKind.DEATH_PENALTY, r"\bdeath (?:penalty|sentence)|\bexecution|\bexecute\b|\bclemency|\bcommut|\bmoratorium"),
    ),
    "es": (
        (DemandKind.RELEASE, r"\blibertad\b(?! de (?:expresion|reunion))|\bliber(?:e|en|ar|ado|ada|acion)\b|\bexcarcel"),
        (DemandKind.HEALTH, r"\bmedic[oa]s?\b|\bsalud\b|\batencion medica|\btratamiento medico|\bhospital"),
        (DemandKind.FAMILY, r"\bfamilia\w*\b|\bvisitas?\b"),
        (DemandKind.LAWYER, r"\babogad|\basistencia letrada|\bdefensa letrada|\brepresentacion letrada"),
        (DemandKind.NO_TORTURE, r"\btortura|\bmalos tratos|\bmaltrat"),
        (DemandKind.FAIR_TRIAL, r"\bjuicio justo|\bdebido proceso|\bgarantias procesales|\bnuevo juicio"),
        (DemandKind.CHARGES, r"\b(?:retir|anul|desestim|levant)\w*\b.{0,50}\b(?:cargos|condena|sentencia|acusaci|causa)"),
        (DemandKind.INVESTIGATION, r"\binvestig|\brendir cuentas|\bante la justicia|\bresponsables\b"),
        (DemandKind.PROTECTION, r"\bproteccion|\bproteg|\bseguridad de\b|\bmedidas de seguridad"),
        (DemandKind.DISAPPEARANCE, r"\bparadero|\bdesapar|\bsuerte\b"),
        (DemandKind.DEATH_PENALTY, r"\bpena de muerte|\bejecuci|\bconmut|\bindult"),
    ),
    "fr": (
        (DemandKind.RELEASE, r"\bliber(?:er|ez|e|ee|es|ees|ation)\b|\bremise? en liberte|\bliberte immediate|\bremettre en liberte"),
        (DemandKind.HEALTH, r"\bmedic|\bsante\b|\bsoins\b|\bmedecin|\bhopital|\btraitement medical"),
        (DemandKind.FAMILY, r"\bfamilles?\b|\bproches\b|\bvisites?\b"),
        (DemandKind.LAWYER, r"\bavocat|\bassistance juridique|\bconseil juridique"),
        (DemandKind.NO_TORTURE, r"\btortur|\bmauvais traitement|\bmaltrait"),
        (DemandKind.FAIR_TRIAL, r"\bproces equitable|\bnouveau proces|\bnormes d'equite|\bequitable"),
        (DemandKind.CHARGES, r"\b(?:abandon|annul|lev|retir)\w*\b.{0,50}\b(?:charges|poursuites|condamnation|accusations?|peine)"),
        (DemandKind.INVESTIGATION, r"\benquete|\bmener une investigation|\bcomptes? de leurs actes|\bjustice les responsables|\bdevant la justice"),
        (DemandKind.PROTECTION, r"\bprotect|\bproteg|\bsecurite de\b"),
        (DemandKind.DISAPPEARANCE, r"\blieu de detention|\bsort\b|\bdispar|\bou (?:il|elle|ils|elles) (?:se trouve|est|sont)"),
        (DemandKind.DEATH_PENALTY, r"\bpeine de mort|\bexecution|\bcommu|\bgrace\b|\bclemence"),
    ),
}  # fmt: skip
ASKING: dict[str, str] = {
    "en": r"\b(?:i|we) (?:\w+ ){0,3}?(?:urge|call (?:on|upon)|ask|request|appeal|implore|demand|beg|invite|press|plead|strongly|hope that you|would ask|want you)\b|\b(?:i|we) (?:\w+ ){0,2}?(?:am|are) (?:writing to )?(?:asking|urging|calling|request)|^(?:please|until then|in the meantime|meanwhile|pending|kindly|ensure|release|drop|i would like you|also|in addition|further(?:more)?)\b|\bplease (?:make|see|ensure|order|release|do|drop|use|take|end|stop|grant|give|allow|let|protect|act)\b|\byou (?:must|should|need to|have to)\b",
    "es": r"\b(?:le|les|lo|la|os) (?:pido|pedimos|insto|instamos|ruego|rogamos|solicito|solicitamos|exhorto|exijo|urjo)|\b(?:pido|insto|solicito|exijo|exhorto|ruego|pedimos|instamos|solicitamos)\b|^(?:hasta entonces|mientras tanto|por favor|asimismo|tambien|hasta que)\b",
    "fr": r"\bje (?:vous |me permets de vous )?(?:demande|prie|exhorte|appelle|engage|invite|conjure|supplie)|\bnous (?:vous )?(?:demandons|prions|exhortons|appelons|engageons)|^(?:d'ici la|dans l'attente|en attendant|dans l'intervalle|veuillez|entre-temps)\b|\b(?:je vous prie|je vous saurais)\b",
}  # fmt: skip
_MEANWHILE = re.compile(r"\b(?:pending|until|awaiting) (?:his|her|their|the) (?:\w+ ){0,3}release\b")
_WELCOMING = re.compile(
    r"^\W*(?:welcom|expressing\b|reminding|noting|thanking|acogiendo|celebrando|expresando|recordando|se felicit|exprimant|rappelant)"
)
_ASKS = tuple(pattern(row) for row in ASKING.values())
_KINDS = tuple((kind, pattern(row)) for rows in KINDS.values() for kind, row in rows)


def demands_of(page: Page, zones: Zones) -> tuple[Demand, ...]:
    """What the letter asks for, each thing once for every kind of demand in its sentence."""
    found: list[Demand] = []
    for start, end in _asking(page, zones):
        evidence = page.evidence(start, end)
        text = BULLET.sub("", evidence.text).strip(" ;,*•■-")
        found += [Demand(kind, text, evidence) for kind in kinds_of(text)]
    return tuple(found)


def kinds_of(text: str) -> list[DemandKind]:
    """The kinds of demand in a sentence, in the order of the enum; OTHER if it is of none."""
    folded = _MEANWHILE.sub("", fold(text).replace("’", "'"))
    kinds = {kind for kind, asked in _KINDS if asked.search(folded)}
    if DemandKind.DEATH_PENALTY in kinds:
        kinds.discard(DemandKind.CHARGES)
    return [kind for kind in DemandKind if kind in kinds] or [DemandKind.OTHER]


def _asking(page: Page, zones: Zones) -> Iterator[tuple[int, int]]:
    if zones.letter:
        first, last = zones.letter
        begin, end = page.start_of(first + 1), page.start_of(last)
        for start, stop in page.sentences(begin, end):
            start += len(page.text[start:stop]) - len(page.text[start:stop].lstrip())
            folded = fold(joined(page.text[start:stop])).replace("’", "'")
            if not SIGN_OFF.match(folded) and any(asks.search(folded) for asks in _ASKS):
                yield start, stop
        return
    for first, last in zones.bullets:
        if any(a <= first < b for a, b in zones.targets) or page.lines[first][:1].isdigit():
            continue
        start, stop = page.start_of(first), page.start_of(last - 1) + len(page.lines[last - 1])
        if not _WELCOMING.match(fold(BULLET.sub("", page.text[start:stop]))):
            yield start, stop
