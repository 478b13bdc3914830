"""The net under the status sentences: words that tell people whether to write, and that no formula of ours understands.

A formula that is missing from the tables must not leave somebody open by silence. So a sentence outside the letter, the
points and the background that speaks of letters, turns to those who write, and has a word that stops, holds or
restricts, is shown to a person where no formula has been found in it.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache

from campaign.domain.patterns import Pattern, Table, pattern
from campaign.domain.reading.labels import Label, Mark
from campaign.domain.reading.leads import is_told_again
from campaign.domain.reading.page import Page
from campaign.domain.reading.phrases import OUTSIDERS
from campaign.domain.reading.zones import Zones

# By language: what letters are called; how the paper turns to those who write them; what stops, holds or restricts.
LETTERS: dict[str, str] = {
    "en": r"letters?|appeals?|writ(?:e|es|ing|ten)|actions?|telegrams?|telex(?:es)?|faxes|messages|e-?mails?|cards|sen[dt]|pens?|file",
    "es": r"cartas?|llamamientos?|escrib\w+|envi\w+|accion(?:es)?|mensajes|apelaciones|actu\w+|pluma",
    "fr": r"lettres?|appels?|ecri\w+|envo\w+|actions?|agi\w+|messages|interven\w+|plume|courriers?",
}
TURNS: dict[str, str] = {
    "en": r"(?:^|[:;,] |and )(?:wait|hold|pause|suspend|await|refrain|withhold|postpone)|please|kindly|do not|don't|need not|needn't|stop|cease|let (?:nobody|no one|us|him|her|them)|you (?:can|may|should|need|must|do|are)|"
    r"we (?:now |therefore |do not |no longer |shall |can )*(?:ask|close|end|stop|want|need|are (?:closing|ending|asking|stopping))|needs?|wanted|called for|should|"
    r"(?:letters?|appeals?|actions?|writing|write|written|campaign|those)\b.{0,40}\b(?:for|on behalf of)|(?:his|her|their) (?:letters?|file|part)",
    "es": r"suspendan?|esperen?|aguarden?|detengan?|interrumpan?|paren|aplacen?|abstengan(?:se)?|retengan?|guarden|por favor|rogamos|pedimos|sigan?|continuen?|dejen?|escriban?|envien?|necesit\w+|hacen? falta|requier\w+|precis\w+|deben?|cerramos|damos por|"
    r"(?:cartas?|llamamientos?|accion(?:es)?)\b.{0,30}\b(?:por|en favor de)|por (?:el|ella|ellos|ellas)",
    "fr": r"attendez|patientez|suspendez|interrompez|arretez|differez|retenez|gardez|abstenez|merci de|veuillez|s'il vous plait|prions?|demand\w+|continuez|poursuivez|cessez|ecrivez|n'ecrivez|envoyez|n'envoyez|agissez|n'agissez|il (?:ne )?faut|besoin|necessit\w+|requier\w+|"
    r"nous (?:ne |mettons|fermons|cloturons)|(?:lettres?|appels?|actions?)\b.{0,30}\b(?:pour|en faveur)|pour (?:lui|elle|eux|elles)",
}
STOPS: dict[str, str] = {
    "en": r"no more|no longer|no further|any ?more|any longer|needn't|need not|needs? no|not? (?:need|have) to|(?:do|does|should|must|need)(?: not|n't)|don't|stop|stopping|cease|ends?|ended|ending|"
    r"closed?|closing|halt|nothing|none|enough|but not|not for|not only|excepting|except(?:ion)?|apart from|other than|aside from|save|bar|all but|only|alone|rather than|instead|until|pause|hold|wait|suspend\w*|nobody|no one|harm(?:ful)?|endanger|backfire|former|latter|put down|leave out",
    "es": r"no|ya no|ni|nadie|nada|dejen?|cesen?|cesar|basta|cerra\w+|termin\w+|conclu\w+|finaliz\w+|solo|solamente|unicamente|salvo|excepto|menos|excepcion|hasta|sino|esper\w+|suspend\w+|perjudic\w+|en peligro",
    "fr": r"plus|ne|n'|ni|cess\w+|arret\w+|fin|clos\w*|termine\w*|sauf|hormis|excepte|exception|seul\w*|uniquement|aucun\w*|jusqu\w*|attend\w+|suspend\w*|rien|posez|nuire|nuisible",
}  # fmt: skip
# A short sentence without a verb of its own goes on with what the one before it said: "The other detainee still does."
GOES_ON: dict[str, str] = {
    "en": r"\b(?:still )?(?:does|do|should|can|may|doesn't|don't|shouldn't|yes|no)\W*$|\b(?:yes|no|none)\b[,:]? ?(?:please|thank you|thanks)?\W*$|\b(?:her|his|their) letters go on\W*$",
    "es": r"\b(?:si|no|tambien|tampoco)\W*$",
    "fr": r"\b(?:si|non|oui|aussi|non plus)\W*$",
}
# How letters are written, and what became of those that were: never whether to write.
# An imperative that says nothing of letters, at the end of its sentence: "Sai, no, please stop."
STANDS_ALONE: dict[str, str] = {
    "en": r"\b(?:please|yes|no),? (?:now )?(?:stop|carry on|go on|continue|keep (?:on|going)|wait|hold)\W*$",
    "es": r"\b(?:por favor,? )?(?:sigan|continuen|paren|esperen|basta)\W*$",
    "fr": r"\b(?:continuez|arretez|attendez|cessez|poursuivez)\W*$",
}
HARMLESS = re.compile(
    r"\b(?:in|en|dans) (?:your|any|su|tu|votre|leur) (?:own |propio |propre )?(?:words?|language|idioma|langue)|\bown words\b|\b(?:need(?: not|n't)|do not|don't|no need to|not need to) worry\b|\b(?:mention|refer to|quot)\w*\b|\bsection office\b|\boficina de amnistia\b|\baupres de (?:votre|la) section\b|"
    r"\b(?:letters?|messages|cards|appeals?)\b.{0,60}\b(?:reach|receiv|arriv|were read|was read|read out|deliver|handed|given to|kept from|opened)\w*|\b(?:cop(?:y|ies)|copias?|copies)\b|"
    r"\bstop action\b|\b(?:fin|alto|arret) (?:de|a) (?:la |l')?a(?:ccion|ction)\b|\b(?:link|click|website|page|report|let us know|tell us|sign up|subscribe|newsletter|stop receiving|leave this list)\b|"
    r"\b(?:lettres?|cartas?)\b.{0,60}\b(?:recu\w*|arriv\w*|lu\w*|remis\w*|recib\w*|lleg\w*|entreg\w*|leyo|leidas?)\b"
)
# In the mouth of an official, or of an earlier paper, it is news; unless the sentence turns to the reader all the same.
_OFFICIAL = re.compile(OUTSIDERS)
_TOLD = re.compile(
    r"\b(?:noted|said|wrote|announced|ruled|stated|declared|replied|answered|claimed|insisted|found|held|considered) (?:(?!us\b)\w+ ){0,3}that\b|"
    r"\b(?:dijo|afirmo|declaro|anuncio|escribio|considero|sostuvo) (?:\w+ ){0,3}que\b|\b(?:a dit|a declare|a annonce|a ecrit|a estime|a affirme|a repondu) (?:\w+ ){0,3}qu"
)
_ADDRESSED = re.compile(
    r"\b(?:please|kindly|you|your|we ask|por favor|rogamos|pedimos|ustedes|sus cartas|veuillez|merci de|prions|demandons|vous|vos)\b"
)
_LONGEST = 600
_SHORTEST_WORDS = 3
_GO_ON = 4


def _any(rows: dict[str, str]) -> dict[str, Pattern]:
    return {language: pattern(rf"(?<!\w)(?:{words})(?!\w)") for language, words in rows.items()}


_LETTERS, _TURNS, _STOPS = _any(LETTERS), _any(TURNS), _any(STOPS)
_GOES_ON = {language: re.compile(words) for language, words in GOES_ON.items()}
_STANDS_ALONE = {language: pattern(words) for language, words in STANDS_ALONE.items()}
_SPOKEN_OF = frozenset({Label.BACKGROUND, Label.EARLIER, Label.ASIDE})


def unread(
    page: Page, zones: Zones, marks: tuple[Mark, ...], heard: list[tuple[int, int]], language: str
) -> Iterator[tuple[int, int]]:
    """The sentences that may say whether to write and in which nothing was heard; `heard` are places with formulas."""
    if language not in LETTERS:
        return
    for begin, end in _stretches(page, marks):
        rows = list(page.sentences(begin, end))
        starts = [start for start, _ in rows]
        likely = _table(language).likely(page.flat[:end], starts)
        understood = {n for first, last in heard for n in _between(starts, first, last)}
        follows = 0  # of how many sentences more may go on with one that was understood
        for n, (start, stop) in enumerate(rows):
            if n in understood:
                follows = _GO_ON
                continue
            follows = max(0, follows - 1)
            if not follows and n not in likely:
                continue
            words = page.flat[start : min(stop, start + _LONGEST)]
            line = page.line_at(start + len(words) - len(words.lstrip()))
            if zones.is_silent(line) or any(
                start <= mark.start < stop or mark.start <= start < mark.end for mark in marks
            ):
                follows = 0
                continue
            folded = " ".join(words.split())
            if (
                _tells_whether(folded, language)
                or _STANDS_ALONE[language].search(folded)
                or (follows and _goes_on(folded, language))
            ):
                yield start, stop
                follows = _GO_ON


@lru_cache(maxsize=len(LETTERS))
def _table(language: str) -> Table[bool]:
    return Table([(_LETTERS[language], True), (_STANDS_ALONE[language], True)])


def _between(starts: list[int], first: int, last: int) -> range:
    """The sentences, by their place among those that begin at `starts`, that lie at least in part between two places."""
    return range(max(0, bisect_right(starts, first) - 1), bisect_left(starts, last))


def _stretches(page: Page, marks: tuple[Mark, ...]) -> Iterator[tuple[int, int]]:
    """The parts of the page that are neither background nor about earlier papers."""
    begin = 0
    for n, mark in enumerate(marks):
        if mark.label in _SPOKEN_OF:
            yield begin, mark.start
            begin = marks[n + 1].start if n + 1 < len(marks) else len(page.text)
    yield begin, len(page.text)


def _tells_whether(folded: str, language: str) -> bool:
    is_about_writing = all(words[language].search(folded) for words in (_LETTERS, _TURNS, _STOPS))
    if not is_about_writing or HARMLESS.search(folded):
        return False
    return bool(_ADDRESSED.search(folded)) or not (
        _OFFICIAL.search(folded) or _TOLD.search(folded) or is_told_again(folded)
    )


def _goes_on(folded: str, language: str) -> bool:
    return _SHORTEST_WORDS <= len(folded.split()) <= 14 and bool(_GOES_ON[language].search(folded))
