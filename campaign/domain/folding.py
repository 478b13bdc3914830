"""Text without what noise changes: case, accents, blanks, marks. Every letter keeps its place where it must."""

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart, and the plain letter that stands for each.
PLAIN_LETTERS = {
    "ə": "e", "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "t", "ß": "s", "æ": "a", "œ": "o", "ħ": "h",
    "ŋ": "n", "ŧ": "t", "ɣ": "g", "ɛ": "e", "ɔ": "o", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ƴ": "y", "ɖ": "d", "ʒ": "z",
}  # fmt: skip


_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


@lru_cache(maxsize=5000)
def _plain(letter: str) -> str:
    first = unicodedata.normalize("NFKD", letter.lower()[:1])[:1]
    return PLAIN_LETTERS.get(first, first)


def fold(text: str) -> str:
    """`text` in lower case and without accents, character for character: places in it stay the same."""
    if text.isascii():
        return text.lower()
    return _NOT_ASCII.sub(lambda found: _plain(found.group()), text).lower()


def word_set(*rows: str) -> frozenset[str]:
    """The words of some rows of words with blanks between them: a table that is easy to read and to add to."""
    return frozenset(word for row in rows for word in row.split())
