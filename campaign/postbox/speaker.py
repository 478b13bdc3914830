"""One talk with a mail server: smtplib with a deadline on every step and no trust in what is answered."""

import re
import select
import smtplib
import socket
import ssl
import time
from dataclasses import dataclass

from campaign.domain.posting import Step

LONGEST_REPLY = 32_768
_REPLY_LINE = re.compile(rb"([2-5][0-9][0-9])(?:([ -])(.*))?", re.DOTALL)


@dataclass(frozen=True)
class Times:
    """How many seconds each step of a talk may take, first byte to last."""

    connect: float
    command: float
    text: float


class BrokenLine(smtplib.SMTPServerDisconnected):
    """The line is gone or cannot be trusted any more; it is closed. The text says why, in a sentence."""


class SlowLine(BrokenLine):
    """The server did not finish its answer within the time of this step."""


class NoLeave(BrokenLine):
    """Whoever asked for this letter to be sent takes it back before its text has gone."""


class Speaker(smtplib.SMTP):
    """A mail server's counterpart; `step` tells at any moment how far the talk has come.

    Whatever the server does ends in an answer or in an OSError or ValueError, within the times.
    """

    def __init__(self, host: str, port: int, *, name: str, times: Times, implicit: ssl.SSLContext | None) -> None:
        self.times = times
        self.step = Step.OPENING
        self.seconds = times.command
        self._implicit = implicit
        self._heard = bytearray()
        self._until = 0.0
        super().__init__(host, port, local_hostname=name, timeout=times.connect)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        """smtplib's own place to open the line: here within one deadline for all addresses of the host."""
        until = time.monotonic() + timeout
        line = _dialled(host, port, until)
        if self._implicit is not None:
            line.settimeout(_left(until))
            line = self._implicit.wrap_socket(line, server_hostname=host)
        self._until = time.monotonic() + self.times.command
        return line

    def send(self, s: object) -> None:
        """Sends all of it, and starts the clock for this step, which the answer must also keep to."""
        rest = memoryview(s.encode("ascii") if isinstance(s, str) else bytes(s))  # type: ignore[call-overload]
        self._until = time.monotonic() + self.seconds
        self._expect_silence()
        while rest:
            try:
                sent = self._timed().send(rest[:16_384])
            except OSError as trouble:
                raise self._broken(trouble) from trouble
            rest = rest[sent:]

    def getreply(self) -> tuple[int, bytes]:
        """The server's whole answer: its code and its words, one line each."""
        said: list[bytes] = []
        code, room = b"", LONGEST_REPLY
        while True:
            line = self._heard_line(room)
            room -= len(line) + 1
            match = _REPLY_LINE.fullmatch(line)
            if not match or (code and match[1] != code):
                raise self._gone("The mail server gave an answer that cannot be understood.")
            code = match[1]
            said.append((match[3] or b"").strip())
            if match[2] != b"-":
                break
        if self.sock is not None:
            # What smtplib does to the line itself (the TLS handshake) is one more step.
            self._wait_at_most(self.sock, self.seconds)
        return int(code), b"\n".join(said)

    def secure(self, context: ssl.SSLContext) -> None:
        """Encrypts the line from here on; raises, and sends nothing in the clear, where that cannot be."""
        self.starttls(context=context)
        if self._heard:
            # Somebody on the way put words in front of the handshake (CVE-2011-0411).
            raise self._gone("The mail server spoke before the encryption began.")

    def data(self, msg: object) -> tuple[int, bytes]:
        """Sends the text; gives the last answer, and `step` tells whether it came before the text or after."""
        self.step = Step.ASKING
        code, words = self.docmd("DATA")
        if code != 354:
            return code, words
        self.step = Step.TEXT
        self.seconds = self.times.text
        try:
            self.send(re.sub(rb"(?m)^\.", b"..", bytes(msg)) + b".\r\n")  # type: ignore[call-overload]
            return self.getreply()
        finally:
            self.seconds = self.times.command

    def _expect_silence(self) -> None:
        """A server that has spoken unasked has hung up, or its answers no longer belong to our questions."""
        if self.sock is None:
            raise BrokenLine("The line to the mail server is closed.")
        try:
            if not self._heard and not _may_have_spoken(self.sock):
                return
            self.sock.settimeout(0)
            unasked = bytes(self._heard) or self.sock.recv(512)
        except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return
        except OSError as trouble:
            raise self._broken(trouble) from trouble
        raise self._gone("The mail server spoke unasked." if unasked else "The mail server closed the line.")

    def _heard_line(self, most: int) -> bytes:
        while (end := self._heard.find(b"\n", 0, max(most, 0))) < 0:
            if len(self._heard) >= most:
                raise self._gone("The mail server gave an endless answer.")
            try:
                more = self._timed().recv(4096)
            except OSError as trouble:
                raise self._broken(trouble) from trouble
            if not more:
                raise self._gone("The mail server closed the line.")
            self._heard += more
        line = bytes(self._heard[:end]).rstrip(b"\r")
        del self._heard[: end + 1]
        return line

    def _timed(self) -> socket.socket:
        """The line, set to wait no longer than this step has left."""
        if self.sock is None:
            raise BrokenLine("The line to the mail server is closed.")
        self._wait_at_most(self.sock, _left(self._until))
        return self.sock

    def _wait_at_most(self, line: socket.socket, seconds: float) -> None:
        """Sets the line's own time-out, unless it is that already but for a hundredth: each setting is a system call."""
        now = line.gettimeout()
        if now is None or not 0.99 * seconds <= now <= seconds:
            line.settimeout(0.995 * seconds)

    def _broken(self, trouble: OSError) -> BrokenLine:
        if isinstance(trouble, TimeoutError):
            self.close()
            return SlowLine("The mail server did not answer in time.")
        return self._gone("The line to the mail server broke.")

    def _gone(self, why: str) -> BrokenLine:
        self.close()
        return BrokenLine(why)


def _dialled(host: str, port: int, until: float) -> socket.socket:
    """A line to the first address of the host that takes it; each address gets its share of the time left."""
    places = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    last: OSError = OSError("no address")
    for left_to_try, (family, kind, protocol, _, place) in zip(range(len(places), 0, -1), places, strict=True):
        line = socket.socket(family, kind, protocol)
        try:
            line.settimeout(max(_left(until) / left_to_try, 0.001))
            line.connect(place)
        except OSError as trouble:
            line.close()
            last = trouble
        else:
            return line
    raise last


def _may_have_spoken(line: socket.socket) -> bool:
    """Whether anything came that nobody has read; over TLS that can also be a word between the two machines."""
    if isinstance(line, ssl.SSLSocket) and line.pending():
        return True
    asked = select.poll()
    asked.register(line, select.POLLIN)
    return bool(asked.poll(0))


def _left(until: float) -> float:
    """The seconds left until then; TimeoutError when there are none."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("timed out")
    return left
