"""Whom an action is for: the name field, the list in old heads, and who else the status sentence names."""

import re
from dataclasses import dataclass, replace
from itertools import takewhile

from campaign.domain import names
from campaign.domain.countries import country_called, leading_country
from campaign.domain.folding import fold, word_set
from campaign.domain.reading.heads import DATE_LABEL
from campaign.domain.reading.labels import Label, Mark
from campaign.domain.reading.page import Page, joined
from campaign.domain.reading.running import names_in_text
from campaign.domain.urgent_action import Person

PRONOUNS: dict[str, tuple[str, ...]] = {
    "en": ("she", "her", "hers", "he", "him", "his", "they", "them", "their", "theirs", "ze", "hir", "xe", "xem"),
    "es": ("ella", "ellas", "él", "el", "ellos", "elle", "elles", "ello"),
    "pt": ("ela", "elas", "ele", "eles"),
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
_SKIPPED = re.compile(
    r"(?:note corrected name|corrected name|(?:new|additional|further) names?:?|corrected spelling|name corrected|nombre corregido|nuevos? nombres?:?|nom corrig[ée]|nouveaux? noms?:?)",
    re.I,
)
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
_AGE = re.compile(r"^\s*aged (?:about )?\d{1,2}\b")
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
                for e in _entries(joined_names(_by_lines(value, page)))
            ]
    return united(people)


_PRONOUN_PAIR = re.compile(
    r"\b(?:she|he|they|ella|[eé]l|elle|ele|ela|il|iel|ellos|ellas|ils|elles)\b(?:\s?[/,]\s?\w+){0,3}", re.I
)
_ROW = re.compile(rf"^\W*(?P<name>[^()\n]+?)\s+(?P<pronouns>{_PRONOUN_PAIR.pattern})(?:\s.*)?$", re.I)


def _by_lines(value: str, page: Page) -> str:
    """A field whose lines are a person each, as a list: rows with pronouns, or names that the text knows whole."""
    lines = [line for line in value.split("\n") if line.strip()]
    if len(lines) < 2:
        return value
    if all(_is_one_person(line) for line in lines):
        return "; ".join(line[: line.find(")") + 1] for line in lines)
    rows = [_ROW.match(line) for line in lines]
    if all(row and "," not in row["name"] and _is_name(row["name"]) for row in rows):
        return "; ".join(f"{row['name']} ({row['pronouns']})" for row in rows if row)
    bare = [line.strip() for line in lines]
    if all(_is_whole_name(line) and page.text.count(line) > 1 for line in bare):
        return "; ".join(bare)
    return value


def _is_one_person(line: str) -> bool:
    """Whether a line is somebody's name, pronouns in brackets, and perhaps a trade and an age behind them."""
    name, _, rest = line.partition("(")
    inside, _, tail = rest.partition(")")
    return (
        bool(name.strip())
        and "," not in name
        and _is_name(name.strip())
        and pronouns_in(inside)[0] is not None
        and "(" not in tail
        and not names_in_text(tail)
        # in CAPITALS throughout nobody can tell a trade from the first part of the next name
        and not (line.isupper() and any(map(str.isalpha, tail)))
    )


def _is_whole_name(line: str) -> bool:
    return (
        len(names.parts(line)) > 1 and not re.search(r"[,;()]|\b(?:and|y|et)\b", line) and names_in_text(line) == [line]
    )


def _field_end(page: Page, mark: Mark, limit: int) -> int:
    """A field goes on over line ends, up to a blank line, the next label, or the line that closes the document."""
    end = min(limit, mark.end + _LONGEST_FIELD)
    text = page.text[mark.end : end]
    bare = text.lstrip(" \n:.-–()")
    stop = re.search(
        r"\n\s*\n|\n\s*(?:this (?:is|was) the|ceci est|[eé]st[ae] es|first ua|further information|ua:|gender|age:|image|photo|credit)",
        bare,
        re.I,
    )
    if stop:
        end = mark.end + len(text) - len(bare) + stop.start()
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
    return " ".join(_SKIPPED.sub("", name).replace("\u2215", "/").strip(' "“”').split())


def head_list(page: Page, upto: int) -> list[Person]:
    """The people in the list of an old head, in ordinary case: "Comfort EBIEME (f), trade unionist"."""
    first = next((n for n, line in enumerate(page.lines[:upto]) if _country_in_capitals(line)), None)
    if first is None:
        return _below_country(page, upto)
    line = page.lines[first]
    rest = _BEHIND_COUNTRY.sub("", line[_country_in_capitals(line) :])
    rows = [(first, rest)]
    for n in range(first + 1, min(first + 60, len(page.lines))):
        if not page.lines[n] and _SKIPPED.match(next(filter(None, page.lines[n:]), "")):
            # "new name: …" may stand apart from the list
            continue
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


def _below_country(page: Page, upto: int) -> list[Person]:
    """The people listed with (m) or (f) below a line that has only the country in CAPITALS."""
    for n, line in enumerate(page.lines[:upto]):
        if not (line.isupper() and country_called(line)):
            continue
        below = [k for k in range(n + 1, min(n + 60, len(page.lines))) if page.lines[k]]
        rows = list(takewhile(lambda k: _GENDER.search(page.lines[k][:60]), below))
        return [
            Person(
                names.in_ordinary_case(_GENDER.split(page.lines[k])[0].strip(" ,")), evidence=page.lines_evidence(k, k)
            )
            for k in rows
        ]
    return []


def _country_in_capitals(line: str) -> int:
    """How many characters a country in CAPITALS takes at the beginning of a line that goes on; 0 if there is none."""
    leading = leading_country(line) if line[:2].isupper() else None
    if leading and line.find(".") == leading[1] - 1:
        # "ANGOLA. A teacher acquitted" is a headline
        return 0
    if not leading or not line[: leading[1]].isupper() or len(line) <= leading[1]:
        return 0
    # a headline in capitals may begin with a country too
    rest = re.sub(r"\([^)]*\)", "", line[leading[1] : 200])
    if DATE_LABEL.match(rest.strip()):
        return 0
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
        bare = re.sub(r"\(.*", "", _AGE.sub("", piece)).strip(" .*-–•")
        capitals = [word for word in _CAPITAL_WORD.findall(bare) if len(word) > 1]
        if capitals and not country_called(bare) and not UNNAMED.search(bare) and len(bare.split()) <= 8:
            found.append(names.in_ordinary_case(_without_title(bare)))
    if not found:
        first = re.split(r"[,;(){}]", text)[0].strip()
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
