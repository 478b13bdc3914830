"""The words around a status formula: in whose mouth it is, for whom it is meant, and who is left out of it."""

import re

from campaign.domain.folding import fold
from campaign.domain.reading.phrases import OURSELVES, OUTSIDERS, REPORTING, SPEAKING

_NAMED_BEFORE = re.compile(
    r"\b(?:for|on behalf of|as for|regarding|concerning|in the cases? of|para|por|pour|concernant|en faveur d[eu]|s.agissant d[eu]|für|im fall von)\s+",
    re.I,
)
# "For a year", "for months", "for now": a stretch of time is nobody's name.
_STRETCH = re.compile(
    r"(?:(?:about|almost|nearly|over|more|less|than|at least|up to|the|past|last|first|next|a|an|one|half|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|many|some|few|\d+|mas|de|casi|unos?|unas?|varios|varias|dos|tres|cuatro|cinco|seis|plus|pres|d'une?|une?|plusieurs|deux|trois|quatre|cinq|six)\s+)*"
    r"(?:years?|months?|weeks?|days?|hours?|decades?|time|while|now|long|anos?|mes(?:es)?|semanas?|dias?|horas?|tiempo|ans?|annees?|mois|semaines?|jours?|heures?|longtemps|l'instant|le moment|el momento|ahora)\b"
)
_NO_SUBJECT = re.compile(
    r"(?:you|we|members|supporters|the network|network members|nobody|no one|people)(?: (?:all|now))?"
)
_TRAILING = re.compile(
    r",?\s*\b(?:who|which|whose|whom|as (?:he|she|they|it|the)|since|because|after|following|now that|but|while|whereas|until|at (?:this|present|the)|"
    r"either\b|in (?:this|the|order)|and (?:we|many|thank|please|you)|from the|by the|qui\b|dont\b|quien|que\b|ya que|puesto que|porque|por el momento|pour le moment|"
    r"a ce stade|actuellement|hasta|jusqu|currently|so that|mais|pero|mientras|tandis|alors que|due to|thanks to|given|when|if|we (?:can|do|are|cannot|would|have|will)|only\s*$|alone\s*$|solamente\s*$|seulement\s*$|uniquement\s*$|ein\s*$)\b.*$",
    re.I | re.S,
)
_SUBJECT_OF = re.compile(
    r"^(?:therefore|however|so|thus|and|but|also|now|at present|in the meantime|meanwhile|por tanto|en consecuencia|donc|par consequent)[, ]*",
    re.I,
)
# A clause before the main one that gives a reason or concedes something.
_SUBORDINATE = re.compile(
    r"^\W*(?:although|though|even though|even if|while|whilst|as|since|because|now that|after|when|once|given that|despite|in spite of|with|following|in view of|in the light of|"
    r"aunque|si bien|a pesar de|pese a|dado que|puesto que|ya que|como|tras|cuando|bien que|meme si|malgre|alors que|etant donne|puisque|comme|apres|suite a)\b[^,;:]*,\s*"
)
# What leaves somebody out of what is said of all: "for all but A", "sauf pour A".
_EXCEPT = re.compile(
    r"[,(]?\s*(?:\b(?:all|everyone|everybody|anyone|anybody|none|nobody)\s*but\b|\bexcept(?:ing|ed)?\b|\bwith the (?:sole |only |single )?exception of\b|\bother than\b|\bapart from\b|\baside from\b|\bbut not\b|\bsave for\b|"
    r"\bexcepto\b|\bsalvo\b|\bmenos\b|\b(?:a|con(?: la)?(?: unica)?) excepcion del?\b|\ben todos los casos menos\b|\bsauf\b|\bexcepte\b|\bhormis\b|\ba l.exception d(?:e |u |es |.)|\ben dehors d(?:e |u |.)|\bpas pour\b|"
    r"\bausser\b|\bmit ausnahme von\b)\s*(?:for|in the cases? of|on behalf of|regarding|concerning|para|por|en (?:el caso|favor) de|pour|en faveur d[eu]|dans le cas d[eu])?\s*"
)
_EVERYONE_BEFORE = re.compile(
    r"(?:all|all of them|everyone|everybody|anyone|anybody|the others|todos|todas|todos ellos|tous|toutes|all (?:the )?(?:others|people|men|women|prisoners)|los demas)?"
)
_EXCEPT_SQUEEZED = re.compile(
    r"(?:all|everyone|everybody|anyone|anybody|none|nobody)but|except(?!ional)|otherthan|apartfrom|asidefrom|savefor|butnotfor|salvo|menospara|menosa|excepcion|sauf|hormis|endehorsd|ausserfur|ausnahme"
)
_RELATIVE = re.compile(
    r"[,\s]*(?:for whom|on whose behalf|in whose cases?|regarding whom|pour (?:laquelle|lequel|lesquel\w+|qui)|en faveur d(?:e qui|esquel\w+|uquel)|para quien(?:es)?|para (?:la|el|los|las) cual(?:es)?|en cuyo caso)\W*$"
)
_BEFORE_RELATIVE = re.compile(r"[;:.]|\b(?:for|on behalf of|para|por|pour|but|and that|pero|mais)\s")
_EVERYBODY = re.compile(
    r"(?:all|each|any|none) (?:of them|of those|the (?:people|others|men|women)|(?:people|persons|men|women) )?(?:(?:else |who are )?(?:named|mentioned|listed)\b.*)?"
    r"|(?:all|everyone|everybody|anyone|anybody|nobody|the others?|the rest|those)(?: (?:else|involved))?(?: (?:who (?:is|are) )?(?:named|mentioned|listed|concerned)\b.*)?"
    r"|(?:todos|todas|los demas|las demas|todas las (?:demas )?personas|el resto|tous|toutes|les autres|toutes les (?:autres )?personnes)(?: (?:mencionad|nombrad|nomme|mentionne|cite)\w*\b.*)?"
)
_QUESTION = re.compile(
    r"\b(?:(?:cannot|can not|can't|do not|don't|could not) (?:yet |now |be )*(?:say|tell|know|certain|sure)|(?:not|un) ?(?:yet )?(?:known|clear|certain|sure)|it remains to be seen)\b.{0,40}\b(?:whether|if)\b\W*(?:any |more |further )*$"
    r"|\b(?:no (?:podemos|sabemos|se sabe)|aun no|todavia no|ne savons pas|ne pouvons pas|on ignore|nous ignorons)\b.{0,40}\bsi\b\W*(?:\w+ ){0,2}$"
)
_CASE = re.compile(
    r"(?:the|this|these|those|both|el|la|los|las|este|esta|su|sus|le|les|ce|cet|cette|ces) (?:present |whole )?(?:cases?|situation|matter|action|caso|casos|situacion|cas|affaire|dossier)\b(?! (?:of|de|del|du|des)\b)"
)
_ADDRESSEE = re.compile(
    r"(?:directly)?to(?:the|mr|mrs|ms|dr|his|her|this)?(?:former|outgoing|new|previous|late|acting|deputy|chief|state|federal|first|prime|public|attorney|district|prison|police|general|provincial|regional|military|special|supreme|high)*"
    r"(?:minister|president|governor|commissioner|prosecutor|director|inspector|ambassador|embassy|judge|mayor|secretary|king|emir|sultan|warden|superintendent|chief|general|colonel|officer|procurator|chancellor|commander|ombuds|speaker|premier|offices?of|excellency|him\b|fax|number|address|email)"
)
_DENIED = re.compile(
    r"\b(?:not|never|does|doesn.t|n.est pas|ne signifie|no significa|cannot)\s*(?:\w+\s*)?$"
)  # fmt: skip
_OTHERS_WORDS = re.compile(OUTSIDERS)
_REPORTED = re.compile(REPORTING)
_SPOKEN = re.compile(SPEAKING)
_OURS = re.compile(OURSELVES)
# The same where blanks were lost: "ourthirdoutputsaidthat".
_SPOKEN_RUN_TOGETHER = re.compile(
    r"(?:said|announced|stated|wrote|declared|ruled|claimed|replied|(?:told|informed)\w{2,20})that$"
)
_TOLD_AGAIN = re.compile(
    r"\b(?:our|the|an|my) (?:\w+ ){0,3}(?:updates?|outputs?|uas?|urgent actions?|appeals?|mails?|messages?|bulletins?|further information),? (?:[\w,]+ ){0,5}(?:said|told|stated|announced|wrote|reported|informed)\b|"
    r"\bwe (?:had |then |once |wrongly |mistakenly )*(?:said|told you|asked you|wrote|announced|reported|informed you)\b"
)

# "At the request of his lawyer" says why we ask, not who speaks.
_WISH = re.compile(
    r"\b(?:at|on|by) (?:the )?(?:request|wish|advice|wishes) of (?:(?:his|her|their|the) )?(?:\w+ ){0,2}(?:lawyers?|counsel|family|relatives)\b|\b(?:at|on) (?:his|her|their) (?:lawyers?'?s?|famil(?:y|ies)'?s?) (?:request|wish|advice)\b|"
    r"\ba peticion de (?:su|sus) (?:abogad\w+|familia)\b|\ba la demande de (?:son|sa|ses|leur|leurs) (?:avocat\w*|famille|proches)\b"
)
# "What we wrote of her stands: …" says again what holds now.
_STILL_TRUE = re.compile(
    r"\b(?:stands?|holds? good|(?:still|continues? to) (?:stands?|holds?|appl(?:y|ies))|remains? (?:true|valid|in force|unchanged|the same)|(?:is|are) unchanged|has not changed|"
    r"sigue (?:en pie|vigente|siendo valid[oa])|reste (?:vrai|valable|inchangee?))\W*$"
)


def is_others_words(lead: str) -> bool:
    """Whether the words before a formula put it in the mouth of somebody else, make it a condition or tell it as past."""
    folded = fold(lead)
    if _TOLD_AGAIN.search(folded) and _STILL_TRUE.search(folded):
        return False
    if _TOLD_AGAIN.search(folded) or _SPOKEN_RUN_TOGETHER.search("".join(folded.split())):
        return True
    if _OURS.search(folded):
        return False
    folded = _WISH.sub(" ", folded)
    subordinate = _SUBORDINATE.match(folded)
    if subordinate and not _SPOKEN.search(subordinate.group()):
        folded = folded[subordinate.end() :]
    return bool(_OTHERS_WORDS.search(folded) or (_REPORTED.search(folded) and not re.search(r"\bfor\s+said\b", folded)))


def is_told_again(folded: str) -> bool:
    """Whether folded words tell what an earlier paper of ours said."""
    return bool(_TOLD_AGAIN.search(folded))


def is_denied(lead: str) -> bool:
    """Whether the words before a formula deny it: "this does not mean that"."""
    return bool(_DENIED.search(fold(lead)))


def is_about_an_addressee(rest: str) -> bool:
    """Whether what follows a formula, squeezed, makes it one about letters to one official only."""
    return bool(_ADDRESSEE.match(rest))


def excepted(words: str) -> tuple[str, str] | None:
    """The people of whom all is said and those left out of it, as printed; None where nobody is left out."""
    folded = fold(words).replace("’", "'").replace("\n", " ")
    found = _EXCEPT.search(folded)
    if found is None or not re.search(r"\w", words[found.end() :]):
        return None
    before = words[: found.start()].strip(" ,:()")
    if re.search(r"\w", before) and not _EVERYONE_BEFORE.fullmatch(fold(before)):
        return None
    return before, relative_cut(words[found.end() :])


def left_out_before_relative(lead: str) -> str | None:
    """The names of "with the exception of A, for whom …" at the end of the words before a formula; None where there are none."""
    folded = fold(lead).replace("’", "'").replace("\n", " ")
    relative = _RELATIVE.search(folded)
    found = _EXCEPT.search(folded, 0, relative.start()) if relative else None
    if found is None or relative is None or re.search(r"\w", folded[: found.start()]):
        return None
    words = lead[found.end() : relative.start()].strip(" ,")
    return words if re.search(r"\w", words) else None


def is_everyone(words: str) -> bool:
    """Whether the words of a list mean everybody: "anyone named in this Urgent Action"."""
    return bool(_EVERYBODY.fullmatch(fold(words).replace("\n", " ").strip(" .,:;()")))


def is_open_question(lead: str) -> bool:
    """Whether the words before a formula make it a question: "we cannot yet say whether"."""
    return bool(_QUESTION.search(fold(lead).replace("\n", " ")))


def leaves_out(letters: str) -> bool:
    """Whether squeezed words speak of an exception, even where it cannot be told for whom."""
    return bool(_EXCEPT_SQUEEZED.search(letters))


def relative_cut(words: str) -> str:
    """A list of names without the relative clause that it ends with."""
    found = _RELATIVE.search(fold(words).replace("\n", " "))
    return trimmed(words[: found.start()] if found else words)


def before_relative(lead: str) -> str | None:
    """The names that a relative clause takes up: of "for all, except for A, for whom" it is A."""
    folded = fold(lead).replace("’", "'").replace("\n", " ")
    found = _RELATIVE.search(folded)
    if found is None:
        return None
    cuts = [cut.end() for cut in _BEFORE_RELATIVE.finditer(folded, 0, found.start())]
    words = lead[cuts[-1] if cuts else 0 : found.start()].strip(" ,")
    return words if re.search(r"\w", words) else None


def named_before(lead: str) -> str | None:
    """The names before a formula: "For A and B no further action is requested"."""
    for found in _NAMED_BEFORE.finditer(lead):
        words = lead[found.end() :]
        if not _STRETCH.match(fold(words).replace("’", "'")):
            return trimmed(words)
    return None


def subject_of(lead: str) -> str:
    """The subject of "… requires no further action"; empty where it is the case as such."""
    subject = _SUBJECT_OF.sub("", lead.strip())
    folded = fold(subject)
    return "" if _CASE.match(folded) or _NO_SUBJECT.fullmatch(folded) else subject


_REASON = re.compile(
    r":\s+(?=(?:their|his|her|he|she|they|it|its|the|as|since|because|there|both|su|sus|el|la|los|las|ya|leur|son|sa|ses|il|elle|ils|elles|le|les)\b).*$",
    re.I | re.S,
)


def trimmed(words: str) -> str:
    """A list of names without the clause that goes on behind it."""
    words = _REASON.sub("", words)
    bare = _TRAILING.sub("", words)
    return bare if re.search(r"\w", bare) else words
