"""The mail server as a postbox: Flask-Mail's connection, with its gaps closed, kept open between letters."""

import contextlib
import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import flask_mail

from campaign.domain.posting import PostingResult, Step, result_of
from campaign.postbox.speaker import BrokenLine, NoLeave, SlowLine, Speaker, Times
from campaign.postbox.wire import is_sealed, plain_address

SECONDS_KEPT_IDLE = 60.0
SECONDS_FOR_GOODBYE = 2.0

# "Closing", and the codes by which a server says that it is lost: what it says next may not be for us.
_OUT_OF_STEP = frozenset({421, 500, 501, 502, 503, 504})

Tls = Literal["starttls", "implicit", "none"]


@dataclass(frozen=True)
class MailServer:
    """Where the mail server is, how the line is encrypted, and who we are to it."""

    host: str
    port: int
    tls: Tls
    user: str | None = None
    password: str | None = field(default=None, repr=False)


class SealedLetter(flask_mail.Message):
    """A letter whose bytes were fixed before; Flask-Mail adds and changes nothing."""

    def __init__(self, wire: bytes, *, sender: str, recipient: str) -> None:
        """ValueError if the bytes or an address could not travel unchanged."""
        if not is_sealed(wire):
            raise ValueError("these bytes are not a sealed mail")
        # Flask-Mail's own beginning would make a Message-ID for every letter, and ask the name service for ours.
        self.wire = wire
        self.recipients, self.sender = [plain_address(recipient)], plain_address(sender)

    def as_bytes(self) -> bytes:
        """The bytes as they were sealed."""
        return self.wire


class Line(flask_mail.Connection):
    """Flask-Mail's connection with time-outs, checked certificates and an outcome for every step.

    `answer` holds the last answer of the server to a letter; `num_emails` how many were tried.
    """

    host: Speaker | None
    answer: tuple[int, bytes]

    def __init__(self, mail: object, *, times: Times, tls: Tls, name: str, may_go: Callable[[], bool]) -> None:
        super().__init__(mail)  # type: ignore[arg-type]
        self.times, self.tls, self.name, self.may_go = times, tls, name, may_go
        self.in_the_middle = False
        self.last_used = time.monotonic()

    def configure_host(self) -> Speaker:
        """A server that greeted us, encrypted the line as asked and let us in."""
        # Flask-Mail's own STARTTLS looks at no certificate.
        trusted = ssl.create_default_context() if self.tls != "none" else None
        place, implicit = self.mail, trusted if self.tls == "implicit" else None
        host = Speaker(place.server, place.port or 25, name=self.name, times=self.times, implicit=implicit)
        try:
            if trusted is not None and implicit is None:
                host.secure(trusted)
            host.ehlo_or_helo_if_needed()
            if place.username and place.password:
                host.login(place.username, place.password)
        except BaseException:
            host.close()
            raise
        return host

    def send(self, message: flask_mail.Message, envelope_from: object = None) -> None:
        """Hands one letter to its one recipient; what the server said last is in `answer`.

        Raises OSError or ValueError when there was no answer; the host's `step` then tells how far it came.
        """
        if self.host is None:
            raise BrokenLine("The line to the mail server is closed.")
        host, wire = self.host, message.as_bytes()
        self.num_emails += 1
        self.last_used = time.monotonic()
        host.step = Step.SENDER
        if self.in_the_middle and host.rset()[0] != 250:
            raise BrokenLine("The mail server would not start afresh.")
        self.in_the_middle = True
        size = f" SIZE={len(wire)}" if host.has_extn("size") else ""
        # Both addresses are plain ones, so smtplib need not take them apart again.
        self.answer = host.docmd("MAIL", f"FROM:<{message.sender}>{size}")
        if self.answer[0] == 250:
            host.step = Step.RECIPIENT
            self.answer = host.docmd("RCPT", f"TO:<{message.recipients[0]}>")
            if self.answer[0] in (250, 251):
                if not self.may_go():
                    raise NoLeave("The leave to send this letter was lost before its text had gone.")
                self.answer = host.data(wire)
        self.in_the_middle = host.step in (Step.RECIPIENT, Step.ASKING)

    def __exit__(self, *exc: object) -> None:
        """Says goodbye; what the server makes of it does not matter, the letters are through."""
        if self.host is None:
            return
        self.host.seconds = min(self.times.command, SECONDS_FOR_GOODBYE)
        with contextlib.suppress(OSError, ValueError):
            self.host.quit()
        self.host.close()
        self.host = None


class SmtpPostbox:
    """A postbox that hands mails to a mail server over one kept line.

    Threads take turns; every process needs a postbox of its own. `may_go` is asked at the last moment before the text of
    a letter goes.
    """

    def __init__(
        self, server: MailServer, times: Times, *, per_session: int = 50, may_go: Callable[[], bool] = lambda: True
    ) -> None:
        self.server, self.times, self.per_session, self.may_go = server, times, per_session, may_go
        self._line: Line | None = None
        self._turn = threading.Lock()

    def __repr__(self) -> str:
        return f"SmtpPostbox({self.server!r})"

    def post(self, wire: bytes, *, sender: str, recipient: str) -> PostingResult:
        """What came of one try to hand the letter over; ValueError only if it is no sealed mail to begin with."""
        letter = SealedLetter(wire, sender=sender, recipient=recipient)
        with self._turn:
            self._leave_worn_line()
            kept = self._line is not None
            result, used_up = self._tried(letter)
            if kept and used_up:
                # Nothing of this letter was taken: the old session was at its end, and a new one may do.
                result, _ = self._tried(letter)
            return result

    def close(self) -> None:
        """Says goodbye to the mail server, if we are connected."""
        with self._turn:
            self._leave()

    def _tried(self, letter: SealedLetter) -> tuple[PostingResult, bool]:
        """The result, and whether only the session was at its end."""
        try:
            line = self._open_line(str(letter.sender))
        except (OSError, ValueError) as trouble:
            return _result_without_answer(Step.OPENING, trouble), False
        try:
            line.send(letter)
        except (OSError, ValueError) as trouble:
            step = line.host.step if line.host else Step.SENDER
            self._drop()
            result = _result_without_answer(step, trouble)
            return result, step is not Step.TEXT and not isinstance(trouble, SlowLine | NoLeave)
        except BaseException:
            # A worker told to stop: the rest of this letter must not become the beginning of the next.
            self._drop()
            raise
        step = line.host.step if line.host else Step.SENDER
        code, words = line.answer
        result = result_of(step, code, words)
        used_up = step is not Step.TEXT and (code == 421 or (step is Step.SENDER and code == 452))
        if used_up or not _is_plain_answer(step, code):
            self._drop()
        return result, used_up

    def _open_line(self, sender: str) -> Line:
        if self._line is None:
            name = _own_name(sender)
            line = Line(_mail_state(self.server), times=self.times, tls=self.server.tls, name=name, may_go=self.may_go)
            line.__enter__()
            self._line = line
        return self._line

    def _leave_worn_line(self) -> None:
        # Before the next letter, not after the last: an accepted letter must be on record before any goodbye.
        line = self._line
        if line and (line.num_emails >= self.per_session or time.monotonic() - line.last_used > SECONDS_KEPT_IDLE):
            self._leave()

    def _leave(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.__exit__(None, None, None)

    def _drop(self) -> None:
        """Hangs up without a word: who is there cannot be relied on any more."""
        line, self._line = self._line, None
        if line is not None and line.host is not None:
            line.host.close()


def _mail_state(server: MailServer) -> object:
    """Flask-Mail's own settings object; without `MAIL_MAX_EMAILS`, whose reconnect can hide a delivery."""
    places = {
        "MAIL_SERVER": server.host,
        "MAIL_PORT": server.port,
        "MAIL_USERNAME": server.user,
        "MAIL_PASSWORD": server.password,
    }
    return flask_mail.Mail().init_mail(places, debug=False, testing=False)


def _own_name(sender: str) -> str:
    """How we introduce ourselves: never by the name of this machine, which is nobody's business."""
    return sender.rpartition("@")[2] or "localhost"


def _is_plain_answer(step: Step, code: int) -> bool:
    """Whether the session can go on after this answer."""
    if step is Step.TEXT:
        # A server that did not want the text may have taken it for commands, and have more answers on the way.
        return code == 250
    return 400 <= code < 600 and code not in _OUT_OF_STEP


def _result_without_answer(step: Step, trouble: Exception) -> PostingResult:
    """The result when no answer came, or one that is not about the letter (a greeting, a sign-in)."""
    if isinstance(trouble, smtplib.SMTPResponseException):
        words = trouble.smtp_error
        return result_of(step, trouble.smtp_code, words if isinstance(words, bytes | str) else "")
    return result_of(step, None, _why(trouble))


def _why(trouble: Exception) -> str:
    if isinstance(trouble, BrokenLine):
        return str(trouble)
    if isinstance(trouble, ssl.SSLCertVerificationError):
        return f"The mail server's certificate is not to be trusted: {trouble.verify_message}."
    if isinstance(trouble, ssl.SSLError):
        return "The line to the mail server could not be encrypted."
    if isinstance(trouble, smtplib.SMTPNotSupportedError):
        return f"The mail server cannot do what we need: {trouble}"
    if isinstance(trouble, TimeoutError):
        return "The mail server could not be reached in time."
    if isinstance(trouble, socket.gaierror | UnicodeError):
        return "The name of the mail server could not be looked up."
    if isinstance(trouble, OSError) and trouble.strerror:
        return f"The mail server could not be reached: {trouble.strerror}."
    return "The talk with the mail server could not begin."
