"""A mail server that notes when each text began to come and what it took, and is as slow or as moody as it is told."""

import asyncio
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass
from email import message_from_bytes
from typing import Any

from aiosmtpd.smtp import SMTP

LATER, NEVER = "451 4.7.1 later", "550 5.1.1 no such user"


@dataclass(frozen=True)
class Moods:
    """How likely it is, for each mail, that the server …"""

    greylists: float = 0.05
    refuses: float = 0.03
    hangs_up: float = 0.02
    drops_text: float = 0.02
    later_after_text: float = 0.04
    never_after_text: float = 0.02
    loses_answer: float = 0.04


class Sink:
    """`data` are the DATA commands, with their instant and first recipient; `taken` counts accepted texts by Message-ID.

    `stalls` holds words such as `DOT stop7@`: at this step, for such a recipient, nothing is answered any more.
    `lost` counts the accepted texts of whose acceptance the sender never heard.
    """

    def __init__(self, *, delay: float = 0.005, moods: Moods | None = None):
        self.delay, self.moods, self.chance = delay, moods, random.Random(7)
        self.data: list[tuple[float, str]] = []
        self.taken, self.lost = Counter[str](), Counter[str]()
        self.stalls: set[str] = set()
        self._ready = threading.Event()
        threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True).start()
        self._ready.wait()

    async def _serve(self) -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: _Talk(self), "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await server.serve_forever()

    def sent_to(self, recipient: str, since: int = 0) -> list[float]:
        """The instants of the DATA commands for this recipient."""
        return [at for at, to in self.data[since:] if to == recipient]


class _Talk(SMTP):
    """aiosmtpd's server, which takes its time before each answer."""

    def __init__(self, sink: Sink):
        self.sink = sink
        super().__init__(self, hostname="sink", ident="sink")

    def _draws(self, mood: str) -> bool:
        moods = self.sink.moods
        return moods is not None and self.sink.chance.random() < getattr(moods, mood)

    async def _stall_at(self, step: str) -> None:
        to = (self.envelope.rcpt_tos or [""])[0] if self.envelope else ""
        while any(word.split()[0] == step and word.split()[1] in to for word in self.sink.stalls):
            await asyncio.sleep(0.05)

    async def push(self, status: Any) -> None:
        await asyncio.sleep(self.sink.delay)
        if self.transport is not None and not self.transport.is_closing():
            await super().push(status)

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self._draws("hangs_up"):
            self.transport.abort()
        envelope.mail_from = address
        return "250 yes"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self._draws("greylists"):
            return LATER
        if self._draws("refuses"):
            return NEVER
        envelope.rcpt_tos.append(address)
        await self._stall_at("RCPT")
        return "250 yes"

    async def smtp_DATA(self, arg: str) -> None:
        to = (self.envelope.rcpt_tos or [""])[0]
        self.sink.data.append((time.time(), to))
        await self._stall_at("DATA")
        if self._draws("drops_text"):
            await self.push("354 go on")
            self.transport.abort()
            return
        await super().smtp_DATA(arg)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        known_by = str(message_from_bytes(envelope.content)["Message-ID"])
        await self._stall_at("DOT")
        if self._draws("later_after_text"):
            return "452 4.2.2 later"
        if self._draws("never_after_text"):
            return "554 5.6.0 not this one"
        self.sink.taken[known_by] += 1
        if self._draws("loses_answer"):
            self.sink.lost[known_by] += 1
            self.transport.abort()
        return "250 taken"
