"""Whom an action is for: the name field, the list in old heads, and who else the status sentence names."""

import re
from dataclasses import dataclass, replace

from campaign.domain import names
from campaign.domain.countries import country_called, leading_country
from campaign.domain.folding import fold, word_set
from campaign.domain.reading.labels import Label, Mark
from campaign.domain.reading.page import Page, joined
from campaign.domain.urgent_action import Evidence, Person

PRONOUNS: dict[str, tuple[str, ...]] = {
    "en": ("she", "her", "hers", "he", "him", "his", "they", "them", "their", "theirs", "ze", "hir", "xe", "xem"),
    "es": ("ella", "ellas", "él", "el", "ellos", "elle", "elles", "ello"),
    "fr": ("elle", "elles", "il", "ils", "iel", "iels", "lui", "eux"),
}
GROUP_WORDS: dict[str, str] = {
    "en": r"(?:the )?(?:\w+ )?(?:communit(?:y|ies)|residents|villagers|families|members|people|inhabitants|workers|students|refugees|prisoners|detainees|employees|staff) (?:of|in|from|at|on)\b",
    "es": r"(?:la |las |los )?(?:comunidad(?:es)?|residentes|familias|miembros|habitantes|personas|pueblo) (?:de|del|en)\b",
    "fr": r"(?:la |les |l')?(?:communautes?|habitants|familles|membres|residents|personnes|peuple) (?:de|du|des|d')",
}
NOBODY = re.compile(
    r"(?:not applicable|n/?a|various|multiple|none|no aplica|sans objet|unknown|varias? personas?|homme|femme|hombre|mujer|male|female|man|woman|hommes|femmes|hombres|mujeres|both|m/f)\.?",
    re.I,
)
UNNAMED = re.compile(
    r"\b(?:other|others|unnamed|unidentified|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+)\b.*\b(?:men|women|people|persons|others|detainees|students|families|children|unnamed)\b",
    re.I,
)
_PRONOUN_WORDS = frozenset(fold(word) for table in PRONOUNS.values() for word in table)
_ALL_WORDS = word_set(
    "both all each ambos ambas todos todas tous toutes deux les los las",
)
_SKIPPED = re.compile(r"(?:note corrected name|corrected name|new names?:?|corrected spelling|name corrected)", re.I)
_PIECES = re.compile(
    r"\(([^()]*)\)?|([,;&/\n]|\s+(?:and|y|e|et)\s+|\s+[-–]\s+)|([^(),;&/\n]+?)(?=\(|[,;&/\n]|\s+(?:and|y|e|et)\s+|\s+[-–]\s+|$)"
)
_CAPITAL_WORD = re.compile(r"\b[^\W\d_a-zß-öø-ÿ][^\W\d_a-zß-öø-ÿ'’\-]+\b")
_NICKNAME = re.compile(r"[\"“”«„‘][^\"“”«»„‘’]{1,40}[\"“”»’]")
# What may stand behind the names on their line or below them: "Nom : A  Genre : homme".
_FIELD_TAIL = re.compile(
    r"\s(?:gender|genre|sexe|sexo|g[eé]nero|age|âge|edad|occupation|profession|nationality)\b\s*(?:\(?[mhf]/[mhf]\)?)?\s*:|\n\s*(?:homme|femme|hombre|mujer|male|female|man|woman|m|f)s?\s*(?:\n|$)",
    re.I,
)
_GENDER = re.compile(r"\(\s*[mf]\s*\)", re.I)
_BEHIND_COUNTRY = re.compile(r"^\s*(?:/\s*[A-Z][A-Z ]+?(?=\s{2,}))?\s*(?:\([^)]*\))?\s*[:\-–/]?\s*")
_LONGEST_FIELD = 4000


@dataclass(frozen=True)
class Entry:
    """A name as a field prints it, and the line it stands on."""

    name: str
    pronouns: str | None
    line: int


def name_field(page: Page, marks: tuple[Mark, ...]) -> list[Person]:
    """The people behind NAME AND PREFERRED PRONOUN or Name, with pronouns."""
    people: list[Person] = []
    for n, mark in enumerate(marks):
        if mark.label is not Label.NAMES:
            continue
        end = _field_end(page, mark, marks[n + 1].start if n + 1 < len(marks) else len(page.text))
        value = _FIELD_TAIL.split(page.text[mark.end : end].lstrip("s() :.-–"))[0]
        if not NOBODY.fullmatch(value.strip()):
            evidence = page.evidence(mark.start, end)
            people += [
                Person(e.name, e.pronouns, is_group=is_group(e.name), evidence=evidence)
                for e in _entries(joined_names(value))
            ]
    return united(people)


def _field_end(page: Page, mark: Mark, limit: int) -> int:
    """A field goes on over line ends, up to a blank line, the next label, or the line that closes the document."""
    end = min(limit, mark.end + _LONGEST_FIELD)
    text = page.text[mark.end : end]
    stop = re.search(
        r"\n\s*\n|\n\s*(?:this (?:is|was) the|ceci est|[eé]st[ae] es|first ua|further information|ua:|gender|age:|image|photo|credit)",
        text.lstrip(),
        re.I,
    )
    if stop:
        end = mark.end + len(text) - len(text.lstrip()) + stop.start()
    closing = re.search(r"thisisthe", re.sub(r"\s", "", text.lower()))
    if closing and not stop:
        found = re.search(r"t\s*h\s*i\s*s\s*i\s*s\s*t\s*h\s*e", text, re.I)
        end = mark.end + found.start() if found else end
    return end


def joined_names(value: str) -> str:
    """A field's lines as one; a name broken at a hyphen is whole again."""
    return joined(re.sub(r"\n\s*[*•■-]\s+", "; ", value))


def is_group(name: str) -> bool:
    """Whether a name is that of a community or the like."""
    return any(re.match(words, fold(name)) for words in GROUP_WORDS.values())


def _entries(value: str) -> list[Entry]:
    if is_group(value):
        bare = re.sub(r"\([^)]*\)", " ", value)
        return [Entry(joined(bare).strip(" .;,"), None, 0)]
    found: list[Entry] = []
    for piece in _PIECES.finditer(value):
        bracket, name = piece[1], (piece[3] or "").strip(" .:;\t")
        if bracket is not None:
            pronouns, for_all = pronouns_in(bracket)
            if pronouns and found:
                found = [
                    replace(e, pronouns=pronouns) if e is found[-1] or (for_all and not e.pronouns) else e
                    for e in found
                ]
        elif name:
            pronouns, _ = pronouns_in(name)
            if pronouns:
                if found:
                    merged = pronouns if not found[-1].pronouns else f"{found[-1].pronouns}/{pronouns}"
                    found[-1] = replace(found[-1], pronouns="/".join(merged.split("/")[:2]))
            elif _is_name(name):
                found.append(Entry(_without_marks(name), None, 0))
    return found


def pronouns_in(text: str) -> tuple[str | None, bool]:
    """The first two pronoun forms with a slash ("she/her"), and whether they are said to be everybody's."""
    words = re.findall(r"[^\W\d_]+", text)
    kept = [word.lower() for word in words if fold(word) in _PRONOUN_WORDS]
    others = [
        word
        for word in words
        if fold(word) not in _PRONOUN_WORDS | _ALL_WORDS | {"and", "or", "y", "et", "o", "ou", "pronouns"}
    ]
    if not kept or others:
        return None, False
    return "/".join(list(dict.fromkeys(kept))[:2]), any(fold(word) in _ALL_WORDS for word in words)


def _is_name(text: str) -> bool:
    first = text.split()[0]
    return any(map(str.isalpha, text)) and not text[0].isdigit() and (first[0].isupper() or not first[0].islower() or len(text.split()) > 1) and any(
        word[0].isupper() or not word[0].isascii() for word in text.split()
    ) and not NOBODY.fullmatch(text)  # fmt: skip


def _without_marks(name: str) -> str:
    return " ".join(_SKIPPED.sub("", name).strip(' "“”').split())


def head_list(page: Page, upto: int) -> list[Person]:
    """The people in the list of an old head, in ordinary case: "Comfort EBIEME (f), trade unionist"."""
    first = next((n for n, line in enumerate(page.lines[:upto]) if _country_in_capitals(line)), None)
    if first is None:
        return []
    line = page.lines[first]
    rest = _BEHIND_COUNTRY.sub("", line[_country_in_capitals(line) :])
    rows = [(first, rest)]
    for n in range(first + 1, min(first + 60, len(page.lines))):
        if not page.lines[n] or not _continues_list(page, n):
            break
        rows.append((n, page.lines[n]))
    return [
        Person(
            bare, evidence=page.lines_evidence(n, n), is_group=is_group(name), aliases=(name,) if bare != name else ()
        )
        for n, text in rows
        for name in _listed(text)
        if (bare := _without_nickname(name))
    ]


def _country_in_capitals(line: str) -> int:
    """How many characters a country in CAPITALS takes at the beginning of a line that goes on; 0 if there is none."""
    leading = leading_country(line) if line[:2].isupper() else None
    if not leading or not line[: leading[1]].isupper() or len(line) <= leading[1]:
        return 0
    # a headline in capitals may begin with a country too
    rest = re.sub(r"\([^)]*\)", "", line[leading[1] : 200])
    return 0 if rest.isupper() and len(rest.split()) > 4 else leading[1]


def _continues_list(page: Page, k: int) -> bool:
    line, wide = page.lines[k], page.wide[k]
    indented = len(wide) - len(wide.lstrip()) >= 6
    return (
        indented
        or bool(_GENDER.search(line[:60]))
        or bool(len(line) < 90 and _CAPITAL_WORD.search(line[:50]) and not line.isupper() and not line.endswith("."))
    )


def _listed(text: str) -> list[str]:
    text = _SKIPPED.sub(" ", text)
    if is_group(text):
        return [names.in_ordinary_case(re.split(r"[,(]", text)[0].strip())]
    found = []
    for piece in re.split(r"[,;)}]|\s+and\s+|\s{3,}", _GENDER.sub(",", text)):
        bare = re.sub(r"\(.*", "", piece).strip(" .*-–•")
        capitals = [word for word in _CAPITAL_WORD.findall(bare) if len(word) > 1]
        if capitals and not country_called(bare) and not UNNAMED.search(bare) and len(bare.split()) <= 8:
            found.append(names.in_ordinary_case(_without_title(bare)))
    if not found:
        first = re.split(r"[,;(]", text)[0].strip()
        if first[:1].isupper() and len(first.split()) <= 6 and not UNNAMED.search(first):
            found.append(names.in_ordinary_case(_without_title(first)))
    return found


def _without_nickname(name: str) -> str:
    """A name of the list without a nickname in quotes: 'Rogelio "Ka Roger" Sumulong' is Rogelio Sumulong."""
    bare = " ".join(_NICKNAME.sub(" ", name).split())
    return bare if len(bare.split()) > 1 else name


def _without_title(name: str) -> str:
    return re.sub(r"^(?:Dr|Mr|Mrs|Ms|Prof|Professor)\.?\s+(?=\S)", "", name, flags=re.I)


def united(people: list[Person]) -> list[Person]:
    """People of several sources, each once; a shorter spelling of somebody who is there becomes an alias."""
    kept: list[Person] = []
    for person in people:
        fits = names.fitting(person.name, [(p.name, *p.aliases) for p in kept])
        if len(fits) != 1:
            if not fits:
                kept.append(person)
            continue
        there = kept[fits[0]]
        other = person.name if person.name != there.name else None
        aliases = tuple(dict.fromkeys([*there.aliases, *([other] if other else [])]))
        kept[fits[0]] = replace(there, pronouns=there.pronouns or person.pronouns, aliases=aliases)
    return kept


# Names in running text.

_PARTICLE = (
    r"(?:al|el|bin|bint|ibn|ben|de|da|do|dos|das|del|la|las|los|van|von|der|den|du|di|abu|y|e|ould|ag|ap|af|le|st)"
)
_NAME_WORD = r"(?:(?:[Aa]l|[Ee]l|d|D|O|[Nn]['’]|M)['’\-])?[A-ZÀ-ÖØ-ÞĀ-ſƏŞİĞ][^\W\d_]*(?:['’ʻ\-][^\W\d_]+)*\.?"
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
    "background name gender first second third further index",
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


def evidence_of(page: Page, name: str) -> Evidence | None:
    """The line on which a name stands in the running text."""
    at = page.text.find(name)
    if at < 0:
        return None
    line = page.line_at(at)
    return page.lines_evidence(line, line)
