"""Words that noise has broken: status formulas of which only pieces are left, and news with blanks lost or added."""

import re
from collections.abc import Iterator

from campaign.domain import names
from campaign.domain.folding import fold
from campaign.domain.reading.clauses import Clause
from campaign.domain.reading.leads import is_others_words
from campaign.domain.reading.page import Page, joined, squeeze
from campaign.domain.reading.phrases import loose
from campaign.domain.urgent_action import Evidence, Person

CAPITAL_WORDS = (
    "further",
    "action",
    "request",
    "continu",
    "appeals",
    "requir",
    "network",
    "sentappeal",
    "noser",
    "peuvent",
    "pueden",
    "aucune",
)
_BANNER = re.compile(r"urgentaction|stopaction|accionurgente|actionurgente|takeaction")
# "No further action was taken against its captain" speaks of somebody else's doings.
_TAKEN = re.compile(
    r"nofurtheraction(?:was|were|is|has|had|have|would|will|could|can|been|be|ever|yet|since)*(?:taken|brought|possible|followed|against|came|ensued)"
)
LOWER_WORDS = (
    "nofurtheraction",
    "nofurtherappeal",
    "ofurtheraction",
    "actionscancon",
    "appealsmaystill",
    "furtheractionis",
)


def looks_broken(page: Page, clause: Clause, text: str) -> bool:
    """Whether a clause has words of a status formula but none can be put together."""
    start, end = page.squeezed.place(clause.start), page.squeezed.after(clause.end)
    raw = page.text[start:end]
    if loose()["thanks"].match(text) or _BANNER.search(text) or is_quoted(page, start):
        return False
    capitals = sum(map(str.isupper, raw)) > 0.7 * max(1, sum(map(str.isalpha, raw)))
    if capitals and len(raw) < 600 and sum(word in text for word in CAPITAL_WORDS) >= 2:
        return True
    text = _TAKEN.sub("", text)
    return (
        any(word in text for word in LOWER_WORDS) and not is_others_words(raw) and not loose()["section"].search(text)
    )


def is_quoted(page: Page, place: int) -> bool:
    """Whether a quotation that began in the same paragraph is still open at `place`."""
    start = max(page.text.rfind("\n\n", 0, place), place - 1500, 0)
    before = page.text[start:place]
    opened = before.count("“") + before.count("«") - before.count("”") - before.count("»")
    return opened > 0 or before.count('"') % 2 == 1


# How a way out of the case is told behind somebody's name, and how it reads where the blanks stand right.
_HELPERS = ("was", "were", "has been", "have been", "fue", "fueron", "ha sido", "han sido", "a ete", "ont ete")
_BETWEEN = ("now", "all", "both", "also", "then", "later", "finally", "reportedly")
_WAYS_OUT = (
    "released", "freed", "set free", "let go", "pardoned", "acquitted", "executed", "hanged", "deported", "found dead", "killed",
    "puesto en libertad", "puesta en libertad", "puestos en libertad", "puestas en libertad", "liberad", "absuelt", "ejecutad",
    "libere", "remis en liberte", "acquitte", "execute", "gracie",
)  # fmt: skip
_SQUEEZED_WAYS = tuple(way.replace(" ", "") for way in _WAYS_OUT)
_HELPER_BEFORE = re.compile(
    "(?P<helper>{})(?:{})?$".format(
        *("|".join(re.sub(r"\s", "", word) for word in words) for words in (_HELPERS, _BETWEEN))
    )
)
_DIED = ("died", "murio", "fallecio")
_LONGEST_HELPER = 20
_AS_PRINTED = re.compile(
    "(?:{})(?: (?:{}))? (?:{})[a-z]{{0,2}}|died|murio|fallecio".format(
        *("|".join(words) for words in (_HELPERS, _BETWEEN, _WAYS_OUT))
    )
)
_REST_OF_WORD = re.compile(r"\w*")
_NAMES_BEFORE = 90


def ways_out(page: Page, people: tuple[Person, ...], zone: tuple[int, int]) -> tuple[tuple[str, Evidence], ...]:
    """Whose release or death is told in words that noise has broken, "Ana Ruiz we re released", and where."""
    squeezed = page.squeezed
    start, stop = squeezed.at(zone[0]), squeezed.at(zone[1])
    found: list[tuple[str, Evidence]] = []
    for begin, end, helper in _told_in(squeezed.letters, start, stop):
        first, last = squeezed.place(begin), squeezed.after(end)
        rest = _REST_OF_WORD.match(page.text, last)
        printed = fold(joined(page.text[first:last] + (rest.group() if rest else "")))
        if _AS_PRINTED.fullmatch(printed) and not page.text[first - 1 : first].isalnum():
            continue
        before = squeezed.letters[max(start, begin - _NAMES_BEFORE) : begin]
        evidence = page.evidence(first - min(first, _NAMES_BEFORE), last)
        found += [(person.name, evidence) for person in people if _is_subject(person, before, helper)]
    return tuple(found)


def _told_in(letters: str, start: int, stop: int) -> Iterator[tuple[int, int, str]]:
    """Where a release or death is told in squeezed letters, from and to, and the helping verb it is told with."""
    for way in (*_SQUEEZED_WAYS, *_DIED):
        at = letters.find(way, start, stop)
        while at >= 0:
            helper = None if way in _DIED else _HELPER_BEFORE.search(letters, max(start, at - _LONGEST_HELPER), at)
            if helper or way in _DIED:
                yield helper.start() if helper else at, at + len(way), helper["helper"] if helper else ""
            at = letters.find(way, at + len(way), stop)


def _is_subject(person: Person, before: str, helper: str) -> bool:
    """Whether squeezed words before a verb end with the person's name, or name them before a plural one."""
    parts = [squeeze(part).letters for part in names.parts(person.name)]
    if not parts:
        return False
    plural = helper in ("were", "havebeen", "fueron", "hansido", "ontete")
    return before.endswith(parts[-1]) or (plural and "".join(parts) in before)
