"""A covering note above an output: a section changes in it to whom letters go, which the text below does not know.

Its words and the printed addressee contradict each other, so nobody's letters go out until a person has looked.
"""

from campaign.domain import names
from campaign.domain.patterns import Pattern, pattern
from campaign.domain.reading.numbers import Numbered, Place, cited
from campaign.domain.reading.page import Page
from campaign.domain.reading.statements import Told
from campaign.domain.urgent_action import Doubt, Evidence, Scope, Statement, Verdict

_OFFICIALS: dict[str, str] = {
    "en": r"(?:addressees?|targets?|officials?|ministers?|president|governor|director|prosecutor|procurator|attorney general|commissioner|inspector general|secretary|ambassador|king|judge|superintendent|warden|commander|mayor)",
    "es": r"(?:destinatari[oa]s?|ministr[oa]|president[ea]|fiscal|director|directora|gobernador|gobernadora|procurador|procuradora|comisario|secretari[oa]|alcalde|alcaldesa|embajador|embajadora)",
    "fr": r"(?:destinataires?|ministre|president|presidente|procureure?|directeur|directrice|gouverneure?|prefete?|garde des sceaux|commissaire|secretaire|maire|ambassadeur|ambassadrice)",
    "de": r"(?:adressat\w*|empfanger\w*|minister\w*|prasident\w*|gouverneur\w*|direktor\w*|generalstaatsanw\w*|botschafter\w*)",
}
# What a note says where it puts one addressee in another's place, by language.
CHANGED: dict[str, str] = {
    "en": r"\b(?:address|send|direct|write|mail|fax|post)\b.{0,90}\b(?:to (?:the|his|her) (?:new|successor)|to (?:his|her|their) successor|instead of|rather than|and not to|but not to)\b|"
    r"\b{officials}\b.{0,90}\b(?:was|were|has been|have been|is|are)(?: (?!not)\w+){0,2} (?:replaced|succeeded|removed from|dismissed|transferred|sacked|changed)\b|"
    r"\b{officials}\b.{0,90}\b(?:no longer (?:holds?|in (?:office|post)|the|serves?|correct|valid)|has (?:left|changed|resigned|died|retired|stepped down)|have changed|is no longer|are no longer|(?:is|are) (?:wrong|out of date|incorrect|outdated)|resigned|stepped down|left office|retired|died|was sworn in|took office)\b|"
    r"\b(?:letters?|appeals?|messages|faxes|e-?mails?)\b.{0,60}\b(?:go|goes|sent|addressed|directed|written)\b.{0,40}\bto (?:(?:his|her|their|the) (?:successor|new)|somebody else|another)\b|"
    r"\b(?:address|addresses|name)\b.{0,40}\b(?:below|given|printed|in the (?:appeal|action|text|ua))\b.{0,40}\b(?:has changed|have changed|is wrong|is (?:out of date|incorrect|outdated|no longer))\b",
    "es": r"\b(?:dirij\w+|envi\w+|escrib\w+|mand\w+)\b.{0,90}\b(?:al nuevo|a la nueva|en lugar de|en vez de|y no (?:a|al)|su sucesor\w*)\b|"
    r"\b{officials}\b.{0,90}\b(?:(?:ha sido|han sido|fue|fueron) (?:sustituid|reemplazad|destituid|cesad|cambiad|relevad)\w*|ha (?:cambiado|dimitido|dejado el cargo)|ya no (?:es|ocupa|ejerce|son)|dimitio|renuncio|fallecio|murio)\b",
    "fr": r"\b(?:adress\w+|envoy\w+|ecri\w+)\b.{0,90}\b(?:au nouveau|a la nouvelle|au lieu de|plutot qu\w*|et non (?:plus )?(?:a|au)|(?:son|sa) successeure?)\b|"
    r"\b{officials}\b.{0,90}\b(?:(?:a ete|ont ete) (?:remplace|demis|revoque|mute|change|limoge)\w*|a (?:change|demissionne|quitte)|n'est plus|ne sont plus|est decede|est mort|vient de (?:demissionner|changer))\b",
    "de": r"\b(?:schreib\w+|richt\w+|send\w+|adressier\w+)\b.{0,90}\b(?:an (?:den|die) neuen?|statt an|und nicht an|anstelle)\b|"
    r"\b{officials}\b.{0,90}\b(?:abgelost|ersetzt|ausgetauscht|entlassen|nicht mehr im amt|hat gewechselt)\b",
}  # fmt: skip
_SENTENCE = "A note above the output changes to whom letters go."


def _patterns() -> tuple[Pattern, ...]:
    return tuple(pattern(words.replace("{officials}", _OFFICIALS[language])) for language, words in CHANGED.items())


_CHANGED = _patterns()


def changes_addressee(page: Page, numbered: list[Numbered]) -> Evidence | None:
    """Where a note above the document's own head changes an addressee of this action."""
    heads = [number for number in numbered if number.place is Place.HEAD]
    if not heads:
        return None
    own = {number.ua for number in numbered}
    for start, end in page.sentences(0, page.start_of(heads[0].line)):
        others = cited(page.text[start:end])
        if (not others or others & own) and any(words.search(page.flat[start:end]) for words in _CHANGED):
            return page.evidence(start, end)
    return None


def held_back(told: Told, note: Evidence) -> Told:
    """What is told once a note has changed the addressee: those for whom letters go on wait for a person."""
    if any(s.verdict is Verdict.CLOSED and s.scope is Scope.EVERYONE for s in told.statements):
        return told
    closed = [name for s in told.statements if s.verdict is Verdict.CLOSED for name in s.names]
    roster = [(person.name, *person.aliases) for person in told.people]
    ended = {place for name in closed for place in names.fitting(name, roster)}
    left = tuple(person.name for n, person in enumerate(told.people) if n not in ended)
    if not left:
        return told
    waiting = Statement(Verdict.REVIEW, Scope.NAMED, note, names=left)
    return Told((*told.statements, waiting), told.people, (*told.doubts, Doubt(_SENTENCE, note)))
