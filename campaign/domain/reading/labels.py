"""The printed labels that divide an output, by language, and where they stand on a page.

Labels are written here in ordinary words; they are looked for without blanks, case and accents, so a label
that lost a blank or was broken over two lines is still found.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from campaign.domain.folding import fold
from campaign.domain.patterns import Literals
from campaign.domain.reading.page import Page


class Label(StrEnum):
    """What a printed label announces."""

    ACT = "act"  # letters are asked for
    ADDRESSEES = "addressees"
    COPIES = "copies"
    UNTIL = "until"
    CHECK = "check"
    LANGUAGES = "languages"
    NAMES = "names"
    GENDER = "gender"
    BACKGROUND = "background"
    CLOSING_LINE = "closing line"
    EARLIER = "earlier"
    SAMPLE = "sample"
    ASIDE = "aside"  # what a web page says of itself


# Labels so long that they mean the same wherever they stand.
ANYWHERE: dict[str, dict[Label, tuple[str, ...]]] = {
    "en": {
        Label.ACT: (
            "take action: write an appeal", "take action: write", "please write immediately", "write an appeal in your own words",
            "further recommended action", "recommended action", "please send telegrams", "please send letters",
            "please send faxes", "please send appeals to arrive", "please send emails", "please send airmail",
            "or use this model letter", "please send appeals immediately", "please send politely worded",
            "please email or write", "please write letters", "please write a letter", "please write your letter",
        ),
        Label.UNTIL: (
            "please take action as soon as possible until", "take action as soon as possible until", "please take action until",
            "please send appeals before", "send appeals before", "please send your appeals before", "appeals before",
            "this bulletin expires", "if sending appeals after", "if you wish to send appeals after", "please take action before",
            "please send appeals by", "please write before", "please act before", "take action by", "please send appeals until",
            "please send letters before", "if sending letters after", "please act by", "please act as soon as possible before",
            "please act as soon as possible until", "please take action as soon as possible and before", "please take action as soon as possible and no later than",
            "please take action as soon as possible before", "please take action by", "take action before", "send your appeals before", "please write by", "please appeal before",
            "please send your messages before", "send your message before", "send your messages by", "send your message by", "send your letter before", "send your letters before", "send your letter by", "send your email before", "send your email by", "this urgent action expires", "this action expires", "deadline for appeals", "deadline for action", "deadline for sending appeals",
        ),
        Label.CHECK: ("please check with the amnesty office", "please check with your section", "check with the international secretariat", "check with your section"),
        Label.LANGUAGES: ("preferred language to address target", "preferred languages to address target", "preferred language to address the target",
            "preferred language to address targets", "preferred language:", "preferred languages:", "preferred language(s)", "preferred language for appeals",
            "preferred languages for appeals", "languages to be used", "language(s) to be used", "preferred languages to address the target", "preferred languages to address targets"),
        Label.NAMES: ("name and preferred pronoun", "name and preferred pronouns", "names and preferred pronouns", "names and preferred pronoun",
            "name and pronoun", "name and pronouns", "names and pronouns", "name and preferred pronoun(s)"),
        Label.EARLIER: ("link to previous ua", "links to previous ua", "link to previous urgent action", "links to previous urgent actions"),
        Label.COPIES: ("copies of your appeals to", "copies of appeals to", "copy of your appeal to", "copies of your letters to", "copies of letters to", "copy of your letter to", "and copies to", "copies to:", "send copies to", "please also send copies", "and to diplomatic representatives"),
        Label.ADDRESSEES: ("appeals to:",),
    },
    "es": {
        Label.ACT: ("actuen: escriban", "actue: escriba", "actua: escribe", "actua: redacta", "actuen: redacten", "actue: redacte", "escriban inmediatamente", "utilicen esta carta modelo",
            "utiliza esta carta modelo", "acciones recomendadas", "accion recomendada", "envien llamamientos", "envien cartas"),
        Label.UNTIL: ("lo antes posible, hasta el", "lo antes posible, y hasta el", "lo antes posible, y antes del", "lo antes posible, y antes de el", "lo antes posible, antes del", "actuen lo antes posible hasta el", "actue lo antes posible hasta el", "actua lo antes posible hasta el", "actuen lo antes posible hasta", "envien llamamientos antes del",
            "envien sus llamamientos antes del", "actuen antes del", "actue antes del", "actua antes del", "actuen lo antes posible, antes del", "actuen lo antes posible y antes del",
            "actuen lo antes posible y hasta el", "actuen lo antes posible antes del", "actue lo antes posible antes del", "actua lo antes posible antes del", "envie llamamientos antes del",
            "envie sus llamamientos antes del", "envia tu llamamiento antes del", "envien sus cartas antes del", "escriban antes del", "escriba antes del", "fecha limite para actuar", "fecha limite para enviar llamamientos",
            "fecha limite:", "plazo para actuar", "despues del plazo:", "si van a enviar llamamientos despues del", "si van a enviarlos despues del", "si desean enviarlos despues del", "si desean enviar llamamientos despues del", "si envian sus llamamientos despues del", "si envian llamamientos despues del"),
        Label.CHECK: ("consulten con la oficina", "consulten con su oficina", "consulte con la oficina", "consulta con la oficina", "consulten con la seccion", "consulten con su seccion"),
        Label.LANGUAGES: ("idioma preferido para dirigirse", "idiomas preferidos para dirigirse", "idioma preferente para dirigirse", "idiomas preferentes para dirigirse", "idioma preferido:", "idiomas preferidos:", "idioma(s) preferido(s)",
            "idioma en que escribir", "idiomas en que escribir", "idioma de preferencia", "idiomas de preferencia", "idioma preferible", "puedes escribir llamamientos en:", "puede escribir llamamientos en:", "pueden escribir llamamientos en:", "pueden escribir en:", "puedes escribir en:"),
        Label.NAMES: ("nombre y pronombre preferido", "nombres y pronombres preferidos", "nombre y pronombres preferidos", "nombre y pronombre", "nombres y pronombres", "nombres y pronombre preferido",
            "nombre y genero preferido"),
        Label.EARLIER: ("enlace a la au anterior", "enlaces a la au anterior", "enlace a las au anteriores", "enlaces a las au anteriores", "enlace a la accion urgente anterior"),
        Label.COPIES: ("copias de sus llamamientos a", "copias de los llamamientos a", "copias de sus cartas a", "y copias a", "envien copias a", "envien tambien copias", "copias a:"),
        Label.ADDRESSEES: ("llamamientos a:",),
    },
    "fr": {
        Label.ACT: ("passez a l'action: ecrivez", "passez a l'action: redigez", "passez a l'action", "agissez: ecrivez", "ecrivez immediatement", "veuillez ecrire immediatement",
            "veuillez ecrire sans delai", "merci d'ecrire immediatement", "merci d'ecrire sans delai", "priere d'ecrire immediatement", "vous pouvez utiliser ce modele", "utilisez ce modele de lettre", "utilisez le modele de lettre", "action recommandee", "actions recommandees", "dans les appels que vous ferez parvenir",
            "ecrivez un appel"),
        Label.UNTIL: ("veuillez agir des que possible avant le", "veuillez agir des que possible jusqu'au", "agissez des que possible avant le", "agissez des que possible jusqu'au", "merci d'agir des que possible avant le",
            "merci d'agir des que possible jusqu'au", "envoyez vos appels avant le", "envoyez des appels avant le", "veuillez envoyer vos appels avant le", "agissez dans les plus brefs delais avant le",
            "agissez dans les plus brefs delais jusqu'au", "dans les plus brefs delais, avant le", "dans les plus brefs delais et avant le", "dans les plus brefs delais avant le", "dans les plus brefs delais jusqu'au",
            "dans les plus brefs delais et jusqu'au", "dans les plus brefs delais, jusqu'au", "des que possible et avant le", "des que possible, avant le", "le plus vite possible et avant le", "le plus vite possible avant le",
            "le plus rapidement possible avant le", "le plus rapidement possible et avant le", "agissez avant le", "merci d'agir avant le", "envoyez vos lettres avant le", "merci d'envoyer vos appels avant le", "ecrivez avant le", "date limite d'envoi",
            "date limite d'action", "date limite pour agir", "date limite:", "envoyez vos appels jusqu'au", "envoyez vos appels d'ici au", "agissez d'ici au", "si vous envoyez vos appels apres le", "si vous souhaitez envoyer des appels apres le", "veuillez agir avant le", "vous pouvez agir jusqu'au", "passez a l'action avant le", "action a mener avant le"),
        Label.CHECK: ("verifiez aupres de", "veuillez verifier aupres", "veuillez consulter", "consultez le bureau", "apres cette date, verifiez", "au-dela de cette date"),
        Label.LANGUAGES: ("langue(s) a privilegier", "langue(s) de preference", "langue(s) d'envoi", "langues de preference", "langue(s) conseillee(s)", "langue a employer", "langues a employer", "langue(s) a utiliser", "langue a utiliser", "langues a utiliser", "langue preferee", "langues preferees", "langue(s) preferee(s)", "langue de preference", "langue a privilegier", "langues a privilegier"),
        Label.NAMES: ("nom et pronom prefere", "nom et pronoms preferes", "noms et pronoms preferes", "nom et pronom(s)", "nom et pronom a utiliser", "nom et pronoms a utiliser", "noms et pronoms a utiliser", "prenom, nom, pronom", "nom, pronom", "prenom et nom, pronom", "nom et pronom", "noms et pronoms", "prenom, nom et pronom", "prenom, nom et pronom a utiliser", "prenoms, noms et pronoms a utiliser", "prenom et nom, pronom a utiliser"),
        Label.EARLIER: ("lien vers l'au precedente", "liens vers l'au precedente", "liens vers les au precedentes", "lien vers la precedente au", "lien vers l'action urgente precedente", "liens vers les actions urgentes precedentes", "lien vers les au precedentes"),
        Label.COPIES: ("copies de vos appels a", "copie de vos appels a", "copies de vos lettres a", "copies a:", "et copies a", "copie a:", "veuillez egalement envoyer des copies", "veuillez adresser des copies", "veuillez egalement adresser des copies"),
        Label.ADDRESSEES: ("appels a:", "adressez vos appels a", "envoyez vos appels a"),
    },
    "de": {
        Label.NAMES: ("name und pronomen", "namen und pronomen", "name und bevorzugtes pronomen", "name und bevorzugte pronomen"),
        Label.UNTIL: ("bitte schreiben sie spatestens bis", "schreiben sie spatestens bis", "appelle bitte bis", "briefe bitte bis"),
    },
    "pt": {
        Label.NAMES: ("nome e pronome preferido", "nome e pronomes preferidos", "nomes e pronomes preferidos", "nome e pronome", "nomes e pronomes"),
        Label.EARLIER: ("ligacao para a au anterior", "ligacao a au anterior", "link para a au anterior"),
    },
    "other": {
        Label.UNTIL: ("mitmachen bis", "sista datum:", "encore valable durant", "bitte schreiben sie bis", "schreiben sie bitte bis"),
    },
}  # fmt: skip

# Labels so short that they count at the beginning of a line only; a "$" asks for the end of the line as well.
LINE_STARTS: dict[str, dict[Label, tuple[str, ...]]] = {
    "en": {
        Label.ACT: ("take action:$", "take action$", "what you can do:$", "what you can do$", "act now$"),
        Label.ADDRESSEES: ("appeals to$", "contact information:$", "contact information$", "send appeals to:$", "please send appeals to:$", "send your appeals to:$", "write to:$", "write to$", "please write to$", "send appeals to$", "please send appeals to$", "please write to:$", "contact these", "contact this", "target:$", "targets:$", "please send your appeals to:$", "addresses:$"),
        Label.SAMPLE: ("sample letter:$", "sample letter$", "model letter:$", "model letter$"),
        Label.COPIES: ("copies to", "cc:", "cc ", "copy to", "copies:", "copies$", "and copy:", "and copy to", "and a copy to", "copy:", "please copy", "with a copy to", "with copies to", "cc to", "please send a copy to", "send a copy to"),
        Label.NAMES: ("name:", "names:", "name(s):"),
        Label.GENDER: ("gender",),
        Label.BACKGROUND: ("additional information$", "background information$", "background$", "additional information:$"),
        Label.EARLIER: ("previous ua:",),
        Label.ASIDE: ("downloads$", "share$", "more information$"),
    },
    "es": {
        Label.ACT: ("actua:$", "actuen:$", "actua$", "actuen$"),
        Label.SAMPLE: ("carta modelo:$", "carta modelo$"),
        Label.COPIES: ("con copia a", "y copia a", "copias a", "copia a", "copias$", "copias:$", "cc:"),
        Label.ADDRESSEES: ("llamamientos a$", "escriban a:$", "escriba a:$", "escribe a:$", "dirijan sus llamamientos a:$", "destinatario:$", "destinatarios:$"),
        Label.NAMES: ("nombre:", "nombres:"),
        Label.GENDER: ("genero", "sexo"),
        Label.BACKGROUND: ("informacion complementaria$", "informacion adicional$", "informacion general$"),
    },
    "fr": {
        Label.ACT: ("agissez:$", "agissez$", "passez a l'action$"),
        Label.SAMPLE: ("modele de lettre:$", "modele de lettre$", "lettre type$"),
        Label.COPIES: ("avec copie a", "et copie a", "copies a", "copie a", "copies$", "copies:$", "copie$", "cc:"),
        Label.ADDRESSEES: ("appels a$", "ecrivez a:$", "ecrire a:$", "destinataire:$", "destinataires:$", "adresses:$"),
        Label.NAMES: ("nom:", "noms:", "nom(s):", "namen:"),
        Label.GENDER: ("genre", "sexe", "homme/femme"),
        Label.BACKGROUND: ("complement d'information$", "complement d information$", "informations complementaires$", "informations generales$", "contexte$"),
    },
}  # fmt: skip


@dataclass(frozen=True)
class Mark:
    """A label on a page: what it announces, and from where to where it stands in the page's text."""

    label: Label
    start: int
    end: int
    is_strong: bool = True  # long enough to mean the same anywhere


_NO_LETTERS = re.compile(r"[^\w.;,:!?()&/]|_")


def _letters(words: str) -> str:
    return _NO_LETTERS.sub("", fold(words))


@lru_cache(maxsize=1)
def _anywhere() -> Literals[Label]:
    """The letters of every label, the longest first."""
    rows = [
        (_letters(words), label) for tables in ANYWHERE.values() for label, table in tables.items() for words in table
    ]
    return Literals(sorted(rows, key=lambda row: -len(row[0])))


@lru_cache(maxsize=1)
def _line_starts() -> tuple[tuple[str, bool, Label], ...]:
    rows = [
        (_letters(words.rstrip("$")), words.endswith("$"), label)
        for tables in LINE_STARTS.values()
        for label, table in tables.items()
        for words in table
    ]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


def marks(page: Page) -> tuple[Mark, ...]:
    """Every label on the page, in its order. Where two labels overlap, the longer stands."""
    found = [*_marks_anywhere(page), *_marks_at_line_starts(page)]
    if not any(mark.label is Label.ACT for mark in found):
        found += _asked_in_languages(page)
    found.sort(key=lambda m: (m.start, -(m.end - m.start)))
    kept: list[Mark] = []
    for mark in found:
        if kept and mark.start < kept[-1].end:
            continue
        kept.append(mark)
    return tuple(kept)


# A request for letters without any of the labels, told by its end: "Write to the Governor in French or your own language."
_IN_LANGUAGES = re.compile(
    r"\b(?:write|e-?mail|send (?:\w+ ){0,3}(?:letters?|appeals?|e-?mails?|messages))\b[^.;!?]{3,160}?\bor (?:in )?your own language\b|"
    r"\b(?:escriban?|escribe|envien?|envia)\b[^.;!?]{3,160}?\bo en (?:su|tu) propio idioma\b|"
    r"\b(?:ecrivez|ecrire|envoyez)\b[^.;!?]{3,160}?\bou dans votre (?:propre )?langue\b"
)


_OWN_LANGUAGE = ("own language", "propio idioma", "votre langue", "votre propre langue")


def _asked_in_languages(page: Page) -> list[Mark]:
    if not any(words in page.flat for words in _OWN_LANGUAGE):
        return []
    return [Mark(Label.ACT, found.start(), found.end()) for found in _IN_LANGUAGES.finditer(page.flat)][:1]


def _marks_anywhere(page: Page) -> list[Mark]:
    squeezed, found, taken = page.squeezed, [], bytearray(len(page.squeezed.letters) + 1)
    for words, label in _anywhere().in_text(squeezed.letters, squeezed.runs):
        at = squeezed.letters.find(words)
        while at >= 0:
            end = at + len(words)
            if not taken[at]:
                taken[at:end] = b"\1" * (end - at)
                found.append(Mark(label, squeezed.place(at), squeezed.after(end)))
            at = squeezed.letters.find(words, end)
    return found


@lru_cache(maxsize=1)
def _by_first_letters() -> dict[str, list[tuple[str, bool, Label]]]:
    rows: dict[str, list[tuple[str, bool, Label]]] = {}
    for row in _line_starts():
        rows.setdefault(row[0][:2], []).append(row)
    return rows


def _marks_at_line_starts(page: Page) -> list[Mark]:
    found = []
    rows = _by_first_letters()
    for n, line in enumerate(page.lines):
        if not line or not (line[0].isdigit() or fold(line[:2]) in rows):
            continue
        letters = _letters(_STEP.sub("", line[:80]))
        for words, whole_line, label in rows.get(letters[:2], ()):
            if letters.startswith(words) and (not whole_line or letters == words):
                start = page.start_of(n)
                found.append(Mark(label, start, start + _length(line, len(words)) + _step(line), is_strong=False))
                break
    return found


_STEP = re.compile(r"^\d\)\s*")


def _step(line: str) -> int:
    """How many characters the number of a step takes: "1) TAKE ACTION"."""
    found = _STEP.match(line)
    return found.end() if found else 0


def _length(line: str, letters: int) -> int:
    """How many characters of `line` hold its first `letters` letters."""
    line = _STEP.sub("", line)
    for place in range(1, len(line) + 1):
        if len(_letters(line[:place])) >= letters:
            return place
    return len(line)
