"""What a document newly tells of its people: told at the head of the paper, with the person as subject or object."""

import re
from dataclasses import dataclass
from datetime import date

from campaign.domain import names
from campaign.domain.folding import fold
from campaign.domain.reading.outcomes import object_phrases, paper_phrases, subject_phrases, title_phrases
from campaign.domain.reading.page import Page, sentences_in
from campaign.domain.urgent_action import Evidence, News, Outcome, Person

_RUMOUR = re.compile(
    r"(?:reportedly|believedto|thoughtto|rumou?redto|saidto)(?:have|been|be)*(?P<how>executed|hanged|died|dead|killed)"
)
_LONGEST_SENTENCE = 1500
_LONGEST_ZONE = 20_000
_OTHER_SUBJECT = re.compile(
    r"\b(?:his|her|their|su|sus|son|sa|ses|leur|leurs|whose|another|other|the) (?:\w+ ){0,2}(?:brothers?|sisters?|wife|husband|mother|father|son|sons|daughters?|lawyers?|colleagues?|friends?|cousins?|uncle|aunt|"
    r"cellmates?|guards?|man|men|woman|women|people|prisoners?|detainees?|hermano|hermana|esposa|esposo|madre|padre|abogad[oa]|frere|soeur|epouse|mari|mere|pere|avocate?)\b[^,;]{0,40}$"
)
_OF_ANOTHER = re.compile(r"\w\s(?:who|that|which|qui|que)\b[^,]*$")
_PRONOUN = re.compile(
    r"^\W*(?:[\w ,]{0,60}, )?(?P<one>he|she|el|ella|il|elle)\b|^\W*(?:[\w ,]{0,60}, )?(?P<many>they|both|the two|the three|all|ils|elles|ellos|ellas|ambos|ambas|les deux|los dos)\b"
)
_APPOSED = re.compile(r"^\s*,.*,\s*$", re.S)
_JOINS = re.compile(r"^\s*(?:,|;|&|and\b|y\b|et\b|e\b)|\b(?:and|y|et)\b")
_VERBS = re.compile(
    r"\b(?:was|were|is|are|has|have|had|who|which|that|whose|when|while|but|by|remains?|fue|fueron|que|quien|est|sont|a ete|ont|qui|after|before|until|said|told)\b"
)
_OLD = re.compile(r"\bin (\d{4})\b|\bde (\d{4})\b|\ben (\d{4})\b")
_CUT = re.compile(
    r"[;:]|\s[–—]\s|,? (?:while|but|whereas|although|after|before|when|until|mais|pero|mientras|tandis|apres|despues de que) "
)


@dataclass(frozen=True)
class _Mention:
    start: int
    end: int
    person: int


def news_of(
    page: Page, people: tuple[Person, ...], zone: tuple[int, int], title: str | None, issued_on: date | None
) -> tuple[News, ...]:
    """The outcomes told between two places of the page, of each person the one that counts; from the headline if the text tells none."""
    told: dict[int, News] = {}
    last: tuple[int, ...] = tuple(range(len(people))) if len(people) == 1 else ()
    finder = _mention_finder(people)
    for begin, end in sentences_in(page.text, zone[0], min(zone[1], zone[0] + _LONGEST_ZONE)):
        folded = fold(page.text[begin : min(end, begin + _LONGEST_SENTENCE)]).replace("\n", " ").replace("’", "'")
        mentions = (
            [
                _Mention(m.start(), m.end(), who)
                for m in finder.finditer(folded)
                if (who := _who(m.group(), people)) is not None
            ]
            if finder
            else []
        )
        for outcome, whom, first, last_place in _told(folded, mentions, last, people, issued_on):
            evidence = page.evidence(begin, end)
            certain = not paper_phrases()["uncertain"].search(folded[first:last_place])
            for person in whom:
                _keep(told, person, News(people[person].name, outcome, evidence, certain))
        if mentions:
            last = tuple(dict.fromkeys(mention.person for mention in mentions))
    if not told and title:
        told = _from_title(page, people, title)
    if not told and len(people) == 1:
        told = _rumoured(page, people[0], zone)
    return tuple(told[person] for person in sorted(told))


def _rumoured(page: Page, person: Person, zone: tuple[int, int]) -> dict[int, News]:
    """Unconfirmed word of somebody's death, even where blanks were lost: letters must not go on as if it had not been said."""
    squeezed = page.squeezed
    found = _RUMOUR.search(squeezed.letters, squeezed.at(zone[0]), squeezed.at(zone[1]))
    if found is None:
        return {}
    evidence = page.evidence(squeezed.place(found.start()), squeezed.after(found.end()))
    outcome = Outcome.EXECUTED if found["how"] in ("executed", "hanged") else Outcome.DIED
    return {0: News(person.name, outcome, evidence, is_certain=False)}


def _keep(told: dict[int, News], person: int, news: News) -> None:
    order = list(Outcome)
    if person not in told or order.index(news.outcome) < order.index(told[person].outcome):
        told[person] = news


def _mention_finder(people: tuple[Person, ...]) -> re.Pattern[str] | None:
    words: set[str] = set()
    for person in people:
        for spelling in (person.name, *person.aliases):
            folded = " ".join(fold(spelling).replace("’", "'").split())
            words.add(folded)
            words.update(
                part
                for part in re.split(r"[\s]", folded)
                if len(part) > 2 and part not in names.PARTICLES and part not in names.HONORIFICS
            )
    if not words:
        return None
    alternatives = "|".join(
        re.escape(word).replace(r"\ ", r"[\s\-]+(?:\w\.\s)?") for word in sorted(words, key=len, reverse=True)[:400]
    )
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)")


def _who(words: str, people: tuple[Person, ...]) -> int | None:
    fits = names.fitting(words, [(p.name, *p.aliases) for p in people])
    return fits[0] if len(fits) == 1 else None


def _told(
    folded: str, mentions: list[_Mention], last: tuple[int, ...], people: tuple[Person, ...], issued_on: date | None
) -> list[tuple[Outcome, list[int], int, int]]:
    """Every outcome in a sentence: which, of whom, and the stretch in which words of doubt count."""
    found = []
    for phrase in object_phrases():
        for match in phrase.pattern.finditer(folded):
            after = _following(folded, mentions, match.end())
            if after and not _is_old(folded, issued_on):
                found.append((phrase.outcome, after, max(0, match.start() - 60), match.end()))
    for phrase in subject_phrases():
        for match in phrase.pattern.finditer(folded):
            subject = _subject(folded, mentions, match.start(), match.end(), last, people)
            if subject and not _is_old(folded[match.end() :], issued_on):
                found.append((phrase.outcome, subject, max(0, match.start() - 60), match.end()))
    return found


def _is_old(words: str, issued_on: date | None) -> bool:
    """Whether the words name a year well before the paper's own."""
    years = [int(y) for groups in _OLD.findall(words[:80]) for y in groups if y]
    return bool(years and issued_on and max(years) < issued_on.year - 1)


def _following(folded: str, mentions: list[_Mention], at: int) -> list[int]:
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
        whom.append(mention.person)
        at = mention.end
    return whom


def _subject(
    folded: str, mentions: list[_Mention], start: int, end: int, last: tuple[int, ...], people: tuple[Person, ...]
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
        return _joined_before(folded, before)
    pronoun = _PRONOUN.match(folded[begin:])
    if pronoun is None or begin + pronoun.end() > start or start - begin - pronoun.end() > 60:
        return []
    if pronoun["many"]:
        return list(last) if len(last) > 1 else list(range(len(people)))
    earlier = [m.person for m in mentions if m.start < begin]
    if earlier:
        return [earlier[-1]]
    return list(last) if len(last) == 1 else []


def _joins(gap: str) -> bool:
    """Whether the words between two names only join them: "A to three years and the farmer B"."""
    return len(gap) <= 100 and bool(_JOINS.search(gap)) and not _VERBS.search(gap)


def _joined_before(folded: str, before: list[_Mention]) -> list[int]:
    whom = [before[-1].person]
    for one, other in zip(reversed(before[:-1]), reversed(before[1:]), strict=True):
        if not _joins(folded[one.end : other.start]):
            break
        whom.append(one.person)
    return whom


def _from_title(page: Page, people: tuple[Person, ...], title: str) -> dict[int, News]:
    """What the headline tells, if it can only be of one person, or of all."""
    folded = fold(title)
    plural = (
        re.search(r"\b(?:two|three|four|five|all|both|deux|trois|dos|tres|brothers|sisters|activists)\b", folded)
        and " of " not in folded
    )
    if (
        not people
        or (len(people) > 1 and not plural)
        or re.search(r"\b(?:not|never|no|still|must|should|risk|fear|faces?|facing)\b", folded)
    ):
        return {}
    for phrase in title_phrases():
        if phrase.pattern.search(folded):
            at = max(0, page.text.find(title[:40]))
            certain = not paper_phrases()["uncertain"].search(folded) and "reported" not in folded
            evidence = page.evidence(at, at + len(title))
            return {n: News(person.name, phrase.outcome, evidence, certain) for n, person in enumerate(people)}
    return {}


def news_of_the_paper(page: Page, people: tuple[Person, ...], zone: tuple[int, int], closes: bool) -> tuple[News, ...]:
    """Of a paper that ends letters and tells no person's own news: that the case was handed on, or that things got better."""
    if not closes:
        return ()
    folded = fold(page.text[zone[0] : min(zone[1], zone[0] + _LONGEST_ZONE)]).replace("\n", " ")
    for name, outcome in (("handed on", Outcome.TRANSFERRED_TO_OTHER_WORK), ("bettered", Outcome.OTHER)):
        if found := paper_phrases()[name].search(folded):
            evidence: Evidence = page.evidence(zone[0] + found.start(), zone[0] + found.end())
            return tuple(News(person.name, outcome, evidence) for person in people)
    return ()
