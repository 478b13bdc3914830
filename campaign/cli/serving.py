"""`campaign demo`, `run`, `web` and `send`."""

import contextlib
import logging
import random
import secrets
import signal
import sys
import threading
import time
from datetime import timedelta

import click

from campaign.cli import hosting
from campaign.cli.collecting import Collector
from campaign.cli.demo import demo
from campaign.cli.supervising import end_with_parent, refuse_if_taken, serve_both
from campaign.cli.surroundings import Surroundings, here, now, say
from campaign.domain.refusals import StorageFailed
from campaign.flow import addressing, checking, confirming, ending, remembering, reopening, sending, telling_admins
from campaign.flow.sending import Breaker, Sender, SendingRules
from campaign.postbox import Postbox, postbox
from campaign.store import queue
from campaign.store.pacing import Pace

_HOST = click.option("--host", default="127.0.0.1", show_default=True)
_PORT = click.option("--port", default=8080, show_default=True, type=click.IntRange(1, 65535))
_CHILD = click.option("--under-supervisor", is_flag=True, hidden=True)
_log = logging.getLogger("campaign")

# While nothing is due, how often the queue is asked whether something came.
_LOOK_AGAIN = timedelta(seconds=1)
# How many stretches of letters are counted for later at a time, so that all else is minded in between.
_STRETCHES = 20


@click.command()
@_HOST
@_PORT
def run(host: str, port: int) -> None:
    """The web pages and the sender in one command. Ctrl-C ends both."""
    surroundings = here()
    _ = surroundings.db  # refuses here, in one sentence, when the database is behind
    sys.exit(serve_both(host, port, {}))


@click.command()
@_HOST
@_PORT
@_CHILD
def web(host: str, port: int, under_supervisor: bool) -> None:
    """The web pages alone."""
    from waitress import serve

    from campaign.web.app import create_app

    surroundings = here()
    hosting.claim(surroundings.settings)
    app = create_app(surroundings.settings, surroundings.db)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    if under_supervisor:
        end_with_parent()
    else:
        refuse_if_taken(host, port)
        say(f"Open http://{host}:{port} in a browser.")
    # The default of 100 connections lets 100 idle ones stop the site. What is too large is refused by a page of
    # ours, with a sentence; only what is far too large ends before it.
    serve(
        app, listen=f"{host}:{port}", threads=surroundings.settings.web_threads, ident="", connection_limit=1000,
        channel_timeout=60, clear_untrusted_proxy_headers=not surroundings.settings.proxies,
        max_request_body_size=10 * surroundings.settings.upload_limit,
    )  # fmt: skip


@click.command()
@click.option("--once", is_flag=True, help="Send what is due, then stop.")
@click.option(
    "--try-out", metavar="ADDRESS", help="Send what is due to this address instead; nothing is marked or counted."
)
@_CHILD
def send(once: bool, try_out: str | None, under_supervisor: bool) -> None:
    """The sender alone: takes letters that are due through the gate to the mail server, over several connections.

    TERM and Ctrl-C let it finish the letters in hand. With --once it ends with 0 when nothing due is left.
    """
    surroundings, stop = here(), threading.Event()
    hosting.claim(surroundings.settings)
    if try_out:
        say(f"{_tried_out(surroundings, try_out)} letters went to {try_out} alone. The queue is as it was.")
        return
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stop.set())
    if under_supervisor:
        end_with_parent()
    if once:
        remembering.refuse_if_nothing_leaves(surroundings.db)
    crew = Crew(surroundings, stop, once=once)
    crew.start()
    collector = Collector(surroundings, stop)
    if not once:
        collector.start()
    while not once and not stop.wait(_LOOK_AGAIN.total_seconds()):
        crew.mind()
    crew.wait()
    collector.wait()
    sys.exit(1 if crew.trouble or (once and queue.count_due(surroundings.db, now())) else 0)


class Crew:
    """The senders of one process, two for each connection to the mail server, and what has to be minded beside them."""

    def __init__(self, surroundings: Surroundings, stop: threading.Event, *, once: bool):
        self._surroundings, self._stop, self._once = surroundings, stop, once
        self._breaker = Breaker(time.monotonic)
        self.trouble: BaseException | None = None
        self._withheld: str | None = None
        connections = [
            (_postbox(surroundings), threading.Lock()) for _ in range(surroundings.settings.smtp_connections)
        ]
        self._hands = [
            threading.Thread(target=self._work, args=connection, name=f"sender-{place}-{n}", daemon=True)
            for n in range(sending.SENDERS_ON_A_CONNECTION)
            for place, connection in enumerate(connections)
        ]

    def start(self) -> None:
        self.mind()
        for hand in self._hands:
            hand.start()

    def wait(self) -> None:
        """Until each has finished: the letter in hand, or with `once` all that is due."""
        for hand in self._hands:
            hand.join()

    def mind(self) -> None:
        """Takes back what dead workers had in hand, counts finished days, forgets, reminds, and tells of what has ended.

        A database that does not answer is asked again the next time. Whatever else goes wrong ends the crew, each hand
        with the outcome of its letter written down.
        """
        try:
            self._mind()
        except StorageFailed as failed:
            if self._once:
                raise
            _log.error("the sender waits for the database (%s)", failed.trouble)
        except Exception as trouble:
            self._give_up(trouble)

    def _mind(self) -> None:
        db, office = self._surroundings.db, self._surroundings.office
        hosting.note_life(self._surroundings.settings)
        sending.tidy(db, now)
        with contextlib.suppress(StorageFailed):  # on a full disk; what is not remembered is counted one by one
            checking.remember(db, now(), _STRETCHES)
        if self._nothing_leaves():
            return
        reopening.take_effect(db, now(), self._surroundings.settings.close_patience)
        addressing.hold_what_fails(db, now())
        telling_admins.tell_by_mail(db, office, now())
        confirming.forget_unconfirmed(db, now())
        while not self._stop.is_set() and confirming.remind_next(db, office, now()):
            pass
        while not self._stop.is_set() and ending.tell_next(db, office, now()):
            pass

    def _nothing_leaves(self) -> bool:
        """Whether the ledger forbids every mail at this moment; why is said once."""
        refusal = remembering.why_nothing_leaves(self._surroundings.db)
        told, self._withheld = self._withheld, str(refusal) if refusal else None
        if self._withheld and self._withheld != told:
            _log.error("%s", refusal)
        return refusal is not None

    def _work(self, box: Postbox, turn: threading.Lock) -> None:
        try:
            while not self._worked(box, turn):
                self._stop.wait(_LOOK_AGAIN.total_seconds())
        except BaseException as trouble:
            self._give_up(trouble)

    def _worked(self, box: Postbox, turn: threading.Lock) -> bool:
        """Drains until nobody wants more; False where the database did not answer. Then it is a new worker's turn:

        the old one's name stays with the letter whose fate it could not write down.
        """
        try:
            # Closed by whoever ends first; the other one's next letter opens it again.
            with contextlib.closing(box):
                sender = self._sender(box, turn)
                with self._surroundings.db.locks.hold_worker(sender.worker):
                    self._drain(sender)
        except StorageFailed:
            if self._once or self._stop.is_set():
                raise
            return False
        return True

    def _give_up(self, trouble: BaseException) -> None:
        # One that dies ends all of them: whoever started us starts us again, with everything in order.
        self.trouble = trouble
        _log.error("a sender ended: %s", type(trouble).__name__)
        self._stop.set()

    def _drain(self, sender: Sender) -> None:
        while not self._stop.is_set():
            tries = sending.drain(sender, lambda: not self._stop.is_set())
            if tries:
                _log.info("%d handed to the mail server", tries)
            if self._once:
                return
            self._stop.wait(_LOOK_AGAIN.total_seconds())

    def _sender(self, box: Postbox, turn: threading.Lock) -> Sender:
        rules, office = _rules(self._surroundings), self._surroundings.office
        worker = secrets.token_hex(8)
        return Sender(self._surroundings.db, box, office.letterbook, worker, rules, now, self._breaker, turn)


def _tried_out(surroundings: Surroundings, to: str) -> int:
    with contextlib.closing(_postbox(surroundings)) as box:
        return sending.try_out(
            Sender(surroundings.db, box, surroundings.office.letterbook, "trial", _rules(surroundings), now), to
        )


def _postbox(surroundings: Surroundings):  # type: ignore[no-untyped-def]
    settings = surroundings.settings
    return postbox(
        settings.smtp_url,
        connect_timeout=settings.smtp_connect_timeout.total_seconds(),
        command_timeout=settings.smtp_command_timeout.total_seconds(),
        data_timeout=settings.smtp_data_timeout.total_seconds(),
        per_session=settings.smtp_per_session,
        may_go=surroundings.db.locks.are_held,
    )


def _rules(surroundings: Surroundings) -> SendingRules:
    settings = surroundings.settings
    pace = Pace(settings.letters_per_target_hour, settings.letters_per_minute)
    return SendingRules(
        settings.sender,
        settings.retry_delays,
        settings.give_up_after,
        pace,
        random.random,
        surroundings.office.return_path,
    )


COMMANDS = (demo, run, web, send)
