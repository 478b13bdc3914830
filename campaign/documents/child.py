"""The other end of `Extractor`: a small server that reads each document in a fork of its own, under limits.

A fork for each document costs milliseconds, starts with nothing of the documents before it, and takes
everything it did with it when it ends, in whatever way.
"""

import gc
import os
import select
import signal
import struct
import sys
import time
from functools import cache
from importlib import import_module

from campaign.documents import jail
from campaign.documents.kinds import Kind
from campaign.documents.plain import LONGEST, TOO_LONG
from campaign.domain.refusals import Unreadable

ASK = struct.Struct("!BdI")
ANSWER = struct.Struct("!BI")
KINDS = (Kind.HTML, Kind.MAIL, Kind.PDF, Kind.WORD)
SECOND = 100
"""Added to a kind, it asks for the second reader."""
TEXT, UNREADABLE, BROKEN, TOO_SLOW, TOO_LARGE = range(5)
_MOST_ANSWER = 8_000_000
_LONGEST_SENTENCE = 500
_LOOK_UP_SECONDS = 5.0
_OWN_MAIL = b"""MIME-Version: 1.0
Content-Type: text/plain

Second UA: 1/20 Index: AMR 28/4002/2020 Ecuador Date: 2 May 2020

URGENT ACTION

Two held after a march

Bo Chen was arrested on 3 April 2020. Ana Ruiz, a teacher, was released on 1 May 2020 and is at home.

No further action is requested for Ana Ruiz; actions can continue for Bo Chen. Many thanks to all who sent appeals.

TAKE ACTION: WRITE AN APPEAL IN YOUR OWN WORDS OR USE THIS MODEL LETTER

* calling on them to release Bo Chen at once;

PLEASE SEND APPEALS TO:

Minister of Justice
Eno Adeyo
1 Long Street
Quito, Ecuador
Fax: +593 2 000 000
Email: minister@justice.example

Dear Minister,

I urge you to release Bo Chen and to make sure that he is not ill-treated.

Yours sincerely,

ADDITIONAL INFORMATION

They had marched for clean water.

PREFERRED LANGUAGE TO ADDRESS TARGET: Spanish, English

PLEASE TAKE ACTION AS SOON AS POSSIBLE UNTIL: 1 July 2020

NAME AND PREFERRED PRONOUN: Ana Ruiz (she, her), Bo Chen (he, him)

THIS IS THE SECOND OUTPUT FOR UA 1/20
"""
# What a kind of document needs, imported once before the forks.
_READERS = {
    Kind.HTML: ("campaign.documents.markup",),
    Kind.MAIL: ("campaign.documents.mail",),
    Kind.PDF: ("pypdfium2", "campaign.documents.pdf"),
    Kind.WORD: ("mammoth", "defusedxml.ElementTree", "campaign.documents.word"),
}


def serve(parent: int) -> None:
    """Reads documents from standard input and answers on standard output until nobody asks any more."""
    jail.leave_the_network()
    while os.getppid() == parent:
        # A fork of our parent may hold our standard input open when the parent has long gone.
        if not select.select([0], [], [], _LOOK_UP_SECONDS)[0]:
            continue
        head = _exactly(ASK.size)
        if head is None:
            return
        number, seconds, size = ASK.unpack(head)
        content = _exactly(size)
        if content is None:
            return
        _prepare(KINDS[number % SECOND])
        answer = _in_a_fork(number, content, seconds)
        if answer is None:
            return
        status, text = answer
        _write(1, ANSWER.pack(status, len(text)) + text)


@cache
def _prepare(kind: Kind) -> None:
    """Loads what a kind needs, before any foreign byte is looked at, so that every fork has it already."""
    for name in _READERS[kind]:
        import_module(name)
    if kind is Kind.MAIL:
        # The reader puts its tables together when it reads for the first time.
        text_of_kind(kind, _OWN_MAIL)
    gc.freeze()


def _in_a_fork(number: int, content: bytes, seconds: float) -> tuple[int, bytes] | None:
    """What became of a document, at the latest after that time; None where nobody waits for it any more."""
    ends = time.monotonic() + seconds
    listening, speaking = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(listening)
        _read_and_end(number, content, speaking)
    os.close(speaking)
    heard = _hear(listening, ends)
    os.close(listening)
    if heard is None or len(heard) > _MOST_ANSWER or time.monotonic() >= ends:
        os.kill(child, signal.SIGKILL)
    _, how = os.waitpid(child, 0)
    if heard is None:
        return None
    if time.monotonic() >= ends or how == signal.SIGXCPU:
        return TOO_SLOW, b""
    if how or not heard or len(heard) > _MOST_ANSWER:
        return BROKEN, b""
    return heard[0], heard[1:]


def _hear(listening: int, ends: float) -> bytes | None:
    """What the fork says until it ends or its time is over. Standard input speaks up meanwhile only by being shut."""
    heard = bytearray()
    while (left := ends - time.monotonic()) > 0 and len(heard) <= _MOST_ANSWER:
        ready, _, _ = select.select([listening, 0], [], [], left)
        if 0 in ready:
            return None
        if ready:
            piece = os.read(listening, 1 << 16)
            if not piece:
                break
            heard += piece
    return bytes(heard)


def _read_and_end(number: int, content: bytes, speaking: int) -> None:
    """The fork's whole life. Whatever happens in it, no words of an error leave it."""
    try:
        jail.enter(speaking)
        status, text = _outcome(number, content)
        _write(speaking, bytes([status]) + text.encode("utf-8", "replace"))
    except BaseException:
        os._exit(1)
    os._exit(0)


def _outcome(number: int, content: bytes) -> tuple[int, str]:
    try:
        kind = KINDS[number % SECOND]
        text = second_text_of(content) if number >= SECOND else text_of_kind(kind, content)
        return (TEXT, text) if len(text) <= LONGEST else (UNREADABLE, TOO_LONG)
    except Unreadable as unreadable:
        return UNREADABLE, str(unreadable)[:_LONGEST_SENTENCE]
    except MemoryError:
        return TOO_LARGE, ""


def text_of_kind(kind: Kind, content: bytes) -> str:
    """The text of a document of that kind; without any limits, so for forks only."""
    if kind is Kind.PDF:
        from campaign.documents.pdf import pdf_text

        return pdf_text(content)
    if kind is Kind.WORD:
        from campaign.documents.word import word_text

        return word_text(content)
    if kind is Kind.MAIL:
        from campaign.documents.mail import mail_text

        return mail_text(content, _attached)
    from campaign.documents.markup import html_text

    return html_text(content)


def second_text_of(content: bytes) -> str:
    from campaign.documents.pdf import pdf_text_by_second

    return pdf_text_by_second(content)


def _attached(kind: Kind, content: bytes) -> str:
    """A file attached to a mail. A mail attached as a file may have files, but no more mails."""
    if kind is not Kind.MAIL:
        return text_of_kind(kind, content)
    from campaign.documents.mail import NOTHING, mail_text

    def no_more_mails(kind: Kind, content: bytes) -> str:
        if kind is Kind.MAIL:
            raise Unreadable(NOTHING)
        return text_of_kind(kind, content)

    return mail_text(content, no_more_mails)


def _exactly(size: int) -> bytes | None:
    """That many bytes of standard input; None where it was shut."""
    pieces, left = [], size
    while left:
        piece = os.read(0, min(left, 1 << 20))
        if not piece:
            return None
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def _write(where: int, content: bytes) -> None:
    rest = memoryview(content)
    try:
        while rest:
            rest = rest[os.write(where, rest) :]
    except BrokenPipeError:
        sys.exit(0)
