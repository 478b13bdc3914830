"""What a careful reader would point out in a supporter's letter before it goes: facts that are stale, words that harm.

Most of it is advice (yellow). What could harm the person or turn the letter into something else (red) holds the letter
until an organizer has looked at it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from campaign.domain import names
from campaign.domain.folding import fold
from campaign.domain.grammar import Voice, voice
from campaign.domain.harm import ADDRESS, INSULTS, LINK, PHONE, THREATS
from campaign.domain.refusals import N_
from campaign.domain.urgent_action import DemandKind, Person


class Point(StrEnum):
    """What is pointed at."""

    ASKS_FOR_ENDED = "asks for somebody whose action has ended"
    LINK = "link"
    ADDRESS = "address"
    THREAT = "threat"
    NAMES_ENDED = "names somebody whose action has ended"
    PAST_DEMAND = "demand that is not made any more"
    PRONOUN = "pronoun"
    SPELLING = "spelling"
    FORMER_OFFICIAL = "official who was replaced"
    INSULT = "insult"


# What is said of each; `words` are those of the letter, `instead` what would stand there.
SENTENCES: dict[Point, str] = {
    Point.ASKS_FOR_ENDED: N_("It asks for something for %(words)s, whose appeal has ended."),
    Point.LINK: N_("It has a link in it: %(words)s."),
    Point.ADDRESS: N_("It has an e-mail address or a telephone number in it: %(words)s."),
    Point.THREAT: N_("It can be read as a threat: “%(words)s”."),
    Point.NAMES_ENDED: N_("It names %(words)s, whose appeal has ended. That is fine where you speak of the news."),
    Point.PAST_DEMAND: N_("“%(words)s”: the newest document does not ask for this any more."),
    Point.PRONOUN: N_("“%(words)s”: the documents speak of this person as %(instead)s."),
    Point.SPELLING: N_("“%(words)s”: is %(instead)s meant?"),
    Point.FORMER_OFFICIAL: N_("%(words)s is no longer written to in this case."),
    Point.INSULT: N_("“%(words)s” may close the ears of whoever reads it."),
}
GRAVE = frozenset({Point.ASKS_FOR_ENDED, Point.LINK, Point.ADDRESS, Point.THREAT})


@dataclass(frozen=True)
class Note:
    """One thing to be looked at: the words of the letter that are meant, and what would stand there instead, if known."""

    point: Point
    words: str
    instead: str = ""

    @property
    def is_grave(self) -> bool:
        return self.point in GRAVE


@dataclass(frozen=True)
class Facts:
    """What a letter in `language` is held against; `written_in` is the language of the outputs.

    `past` are demands that an earlier output made and the newest does not.
    """

    person: Person
    language: str = "en"
    written_in: str = "en"
    open_kin: tuple[Person, ...] = ()
    ended_kin: tuple[Person, ...] = ()
    officials: tuple[str, ...] = ()
    former_officials: tuple[str, ...] = ()
    demands: frozenset[DemandKind] = frozenset()
    past: frozenset[DemandKind] = frozenset()
    own_email: str | None = None


_MOST_NOTES = 12
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")

# Words that ask, and words that speak of good news instead; folded.
_PLEA = re.compile(
    r"\b(?:ask|asking|urge|urging|call|calling|demand\w*|appeal\w*|request\w*|insist\w*|please|release|free|let|drop|see to it|make sure|"
    r"demande\w*|prie|exige\w*|appelle\w*|liber\w+|relach\w+|veill\w+|pido|pide\w*|ruego|exijo|exig\w+|insto|liber\w+|pongan?|suelt\w+|"
    r"اطالب|ادعو|ارجو|افرج\w*|الافراج)\b"
)
_GLAD = re.compile(
    r"\b(?:welcom\w+|thank\w*|glad|reliev\w+|relief|grateful|happy|rejoic\w+|good news|(?:was|were|is|are|has been|have been) (?:now |finally )?(?:released|freed|free|acquitted)|"
    r"remerci\w+|salue\w*|rejoui\w+|heureu\w+|soulag\w+|bonne nouvelle|(?:est|sont|a ete|ont ete) (?:enfin )?(?:liber\w+|libres?|acquitt\w+)|"
    r"agrade\w+|gracias|alegr\w+|celebr\w+|buena noticia|(?:esta|estan|fue|fueron|ha sido|han sido) (?:ya )?(?:en libertad|libres?|liberad\w+|absuelt\w+))\b"
)
# By these words a demand is known, folded; only those that cannot well mean anything else.
_DEMAND_WORDS: dict[DemandKind, re.Pattern[str]] = {
    DemandKind.HEALTH: re.compile(
        r"\b(?:medical (?:care|treatment|attention)|see a doctor|soins medicaux|atencion medica)\b"
    ),
    DemandKind.DEATH_PENALTY: re.compile(
        r"\b(?:death (?:penalty|sentence)|execution|peine de mort|condamnation a mort|pena de muerte|ejecucion)\b"
    ),
    DemandKind.DISAPPEARANCE: re.compile(
        r"\b(?:fate and whereabouts|whereabouts|enforced disappearance|lieu de detention inconnu|disparition|paradero|desaparicion)\b"
    ),
    DemandKind.CHARGES: re.compile(
        r"\b(?:drop (?:all )?(?:the )?charges|charges .{0,40}dropped|abandon\w* (?:des|les) charges|retir\w+ .{0,20}cargos)\b"
    ),
    DemandKind.FAIR_TRIAL: re.compile(r"\b(?:fair trial|proces equitable|juicio justo)\b"),
    DemandKind.FAMILY: re.compile(
        r"\b(?:contact with (?:his|her|their) famil\w+|contacts .{0,20}famille|comunicarse .{0,20}familia)\b"
    ),
}
_SHE = re.compile(r"\b(?:she|her|hers|herself)\b", re.I)
_HE = re.compile(r"\b(?:he|him|his|himself)\b", re.I)
_FRENCH = re.compile(
    r"\b(?P<who>il|elle) (?:a ete|est|etait|souffre|risque|reste|doit) (?!temps|urgent|essentiel|important|inacceptable|necessaire|possible|clair|juste|etre possible)",
    re.I,
)
_SPANISH = re.compile(r"\b(?P<who>él|ella) (?:est[aá]|fue|ha|sufre|debe|sigue|lleva|tiene|no|es)\b", re.I)
# Somebody else of whom a sentence may speak.
_OTHERS = re.compile(
    r"\b(?:father|mother|brother|sister|son|daughter|husband|wife|uncle|aunt|grand\w+|lawyer|minister|president|director|judge|doctor|friend|teacher|mr|mrs|ms|king|queen|officer|guard|"
    r"who|anybody|anyone|everyone|nobody|person)\b",
    re.I,
)
_LIKE = 0.75
_SHORTEST_NAME = 4


def notes_on(subject: str, body: str, facts: Facts) -> tuple[Note, ...]:
    """What there is to point out in a letter, the grave first; nothing stands twice."""
    text = f"{subject}\n{body}"
    found = [
        *_harm(text, facts.own_email),
        *_ended(text, facts),
        *_past(text, facts),
        *_pronouns(text, facts),
        *_spelling(text, facts),
        *_officials(text, facts),
    ]
    unique = list(dict.fromkeys(found))
    return tuple(sorted(unique, key=lambda note: list(Point).index(note.point))[:_MOST_NOTES])


def _harm(text: str, own_email: str | None) -> Iterator[Note]:
    addresses = [match.group() for match in ADDRESS.finditer(text)]
    for address in addresses:
        if address.casefold() != (own_email or "").casefold():
            yield Note(Point.ADDRESS, address)
    bare = ADDRESS.sub(" ", text)
    for found in LINK.finditer(bare):
        yield Note(Point.LINK, found.group().rstrip(".,;:)"))
    for found in PHONE.finditer(bare):
        yield Note(Point.ADDRESS, found.group().strip())
    folded = fold(text).replace("’", "'")
    for found in THREATS.finditer(folded):
        yield Note(Point.THREAT, _as_printed(text, found))
    for found in INSULTS.finditer(folded):
        yield Note(Point.INSULT, _as_printed(text, found))


def _as_printed(text: str, found: re.Match[str]) -> str:
    return text[found.start() : found.end()].strip()


def _ended(text: str, facts: Facts) -> Iterator[Note]:
    """Names of people of the same action whose own has ended: a grave matter where something is asked for them."""
    shared = {
        part for person in (facts.person, *facts.open_kin) for name in _spellings(person) for part in names.parts(name)
    }
    for person in facts.ended_kin:
        sought = _ways_to_name(person, shared)
        for sentence in _SENTENCE.finditer(text):
            folded = fold(sentence.group()).replace("’", "'")
            named = sought.search(folded)
            if named is None:
                continue
            asks = bool(_PLEA.search(folded)) and not _GLAD.search(folded)
            yield Note(Point.ASKS_FOR_ENDED if asks else Point.NAMES_ENDED, person.name)


def _spellings(person: Person) -> tuple[str, ...]:
    return (person.name, *person.aliases)


def _ways_to_name(person: Person, shared: set[str]) -> re.Pattern[str]:
    """A pattern for the person's whole names and for those parts that nobody else has, on folded text."""
    ways = {fold(name).replace("’", "'") for name in _spellings(person)}
    parts = {part for name in _spellings(person) for part in names.parts(name) if len(part) >= _SHORTEST_NAME}
    ways |= parts - shared - names.PARTICLES
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(way) for way in sorted(ways, key=len, reverse=True))})(?!\w)")


def _past(text: str, facts: Facts) -> Iterator[Note]:
    folded = fold(text)
    for kind in sorted(facts.past - facts.demands):
        found = _DEMAND_WORDS[kind].search(folded) if kind in _DEMAND_WORDS else None
        if found:
            yield Note(Point.PAST_DEMAND, _as_printed(text, found))


def _pronouns(text: str, facts: Facts) -> Iterator[Note]:
    spoken = voice(facts.person.pronouns, facts.written_in)
    if spoken is None or facts.person.is_group:
        return
    kin = {
        voice(person.pronouns, facts.written_in)
        for person in (*facts.open_kin, *facts.ended_kin)
        if _is_named(person, text)
    }
    for sentence in _SENTENCE.finditer(text):
        said = sentence.group()
        if _OTHERS.search(said):
            continue
        for word, its_voice in _spoken_in(said, facts.language):
            if its_voice not in (spoken, *kin):
                yield Note(Point.PRONOUN, word, facts.person.pronouns or "")
                break


def _spoken_in(said: str, language: str) -> Iterator[tuple[str, Voice]]:
    """The pronouns of a sentence that speak of one person, with their voices."""
    if language == "en":
        for pattern, its_voice in ((_HE, Voice.HE), (_SHE, Voice.SHE)):
            if found := pattern.search(said):
                yield found.group(), its_voice
    other = {"fr": _FRENCH, "es": _SPANISH}.get(language)
    if other is not None and (match := other.search(said)):
        yield match["who"], _voice_of(match["who"])


def _voice_of(word: str) -> Voice:
    return Voice.HE if fold(word) in ("il", "el") else Voice.SHE


def _is_named(person: Person, text: str) -> bool:
    return bool(_ways_to_name(person, set()).search(fold(text).replace("’", "'")))


def _spelling(text: str, facts: Facts) -> Iterator[Note]:
    """Words with a capital that are nearly, but not quite, a part of the person's name."""
    known = {
        part
        for person in (facts.person, *facts.open_kin, *facts.ended_kin)
        for name in _spellings(person)
        for part in names.parts(name)
    }
    known |= {part for official in (*facts.officials, *facts.former_officials) for part in names.parts(official)}
    own = [
        part for part in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", facts.person.name) if len(part) >= _SHORTEST_NAME
    ]
    if facts.person.is_group:
        return
    for found in re.finditer(r"(?<![\w@.])[^\W\d_]{4,}", text):
        word = found.group()
        plain = names.squeezed(word)
        if not word[0].isupper() or plain in known or plain.removesuffix("s") in known:
            continue
        near = max(own, key=lambda part: _likeness(plain, part), default="")
        if near and _LIKE <= _likeness(plain, near) < 1:
            yield Note(Point.SPELLING, word, near)


def _likeness(plain: str, part: str) -> float:
    other = names.squeezed(part)
    if plain[0] != other[0] and plain[-1] != other[-1]:
        return 0
    return SequenceMatcher(None, plain, other).ratio()


def _officials(text: str, facts: Facts) -> Iterator[Note]:
    folded = fold(text).replace("’", "'")
    in_force = {part for official in facts.officials for part in names.parts(official)}
    for former in facts.former_officials:
        unique = [part for part in names.parts(former) if len(part) >= _SHORTEST_NAME and part not in in_force]
        whole = fold(former).replace("’", "'")
        if whole in folded or (unique and re.search(rf"(?<!\w){re.escape(unique[-1])}(?!\w)", folded)):
            yield Note(Point.FORMER_OFFICIAL, former, next(iter(facts.officials), ""))


def grave(found: Iterable[Note]) -> list[Note]:
    """Those for which a letter is held."""
    return [note for note in found if note.is_grave]


def sentence(note: Note) -> str:
    """What is said of a note, in English."""
    return SENTENCES[note.point] % {"words": note.words, "instead": note.instead}
