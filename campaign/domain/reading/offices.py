"""Words that tell an office from a name and from an address, by language."""

import re
from functools import lru_cache

from campaign.domain.countries import country_called
from campaign.domain.folding import fold

ROLE_WORDS: dict[str, str] = {
    "en": "president vice-president minister prime prime-minister crown prince mufti premier chancellor king queen emir amir sultan governor prosecutor procurator attorney director director-general "
    "commissioner inspector inspector-general secretary secretary-general judge justice magistrate chief head chairman chairwoman chairperson chair superintendent commander commandant warden "
    "mayor ambassador speaker general solicitor ombudsman ombudsperson administrator registrar representative leader rapporteur supervisor deputy vice acting first lieutenant-governor "
    "executive commanding commander-in-chief chief-of-staff sheriff officer manager ceo rector provost dean principal high supreme public interior home foreign military regional provincial",
    "es": "presidente presidenta vicepresidente ministro ministra fiscal gobernador gobernadora director directora juez jueza secretario secretaria alcalde alcaldesa embajador embajadora defensor defensora "
    "procurador procuradora comisario comandante jefe jefa intendente rey reina primer primera canciller viceministro viceministra comisionado comisionada magistrado magistrada general",
    "fr": "president presidente ministre procureur procureure directeur directrice gouverneur gouverneure prefet prefete juge secretaire maire ambassadeur ambassadrice garde chef cheffe commandant "
    "commissaire roi reine premier premiere vice-president vice-presidente mediateur mediatrice rapporteur general generale",
}
FILLING_WORDS: dict[str, str] = {
    "en": "command charge eastern western northern southern of the and for to in on at & / - , state republic federal national union islamic people's peoples kingdom security internal affairs interior justice human rights police prisons prison corrections correctional services service home foreign "
    "defence defense health education labour labor immigration citizenship armed forces force army staff intelligence investigation investigations investigative committee council court supreme appeals appeal high constitutional public prosecution cabinet "
    "government parliament assembly senate city province provincial region regional district county municipal central bureau department ministry office authority agency commission external relations social welfare development economy finance planning interior's "
    "detention centre center penitentiary penal system law legal order safety general people procuratorate judiciary environment agriculture energy water lands women children family religious information culture sports youth emergency border guard national",
    "es": "de del la el los las y e en para a general nacional estado republica gobierno interior justicia seguridad publica derechos humanos relaciones exteriores defensa salud policia corte suprema tribunal supremo ejecutivo penitenciario penitenciaria prisiones "
    "asuntos publico pueblo ciudad provincia region departamento municipal federal ambiente ambiente educacion trabajo gobernacion",
    "fr": "de du des d l la le les et en a au aux pour general generale national nationale etat republique gouvernement interieur justice sceaux securite publique droits humains affaires etrangeres defense sante police cour supreme tribunal conseil "
    "premier premiere instance appel penitentiaire prisons travail region prefecture territoire administration decentralisation",
}  # fmt: skip
ADDRESS_WORDS: dict[str, str] = {
    "en": "ministry office offices department headquarters palace building street st avenue ave road rd boulevard square secretariat courthouse prison bureau commission parliament house embassy "
    "box po compound complex tower floor barracks directorate institute centre center station agency council assembly cabinet division authority corps administration committee district province "
    "region city zone block sector plaza place lane drive highway way town village suite room municipality postal zip code hall court capitol square terrace park estate island mail service services",
    "es": "cuartel comandancia jefatura ministerio fiscalia calle carrera avenida avda edificio colonia palacio plaza paseo piso oficina barrio sede casa codigo apartado congreso corte procuraduria direccion presidencia jiron km esquina despacho gobernacion alcaldia poder defensoria",
    "fr": "ministere palais rue avenue boulevard immeuble cabinet bp place quartier bureau cedex boite prefecture direction presidence route tribunal parquet gouvernorat secretariat batiment villa hotel residence primature chancellerie etat-major",
}  # fmt: skip
HONORIFIC_WORDS = frozenset(
    ["general", "lieutenant-general", "major-general", "brigadier-general", "colonel", "lieutenant-colonel", "major", "captain", "brigadier", "admiral", "marshal", "counsellor", "counselor", "advocate", "adv", "chief", "alhaji", "alhaja", "haji", "dr", "dr.", "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "prof", "prof.", "professor", "engineer", "eng.", "sheikh", "shaikh", "his", "her", "excellency", "h.e.", "he", "hon", "hon.", "honourable", "honorable", "rt.", "sir", "dame", "lady", "lord", "prince", "princess", "ayatollah", "hojjatoleslam", "hojatoleslam", "mullah", "imam", "sayyid", "don", "dona", "lic.", "ing.", "senor", "senora", "sr.", "sra.", "excmo.", "excma.", "excelentisimo", "m.", "mme", "monsieur", "madame", "me", "maitre", "justice", "judge", "u", "daw", "gen.", "lt.", "col.", "maj.", "capt.", "cdr.", "commander", "rev.", "father", "bishop", "mgr.", "s.e.", "s.e.m.", "son", "excellence", "su", "excelencia", "comrade", "nana", "otunba", "barrister"]
)  # fmt: skip


# "Chief Prosecution Office" is a body; "State Attorney General" and "Military Judge" are offices.
_BODIES = frozenset(
    [
        "office",
        "offices",
        "department",
        "bureau",
        "ministry",
        "court",
        "headquarters",
        "service",
        "services",
        "authority",
        "commission",
        "council",
        "committee",
        "agency",
        "secretariat",
        "prosecution",
        "directorate",
    ]
)
_OF = frozenset(["of", "de", "del", "du", "des", "d", "for", "para", "pour"])
_QUALIFIERS = frozenset(
    [
        "state",
        "government",
        "national",
        "federal",
        "union",
        "prison",
        "police",
        "district",
        "departmental",
        "municipal",
        "city",
        "county",
        "central",
        "royal",
        "army",
        "security",
        "provincial",
        "regional",
        "military",
        "civil",
        "criminal",
        "senior",
        "examining",
        "investigating",
        "court",
    ]
)
_ONLY_QUALIFY = frozenset(
    [
        "high",
        "supreme",
        "public",
        "interior",
        "home",
        "foreign",
        "military",
        "regional",
        "provincial",
        "first",
        "prime",
        "crown",
        "acting",
        "vice",
        "deputy",
    ]
)


@lru_cache(maxsize=1)
def _sets() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    def words(table: dict[str, str]) -> frozenset[str]:
        return frozenset(word for row in table.values() for word in row.split())

    return words(ROLE_WORDS), words(FILLING_WORDS), words(ADDRESS_WORDS)


def _words(line: str) -> list[str]:
    return [
        word
        for word in re.findall(r"[^\s,/()&]+", fold(line).replace("’", "'").replace("l'", "l ").replace("d'", "d "))
        if word.strip(".-")
    ]


def _is_role_word(word: str) -> bool:
    roles = _sets()[0]
    return word.strip(".") in roles or ("-" in word and word.split("-")[0] in roles)


def _fills(words: list[str]) -> bool:
    roles, filling, _ = _sets()
    return all(
        word.strip(".") in filling or word.strip(".'s") in filling or _is_role_word(word) or word in roles
        for word in words
    )


@lru_cache(maxsize=512)
def is_office(line: str) -> bool:
    """Whether a line is the name of an office and nothing else: "Minister of Internal Affairs"."""
    words = _words(line)
    if (
        not words
        or not any(_is_role_word(word) for word in words[:4])
        or words[0] in ("office", "ministry", "department", "bureau")
    ):
        return False
    if words[-1].strip(".") in _BODIES and not _OF.intersection(words):
        return False
    if words[0] in _QUALIFIERS:
        return _fills(words) and _is_role_word(words[-1]) and words[-1] not in _ONLY_QUALIFY
    if words[0] in _sets()[2] and not _is_role_word(words[0]):
        return False
    known = [word for word in words if not country_called(word)]
    return _fills(known) and _is_role_word(next((w for w in words if w not in ("the", "el", "la", "le")), ""))


@lru_cache(maxsize=512)
def starts_office(line: str) -> bool:
    """Whether a line begins with an office, whatever follows: "Director of Urumqi No. 1 Prison"."""
    words = _words(line)
    return (
        bool(words)
        and _is_role_word(words[0])
        and any(word in ("of", "de", "del", "du", "des", "for", "d") for word in words[1:4])
    )


@lru_cache(maxsize=512)
def is_address(line: str) -> bool:
    """Whether a line is part of an address: it has a figure, a street or building word, or ends with a country."""
    if any(map(str.isdigit, line)) or country_called(line.rsplit(",", 1)[-1]):
        return True
    words = _words(line)
    return any(word.strip(".") in _sets()[2] for word in words) or "@" in line


@lru_cache(maxsize=512)
def is_name(line: str) -> bool:
    """Whether a line can be somebody's name, with the titles before it."""
    words = line.replace(",", " ").split()
    if not 1 < len(words) <= 8 or is_address(line) or is_office(line):
        return False
    return all(word[0].isupper() or not word[0].isascii() or fold(word) in ("al", "el", "bin", "de", "da", "la", "van", "von", "der", "del", "dos", "do", "y", "e", "ould", "ben", "ibn", "st", "du", "di", "den") or "-" in word or "'" in word
               for word in words if word[0].isalpha()) and words[0][0].isalpha()  # fmt: skip


def office_and_name(line: str) -> tuple[str, str] | None:
    """An office and a name that share a line: "Minister of Justice Keo Sambath", "Zhang Jian, Chief Procurator"."""
    bracketed = re.fullmatch(r"(?P<name>[^()]+)\((?P<office>[^()]+)\)", line.strip())
    if (
        bracketed
        and (is_office(bracketed["office"]) or starts_office(bracketed["office"]))
        and is_name(bracketed["name"].strip())
    ):
        return bracketed["office"].strip(), bracketed["name"].strip()
    mark = "," if "," in line else ":" if ":" in line else ""
    if mark:
        first, _, second = line.partition(mark)
        for office, name in ((first, second), (second, first)):
            if (is_office(office) or starts_office(office)) and is_name(name.strip()):
                return office.strip(), name.strip()
    words = line.split()
    for cut in range(len(words) - 1, 0, -1):
        office, name = " ".join(words[:cut]), " ".join(words[cut:])
        if (
            is_office(office)
            and not _ends_open(office)
            and is_name(name)
            and not is_office(words[cut])
            and fold(words[cut]) not in _sets()[1]
        ):
            while (
                fold(office.split()[-1]) in HONORIFIC_WORDS
                and len(office.split()) > 1
                and is_office(" ".join(office.split()[:-1]))
                and not _ends_open(" ".join(office.split()[:-1]))
            ):
                if fold(office.split()[-1]) in ("general", "justice", "chief") and len(office.split()) == 2:
                    break
                office, name = " ".join(office.split()[:-1]), office.split()[-1] + " " + name
            return office, name
    return None


def _ends_open(office: str) -> bool:
    return fold(office.split()[-1]) in (
        "of",
        "the",
        "and",
        "for",
        "de",
        "del",
        "la",
        "du",
        "des",
        "et",
        "y",
        "&",
        "d'",
        "to",
        "les",
        "los",
        "el",
        "le",
    )
