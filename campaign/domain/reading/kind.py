"""Whether a document is an output at all, and in which language it is."""

import re
from collections import Counter
from functools import lru_cache

from campaign.domain.folding import fold
from campaign.domain.reading.heads import Found
from campaign.domain.reading.labels import Label, Mark
from campaign.domain.reading.numbers import Numbered, Place
from campaign.domain.reading.page import Page
from campaign.domain.reading.sentences import Saying
from campaign.domain.reading.zones import Zones

LONGEST = 1_000_000
STOP_WORDS: dict[str, str] = {
    "en": "the and of was has his her for to is were that on by",
    "es": "el los las del que para por una con su y en fue se",
    "fr": "le les des du et pour une dans est qui sur au par a",
    "de": "der die und das nicht fur mit ist von den ein zu wurde im am nach bei sich hat sind wird dem zum zur ihrer ihre",
    "pt": "o os as do da que para por uma com em foi nao ao",
    "it": "il gli della che per una con di nel stato sono e",
    "nl": "het een van voor met niet zijn werd op",
}
KNOWN_LANGUAGES = ("en", "es", "fr")
_OTHER_KINDS = re.compile(
    r"(?:press release|news release|media release|public statement|press statement|joint statement|news flash|for immediate release|embargo(?:ed)?\b|"
    r"comunicado de prensa|nota de prensa|declaracion publica|communique de presse|declaration publique|pressemitteilung|presseerklarung|pressemeldung|comunicado de imprensa|comunicato stampa|annual report|rapport annuel|informe anual|jahresbericht|jahresruckblick|newsletter\b|recipe\b|receta\b|"
    r"minutes of|agenda\b|how to (?:write|read|use)\b|exercise (?:for|\d)|(?:a )?(?:short )?guide (?:to|for)\b|letter[- ]writing (?:guide|tips|workshop)|template\b|frequently asked questions|thank you for (?:taking action|signing)|gracias por (?:actuar|firmar)|merci d'avoir)"
)
_SENTENCE_END = re.compile(r"[^\W\d_]{2}[.!?](?=\s|$)")
# The blanks of a form in place of number, index and date.
_PLACEHOLDER = re.compile(
    r"\b(?:UA|AU|EXTRA):?\s*(?:[xXnN#]{2,3}|0{2,3}|\.{2,}|_{2,})\s?/\s?(?:[xXyYnNaAjJ#]{2,4}|0{2,4}|\.{2,}|_{2,})|\b(?:AFR|AMR|ASA|EUR|MDE|REG)\s(?:00|cc|xx|XX|nn)\s?/|(?i:\bdate: ?dd\b)"
)
_BANNER = re.compile(
    r"(?:amnesty international )?(?:urgent action|accion urgente|action urgente|acc?ao urgente)(?: amnesty international)?"
)


def refusal_of_text(text: str) -> str | None:
    """Why a text is refused unread: it is empty, or far longer than any output."""
    if not text.strip():
        return "The document has no text that could be read."
    if len(text) > LONGEST:
        return "The document is far longer than any Urgent Action output, so it was not read."
    return None


def refusal_of(
    page: Page,
    marks: tuple[Mark, ...],
    numbered: list[Numbered],
    zones: Zones,
    told: list[Saying],
    indexes: list[Found],
) -> str | None:
    """Why a document is no output, as a sentence; None if it is one."""
    if _is_of_another_kind(page) or _is_a_form(page):
        return "The document is a press release, a report or another paper that is no output of an Urgent Action."
    heads = {number.ua for number in numbered if number.place is Place.HEAD}
    if len(heads) > 2:
        return "The document tells of several Urgent Actions, so it is no output of any one of them."
    if len(heads) > 1 and not indexes and all(_tells_in_a_row(page, n) for n in numbered if n.place is Place.HEAD):
        return "The document is a digest of several Urgent Actions, so it is no output of any one of them."
    labels = {mark.label for mark in marks}
    signs = bool(zones.request) or bool(told)
    if not numbered:
        is_built_like_one = any(_BANNER.fullmatch(fold(line)) for line in page.lines[:30]) and (
            Label.NAMES in labels or bool(indexes)
        )
        if is_built_like_one and (signs or Label.NAMES in labels):
            return None
        return "The document has no Urgent Action number of its own in its head or closing line, so it is no output."
    own = any(n.ordinal or n.is_follow_up or n.is_stop or n.place is Place.CLOSING for n in numbered)
    if signs or own or indexes:
        return None
    return "The document neither asks for letters nor says that none are needed any more, so it is no output."


def _tells_in_a_row(page: Page, number: Numbered) -> bool:
    """Whether a whole story stands behind a number on its line, as in a digest: "UA 12/20 Maldives: freed. No further …"."""
    return len(_SENTENCE_END.findall(page.lines[number.line][number.end - page.start_of(number.line) :])) > 1


def _is_of_another_kind(page: Page) -> bool:
    filled = [line for line in page.lines if line][:6]
    return any(_OTHER_KINDS.match(fold(line).replace("’", "'")) for line in filled)


def _is_a_form(page: Page) -> bool:
    """Whether the head of an output has blanks to be filled in where its number, index or date would stand."""
    return any(_PLACEHOLDER.search(line) for line in page.lines[:60] if "/" in line or ":" in line)


@lru_cache(maxsize=1)
def _stop_words() -> dict[str, tuple[str, ...]]:
    return {code: tuple(row.split()) for code, row in STOP_WORDS.items()}


def language_of(text: str) -> str:
    """The code of the language that most of the text's small words belong to; "und" where none fits."""
    words = Counter(fold(text[:20000]).split())
    total = words.total()
    scores = {code: sum(words[word] for word in row) for code, row in _stop_words().items()}
    best = max(scores, key=lambda code: scores[code])
    if total >= 40 and scores[best] < total * 0.06:
        return "und"
    return best if scores[best] else "en"
