"""From the words of the setting to a postbox that is ready."""

import ipaddress
from collections.abc import Callable
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from campaign.domain.posting import PostingResult
from campaign.postbox.outbox import OutboxFolder
from campaign.postbox.smtp import MailServer, SmtpPostbox, Tls
from campaign.postbox.speaker import Times

_PORTS: dict[Tls, int] = {"starttls": 587, "implicit": 465, "none": 25}
_FORM = "smtp://user:password@host:port?tls=starttls"


class Postbox(Protocol):
    """The way out for mail."""

    def post(self, wire: bytes, *, sender: str, recipient: str) -> PostingResult:
        """What came of one try; nothing that the network or the server does is raised."""
        ...

    def close(self) -> None:
        """Lets go of what is held open."""
        ...


def postbox(
    url: str,
    *,
    connect_timeout: float = 10,
    command_timeout: float = 30,
    data_timeout: float = 60,
    per_session: int = 50,
    may_go: Callable[[], bool] = lambda: True,
) -> Postbox:
    """The postbox for `outbox:/path/to/folder` or `smtp://…`; ValueError, without the password, for anything else.

    Nothing is opened yet. Times are seconds for connecting, for each command and for the text of a letter. A mail server's
    postbox asks `may_go` at the last moment before the text; without its leave the letter is later's.
    """
    if min(connect_timeout, command_timeout, data_timeout) <= 0 or per_session < 1:
        raise ValueError("the mail time-outs and the letters per session must be above zero")
    kind, _, rest = url.partition(":")
    if kind == "outbox":
        return OutboxFolder(_folder(rest))
    if kind != "smtp":
        raise ValueError(f"the mail setting must begin with outbox: or smtp://, as in outbox:/path or {_FORM}")
    times = Times(connect_timeout, command_timeout, data_timeout)
    return SmtpPostbox(_server(url), times, per_session=per_session, may_go=may_go)


def _folder(path: str) -> Path:
    if path.startswith("//"):
        path = path[2:]
        if not path.startswith("/"):
            raise ValueError("the outbox folder is written outbox:/path/to/folder, with one slash")
    if not path or "\0" in path:
        raise ValueError("the outbox setting needs a folder, as in outbox:/path/to/folder")
    return Path(path)


def _server(url: str) -> MailServer:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        # The standard library's own sentence can hold a piece of the password.
        raise ValueError(
            f"the mail setting cannot be read; it is written {_FORM}, and in user and password "
            "the signs / ? # @ : % must be written as %2F %3F %23 %40 %3A %25"
        ) from None
    if not host or any(sign.isspace() or not sign.isprintable() for sign in host):
        raise ValueError(f"the mail setting needs a host, as in {_FORM}")
    if port == 0 or parts.path not in ("", "/") or parts.fragment:
        raise ValueError(f"the mail setting has something wrong after the host; it is written {_FORM}")
    tls = _tls(parts, host)
    user, password = _sign_in(parts)
    return MailServer(host, port or _PORTS[tls], tls, user, password)


def _tls(parts: SplitResult, host: str) -> Tls:
    asked = parse_qsl(parts.query, keep_blank_values=True)
    if not asked and not parts.query:
        return "none" if is_this_machine(host) else "starttls"
    for way in _PORTS:
        if asked == [("tls", way)]:
            return way
    raise ValueError("after the ? the mail setting takes only tls=starttls, tls=implicit or tls=none")


def _sign_in(parts: SplitResult) -> tuple[str | None, str | None]:
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) != bool(password):
        raise ValueError("the mail setting needs both a user and a password, or neither")
    if not (user + password).isascii() or not (user + password).isprintable():
        raise ValueError("the user and the password of the mail setting must be printable ASCII")
    return user or None, password or None


def is_this_machine(host: str) -> bool:
    """Whether nobody else can listen on the way to this host."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
