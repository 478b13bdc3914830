"""How a person is spoken of in a letter, in each language we write: names, pronouns, number, elision.

English needs pronouns and two kinds of agreement (with the name, and with "they"). The French and Spanish letters are
worded so that nothing depends on anybody's gender, which leaves number, elision and articles.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from campaign.domain.countries import country_called
from campaign.domain.urgent_action import Person

LANGUAGES = ("en", "fr", "es")

APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"
JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"  # Persian and Indic names are spelt with them


class Voice(StrEnum):
    """How somebody wants to be spoken of, as far as we know."""

    SHE = "she"
    HE = "he"
    THEY = "they"


VOICES = {
    **dict.fromkeys(("she", "her", "hers", "ella", "elle", "ela", "sie"), Voice.SHE),
    **dict.fromkeys(("he", "him", "his", "él", "el", "il", "ele", "er"), Voice.HE),
    **dict.fromkeys(("they", "them", "their", "theirs", "iel", "ielle", "elu"), Voice.THEY),
}


def voice(pronouns: str | None, written_in: str = "en") -> Voice | None:
    """The voice that printed pronouns ask for ("she/her", "él", "iel"); None where they are missing or unknown to us.

    Of several ("she/they") the first one counts. "elle" is "she", except in Spanish, where it is neither he nor she.
    """
    words = re.findall(r"[^\W\d_]+", (pronouns or "").casefold())
    if not words:
        return None
    if words[0] == "elle" and written_in == "es":
        return Voice.THEY
    return VOICES.get(words[0])


def one_line(text: str | None) -> str:
    """Foreign text made safe to stand inside a line: no line breaks, control marks or reversals of direction."""
    if text and text.isprintable():
        return " ".join(text.split())
    kept = (
        " " if mark.isspace() else mark
        for mark in text or ""
        if mark.isspace() or mark in JOINERS or unicodedata.category(mark) not in {"Cc", "Cf", "Co", "Cs"}
    )
    return " ".join("".join(kept).split())


def sentence_start(text: str) -> str:
    """The text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def listed(items: Iterable[str], conjunction: str) -> str:
    """ "a", "a and b", "a, b and c", without the empty ones; ", and" after an item with an "and" of its own."""
    *before, last = [item for item in map(one_line, items) if item] or [""]
    if not before:
        return last
    if conjunction == "y" and re.match(r"h?i(?![aeoáéó])", last.casefold()):
        conjunction = "e"
    is_nested = any(
        f" {conjunction} " in item or "," in item for item in (before if len(before) == 1 else [*before, last])
    )
    return f"{', '.join(before)}{',' if is_nested else ''} {conjunction} {last}"


@dataclass(frozen=True)
class Mention:
    """A person as a letter speaks of them; `name` is fit to stand in the middle of a sentence."""

    name: str
    voice: Voice | None
    is_group: bool

    def pick(self, one: str, many: str) -> str:
        """The first words for an individual, the second for a group."""
        return many if self.is_group else one


@dataclass(frozen=True)
class EnglishMention(Mention):
    """English: pronouns, and verbs that agree with the name ("Sam is") or with the pronoun ("they are")."""

    def _form(self, she: str, he: str, they: str) -> str:
        if self.is_group:
            return they
        return {Voice.SHE: she, Voice.HE: he}.get(self.voice or Voice.THEY, they)

    @property
    def subject(self) -> str:
        return self._form("she", "he", "they")

    @property
    def object(self) -> str:
        return self._form("her", "him", "them")

    @property
    def possessive(self) -> str:
        return self._form("her", "his", "their")

    @property
    def reflexive(self) -> str:
        return self._form("herself", "himself", "themselves")

    @property
    def name_possessive(self) -> str:
        """ "Huang's", "Jones's"; of a group that ends in s, "the families'"."""
        return self.name + (APOSTROPHE if self.is_group and self.name.endswith("s") else f"{APOSTROPHE}s")

    def verb(self, singular: str, plural: str) -> str:
        """The form that follows the pronoun: "she is", "they are"."""
        return plural if self.subject == "they" else singular


@dataclass(frozen=True)
class FrenchMention(Mention):
    """French: the name after "de", "à" and "que", and the pronouns that have no gender."""

    @property
    def de(self) -> str:
        """ "d'Ana", "de Huang", "des membres de la communauté"."""
        if self.name.startswith("les "):
            return f"des {self.name[4:]}"
        return elided("de", self.name)

    @property
    def again(self) -> str:
        """Whoever was named before: the full name; a group's long one need not come back."""
        return self.pick(self.name, "ces personnes")

    @property
    def de_again(self) -> str:
        return self.pick(self.de, "de ces personnes")

    @property
    def a(self) -> str:
        """ "à Ana", "aux membres de la communauté"."""
        return f"aux {self.name[4:]}" if self.name.startswith("les ") else f"à {self.name}"

    @property
    def que(self) -> str:
        """ "qu'Ana", "que Huang"."""
        return elided("que", self.name)

    @property
    def lui(self) -> str:
        return self.pick("lui", "leur")


@dataclass(frozen=True)
class SpanishMention(Mention):
    """Spanish: everything that changes is number, so `pick` and the dative are enough."""

    @property
    def again(self) -> str:
        """Whoever was named before: the full name; a group's long one need not come back."""
        return self.pick(self.name, "estas personas")

    @property
    def le(self) -> str:
        return self.pick("le", "les")


def mention(person: Person, language: str, written_in: str = "en") -> Mention:
    """How a letter in `language` speaks of the person; `written_in` is the language of the document that names them."""
    name, spoken = one_line(person.name), voice(person.pronouns, written_in)
    if language == "fr":
        return FrenchMention(french_group(name) if person.is_group else name, spoken, person.is_group)
    if language == "es":
        return SpanishMention(spanish_group(name) if person.is_group else name, spoken, person.is_group)
    return EnglishMention(english_group(name) if person.is_group else name, spoken, person.is_group)


# French elision ------------------------------------------------------------------------------------------------------

# Before a second vowel, i, y and ou are spoken as consonants: "de Yasmine", "de Iouri", "de Ouattara", but "d'Yvonne".
# An h keeps its distance in names from abroad: "de Huang", "de Hassan".
ELIDES = re.compile(r"(?!(?:[iy]|ou)[aeiouy])[aeiouyœæøı]")


def elided(word: str, name: str) -> str:
    """ "de" or "que" with the name that follows: "d'Ana", "qu'Élodie", "de Huang"."""
    plain = "".join(mark for mark in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(mark))
    return f"{word[:-1]}{APOSTROPHE}{name}" if ELIDES.match(plain) else f"{word} {name}"


# Groups --------------------------------------------------------------------------------------------------------------

ENGLISH_COLLECTIVES = re.compile(
    r"\b(?:activists|children|communit(?:y|ies)|famil(?:y|ies)|group|inhabitants|journalists|members|men|peoples?|prisoners"
    r"|protesters|refugees|residents|students|tribe|villagers?|women|workers)\b",
    re.I,
)
ENGLISH_AMOUNTS = re.compile(
    r"(?:dozens|hundreds|thousands|several|some|many|over|about|around|two|three|four|five)\b", re.I
)

ENGLISH_COMMUNITY = re.compile(r"(?:the )?(?:(?P<whose>.+?) )?(?P<noun>community|communities)(?: of (?P<of>.+))?", re.I)
FRENCH_COMMUNITY = re.compile(r"(?:la |les )?(?P<noun>communautés?)(?: (?P<whose>.+))?", re.I)
SPANISH_COMMUNITY = re.compile(r"(?:la |las )?(?P<noun>comunidade?s?)(?: (?P<whose>.+))?", re.I)

# What English puts before "community" and its neighbours after: (one community, many of them).
FRENCH_KINDS = {"indigenous": ("autochtone", "autochtones"), "local": ("locale", "locales")}
SPANISH_KINDS = {"indigenous": ("indígena", "indígenas"), "local": ("local", "locales")}


@dataclass(frozen=True)
class Community:
    """A group named as a community: "Indigenous community of X", "X community", "Comunidad X"."""

    is_many: bool
    whose: str
    of: str


def community(name: str) -> Community | None:
    """What a group's name says, where it is a community's name in a language we write; else None."""
    if found := ENGLISH_COMMUNITY.fullmatch(name):
        return Community(found["noun"].casefold() == "communities", found["whose"] or "", found["of"] or "")
    for pattern in (FRENCH_COMMUNITY, SPANISH_COMMUNITY):
        if found := pattern.fullmatch(name):
            whose = found["whose"] or ""
            of = re.match(r"(?:de |d['’])(?!la |las |los |les |l['’])(.+)", whose, re.I)
            return Community(found["noun"].casefold().endswith("s"), "" if of else whose, of[1] if of else "")
    return None


def english_group(name: str) -> str:
    """A group's name with the article it needs: "the Community of Vila Canário"."""
    if name[:4].casefold() == "the ":
        return f"the {name[4:]}"
    if ENGLISH_AMOUNTS.match(name):
        return name[:1].lower() + name[1:]
    return f"the {name}" if ENGLISH_COLLECTIVES.search(name) else name


def french_group(name: str) -> str:
    """A group's name in French, in the plural: "les membres de la communauté de Vila Canário"."""
    known = community(name)
    if known is None:
        return name
    article, noun = ("des", "communautés") if known.is_many else ("de la", "communauté")
    kind = FRENCH_KINDS.get(known.whose.casefold(), (known.whose, known.whose))[known.is_many]
    place = elided("de", known.of) if known.of else ""
    return " ".join(part for part in ("les membres", article, noun, kind, place) if part)


def spanish_group(name: str) -> str:
    """A group's name in Spanish, in the plural: "las personas de la comunidad de Vila Canário"."""
    known = community(name)
    if known is None:
        return name
    noun = "las comunidades" if known.is_many else "la comunidad"
    kind = SPANISH_KINDS.get(known.whose.casefold(), (known.whose, known.whose))[known.is_many]
    place = f"de {known.of}" if known.of else ""
    return " ".join(part for part in ("las personas de", noun, kind, place) if part)


# Countries -----------------------------------------------------------------------------------------------------------

COUNTRIES = """
Afghanistan|Afghanistan|Afganistán; Albania|Albanie|Albania; Algeria|Algérie|Argelia; Andorra|Andorre|Andorra
Angola|Angola|Angola; Antigua and Barbuda|Antigua-et-Barbuda|Antigua y Barbuda; Argentina|Argentine|Argentina
Armenia|Arménie|Armenia; Australia|Australie|Australia; Austria|Autriche|Austria; Azerbaijan|Azerbaïdjan|Azerbaiyán
Bahamas|Bahamas|Bahamas; Bahrain|Bahreïn|Bahréin; Bangladesh|Bangladesh|Bangladesh; Barbados|Barbade|Barbados
Belarus|Bélarus|Bielorrusia; Belgium|Belgique|Bélgica; Belize|Belize|Belice; Benin|Bénin|Benín; Bhutan|Bhoutan|Bután
Bolivia|Bolivie|Bolivia; Bosnia and Herzegovina|Bosnie-Herzégovine|Bosnia y Herzegovina; Botswana|Botswana|Botsuana
Brazil|Brésil|Brasil; Brunei|Brunei|Brunéi; Bulgaria|Bulgarie|Bulgaria; Burkina Faso|Burkina Faso|Burkina Faso
Burundi|Burundi|Burundi; Cambodia|Cambodge|Camboya; Cameroon|Cameroun|Camerún; Canada|Canada|Canadá
Cape Verde|Cap-Vert|Cabo Verde; Central African Republic|République centrafricaine|República Centroafricana
Chad|Tchad|Chad; Chile|Chili|Chile; China|Chine|China; Colombia|Colombie|Colombia; Comoros|Comores|Comoras
Congo|Congo|Congo; Costa Rica|Costa Rica|Costa Rica; Croatia|Croatie|Croacia; Cuba|Cuba|Cuba; Cyprus|Chypre|Chipre
Czech Republic|République tchèque|República Checa; Côte d'Ivoire|Côte d’Ivoire|Costa de Marfil
Democratic Republic of the Congo|République démocratique du Congo|República Democrática del Congo
Denmark|Danemark|Dinamarca; Djibouti|Djibouti|Yibuti; Dominica|Dominique|Dominica
Dominican Republic|République dominicaine|República Dominicana; Ecuador|Équateur|Ecuador; Egypt|Égypte|Egipto
El Salvador|Salvador|El Salvador; Equatorial Guinea|Guinée équatoriale|Guinea Ecuatorial; Eritrea|Érythrée|Eritrea
Estonia|Estonie|Estonia; Eswatini|Eswatini|Esuatini; Ethiopia|Éthiopie|Etiopía; Fiji|Fidji|Fiyi
Finland|Finlande|Finlandia; France|France|Francia; Gabon|Gabon|Gabón; Gambia|Gambie|Gambia; Georgia|Géorgie|Georgia
Germany|Allemagne|Alemania; Ghana|Ghana|Ghana; Greece|Grèce|Grecia; Grenada|Grenade|Granada
Guatemala|Guatemala|Guatemala; Guinea|Guinée|Guinea; Guinea-Bissau|Guinée-Bissau|Guinea-Bisáu; Guyana|Guyana|Guyana
Haiti|Haïti|Haití; Honduras|Honduras|Honduras; Hong Kong|Hong Kong|Hong Kong; Hungary|Hongrie|Hungría
Iceland|Islande|Islandia; India|Inde|India; Indonesia|Indonésie|Indonesia; Iran|Iran|Irán; Iraq|Irak|Irak
Ireland|Irlande|Irlanda; Israel|Israël|Israel
Israel and the Occupied Palestinian Territory|Israël et Territoire palestinien occupé|Israel y Territorio Palestino Ocupado
Italy|Italie|Italia; Jamaica|Jamaïque|Jamaica; Japan|Japon|Japón; Jordan|Jordanie|Jordania
Kazakhstan|Kazakhstan|Kazajistán; Kenya|Kenya|Kenia; Kiribati|Kiribati|Kiribati; Kosovo|Kosovo|Kosovo
Kuwait|Koweït|Kuwait; Kyrgyzstan|Kirghizistan|Kirguistán; Laos|Laos|Laos; Latvia|Lettonie|Letonia
Lebanon|Liban|Líbano; Lesotho|Lesotho|Lesoto; Liberia|Libéria|Liberia; Libya|Libye|Libia
Liechtenstein|Liechtenstein|Liechtenstein; Lithuania|Lituanie|Lituania; Luxembourg|Luxembourg|Luxemburgo
Macao|Macao|Macao; Madagascar|Madagascar|Madagascar; Malawi|Malawi|Malaui; Malaysia|Malaisie|Malasia
Maldives|Maldives|Maldivas; Mali|Mali|Malí; Malta|Malte|Malta; Marshall Islands|Îles Marshall|Islas Marshall
Mauritania|Mauritanie|Mauritania; Mauritius|Maurice|Mauricio; Mexico|Mexique|México; Micronesia|Micronésie|Micronesia
Moldova|Moldavie|Moldavia; Monaco|Monaco|Mónaco; Mongolia|Mongolie|Mongolia; Montenegro|Monténégro|Montenegro
Morocco|Maroc|Marruecos; Morocco and Western Sahara|Maroc et Sahara occidental|Marruecos y Sáhara Occidental
Mozambique|Mozambique|Mozambique; Myanmar|Myanmar|Myanmar; Namibia|Namibie|Namibia; Nauru|Nauru|Nauru
Nepal|Népal|Nepal; Netherlands|Pays-Bas|Países Bajos; New Zealand|Nouvelle-Zélande|Nueva Zelanda
Nicaragua|Nicaragua|Nicaragua; Niger|Niger|Níger; Nigeria|Nigéria|Nigeria; North Korea|Corée du Nord|Corea del Norte
North Macedonia|Macédoine du Nord|Macedonia del Norte; Norway|Norvège|Noruega; Oman|Oman|Omán
Pakistan|Pakistan|Pakistán; Palau|Palaos|Palaos; Palestine|Palestine|Palestina; Panama|Panama|Panamá
Papua New Guinea|Papouasie-Nouvelle-Guinée|Papúa Nueva Guinea; Paraguay|Paraguay|Paraguay; Peru|Pérou|Perú
Philippines|Philippines|Filipinas; Poland|Pologne|Polonia; Portugal|Portugal|Portugal
Puerto Rico|Porto Rico|Puerto Rico; Qatar|Qatar|Catar; Romania|Roumanie|Rumanía; Russia|Russie|Rusia
Rwanda|Rwanda|Ruanda; Saint Kitts and Nevis|Saint-Kitts-et-Nevis|San Cristóbal y Nieves
Saint Lucia|Sainte-Lucie|Santa Lucía
Saint Vincent and the Grenadines|Saint-Vincent-et-les-Grenadines|San Vicente y las Granadinas; Samoa|Samoa|Samoa
San Marino|Saint-Marin|San Marino; Sao Tome and Principe|Sao Tomé-et-Principe|Santo Tomé y Príncipe
Saudi Arabia|Arabie saoudite|Arabia Saudí; Senegal|Sénégal|Senegal; Serbia|Serbie|Serbia
Seychelles|Seychelles|Seychelles; Sierra Leone|Sierra Leone|Sierra Leona; Singapore|Singapour|Singapur
Slovakia|Slovaquie|Eslovaquia; Slovenia|Slovénie|Eslovenia; Solomon Islands|Îles Salomon|Islas Salomón
Somalia|Somalie|Somalia; South Africa|Afrique du Sud|Sudáfrica; South Korea|Corée du Sud|Corea del Sur
South Sudan|Soudan du Sud|Sudán del Sur; Spain|Espagne|España; Sri Lanka|Sri Lanka|Sri Lanka; Sudan|Soudan|Sudán
Suriname|Suriname|Surinam; Sweden|Suède|Suecia; Switzerland|Suisse|Suiza; Syria|Syrie|Siria; Taiwan|Taïwan|Taiwán
Tajikistan|Tadjikistan|Tayikistán; Tanzania|Tanzanie|Tanzania; Thailand|Thaïlande|Tailandia
Timor-Leste|Timor-Leste|Timor Oriental; Togo|Togo|Togo; Tonga|Tonga|Tonga
Trinidad and Tobago|Trinité-et-Tobago|Trinidad y Tobago; Tunisia|Tunisie|Túnez; Turkey|Turquie|Turquía
Turkmenistan|Turkménistan|Turkmenistán; Tuvalu|Tuvalu|Tuvalu; USA|États-Unis|Estados Unidos; Uganda|Ouganda|Uganda
Ukraine|Ukraine|Ucrania; United Arab Emirates|Émirats arabes unis|Emiratos Árabes Unidos
United Kingdom|Royaume-Uni|Reino Unido; Uruguay|Uruguay|Uruguay; Uzbekistan|Ouzbékistan|Uzbekistán
Vanuatu|Vanuatu|Vanuatu; Vatican City|Vatican|Vaticano; Venezuela|Venezuela|Venezuela; Viet Nam|Viêt Nam|Vietnam; Vietnam|Viêt Nam|Vietnam
Western Sahara|Sahara occidental|Sáhara Occidental; Yemen|Yémen|Yemen; Zambia|Zambie|Zambia
Zimbabwe|Zimbabwe|Zimbabue
"""
ROWS = [dict(zip(LANGUAGES, entry.strip().split("|"), strict=True)) for entry in re.split(r"[;\n]", COUNTRIES.strip())]
COUNTRY_NAMES = {row["en"]: row for row in ROWS}


def country_in(country: str | None, language: str) -> str | None:
    """A country's name in the letter's language; None where there is no country, or no name for it that we know."""
    name = one_line(country)
    if not name or language == "en":
        return name or None
    row = COUNTRY_NAMES.get(name) or COUNTRY_NAMES.get(country_called(name) or "")
    return row[language] if row else None
