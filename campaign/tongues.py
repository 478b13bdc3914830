"""The languages in which our pages and mails speak: their catalogues, days, numbers and countries.

Catalogues are read from `.po` files at first use: there is no compiled file that could fall behind. Words that a catalogue
does not have are said in English.
"""

import gettext
import io
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.messages import mofile, pofile
from babel.numbers import format_decimal

# What each language calls itself.
TONGUES: Mapping[str, str] = {"en": "English", "fr": "Français", "es": "Español", "ar": "العربية"}
CATALOGUES = Path(__file__).resolve().parent / "catalogues"


def words(tongue: str, english: str) -> str:
    """The words in that language."""
    return _catalogue(tongue).gettext(english) if english else ""


def counted(tongue: str, one: str, many: str, n: int) -> str:
    """The words for that number of things; languages may have more than two forms."""
    return _catalogue(tongue).ngettext(one, many, n)


def day(tongue: str, value: date) -> str:
    """`9 September 2024`, `9 septembre 2024`, `9 de septiembre de 2024`, `9 سبتمبر 2024`."""
    if tongue == "en":
        return f"{value.day} {value:%B %Y}"
    said = format_date(value, "long", locale=_locale(tongue))
    return said.replace("1 ", "1er ", 1) if tongue == "fr" and value.day == 1 else said


def moment(tongue: str, value: datetime) -> str:
    """A day with the time of day, in UTC."""
    comma = "،" if tongue == "ar" else ","
    return f"{day(tongue, value.date())}{comma} {value:%H:%M} UTC"


def number(tongue: str, value: int) -> str:
    return format_decimal(value, locale=_locale(tongue))


def direction(tongue: str) -> str:
    """`ltr` or `rtl`."""
    return _locale(tongue).text_direction


def country(tongue: str, code: str, otherwise: str) -> str:
    """What a country is called, by its two letters; `otherwise` where the language has no name for it."""
    return str(_locale(tongue).territories.get(code, otherwise))


def language(tongue: str, english: str) -> str:
    """What a language is called that English calls so; the English name where it is not known."""
    code = _language_codes().get(english.casefold())
    known = _locale(tongue).languages.get(code) if code and tongue != "en" else None
    return str(known or english)


@lru_cache(maxsize=1)
def _language_codes() -> dict[str, str]:
    return {name.casefold(): code for code, name in _locale("en").languages.items()}


def preferred(accepted: str | None) -> str:
    """The language of ours that an Accept-Language header asks for first; English where it asks for none."""
    wishes = []
    for place, wish in enumerate((accepted or "").split(",")[:20]):
        said, _, rest = wish.strip().partition(";")
        code = said.strip().lower().partition("-")[0]
        weight = rest.strip().removeprefix("q=")
        if code in TONGUES:
            wishes.append((-_weight(weight), place, code))
    return min(wishes)[2] if wishes else "en"


def _weight(text: str) -> float:
    try:
        return min(1.0, max(0.0, float(text))) if text else 1.0
    except ValueError:
        return 0.0


@lru_cache(maxsize=len(TONGUES))
def _locale(tongue: str) -> Locale:
    # The digits of Arabic as the web writes them: ours stand beside document numbers and times.
    return Locale.parse("ar_AE" if tongue == "ar" else "en_GB" if tongue == "en" else tongue)


@lru_cache(maxsize=len(TONGUES))
def _catalogue(tongue: str) -> gettext.NullTranslations:
    file = CATALOGUES / f"{tongue}.po"
    if tongue == "en" or tongue not in TONGUES or not file.is_file():
        return gettext.NullTranslations()
    with file.open("rb") as source:
        known = pofile.read_po(source, locale=tongue)  # without the locale the plural rule is dropped silently
    compiled = io.BytesIO()
    mofile.write_mo(compiled, known)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
