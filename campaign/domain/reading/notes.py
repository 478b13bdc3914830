"""A covering note above an output: what a section says there of addressees, days and news the text below does not know.

Its words and those below contradict each other, so nobody's letters go out until a person has looked.
"""

from campaign.domain import names
from campaign.domain.patterns import Pattern, pattern
from campaign.domain.reading.news import WAYS_OUT, news_of
from campaign.domain.reading.numbers import Numbered, Place, cited
from campaign.domain.reading.page import Page
from campaign.domain.reading.statements import Told
from campaign.domain.urgent_action import Doubt, News, Scope, Statement, Verdict

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
# And where it sets another day until which to write, or ends letters from its own members.
ANOTHER_DAY: dict[str, str] = {
    "en": r"\b(?:deadline|closing date|cut-off date)\b.{0,60}\b(?:brought forward|moved|changed|extended|put (?:back|off)|postponed|shortened|is now|is wrong)\b|\bwhatever the (?:date|deadline)\b|"
    r"\b(?:our|this|the) (?:section|office|group)\b.{0,40}\b(?:closes?|ends?|stops?|is closing|is ending|will (?:close|end|stop))\b.{0,60}\b(?:actions?|letters?|appeals?|uas?|urgent actions?)\b|"
    r"\bthis (?:ua|urgent action|action|appeal)\b.{0,30}\b(?:withdrawn|retracted|recalled|cancelled)\b",
    "es": r"\b(?:plazo|fecha limite)\b.{0,60}\b(?:adelant|ampli|prorrog|cambi|modific)\w+|\b(?:nuestra|la) seccion\b.{0,40}\b(?:cierra|cerrara|termina|concluye)\b.{0,60}\b(?:accion|cartas|llamamientos|au)\b",
    "fr": r"\b(?:date limite|delai|echeance)\b.{0,60}\b(?:avance|prolonge|modifie|change|reporte)\w*|\b(?:notre|la) section\b.{0,40}\b(?:ferme|clot|termine|arrete)\b.{0,60}\b(?:action|lettres|appels|au)\b",
}  # fmt: skip
_TO_WHOM = "A note above the output changes to whom letters go."
_TILL_WHEN = "A note above the output changes whether or until when letters are asked for."


def _patterns() -> tuple[tuple[Pattern, str], ...]:
    return (
        *((pattern(w.replace("{officials}", _OFFICIALS[language])), _TO_WHOM) for language, w in CHANGED.items()),
        *((pattern(words), _TILL_WHEN) for words in ANOTHER_DAY.values()),
    )


_CHANGES = _patterns()


def note_above(page: Page, numbered: list[Numbered]) -> int:
    """Where the text above the document's own head ends; 0 if there is none, or if it is more than what follows."""
    heads = [page.start_of(number.line) for number in numbered if number.place is Place.HEAD]
    return heads[0] if heads and heads[0] < len(page.text) - heads[0] else 0


def changes_in(page: Page, note_end: int, own: set[str]) -> Doubt | None:
    """What a note above the head changes of this action: an addressee, or until when letters are asked for."""
    for start, end in page.sentences(0, note_end):
        others = cited(page.text[start:end])
        if others and not others & own:
            continue
        for words, sentence in _CHANGES:
            if words.search(page.flat[start:end]):
                return Doubt(sentence, page.evidence(start, end))
    return None


def newer_news(page: Page, note_end: int, told: Told, known: tuple[News, ...]) -> tuple[News, ...]:
    """What a note above the head tells of a way out for somebody, of which the output itself knows nothing."""
    if not note_end:
        return ()
    heard = {news.name for news in known if news.outcome in WAYS_OUT}
    above = news_of(page, told.people, (0, note_end), None, None)
    return tuple(news for news in above if news.outcome in WAYS_OUT and news.name not in heard)


def held_back(told: Told, doubt: Doubt, whom: frozenset[str] | None = None) -> Told:
    """What is told once a note has said otherwise: those for whom letters go on, or those of `whom`, wait for a person."""
    if doubt.evidence is None or any(
        s.verdict is Verdict.CLOSED and s.scope is Scope.EVERYONE for s in told.statements
    ):
        return told
    closed = [name for s in told.statements if s.verdict is Verdict.CLOSED for name in s.names]
    roster = [(person.name, *person.aliases) for person in told.people]
    ended = {place for name in closed for place in names.fitting(name, roster)}
    left = tuple(
        person.name for n, person in enumerate(told.people) if n not in ended and (whom is None or person.name in whom)
    )
    if not left:
        return told
    waiting = Statement(Verdict.REVIEW, Scope.NAMED, doubt.evidence, names=left)
    return Told((*told.statements, waiting), told.people, (*told.doubts, doubt))
