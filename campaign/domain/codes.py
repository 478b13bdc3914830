"""Codes that people read off paper and type: no two signs in them look alike."""

import hashlib

# Signs that nobody takes one for another.
SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def code_of(word: str, length: int) -> str:
    """`7Q2K4M`: always the same for a word, and nobody can tell the word from it."""
    digest = hashlib.sha256(word.encode()).digest()
    return "".join(SIGNS[byte % len(SIGNS)] for byte in digest[:length])


def typed_code(text: str | None) -> str:
    """What was typed as codes are kept: capitals, without blanks, hyphens and whatever else is no letter or digit."""
    return "".join(sign for sign in (text or "")[:100].upper() if sign.isascii() and sign.isalnum())
