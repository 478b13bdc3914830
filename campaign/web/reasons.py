"""Why a letter is where it is, in a plain sentence, with the mail server's own words beside it where there are any."""

from campaign.domain.letter import LetterState
from campaign.domain.server_words import SENTENCES, Trouble, trouble_of
from campaign.flow import sending
from campaign.store.journal import Event
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


# Why a letter is held is said in words taken from it, which are shown only where it is looked at.
_HELD = "Something in it has to be looked at first."


def reason_in_list(state: LetterState, kept: str | None) -> tuple[str, str]:
    """The same for those who look through letters without reading them."""
    return (_HELD, "") if state is LetterState.HELD else plain_reason(state, kept)


def reason_of_event(event: Event) -> tuple[str, str]:
    """Why a letter came into a state: what a server said, what a person gave as a reason, or nothing."""
    if event.actor == sending.ACTOR:
        return plain_reason(event.after, event.reason)
    return (_HELD, "") if event.after == LetterState.HELD else (event.reason or "", "")
