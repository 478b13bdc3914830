"""An output's number, its place in the series and whether it is the last, weighed from all places that tell."""

import re

from campaign.domain.dates import printed_dates
from campaign.domain.folding import fold
from campaign.domain.reading.heads import INDEX
from campaign.domain.reading.numbers import Numbered, Place
from campaign.domain.reading.page import Page
from campaign.domain.reading.sentences import Saying
from campaign.domain.urgent_action import Doubt, Fact

_UPDATE_WORDS = re.compile(
    r"\b(?:update|outcome|victory|good news|new information|further information|follow-up|stop action|actualizacion|mise a jour|bonne nouvelle|buena noticia|ergebnis|teilerfolg|abschlussinfo|atualizacao)\b"
)


def number_of(page: Page, numbered: list[Numbered]) -> tuple[Fact[str] | None, list[Doubt]]:
    """The document's own UA number; None with a doubt where it has none, or two."""
    if not numbered:
        return None, [Doubt("The document has no Urgent Action number of its own.")]
    first = numbered[0]
    evidence = page.evidence(first.start, first.end)
    if len({number.ua for number in numbered}) > 1:
        other = next(number for number in numbered if number.ua != first.ua)
        sentence = f"The document bears two Urgent Action numbers, {first.ua} and {other.ua}."
        return None, [Doubt(sentence, page.evidence(other.start, other.end))]
    beside = _beside(page, first)
    if beside and beside != first.ua:
        return None, [Doubt(f"The document's head bears two Urgent Action numbers, {first.ua} and {beside}.", evidence)]
    return Fact(first.ua, evidence), []


def _beside(page: Page, number: Numbered) -> str | None:
    """A second UA number in the same head line, outside brackets."""
    rest = re.sub(r"\([^)]*\)?", " ", page.lines[number.line][number.end - page.start_of(number.line) :])
    found = (
        re.search(r"\b(?:UA|AU|EXTRA|and|&|y|et)\s*:?\s*(\d{1,3})\s?[/.]\s?((?:19|20)?\d\d)(?![\d/])", rest)
        if number.place is Place.HEAD
        else None
    )
    if found is None:
        return None
    prefix = (
        "EXTRA " if "EXTRA" in found.group() or (number.ua.startswith("EXTRA") and "UA" not in found.group()) else ""
    )
    return f"{prefix}{int(found[1])}/{found[2][-2:]}"


def ordinal_of(page: Page, numbered: list[Numbered], ends: bool) -> tuple[Fact[int] | None, list[Doubt]]:
    """The place in the series: as printed; else by the earlier outputs listed in the head; else 1 for a bare head.

    A paper that ends letters is not the first.
    """
    printed = [number for number in numbered if number.ordinal]
    values = {number.ordinal for number in printed}
    if len(values) > 1:
        evidence = page.evidence(printed[-1].start, printed[-1].end)
        return None, [Doubt("The document says in two ways which output of the series it is.", evidence)]
    if printed and printed[0].ordinal:
        return Fact(printed[0].ordinal, page.evidence(printed[0].start, printed[0].end)), []
    heads = [number for number in numbered if number.place in (Place.HEAD, Place.FOOT)]
    for number in heads:
        listed = _listed(page, number) if number.is_follow_up else 0
        if listed:
            return Fact(listed + 1, page.evidence(number.start, number.end)), []
    follows = any(n.is_follow_up or n.is_stop or n.is_last or n.place is Place.CLOSING for n in numbered)
    top = fold(" ".join(page.lines[:14]))
    if heads and not follows and not ends and not _UPDATE_WORDS.search(top):
        return Fact(1, page.evidence(heads[0].start, heads[0].end)), []
    return None, []


def _listed(page: Page, number: Numbered) -> int:
    """How many earlier outputs the brackets behind the number list."""
    lines = []
    for n in range(number.line, min(number.line + 8, len(page.lines))):
        if not page.lines[n]:
            break
        lines.append(page.lines[n])
    text = " ".join(lines)
    brackets = re.findall(r"\([^()]*\)?", text[text.find("(") :] if "(" in text else "")
    by_index = sum(len(INDEX.findall(bracket)) for bracket in brackets)
    return by_index or sum(1 for bracket in brackets for printed in printed_dates(bracket) if printed.value)


def final_of(page: Page, numbered: list[Numbered], sayings: list[Saying], is_of_one: bool) -> Fact[bool] | None:
    """Whether the document itself says that it is the last of its series; what it says of one of several does not end it."""
    for number in numbered:
        if number.is_last or number.is_stop:
            return Fact(True, page.evidence(number.start, number.end))
    for n, line in enumerate(page.lines[:12]):
        if re.search(r"\bstop action\b", fold(line)) and len(line) < 80:
            return Fact(True, page.lines_evidence(n, n))
    for saying in sayings:
        if saying.is_final and (is_of_one or fold(saying.who or "") not in ("his", "her")):
            return Fact(True, page.evidence(saying.start, saying.end))
    return None
