"""A small IMAP server on a loopback port: one user, one folder, the few commands that our mailbox says.

with imap_server([message, …]) as server:
    server.url  # imap://olu:secret@127.0.0.1:…/INBOX
    server.flags[1]  # what became of the first message
"""

import re
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.smtp_server import Certificate

USER, PASSWORD, FOLDER = 'o"lu', "se\\cr et", "Reports of mail"


@dataclass
class ImapServer:
    """What a test asks and tells the server; UIDs begin at 1. `silent_at` names a command that gets no answer."""

    messages: dict[int, bytes]
    port: int = 0
    is_encrypted: bool = False
    silent_at: str = ""
    refused: str = ""
    gone: set[int] = field(default_factory=set)
    flags: dict[int, set[str]] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        scheme, host = ("imaps", "localhost") if self.is_encrypted else ("imap", "127.0.0.1")
        return f"{scheme}://o%22lu:se%5Ccr%20et@{host}:{self.port}/Reports%20of%20mail"

    def answer(self, command: str, words: str) -> tuple[list[bytes], str]:
        """The untagged lines and the word at the end."""
        if command == "LOGIN":
            return [], "OK" if words == r'"o\"lu" "se\\cr et"' else "NO"
        if command == "SELECT":
            return [b"* %d EXISTS" % len(self.messages)], "OK" if words == f'"{FOLDER}"' else "NO"
        if command == "LOGOUT":
            return [b"* BYE"], "OK"
        if command == "UID":
            verb, _, rest = words.partition(" ")
            return getattr(self, f"_{verb.lower()}")(rest)
        return ([b"* CAPABILITY IMAP4rev1"], "OK") if command == "CAPABILITY" else ([], "BAD")

    def _search(self, words: str) -> tuple[list[bytes], str]:
        assert words == "UNSEEN"
        unseen = [uid for uid in self.messages if r"\Seen" not in self.flags.get(uid, set())]
        return [b"* SEARCH " + " ".join(map(str, unseen)).encode()], "OK"

    def _fetch(self, words: str) -> tuple[list[bytes], str]:
        uid, most = re.fullmatch(r"(\d+) \(BODY\.PEEK\[\]<0\.(\d+)>\)", words).groups()
        if int(uid) in self.gone:
            return [], "OK"
        piece = self.messages[int(uid)][: int(most)]
        return [b"* %d FETCH (UID %d BODY[]<0> {%d}\r\n%s)" % (int(uid), int(uid), len(piece), piece)], "OK"

    def _store(self, words: str) -> tuple[list[bytes], str]:
        uid, flags = re.fullmatch(r"(\d+) \+FLAGS\.SILENT \((.+)\)", words).groups()
        self.flags.setdefault(int(uid), set()).update(flags.split())
        return [], "OK"


def _talk(script: ImapServer) -> type[socketserver.StreamRequestHandler]:
    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"* OK ready\r\n")
            for line in self.rfile:
                tag, _, rest = line.decode().rstrip("\r\n").partition(" ")
                command, _, words = rest.partition(" ")
                script.said.append(rest)
                if script.silent_at and rest.startswith(script.silent_at):
                    continue
                untagged, end = script.answer(command, words)
                if script.refused and rest.startswith(script.refused):
                    untagged, end = [], "NO"
                self.wfile.write(b"".join(line + b"\r\n" for line in untagged) + f"{tag} {end} done\r\n".encode())

    return Talk


class _Listening(socketserver.ThreadingTCPServer):
    daemon_threads, block_on_close = True, False

    def __init__(self, script: ImapServer, context: ssl.SSLContext | None) -> None:
        super().__init__(("127.0.0.1", 0), _talk(script))
        if context:
            self.socket = context.wrap_socket(self.socket, server_side=True)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what some tests are about."""


@contextmanager
def imap_server(messages: list[bytes], certificate: Certificate | None = None, **settings: str) -> Iterator[ImapServer]:
    """A server for the length of a `with`; with a certificate it speaks TLS."""
    script = ImapServer(dict(enumerate(messages, 1)), is_encrypted=certificate is not None, **settings)
    with _Listening(script, certificate.context() if certificate else None) as listening:
        script.port = listening.server_address[1]
        thread = threading.Thread(target=listening.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield script
        finally:
            listening.shutdown()
            thread.join()
