"""Status sentences: where a document says for whom letters are asked, and for whom not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from campaign.domain.folding import fold
from campaign.domain.reading.broken import CAPITAL_WORDS, LOWER_WORDS, is_quoted, looks_broken
from campaign.domain.reading.clauses import Clause, clauses
from campaign.domain.reading.labels import Mark
from campaign.domain.reading.leads import (
    before_relative,
    excepted,
    is_about_an_addressee,
    is_denied,
    is_everyone,
    is_open_question,
    is_others_words,
    leaves_out,
    left_out_before_relative,
    named_before,
    subject_of,
    trimmed,
)
from campaign.domain.reading.page import Page
from campaign.domain.reading.phrases import Phrase, list_openers, loose, phrases
from campaign.domain.reading.unread import unread
from campaign.domain.reading.zones import Zones
from campaign.domain.urgent_action import Verdict

HOLD = "The document asks to hold appeals back for now."
OPEN_QUESTION = "The document says itself that it is not certain whether letters are needed."
_MOST_SAYINGS = 200


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

    @property
    def is_unclear(self) -> bool:
        """Whether it is not understood, rather than clear words that ask to wait."""
        return self.doubt is not None and self.doubt != HOLD


@dataclass(frozen=True)
class _Hit:
    start: int
    end: int
    verdict: Verdict
    is_final: bool
    who: tuple[int, int] | None


def sayings(page: Page, zones: Zones, marks: tuple[Mark, ...], language: str) -> list[Saying]:
    """Every status sentence of the page, and a doubtful one for words that look like one and cannot be understood."""
    found, heard = _formulas(page, zones, marks)
    not_understood = "These words about letters are not understood with certainty."
    missed = [
        Saying(Verdict.REVIEW, None, start, end, doubt=not_understood)
        for start, end in unread(page, zones, marks, heard, language)
    ]
    return sorted([*found, *missed[:_MOST_SAYINGS]], key=lambda saying: saying.start)


_BROKEN = "The words about further action cannot be put together with certainty."


def _formulas(page: Page, zones: Zones, marks: tuple[Mark, ...]) -> tuple[list[Saying], list[tuple[int, int]]]:
    """What the formulas on the page say, and the places of all formulas, also of those that say nothing of the status."""
    letters = page.squeezed.letters
    found: list[Saying] = []
    heard: list[tuple[int, int]] = []
    labelled = {page.line_at(mark.start) for mark in marks}
    rows = list(clauses(page))
    short = [word for word in LOWER_WORDS if word in letters]
    words = [word for word in CAPITAL_WORDS if word in letters]
    formulas = phrases().likely(letters, [clause.start for clause in rows], page.squeezed.runs)
    taken = 0
    for n, clause in enumerate(rows):
        text = letters[clause.start : clause.end]
        if n < taken or not 12 <= len(text) <= 3000 or len(found) >= _MOST_SAYINGS:
            continue
        hits = _hits(text, formulas.get(n, ()))
        if not hits and not (any(word in text for word in short) or len([1 for word in words if word in text]) > 1):
            continue
        line = page.line_at(page.squeezed.place(clause.start))
        if zones.is_silent(line):
            continue
        start, end = page.squeezed.place(clause.start), page.squeezed.after(clause.end)
        if hits:
            heard.append((start, end))
            new = _sayings_of(page, clause, hits)
            if new:
                new[-1], taken = _with_further_names(page, new[-1], rows, n, formulas)
            found += (
                _not_around_a_doubt(found, new, page.squeezed.place(rows[n - 1].start)) if _follows(rows, n) else new
            )
        elif line not in labelled and looks_broken(page, clause, text):
            found.append(Saying(Verdict.REVIEW, None, start, end, doubt=_BROKEN))
            heard.append((start, end))
    return found, heard


def _hits(text: str, formulas: Sequence[Phrase]) -> list[_Hit]:
    """The formulas in a clause, without those that overlap an earlier or longer one."""
    found = []
    for phrase in formulas:
        for match in phrase.pattern.compiled.finditer(text):
            who = match.span("who") if "who" in match.re.groupindex and match["who"] else None
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
    if is_quoted(page, squeezed.place(clause.start + hits[0].start)) or loose()["section"].search(text):
        return []
    found: list[Saying] = []
    before, left_out = 0, False
    for n, hit in enumerate(hits):
        limit = hits[n + 1].start if n + 1 < len(hits) else len(text)
        thanks = loose()["thanks"].search(text, hit.end, limit)
        limit = thanks.start() if thanks else limit
        at = squeezed.place(clause.start + hit.start)
        lead, rest = page.text[squeezed.place(clause.start + before) : at], text[hit.end : limit]
        if is_others_words(lead) or is_denied(lead) or (hit.verdict is Verdict.CLOSED and is_about_an_addressee(rest)):
            before = limit
            continue
        if _IF_YOU.match(rest) or (_ELLIPTIC.match(text, hit.start) and not _ELLIPTIC_RAW.match(page.text, at)):
            continue
        who, end, doubt = _whom(page, clause, hit, limit, lead)
        verdict = Verdict.REVIEW if loose()["holding"].search(text) else hit.verdict
        start = squeezed.place(clause.start + (before if n else 0))
        saying = Saying(verdict, who, start, squeezed.after(clause.start + end), hit.is_final, doubt)
        if names := left_out_before_relative(lead):
            # "With the exception of A, for whom …": this formula is about A, and the next one about the others
            after = squeezed.after(clause.start + hit.end)
            found.append(replace(saying, who=names, end=after, doubt=None))
            before, left_out = hit.end, True
            continue
        before = limit
        if left_out and (who is None or is_everyone(who)):
            found.append(replace(saying, who="the others", doubt=None))
            left_out = False
        elif is_open_question(lead) and hit.verdict is Verdict.OPEN:
            unsure = None if who else OPEN_QUESTION
            found.append(replace(saying, verdict=Verdict.REVIEW, is_final=False, doubt=unsure))
        elif n and who is None and (taken_up := before_relative(_between(page, clause, hits[n - 1], hit))):
            found.append(replace(_with_hold(saying), who=taken_up))
        else:
            found += _parted(page, clause, hit, limit, _with_hold(saying), lead)
    return _as_one_if_unclear(found)


def _with_hold(saying: Saying) -> Saying:
    return replace(saying, doubt=HOLD) if saying.verdict is Verdict.REVIEW and saying.doubt is None else saying


def _as_one_if_unclear(found: list[Saying]) -> list[Saying]:
    """What a clause says; of one with something unclear in it, only that."""
    unclear = next((saying for saying in found if saying.is_unclear), None)
    if unclear is None:
        return found
    return [replace(unclear, verdict=Verdict.REVIEW, who=None, start=found[0].start, end=found[-1].end)]


def _follows(rows: list[Clause], n: int) -> bool:
    """Whether a clause stands behind a semicolon."""
    return n > 0 and rows[n - 1].mark == ";"


def _not_around_a_doubt(before: list[Saying], new: list[Saying], above: int) -> list[Saying]:
    """A clause that speaks of all, behind one from `above` on that is not understood: it cannot stand alone."""
    last = before[-1] if before else None
    if last is None or last.end < above or not last.is_unclear:
        return new
    return [replace(s, verdict=Verdict.REVIEW, who=None, doubt=last.doubt) if s.who is None else s for s in new]


def _between(page: Page, clause: Clause, one: _Hit, other: _Hit) -> str:
    """The words between two formulas of a clause."""
    squeezed = page.squeezed
    return page.text[squeezed.place(clause.start + one.end) : squeezed.place(clause.start + other.start)]


def _parted(page: Page, clause: Clause, hit: _Hit, limit: int, saying: Saying, lead: str) -> list[Saying]:
    """A saying, or two where it leaves somebody out: "for all but A", "except A, no further action is requested"."""
    squeezed = page.squeezed
    tail = page.text[squeezed.place(clause.start + hit.end) : squeezed.after(clause.start + limit)]
    opener = list_openers().match(squeezed.letters[clause.start : clause.end], hit.end, limit)
    if opener and opener["for"]:
        tail = page.text[squeezed.place(clause.start + opener.end()) : squeezed.after(clause.start + limit)]
    parted = excepted(saying.who or tail) or excepted(tail) or excepted(lead.strip(" ,"))
    if parted is None and leaves_out(squeezed.letters[clause.start : clause.end]):
        return [
            replace(saying, verdict=Verdict.REVIEW, who=None, doubt="It is not certain whom this sentence leaves out.")
        ]
    if parted is None or (saying.verdict is Verdict.REVIEW and not saying.doubt):
        return [saying]
    others = replace(saying, verdict=hit.verdict, who="the others", doubt=None)
    if hit.verdict is Verdict.CLOSED:
        return [others, replace(others, verdict=Verdict.OPEN, who=parted[1], is_final=False)]
    if before_relative(tail):
        return [others]
    return [others, replace(others, verdict=Verdict.REVIEW, who=parted[1], is_final=False)]


def _whom(page: Page, clause: Clause, hit: _Hit, limit: int, lead: str) -> tuple[str | None, int, str | None]:
    """The words that say for whom, where they end in the clause, and what is doubtful about them."""
    squeezed = page.squeezed

    def raw(first: int, last: int) -> str:
        return page.text[squeezed.place(clause.start + first) : squeezed.after(clause.start + last)]

    if hit.who:
        return raw(*hit.who), hit.end, None
    if whose := _WHOSE_CASE.search(raw(hit.start, hit.end)):
        return whose["whose"], hit.end, None
    text = squeezed.letters[clause.start : clause.end]
    opener = list_openers().match(text, hit.end, limit)
    if opener and opener["for"]:
        if opener.end() >= limit:
            return None, limit, "The sentence about further action breaks off before it says for whom."
        listed = raw(opener.end(), limit)
        names = trimmed(listed)
        if len(names) < len(listed) and _SAYS_MORE.search(fold(listed[len(names) :])):
            return None, limit, "It is not certain what this sentence says of whom."
        return names, limit, None
    if led := before_relative(lead) or named_before(lead):
        return led, hit.end, None
    subject = subject_of(lead)
    if subject and re.match(r"(?:nolonger)?(?:requires?|needs?)", text[hit.start :]):
        return subject, hit.end, None
    rest = text[opener.end() if opener else hit.end : limit]
    if behalf := _ON_BEHALF.match(rest):
        return behalf["whose"], limit, None
    if whose := _ON_SOMEBODYS_BEHALF.search(raw(hit.end, limit)):
        return whose["whose"], limit, None
    if rest and not _is_harmless(rest):
        return None, limit, "It is not certain for whom this sentence is meant." if len(rest) > 2 else None
    return None, limit, None


# "Las de A y B" stands for the appeals; "las denuncias" does not.
_ELLIPTIC = re.compile(r"l[ao]sde|l[ao]spa|l[ao]spo|l[ao]sen|l[ao]sa|l[ao]sso|l[ao]sre")
_ELLIPTIC_RAW = re.compile(r"l[ao]s\s+(?:del?|para|por|en|a favor|sobre|respecto)\s", re.I)
_NO_LIST = re.compile(r"(?:those|theones)(?:of|for|on)|(?:celles?|ceux|celui)(?:d|pour|en)|l[ao]s(?:de|para|en)")
# "Groups in Denmark will be taking up his case": of several people that of one.
_WHOSE_CASE = re.compile(r"\b(?P<whose>his|her) (?:case|search)$", re.I)
_ON_BEHALF = re.compile(r"on(?P<whose>his|her)behalf")
# "No further action is required if you agree" speaks to a visitor.
_IF_YOU = re.compile(r"(?:if|unless|once|when)you(?!hear)|siusted|sivous")
# Behind the names no more may be said of letters: "…, although we ask that appeals go on for her".
_SAYS_MORE = re.compile(
    r"\b(?:continu\w+|go(?:es)? on|keep\w*|still|ask|please|sigan|pedimos|rogamos|poursui\w+|demandons|prions)\b.{0,60}\b(?:appeals?|letters?|writ\w+|llamamientos?|cartas?|escrib\w+|appels?|lettres?|ecri\w+)\b"
)
_ON_SOMEBODYS_BEHALF = re.compile(r"\bon\s+(?P<whose>[^.;:!?]{2,200}?)(?:['’]s|['’])\s+behalf\b", re.I)
_HARMLESS = re.compile(
    r"[,&()]*(?:and|but|y|et|mais|pero|as|since|because|now|while|whereas|following|thanks|onhis|onher|ontheir|after|when|if|given|dueto|so|where|who|which|at|to|until|from|with|in|on|ya|que|porque|puesto|car|puisque|alors|tandis|por|pour|mientras|a|al|en|au|de)?"
)


def _is_harmless(rest: str) -> bool:
    """Whether what follows a formula without a list only says why, when or how."""
    found = _HARMLESS.match(rest)
    return bool(found and (found.end() == len(rest) or found.end() > 1)) or len(rest) < 3


def _with_further_names(
    page: Page, saying: Saying, rows: list[Clause], n: int, formulas: dict[int, list[Phrase]]
) -> tuple[Saying, int]:
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
        if _hits(text, formulas.get(taken, ())) or loose()["thanks"].match(text) or len(text) > 160:
            break
        if _NO_LIST.match(text):
            # "…; those of B do" says something of its own
            saying = replace(saying, verdict=Verdict.REVIEW, who=None, doubt=_BROKEN)
            break
        raw = page.text[squeezed.place(rows[taken].start) : squeezed.after(rows[taken].end)]
        saying = replace(saying, who=f"{saying.who}; {raw}", end=squeezed.after(rows[taken].end))
        taken += 1
    if rows[taken - 1].mark in ("\n", "") and re.search(r"(?:\band|[,&]|-)\s*$", saying.who or ""):
        saying = replace(saying, doubt="The list of names in the sentence about further action breaks off.")
    if taken == len(rows) and rows[-1].mark == "" and rows[-1].end == len(letters):
        saying = replace(saying, doubt="The document breaks off in the sentence about further action.")
    return saying, taken
