"""Several processes under one command: started again when they die, ended together."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time

from campaign.cli.surroundings import say
from campaign.domain.refusals import Refusal

_SETTLED = 5.0
_LONGEST_WAIT = 2.0


def supervise(commands: dict[str, list[str]], environment: dict[str, str], grace: float = 20.0) -> int:
    """Runs the commands until TERM or Ctrl-C, then ends all of them; returns the exit status.

    The children have sessions of their own, so that Ctrl-C reaches them once, through us; and each reads from a pipe
    whose end tells it that we are gone, however we went.
    """
    stopping = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(sign, lambda *_: stopping.set())
    children = [_Child(name, command, environment) for name, command in commands.items()]
    while not stopping.wait(0.2):
        for child in children:
            child.look_after()
    for child in children:
        child.terminate()
    until = time.monotonic() + grace
    for child in children:
        child.wait(until)
    return 0


class _Child:
    def __init__(self, name: str, command: list[str], environment: dict[str, str]):
        self.name, self.command, self.environment = name, command, environment
        self.running: subprocess.Popen[bytes] | None = None
        self.pause, self.due, self.born = 0.25, 0.0, 0.0

    def look_after(self) -> None:
        """Starts the child, or starts it again after a pause that grows while it keeps dying."""
        now = time.monotonic()
        if self.running is not None and self.running.poll() is not None:
            self.pause = 0.5 if now - self.born > _SETTLED else min(self.pause * 2, _LONGEST_WAIT)
            self.due = now + self.pause
            print(f"{self.name} ended with {self.running.returncode}; it starts again.", file=sys.stderr, flush=True)
            self.running = None
        if self.running is None and now >= self.due:
            self.running = subprocess.Popen(
                self.command, stdin=subprocess.PIPE, start_new_session=True, env=self.environment
            )
            self.born = now

    def terminate(self) -> None:
        if self.running is not None:
            self.running.terminate()

    def wait(self, until: float) -> None:
        if self.running is None:
            return
        try:
            self.running.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.running.kill()
            self.running.wait()


def end_with_parent() -> None:
    """In a child: ends this process, as SIGTERM would, once the supervisor is gone."""

    def watch() -> None:
        os.read(sys.stdin.fileno(), 1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


def serve_both(host: str, port: int, words: dict[str, str]) -> int:
    """Starts web and sender as children, with these settings in their environment, until told to end."""
    refuse_if_taken(host, port)
    address = os.environ.get("CAMPAIGN_BASE_URL") or f"http://{host}:{port}"
    environment = {**os.environ, "CAMPAIGN_BASE_URL": address, **words}
    campaign = [sys.executable, "-m", "campaign"]
    web = [*campaign, "web", "--host", host, "--port", str(port), "--under-supervisor"]
    say(f"Open {environment['CAMPAIGN_BASE_URL']} in a browser. Ctrl-C ends everything.")
    return supervise({"web": web, "sender": [*campaign, "send", "--under-supervisor"]}, environment)


def refuse_if_taken(host: str, port: int) -> None:
    """Raises a Refusal when another program listens there already."""
    with contextlib.closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as taken:
            raise Refusal(f"{host}:{port} cannot be used ({taken.strerror}); choose another with --port.") from None
