"""What a mail server's answer comes to, in a sentence for people who know nothing of mail servers.

Where each thing is looked for: words that can mean one thing only, then the enhanced status code (RFC 3463 and the register
that grew from it), then other words, then the codes that many servers give for anything, then the plain SMTP code.
"""

import re
from enum import StrEnum

from campaign.domain.refusals import N_


class Trouble(StrEnum):
    """The kinds of reasons for which a letter is not taken."""

    NO_MAILBOX = "no such mailbox"
    MAILBOX_FULL = "mailbox full"
    UNWANTED = "taken for unwanted mail"
    TOO_LARGE = "too large"
    SENDER = "sender not accepted"
    BUSY = "server busy"
    RELAY = "not passed on"
    NO_DOMAIN = "no such domain"
    ENCRYPTION = "encryption asked for"
    NO_ANSWER = "no answer"
    OTHER = "another reason"


SENTENCES: dict[Trouble, str] = {
    Trouble.NO_MAILBOX: N_("There is no mailbox at this address: it was closed, or never existed."),
    Trouble.MAILBOX_FULL: N_("The mailbox at this address is full."),
    Trouble.UNWANTED: N_(
        "The addressee's mail server took the letter for unwanted mail, or has a rule that keeps it out."
    ),
    Trouble.TOO_LARGE: N_("The letter is larger than the addressee's mail server accepts."),
    Trouble.SENDER: N_(
        "The addressee's mail server could not make sure that the letter comes from us, or takes no mail from our address."
    ),
    Trouble.BUSY: N_(
        "The addressee's mail server was busy, or lets mail from an address that is new to it wait for a while."
    ),
    Trouble.RELAY: N_("The mail server does not pass our letters on to this address."),
    Trouble.NO_DOMAIN: N_("What stands after the @ in the address leads nowhere: no mail server is known for it."),
    Trouble.ENCRYPTION: N_("The connection to the mail server could not be encrypted as it has to be."),
    Trouble.NO_ANSWER: N_("The mail server could not be reached, or did not answer."),
    Trouble.OTHER: N_("The mail server did not take the letter, for a reason that we cannot say more plainly."),
}

# What we keep as a reason ourselves. These are sentences already; no server has said them.
SILENT = N_("The mail server did not answer.")
SENDER_ENDED = N_("Our sending program ended while it handed this letter over, so nobody knows whether it arrived.")
FORGOTTEN = N_("Its writer asked to be forgotten.")
SETTLED_AS_NOT_GONE = N_("One of our organizers has found out that it did not arrive.")
OURS = frozenset({SILENT, SENDER_ENDED, FORGOTTEN, SETTLED_AS_NOT_GONE})

_CODE = re.compile(r"([45]\d\d)(?:[ -]|$)")
_ENHANCED = re.compile(r"(?<![\d.])([45])\.(\d{1,3})\.(\d{1,3})(?![\d.])")


def _rows(*rows: tuple[Trouble, str]) -> tuple[tuple[Trouble, re.Pattern[str]], ...]:
    return tuple((trouble, re.compile(pattern, re.IGNORECASE)) for trouble, pattern in rows)


# These mean one thing whatever code stands before them.
_PLAIN_WORDS = _rows(
    (Trouble.ENCRYPTION, r"starttls|(?:tls|encryption) (?:is |was )?(?:required|needed)|could not be encrypted"),
    (Trouble.ENCRYPTION, r"certificate is not to be trusted"),
    (Trouble.BUSY, r"\bgr[ea]y[ -]?list"),
    (
        Trouble.SENDER,
        r"\b(?:spf|dkim|dmarc)\b|unauthenticated|reverse (?:dns|host)|\bptr\b|find your (?:reverse )?host",
    ),
    (
        Trouble.SENDER,
        r"\bsender\S* (?:\S+ ){0,3}(?:rejected|failed|denied|refused|unknown|not (?:accepted|allowed|verified))",
    ),
    (Trouble.SENDER, r"\b(?:helo|ehlo)\b.*(?:rejected|invalid|not found)|domain of sender|sender'?s? domain"),
    (
        Trouble.RELAY,
        r"\brelay(?:ing)?\b.*(?:denied|not (?:permitted|allowed)|prohibited)|(?:unable to|cannot|not|n't) relay",
    ),
    (Trouble.RELAY, r"\b(?:user|domain) not local|not (?:a )?local (?:user|domain)|rcpthosts"),
    (
        Trouble.RELAY,
        r"authentication (?:is )?(?:required|needed|failed|unsuccessful)|password not accepted|bad credentials",
    ),
)

_OTHER_WORDS = _rows(
    (Trouble.MAILBOX_FULL, r"quota|\bfull\b|mailbox size|storage (?:exceeded|allocation)|not enough (?:space|room)"),
    (Trouble.TOO_LARGE, r"too (?:large|big)\b|(?:message|mail|maximum) size|size (?:limit|exceeds)|exceeds the size"),
    (Trouble.UNWANTED, r"spam|unsolicited|unwanted|\bjunk\b|black ?list|block ?list|\bblocked\b|\b(?:dns[br]l|rbl)\b"),
    (
        Trouble.UNWANTED,
        r"reputation|\bpolicy\b|\bpolicies\b|virus|malware|phish|\bbanned\b|content (?:was )?(?:rejected|filter)",
    ),
    (
        Trouble.NO_DOMAIN,
        r"\b(?:domain|host)(?: name)? (?:is |was )?(?:not found|unknown|invalid|does ?n[o']t exist)|nxdomain",
    ),
    (Trouble.NO_DOMAIN, r"(?:unknown|bad|invalid|no such) (?:domain|host)\b|\b(?:no|null) ?mx\b|name service error"),
    (
        Trouble.NO_MAILBOX,
        r"(?:no such|unknown|invalid|bad|non-?existent) (?:\S+ ){0,2}(?:user|mailbox|recipient|address|account)",
    ),
    (
        Trouble.NO_MAILBOX,
        r"\b(?:user|mailbox|recipient|address|account)s?\b:? (?:\S+ ){0,6}"
        r"(?:unknown|not found|disabled|inactive|unavailable|rejected|closed|suspended|(?:does )?n[o']t exist|no longer)",
    ),
    (
        Trouble.NO_MAILBOX,
        r"no mailbox|not (?:a )?(?:valid|known) (?:user|mailbox|recipient|address)|unrouteable|n[o']t have an? \S+ account",
    ),
    (
        Trouble.BUSY,
        r"(?:again|try|come back) later|try again|too (?:many|busy|fast|quickly)|rate.?limit|throttl|temporar",
    ),
    (
        Trouble.BUSY,
        r"\bdeferred\b|overload|insufficient system|service (?:is )?(?:not available|unavailable)|server (?:is )?busy",
    ),
    (
        Trouble.NO_ANSWER,
        r"^the (?:mail server (?:could|closed|spoke|gave|would|did)|line to the mail|name of the mail|talk with the)",
    ),
)

# Subject and detail of an enhanced status code; those that many servers give for anything stand in the second table.
_ENHANCED_CODES: dict[str, Trouble] = {
    **dict.fromkeys(("1.1", "1.3", "1.4", "1.6", "2.1", "7.13", "7.17"), Trouble.NO_MAILBOX),
    "2.2": Trouble.MAILBOX_FULL,
    **dict.fromkeys(("2.3", "3.4"), Trouble.TOO_LARGE),
    **dict.fromkeys(("1.7", "1.8", *(f"7.{detail}" for detail in range(20, 28)), "7.509", "7.515"), Trouble.SENDER),
    **dict.fromkeys(("3.1", "3.2", "4.5", "4.7", "7.28"), Trouble.BUSY),
    "7.8": Trouble.RELAY,
    **dict.fromkeys(("1.2", "1.10", "4.4", "7.18", "4.310"), Trouble.NO_DOMAIN),
    **dict.fromkeys(("7.10", "7.11"), Trouble.ENCRYPTION),
}
_VAGUE_SUBJECTS = {"7": Trouble.UNWANTED, "4": Trouble.NO_ANSWER}
_CODES: dict[int, Trouble] = {
    **dict.fromkeys((421, 450, 451, 452), Trouble.BUSY),
    523: Trouble.TOO_LARGE,
    541: Trouble.UNWANTED,
    552: Trouble.MAILBOX_FULL,
    553: Trouble.NO_MAILBOX,
    **dict.fromkeys((530, 534, 535, 551), Trouble.RELAY),
    538: Trouble.ENCRYPTION,
    **dict.fromkeys((521, 556), Trouble.NO_DOMAIN),
}  # fmt: skip


def trouble_of(words: str, code: int | None = None) -> Trouble | None:
    """Which kind of trouble a mail server's words tell of; None for a sentence of our own.

    `code` is the SMTP code where it is known; the words can also begin with it.
    """
    if words in OURS:
        return None
    said = _CODE.match(words)
    enhanced = _ENHANCED.search(words)
    number = code or (int(said[1]) if said else None)
    return (
        _by_words(_PLAIN_WORDS, words)
        or _by_enhanced_code(enhanced)
        or _by_words(_OTHER_WORDS, words)
        or _by_subject(enhanced)
        or _CODES.get(number or 0)
        or Trouble.OTHER
    )


def sentence_of(words: str, code: int | None = None) -> str | None:
    """The same as an English sentence that pages say in the reader's language."""
    trouble = trouble_of(words, code)
    return SENTENCES[trouble] if trouble else None


def _by_words(rows: tuple[tuple[Trouble, re.Pattern[str]], ...], words: str) -> Trouble | None:
    return next((trouble for trouble, pattern in rows if pattern.search(words)), None)


def _by_enhanced_code(found: re.Match[str] | None) -> Trouble | None:
    if found is None:
        return None
    kind, place = found[1], f"{found[2]}.{found[3]}"
    # "Disabled" for now is what servers say when one mailbox gets too much at once.
    return Trouble.BUSY if (kind, place) == ("4", "2.1") else _ENHANCED_CODES.get(place)


def _by_subject(found: re.Match[str] | None) -> Trouble | None:
    if found is None:
        return None
    if found[1] == "4" and found[2] != "4":
        return Trouble.BUSY
    return _VAGUE_SUBJECTS.get(found[2])
