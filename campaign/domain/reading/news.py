"""What a document newly tells of its people: told at the head of the paper, with the person as subject or object."""

import re
from datetime import date
from itertools import accumulate

from campaign.domain import names
from campaign.domain.dates import printed_dates
from campaign.domain.folding import fold
from campaign.domain.patterns import runs_of
from campaign.domain.reading.leads import is_told_again
from campaign.domain.reading.mentions import Sentence, mention_finder, sentence_of
from campaign.domain.reading.outcomes import (
    OutcomePhrase,
    languages_of,
    paper_phrases,
    sentence_phrases,
    subject_phrases,
    title_phrases,
    verbs,
)
from campaign.domain.reading.page import Page, joined
from campaign.domain.reading.phrases import NUMBER_WORDS
from campaign.domain.reading.subjects import IF, following, joined_before, object_pronoun, subject_of
from campaign.domain.urgent_action import Evidence, News, Outcome, Person

_RUMOUR = re.compile(
    r"(?:reportedly|believedto|thoughtto|rumou?redto|saidto)(?:have|been|be)*(?P<how>executed|hanged|died|dead|killed)"
)
_SHORTEST_PARAGRAPH = 160
_LONGEST_ZONE = 20_000
_LONGEST_NUMBER = max(map(len, NUMBER_WORDS))
# A sentence with neither a name nor one of these words tells of nobody of the action.
_POINTS = re.compile(
    r"\b(?:he|she|they|him|her|them|both|all|the two|the three|el|ella|ellos|ellas|ambos|ambas|los dos|il|elle|ils|elles|les deux)\b"
)
_OLD = re.compile(r"\b(?:in|since|en|de|depuis|desde)(?: [a-z]{3,10})?(?: de)? (\d{4})\b")
_NOT_OURS = re.compile(
    r"^ (?:\w+ )?(?:police|officers?|guards?|soldiers?|judges?|charges?|lawyers?|relatives|witnesses|children|policemen|agents|abogados|avocats|gardes)\b"
)
# Told without a name, in a paper on one person, these are told of that person: "the court granted a stay of execution".
_OF_WHOM_ELSE = frozenset({Outcome.STAY_OF_EXECUTION, Outcome.DEPORTATION_HALTED, Outcome.SENTENCE_COMMUTED})
_BAIL = re.compile(
    r"\bonbail\b|\b(?:on|set|posted|paid|granted|raised|against|under) (?:\w+ ){0,4}bail\b|\bbail (?:was|had been|of|set at)\b|\b(?:paid|paying|posted|posting|against|on|under|put up|furnish\w+) (?:\w+ ){0,3}(?:suret(?:y|ies)|bail bonds?|bond)\b|\b(?:bajo|con|pagar|pago|previo pago de|deposito|depositar)(?: una| la)? fianza\b|\b(?:sous|moyennant|contre|verse|versement d'une|paiement d'une)(?: une| la)? caution\b"
)
_NO_BAIL = re.compile(r"\b(?:denied|refused|without|no) bail\b|\bsin fianza\b|\bsans caution\b")
_HOUSE_ARREST = re.compile(
    r"\bhouse arrest\b|\b(?:arresto|prision|detencion) domiciliari[oa]\b|\b(?:assignee?s? a residence|residence surveillee)\b|\bhausarrest\b"
)
_OUT_OF_HOUSE = re.compile(r"\b(?:from|of|end(?:s|ed)?|lift(?:s|ed)?|del?|d'|son|su)(?: \w+){0,2} $")
_HOUSE_ENDS = re.compile(
    r" (?:was|were|has been|is|fue|ha sido|a ete) (?:\w+ )?(?:lifted|ended|over|cancelled|levantad|revocad|levee|aufgehoben)"
)
_STILL_HELD = re.compile(
    r"\b(?:remains?|(?:is|are) still|(?:is|are) being kept|stays?) (?:\w+ ){0,3}(?:in (?:the |a |an )?(?:\w+ ){0,3}(?:prison|jail|custody|detention|cell|barracks|camp|colony)|held|detained|imprisoned|behind bars)\b|"
    r"\b(?:sigue|siguen|permanece|permanecen|continua|continuan) (?:\w+ ){0,3}(?:en prision|detenid|encarcelad|presos?|presas?|en la carcel)|\b(?:reste|restent|demeure|demeurent|est toujours|sont toujours) (?:\w+ ){0,3}(?:en prison|detenu|incarcere|en detention)"
)
_FREE = frozenset({Outcome.RELEASED, Outcome.RELEASED_ON_BAIL, Outcome.ACQUITTED})
WAYS_OUT = frozenset(
    {
        Outcome.DIED,
        Outcome.EXECUTED,
        Outcome.RELEASED,
        Outcome.RELEASED_ON_BAIL,
        Outcome.ACQUITTED,
        Outcome.CHARGES_DROPPED,
        Outcome.DEPORTED,
    }
)


def news_of(
    page: Page, people: tuple[Person, ...], zone: tuple[int, int], title: str | None, issued_on: date | None
) -> tuple[News, ...]:
    """The outcomes told between two places of the page, of each person the one that counts; from the headline if the text tells none."""
    told: dict[int, News] = {}
    last: tuple[int, ...] = tuple(range(len(people))) if len(people) == 1 else ()
    finder = mention_finder(people)
    stop = min(zone[1], zone[0] + _LONGEST_ZONE)
    issued_on = issued_on or _latest_day(page.text[zone[0] : stop])
    fits: dict[str, int | None] = {}
    sentences = [sentence_of(page, begin, end, finder, people, fits) for begin, end in page.sentences(zone[0], stop)]
    words = _Words(sentences)
    kept_in = _kept_in(sentences)
    first_end = page.text.find("\n\n", zone[0] + _SHORTEST_PARAGRAPH)
    first_end = first_end if first_end >= 0 else stop
    for n, sentence in enumerate(sentences):
        for outcome, whom, first, last_place in _told(sentence, words.outcomes.get(n, []), last, people, issued_on):
            about = sentence.folded[first:last_place]
            if outcome in _FREE and _is_taken_back(sentences[n : n + 3]):
                continue
            if outcome is Outcome.SENTENCED and sentence.begin > first_end and _is_history(sentence, about):
                continue
            named = {mention.person for mention in sentence.mentions}
            # of those who are still held, "all of them were let go" speaks of something else
            kept = kept_in - named if outcome in _FREE else set()
            for person in [one for one in whom if one not in kept]:
                _keep(told, person, _news(page, sentence, people[person].name, outcome, about))
        if sentence.mentions:
            last = tuple(dict.fromkeys(mention.person for mention in sentence.mentions))
        if told and "held again" in words.phrases.get(n, ()):
            _held_again(sentence, last, told)
    bodies = [n for n, names in words.phrases.items() if "body" in names]
    _supposed(page, sentences, sorted(bodies), people, told)
    if not told and title:
        told = _from_title(page, people, title)
    if not told and len(people) == 1:
        told = _rumoured(page, people[0], zone)
    return tuple(told[person] for person in sorted(told))


def _is_taken_back(near: list[Sentence]) -> bool:
    """Whether what an earlier paper told in the first of some sentences is taken back there or in the next ones."""
    return is_told_again(near[0].folded) and any(
        paper_phrases()["taken back"].search(sentence.folded) for sentence in near
    )


def _kept_in(sentences: list[Sentence]) -> set[int]:
    """The people of whom it is said that they are still held."""
    kept: set[int] = set()
    for sentence in sentences:
        found = _STILL_HELD.search(sentence.folded) if sentence.mentions else None
        if found and (before := [m for m in sentence.mentions if m.start < found.start()]):
            kept.update(joined_before(sentence.folded, before))
    return kept


def _is_history(sentence: Sentence, about: str) -> bool:
    """Whether a sentence further down that tells a punishment without a day is the story of the case."""
    return "sentenced" not in about and not printed_dates(sentence.folded)


def _news(page: Page, sentence: Sentence, name: str, outcome: Outcome, about: str) -> News:
    certain = not paper_phrases()["uncertain"].search(about)
    guess = not certain and bool(paper_phrases()["guessed"].search(about))
    return News(name, outcome, page.evidence(sentence.begin, sentence.end), certain, guess)


class _Words:
    """What may be told in each of some sentences, by its place: outcomes, and phrases by their names."""

    def __init__(self, sentences: list[Sentence]):
        text = "\n".join(sentence.folded for sentence in sentences)
        starts = tuple(accumulate((len(sentence.folded) + 1 for sentence in sentences[:-1]), initial=0))
        languages, runs = languages_of(text), runs_of(text)
        self.phrases = sentence_phrases().likely(text, starts, runs)
        self.outcomes = {
            n: [phrase for phrase in row if phrase.language in languages]
            for n, row in verbs().likely(text, starts, runs).items()
        }


def _latest_day(text: str) -> date | None:
    """The newest date of a paper that bears none: what it tells cannot be much older."""
    return max((printed.value for printed in printed_dates(text) if printed.value), default=None)


def _held_again(sentence: Sentence, last: tuple[int, ...], told: dict[int, News]) -> None:
    """Takes back the release of those who are held again."""
    found = paper_phrases()["held again"].search(sentence.folded)
    if found is None:
        return
    before = [mention.person for mention in sentence.mentions if mention.start < found.start()]
    for person in before[-1:] or last:
        if person in told and told[person].outcome in (Outcome.RELEASED, Outcome.RELEASED_ON_BAIL):
            del told[person]


def _supposed(
    page: Page, sentences: list[Sentence], bodies: list[int], people: tuple[Person, ...], told: dict[int, News]
) -> None:
    """Notes as a guess the death of those near whose names a body is spoken of that is not yet known."""
    for n in bodies:
        sentence = sentences[n]
        if not paper_phrases()["body"].search(sentence.folded):
            continue
        near = sentences[n : n + 2]
        if any(news.outcome is Outcome.DIED and news.is_certain for news in told.values()):
            # whose body it is, is known
            continue
        if not any(paper_phrases()["supposed"].search(one.folded) for one in near):
            continue
        named = {mention.person for one in near for mention in one.mentions} or ({0} if len(people) == 1 else set())
        for person in named - set(told):
            evidence = page.evidence(sentence.begin, near[-1].end)
            told[person] = News(people[person].name, Outcome.DIED, evidence, is_certain=False, is_guess=True)


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


def _told(
    sentence: Sentence,
    phrases: list[OutcomePhrase],
    last: tuple[int, ...],
    people: tuple[Person, ...],
    issued_on: date | None,
) -> list[tuple[Outcome, list[int], int, int]]:
    """Every outcome in a sentence: which, of whom, and the stretch in which words of doubt count."""
    folded, mentions = sentence.folded, sentence.mentions
    found: list[tuple[Outcome, list[int], int, int]] = []
    alone = [0] if len(people) == 1 else []
    if not mentions and not alone and not _POINTS.search(folded):
        return found
    for phrase in phrases:
        for match in phrase.pattern.compiled.finditer(folded):
            if phrase.has_object:
                whom = following(folded, mentions, match.end()) or object_pronoun(folded, mentions, match, last, people)
                if not whom and phrase.outcome in _OF_WHOM_ELSE:
                    whom = alone
                is_past = _is_old(folded, issued_on)
            else:
                whom = _subject(phrase.outcome, match, sentence, last, people)
                is_past = bool(IF.search(folded[: match.start()])) or _is_old(folded[match.end() :], issued_on)
            if whom and not is_past:
                found.append((_kind_of(phrase.outcome, folded), whom, max(0, match.start() - 60), match.end()))
    return found


def _kind_of(outcome: Outcome, folded: str) -> Outcome:
    """A release on bail, or into house arrest, is another outcome than one that sets free."""
    if outcome is Outcome.RELEASED and _on_bail(folded):
        return Outcome.RELEASED_ON_BAIL
    into_house = _HOUSE_ARREST.search(folded)
    if (
        outcome is Outcome.RELEASED
        and into_house
        and not _OUT_OF_HOUSE.search(folded, 0, into_house.start())
        and not _HOUSE_ENDS.match(folded, into_house.end())
    ):
        return Outcome.OTHER
    return outcome


def _on_bail(folded: str) -> bool:
    """Whether a release is told together with bail: "left the prison after a court set bail"."""
    return bool(_BAIL.search(folded)) and not _NO_BAIL.search(folded)


def _subject(
    outcome: Outcome,
    match: re.Match[str],
    sentence: Sentence,
    last: tuple[int, ...],
    people: tuple[Person, ...],
) -> list[int]:
    """Whom a verb is about; "A was released after the charges had been dropped" tells of A's charges."""
    mentions = sentence.mentions
    subject = subject_of(sentence.folded, mentions, match.start(), match.end(), last, people)
    if not subject and outcome is Outcome.CHARGES_DROPPED:
        return [mention.person for mention in mentions if mention.start < match.start()][-1:]
    return subject


def _is_old(words: str, issued_on: date | None) -> bool:
    """Whether the words name a year well before the paper's own."""
    years = [int(year) for year in _OLD.findall(words[:80])]
    return bool(years and issued_on and max(years) < issued_on.year - 1)


def told_of_some(page: Page, people: tuple[Person, ...], zone: tuple[int, int]) -> Evidence | None:
    """Where the release or death of some of the people is told without their names, so that nobody knows who is meant."""
    if len(people) < 2:
        return None
    stop = min(zone[1], zone[0] + _LONGEST_ZONE)
    if not paper_phrases()["some"].search(page.flat[zone[0] : stop]):
        return _some_run_together(page, people, zone)
    finder = mention_finder(people)
    named: set[str] | None = None
    for begin, end in page.sentences(zone[0], stop):
        folded = fold(joined(page.text[begin : min(end, begin + _LONGEST_ZONE)])).replace("’", "'")
        for some in paper_phrases()["some"].finditer(folded):
            number, whole = _value(some["number"]), _value(some["whole"] or "")
            if (whole and whole != len(people)) or not _go_free(folded, some.end(), finder):
                continue
            if named is None:
                named = {one.name for one in news_of(page, people, zone, None, None) if one.outcome in WAYS_OUT}
            if max(number, 1) > len(named):
                return page.evidence(begin, end)
    return _some_run_together(page, people, zone)


_NUMBER_WORD = "|".join(NUMBER_WORDS)
_SOME_SQUEEZED = re.compile(
    rf"(?:ofthe|delos|delas|des)(?P<whole>{_NUMBER_WORD})[^.]{{0,160}}?"
    r"(?:released|freed|letgo|setfree|pardoned|acquitted|executed|died|deported|walkedout|puestasenlibertad|puestosenlibertad|liberad|absuelt|liberes|acquittes|gracies)"
)
_NUMBER_BEFORE = re.compile(rf"(?:{_NUMBER_WORD})$")


def _some_run_together(page: Page, people: tuple[Person, ...], zone: tuple[int, int]) -> Evidence | None:
    """The same where blanks were lost or added: "T wo of the three were released"."""
    squeezed = page.squeezed
    for found in _SOME_SQUEEZED.finditer(squeezed.letters, squeezed.at(zone[0]), squeezed.at(zone[1])):
        number = _NUMBER_BEFORE.search(squeezed.letters, max(0, found.start() - _LONGEST_NUMBER), found.start())
        if number is None or NUMBER_WORDS[found["whole"]] != len(people):
            continue
        named = {one.name for one in news_of(page, people, zone, None, None) if one.outcome in WAYS_OUT}
        if NUMBER_WORDS[number.group()] > len(named):
            return page.evidence(squeezed.place(number.start()), squeezed.after(found.end()))
    return None


def _value(word: str) -> int:
    return int(word) if word.isdigit() else NUMBER_WORDS.get(word, 0)


def _go_free(folded: str, start: int, finder: re.Pattern[str] | None) -> bool:
    """Whether a way out of the case is told right behind, with nobody's name between."""
    for phrase in subject_phrases():
        found = phrase.pattern.search(folded, start) if phrase.outcome in WAYS_OUT else None
        if found and found.start() - start < 160 and not (finder and finder.search(folded, start, found.start())):
            return not IF.search(folded[: found.start()]) and not _NOT_OURS.match(folded[start:])
    return False


def _from_title(page: Page, people: tuple[Person, ...], title: str) -> dict[int, News]:
    """What the headline tells, if it can only be of one person, or of all."""
    folded = fold(title)
    plural = (
        re.search(r"\b(?:two|three|four|five|all|both|deux|trois|dos|tres|brothers|sisters|activists)\b", folded)
        and " of " not in folded
    )
    if (
        all(person.is_group for person in people)
        or (len(people) > 1 and (not plural or paper_phrases()["some"].search(folded)))
        or re.search(r"\b(?:not|never|no|still|must|should|risk|fear|faces?|facing)\b", folded)
    ):
        return {}
    number = re.search(rf"\b(?:{'|'.join(NUMBER_WORDS)})\b", folded)
    if number and NUMBER_WORDS[number.group()] != len(people):
        return {}
    for phrase in title_phrases():
        if phrase.pattern.search(folded):
            at = max(0, page.text.find(title[:40]))
            certain = not paper_phrases()["uncertain"].search(folded) and "reported" not in folded
            evidence = page.evidence(at, at + len(title))
            return {n: News(person.name, phrase.outcome, evidence, certain) for n, person in enumerate(people)}
    return {}


def of_the_silent(page: Page, people: tuple[Person, ...], silent: set[str], zone: tuple[int, int]) -> tuple[News, ...]:
    """Of those whose letters end and of whom nothing else is told: that one's case goes on elsewhere, or that things got better for one.

    Only a paragraph, or a sentence, that names nobody else tells it: "groups will be taking up his case".
    """
    finder = mention_finder(people) if silent else None
    if finder is None:
        return ()
    roster, stop = [(p.name, *p.aliases) for p in people], min(zone[1], zone[0] + _LONGEST_ZONE)
    found: dict[str, News] = {}
    for begin, end in page.sentences(zone[0], stop):
        for words, outcome in (("handed on", Outcome.TRANSFERRED_TO_OTHER_WORK), ("bettered", Outcome.OTHER)):
            if not paper_phrases()[words].search(page.flat[begin:end]):
                continue
            paragraph = max(zone[0], page.text.rfind("\n\n", 0, begin) + 1)
            near = finder.findall(page.flat, paragraph if words == "handed on" else begin, end)
            named = {people[place].name for words in near for place in names.fitting(words, roster)}
            if len(named) == 1 and (name := named.pop()) in silent:
                found.setdefault(name, News(name, outcome, page.evidence(begin, end)))
    return tuple(found.values())


def news_of_the_paper(page: Page, people: tuple[Person, ...], zone: tuple[int, int], closes: bool) -> tuple[News, ...]:
    """Of a paper that ends letters and tells no person's own news: that the case was handed on, or that things got better."""
    if not closes and not all(person.is_group for person in people):
        return ()
    folded = fold(page.text[zone[0] : min(zone[1], zone[0] + _LONGEST_ZONE)]).replace("\n", " ")
    for name, outcome in (("handed on", Outcome.TRANSFERRED_TO_OTHER_WORK), ("bettered", Outcome.OTHER)):
        if found := paper_phrases()[name].search(folded):
            evidence: Evidence = page.evidence(zone[0] + found.start(), zone[0] + found.end())
            return tuple(News(person.name, outcome, evidence) for person in people)
    return ()
