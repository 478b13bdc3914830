"""How a letter greets an official, in the letter's language, when the document prints the greeting in another one.

The table has each office in the languages we write. An official whose gender the printed greeting tells ("Señor
Fiscal General") keeps it; of everybody else we greet both ("Madame la Directrice, Monsieur le Directeur").
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import takewhile

from campaign.domain.grammar import ELIDES, LANGUAGES, one_line


class Gender(StrEnum):
    WOMAN = "woman"
    MAN = "man"


@dataclass(frozen=True)
class Office:
    """An office as a greeting names it: one English word for it, and for each other language hers and his."""

    en: str
    fr: tuple[str, str]
    es: tuple[str, str]


@dataclass(frozen=True)
class Greeting:
    """What a printed salutation says: its language, the office or title it names, and the official's gender."""

    language: str
    office: Office | None = None
    title: dict[str, str] | None = None
    gender: Gender | None = None

    @property
    def is_named(self) -> bool:
        return bool(self.office or self.title)


NEUTRAL = {"en": "Dear Sir or Madam", "fr": "Madame, Monsieur", "es": "Estimada señora, estimado señor"}

# Greetings without an office, for an official whose gender is told: "Dear Sir", "Madame".
PLAIN = {
    Gender.WOMAN: {"en": "Dear Madam", "fr": "Madame", "es": "Estimada señora"},
    Gender.MAN: {"en": "Dear Sir", "fr": "Monsieur", "es": "Estimado señor"},
}

TITLES = (
    {"en": "Your Excellency", "fr": "Excellence", "es": "Excelencia"},
    {"en": "Your Royal Highness", "fr": "Altesse royale", "es": "Alteza Real"},
    {"en": "Your Highness", "fr": "Altesse", "es": "Alteza"},
    {"en": "Your Majesty", "fr": "Majesté", "es": "Majestad"},
    {"en": "Your Eminence", "fr": "Éminence", "es": "Eminencia"},
)

# English; French, hers and his; Spanish, hers and his. Of rows with the same words the first one translates back.
OFFICES_AS_TEXT = """
Director; Directrice, Directeur; Directora, Director
Director General; Directrice générale, Directeur général; Directora General, Director General
Deputy Director; Directrice adjointe, Directeur adjoint; Subdirectora, Subdirector
General Director; Directrice générale, Directeur général; Directora General, Director General
Prosecutor General; Procureure générale, Procureur général; Fiscal General, Fiscal General
General Prosecutor; Procureure générale, Procureur général; Fiscal General, Fiscal General
Procurator General; Procureure générale, Procureur général; Fiscal General, Fiscal General
Attorney General; Procureure générale, Procureur général; Fiscal General, Fiscal General
Chief Prosecutor; Procureure en chef, Procureur en chef; Fiscal Jefa, Fiscal Jefe
Chief Procurator; Procureure en chef, Procureur en chef; Fiscal Jefa, Fiscal Jefe
Prosecutor; Procureure, Procureur; Fiscal, Fiscal
Public Prosecutor; Procureure, Procureur; Fiscal, Fiscal
State Prosecutor; Procureure, Procureur; Fiscal, Fiscal
Procurator; Procureure, Procureur; Fiscal, Fiscal
Prime Minister; Première ministre, Premier ministre; Primera Ministra, Primer Ministro
Premier; Première ministre, Premier ministre; Primera Ministra, Primer Ministro
Deputy Prime Minister; Vice-Première ministre, Vice-Premier ministre; Viceprimera Ministra, Viceprimer Ministro
Minister; Ministre, Ministre; Ministra, Ministro
Home Secretary; Ministre, Ministre; Ministra, Ministro
Foreign Secretary; Ministre, Ministre; Ministra, Ministro
Deputy Attorney General; Procureure générale adjointe, Procureur général adjoint; Fiscal Adjunta, Fiscal Adjunto
Deputy Minister; Vice-ministre, Vice-ministre; Viceministra, Viceministro
Vice Minister; Vice-ministre, Vice-ministre; Viceministra, Viceministro
President; Présidente, Président; Presidenta, Presidente
Chairperson; Présidente, Président; Presidenta, Presidente
Chairman; Présidente, Président; Presidenta, Presidente
Chairwoman; Présidente, Président; Presidenta, Presidente
Chair; Présidente, Président; Presidenta, Presidente
Speaker; Présidente, Président; Presidenta, Presidente
Vice President; Vice-présidente, Vice-président; Vicepresidenta, Vicepresidente
Governor; Gouverneure, Gouverneur; Gobernadora, Gobernador
Mayor; Maire, Maire; Alcaldesa, Alcalde
Ambassador; Ambassadrice, Ambassadeur; Embajadora, Embajador
Consul; Consule, Consul; Cónsul, Cónsul
Consul General; Consule générale, Consul général; Cónsul General, Cónsul General
Chief Justice; Juge en chef, Juge en chef; Magistrada Presidenta, Magistrado Presidente
Judge; Juge, Juge; Jueza, Juez
Justice; Juge, Juge; Magistrada, Magistrado
Chancellor; Chancelière, Chancelier; Canciller, Canciller
Secretary; Secrétaire, Secrétaire; Secretaria, Secretario
Secretary of State; Secrétaire d’État, Secrétaire d’État; Secretaria de Estado, Secretario de Estado
Secretary General; Secrétaire générale, Secrétaire général; Secretaria General, Secretario General
General Secretary; Secrétaire générale, Secrétaire général; Secretaria General, Secretario General
Undersecretary; Sous-secrétaire, Sous-secrétaire; Subsecretaria, Subsecretario
Commissioner; Commissaire, Commissaire; Comisionada, Comisionado
High Commissioner; Haute-Commissaire, Haut-Commissaire; Alta Comisionada, Alto Comisionado
Commissioner General; Commissaire générale, Commissaire général; Comisionada General, Comisionado General
Police Commissioner; Commissaire, Commissaire; Comisaria, Comisario
Inspector General; Inspectrice générale, Inspecteur général; Inspectora General, Inspector General
Superintendent; Surintendante, Surintendant; Superintendente, Superintendente
Warden; Directrice, Directeur; Directora, Director
Ombudsman; Défenseure des droits, Défenseur des droits; Defensora del Pueblo, Defensor del Pueblo
Ombudsperson; Défenseure des droits, Défenseur des droits; Defensora del Pueblo, Defensor del Pueblo
Senator; Sénatrice, Sénateur; Senadora, Senador
Colonel; Colonelle, Colonel; Coronel, Coronel
General; Générale, Général; General, General
Prefect; Préfète, Préfet; Prefecta, Prefecto
Rector; Rectrice, Recteur; Rectora, Rector
"""


def _office(line: str) -> Office:
    en, fr, es = ([word.strip() for word in column.split(",")] for column in line.split(";"))
    return Office(en[0], (fr[0], fr[1]), (es[0], es[1]))


OFFICES = tuple(_office(line) for line in OFFICES_AS_TEXT.strip().splitlines())

# The words a greeting opens with, folded: the language they are of, and the gender they tell.
OPENINGS: dict[str, tuple[str | None, Gender | None]] = {
    "dear": ("en", None),
    **dict.fromkeys(("mr", "sir"), ("en", Gender.MAN)),
    **dict.fromkeys(("madam", "ms", "mrs"), ("en", Gender.WOMAN)),
    **dict.fromkeys(("monsieur", "cher", "m"), ("fr", Gender.MAN)),
    **dict.fromkeys(("madame", "chere", "mme"), ("fr", Gender.WOMAN)),
    **dict.fromkeys(("senor", "sr", "estimado", "distinguido", "excelentisimo", "excmo"), ("es", Gender.MAN)),
    **dict.fromkeys(("senora", "sra", "estimada", "distinguida", "excelentisima", "excma"), ("es", Gender.WOMAN)),
    **dict.fromkeys(("honorable", "honourable", "the", "le", "la", "l", "el", "or", "ou", "o"), (None, None)),
}
WHOSE_TITLE = frozenset(("your", "his", "her", "votre", "son", "sa", "su", "vuestra"))
# After an office these begin what it is an office of, which a greeting may leave out: "Minister of Justice".
OF = frozenset(("of", "for", "and", "de", "du", "des", "d", "et", "del", "y"))
LONGEST = 120  # a greeting; what is longer was no greeting


def folded(text: str) -> list[str]:
    """The words of a greeting without case, accents and punctuation."""
    plain = "".join(mark for mark in unicodedata.normalize("NFD", text) if not unicodedata.combining(mark))
    return re.findall(r"\w+", plain.casefold())


def _names(language: str) -> dict[tuple[str, ...], tuple[Office, Gender | None]]:
    """Every office's words in a language, with the gender that these words tell."""
    names: dict[tuple[str, ...], tuple[Office, Gender | None]] = {}
    for office in OFFICES:
        if language == "en":
            names.setdefault(tuple(folded(office.en)), (office, None))
            continue
        hers, his = office.fr if language == "fr" else office.es
        for words, gender in ((hers, Gender.WOMAN), (his, Gender.MAN)):
            names.setdefault(tuple(folded(words)), (office, None if hers == his else gender))
    return names


OFFICE_BY_NAME = {language: _names(language) for language in LANGUAGES}
OFFICE_WORDS = frozenset(word for names in OFFICE_BY_NAME.values() for name in names for word in name) - OF


@lru_cache(maxsize=500)
def greeting(printed: str | None, language: str, written_in: str = "en") -> str:
    """The salutation of a letter in `language`, without the mark at its end.

    `printed` is what the document has, in its own language `written_in`. It stays as it is where the languages are the
    same, is translated where we know it, and gives way to a formal neutral greeting where not.
    """
    line = one_line(printed).strip(' ,:;.!"“”«»')
    if not line or len(line) > LONGEST:
        return NEUTRAL[language]
    parts = [part.strip(" ,:;") for part in line.split("/")]  # "Dear Minister / Señor Ministro", "Dear Sir/Madam"
    heard = [(part, found) for part in parts if (found := understood(part)) and (found.is_named or len(parts) == 1)]
    if not heard and len(parts) > 1:
        plain = [(part, found) for part in parts if (found := understood(part))]
        heard = plain if len(plain) == len(parts) else []
    genders = {found.gender for _, found in heard if found.gender}
    own = [part for part, found in heard if found.language == language]
    if own and (len(own) == 1 or len(genders) < 2):
        return own[0]
    if heard:
        return _said(heard[0][1], language, genders.pop() if len(genders) == 1 else None)
    return line if language == written_in else NEUTRAL[language]


def understood(salutation: str) -> Greeting | None:
    """What a printed salutation says; None where it is none that we know."""
    words = folded(salutation)
    if title := _titled(words):
        return title
    opening = [OPENINGS[word] for word in takewhile(OPENINGS.__contains__, words)]
    languages = {language for language, _ in opening if language}
    genders = {gender for _, gender in opening if gender}
    if len(languages) != 1:
        return None
    (language,) = languages
    rest = words[len(opening) :]
    if named := _office_in(rest, language):
        office, told = named
        genders |= {told} if told else set()
        return Greeting(language, office=office, gender=genders.pop() if len(genders) == 1 else None)
    if not rest or (language == "en" and genders and len(rest) <= 3 and not OF.intersection(rest)):
        return Greeting(language, gender=genders.pop() if len(genders) == 1 else None)  # "Dear Sir", "Dear Ms Zhang"
    return None


def _titled(words: list[str]) -> Greeting | None:
    """The greeting of someone who is called by a title: "Your Excellency", "Votre Excellence", "Su Excelencia"."""
    rest = words[words[:1] == ["dear"] :]
    rest = rest[bool(WHOSE_TITLE.intersection(rest[:1])) :]
    for title in TITLES:
        for language, printed in title.items():
            name = [word for word in folded(printed) if word != "your"]
            if rest[: len(name)] == name:
                return Greeting(language, title=title)
    return None


def _office_in(words: list[str], language: str) -> tuple[Office, Gender | None] | None:
    """The office that the words begin with; what follows may be a name or "of ...", but not more of an office."""
    for length in range(len(words), 0, -1):
        if found := OFFICE_BY_NAME[language].get(tuple(words[:length])):
            rest = words[length:]
            return found if not rest or rest[0] in OF or not OFFICE_WORDS.intersection(rest) else None
    return None


def _said(found: Greeting, language: str, gender: Gender | None) -> str:
    """An understood greeting in another language."""
    if found.title:
        return found.title[language]
    if found.office is None:
        return PLAIN[gender][language] if gender else NEUTRAL[language]
    if language == "en":
        return f"Dear {found.office.en}"
    hers, his = _french(found.office) if language == "fr" else _spanish(found.office)
    return {Gender.WOMAN: hers, Gender.MAN: his, None: f"{hers}, {his}"}[gender]


def _french(office: Office) -> tuple[str, str]:
    hers, his = office.fr
    article_hers, article_his = ("l’", "l’") if ELIDES.match(folded(his)[0]) else ("la ", "le ")
    return f"Madame {article_hers}{hers}", f"Monsieur {article_his}{his}"


def _spanish(office: Office) -> tuple[str, str]:
    return f"Señora {office.es[0]}", f"Señor {office.es[1]}"
