"""A real SMTP server on a loopback port whose every answer a test can script.

    with smtp_server() as server:
        server.on("RCPT", "550 5.1.1 no such user", to="gone@ministry.example")
        box = postbox(server.url)
        ...
        assert [letter.recipients for letter in server.letters] == [["minister@ministry.example"]]

Steps: GREETING EHLO HELO STARTTLS AUTH MAIL RCPT DATA (asking to send) DOT (after the text) RSET QUIT.
Answers: a line of text; bytes, sent raw; DROP; STALL; Cut(bytes), after which the line is cut while we speak;
Dribble(bytes, seconds between two); Slow(seconds), after which the usual answer follows.
"""

import asyncio
import shutil
import socket
import ssl
import subprocess
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

DROP = object()
STALL = object()


@dataclass(frozen=True)
class Dribble:
    """Bytes sent one by one."""

    what: bytes
    seconds: float


@dataclass(frozen=True)
class Cut:
    """Bytes, and a moment later the line is cut."""

    what: bytes


@dataclass(frozen=True)
class Slow:
    """The usual answer, but late."""

    seconds: float


@dataclass(frozen=True)
class Arrived:
    """One mail whose whole text the server has."""

    sender: str
    recipients: list[str]
    wire: bytes

    @property
    def mail(self) -> EmailMessage:
        return message_from_bytes(self.wire, policy=policy.default)

    @property
    def text(self) -> str:
        """The body as the reader sees it, with plain line ends."""
        return str(self.mail.get_content()).replace("\r\n", "\n")


@dataclass
class _Rule:
    step: str
    answer: object
    to: str | None
    times: int | None

    def fits(self, step: str, argument: str) -> bool:
        return self.step == step and self.times != 0 and (self.to is None or self.to.lower() in argument.lower())


@dataclass
class Server:
    """What a test asks and tells the server; `letters` were answered with 250, `texts` arrived whole, taken or not."""

    letters: list[Arrived] = field(default_factory=list)
    texts: list[Arrived] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    sessions: int = 0
    letters_per_session: int | None = None
    port: int = 0
    host: str = "127.0.0.1"
    tls: str = "none"
    _rules: list[_Rule] = field(default_factory=list)
    _talks: list[Any] = field(default_factory=list)
    _watchers: dict[str, list[Callable[[], object]]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """The setting that reaches this server."""
        return f"smtp://{self.host}:{self.port}?tls={self.tls}"

    def on(self, step: str, answer: object, *, to: str | None = None, times: int | None = None) -> None:
        """From now on this answer at this step; `to`: only where the command holds these words; `times`: so often."""
        self._rules.insert(0, _Rule(step, answer, to, times))

    def at(self, step: str, do: Callable[[], object]) -> None:
        """Calls this, in a thread of its own, each time the step is reached and before it is answered."""
        self._watchers.setdefault(step, []).append(do)

    def answer(self, step: str, argument: str) -> object | None:
        """The scripted answer, or None for the usual one."""
        for rule in self._rules:
            if rule.fits(step, argument):
                if rule.times is not None:
                    rule.times -= 1
                return rule.answer
        return None

    def hang_up(self) -> None:
        """Cuts every line at once."""
        for talk in list(self._talks):
            talk.loop.call_soon_threadsafe(talk.cut)

    def watchers(self, step: str) -> list[Callable[[], object]]:
        """Who wants to know of this step."""
        return self._watchers.get(step, [])


class _Talk(SMTP):
    """aiosmtpd's server, asking the script before each answer."""

    def __init__(self, script: Server, *, must_sign_in: bool = False, **settings: Any) -> None:
        self.script = script
        self.step, self.argument, self.taken = "GREETING", "", 0
        script._talks.append(self)
        super().__init__(self, enable_SMTPUTF8=False, hostname="mx.test.example", ident="test", **settings)
        self._auth_required = must_sign_in  # set here, because aiosmtpd warns of sign-ins without encryption
        self._smtp_methods = {name: self._scripted(name, method) for name, method in self._smtp_methods.items()}

    def _scripted(self, step: str, usual: Callable[[Any], Awaitable[None]]) -> Callable[[Any], Awaitable[None]]:
        async def answered(argument: str | None) -> None:
            self.step, self.argument = step, argument or ""
            self.script.heard.append(f"{step} {self.argument}".strip())
            most = self.script.letters_per_session
            if step == "MAIL" and most is not None and self.taken >= most:
                await super(_Talk, self).push("452 4.5.3 Too many messages sent")
                return
            said = await self._from_script(step)
            if said is None:
                await usual(argument)
            else:
                await self._say(said)

        return answered

    def cut(self) -> None:
        if self.transport is not None:
            self.transport.abort()

    async def _from_script(self, step: str) -> object | None:
        loop = asyncio.get_running_loop()
        for watcher in self.script.watchers(step):
            await loop.run_in_executor(None, watcher)
        said = self.script.answer(step, self.argument)
        if isinstance(said, Slow):
            await asyncio.sleep(said.seconds)
            return None
        return said

    async def _say(self, said: object) -> None:
        if said is DROP:
            self._writer.transport.abort()
        if said is DROP or said is STALL:
            await asyncio.sleep(3600)
        elif isinstance(said, bytes):
            self._writer.write(said)
            await self._writer.drain()
        elif isinstance(said, Cut):
            self._writer.write(said.what)
            await self._writer.drain()
            await asyncio.sleep(0.02)
            self._writer.transport.abort()
            await asyncio.sleep(3600)
        elif isinstance(said, Dribble):
            for one in said.what:
                self._writer.write(bytes([one]))
                await self._writer.drain()
                await asyncio.sleep(said.seconds)
        else:
            await super().push(str(said))

    async def push(self, status: Any) -> None:
        if self.step == "GREETING":
            self.script.sessions += 1
            said = await self._from_script("GREETING")
            self.step = "NOTHING"
            if said is not None:
                await self._say(said)
                return
        if isinstance(status, bytes | str) and status:
            await super().push(status)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> Any:
        content = envelope.content
        assert isinstance(content, bytes)
        arrived = Arrived(envelope.mail_from or "", list(envelope.rcpt_tos), content)
        self.argument = " ".join(arrived.recipients)
        self.script.texts.append(arrived)
        said = await self._from_script("DOT")
        if said is not None and not (isinstance(said, str) and said.startswith("250")):
            self._set_post_data_state()
            await self._say(said)
            return ""
        self.taken += 1
        self.script.letters.append(arrived)
        return said or "250 2.0.0 accepted as 4711"


class _AnyPort(Controller):
    """aiosmtpd knocks on its own door to start; with port 0 it has to be told which door it got."""

    def __init__(self, script: Server, settings: dict[str, Any], implicit: ssl.SSLContext | None) -> None:
        self.script, self.settings = script, settings
        super().__init__(object(), hostname="127.0.0.1", port=0, ssl_context=implicit)

    def factory(self) -> SMTP:
        return _Talk(self.script, loop=self.loop, **self.settings)

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def smtp_server(
    *,
    certificate: "Certificate | None" = None,
    implicit: bool = False,
    login: tuple[str, str] | None = None,
    letters_per_session: int | None = None,
) -> Iterator[Server]:
    """A server for the length of a `with`; with a certificate it speaks STARTTLS, or TLS at once if `implicit`."""
    script = Server()
    context = certificate.context() if certificate else None
    settings: dict[str, Any] = {}
    if context and not implicit:
        settings |= {"tls_context": context, "require_starttls": True}
    if login:
        settings |= {"must_sign_in": True, "auth_require_tls": False, "authenticator": _knows(login)}
    controller = _AnyPort(script, settings, context if implicit else None)
    controller.start()
    script.port, script.sessions = controller.port, 0
    script.letters_per_session = letters_per_session
    if certificate:
        script.host, script.tls = "localhost", "implicit" if implicit else "starttls"
    try:
        yield script
    finally:
        script.hang_up()
        controller.stop()


def _knows(login: tuple[str, str]) -> Callable[..., AuthResult]:
    def authenticator(server: SMTP, session: Session, envelope: Envelope, mechanism: str, said: Any) -> AuthResult:
        return AuthResult(success=(said.login.decode(), said.password.decode()) == login, handled=False)

    return authenticator


@dataclass(frozen=True)
class Certificate:
    """A self-signed certificate for localhost, in files."""

    certificate: Path
    key: Path

    def context(self) -> ssl.SSLContext:
        """The server's side of it."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        return context


def certificate_in(folder: Path, *, names: str = "DNS:localhost,IP:127.0.0.1") -> Certificate | None:
    """A fresh certificate, or None where the openssl program is missing."""
    openssl = shutil.which("openssl")
    if openssl is None:
        return None
    made = Certificate(folder / "server.pem", folder / "server.key")
    words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=test"
    files = ["-keyout", str(made.key), "-out", str(made.certificate), "-addext", f"subjectAltName={names}"]
    subprocess.run([openssl, *words.split(), *files], check=True, capture_output=True, timeout=30)
    return made


@contextmanager
def silent_port() -> Iterator[int]:
    """A loopback port on which nobody listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


__all__ = [
    "DROP",
    "STALL",
    "Arrived",
    "Certificate",
    "Cut",
    "Dribble",
    "Server",
    "Slow",
    "certificate_in",
    "silent_port",
    "smtp_server",
]
