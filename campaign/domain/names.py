"""Names as people write them: which spellings are one person, whom a list of names means, and slugs."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations

from campaign.domain.folding import fold, word_set

HONORIFICS = word_set(
    "dr mr mrs ms miss mx prof professor u daw ko sheikh shaikh sheik ato ustaz haji hajj hajja "
    "alhaji alhaja chief sir father fr sister sr srta sra brother rev reverend imam mullah mawlana "
    "sayyid sayed don dona senor senora monsieur madame mme mlle maitre m herr frau engineer eng "
    "lawyer advocate general colonel captain judge archbishop bishop pastor dom padre lic tuan cik "
    "encik datuk"
)
# Forms of address that running text puts before a name; in a document's own name field they are part of it.
ADDRESSES = word_set("dr mr mrs ms u daw ko sheikh shaikh ato ustaz haji hajji")
PARTICLES = word_set("al el ul bin ibn ben bint de da do dos das del la las los van von der den du di y e i san abu")
CONNECTIVES = word_set(
    "and y e et und or as well also plus both namely his her their brother sister wife husband son "
    "daughter mother father cousin friend colleague colleagues the cases case of mr ms for nor"
)
_WORDS = re.compile(r"[^\W_]+(?:['’‘ʻʼ`´][^\W_]+)*_*|_+[^\W_]*", re.UNICODE)
_MARKS = re.compile(r"[\W]+")
_SEPARATORS = re.compile(
    r"[,;&/]|\b(?:and|or|y|e|et|und|oder|nor|ni|sowie|as well as|ainsi que|así como)\b", re.IGNORECASE
)
# In "for A or for B" the second preposition is no part of a name.
_OPENING = re.compile(
    r"^\W*(?:(?:on behalf of|in the cases? of|for|para|pour|por|en favor de|en nombre de|en faveur d[eu]|en faveur d['’]|both|either|neither)\s+)+",
    re.IGNORECASE,
)
_LONGEST_LIST = 2000


@dataclass(frozen=True)
class Match:
    """One name of a list as printed, and the places of the people in the roster whom it fits."""

    printed: str
    fits: tuple[int, ...]


def squeezed(text: str) -> str:
    """The letters and digits of `text` in lower case, without accents, blanks and marks; a zero among letters is an o."""
    letters = _MARKS.sub("", fold(text))
    return letters if letters.isdigit() else letters.replace("0", "o")


@lru_cache(maxsize=4096)
def parts(name: str) -> tuple[str, ...]:
    """The parts of a name, folded, without honorifics: "Dr Bayo ADEWUNMI" gives ("bayo", "adewunmi")."""
    words = [squeezed(word) for word in _WORDS.findall(name.replace("-", " ").replace("‑", " "))]
    kept = [word for word in words if word and word not in HONORIFICS]
    return tuple(kept or [word for word in words if word])


@lru_cache(maxsize=4096)
def _forms(name: str) -> frozenset[str]:
    """Every way to write all parts of a name without blanks, in any order."""
    own = parts(name)
    forms = {"".join(own), squeezed(name)}
    if 1 < len(own) <= 4:
        forms.update("".join(order) for order in permutations(own))
    essential = tuple(part for part in own if part not in PARTICLES)
    if essential != own and len(essential) > 1:
        forms.add("".join(essential))
    return frozenset(form for form in forms if form)


# What has more is no name, and its runs would be too many to look through.
_MOST_PARTS = 16


@lru_cache(maxsize=4096)
def _runs(name: str) -> frozenset[str]:
    """Every run of neighbouring parts of a name, squeezed, that could stand for the whole."""
    own = parts(name)
    if len(own) > _MOST_PARTS:
        return frozenset({"".join(own)})
    return frozenset(
        "".join(own[i:j])
        for i in range(len(own))
        for j in range(i + 1, len(own) + 1)
        if len("".join(own[i:j])) > 1 and any(part not in PARTICLES for part in own[i:j])
    )


def _holed(printed: str, name: str) -> bool:
    """Whether a name with lost letters, written `_`, can be `name`."""
    ours, theirs = squeezed_with_holes(printed), squeezed(name)
    return len(ours) == len(theirs) and all(a in ("_", b) for a, b in zip(ours, theirs, strict=True))


def squeezed_with_holes(text: str) -> str:
    """Like `squeezed`, but a lost letter stays a `_`."""
    return re.sub(r"[^\w]+", "", fold(text))


def is_same(one: str, other: str) -> bool:
    """Whether two spellings are the same full name but for case, accents, blanks, marks, honorifics and order."""
    if not _forms(one).isdisjoint(_forms(other)):
        return True
    if "_" in one or "_" in other:
        return _holed(one, other) or _holed(other, one)
    return False


def is_part(short: str, full: str) -> bool:
    """Whether `short` is some of the parts of `full`, such as a family name."""
    small, large = parts(short), parts(full)
    if "".join(small) in _runs(full):
        return True
    return len(small) > 1 and len(small) < len(large) and set(small) <= set(large)


def fitting(name: str, roster: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """The places in `roster` (spellings of each person) that `name` fits best: whole, else as a part, else as more."""
    for fits in (is_same, is_part, lambda a, b: is_part(b, a) and len(parts(b)) > 1):
        found = tuple(place for place, spellings in enumerate(roster) if any(fits(name, s) for s in spellings))
        if found:
            return found
    return ()


def resolve(text: str, roster: Sequence[Sequence[str]]) -> tuple[tuple[Match, ...], tuple[str, ...]]:
    """Whom a list of names means, and what of it fits nobody.

    Blanks may be lost or added anywhere in the list; the longest names are tried first.
    """
    text = text[:_LONGEST_LIST]
    matches: list[Match] = []
    leftover: list[str] = []
    for piece in [text.strip()] if fitting(text, roster) and not _SEPARATORS.search(text) else _pieces(text):
        found = _meant_by(piece, roster)
        if found is None:
            leftover.append(piece)
        else:
            matches.extend(found)
    if leftover and (found := _run_together(text, roster)):
        return tuple(found), ()
    return tuple(matches), tuple(leftover)


def _meant_by(piece: str, roster: Sequence[Sequence[str]]) -> Sequence[Match] | None:
    """Whom a piece of a list means, which is one name unless blanks were lost; None if it fits nobody."""
    fits = fitting(piece, roster)
    own = len(parts(piece))
    if fits and any(len(parts(spelling)) >= own for place in fits for spelling in roster[place]):
        return (Match(piece, fits),)
    # more than anybody's name: perhaps a second one stands in it, "Curtis Dean Ambler andJoe Luis Barrientos"
    found = _run_together(piece, roster)
    return (Match(piece, fits),) if fits and len(found or ()) < 2 else found


def _pieces(text: str) -> Iterable[str]:
    for piece in _SEPARATORS.split(text):
        piece = _OPENING.sub("", piece)
        words = [word for word in _WORDS.findall(piece.replace("-", " ")) if squeezed(word) not in CONNECTIVES]
        if words and any(squeezed(word) not in HONORIFICS for word in words):
            yield " ".join(piece.split()).strip(" .:()")


def _run_together(text: str, roster: Sequence[Sequence[str]]) -> list[Match] | None:
    """The names of a list without blanks between them, or None if something is left over."""
    letters = squeezed(text)
    known: dict[str, set[int]] = {}
    for place, spellings in enumerate(roster):
        for spelling in spellings:
            for form in _forms(spelling) | {run for run in _runs(spelling) if len(run) > 2}:
                known.setdefault(form, set()).add(place)
    fillers = dict.fromkeys(CONNECTIVES | HONORIFICS)
    lengths = sorted({len(form) for form in known} | {len(word) for word in fillers}, reverse=True)
    # From the end backwards: is the rest of the list readable from here, and with which step?
    step: list[int] = [0] * (len(letters) + 1)
    readable = [False] * len(letters) + [True]
    for start in range(len(letters) - 1, -1, -1):
        for kind in (known, fillers):
            for length in lengths:
                if readable[start]:
                    break
                end = start + length
                if end <= len(letters) and readable[end] and letters[start:end] in kind:
                    readable[start], step[start] = True, length
    if not letters or not readable[0]:
        return None
    found, start = [], 0
    while start < len(letters):
        form = letters[start : start + step[start]]
        if form in known:
            found.append(Match(form, tuple(sorted(known[form]))))
        start += step[start]
    return found or None


def slug(name: str) -> str:
    """A name for web addresses: "Sophia Huang Xueqin" gives "sophia-huang-xueqin". Never empty."""
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’‘ʻʼ`´]", "", fold(name)))
    if words:
        return "-".join(words)[:80].strip("-")
    return "-".join(f"{ord(letter):x}" for letter in name.strip()[:12]) or "nobody"


def without_address(name: str) -> str:
    """A name of running text without the forms of address before it: "Daw Khin Hnin Wai" gives "Khin Hnin Wai"."""
    words = name.split()
    while len(words) > 2 and fold(words[0].rstrip(".")) in ADDRESSES:
        words = words[1:]
    return " ".join(words)


def in_ordinary_case(name: str) -> str:
    """A name with its CAPITALS turned to ordinary case: "Bayo ADEWUNMI" gives "Bayo Adewunmi"."""
    return " ".join(_ordinary(word) for word in name.split())


def _ordinary(word: str) -> str:
    if not (word.isupper() and len(word) > 1 and not word.endswith(".")):
        return word
    pieces = re.split(r"([-'’])", word.lower())
    small = {"al", "el"} if len(pieces) > 1 else PARTICLES - {"abu", "san", "ben", "do", "i", "e"}
    return "".join(piece if piece in small else piece[:1].upper() + piece[1:] for piece in pieces)
