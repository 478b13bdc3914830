"""Why a letter is where it is, in a plain sentence, with the mail server's own words beside it where there are any."""

from campaign.domain.letter import LetterState
from campaign.domain.server_words import SENTENCES, Trouble, trouble_of
from campaign.web.tongue import say

# In these a letter's reason can be a mail server's answer; only a refusal's always is one, if it is not ours.
_ANSWERED = frozenset({LetterState.REFUSED, LetterState.UNCERTAIN, LetterState.QUEUED})


def plain_reason(state: LetterState | str | None, kept: str | None) -> tuple[str, str]:
    """The sentence in the page's language, and the server's own words, empty where no server said anything."""
    if not kept:
        return "", ""
    trouble = trouble_of(kept) if state in _ANSWERED else None
    if trouble is None or (trouble is Trouble.OTHER and state != LetterState.REFUSED):
        return say(kept), ""
    return say(SENTENCES[trouble]), kept
