"""A letter that came back: what a mail server reports of it, and when an address is to be looked at by a person."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from campaign.domain.posting import fit_words
from campaign.domain.refusals import N_, Refusal

MANY = 3
"""So many letters that came back from one address propose it for a pause; nothing is paused by itself."""
WITHIN = timedelta(days=7)
STANDS_AFTER = timedelta(days=1)
"""A letter that has not come back after this time is taken for a sign that its address works."""

# Codes of RFC 3463 as they stand in a Status field and within a server's words, and the older ones of SMTP.
_STATUS = re.compile(r"(?<![\d.])([245])\.\d{1,3}\.\d{1,3}(?![\d.])")
_CODE = re.compile(r"(?<![\d.])([245])\d\d(?![\d.])")


class Bounce(StrEnum):
    HARD = "hard"
    """Trying again is no use: no such address, or mail from us is not wanted there."""
    SOFT = "soft"
    """The servers on the way tried for some time, and gave up."""


class NotAReport(Refusal):
    """A message that is no delivery report; the text says what else it seems to be."""


@dataclass(frozen=True)
class Report:
    """What a delivery report says of one letter.

    `words_of_ours` are the words that only we could have put into the address it came to, checked by nobody yet;
    `action` is `failed`, `delayed`, `delivered` and the like, small; `words` are fit to keep and to show.
    """

    words_of_ours: tuple[str, ...]
    action: str
    bounce: Bounce
    words: str

    @property
    def has_failed(self) -> bool:
        return self.action == "failed"


def report_of(words_of_ours: tuple[str, ...], *, action: str, status: str, diagnosis: str) -> Report:
    """The report with these fields (RFC 3464). Where the action is missing, the first digit of the status stands for it."""
    found = _STATUS.search(status) or _STATUS.search(diagnosis)
    kind = found or _CODE.search(diagnosis)
    shown_status = found[0] if found else ""
    said = re.sub(r"^\s*[\w-]{1,20}\s*;", "", diagnosis)
    words = fit_words(f"{shown_status}: {said}" if shown_status and said.strip() else shown_status or said)
    return Report(
        words_of_ours,
        action=action.strip().lower()[:20] or ("failed" if kind and kind[1] == "5" else "unknown"),
        bounce=Bounce.HARD if kind and kind[1] == "5" else Bounce.SOFT,
        words=words or N_("The report gives no reason."),
    )


@dataclass(frozen=True)
class FailingAddress:
    """An address from which letter after letter comes back, with the words that came with the last one."""

    title: str
    email: str
    n: int
    words: str
