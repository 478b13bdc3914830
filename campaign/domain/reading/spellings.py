"""Other spellings of a name that a document gives itself: "Yauhen Klimau (also spelt Evgeny Klimov)"."""

import re
from collections import Counter
from dataclasses import replace

from campaign.domain import names
from campaign.domain.folding import fold
from campaign.domain.reading.page import Page
from campaign.domain.reading.running import names_in_text
from campaign.domain.urgent_action import Person

# The words between a name and its other form, by language.
OTHERWISE: dict[str, str] = {
    "en": r"(?:(?:also|sometimes|often|formerly|previously|otherwise|or|variously|earlier) )*(?:spelt|spelled|written|transliterated|transcribed|rendered|romani[sz]ed|known|referred to|named|called|given|printed|listed)(?: \w+){0,4}? as|"
    r"(?:(?:also|sometimes|often|formerly|previously|otherwise|or|variously|earlier) )+(?:spelt|spelled|written|transliterated|transcribed|rendered|romani[sz]ed|known|named|called|listed)|a\.?k\.?a\.?|alias|nee|born|better known as|in earlier outputs|new name",
    "es": r"(?:tambien|antes|o) (?:escrit[oa]|conocid[oa]|llamad[oa]|transcrit[oa]|transliterad[oa])(?: como)?|conocid[oa] como|alias|llamad[oa]",
    "fr": r"(?:aussi|egalement|autrefois|ou) (?:orthographiee?|ecrite?|connue?|appelee?|transcrite?|nommee?)(?: sous le nom d[e']| comme)?|connue? sous le nom d[e']|alias|dite?",
}
_OTHERWISE = re.compile(rf"[(,]\s*(?:{'|'.join(OTHERWISE.values())})[:\s]+[\"“‘«]?\s*")
_LONGEST_TEXT = 60_000
_NEAR = 90


def with_other_spellings(page: Page, people: tuple[Person, ...]) -> tuple[Person, ...]:
    """The people with the other spellings that the text gives of their names; somebody listed under one of them is one person."""
    text = page.text[:_LONGEST_TEXT]
    folded = fold(text).replace("’", "'")
    kept = list(people)
    for found in _OTHERWISE.finditer(folded):
        before = names_in_text(text[max(0, found.start() - _NEAR) : found.start()].replace("\n", " "))
        after = names_in_text(text[found.end() : found.end() + _NEAR].split(")")[0].replace("\n", " "))
        if before and after:
            kept = _with(kept, before[-1], after[0])
    return tuple(kept)


# A letter that stands alone before a small one, a small word that is no particle, or a capital within a word:
# "Shavkat E rgashev", "Nenad Ko stadinski", "ShavkatErgashev".
_ODD_BLANK = re.compile(
    r"(?:^| )[^\W\d_] [a-zß-ÿ]|[a-zß-ÿ]{2}[A-ZÀ-Þ]|[a-zß-ÿ] (?!(?:ould|bint|binti|abdul|della|dela|delos|dello|degli)\b)[a-zß-ÿ]{4,}| [^\W\d_]$"
)
_BROKEN_OFF = re.compile(r" [^\W\d_]$")


def with_blanks_mended(page: Page, people: tuple[Person, ...]) -> tuple[Person, ...]:
    """The people, each whose printed name has lost or gained a blank spelt as most of the running text spells it."""
    if not any(_ODD_BLANK.search(person.name) for person in people):
        return people
    running = names_in_text(page.text[:_LONGEST_TEXT])
    return tuple(replace(person, name=_mended(person.name, running)) for person in people)


def _mended(name: str, running: list[str]) -> str:
    if not _ODD_BLANK.search(name):
        return name
    letters = _letters(name)
    whole = [other for other in running if not _ODD_BLANK.search(other)]
    others = Counter(other for other in whole if _letters(other) == letters)
    if not others and _BROKEN_OFF.search(name):
        # "Chikondi B and a": the list ends in the middle of a name
        longer = {other for other in whole if _letters(other).startswith(letters)}
        others = Counter(longer) if len(longer) == 1 else others
    return others.most_common(1)[0][0] if others else name


def _letters(name: str) -> str:
    return "".join(filter(str.isalpha, fold(name)))


def _with(people: list[Person], one: str, other: str) -> list[Person]:
    roster = [(person.name, *person.aliases) for person in people]
    first, second = names.fitting(one, roster), names.fitting(other, roster)
    if len(set(first) | set(second)) != 1:
        return people
    place = (first or second)[0]
    new = tuple(name for name in (one, other) if name not in roster[place])
    return [replace(p, aliases=(*p.aliases, *new)) if n == place else p for n, p in enumerate(people)]
