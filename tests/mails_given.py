"""Mails that bring documents, signed with a key of the tests' own; the name service is a dictionary."""

from __future__ import annotations

import base64
import random
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import lru_cache

import dkim
from dkim.canonicalization import CanonicalizationPolicy
from dkim.crypto import HASH_ALGORITHMS

OFFICE = "office.example"
WRITER = f"Urgent Actions <ua@{OFFICE}>"
# The library that checks signatures asks the real clock.
NOW = datetime.now(UTC).replace(microsecond=0)
SIGNED = ("from", "to", "subject", "date", "message-id", "mime-version", "content-type", "content-transfer-encoding")


def a_mail(
    *files: tuple[str, bytes], text: str = "Please find it attached.", sender: str = WRITER, subject: str = "A paper",
    message_id: str = "<1@office.example>", at: datetime = NOW,
) -> bytes:  # fmt: skip
    """A mail as a mail program writes it, with these files attached."""
    made = EmailMessage(policy=SMTP)
    made["From"], made["To"], made["Subject"] = sender, "inbox@letters.example", subject
    made["Date"], made["Message-ID"] = format_datetime(at), message_id
    made.set_content(text)
    for name, content in files:
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


@lru_cache
def a_key(seed: int = 1, bits: int = 1024) -> dict[str, int]:
    """A pair of keys, always the same for one seed: quick to make, and fit for tests alone."""
    chance = random.Random(seed)
    while True:
        p, q = (_prime(chance, bits // 2) for _ in range(2))
        if p != q and (p - 1) % 65537 and (q - 1) % 65537 and (p * q).bit_length() == bits:
            break
    d = pow(65537, -1, (p - 1) * (q - 1))
    return {
        "modulus": p * q, "publicExponent": 65537, "privateExponent": d, "prime1": p, "prime2": q,
        "exponent1": d % (p - 1), "exponent2": d % (q - 1), "coefficient": pow(q, -1, p),
    }  # fmt: skip


def record_of(key: dict[str, int], more: str = "") -> bytes:
    """What the name service says of the key's public half."""
    numbers = b"".join(_der(2, _bytes_of(key[part])) for part in ("modulus", "publicExponent"))
    packed = base64.b64encode(_der(0x30, numbers)).decode()
    return f"v=DKIM1; k=rsa; {more}p={packed}".encode()


class Names:
    """A name service that remembers what it was asked; `broken` fails as a network does."""

    def __init__(self, records: dict[str, bytes] | None = None, broken: BaseException | None = None) -> None:
        self.records = {f"k1._domainkey.{OFFICE}.": record_of(a_key())} if records is None else records
        self.broken, self.asked = broken, []

    def __call__(self, name: str) -> bytes | None:
        self.asked.append(name)
        if self.broken:
            raise self.broken
        return self.records.get(name)


def signed(
    mail: bytes, *, domain: str = OFFICE, at: datetime | None = NOW, expires: datetime | None = None,
    fields: Iterable[str] = SIGNED, length: bool = False, key: dict[str, int] | None = None,
    algorithm: str = "rsa-sha256", policy: str = "relaxed/relaxed", more: dict[str, str] | None = None,
) -> bytes:  # fmt: skip
    """The mail with a signature of the domain, made as a mail server makes it."""
    signer = dkim.DKIM(mail, signature_algorithm=algorithm.encode())
    signer.hasher = HASH_ALGORITHMS[algorithm.encode()]
    canonical = CanonicalizationPolicy.from_c_value(policy.encode())
    body = canonical.canonicalize_body(signer.body)
    there = {name.lower() for name, _ in signer.headers}
    names = [name.encode() for name in fields if name.encode() in there or name == "from"]
    tags = {
        "v": "1", "a": algorithm, "c": policy, "d": domain, "s": "k1", **(more or {}),
        "h": b" : ".join(names).decode(), "bh": base64.b64encode(signer.hasher(body).digest()).decode(), "b": "0" * 60,
    }  # fmt: skip
    if at:
        tags["t"] = str(int(at.timestamp()))
    if expires:
        tags["x"] = str(int(expires.timestamp()))
    if length:
        tags["l"] = str(len(body))
    listed = [(name.encode(), value.encode()) for name, value in tags.items() if name != "b"] + [(b"b", b"0" * 60)]
    field = signer.gen_header(listed, names, canonical, b"DKIM-Signature", key or a_key())
    return b"DKIM-Signature: " + field + mail


def days(number: float) -> timedelta:
    return timedelta(days=number)


def _der(tag: int, content: bytes) -> bytes:
    size = len(content)
    length = bytes([size]) if size < 128 else bytes([0x82]) + size.to_bytes(2, "big")
    return bytes([tag]) + length + content


def _bytes_of(number: int) -> bytes:
    return number.to_bytes(number.bit_length() // 8 + 1, "big")


def _prime(chance: random.Random, bits: int) -> int:
    while True:
        candidate = chance.getrandbits(bits) | (3 << (bits - 2)) | 1
        if all(pow(base, candidate - 1, candidate) == 1 for base in (2, 3, 5, 7, 11)):
            return candidate
