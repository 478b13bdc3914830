"""What came of handing one mail to a mail server, and which answer means what."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

MOST_WORDS = 300


class Posted(StrEnum):
    """What is known after one try."""

    SENT = "sent"
    """Our mail server took the mail. Never call it delivered."""
    REFUSED = "refused"
    """The server said no for good; trying again is no use."""
    LATER = "later"
    """The mail has certainly not gone; it may be tried again."""
    UNKNOWN = "unknown"
    """The mail may have gone or not: nobody can know."""


class Step(StrEnum):
    """How far the talk with the mail server had come when it ended."""

    OPENING = "opening"
    """Connecting, greeting, encryption, signing in: nothing was said of the mail yet."""
    SENDER = "sender"
    RECIPIENT = "recipient"
    ASKING = "asking"
    """We asked to send the text and had no leave yet."""
    TEXT = "text"
    """We had leave, and so may have sent all of the text."""


# "Sign in first", "encrypt first" and the like: our set-up is wrong, and that must not use up a letter.
SET_UP_CODES = frozenset({530, 534, 535, 538})


@dataclass(frozen=True)
class PostingResult:
    """The outcome of one try, with the server's code (if it gave one) and words fit to keep and to show."""

    outcome: Posted
    code: int | None
    words: str

    @property
    def answer(self) -> str:
        """The server's answer as it gave it, code and words; our own sentence where there was none."""
        return self.words if self.code is None else f"{self.code} {self.words}".rstrip()


def outcome_of(step: Step, code: int | None) -> Posted:
    """What an answer means that came at this step; no code stands for no answer or one nobody can read."""
    if step is Step.OPENING:
        return Posted.LATER
    kind = code // 100 if code is not None else 0
    if step is Step.TEXT:
        if code == 250:
            return Posted.SENT
        return {4: Posted.LATER, 5: Posted.REFUSED}.get(kind, Posted.UNKNOWN)
    return Posted.REFUSED if kind == 5 and code not in SET_UP_CODES else Posted.LATER


def result_of(step: Step, code: int | None, words: bytes | str) -> PostingResult:
    """The result for an answer at this step, with its words made fit to keep."""
    return PostingResult(outcome_of(step, code), code, fit_words(words))


def fit_words(words: bytes | str) -> str:
    """A server's words on one line: at most 300 characters, no control characters, mail addresses blotted out."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    visible = "".join(_visible(letter) for letter in text)
    # Whole words, not a pattern for addresses: servers echo them in brackets, quotes and odd spellings.
    line = " ".join("(address)" if "@" in word else word for word in visible.split())
    return line if len(line) <= MOST_WORDS else line[: MOST_WORDS - 1].rstrip() + "…"


def _visible(letter: str) -> str:
    if letter.isspace():
        return " "
    return "" if unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn"} else letter
