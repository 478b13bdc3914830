"""From status sentences to statements: the names of a list told from the words that point at people."""

import re
from dataclasses import dataclass
from functools import cached_property

from campaign.domain import names
from campaign.domain.folding import fold
from campaign.domain.reading.page import Page, joined
from campaign.domain.reading.phrases import NUMBER_WORDS
from campaign.domain.reading.running import names_in_text, spelt_in_text
from campaign.domain.reading.sentences import Saying
from campaign.domain.urgent_action import Doubt, Person, Scope, Statement, Verdict

_NUMBER = "|".join(NUMBER_WORDS)
_EVERYONE = re.compile(
    r"(?:(?:all|everyone|everybody|anyone|anybody|those)(?: else)? (?:named|mentioned|listed)\b.*|all|everyone|everybody|anyone|them|all of them|any of them|all (?:the )?(?:people|persons|men|women|those) named(?: above)?|the people named above|these people|"
    r"(?:this|the|these|their|his|her|both) cases?|this|su caso|sus casos|todos|todas|todas ellas|todos ellos|tous|toutes|l.ensemble|ellos|ellas|eux|elles|their)(?: behalf)?"
)
_ONE = re.compile(
    r"(?:(?:the |el |la |le |l.)(?P<noun>(?:young |old )?(?:woman|man|girl|boy|mujer|hombre|femme|homme|sister|brother))|(?P<she>her|elle|ella)|(?P<he>him|his|lui|el))(?: behalf)?"
)
_SEVERAL = re.compile(
    r"(?:the|these|las|los|les|all the) (?:young |old )?(?:women|men|sisters|brothers|girls|boys|mujeres|hombres|hermanas|hermanos|femmes|hommes|soeurs|freres)"
)
_COUPLE = re.compile(
    r"(?:the |this |la |le |los |les )?(?:married |young |elderly )?(?:couple|pair|spouses|pareja|matrimonio|esposos|conyuges|epoux)"
)
_BOTH = re.compile(
    rf"(?:(?:both|either|neither|ambos|ambas|tous les deux|toutes les deux|tous deux|toutes deux)|(?:(?:any|each|none|either|both|all|any one) of )?(?:all |the |all the |las |los |les |these |those |tous les |toutes les |ninguno de |ninguna de |aucun des |aucune des )*(?P<number>{_NUMBER}|\d{{1,2}}))"
    r"(?:\s+(?:of them|d.entre eux)?\s*(?P<noun>[\w\s\-]{0,60}))?"
)
_OTHERS = re.compile(
    rf"(?:the |all |all the |las |los |les |l.|el |la |le |a |an )*(?P<number>{_NUMBER}|\d{{1,2}})?\s*(?P<one>other\b(?!s)|another|otra\b|otro\b|autre\b)?\s*"
    rf"(?P<others>others?|remaining|rest|otros|otras|demas|resto|autres|restantes?)?\s*(?P<after>{_NUMBER}|\d{{1,2}})?(?:\s+(?P<noun>[\w\s\-]{{0,60}}))?"
)
_SQUEEZED_OTHERS = re.compile(
    rf"(?:the|all)*(?:{_NUMBER})?(?:other|others|remaining|rest)(?:{_NUMBER})?(?:men|women|people|detainees?|prisoners?|activists?|persons?)?"
)

_SQUEEZED_COUNT = re.compile(rf"(?:all)?(?:of)?(?:the|these)(?P<number>{_NUMBER})(?:[a-z]{{3,20}}s|men|women|people)?")
# "Th e", "the third": an article begins no name in a list of them.
# Long enough to be found within other words where blanks were lost.
_SURE_PART = 5
_SMALL_WORD = re.compile(r"\b[a-z]{2,}(?: [a-z]{2,}){3}")
_ARTICLE = re.compile(r"t ?h ?e(?! ?[-'’])(?: |$)", re.I)


@dataclass(frozen=True)
class Told:
    """What the status sentences of a document say, the people they add, and what is doubtful."""

    statements: tuple[Statement, ...]
    people: tuple[Person, ...]
    doubts: tuple[Doubt, ...]


def statements_of(page: Page, sayings: list[Saying], people: list[Person]) -> Told:
    """The statements that the sayings make of these people; people whom only a saying names are added."""
    running = _Running(page, sayings)
    added, statements, doubts = list(people), [], []
    for saying in sayings:
        evidence = page.evidence(saying.start, saying.end)
        if saying.doubt:
            doubts.append(Doubt(saying.doubt, evidence))
            statements.append(Statement(Verdict.REVIEW, Scope.EVERYONE, evidence))
            continue
        if saying.who is None:
            statements.append(Statement(saying.verdict, Scope.EVERYONE, evidence))
            continue
        one = _antecedent(page, saying, added)
        if one:
            statements.append(Statement(saying.verdict, Scope.NAMED, evidence, names=(one.name,)))
            continue
        pointed, listed = _told_apart(_one_list(saying.who), added)
        printed, added = _named(listed, added, running, page)
        if printed:
            statements.append(Statement(saying.verdict, Scope.NAMED, evidence, names=tuple(printed)))
        elif not pointed:
            doubts.append(Doubt("It is not certain for whom this sentence is meant.", evidence))
            statements.append(Statement(Verdict.REVIEW, Scope.EVERYONE, evidence))
        statements += [Statement(saying.verdict, scope, evidence, (words,), count) for scope, words, count in pointed]
    return Told(tuple(statements), tuple(added), tuple(doubts))


class _Running:
    """The names in a page's running text, found only when they are asked for."""

    def __init__(self, page: Page, sayings: list[Saying]):
        self._page, self._sayings = page, sayings

    @cached_property
    def names(self) -> list[str]:
        outside = _text_without(self._page, self._sayings)
        return [] if _all_capitals(outside) else names_in_text(outside[:60000])


def _all_capitals(text: str) -> bool:
    """Whether a text is in CAPITALS throughout, so that nobody can tell where in it a name begins and ends."""
    if _SMALL_WORD.search(text, 0, 2000):
        return False
    return sum(map(str.isupper, text)) > 0.9 * max(1, sum(map(str.isalpha, text)))


def _antecedent(page: Page, saying: Saying, people: list[Person]) -> Person | None:
    """The one person whom "on her behalf" takes up from the words before; None where that is not certain."""
    found = _ONE.fullmatch(fold(saying.who or "").strip(" .:()’'"))
    if found is None or found["noun"]:
        return None
    if len(people) == 1:
        return people[0]
    text, stop = page.text, saying.start
    own = page.text[saying.start : saying.end]
    above = [text[start:end] for start, end in page.sentences(max(0, stop - 600), stop)][-1:]
    other = ("he", "el", "il") if found["she"] else ("she", "ella", "elle")
    # its own sentence, the one above, and the whole paragraph above: "She went back to her work" goes on with the same
    paragraph = text[text.rfind("\n\n", 0, saying.start) + 1 : saying.end]
    for words in (own, *(f"{sentence} {own}" for sentence in above), paragraph):
        near = _named_in(words, people)
        if near:
            first = fold(near[0].pronouns or "").split("/")[0]
            return near[0] if len(near) == 1 and first not in other else None
    return None


def _named_in(words: str, people: list[Person]) -> list[Person]:
    folded, letters = fold(words).replace("\n", " "), names.squeezed(words)
    return [
        person
        for person in people
        if any(
            _stands_in(part, folded) or (len(part) >= _SURE_PART and part in letters)
            for part in names.parts(person.name)
            if len(part) > 2
        )
    ]


def _stands_in(part: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(part)}(?!\w)", words) is not None


def _text_without(page: Page, sayings: list[Saying]) -> str:
    text = page.text
    for saying in sayings:
        text = text[: saying.start] + re.sub(r"[^\n]", " ", text[saying.start : saying.end]) + text[saying.end :]
    return text


_AGAIN_FOR = re.compile(
    r"(?:,\s*|\b)(?:and|or|nor|but|y|o|ni|ni tampoco|et|ou)\s+(?:not\s+)?(?:for|on behalf of|of|in the cases? of|por|para|en favor de|pour|en faveur d[eu]|(?<=y )del?|(?<=et )d[eu])\s+",
    re.I,
)


# Behind a list: when or for how long the sentence holds.
_FOR_NOW = re.compile(
    r"[,;]?\s*(?:por (?:el )?(?:momento|ahora)|de momento|en este momento|at (?:present|this (?:time|stage|point)|the moment)|for (?:now|the (?:moment|present|time being))|"
    r"pour (?:le moment|l['’]instant)|à ce stade|actuellement|currently)\W*$",
    re.I,
)


def _one_list(who: str) -> str:
    """A list without the preposition that comes back, and without the words for how long: "A nor for B, for now" is A and B."""
    who = _FOR_NOW.sub("", joined(who))
    who = re.sub(r"^\W*ni\s+(?:por|para|pour)\s+", "", who, flags=re.I)
    if re.search(r"\b(?:or|nor)\b", who, re.I):
        who = re.sub(r"^\W*(?:neither|either)\s+(?:for\s+)?", "", who, flags=re.I)
    return _AGAIN_FOR.sub(", ", who)


def _told_apart(who: str, people: list[Person]) -> tuple[list[tuple[Scope, str, int | None]], str]:
    """The pieces of a list that point at people ("the others", "both"), and the rest, which are names."""
    roster = [(p.name, *p.aliases) for p in people]
    pointed: list[tuple[Scope, str, int | None]] = []
    kept: list[str] = []
    for piece in re.split(r"[,;]|\band\b|\bor\b|\by\b|\bet\b|\bund\b|\bnor\b|\bni\b", joined(who), flags=re.I):
        # "en faveur des deux femmes": the preposition left the end of its article behind
        words = re.sub(r"^s (?=\w)", "", fold(piece).strip(" .:()’'"))
        scope = None if not words or names.fitting(piece, roster) else pointing(words)
        if scope:
            pointed.append((scope[0], words, scope[1]))
        else:
            kept.append(piece)
    return (pointed, ", ".join(piece.strip() for piece in kept if piece.strip())) if pointed else ([], joined(who))


def pointing(words: str) -> tuple[Scope, int | None] | None:
    """Whom folded words without a name point at, and how many they are; None if they are no such words."""
    if _EVERYONE.fullmatch(words):
        return Scope.EVERYONE, None
    if _ONE.fullmatch(words):
        return Scope.COUNTED, 1
    if _COUPLE.fullmatch(words):
        return Scope.COUNTED, 2
    if _SEVERAL.fullmatch(words):
        return Scope.COUNTED, None
    others = _OTHERS.fullmatch(words)
    if others and (others["one"] or others["others"]):
        number = others["number"] or others["after"]
        singular = others["one"] and not number and not (others["noun"] or "").rstrip().endswith(("s", "men", "people"))
        return Scope.OTHERS, _count(number) or (1 if singular else None)
    if _SQUEEZED_OTHERS.fullmatch(words.replace(" ", "")):
        return Scope.OTHERS, None
    both = _BOTH.fullmatch(words) or _SQUEEZED_COUNT.fullmatch(words.replace(" ", ""))
    if both:
        return Scope.COUNTED, _count(both["number"]) or 2
    return None


def _count(word: str | None) -> int | None:
    if not word:
        return None
    return int(word) if word.isdigit() else NUMBER_WORDS.get(word)


def _named(listed: str, people: list[Person], running: "_Running", page: Page) -> tuple[list[str], list[Person]]:
    """The names of a list as printed, and the people with those added whom only the running text spells in full."""
    if not re.search(r"\w", listed):
        return [], people
    matches, leftover = names.resolve(listed, [(p.name, *p.aliases) for p in people])
    if leftover:
        spellings = [name for name in dict.fromkeys(running.names) if len(names.parts(name)) > 1 or len(name) > 3]
        unnamed = [piece for piece in leftover if not _ARTICLE.match(piece)]
        fuller = [spelt_in_text(piece, running.names) for piece in unnamed]
        if not all(fuller):
            found, rest = names.resolve(", ".join(unnamed), [(name,) for name in spellings])
            if not rest:
                fuller = [spelt_in_text(spellings[match.fits[0]], running.names) for match in found]
        new = [name for name in fuller if name]
        if not people and not new and not _all_capitals(page.text):
            new = [names.in_ordinary_case(piece) for piece in unnamed if len(piece) < 60]
        people = _with(people, new, page)
        matches, leftover = names.resolve(listed, [(p.name, *p.aliases) for p in people])
    return [match.printed for match in matches] + list(leftover), people


def _with(people: list[Person], new: list[str], page: Page) -> list[Person]:
    kept = list(people)
    for name in new:
        if not names.fitting(name, [(p.name, *p.aliases) for p in kept]):
            at = page.text.find(name)
            evidence = page.evidence(at, at + len(name)) if at >= 0 else None
            bare = names.without_address(name)
            kept.append(Person(bare, evidence=evidence, aliases=(name,) if bare != name else ()))
    return kept
