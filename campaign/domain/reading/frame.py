"""What surrounds an output and is none of it: a mail's footer, what a web page says of other actions, a member's answer."""

import re
from functools import lru_cache

from campaign.domain.folding import fold
from campaign.domain.reading.page import Page

# Lines under which a page lists other actions, by language; each is the whole line but for marks.
ELSEWHERE: dict[str, tuple[str, ...]] = {
    "en": ("you may also like", "you might also like", "you may also be interested in", "other urgent actions", "more urgent actions", "related urgent actions",
           "latest urgent actions", "recent urgent actions", "current urgent actions", "related", "related content", "related actions", "related posts", "related stories",
           "related pages", "related articles", "latest news", "other actions", "more actions", "further actions", "other cases", "latest actions", "see also", "read more",
           "also in this issue", "take action for others", "more ways to act", "other ways to take action", "what else you can do", "you can also act for", "still open", "also open", "act for others", "more like this", "up next", "other appeals"),
    "es": ("contenidos relacionados", "contenido relacionado", "relacionado", "relacionados", "otras acciones", "otras acciones urgentes", "mas acciones", "mas acciones urgentes",
           "acciones relacionadas", "acciones urgentes relacionadas", "tambien te puede interesar", "te puede interesar", "otros casos", "noticias relacionadas", "ultimas acciones urgentes",
           "otras acciones abiertas", "tambien puedes actuar", "tambien puede actuar", "actua tambien por", "otras personas en peligro", "ultimas acciones"),
    "fr": ("a lire aussi", "sur le meme theme", "sur le meme sujet", "contenus associes", "autres actions", "autres actions urgentes", "les autres actions", "actions urgentes en cours",
           "d'autres actions", "voir aussi", "autres cas", "articles lies", "dernieres actions", "dernieres actions urgentes", "vous aimerez aussi", "vous pouvez aussi agir", "agissez aussi pour", "agir aussi pour", "a voir aussi"),
    "de": ("weitere urgent actions", "andere urgent actions", "weitere aktionen", "das konnte sie auch interessieren", "mehr zum thema", "aktuelle urgent actions", "noch offen", "offene urgent actions", "auch interessant"),
}  # fmt: skip
_LIST_FOOTER = re.compile(
    r"mailing list|unsubscribe|you are subscribed|you received this|you are receiving|to leave (?:this|the) list|to stop receiving|blank (?:e-?)?mail to|liste de diffusion|se desabonner|desinscri|"
    r"lista de (?:correo|distribucion)|darse de baja|mailingliste|abmelden|list archive|archives? of this list|sent from my"
)
_FORWARDED = re.compile(
    r"-{2,}.{0,60}(?:forwarded|original|weitergeleitet|transfere|reenviad|mensaje|message)|begin forwarded|start of forwarded|(?:from|von|de|subject|betreff|objet|asunto)\s?:",
)
# A mail passed on; "original message" stands above what a mail answers, and its own words count.
PASSED_ON = re.compile(
    r"-{2,}.{0,30}(?:forwarded|weitergeleitet|transfere|reenviad)|begin forwarded|start of forwarded"
)
_MAIL_HEADER = re.compile(
    r"(?:from|to|cc|bcc|date|sent|reply-to|von|an|datum|gesendet|de|a|para|fecha|enviado|cc|a|envoye|pour)\s?:"
)
_OWN_NUMBER = re.compile(
    r"\b(?:ua|au|extra|fi)\b.{0,40}\d{1,3}\s?[/.]\s?\d\d.{0,40}(?:index|indice|date|fecha)|^urgent action$|^accion urgente$|^action urgente$"
)
_OWN_LATER = re.compile(
    r"name and pre|name and pronoun|names and pr|nombre y pronom|nom et pronom|issue date|preferred language|this is the .{3,60}(?:ua|urgent action)|esta es la .{3,60}au|ceci est .{3,60}au|^name\s?:|^names\s?:|^nom\s?:|^nombre\s?:|please take action as soon"
)
_ANSWERS = re.compile(
    r"^(?:on\b.{4,120}\bwrote|le\b.{4,120}\ba ecrit|el\b.{4,120}\bescribio|am\b.{4,120}\bschrieb\b.{0,60}|op\b.{4,120}\bschreef|.{3,80}\b(?:wrote|writes|a ecrit|escribio|schrieb))\s?:$"
)  # fmt: skip
_PASSES_ON = re.compile(
    r"\bforward|\bsee below|\bfyi\b|\bfor your information|\bplease find|\bbelow (?:is|you|please)|\bpass(?:ing|ed)? (?:this|it|on)|\bplease (?:circulate|share|act|write|note|see)|\bnew (?:ua|urgent action|output)|"
    r"\btransf|\bfaire suivre|\bci-dessous|\breenv|\bmas abajo|\ba continuacion|\bweiterleit|\bfwd?:"
)
_COOKIES = re.compile(
    r"(?i)\bcookies?\b.{0,200}\b(?:site|website|agree|accept|reject|consent|settings|experience|browser|device|visite?|navigation|sitio|acepta\w*|accepter|d'accord)\b"
    r"|\b(?:site|website|sitio|agree|accept|consent|utilis\w+|usa|usamos)\b.{0,200}\bcookies?\b"
)
_ENOUGH_ABOVE = 500
_LONGEST_LINE = 80
_LONGEST_LABEL = 50


@lru_cache(maxsize=1)
def _elsewhere() -> frozenset[str]:
    return frozenset(_letters(words) for rows in ELSEWHERE.values() for words in rows)


_NO_LETTERS = re.compile(r"[\W_\d]")


def _letters(words: str) -> str:
    return _NO_LETTERS.sub("", fold(words))


def is_elsewhere(line: str) -> bool:
    """Whether a line stands above what a page says of other actions."""
    return len(line) < _LONGEST_LABEL and _letters(line) in _elsewhere()


def without_frame(page: Page) -> Page:
    """The page without a mail's footer and without what it says of other actions below its own text."""
    dropped = _header_lines(page)
    above = 0
    for n, line in enumerate(page.lines):
        if not line or n in dropped:
            continue
        if "ookie" in line and _COOKIES.search(line):
            dropped.add(n)
            continue
        if len(line) < _LONGEST_LINE and above >= _ENOUGH_ABOVE and _tells_of_others(page, n):
            dropped.update(range(n, len(page.lines)))
            break
        if line[0] in "-_=" and (end := _footer_end(page, n)):
            dropped.update(range(n, end))
        above += len(line)
    return page.without(dropped) if dropped else page


def _header_lines(page: Page) -> set[int]:
    """The lines From, To and Date of mails passed on; their subject may bear the number."""
    found: set[int] = set()
    for n in passed_on(page):
        for k in range(n + 1, min(n + 12, len(page.lines))):
            if not page.lines[k] and k > n + 1:
                break
            if _MAIL_HEADER.match(fold(page.lines[k][:20])):
                found.add(k)
    return found


def passed_on(page: Page) -> list[int]:
    """The lines with which a mail that is passed on begins."""
    return [
        n
        for n, line in enumerate(page.lines)
        if "orward" in line or line[:1] == "-"
        if PASSED_ON.match(fold(line[:80]))
    ]


def _tells_of_others(page: Page, n: int) -> bool:
    line = page.lines[n]
    return is_elsewhere(line) and not any(_OWN_LATER.search(fold(below[:200])) for below in page.lines[n + 1 :])


def _footer_end(page: Page, n: int) -> int:
    """Where a mail's footer that begins on that line ends: before a document that follows, else with the page; 0 if none begins."""
    line = page.lines[n]
    below = " ".join(page.lines[n + 1 : n + 5])
    is_rule = len(line) >= 8 and not line.strip("-_= ") and _LIST_FOOTER.search(fold(below))
    if line != "--" and not is_rule:
        return 0
    for k in range(n + 1, len(page.lines)):
        folded = fold(page.lines[k][:200])
        if _FORWARDED.match(folded) or _OWN_NUMBER.search(folded):
            return k
    return len(page.lines)


def is_answer(text: str) -> bool:
    """Whether a mail answers one that it quotes with `>`, rather than passing it on."""
    lines = text.split("\n")
    first = next((n for n, line in enumerate(lines) if line.lstrip().startswith(">")), None)
    if first is None:
        return False
    lead = [fold(line.strip()) for line in lines[max(0, first - 60) : first] if line.strip()]
    introduced = " ".join(lead[-2:])
    answers = any(_ANSWERS.search(words) for words in (lead[-1] if lead else "", introduced))
    return answers and not any(_PASSES_ON.search(line) for line in lead)
