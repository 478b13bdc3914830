"""Names in running text: who is named in prose, in which spelling, and whom a list there goes on with."""

import re

from campaign.domain import names
from campaign.domain.countries import country_called
from campaign.domain.folding import fold, word_set
from campaign.domain.reading.page import Page
from campaign.domain.urgent_action import Evidence

_PARTICLE = (
    r"(?:al|el|bin|bint|ibn|ben|de|da|do|dos|das|del|la|las|los|van|von|der|den|du|di|abu|y|e|ould|ag|ap|af|le|st)"
)
_NAME_WORD = (
    r"(?:(?:[Aa]l|[Ee]l|d|D|O|[Nn]['’]|M)['’\-])?[A-ZÀ-ÖØ-ÞĀ-ſƏŞİĞ](?:[^\W\d_]{0,3}\.|[^\W\d_]*(?:['’ʻ\-][^\W\d_]+)*)"
)
_NAMES = rf"{_NAME_WORD}(?:[ \n](?:{_PARTICLE}[ \n]){{0,3}}{_NAME_WORD}){{0,6}}"
_RUN = re.compile(rf"(?<![\w]){_NAMES}")
_NO_NAME = word_set(
    "the a an in on at he she they his her their it its this that these those there since after ",
    "before when while during under for from by as and but or if both one two three four five all ",
    "some many most no not dear ms mr mrs dr amnesty international court ministry minister prison ",
    "police prosecutor president university working group united nations un january february march ",
    "april may june july august september october november december monday tuesday wednesday ",
    "thursday friday saturday sunday el la los las le les un une en de friends activists people ",
    "family relatives lawyers national public human rights security action urgent please write thank ",
    "thanks according although despite following intermediate provincial supreme high criminal ",
    "central detention centre center bureau office committee council party state republic ",
    "association union law act code penal article convention island city province district region ",
    "street river north south east west northern southern eastern western information additional ",
    "background name gender first second third further index lankan korean african arabian rican leonean zealander",
)


def names_in_text(text: str) -> list[str]:
    """Runs of capitalised words in running text that can be somebody's name, in their order, each as often as it stands."""
    found = []
    for run in _RUN.finditer(text):
        words = run.group().split()
        while words and words[0].strip(".").casefold() in _NO_NAME:
            words = words[1:]
        if not words or (len(words) == 1 and run.group().isupper()):
            continue
        name = " ".join(words).rstrip(".")
        name = re.sub(r"['’]s$", "", name)
        if not country_called(name) and not any(word.strip(".").casefold() in _NO_NAME for word in words):
            found.append(name)
    return found


def spelt_in_text(piece: str, running: list[str]) -> str | None:
    """The fullest spelling that the running text has for a name of the status sentence; None if it has none or several."""
    fits = [name for name in dict.fromkeys(running) if names.is_same(piece, name) or names.is_part(piece, name)]
    if not fits:
        return None
    longest = max(fits, key=lambda name: len(names.parts(name)))
    if all(names.is_same(name, longest) or names.is_part(name, longest) for name in fits):
        return longest
    exact = [name for name in fits if names.is_same(piece, name)]
    return exact[0] if exact and len(names.parts(exact[0])) > 1 else None


def chief_subject(summary: str, text: str) -> str | None:
    """Of a document without name field: the person with whose name the summary begins, or whom it names most."""
    running = names_in_text(text)
    for name in names_in_text(summary):
        if (
            len(names.parts(name)) > 1
            and sum(names.is_part(other, name) or names.is_same(other, name) for other in running) > 1
        ):
            return name
    return None


_NEXT_NAME = re.compile(rf"(?:,|,? (?:and|y|e|et))[ \n]({_NAMES})")


def listed_with(first: str, text: str) -> list[str]:
    """The names that a list in running text goes on with behind `first`: "A, B and C were taken away"."""
    at = text.find(first) + len(first)
    found = []
    while at >= len(first) and (following := _NEXT_NAME.match(text, at)):
        found += [name for name in names_in_text(following[1]) if len(names.parts(name)) > 1]
        at = following.end()
    return found


def listed_first(text: str) -> list[str]:
    """The names with which the first paragraph that begins with a list of them begins; none if there is no such list."""
    for paragraph in re.split(r"\n\s*\n|\n(?=[^\n]{90})", text)[:4]:
        first = next(iter(names_in_text(paragraph[:80])), "")
        if len(names.parts(first)) > 1 and paragraph.lstrip().startswith(first):
            others = listed_with(first, paragraph)
            if others:
                return [first, *others]
    return []


_SHORTEST_PARAGRAPH = 80
_COMMUNITY = re.compile(
    rf"\b(?:[Cc]ommunit(?:y|ies)|[Cc]omunidad(?:es)?|[Cc]ommunaut[ée]s?)\s(?:of|de|del|du|des|d['’])\s?(?:(?:the|la|las|los|les|l['’])\s)?(?:{_NAMES})"
)


_INHABITANTS = re.compile(
    rf"\b(?:[Rr][eé]sidents|[Vv]illagers|[Ii]nhabitants|[Ff]amilies|[Hh]abitantes|[Vv]ecinos|[Rr]esidentes|[Ff]amilias|[Hh]abitants|[Ff]amilles)\s(?:of|in|from|de|del|du|des|d['’])\s?(?:(?:the|la|las|los|les|l['’])\s)?(?:{_NAMES})"
)


def communities_in_text(text: str, loosely: bool = False) -> list[str]:
    """The communities that a text names more than once, "the community of Punta Arena", each once; `loosely` also "the villagers of …"."""
    found = [" ".join(named.group().split()) for named in (_INHABITANTS if loosely else _COMMUNITY).finditer(text)]
    return [name[:1].upper() + name[1:] for name in dict.fromkeys(found) if found.count(name) > 1]


def begins_with(text: str) -> str | None:
    """The full name with which the first paragraph begins, "Kidane Weldu, a teacher held since 2019, was moved"."""
    paragraph = next((part for part in re.split(r"\n\s*\n", text) if len(part) > _SHORTEST_PARAGRAPH), "").lstrip()
    first = next(iter(names_in_text(paragraph[:80])), "")
    return first if len(names.parts(first)) > 1 and paragraph.startswith(first) else None


TRADES = word_set(
    "farmer teacher journalist reporter poet writer lawyer student singer blogger activist photographer nurse doctor painter fisherman driver baker musician artist editor publisher shepherd priest pastor",
    "campesino campesina maestro maestra periodista poeta abogado abogada estudiante cantante activista enfermera enfermero medico pescador sacerdote lider lideresa",
    "paysan paysanne enseignant enseignante journaliste poete avocat avocate etudiant etudiante chanteur chanteuse militant militante infirmier infirmiere medecin pecheur pretre",
)


def bare(name: str) -> str:
    """A name of running text without a form of address or a trade that begins its sentence: "Farmer Tran Van Loc"."""
    first, _, rest = name.partition(" ")
    return names.without_address(rest if fold(first) in TRADES and len(names.parts(rest)) > 1 else name)


def evidence_of(page: Page, name: str) -> Evidence | None:
    """The line on which a name stands in the running text."""
    at = page.text.find(name)
    if at < 0:
        return None
    line = page.line_at(at)
    return page.lines_evidence(line, line)
