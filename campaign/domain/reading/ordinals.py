"""Number words for a place in a series, by language."""

import re

from campaign.domain.folding import fold

ORDINALS: dict[str, tuple[str, ...]] = {
    "en": ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
           "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"),
    "es": ("primera|primer|primero", "segunda|segundo", "tercera|tercer|tercero", "cuarta|cuarto", "quinta|quinto", "sexta|sexto",
           "septima|septimo", "octava|octavo", "novena|noveno", "decima|decimo", "undecima|undecimo", "duodecima|duodecimo"),
    "fr": ("premiere|premier", "deuxieme|seconde|second", "troisieme", "quatrieme", "cinquieme", "sixieme", "septieme", "huitieme",
           "neuvieme", "dixieme", "onzieme", "douzieme", "treizieme", "quatorzieme", "quinzieme"),
    "pt": ("primeira|primeiro", "segunda|segundo", "terceira|terceiro", "quarta|quarto", "quinta|quinto", "sexta|sexto"),
    "it": ("prima|primo", "seconda|secondo", "terza|terzo", "quarta|quarto", "quinta|quinto"),
    "de": ("erste|erster", "zweite|zweiter", "dritte|dritter", "vierte|vierter", "funfte|funfter"),
}  # fmt: skip
LAST_WORDS: dict[str, str] = {
    "en": "final|last|closing|concluding",
    "es": "ultima|ultimo|final",
    "fr": "derniere|dernier|finale|final",
    "pt": "ultima|ultimo|final",
}

_VALUES = {
    word: value for table in ORDINALS.values() for value, words in enumerate(table, 1) for word in words.split("|")
}
_DIGITS = r"\d{1,2}\s?(?:st|nd|rd|th|ere?|ere|er|nde|nd|eme|e|a|o|ª|º)"
ORDINAL = "(?:" + "|".join(sorted(_VALUES, key=len, reverse=True)) + rf"|{_DIGITS})"
LAST = "(?:" + "|".join(LAST_WORDS.values()) + ")"


def ordinal_value(word: str) -> int | None:
    """The number that a word such as "third", "2nd" or "première" means."""
    folded = re.sub(r"\s", "", fold(word))
    if digits := re.match(r"\d+", folded):
        return int(digits.group())
    return _VALUES.get(folded)
