"""Addressees: the blocks of name, office, address and labelled lines before a letter or behind APPEALS TO."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from campaign.domain.folding import fold, word_set
from campaign.domain.reading.offices import is_address, is_name, is_office, office_and_name, starts_office
from campaign.domain.reading.page import Page
from campaign.domain.reading.zones import BULLET, Zones
from campaign.domain.urgent_action import Evidence, Target

_LABELLED = re.compile(
    r"(?P<label>e-?mails?|correo(?:s)?(?:-e| electronicos?)?|courriels?|mel|fax(?:es)?|tel(?:ephones?|\.|s)?|telefonos?|phones?|mobile|telegrams?|telegramas?|telegrammes?|telex(?:es)?|twitter|x|x/twitter|twitter/x|facebook|instagram|"
    r"wechat|weibo|telegram|whatsapp|website|web|site web|sitio web|social media|online|contact form|salutation|tratamiento|formule d.appel|formule de politesse|tel/fax|tel\./fax|fax/tel|telefax)"
    r"(?:\s*(?:number|no\.?|\([^)]*\)|address|numero))?\s*:\s*(?P<value>.*)$",
    re.I,
)
# "Phone: 202 000 6101 I Fax: 202 000 3829"
_LABELS_BESIDE = re.compile(
    r"\s*(?:\s[I|/•·–-]\s|[|;,]\s?|\s{2,}|\s)(?=(?:e-?mail|fax|tel|phone|salutation|correo|courriel|twitter)[\w.]*\s?:)",
    re.I,
)
_SALUTATION = re.compile(r"\[?\s*(?:salutation|tratamiento|formule d.appel)\s*:\s*([^\]]+?)\s*\]?\s*$", re.I)
_NUMBERED = re.compile(r"^(?:\d{1,2}[).]|\([a-z\d]\)|[•■*-])\s+")
_EMAIL = re.compile(r"[\w.+'\-]+@[\w\-]+(?:\.[\w\-]+)+")
_BLANK_FORM = re.compile(r"name\s+address 1|address 1 address 2|insert local diplomatic", re.I)
_INSTRUCTION = re.compile(
    r"^(?:please|you can|you may|click|write|note:|n\.?b\.?|send|if you|let us know|use |personalize|contact these)\b|\.$",
    re.I,
)
_AS_BEFORE = re.compile(
    r"(?:appeals to|addresses|addressees|targets?|appels a|llamamientos a)\W{0,3}(?:are |remain |the )*(?:as before|as in|same as|as above|see |unchanged|como antes|como en|los mismos|comme precedemment|inchangees?|voir )|"
    r"\b(?:addressees|addresses|targets)\b.{0,30}\b(?:remain the same|are unchanged|are the same|as before)\b|\b(?:same addresses|same addressees)\b",
)
_AS_BEFORE_BEGINS = ("appeals to", "address", "target", "appels a", "llamamientos a", "same address")
_EMBASSY = re.compile(
    r"diplomatic representatives?|\bembassy\b|\bembassies\b|\bembajadas?\b|representantes? diplomaticos?|\bambassades?\b|representants? diplomatiques?|\bambassador\b"
)


@dataclass
class _Block:
    lines: list[int] = field(default_factory=list)
    labelled: dict[str, str] = field(default_factory=dict)
    last: int = 0


def targets_of(page: Page, zones: Zones) -> tuple[Target, ...]:
    """The addressees in their order; those who get copies are not among them."""
    found: list[Target] = []
    for first, last in zones.targets:
        for block in _blocks(page, first, last):
            target = _target(page, block)
            if target and not any(_same(target, other) for other in found):
                found.append(target)
    greeting = page.lines[zones.letter[0]] if zones.letter else None
    return tuple(_greeted(found, greeting))


def _same(one: Target, other: Target) -> bool:
    return (one.name, one.role) == (other.name, other.role)


def _blocks(page: Page, first: int, last: int) -> list[_Block]:
    blocks: list[_Block] = []
    blank, numbered = True, False
    spaced = _is_spaced(page, first, last)
    for n in range(first, last):
        line = page.lines[n]
        if not line.strip():
            blank = not spaced
            continue
        if _BLANK_FORM.search(line):
            break
        begins = bool(_NUMBERED.match(line))
        labelled = _label(line)
        beside = _LABELS_BESIDE.search(line) if labelled else None
        if (
            not labelled
            and not begins
            and (len(line) > 110 or BULLET.match(line) or (_INSTRUCTION.search(line) and len(line.split()) > 5))
        ):
            continue
        if blocks and labelled and not begins:
            _note(blocks[-1], labelled, n)
            if beside and (second := _label(line[beside.end() :])):
                _note(blocks[-1], (labelled[0], labelled[1][: -(len(line) - beside.start())].rstrip()), n, again=True)
                _note(blocks[-1], second, n)
        elif begins or not blocks or _begins_block(page, blocks[-1], n, blank):
            blocks.append(_Block([n], {}, n))
            _note_inline(page, blocks[-1], n)
        else:
            blocks[-1].lines.append(n)
            blocks[-1].last = n
            _note_inline(page, blocks[-1], n)
        blank, numbered = False, numbered or begins
    return blocks


def _is_spaced(page: Page, first: int, last: int) -> bool:
    """Whether a blank line stands between every two lines, as where each is a paragraph: then it parts nothing."""
    filled = [n for n in range(first, last) if page.lines[n].strip()]
    return len(filled) > 3 and all(other - one > 1 for one, other in pairwise(filled))


def _label(line: str) -> tuple[str, str] | None:
    found = _LABELLED.match(fold(line).strip("[ "))
    if found is None:
        return None
    value = line.strip("[ ")[found.start("value") :].strip()
    return found["label"], value.rstrip("] ")


def _note(block: _Block, labelled: tuple[str, str], n: int, *, again: bool = False) -> None:
    label, value = labelled
    kind = label
    if label.startswith(("email", "e-mail", "correo", "courriel", "mel")):
        kind = "email"
    elif "fax" in label:
        kind = "fax"
    elif label.startswith(("salutation", "tratamiento", "formule")):
        kind = "salutation"
    if again:
        block.labelled[kind] = value
    block.labelled.setdefault(kind, value)
    block.last = n


def _note_inline(page: Page, block: _Block, n: int) -> None:
    found = _SALUTATION.search(page.lines[n])
    if found and found.start() > 0:
        block.labelled.setdefault("salutation", found[1])


def _begins_block(page: Page, block: _Block, n: int, blank: bool) -> bool:
    """Whether a new addressee begins on that line: behind labelled lines, or where an office or name follows an address."""
    line = _text(page, n)
    if (
        block.labelled
        and block.last > max(block.lines)
        and not (set(block.labelled) <= {"salutation"} and is_address(line))
    ):
        return True
    has_address = len(block.lines) > 1 and any(is_address(_text(page, k)) for k in block.lines)
    opens = is_office(line) or starts_office(line) or office_and_name(line) is not None
    if not opens and is_name(line) and n + 1 < len(page.lines):
        below = next((page.lines[k] for k in range(n + 1, min(n + 3, len(page.lines))) if page.lines[k]), "")
        opens = is_office(below) or starts_office(below)
    return has_address and opens and (blank or is_address(_text(page, block.lines[-1])))


def _text(page: Page, n: int) -> str:
    return _SALUTATION.sub("", _NUMBERED.sub("", page.lines[n])).strip().rstrip(",;")


def _target(page: Page, block: _Block) -> Target | None:
    lines = _with_style([text for n in block.lines if (text := _text(page, n))])
    if not lines:
        return None
    role, name, used = _role_and_name(lines)
    email = _EMAIL.search(block.labelled.get("email", ""))
    fax = re.split(r"\s*(?:[;(]| or )", block.labelled.get("fax", ""))[0].strip() or None
    salutation = block.labelled.get("salutation", "").strip(" ,:;.[]") or None
    address = tuple(line for line in lines[used:] if not _EMAIL.search(line))
    if not address and not email and not fax and not salutation and not role:
        return None
    return Target(
        name,
        role,
        address,
        email.group() if email else None,
        fax,
        salutation,
        page.lines_evidence(block.lines[0], block.last),
    )


def _with_style(lines: list[str]) -> list[str]:
    """An address whose first line is only a style, "His Excellency", with the name that it belongs to."""
    if len(lines) > 1 and len(lines[0].split()) > 1 and not is_office(lines[0]):
        is_style = all(fold(word).strip(".,") in _STYLE_WORDS for word in lines[0].split())
        if is_style and is_name(lines[1]):
            return [f"{lines[0].rstrip(',')} {lines[1]}", *lines[2:]]
    return lines


_STYLE_WORDS = word_set(
    "his her your the right honourable hon excellency excellence son sa su excelencia majesty highness royal el excelentisimo excelentisima"
)


def _role_and_name(lines: list[str]) -> tuple[str | None, str | None, int]:
    """Office, name, and how many lines they take."""
    first, second = lines[0], lines[1] if len(lines) > 1 else ""
    if is_office(first):
        if second and is_office(f"{first} {second}") and _goes_on(first, second):
            third = lines[2] if len(lines) > 2 else ""
            return (f"{first} {second}", third, 3) if is_name(third) else (f"{first} {second}", None, 2)
        return (first, second, 2) if second and is_name(second) else (first, None, 1)
    if "(" in first and (told := office_and_name(first)):
        return told[0], told[1], 1
    if is_name(first) and second and (is_office(second) or starts_office(second)):
        return second, first, 2
    both = office_and_name(first)
    if both:
        return both[0], both[1], 1
    if starts_office(first):
        return (first, second, 2) if second and is_name(second) else (first, None, 1)
    if is_name(first):
        return None, first, 1
    return (first, second, 2) if second and is_name(second) else (first, None, 1)


def _goes_on(first: str, second: str) -> bool:
    return first.split()[-1].lower() in ("of", "and", "the", "de", "del", "et", "y", "for", "&") or second.split()[
        0
    ].lower() in ("of", "and", "de", "et", "y", "for", "&")


def _greeted(targets: list[Target], greeting: str | None) -> list[Target]:
    """The addressees with the greeting of the model letter, where they have no salutation of their own."""
    if not greeting:
        return targets
    bare = greeting.strip().rstrip(",:;. ")
    shares = _shares(bare, targets)
    return [
        t if t.salutation else Target(t.name, t.role, t.address, t.email, t.fax, shares[n], t.evidence)
        for n, t in enumerate(targets)
    ]


def _shares(greeting: str, targets: list[Target]) -> list[str]:
    """The greeting of each: a greeting to several ("Dear Director and Chief Procurator") is divided where every part fits."""
    parts = re.split(r"\s*(?:,|/|\band\b|\by\b|\bet\b)\s*(?:(?=\w))", greeting)
    if len(targets) > 1 and len(parts) == len(targets):
        opening = parts[0].split()[0]
        full = [
            part
            if part.lower().startswith(("dear", "señor", "madam", "monsieur", "estimad", opening.lower()))
            else f"{opening} {part}"
            for part in parts
        ]
        if all(_fits(part, target) for part, target in zip(full, targets, strict=True)):
            return [part[:1].upper() + part[1:] for part in full]
    return [greeting] * len(targets)


def _fits(greeting: str, target: Target) -> bool:
    words = set(fold(greeting).split()[1:])
    return bool(words & set(fold(f"{target.role or ''} {target.name or ''}").split()))


def as_before(page: Page) -> Evidence | None:
    """Where a document says that appeals go to the addressees of the earlier output."""
    text = fold(page.text[:60000]).replace("\n", " ")
    places = sorted({found.start() for words in _AS_BEFORE_BEGINS for found in re.finditer(words, text)})
    found = next((match for place in places if (match := _AS_BEFORE.match(text, place))), None)
    return page.evidence(found.start(), found.end()) if found else None


def embassy(page: Page, places: list[int]) -> Evidence | None:
    """Where a document asks for copies to an embassy: near one of the labels for copies."""
    for place in places:
        found = _EMBASSY.search(fold(page.text[place : place + 400]))
        if found:
            return page.evidence(place + found.start(), place + found.end())
    return None
