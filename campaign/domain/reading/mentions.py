"""Who is named in a sentence: each mention of the people of an action, and none of relatives who share a name."""

import re
from dataclasses import dataclass

from campaign.domain import names
from campaign.domain.folding import fold
from campaign.domain.reading.page import Page, joined
from campaign.domain.urgent_action import Person

_LONGEST_SENTENCE = 1500
_FEW = 4
_LONG_NAME = 10
_RELATIVES = (
    r"(?:brothers?|sisters?|wife|husband|mother|father|parents?|sons?|daughters?|lawyers?|colleagues?|friends?|cousins?|uncle|aunt|nephews?|nieces?|grandsons?|granddaughters?|grandfather|grandmother|"
    r"brother-in-law|sister-in-law|fiancee?|partner|employer|driver|hermanos?|hermanas?|espos[oa]|marido|madre|padre|hij[oa]s?|abogad[oa]s?|prim[oa]s?|tio|tia|amig[oa]s?|"
    r"confrere|consoeur|collegues?|compagn\w+|camarade|compañer[oa]s?|companer[oa]s?|freres?|soeurs?|epouse|mari|mere|pere|fils|fille|avocate?|cousine?|oncle|tante|amie?)"
)
# "His son Mansur" is the son, though Mansur is also a part of the father's name; "Ana Ruiz's brother" is not Ana Ruiz.
_RELATIVE_NAMED = re.compile(
    rf"\b(?:his|her|their|whose|su|sus|son|sa|ses|leur) (?:\w+ ){{0,2}}{_RELATIVES},? (?:named )?(?:\w+ )?$"
)
_COMPANION = re.compile(
    r"\b(?:colleagues?|friends?|partner|amig[oa]s?|compan\w+|confrere|consoeur|collegues?|compagn\w+|camarade|amie?)\b"
)
_RELATIVE_OF = re.compile(rf"^(?:'s?|s') (?:\w+ ){{0,2}}{_RELATIVES}\b")
_RELATIVE_OF_NAME = re.compile(
    rf"\b(?:un|una|el|la|los|las|le|les|l'|the|a) ?(?:\w+ )?{_RELATIVES} (?:of|de|d'|del|du) ?$"
)


@dataclass(frozen=True)
class Mention:
    """Where a sentence names somebody, and the place of that person among the people."""

    start: int
    end: int
    person: int


@dataclass(frozen=True)
class Sentence:
    """A sentence of the page between two places, folded and on one line, with the people whom it names."""

    begin: int
    end: int
    folded: str
    mentions: list[Mention]


def sentence_of(
    page: Page,
    begin: int,
    end: int,
    finder: re.Pattern[str] | None,
    people: tuple[Person, ...],
    fits: dict[str, int | None],
) -> Sentence:
    """One sentence of the page with its mentions; `fits` remembers whom words were found to mean."""
    stop = min(end, begin + _LONGEST_SENTENCE)
    if page.text.find("-\n", begin, stop) < 0:
        folded = page.flat[begin:stop]
    else:
        folded = fold(joined(page.text[begin:stop])).replace("’", "'").replace("\u2215", "/")
    mentions = []
    for found in finder.finditer(folded) if finder else ():
        words = found.group()
        if words not in fits:
            fits[words] = _who(words, people)
        who = fits[words]
        if who is not None and not _is_relative(folded, found.start(), found.end(), people[who]):
            mentions.append(Mention(found.start(), found.end(), who))
    return Sentence(begin, end, folded, mentions)


def _is_relative(folded: str, start: int, end: int, person: Person) -> bool:
    """Whether a name is that of a relative who shares it, or only says whose relative somebody is.

    "Her brother Adão" is the Adão of the action; "his son Mansur" need not be Said Mansur.
    """
    if _RELATIVE_OF.match(folded[end : end + 40]) or _RELATIVE_OF_NAME.search(folded[max(0, start - 50) : start]):
        return True
    is_given_name = names.parts(person.name)[:1] == (folded[start:end],)
    return (
        " " not in folded[start:end]
        and not is_given_name
        and bool(_RELATIVE_NAMED.search(folded[max(0, start - 60) : start]))
    )


def is_a_relative(text: str, name: str) -> bool:
    """Whether a text first names somebody as a relative or companion of another: "her brother Fahd al-Sarhan"."""
    return bool(_RELATIVE_NAMED.search(_before(text, name)))


def is_a_companion(text: str, name: str) -> bool:
    """Whether it names somebody as a friend or colleague, who may well stand trial together with the other."""
    found = _RELATIVE_NAMED.search(_before(text, name))
    return bool(found and _COMPANION.search(found.group()))


def _before(text: str, name: str) -> str:
    at = text.find(name)
    return fold(text[max(0, at - 60) : max(0, at)]).replace("’", "'").replace("\n", " ")


def mention_finder(people: tuple[Person, ...]) -> re.Pattern[str] | None:
    """A pattern for every name of these people and every part of one; None if there are none."""
    words: set[str] = set()
    spaced: list[str] = []
    for person in people:
        for spelling in (person.name, *person.aliases):
            folded = " ".join(fold(spelling).replace("’", "'").split())
            words.add(folded)
            if len(people) <= _FEW and len(folded) >= _LONG_NAME:
                # blanks may have got into it
                spaced.append(" ?".join(re.escape(letter) for letter in folded if letter != " "))
            words.update(
                part
                for part in re.split(r"[\s]", folded)
                if len(part) > 2 and part not in names.PARTICLES and part not in names.HONORIFICS
            )
    if not words:
        return None
    ordinary = [
        re.escape(word).replace(r"\ ", r"[\s\-]*(?:\w\.\s)?") for word in sorted(words, key=len, reverse=True)[:400]
    ]
    alternatives = "|".join([*spaced, *ordinary])
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)")


def _who(words: str, people: tuple[Person, ...]) -> int | None:
    fits = names.fitting(words, [(p.name, *p.aliases) for p in people])
    return fits[0] if len(fits) == 1 else None
