"""The number of an Urgent Action and an output's place in the series: where a document prints its own, and where another's."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from campaign.domain.countries import country_called
from campaign.domain.folding import fold
from campaign.domain.reading.labels import Label, Mark
from campaign.domain.reading.ordinals import LAST, ORDINAL, ordinal_value
from campaign.domain.reading.page import Page

# Words that may stand before the number in a head line, by language: each row says what it tells of the ordinal.
FOLLOW_UP_WORDS: dict[str, tuple[str, ...]] = {
    "en": ("further information on", "further information about", "further information", "follow-up on", "follow up on", "follow-up to", "follow up to",
           "update on", "update to", "urgent action update", "urgent action outcome", "outcome of", "good news on", "good news"),
    "es": ("mas informacion sobre la", "mas informacion sobre", "mas informacion", "informacion complementaria sobre la", "informacion complementaria sobre", "actualizacion de la", "actualizacion sobre la"),
    "fr": ("informations complementaires sur l'", "informations complementaires sur", "complement d'information sur l'", "complements d'information sur l'", "mise a jour de l'", "mise a jour sur l'", "nouvelles informations sur l'",
           "informations complementaires a l'"),
    "pt": ("mais informacoes sobre a", "mais informacao sobre a", "informacao adicional sobre a", "atualizacao da"),
    "de": ("ergebnis", "weitere informationen zu", "weitere informationen zur", "aktualisierung zu", "update zu", "update zur", "abschlussinfo zu", "abschlussinfo"),
}  # fmt: skip
STOP_WORDS: dict[str, tuple[str, ...]] = {
    "en": ("stop action on the", "stop action on", "stop action"),
    "es": ("fin de la accion", "alto a la accion"),
    "fr": ("fin de l'action", "arret de l'action"),
}
_BEFORE = (
    "urgent action appeal", "urgent action", "accion urgente", "action urgente", "subject", "re", "fwd", "fw", "tr", "rv", "ref",
    "number", "the", "la", "l'", "le", "new", "amnesty international", "from amnesty international usa", "public", "external",
)  # fmt: skip
_CLOSING_START = (
    r"(?:this(?:is|was)|(?:esta|este|esto)(?:es|fue)|est[ae]e(?=[ao])|ceciest|cestl|ilsagitde|cettemiseajourest)"
)
_CLOSING_NOUN = (
    r"(?P<noun>updateandoutput|output|update|furtherinformation|followup|actualizacion|miseajour|documento|documentpublie|document|"
    r"comunicacion|publicacion|publication|entrega|informacion|communication|bulletin|acc?ao|atualizacao|au|ua)"
)
_UPDATES = frozenset(
    {
        "update",
        "atualizacao",
        "mise a jour",
        "followup",
        "actualizacion",
        "miseajour",
        "furtherinformation",
        "informacion",
    }
)
_CLOSING_LINE = re.compile(
    rf"{_CLOSING_START}(?:the|la|le|el|a|o)?(?P<which>(?:{ORDINAL}|{LAST}|and|y|et|e|the|la|le|el|de){{1,6}}){_CLOSING_NOUN}"
    r"(?:and(?:the)?final(?:output|update)?)?"
    r"(?:[a-z]{0,40}?(?:ua|au|urgentaction|accionurgente|actionurgente|extra|ex|:)|(?<=[au][au]))(?=[:\-]?\d{1,3}[/.]|[:\-]?extra|[:\-]?ex\d)"
)
_DIGITS = re.compile(r"\d")
_NUMBER = re.compile(
    r"(?P<series>EXTRA|(?<![A-Za-z])EX(?=\s?\d)|(?<![A-Z])(?:UA|AU|FI)(?![A-Za-z])|Urgent\s*Action|Acci[oó]n\s*Urgente|Action\s*Urgente)"
    r"(?P<mid>\s{0,3}[:\-–]?\s{0,3}(?:no\.?\s?|n°\s?)?(?:(?P<extra>EXTRA|EX)\s?)?)"
    r"(?P<number>\d{1,3})(?P<mark>\s?[/.]\s?|/?\s)(?P<year>(?:19|20)\d\d|\d\d)(?:-(?P<update>\d{1,2}))?(?![\d/])",
    re.IGNORECASE,
)
_AFTER_COUNTRY = re.compile(
    r"\bUA:?\s{1,3}(?P<country>[A-Z][^\d:()]{2,40}?)\s+(?P<which>[A-Za-z]+)\s+(?P<number>\d{1,3})(?P<mark>[/.])(?P<year>(?:19|20)\d\d|\d\d)(?![\d/.])"
)
_PAGE_SAYS = re.compile(
    r"(?:^(?:download|read|get) (?:a |the )?(?:full )?(?:pdf|copy|text|version) (?:version )?(?:of |for )|\bthis is )"
    r"(?P<series>UA|AU|EXTRA|Urgent Action)\s?:?\s?(?P<number>\d{1,3})(?P<mark>[/.])(?P<year>(?:19|20)\d\d|\d\d)(?![\d/])"
    r"(?:\s+(?P<country>[A-Z][A-Za-z ]{2,30}?)(?=\s+(?:update|first|second|third|victory)|\s*$))?",
    re.IGNORECASE,
)
CITED = re.compile(r"\b(UA|AU|FI|EXTRA)\s?[:-]?\s?(\d{1,3})\s?[/.]\s?((?:19|20)?\d\d)(?![\d/])")
# "Urgent Action 17/23 - second update"
WHICH_BEHIND = re.compile(
    rf"[\s\-–:|,(]*(?:the |la |le )?(?P<which>{ORDINAL})(?: and (?:final|last))? (?P<noun>update|output|actualizacion|mise a jour|publication|ua|au)\b[\s).]*$"
)
_PAGE_SIGNS = ("UA", "AU", "EXTRA", "Urgent Action", "URGENT ACTION", "urgent action")
_LONGEST_LEAD = 90


class Place(StrEnum):
    """Where a number stands."""

    HEAD = "head"
    FOOT = "foot"
    CLOSING = "closing"
    TITLE = "title"


@dataclass(frozen=True)
class Numbered:
    """A UA number that a document prints as its own, and what the words beside it say of the series."""

    ua: str
    place: Place
    line: int
    start: int
    end: int
    ordinal: int | None = None
    is_follow_up: bool = False
    is_last: bool = False
    is_stop: bool = False
    country: str | None = None


def normal_form(series: str, number: str, year: str) -> str:
    """`44/22`, or `EXTRA 61/05` for the series that counts apart."""
    prefix = "EXTRA " if series.upper().startswith("EX") else ""
    return f"{prefix}{int(number)}/{year[-2:]}"


def cited(text: str) -> set[str]:
    """The UA numbers in a text, whosever they are."""
    return {normal_form(found[1], found[2], found[3]) for found in CITED.finditer(text)}


@lru_cache(maxsize=1)
def _lead() -> re.Pattern[str]:
    def words(table: dict[str, tuple[str, ...]]) -> str:
        rows = sorted((w for t in table.values() for w in t), key=len, reverse=True)
        return "|".join(re.escape(w).replace(r"\ ", r"\s*") for w in rows)

    before = "|".join(re.escape(w).replace(r"\ ", r"\s*") for w in sorted(_BEFORE, key=len, reverse=True))
    item = rf"(?P<follow>{words(FOLLOW_UP_WORDS)})|(?P<stop>{words(STOP_WORDS)})|(?P<which>{ORDINAL})|(?:{before})|{LAST}|and|[:\-–|.,•!]"
    return re.compile(rf"(?:{item})\s*")


def _lead_tells(lead: str) -> dict[str, str] | None:
    """What the words before a number say, or None if they are no words of a head line."""
    folded, at, told = fold(lead).replace("’", "'"), 0, {}
    if folded.lstrip().startswith((">", "*", "•", "(", "[")):
        return None
    # a web page's tags: "Outcome | Belarus | UA-071/2021"
    *tags, last = folded.strip().split("|")
    folded = "|".join([*(tag for tag in tags if not country_called(tag.strip())), last])
    while at < len(folded):
        item = _lead().match(folded, at)
        if item is None or item.end() == at:
            return None
        told.update({key: value for key, value in item.groupdict().items() if value})
        at = item.end()
    return told


def head_numbers(page: Page, marks: tuple[Mark, ...]) -> list[Numbered]:
    """The numbers that stand in head lines, in foot lines, and in brackets behind a headline; not those of other actions."""
    found: list[Numbered] = []
    for n, line in enumerate(page.lines):
        if not _DIGITS.search(line) or _in_earlier(page, marks, n):
            continue
        numbered = (
            _in_head_line(page, n)
            or _after_country(page, n)
            or _of_page(page, n)
            or (_behind_title(page, n) if n < 12 else None)
        )
        if numbered:
            found.append(numbered)
    return found


def _in_earlier(page: Page, marks: tuple[Mark, ...], n: int) -> bool:
    start = page.start_of(n)
    before = [mark for mark in marks if mark.start <= start]
    return bool(before) and before[-1].label in (Label.EARLIER, Label.ASIDE)


def _goes_on(page: Page, n: int) -> bool:
    """Whether a line goes on with the sentence of the one above: then a number at its beginning is somebody's mention."""
    above = page.lines[n - 1] if n else ""
    words = above.split()
    if above.rfind("(") > above.rfind(")") and above.rfind("(") > len(above) - 12:
        # "(see" at the end of a line
        return True
    return above[-1:].isalnum() and not _NUMBER.search(above[:200]) and sum(word[0].islower() for word in words) > 3


def _in_head_line(page: Page, n: int) -> Numbered | None:
    line = page.lines[n]
    found = _NUMBER.search(line[:200])
    if found is None or found.start() > _LONGEST_LEAD or _goes_on(page, n):
        return None
    told = _lead_tells(line[: found.start()])
    if told is None:
        return None
    folded = fold(line)
    foot = (
        "issue date" in folded or "issuedate" in folded or "fecha de emision" in folded or "date d'emission" in folded
    )
    ordinal = ordinal_value(told["which"]) if "which" in told else None
    if found["update"]:
        ordinal = int(found["update"]) + 1
    if ordinal is None and (behind := WHICH_BEHIND.match(folded, found.end())):
        ordinal = (ordinal_value(behind["which"]) or 0) + (behind["noun"] in _UPDATES) or None
    start = page.start_of(n)
    return Numbered(
        normal_form(found["extra"] or found["series"], found["number"], found["year"]),
        Place.FOOT if foot else Place.HEAD,
        n,
        start + found.start(),
        start + found.end(),
        ordinal,
        "follow" in told,
        bool(re.search(rf"\b{LAST}\b", fold(line[: found.start()]))),
        "stop" in told,
    )


def _after_country(page: Page, n: int) -> Numbered | None:
    found = _AFTER_COUNTRY.search(page.lines[n][:200])
    if (
        found is None
        or (ordinal := ordinal_value(found["which"])) is None
        or _lead_tells(page.lines[n][: found.start()]) is None
    ):
        return None
    start = page.start_of(n)
    number = normal_form("UA", found["number"], found["year"])
    return Numbered(number, Place.HEAD, n, start, start + found.end(), ordinal, country=found["country"])


def _of_page(page: Page, n: int) -> Numbered | None:
    """The number in what a section's page says of itself: "Download a PDF of UA 87.16 South Sudan", "This is Urgent Action 87.16"."""
    line = page.lines[n]
    found = _PAGE_SAYS.search(line) if any(sign in line for sign in _PAGE_SIGNS) else None
    if found is None:
        return None
    start = page.start_of(n)
    return Numbered(
        normal_form(found["series"], found["number"], found["year"]),
        Place.CLOSING,
        n,
        start + found.start(),
        start + found.end(),
        country=(found["country"] or "").strip() or None,
    )


def _behind_title(page: Page, n: int) -> Numbered | None:
    line = page.lines[n]
    found = _NUMBER.search(line[-60:])
    if (
        found is None
        or "(" not in line
        or line[0].islower()
        or not re.fullmatch(r"[\s)\].|]*", line[-60:][found.end() :])
    ):
        return None
    before = line[line.rfind("(") + 1 : len(line) - len(line[-60:]) + found.start()]
    which = re.search(ORDINAL, fold(before))
    country = before.split(":")[0].strip() if ":" in before else None
    ordinal = ordinal_value(which.group()) if which else None
    start = page.start_of(n)
    number = normal_form(found["extra"] or found["series"], found["number"], found["year"])
    return Numbered(number, Place.TITLE, n, start, start + len(line), ordinal, country=country)


def closing_numbers(page: Page) -> list[Numbered]:
    """The numbers in lines such as THIS IS THE THIRD AND FINAL OUTPUT FOR UA 44/22, with their ordinals."""
    found = []
    squeezed = page.squeezed
    for closing in _CLOSING_LINE.finditer(squeezed.letters):
        begin = squeezed.place(closing.end() - 1)
        number = re.compile(
            r".?\W{0,3}(?P<extra>EXTRA|EX)?\W{0,3}(?P<number>\d{1,3})\s?[/.]\s?(?P<year>(?:19|20)\d\d|\d\d)(?!\d)",
            re.I | re.S,
        ).match(page.text, begin)
        if number is None:
            continue
        which = re.findall(ORDINAL, closing["which"])
        ordinal = ordinal_value(which[0]) if which else None
        if ordinal is not None and closing["noun"] in _UPDATES:
            ordinal += 1
        is_last = bool(re.search(LAST, closing["which"])) or "final" in closing.group()
        extra = number["extra"] or ("EXTRA" if closing.group().endswith(("extra", "ex")) else "UA")
        start = squeezed.place(closing.start())
        found.append(
            Numbered(
                normal_form(extra, number["number"], number["year"]),
                Place.CLOSING,
                page.line_at(start),
                start,
                number.end(),
                ordinal,
                is_last=is_last,
            )
        )
    return found
