"""One mail as bytes, built once: what is stored is what is sent."""

import re
import unicodedata
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, getaddresses
from functools import lru_cache

LONGEST_NAME = 64
LONGEST_LINE = 998
LONGEST_MESSAGE_ID = 200

# RFC 2045 allows 76 in a quoted-printable line; the policy's own 78 counts for headers only.
# No refolding: what `_put_words` has folded must stay as it is.
_POLICY = policy.SMTP.clone(max_line_length=76, refold_source="none")
_SHORT = 60
_OF_THE_MAIL = {
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Reply-To",
    "Auto-Submitted",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
}
_OF_THE_TEXT = {"Content-Type", "Content-Transfer-Encoding", "MIME-Version"}
_LOCAL_PART = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = rf"{_LABEL}(?:\.{_LABEL})*"
_ADDRESS = re.compile(rf"(?:{_LOCAL_PART})@(?:{_DOMAIN})")
_LINK = re.compile(r"https?://[A-Za-z0-9.:/_~%-]{1,400}")
_MESSAGE_ID = re.compile(rf"<(?:{_LOCAL_PART})@(?:{_DOMAIN})>")
# The two joiners are part of how Persian, Hindi and some emoji are written, and turn nothing around.
_JOINERS = frozenset("\u200c\u200d")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_NOT_IN_NAMES = frozenset('@<>"\\')


def sealed(
    *,
    sender: str,
    sender_name: str | None,
    recipient: str,
    subject: str,
    body: str,
    message_id: str,
    at: datetime,
    via: str | None = None,
    is_notice: bool = False,
    reply_to: str | None = None,
    unsubscribe: str | None = None,
) -> bytes:
    """The exact bytes of one mail; the same arguments always give the same bytes.

    The sender is our own address; `sender_name` is shown before it, followed by `via`
    ("via Appeal Letters") where given. Names and subject are cleaned; an address, a
    Message-ID or a time that cannot stand as it is raises ValueError. `unsubscribe` is an address at which one click
    ends such mails (RFC 8058).
    """
    mail = EmailMessage(_POLICY)
    ours, theirs = plain_address(sender), plain_address(recipient)
    _put_sender(mail, _shown_name(sender_name, via), ours)
    mail["To"] = Address(addr_spec=theirs)
    _put_subject(mail, clean_line(subject))
    mail["Date"] = format_datetime(_in_utc(at))
    mail["Message-ID"] = _plain_message_id(message_id)
    answers = [plain_address(reply_to)] if reply_to is not None else []
    if answers:
        mail["Reply-To"] = Address(addr_spec=answers[0])
    mail["Auto-Submitted"] = "auto-generated" if is_notice else "no"
    if unsubscribe is not None:
        # Never folded: a mail program has to find the address whole.
        mail.set_raw("List-Unsubscribe", f"<{_plain_link(unsubscribe)}>")
        mail.set_raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
    mail.set_content(_whole_letters(body), charset="utf-8", cte="quoted-printable")
    wire = bytes(mail)
    _look_again(wire, {"From": [ours], "To": [theirs], "Reply-To": answers, "Message-ID": [message_id]})
    return wire


@lru_cache(maxsize=4000)
def plain_address(address: str) -> str:
    """The address in ASCII, its domain in A-labels; ValueError for anything but name@domain."""
    if any(unicodedata.category(letter) in _UNSEEN or letter.isspace() for letter in address):
        raise ValueError("a mail address may not contain blanks, line breaks or invisible characters")
    local, _, domain = address.rpartition("@")
    if not local.isascii():
        raise ValueError("the part of a mail address before the @ must be plain ASCII")
    try:
        plain = f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        raise ValueError("the part of a mail address after the @ is no domain") from None
    if len(local) > 64 or len(plain) > 254 or not _ADDRESS.fullmatch(plain):
        raise ValueError("this is not a mail address of the form name@domain")
    return plain


def clean_name(name: str) -> str:
    """A person's name as it may stand before an address: one line, nothing that looks like an address, 64 letters."""
    kept = "".join(letter for letter in name if letter not in _NOT_IN_NAMES)
    return clean_line(kept)[:LONGEST_NAME].strip()


def clean_line(text: str) -> str:
    """The text on one line, without control, bidirectional and other invisible characters."""
    shown = "".join(_shown(letter) for letter in text)
    # "=?" would open an encoded word, and what it decodes to has not been cleaned.
    return " ".join(shown.split()).replace("=?", "= ?")


def is_sealed(wire: bytes) -> bool:
    """Whether the bytes can go over any SMTP line unchanged: ASCII, CRLF only, no line too long."""
    if not wire or b"\0" in wire or not wire.isascii() or not wire.endswith(b"\r\n"):
        return False
    lines = wire.split(b"\r\n")
    # A lone CR or LF lets one mail pass for two on some servers ("SMTP smuggling").
    return all(len(line) <= LONGEST_LINE and b"\r" not in line and b"\n" not in line for line in lines)


def _shown(letter: str) -> str:
    if letter.isspace():
        return " "
    return "" if unicodedata.category(letter) in _UNSEEN and letter not in _JOINERS else letter


def _shown_name(name: str | None, via: str | None) -> str:
    shown = clean_name(name or "")
    return f"{shown} {clean_name(via)}".strip() if shown and via else shown


def _plain_message_id(message_id: str) -> str:
    if len(message_id) > LONGEST_MESSAGE_ID or not _MESSAGE_ID.fullmatch(message_id):
        raise ValueError("a Message-ID must have the form <word@domain>")
    return message_id


def _plain_link(link: str) -> str:
    if not link.isascii() or not link.startswith(("http://", "https://")) or not _LINK.fullmatch(link):
        raise ValueError("a link in a header must be a plain web address")
    return link


def _in_utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("the time of a mail needs a time zone")
    return at.astimezone(UTC)


def _whole_letters(body: str) -> str:
    """The body with half characters (lone surrogates, from broken JSON) replaced: no encoding has bytes for them."""
    return body.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _put_sender(mail: EmailMessage, shown: str, address: str) -> None:
    if _is_simple(shown) and len(shown) <= _SHORT:
        mail["From"] = Address(shown, addr_spec=address)
    else:
        mail.set_raw("From", f"{_encoded('From', shown)}\r\n <{address}>")


def _put_subject(mail: EmailMessage, subject: str) -> None:
    if _is_simple(subject):
        mail["Subject"] = subject
    else:
        mail.set_raw("Subject", _encoded("Subject", subject))


def _is_simple(text: str) -> bool:
    """Whether EmailMessage can be trusted to fold it: text that needs encoding it sometimes folds into other text."""
    return text.isascii() and all(len(word) <= _SHORT for word in text.split())


def _encoded(header: str, text: str) -> str:
    """The text as RFC 2047 words from end to end, so that no letter of it can mean anything to a mail program."""
    return Header(text, "utf-8", header_name=header, maxlinelen=76).encode(linesep="\r\n")


def _has_other_headers(names: list[str]) -> bool:
    return len(set(names)) != len(names) or not set(names) <= _OF_THE_MAIL | _OF_THE_TEXT


def _look_again(wire: bytes, meant: dict[str, list[str]]) -> None:
    """ValueError if the finished bytes do not say what went in: headers are where mail libraries have failed."""
    again = message_from_bytes(wire, policy=policy.compat32)
    for header, values in meant.items():
        said = [address for _, address in getaddresses([str(value) for value in again.get_all(header, [])])]
        if said != [value.strip("<>") for value in values]:
            raise ValueError(f"the {header} line cannot be written safely")
    if not is_sealed(wire) or _has_other_headers(again.keys()):
        raise ValueError("the mail cannot be written safely")
