"""Status sentences: where a document says for whom letters are asked, and for whom not."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

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
from campaign.domain.reading.zones import Zones
from campaign.domain.urgent_action import Verdict

HOLD = "The document asks to hold appeals back for now."
OPEN_QUESTION = "The document says itself that it is not certain whether letters are needed."
_MOST_SAYINGS = 200
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
# "No further action was taken against its captain" speaks of somebody else's doings.
_TAKEN = re.compile(
    r"nofurtheraction(?:was|were|is|has|had|have|would|will|could|can|been|be|ever|yet|since)*(?:taken|brought|possible|followed|against|came|ensued)"
)
_LOWER_WORDS = (
    "nofurtheraction",
    "nofurtherappeal",
    "ofurtheraction",
    "actionscancon",
    "appealsmaystill",
    "furtheractionis",
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

    @property
    def is_unclear(self) -> bool:
        """Whether it is not understood, rather than clear words that ask to wait."""
        return self.doubt is not None and self.doubt != HOLD


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
    short = [word for word in _LOWER_WORDS if word in letters]
    words = [word for word in _CAPITAL_WORDS if word in letters]
    formulas = phrases().likely(letters, [clause.start for clause in rows], page.squeezed.runs)
    taken = 0
    for n, clause in enumerate(rows):
        text = letters[clause.start : clause.end]
        if len(found) >= _MOST_SAYINGS:
            break
        if n < taken or len(text) < 12 or len(text) > 3000:
            continue
        hits = _hits(text, formulas.get(n, ()))
        if not hits and not (any(word in text for word in short) or len([1 for word in words if word in text]) > 1):
            continue
        line = page.line_at(page.squeezed.place(clause.start))
        if zones.is_silent(line):
            continue
        if hits:
            new = _sayings_of(page, clause, hits)
            if new:
                new[-1], taken = _with_further_names(page, new[-1], rows, n, formulas)
            if n and rows[n - 1].mark == ";" and found and found[-1].end >= page.squeezed.place(rows[n - 1].start):
                new = _not_around_a_doubt(found, new)
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
    if _is_quoted(page, squeezed.place(clause.start + hits[0].start)) or loose()["section"].search(text):
        return []
    found: list[Saying] = []
    before, left_out = 0, False
    for n, hit in enumerate(hits):
        limit = hits[n + 1].start if n + 1 < len(hits) else len(text)
        thanks = loose()["thanks"].search(text, hit.end, limit)
        limit = thanks.start() if thanks else limit
        lead = page.text[squeezed.place(clause.start + before) : squeezed.place(clause.start + hit.start)]
        if is_others_words(lead) or is_denied(lead):
            before = limit
            continue
        rest = text[hit.end : limit]
        if _IF_YOU.match(rest):
            continue
        if _ELLIPTIC.match(text, hit.start) and not _ELLIPTIC_RAW.match(
            page.text, squeezed.place(clause.start + hit.start)
        ):
            continue
        if hit.verdict is Verdict.CLOSED and is_about_an_addressee(rest):
            before = limit
            continue
        who, end, doubt = _whom(page, clause, hit, limit, lead)
        verdict = Verdict.REVIEW if loose()["holding"].search(text) else hit.verdict
        start = squeezed.place(clause.start + (before if n else 0))
        if names := left_out_before_relative(lead):
            # "With the exception of A, for whom …": this formula is about A, and the next one about the others
            found.append(Saying(verdict, names, start, squeezed.after(clause.start + hit.end), hit.is_final))
            before, left_out = hit.end, True
            continue
        if left_out and (who is None or is_everyone(who)):
            found.append(Saying(verdict, "the others", start, squeezed.after(clause.start + end), hit.is_final))
            before, left_out = limit, False
            continue
        if is_open_question(lead) and hit.verdict is Verdict.OPEN:
            verdict, doubt = Verdict.REVIEW, None if who else OPEN_QUESTION
            found.append(Saying(verdict, who, start, squeezed.after(clause.start + end), False, doubt))
            before = limit
            continue
        if verdict is Verdict.REVIEW and doubt is None:
            doubt = HOLD
        saying = Saying(verdict, who, start, squeezed.after(clause.start + end), hit.is_final, doubt)
        if n and who is None and (taken_up := before_relative(_between(page, clause, hits[n - 1], hit))):
            found.append(replace(saying, who=taken_up))
            before = limit
            continue
        found += _parted(page, clause, hit, limit, saying, lead)
        before = limit
    unclear = next((saying for saying in found if saying.is_unclear), None)
    return (
        [replace(unclear, verdict=Verdict.REVIEW, who=None, start=found[0].start, end=found[-1].end)]
        if unclear
        else found
    )


def _not_around_a_doubt(before: list[Saying], new: list[Saying]) -> list[Saying]:
    """A clause that speaks of all, behind one of the same sentence that is not understood: it cannot stand alone."""
    last = before[-1]
    if not last.is_unclear:
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
    text = squeezed.letters[clause.start : clause.end]
    opener = list_openers().match(text, hit.end, limit)
    if opener and opener["for"]:
        if opener.end() >= limit:
            return None, limit, "The sentence about further action breaks off before it says for whom."
        return trimmed(raw(opener.end(), limit)), limit, None
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
_ON_BEHALF = re.compile(r"on(?P<whose>his|her)behalf")
# "No further action is required if you agree" speaks to a visitor.
_IF_YOU = re.compile(r"(?:if|unless|once|when)you(?!hear)|siusted|sivous")
_ON_SOMEBODYS_BEHALF = re.compile(r"\bon\s+(?P<whose>[^.;:!?]{2,200}?)(?:['’]s|['’])\s+behalf\b", re.I)
_HARMLESS = re.compile(
    r"[,&()]*(?:and|but|y|et|mais|pero|as|since|because|now|while|whereas|following|thanks|onhis|onher|ontheir|after|when|if|given|dueto|so|where|who|which|at|to|until|from|with|in|on|ya|que|porque|puesto|car|puisque|alors|tandis|por|pour|mientras|a|al|en|au|de)?"
)


def _is_harmless(rest: str) -> bool:
    """Whether what follows a formula without a list only says why, when or how."""
    found = _HARMLESS.match(rest)
    return bool(found and (found.end() == len(rest) or found.end() > 1)) or len(rest) < 3


def _is_quoted(page: Page, place: int) -> bool:
    """Whether a quotation that began in the same paragraph is still open at `place`."""
    start = max(page.text.rfind("\n\n", 0, place), place - 1500, 0)
    before = page.text[start:place]
    opened = before.count("“") + before.count("«") - before.count("”") - before.count("»")
    return opened > 0 or before.count('"') % 2 == 1


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
    if capitals and len(raw) < 600 and sum(word in text for word in _CAPITAL_WORDS) >= 2:
        return True
    text = _TAKEN.sub("", text)
    return (
        any(word in text for word in _LOWER_WORDS) and not is_others_words(raw) and not loose()["section"].search(text)
    )
