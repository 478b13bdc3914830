"""The headline of a document: under URGENT ACTION, at the top of a web page, or the concern beside the number."""

import re
from collections.abc import Iterator

from campaign.domain.countries import country_called, leading_country
from campaign.domain.dates import printed_dates
from campaign.domain.folding import fold
from campaign.domain.reading.heads import DATE_LABEL, INDEX, INDEX_LABEL, Found
from campaign.domain.reading.labels import Mark
from campaign.domain.reading.numbers import WHICH_BEHIND, Numbered, Place
from campaign.domain.reading.page import Page, joined

_URGENT_ACTION = frozenset({"urgentaction", "accionurgente", "actionurgente", "accaourgente", "acaourgente", "azioneurgente", "amnestyinternationalurgentaction", "urgentactionappeal", "urgentactionupdate",
                            "urgentactionamnestyinternational", "urgentactionappealstopaction", "stopaction", "urgentactions", "actionsurgentes", "accionesurgentes"})  # fmt: skip
_SUBJECT = re.compile(r"\W*(?:subject|betreff|objet|asunto)\s*:", re.I)
_NO_LETTERS = re.compile(r"[^a-z]+")
BANNERS = ("urgent action", "accion urgente", "action urgente", "accao urgente", "acao urgente", "azione urgente")
_BARE_BANNERS = frozenset(banner.replace(" ", "") for banner in BANNERS)
_NO_TITLE = re.compile(
    r"(?:skip to|cookie|.{0,60}\bcookies?\b|(?:we|this|the) (?:web)?site uses|we value your privacy|we use cookies|select this|subject:|from:|to:|date:|sent:|cc:|index:|public\s*(?:$|ai\b)|external\s*(?:$|\(|ai\b)|distr|ai index|amnesty international\s*(?:$|urgent|-|\||:|public)|about us|breadcrumb|\*|•|https?:|www\.|dear |message-id|"
    r"for general distribution|(?:only )?\d+ (?:days?|hours?|weeks?) (?:left|to go|remaining)|(?:quedan?|faltan?|restan?) \d+ (?:dias?|d[ií]as?|horas?)|(?:il )?reste \d+ (?:jours?|heures?)|plus que \d+ jours?|noch \d+ tage?|\d+ (?:dias?|d[ií]as?) restantes|\d+ jours? restants?|\d[\d.,]* (?:signatures|actions taken|people have|firmas|supporters)|termin[ée]e le|lanc[ée]e le|encore valable|seulement pour information|mitmachen bis|frist abgelaufen|abgeschlossene aktion|sista datum|download (?:ua|the|pdf|this|in|as)|accept all|accept cookies|tout accepter|aceptar|este sitio|ce site|(?:action|accion|acción|aktion|urgent action) (?:termin[ée]e|cl[ôo]tur[ée]e|finalizada|cerrada|terminada|beendet|closed|ended)\W*$|diese (?:web)?seite|you are here|vous etes ici|est[aá]s en)"
    r"|(?:log ?in|login|home|menu|donate|share|search|print|download|sign up|subscribe|accueil|inicio|startseite|back|retour|volver|facebook|twitter|email|pdf)\b[^\w]*(?:[\w’']+[^\w]*){0,2}$",
    re.I,
)


def headline(page: Page, numbered: list[Numbered], marks: tuple[Mark, ...], upto: int) -> Found | None:
    """The headline as printed: the line under URGENT ACTION, else the first line of the head that can be one."""
    skipped = {number.line for number in numbered if number.place is not Place.TITLE}
    skipped |= {page.line_at(mark.start) for mark in marks[:6] if mark.is_strong}
    bracketed = {number.line for number in numbered if number.place is Place.TITLE}
    banners = [n for n, line in enumerate(page.lines[:60]) if len(line) < 40 and _letters(line) in _BARE_BANNERS]
    begin = banners[0] if banners else _below_links(page, numbered)
    fitting: Iterator[int] = (
        n
        for n in range(begin, min(len(page.lines), upto + 30 if banners else upto))
        if page.lines[n]
        and n not in skipped
        and _letters(page.lines[n]) not in _URGENT_ACTION
        and not _is_frame(page.lines[n])
    )
    if page.headings:
        lines = list(fitting)
        marked = next((n for n in lines if n in page.headings and n not in bracketed), None)
        if marked is None:
            marked = next((n for n in lines if n in page.headings), None)
        if marked is not None:
            return _headline_from(page, marked)
        fitting = iter(lines)
    if banners:
        first = next(fitting, None)
        return _headline_from(page, first) if first is not None else None
    lines = list(fitting)
    # a line with the number in brackets is a page's title, and stands in only where there is no headline beside it
    better = next((n for n in lines if n not in bracketed), None)
    if better is not None and (len(page.lines[better]) < 120 and not page.lines[better].endswith(".")):
        return _headline_from(page, better)
    return _headline_from(page, lines[0]) if lines else None


def _below_links(page: Page, numbered: list[Numbered]) -> int:
    """The line below the last row of links above the number: over such a row stands a site's own name, not a headline."""
    first = min((number.line for number in numbered if number.place is Place.HEAD), default=0)
    rows = [n for n in range(first) if _is_trail(page.lines[n])]
    below = rows[-1] + 1 if rows else 0
    between = [n for n in range(below, first) if page.lines[n] and not _is_frame(page.lines[n])]
    return below if between else 0


def _letters(line: str) -> str:
    return _NO_LETTERS.sub("", fold(line[:200]))


def _is_frame(line: str) -> bool:
    if _NO_TITLE.match(line) or country_called(line) or len(_letters(line)) < 4 or "|" in line or _is_trail(line):
        return True
    dates = printed_dates(line)
    return (bool(dates) and len(_letters(line)) <= 10) or bool(DATE_LABEL.match(line))


def _is_trail(line: str) -> bool:
    """Whether a line is a row of links: "Home / Urgent Actions / Join", "Start > Mitmachen > Urgent Actions"."""
    pieces = re.split(r"\s[/>›»·•–|]\s", line)
    return len(pieces) > 2 and all(len(piece.split()) < 6 for piece in pieces)


def _headline_from(page: Page, n: int) -> Found:
    """A headline in capitals goes on over lines in capitals; another one only if a blank line follows its second line."""
    last = n
    lines = page.lines
    while last + 1 < len(lines) and last - n < 3 and lines[last + 1] and not _is_frame(lines[last + 1]):
        here, below = lines[last], lines[last + 1]
        capitals = here.isupper() and below.isupper() and _letters(below) not in _URGENT_ACTION
        wrapped = (
            len(here) > 20
            and below[:1].islower()
            and len(below) < 80
            and not below.endswith(".")
            and all(
                not line or (len(line) > len(below) + 15 and line[0].isupper()) for line in lines[last + 2 : last + 3]
            )
        )
        if not (capitals or wrapped):
            break
        last += 1
    start = page.start_of(n)
    text = joined("\n".join(lines[n : last + 1]))
    return Found(text, start, page.start_of(last) + len(lines[last]))


def concern(page: Page, number: Numbered) -> Found | None:
    """The concern beside the UA number, the headline of the old layouts: "Fear of torture / Incommunicado detention"."""
    lines, n = [page.wide[number.line]], number.line
    if _SUBJECT.match(lines[0]):
        return None
    if "|" in lines[0] or " I " in lines[0] or "•" in lines[0] or "·" in lines[0]:
        # the head of a web page, not of a paper: its headline stands below
        return None
    if WHICH_BEHIND.match(fold(page.lines[number.line]), number.end - page.start_of(number.line)):
        return None
    goes_on = "(" in lines[0] or not any(d.value for d in printed_dates(lines[0]))
    while (
        goes_on and n + 1 < len(page.lines) and len(lines) < 6 and page.lines[n + 1] and not people_starts(page, n + 1)
    ):
        n += 1
        lines.append(page.wide[n])
    text = "\n".join(lines)
    flat = re.sub(r"[ \t]+", " ", text) if "(" in text else text
    bare = re.sub(r"\([^()]*\)", " ", flat, flags=re.S)
    start = re.search(r"\d{1,3}\s?[/.]\s?\d{2,4}", bare)
    if start is None:
        return None
    rest = INDEX.sub(" ", bare[start.end() :])
    if " - " in rest or " – " in rest or "\n- " in rest:
        rest = re.split(r"\s[-–]\s", rest, maxsplit=1)[1]
    pieces = [piece for piece in re.split(r"\s{3,}|\t", re.sub(r"\n\s*", " ", rest)) if len(_letters(piece)) > 3]
    pieces = [piece for piece in pieces if not printed_dates(piece) or len(piece) > 40]
    value = joined(_without_dates(pieces[0])).strip(" -–:,.") if pieces else ""
    if len(_letters(value)) < 4 or country_called(value):
        return None
    return Found(value, number.start, page.start_of(n) + len(page.lines[n]))


_DAY_LABEL = re.compile(r"\b(?:date|data|fecha|datum)\b")


def is_labelled(line: str) -> bool:
    """Whether a head line has its index number and its date behind labels: such a head bears no concern."""
    return bool(INDEX_LABEL.search(line) and _DAY_LABEL.search(fold(line)))


def _without_dates(text: str) -> str:
    for printed in reversed(printed_dates(text)):
        if printed.value:
            text = text[: printed.start] + " " + text[printed.end :]
    return text


def people_starts(page: Page, n: int) -> bool:
    """Whether an old head's list of people begins on that line: a country in CAPITALS, then something."""
    leading = leading_country(page.lines[n])
    return bool(leading and page.lines[n][: leading[1]].isupper())
