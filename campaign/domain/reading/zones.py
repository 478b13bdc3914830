"""Which lines of a page are what: the letter, the points, the addressees, the head."""

import re
from dataclasses import dataclass
from itertools import islice

from campaign.domain.folding import fold
from campaign.domain.reading.frame import passed_on
from campaign.domain.reading.labels import Label, Mark
from campaign.domain.reading.page import Page
from campaign.domain.urgent_action import Evidence

GREETING = re.compile(
    r"(?:(?:dear|estimad[oa]s?|distinguid[oa]s?|cher|chere|muy senor(?:a|es)? mi[oa]s?)\b.{0,120}"
    r"|(?:your |votre |vos |su |sus |your royal )?(?:excellency|excellencies|excellences?|excelencias?|honou?rs?|majesty|majesties|majestades|majestad|majestes?|royal highness|highness|highnesses|altezas?|altesses?|holiness|eminences?|grace|graces|worships?|lordships?|ladyship)\b.{0,80}[,:;]"
    r"|(?:senor|senora|senores|senoras|sres\.?|gentlemen|ladies and gentlemen|honou?rable|ministers?|sirs|mesdames et messieurs|sr\.?|sra\.?|monsieur|madame|mesdames|messieurs|sir|madam|honou?rable|excelentisim[oa]|respected|to whom)\b.{0,120}[,:;])$"
)
SIGN_OFF = re.compile(
    r"(?:yours (?:sincerely|faithfully|truly|respectfully)|sincerely|respectfully|with respect|faithfully|kind regards|regards"
    r"|atentamente|cordialmente|respetuosamente|un cordial saludo|saludos|le saluda|sinceramente"
    r"|veuillez (?:agreer|croire|recevoir)|je vous prie d|dans l.attente|cordialement|salutations|respectueusement|avec mes salutations)"
)
BULLET = re.compile(r"^(?:[*•■▪·●◦‣§\-–—►➢o]\s+|[•■▪●►➢]\S|\d{1,2}\)\s)")
# On pages in numbered steps, "1) Please write", the addressees end with the first: "2) Let us know".
_FIRST_STEP = re.compile(r"1\) .{0,80}\b(?:write|take action|letters?|appeals?)\b", re.IGNORECASE)
_NEXT_STEP = re.compile(r"[2-9]\) [A-Z]")
_ADDRESSED = re.compile(r"(?:\bto|\ba|\bà)\s*:?\s*$", re.IGNORECASE)
_LETTER_ENDS = frozenset(
    {Label.LANGUAGES, Label.UNTIL, Label.NAMES, Label.BACKGROUND, Label.EARLIER, Label.CHECK, Label.CLOSING_LINE}
)
_LONGEST_LETTER = 120
_LONGEST_FRAME = 20
_LONGEST_ADDRESS = 24
_LONGEST_ADDRESS_LINE = 80
_CONTACT = re.compile(
    r"\W*(?:e-?mails?|fax(?:es)?|correo[\w\- ]*|courriels?|salutation|tratamiento|formule d.appel|telegrams?|telex(?:es)?)\W{0,3}:"
)


@dataclass(frozen=True)
class Zones:
    """Lines by what they are, as half-open ranges of line indexes."""

    letter: tuple[int, int] | None
    targets: tuple[tuple[int, int], ...]
    bullets: tuple[tuple[int, int], ...]
    head_end: int
    request: Evidence | None

    def __post_init__(self) -> None:
        silent: set[int] = set()
        for first, last in (*self.targets, *self.bullets, *((self.letter,) if self.letter else ())):
            silent.update(range(first, last))
        object.__setattr__(self, "_silent", frozenset(silent))

    def is_silent(self, line: int) -> bool:
        """Whether words on that line never count as status: the letter, the points, the addresses."""
        silent: frozenset[int] = self.__dict__["_silent"]
        return line in silent


def zones_of(page: Page, marks: tuple[Mark, ...]) -> Zones:
    """The zones of a page with those labels."""
    letter = _letter(page, marks)
    bullets = _bullets(page, marks)
    targets = _targets(page, marks, letter) or _behind_points(page, marks, bullets)
    return Zones(
        letter, targets, bullets, _head_end(page, marks), _request(page, marks, bool(letter or targets or bullets))
    )


def _lines(page: Page, marks: tuple[Mark, ...], labels: frozenset[Label]) -> list[int]:
    return [page.line_at(mark.start) for mark in marks if mark.label in labels]


def _letter(page: Page, marks: tuple[Mark, ...]) -> tuple[int, int] | None:
    calls = [page.line_at(mark.end - 1) for mark in marks if mark.label in (Label.ACT, Label.SAMPLE, Label.ADDRESSEES)]
    if not calls:
        return None
    for n in range(min(calls) + 1, len(page.lines)):
        if page.lines[n] and GREETING.match(fold(page.lines[n])):
            return n, _letter_end(page, marks, n)
    return None


def _letter_end(page: Page, marks: tuple[Mark, ...], greeting: int) -> int:
    ends = [n for n in _lines(page, marks, _LETTER_ENDS) if n > greeting]
    last = min([*ends, greeting + _LONGEST_LETTER, len(page.lines)])
    for n in range(greeting + 1, last):
        if SIGN_OFF.match(fold(page.lines[n])):
            return n + 1
    return last


def _targets(page: Page, marks: tuple[Mark, ...], letter: tuple[int, int] | None) -> tuple[tuple[int, int], ...]:
    """The lines with addressees: before the letter's greeting, or behind APPEALS TO and its like."""
    ranges: list[tuple[int, int]] = []
    stops = [
        page.line_at(mark.start)
        for mark in marks
        if mark.label is not Label.UNTIL and mark.label is not Label.ADDRESSEES
    ]
    if any(line[:3] == "1) " and _FIRST_STEP.match(line) for line in page.lines):
        stops += [n for n, line in enumerate(page.lines) if _NEXT_STEP.match(line)]
    if letter:
        before = [
            m
            for m in marks
            if m.label in (Label.ACT, Label.ADDRESSEES, Label.SAMPLE, Label.UNTIL)
            and page.line_at(m.end - 1) < letter[0]
        ]
        starts = [
            _behind_call(page, page.line_at(m.end - 1))
            for m in before
            if m.label is not Label.SAMPLE and m.label is not Label.UNTIL
        ]
        if starts:
            ends = [n for n in stops if starts[-1] <= n < letter[0]]
            ranges.append((starts[-1], min([*ends, letter[0]])))
    for mark in marks:
        line = page.line_at(mark.end - 1)
        opens = mark.label is Label.ADDRESSEES or (
            mark.label is Label.UNTIL and _opens_addressees(page, line) is not None
        )
        if not opens or any(first <= line + 1 <= last for first, last in ranges):
            continue
        first = (_opens_addressees(page, line) or line) + 1
        later = [n for n in stops if n >= first]
        if letter and letter[0] >= first:
            later.append(letter[0])
        ranges.append((first, min([*later, len(page.lines)])))
    return tuple(sorted(ranges))


def _behind_points(
    page: Page, marks: tuple[Mark, ...], bullets: tuple[tuple[int, int], ...]
) -> tuple[tuple[int, int], ...]:
    """The short lines right behind the last point, down to one with a fax, a mail or a salutation: an address without a label."""
    if not bullets:
        return ()
    first = bullets[-1][1]
    labelled = {page.line_at(mark.start) for mark in marks}
    last = first
    for n in range(first, min(first + _LONGEST_ADDRESS, len(page.lines))):
        line = page.lines[n]
        if n in labelled or len(line) > _LONGEST_ADDRESS_LINE or (line.endswith(".") and len(line.split()) > 4):
            break
        if _CONTACT.match(fold(line)):
            last = n + 1
    return ((first, last),) if last > first else ()


def _behind_call(page: Page, line: int) -> int:
    """The line behind a call in CAPITALS, which may go on over the line end."""
    lines = page.lines
    if (
        lines[line].isupper()
        and lines[line + 1 : line + 2]
        and lines[line + 1].isupper()
        and len(lines[line + 1].split()) > 2
    ):
        return line + 2
    return line + 1


def _opens_addressees(page: Page, line: int) -> int | None:
    """The line on which a deadline ends with "TO:", at the latest one below."""
    for n in (line, line + 1):
        if n < len(page.lines) and _ADDRESSED.search(page.lines[n]):
            return n
        if n < len(page.lines) and page.lines[n].endswith("."):
            return None
    return None


def _bullets(page: Page, marks: tuple[Mark, ...]) -> tuple[tuple[int, int], ...]:
    """The points behind a request for letters, each with the lines on which it goes on."""
    starts = [page.line_at(mark.end - 1) for mark in marks if mark.label is Label.ACT]
    stops = {page.line_at(mark.start) for mark in marks}
    found: list[tuple[int, int]] = []
    if not starts:
        return ()
    n = min(starts) + 1
    while n < len(page.lines):
        if not BULLET.match(page.lines[n]):
            n += 1
            continue
        end = n + 1
        while end < len(page.lines) and page.lines[end] and not BULLET.match(page.lines[end]) and end not in stops:
            end += 1
        found.append((n, end))
        n = end
    return tuple(found)


def _head_end(page: Page, marks: tuple[Mark, ...]) -> int:
    """The line before which a date, a country or a headline may stand alone: the first label or long line ends the head."""
    filled = 0
    framed = [n for n, line in enumerate(page.lines[:_LONGEST_FRAME]) if _is_framed(line)]
    for n, line in islice(enumerate(page.lines), max([*passed_on(page), *framed], default=-1) + 1, None):
        if any(page.line_at(mark.start) == n for mark in marks[:3]) and filled > 3:
            return n
        filled += bool(line)
        if filled > 25 or (len(line) > 160 and "/" not in line[:60]):
            return n
    return len(page.lines)


def _is_framed(line: str) -> bool:
    """Whether a line is part of the frame that mailed bulletins of the 1990s bear above their head: "+ May be copied +"."""
    return len(line) > 10 and line[0] == line[-1] and line[0] in "+*#|"


def _request(page: Page, marks: tuple[Mark, ...], has_body: bool) -> Evidence | None:
    """Where letters are asked for. A lone "Take action" in a page's frame asks for nothing."""
    for mark in marks:
        if mark.label is Label.ACT and (mark.is_strong or has_body):
            return page.evidence(mark.start, mark.end)
    for mark in marks:
        if mark.label is Label.ADDRESSEES:
            return page.evidence(mark.start, mark.end)
    return None
