"""The blanks of letters that organizers write themselves: replaced word by word from a fixed list, never run as a template."""

import re
from typing import Any

from campaign.domain.grammar import EnglishMention, Mention

# What may stand in braces, and what comes in its place.
BLANKS: dict[str, str] = {
    "name": "the person's name",
    "salutation": "how the official is greeted",
    "country": "the country",
    "they": "she, he or they (in English)",
    "them": "her, him or them (in English)",
    "their": "her, his or their (in English)",
}
_BLANK = re.compile(r"\{([^{}\n]{0,40})\}")


def filled(text: str, facts: dict[str, Any]) -> str:
    """The text with its blanks filled; braces around anything else stay as they are."""
    person: Mention = facts["person"]
    words = {"name": person.name, "salutation": facts["salutation"], "country": facts["country"]}
    if isinstance(person, EnglishMention):
        words |= {"they": person.subject, "them": person.object, "their": person.possessive}
    return _BLANK.sub(lambda found: words.get(found[1].strip(), found.group()), text)


def unknown_blanks(text: str, language: str) -> list[str]:
    """What stands in braces and is no blank of ours in that language."""
    known = set(BLANKS) if language == "en" else {"name", "salutation", "country"}
    return [found.group() for found in _BLANK.finditer(text) if found[1].strip() not in known]
