"""Status sentences: where a document says for whom letters are asked, and for whom not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from campaign.domain.folding import fold
from campaign.domain.reading.labels import Mark
from campaign.domain.reading.page import Page
from campaign.domain.reading.phrases import OURSELVES, OUTSIDERS, REPORTING, list_openers, loose, phrases
from campaign.domain.reading.zones import Zones
from campaign.domain.urgent_action import Verdict

_MOST_SAYINGS = 200
_STEM = re.compile(
    r"ua\d|closed|action|accion|interv|necessa|necesa|network|reseau|appeal|appel|llamamient|letter|lettre|cartas|writ|escrib|ecri|envo|agir|actu|information|beendet|weiter|terminee|urgentaction|acuse|campaign"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(,.])(?:[^\W\d_]|dr|mr|mrs|ms|st|jr|sr|sra|srta|prof|rev|fr|gen|col|capt|lt|sgt|hon|ing|lic|mme|mlle|me|mm)$",
    re.I,
)
_CAPITAL_WORDS = (
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
_LOWER_WORDS = (
    "nofurtheraction",
    "nofurtherappeal",
    "ofurtheraction",
    "actionscancon",
    "appealsmaystill",
    "furtheractionis",
)
_NAMED_BEFORE = re.compile(
    r"\b(?:for|on behalf of|as for|regarding|concerning|in the cases? of|para|por|pour|concernant|en faveur d[eu]|s.agissant d[eu])\s+",
    re.I,
)
_TRAILING = re.compile(
    r",?\s*\b(?:who|which|whose|whom|as (?:he|she|they|it|the)|since|because|after|following|now that|but|while|whereas|until|at (?:this|present|the)|"
    r"in (?:this|the|order)|and (?:we|many|thank|please|you)|from the|by the|qui\b|dont\b|quien|que\b|ya que|puesto que|porque|por el momento|pour le moment|"
    r"a ce stade|actuellement|hasta|jusqu|currently|so that|mais|pero|mientras|tandis|alors que|due to|thanks to|given|when|if)\b.*$",
    re.I | re.S,
)
_SUBJECT_OF = re.compile(
    r"^(?:therefore|however|so|thus|and|but|also|now|at present|in the meantime|meanwhile|por tanto|en consecuencia|donc|par consequent)[, ]*",
    re.I,
)


@dataclass(frozen=True)
class Saying:
    """A status sentence before its names are looked up: a verdict and the words that say for whom.

    `who` is the list as printed, None where the sentence names nobody. `start` and `end` are places in the page's text.
    """

    verdict: Verdict
    who: str | None
    start: int
    end: int
    is_final: bool = False
    doubt: str | None = None


@dataclass(frozen=True)
class Clause:
    """A stretch of squeezed text between two ends of sentence, `;` included, and the mark that ends it."""

    start: int
    end: int
    mark: str


@dataclass(frozen=True)
class _Hit:
    start: int
    end: int
    verdict: Verdict
    is_final: bool
    who: tuple[int, int] | None


def clauses(page: Page) -> Iterator[Clause]:
    """The clauses of a page, in its order."""
    squeezed, start = page.squeezed, 0
    letters = squeezed.letters
    for end in re.finditer(r"[.;!?\n]", letters):
        at = end.start()
        if end.group() == "." and not _ends_sentence(page, squeezed.place(at)):
            continue
        if at > start:
            yield Clause(start, at, end.group())
        start = at + 1
    if start < len(letters):
        yield Clause(start, len(letters), "")


def _ends_sentence(page: Page, place: int) -> bool:
    """Whether the full stop there ends a sentence, rather than an abbreviation, a number or a web address."""
    after = page.text[place + 1 : place + 2]
    if after and (after.isdigit() or after.islower() or after in "/@"):
        return False
    return not _ABBREVIATION.search(page.text[max(0, place - 6) : place])


def sayings(page: Page, zones: Zones, marks: tuple[Mark, ...]) -> list[Saying]:
    """Every status sentence of the page, and a doubtful one for words that look like one and cannot be put together."""
    letters = page.squeezed.letters
    found: list[Saying] = []
    labelled = {page.line_at(mark.start) for mark in marks}
    rows = list(clauses(page))
    taken = 0
    for n, clause in enumerate(rows):
        text = letters[clause.start : clause.end]
        if len(found) >= _MOST_SAYINGS:
            break
        if n < taken or not _STEM.search(text) or len(text) > 3000:
            continue
        line = page.line_at(page.squeezed.place(clause.start))
        if zones.is_silent(line):
            continue
        hits = _hits(text)
        if hits:
            new = _sayings_of(page, clause, hits)
            if new:
                new[-1], taken = _with_further_names(page, new[-1], rows, n)
            found += new
        elif line not in labelled and _looks_broken(page, clause, text):
            start, end = page.squeezed.place(clause.start), page.squeezed.after(clause.end)
            found.append(
                Saying(
                    Verdict.REVIEW,
                    None,
                    start,
                    end,
                    doubt="The words about further action cannot be put together with certainty.",
                )
            )
    return found


def _hits(text: str) -> list[_Hit]:
    """The formulas in a clause, without those that overlap an earlier or longer one."""
    found = []
    for phrase in phrases():
        for match in phrase.pattern.finditer(text):
            who = match.span("who") if "who" in phrase.pattern.groupindex and match["who"] else None
            found.append(_Hit(match.start(), match.end(), phrase.verdict, phrase.is_final, who))
    found.sort(key=lambda hit: (hit.verdict is Verdict.REVIEW, hit.start, -hit.end))
    kept: list[_Hit] = []
    for hit in found:
        if all(hit.end <= other.start or other.end <= hit.start for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)


def _sayings_of(page: Page, clause: Clause, hits: list[_Hit]) -> list[Saying]:
    letters, squeezed = page.squeezed.letters, page.squeezed
    text = letters[clause.start : clause.end]
    if _is_quoted(page, squeezed.place(clause.start + hits[0].start)) or loose()["section"].search(text):
        return []
    found = []
    before = 0
    for n, hit in enumerate(hits):
        limit = hits[n + 1].start if n + 1 < len(hits) else len(text)
        thanks = loose()["thanks"].search(text, hit.end, limit)
        limit = thanks.start() if thanks else limit
        lead = page.text[squeezed.place(clause.start + before) : squeezed.place(clause.start + hit.start)]
        if _is_others_words(lead) or _is_denied(lead):
            before = limit
            continue
        who, end, doubt = _whom(page, clause, hit, limit, lead)
        verdict = Verdict.REVIEW if loose()["holding"].search(text) else hit.verdict
        start = squeezed.place(clause.start + (before if n else 0))
        if verdict is Verdict.REVIEW and doubt is None:
            doubt = "The document asks to hold appeals back for now."
        found.append(Saying(verdict, who, start, squeezed.after(clause.start + end), hit.is_final, doubt))
        before = limit
    return found


def _whom(page: Page, clause: Clause, hit: _Hit, limit: int, lead: str) -> tuple[str | None, int, str | None]:
    """The words that say for whom, where they end in the clause, and what is doubtful about them."""
    squeezed = page.squeezed

    def raw(first: int, last: int) -> str:
        return page.text[squeezed.place(clause.start + first) : squeezed.after(clause.start + last)]

    if hit.who:
        return raw(*hit.who), hit.end, None
    text = squeezed.letters[clause.start : clause.end]
    opener = list_openers().match(text, hit.end, limit)
    if opener and opener["for"]:
        if opener.end() >= limit:
            return None, limit, "The sentence about further action breaks off before it says for whom."
        return _trimmed(raw(opener.end(), limit)), limit, None
    led = _NAMED_BEFORE.search(lead)
    if led:
        return _trimmed(lead[led.end() :]), hit.end, None
    subject = _SUBJECT_OF.sub("", lead.strip())
    if subject and re.match(r"(?:requires?|needs?)", text[hit.start :]):
        return subject, hit.end, None
    rest = text[opener.end() if opener else hit.end : limit]
    if rest and not _is_harmless(rest):
        return None, limit, "It is not certain for whom this sentence is meant." if len(rest) > 2 else None
    return None, limit, None


_HARMLESS = re.compile(
    r"[,&()]*(?:and|but|y|et|mais|pero|as|since|because|now|while|whereas|following|thanks|onhis|onher|ontheir|after|when|if|given|dueto|so|where|who|which|at|to|until|from|with|in|on|ya|que|porque|puesto|car|puisque|alors|tandis|por|pour|mientras|a|al|en|au|de)?"
)


def _is_harmless(rest: str) -> bool:
    """Whether what follows a formula without a list only says why, when or how."""
    found = _HARMLESS.match(rest)
    return bool(found and (found.end() == len(rest) or found.end() > 1)) or len(rest) < 3


def _trimmed(words: str) -> str:
    """A list of names without the clause that goes on behind it."""
    bare = _TRAILING.sub("", words)
    return bare if re.search(r"\w", bare) else words


def _is_others_words(lead: str) -> bool:
    """Whether the words before a formula put it in the mouth of somebody else, or make it a condition."""
    folded = fold(lead)
    if re.search(OURSELVES, folded):
        return False
    return bool(
        re.search(OUTSIDERS, folded) or (re.search(REPORTING, folded) and not re.search(r"\bfor\s+said\b", folded))
    )


def _is_denied(lead: str) -> bool:
    return bool(
        re.search(r"\b(?:not|never|does|doesn.t|n.est pas|ne signifie|no significa|cannot)\s*(?:\w+\s*)?$", fold(lead))
    )


def _is_quoted(page: Page, place: int) -> bool:
    """Whether a quotation that began in the same paragraph is still open at `place`."""
    start = max(page.text.rfind("\n\n", 0, place), place - 1500, 0)
    before = page.text[start:place]
    opened = before.count("“") + before.count("«") - before.count("”") - before.count("»")
    return opened > 0 or before.count('"') % 2 == 1


def _with_further_names(page: Page, saying: Saying, rows: list[Clause], n: int) -> tuple[Saying, int]:
    """The saying with the names that follow behind a semicolon, and the index of the first clause not used."""
    letters, squeezed = page.squeezed.letters, page.squeezed
    taken = n + 1
    if saying.who is None:
        if (
            rows[n].mark in ("\n", "")
            and re.search(r"(?:for|of|and|,)$", letters[rows[n].start : rows[n].end])
            and not saying.doubt
        ):
            saying = replace(saying, doubt="The sentence about further action breaks off.")
        return saying, taken
    while taken < len(rows) and rows[taken - 1].mark == ";" and len(rows[taken - 1 : taken]) and taken - n < 30:
        text = letters[rows[taken].start : rows[taken].end]
        if _hits(text) or loose()["thanks"].match(text) or len(text) > 160:
            break
        raw = page.text[squeezed.place(rows[taken].start) : squeezed.after(rows[taken].end)]
        saying = replace(saying, who=f"{saying.who}; {raw}", end=squeezed.after(rows[taken].end))
        taken += 1
    if rows[taken - 1].mark in ("\n", "") and re.search(r"(?:\band|[,&]|-)\s*$", saying.who or ""):
        saying = replace(saying, doubt="The list of names in the sentence about further action breaks off.")
    if taken == len(rows) and rows[-1].mark == "" and rows[-1].end == len(letters):
        saying = replace(saying, doubt="The document breaks off in the sentence about further action.")
    return saying, taken


def _looks_broken(page: Page, clause: Clause, text: str) -> bool:
    """Whether a clause has words of a status formula but none can be put together."""
    start, end = page.squeezed.place(clause.start), page.squeezed.after(clause.end)
    raw = page.text[start:end]
    if loose()["thanks"].match(text) or _BANNER.search(text) or _is_quoted(page, start):
        return False
    capitals = sum(map(str.isupper, raw)) > 0.7 * max(1, sum(map(str.isalpha, raw)))
    words = [word for word in _CAPITAL_WORDS if word in text]
    if capitals and len(words) >= 2 and len(raw) < 600:
        return True
    return (
        any(word in text for word in _LOWER_WORDS) and not _is_others_words(raw) and not loose()["section"].search(text)
    )
