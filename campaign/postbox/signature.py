"""Whether a mail is proven to come from a domain: its DKIM signature, looked at more strictly than the standard asks.

What a signature leaves open, somebody who has an old mail of that domain can change. So nothing that tells what the mail
says may be unsigned, nothing may stand twice, and nothing may be read in two ways.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LookUp = Callable[[str], bytes | None]
"""The text that a name has in the DNS; None where there is none. May raise whatever it likes."""

DNS_SECONDS = 5.0
_SMALLEST_KEY = 1024
_OLDEST, _SLACK = timedelta(days=14), timedelta(hours=1)
_MOST_SIGNATURES = 5
# The reader of mails looks at no more than this of a head.
_LONGEST_HEAD, _MOST_LINES, _LONGEST_FIELD = 60_000, 190, 8000
_ALWAYS_SIGNED = (b"from", b"subject", b"date")
_SIGNED_IF_THERE = (
    b"mime-version", b"content-type", b"content-transfer-encoding", b"content-disposition", b"message-id",
)  # fmt: skip
_FIELD = re.compile(rb"([!-9;-~]{1,80}):(.*)", re.DOTALL)
_ADDRESS = r"[^\s<>@\"(),;:\\]{1,64}@([A-Za-z0-9.-]{1,250})"
_ONE_WRITER = re.compile(rf"\s*(?:(?:\"(?:[^\"\\]|\\.)*\"|[^\"<>@,;:()\\]*)\s*<{_ADDRESS}>|{_ADDRESS})\s*")
# Longer runs of blanks cost the verifier more than their length.
_BLANKS = re.compile(rb"[ \t]{120}")


@dataclass(frozen=True)
class Proof:
    """What became of it, in a sentence; `domain` is the trusted one that is proven to have sent the mail, or None."""

    sentence: str
    domain: str | None = None


class _NotProven(Exception):
    """The sentence that says why."""


@dataclass(frozen=True)
class _Head:
    fields: tuple[tuple[bytes, bytes], ...]

    def of(self, name: bytes) -> list[bytes]:
        return [value for label, value in self.fields if label == name]


def proof_of_sender(message: bytes, domains: Collection[str], look_up: LookUp, now: datetime) -> Proof:
    """Whether one of these domains is proven to have sent the mail as it is, in its own name and lately.

    The DNS is asked for trusted domains alone, so nobody makes us ask for theirs. Never raises for what stands in a mail.
    """
    try:
        head = _head_of(message)
        signatures = head.of(b"dkim-signature")
        if not signatures:
            raise _NotProven("It bears no signature, so nobody knows who sent it.")
        return _first_proven(message, head, signatures, _Trust(frozenset(domains), look_up, now))
    except _NotProven as why:
        return Proof(str(why))


def look_up_key(name: str) -> bytes | None:
    """The one text that this name has in the DNS, asked with a limit of time; None where there is none, or several."""
    import dns.exception
    import dns.resolver

    try:
        answer = dns.resolver.resolve(name, "TXT", lifetime=DNS_SECONDS, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return None
    except dns.exception.DNSException as failed:
        raise OSError(type(failed).__name__) from failed
    texts = [b"".join(found.strings) for found in answer]
    return texts[0] if len(texts) == 1 else None


@dataclass(frozen=True)
class _Trust:
    domains: frozenset[str]
    look_up: LookUp
    now: datetime


def _head_of(message: bytes) -> _Head:
    """The fields of the head, where every reader of mails would see the same ones."""
    if b"\x00" in message or re.search(rb"\r(?!\n)", message):
        raise _NotProven("It has line ends in it that can be read in two ways, so its signature proves nothing.")
    if _BLANKS.search(message):
        raise _NotProven("It has very long rows of blanks in it, so its signature was not looked at.")
    head = re.split(rb"\r?\n\r?\n", message[: _LONGEST_HEAD + 4], maxsplit=1)[0]
    lines = re.split(rb"\r?\n", head)
    if len(head) > _LONGEST_HEAD or len(lines) > _MOST_LINES:
        raise _NotProven("Its head is longer than any mail needs, so its signature was not looked at.")
    fields: list[bytes] = []
    for line in lines:
        if line[:1] in (b" ", b"\t") and fields:
            fields[-1] += b"\n" + line
        else:
            fields.append(line)
    parted = [_FIELD.fullmatch(field) for field in fields]
    if not all(parted) or any(len(field) > _LONGEST_FIELD for field in fields):
        raise _NotProven("Its head is not built as the head of a mail is, so its signature proves nothing.")
    return _Head(tuple((found[1].lower(), found[2]) for found in parted if found))


def _tags(value: str) -> dict[str, str]:
    """The tags of a signature or a key, without the blanks that may stand anywhere in them. Raises where one stands twice."""
    tags: dict[str, str] = {}
    for piece in value.split(";"):
        name, _, said = piece.partition("=")
        name = name.strip()
        if name in tags:
            raise _NotProven("Its signature says something twice, so it proves nothing.")
        if name:
            tags[name] = "".join(said.split())
    return tags


def _first_proven(message: bytes, head: _Head, signatures: list[bytes], trust: _Trust) -> Proof:
    """The proof by the first signature that holds; else why the best one does not."""
    whys = []
    for place, signature in enumerate(signatures[:_MOST_SIGNATURES]):
        is_trusted = False
        try:
            if re.search(rb"\s{100}", signature):
                raise _NotProven("Its signature is full of blanks, so it was not looked at.")
            tags = _tags(signature.decode("ascii", "replace"))
            domain = tags.get("d", "").lower()
            is_trusted = domain in trust.domains
            if not is_trusted:
                raise _NotProven(f"It bears a signature of {domain[:100] or 'nobody'}, which is no domain we trust.")
            _refuse_what_is_open(tags, head, domain, trust.now)
            _refuse_unless_valid(message, place, tags, trust)
            return Proof(f"Proven to come from {domain}.", domain)
        except _NotProven as why:
            whys.append((is_trusted, str(why)))
    raise _NotProven(max(whys, key=lambda why: why[0])[1])


def _refuse_what_is_open(tags: dict[str, str], head: _Head, domain: str, now: datetime) -> None:
    """Raises where the signature, be it valid, leaves something to whoever passes the mail on."""
    if "l" in tags:
        raise _NotProven(f"The signature of {domain} covers only the beginning of the mail, so anything may follow.")
    if tags.get("a", "").lower() != "rsa-sha256":
        raise _NotProven(f"The signature of {domain} is of a kind that we do not trust.")
    signed = [name.encode("ascii", "replace") for name in tags.get("h", "").lower().split(":")]
    for name in (*_ALWAYS_SIGNED, *_SIGNED_IF_THERE):
        there = len(head.of(name))
        if there > 1 or (there == 0 and name in _ALWAYS_SIGNED):
            raise _NotProven(
                f"The field {name.decode().title()} is missing or stands twice, so its signature proves nothing."
            )
        if there and name not in signed:
            raise _NotProven(f"The signature of {domain} does not cover the field {name.decode().title()}.")
    if not _is_written_by(domain, head):
        raise _NotProven(f"It is signed by {domain}, but says that somebody elsewhere wrote it.")
    _refuse_if_old(tags, head, domain, now)


def _is_written_by(domain: str, head: _Head) -> bool:
    said = head.of(b"from")[0][:1000].decode("ascii", "replace").replace("\r", " ").replace("\n", " ")
    found = _ONE_WRITER.fullmatch(said)
    host = (found[1] or found[2] or "").lower() if found else ""
    return host == domain or host.endswith(f".{domain}")


def _refuse_if_old(tags: dict[str, str], head: _Head, domain: str, now: datetime) -> None:
    """Raises for a signature that has expired, or is so old that the mail is rather shown again than new."""
    expires = _instant(tags["x"]) if "x" in tags else None
    if "x" in tags and (expires is None or expires < now):
        raise _NotProven(f"The signature of {domain} has expired.")
    try:
        dated = parsedate_to_datetime(head.of(b"date")[0].decode("ascii", "replace").strip())
        dated = dated.replace(tzinfo=UTC) if dated.tzinfo is None else dated
    except (ValueError, TypeError, OverflowError):
        raise _NotProven("Its date cannot be read, so nobody knows how old its signature is.") from None
    at = _instant(tags["t"]) if "t" in tags else dated
    for moment in (at, dated):
        if moment is None or not now - _OLDEST <= moment <= now + _SLACK:
            raise _NotProven(f"The signature of {domain} is not of these days.")


def _instant(seconds: str) -> datetime | None:
    if not re.fullmatch(r"[0-9]{1,12}", seconds):
        return None
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _refuse_unless_valid(message: bytes, place: int, tags: dict[str, str], trust: _Trust) -> None:
    """Asks for the key, and the library whether the signature fits it and the mail."""
    domain = tags["d"].lower()
    if not re.fullmatch(r"[A-Za-z0-9_.-]{1,120}", tags.get("s", "")):
        raise _NotProven(f"The signature of {domain} names no key.")
    try:
        key = trust.look_up(f"{tags['s']}._domainkey.{domain}.")
    except Exception:
        # Whatever the network does: the mail is kept, and waits for a person.
        raise _NotProven(f"The key of {domain} could not be looked up, so its signature proves nothing.") from None
    if not key or len(key) > 4000:
        raise _NotProven(f"{domain} has no key of that name, so its signature proves nothing.")
    _refuse_weak_key(key, tags, domain)
    import dkim  # only few commands ever see a signature

    try:
        checked = dkim.DKIM(message, minkey=_SMALLEST_KEY)
        is_valid = bool(checked.verify(place, dnsfunc=lambda name, timeout=DNS_SECONDS: key))
    except Exception:
        # The library raises errors of its own and of many others for what it cannot follow.
        is_valid = False
    if not is_valid:
        raise _NotProven(
            f"The signature of {domain} does not fit: the mail was changed on its way, or the signature is forged."
        )


def _refuse_weak_key(key: bytes, tags: dict[str, str], domain: str) -> None:
    """What the key's owner says about its use, of which the library takes no notice."""
    said = _tags(key.decode("ascii", "replace"))
    flags = said.get("t", "").split(":")
    if "y" in flags:
        raise _NotProven(f"{domain} only tries its key out, so its signature proves nothing.")
    if "s" in flags and tags.get("i", f"@{domain}").lower().rpartition("@")[2] != domain:
        raise _NotProven(f"The key of {domain} is not meant for the domains below it.")
    if "sha256" not in said.get("h", "sha256").split(":") or said.get("s", "*") not in ("*", "email"):
        raise _NotProven(f"The key of {domain} is not meant for this.")
