"""Whom a verb is about: the people before it, behind it, or meant by a pronoun."""

import re

from campaign.domain.folding import fold
from campaign.domain.reading.mentions import Mention
from campaign.domain.urgent_action import Person

_OTHER_SUBJECT = re.compile(
    r"\b(?:his|her|their|su|sus|son|sa|ses|leur|leurs|whose|another|other|the) (?:\w+ ){0,2}(?:brothers?|sisters?|wife|husband|mother|father|son|sons|daughters?|lawyers?|colleagues?|friends?|cousins?|uncle|aunt|"
    r"cellmates?|guards?|man|men|woman|women|people|prisoners?|detainees?|hermano|hermana|esposa|esposo|madre|padre|abogad[oa]|frere|soeur|epouse|mari|mere|pere|avocate?)\b[^,;]{0,40}$"
)
IF = re.compile(
    r"\b(?:if|unless|whether|until|in case|a menos que|hasta que|jusqu'a ce|a moins)\b[^,;.]*$|\bsi (?:es|est|elle est|il est|fuera|fuese|son|ils|elles)\b[^,;.]*$"
)
_OBJECT_PRONOUN = re.compile(
    r"^ (?:(?P<one>him|her|lui|elle|el|ella)|(?P<many>them|(?:each|both|all) of them|each|both|all (?:two|three|four|five)|the two|the three|eux|elles|ellos|ellas))\b"
)
_OF_GENDER = re.compile(
    r"^ (?:young |old )?(?P<she>women|sisters|girls|mujeres|hermanas|femmes|soeurs)?(?P<he>men|brothers|boys|hombres|hermanos|hommes|freres)?\b"
)
_OF_THINGS = re.compile(
    r"^ (?:\w+ ){0,2}(?:charges?|cases?|proceedings|accusations?|sentences?|convictions?|appeals?|cargos|acusaciones|condenas?|poursuites|peines?)\b"
)
_NUMBERS = {"two": 2, "dos": 2, "deux": 2, "both": 2, "ambos": 2, "ambas": 2, "three": 3}
_OF_ANOTHER = re.compile(r"\w\s(?:who|that|which|qui|que)\b[^,]*$")
_PRONOUN = re.compile(
    r"^\W*(?:[\w ,]{0,60}, |(?:on|in|at|since|el|en|le) [\w ]{1,30} )?(?P<one>he|she|el|ella|il|elle)\b|^\W*(?:[\w ,]{0,60}, |(?:on|in|at|since|el|en|le) [\w ]{1,30} )?(?P<many>they|both|the two|the three|all(?! that\b)|ils|elles|ellos|ellas|ambos|ambas|les deux|los dos)\b"
)
_SUBORDINATE = re.compile(
    r"\b(?:how|that|what|which|who|whom|whose|why|where|when|whether|que|quien|como|combien|cuantos)\b"
)
_APPOSED = re.compile(r"^\s*,.*,\s*$", re.S)
_JOINS = re.compile(r"^\s*(?:,|;|&|and\b|y\b|et\b|e\b|und\b)|\b(?:and|y|et|und)\b")
_VERBS = re.compile(
    r"\b(?:was|were|is|are|has|have|had|who|which|that|whose|when|while|but|by|remains?|fue|fueron|que|quien|est|sont|a ete|ont|qui|after|before|until|said|told)\b"
)
_OWN_VERB = re.compile(r" (?:was|has|had|is|fue|ha|est|a)\b")
_CUT = re.compile(
    r"[;:]|\s[–—]\s|,? (?:while|but|whereas|although|after|before|when|until|mais|pero|mientras|tandis|apres|despues de que) "
)


def following(folded: str, mentions: list[Mention], at: int) -> list[int]:
    """The people right behind a verb, and those joined to them: "sentenced A to three years and B to two"."""
    whom: list[int] = []
    for mention in mentions:
        if mention.start < at - 1:
            continue
        gap = folded[at : mention.start]
        if len(gap) > 120 or (
            not (len(gap) <= 40 and "." not in gap and not re.search(r"\b(?:who|by|when|after|that)\b", gap))
            and not (whom and _joins(gap))
        ):
            break
        if whom and _OWN_VERB.match(folded, mention.end):
            # "acquitted A on 12 April, and B was released": B's is another news
            break
        whom.append(mention.person)
        at = mention.end
    return whom


def object_pronoun(
    folded: str, mentions: list[Mention], match: re.Match[str], last: tuple[int, ...], people: tuple[Person, ...]
) -> list[int]:
    """Whom a pronoun behind a verb means: "the judges acquitted him"."""
    found = _OBJECT_PRONOUN.match(folded[match.end() :])
    if found is None:
        return []
    before = list(dict.fromkeys(mention.person for mention in mentions if mention.start < match.start()))
    nearest = before[-1:] or list(last[-1:])
    if found["many"] == "them" and nearest and (people[nearest[0]].pronouns or "").lower().startswith(("they", "iel")):
        return nearest
    if found["many"]:
        return before if len(before) > 1 else list(last) if len(last) > 1 else list(range(len(people)))
    return before[-1:] or (list(last) if len(last) == 1 else [])


def subject_of(
    folded: str, mentions: list[Mention], start: int, end: int, last: tuple[int, ...], people: tuple[Person, ...]
) -> list[int]:
    """Whom a verb is about: those named before it in its clause, or whom a pronoun there means; a charge's people may stand inside."""
    cuts = [cut.end() for cut in _CUT.finditer(folded, 0, start)]
    begin = cuts[-1] if cuts else 0
    before = [m for m in mentions if begin <= m.start < start]
    inside = [m for m in mentions if start <= m.start < end]
    if inside and not before:
        return [m.person for m in inside]
    if before:
        gap = folded[before[-1].end : start]
        if _OTHER_SUBJECT.search(gap) or _OF_ANOTHER.search(gap) or not (len(gap) < 60 or _APPOSED.match(gap)):
            return []
        if re.search(r"\b(?:and|but) (?:a|an|the|two|three|several|many|his|her|their)\b", gap):
            return []
        return joined_before(folded, before)
    pronoun = _PRONOUN.match(folded[begin:])
    if pronoun is None or begin + pronoun.end() > start or start - begin - pronoun.end() > 60:
        return []
    between = folded[begin + pronoun.end() : start]
    if _OF_ANOTHER.search(between) or _OTHER_SUBJECT.search(between) or _SUBORDINATE.search(between):
        return []
    if pronoun["many"]:
        return _many(folded[begin + pronoun.end("many") :], pronoun["many"], last, people)
    earlier = [m.person for m in mentions if m.start < begin]
    if earlier:
        return [earlier[-1]]
    return list(last) if len(last) == 1 else []


def _many(after: str, word: str, last: tuple[int, ...], people: tuple[Person, ...]) -> list[int]:
    """Whom "they", "the two women" or "all" means; nobody where the number or what is known of them does not fit."""
    if _OF_THINGS.match(after):
        return []
    everybody = list(range(len(people)))
    gender = _OF_GENDER.match(after)
    if gender and (gender["she"] or gender["he"]):
        firsts = [fold(person.pronouns or "").split("/")[0] for person in people]
        wanted = ("she", "ella", "elle") if gender["she"] else ("he", "el", "il")
        if any(firsts):
            everybody = [n for n, first in enumerate(firsts) if first in wanted]
    number = _NUMBERS.get(word.split()[-1])
    if number is None:
        return list(last) if len(last) > 1 else everybody
    return next((group for group in (list(last), everybody) if len(group) == number), [])


def _joins(gap: str) -> bool:
    """Whether the words between two names only join them: "A to three years and the farmer B"."""
    return len(gap) <= 100 and bool(_JOINS.search(gap)) and not _VERBS.search(gap)


def joined_before(folded: str, before: list[Mention]) -> list[int]:
    """The last of the people named before a place, and those joined to that name: "A, B and C remain in prison"."""
    whom = [before[-1].person]
    for one, other in zip(reversed(before[:-1]), reversed(before[1:]), strict=True):
        if not _joins(folded[one.end : other.start]):
            break
        whom.append(one.person)
    return whom
