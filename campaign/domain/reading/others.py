"""Words about another Urgent Action in an output: its number in a teaser, its status in a note or a "See also" line."""

import re

from campaign.domain.folding import fold
from campaign.domain.reading.frame import is_elsewhere, passed_on
from campaign.domain.reading.heads import INDEX
from campaign.domain.reading.labels import Label, Mark
from campaign.domain.reading.numbers import CITED, Numbered, Place, cited
from campaign.domain.reading.page import Page
from campaign.domain.reading.sentences import Saying

# Words with which a line of links to something else begins, by language.
POINTERS: dict[str, tuple[str, ...]] = {
    "en": ("see also", "read also", "also read", "related", "most read", "more news", "elsewhere", "you may also like"),
    "es": ("vease tambien", "ver tambien", "vea tambien", "lea tambien", "lo mas leido", "lo mas visto", "relacionado"),
    "fr": ("voir aussi", "voir egalement", "lire aussi", "a lire aussi", "les plus lus", "le plus lu", "sur le meme theme"),
    "de": ("siehe auch", "lesen sie auch", "meistgelesen", "mehr zum thema"),
}  # fmt: skip
_POINTER = re.compile(rf"\W*(?:{'|'.join(words for rows in POINTERS.values() for words in rows)})\s*(?:[:>»–-]|$)")
_SUBJECT = re.compile(r"\W*(?:subject|re|fwd?|tr|rv|wg|betreff|objet|asunto)\s*:")
_SHORT_HEAD = 16
_ROWS = 6
_HEADLINE_BEHIND = re.compile(r"\s*[:|–—-]\s*[^\W\d_]")
_SENTENCE = re.compile(r"[.!?]\s+(?=[^\W\d_])")


def without_teasers(page: Page, numbered: list[Numbered]) -> list[Numbered]:
    """The numbers without those of teasers, where one number stands in a head with its index number and comes again.

    A teaser is a number above that head with sentences behind it, or one anywhere below with only a headline of its own.
    """
    numbered = [number for number in numbered if not _is_listed_elsewhere(page, number)] or numbered
    heads = [number for number in numbered if number.place in (Place.HEAD, Place.FOOT)]
    sure = {number.ua for number in heads if INDEX.search(page.lines[number.line])}
    closing = {number.ua for number in numbered if number.place is Place.CLOSING}
    if not sure and len(closing) == 1:
        # a page without a head: its closing line tells whose it is
        own = next(iter(closing))
        return [number for number in numbered if number.ua == own or not _is_teaser(page, number, 0)]
    if len(sure) != 1:
        return numbered
    own = next(iter(sure))
    begin = next(number.line for number in heads if number.ua == own)
    if sum(number.ua == own for number in numbered) < 2:
        return numbered
    return [number for number in numbered if number.ua == own or not _is_teaser(page, number, begin)]


def _is_listed_elsewhere(page: Page, number: Numbered) -> bool:
    """Whether a head line without an index number is the first or second row under "You may also like" or its like."""
    if number.place is not Place.HEAD or INDEX.search(page.lines[number.line]):
        return False
    above = [line for line in page.lines[max(0, number.line - _ROWS) : number.line] if line]
    return any(is_elsewhere(line) for line in above[-2:])


def _is_teaser(page: Page, number: Numbered, begin: int) -> bool:
    rest = page.text[number.end : page.start_of(number.line) + len(page.lines[number.line])]
    if number.place is not Place.HEAD:
        return False
    if number.line < begin:
        return bool(_SENTENCE.search(rest))
    return bool(_HEADLINE_BEHIND.match(rest)) and not INDEX.search(page.lines[number.line])


_FOREIGN_ROW = re.compile(r"\s*[•*■▪·●◦‣–—-]\s*(?=(?:UA|AU|FI|EXTRA)\b)")


def without_foreign(
    page: Page, marks: tuple[Mark, ...], numbered: list[Numbered], teasers: set[int]
) -> tuple[Mark, ...]:
    """The labels without those in teasers and in a page's list of other actions: "* AU 22/14: Escriban …"."""
    marks = tuple(mark for mark in marks if page.line_at(mark.start) not in teasers)
    own = {number.ua for number in numbered}
    if len(own) != 1:
        return marks

    def is_foreign(mark: Mark) -> bool:
        line = page.lines[page.line_at(mark.start)]
        row = _FOREIGN_ROW.match(line)
        found = cited(line[row.end() : row.end() + _SHORT_HEAD]) if row else set()
        return bool(found) and not found & own

    return tuple(mark for mark in marks if not is_foreign(mark))


def without_others(page: Page, marks: tuple[Mark, ...], numbered: list[Numbered], said: list[Saying]) -> list[Saying]:
    """The status sentences without those that are about another Urgent Action."""
    own = {number.ua for number in numbered}
    if not own:
        return said
    background = next((mark.start for mark in marks if mark.label is Label.BACKGROUND), len(page.text))
    note = _end_of_note(page, numbered)
    head = 0 if note else min(number.line for number in numbered)
    return [saying for saying in said if not _is_of_another(page, saying, own, background, note, head)]


def _is_of_another(page: Page, saying: Saying, own: set[str], background: int, note: int, head: int) -> bool:
    line = page.line_at(saying.start)
    first = line
    while first and page.lines[first - 1]:
        first -= 1
    begin = page.start_of(first)
    before = page.text[begin : saying.start]
    within = page.text[saying.start : saying.end]
    if cited(before + within) & own:
        return False
    # A note above that names no other number may well mean this one: then its words count, and at worst a person decides.
    if (saying.start < note and cited(before + within)) or _points_away(page, first, line):
        return True
    if saying.start >= background and cited(before):
        return True
    opening = CITED.match(page.text[begin : begin + 40].lstrip(" •*-–>"))
    if opening and opening.end() < len(before):
        return True
    if line < head and cited(before):
        # a teaser above the head
        return True
    whole = before + within
    cuts = [cut.end() for cut in _SENTENCE.finditer(whole) if cut.end() <= len(before)]
    sentence = whole[cuts[-1] if cuts else 0 :]
    return saying.who is None and bool(cited(sentence))


def _points_away(page: Page, first: int, line: int) -> bool:
    """Whether a line, or one above it in its paragraph, begins with "See also" or its like, or stands right under such a line."""
    above = first - 1
    while above > 0 and not page.lines[above]:
        above -= 1
    alone = above >= 0 and len(page.lines[above]) < 40 and bool(_POINTER.fullmatch(fold(page.lines[above]).strip()))
    cites = bool(cited(page.text[page.start_of(first) : page.start_of(line) + len(page.lines[line])]))
    return alone or (cites and any(_POINTER.match(fold(page.lines[n][:60])) for n in range(first, line + 1)))


def _end_of_note(page: Page, numbered: list[Numbered]) -> int:
    """Where the note above a forwarded output ends; 0 if there is none."""
    own = [number.line for number in numbered if not _SUBJECT.match(fold(page.lines[number.line][:40]))]
    if not own:
        return 0
    ends = [n for n in passed_on(page) if n < min(own)]
    return page.start_of(ends[-1]) if ends else 0
