"""`campaign demo`, `run`, `web` and `send`."""

import contextlib
import logging
import secrets
import signal
import sys
import threading
from datetime import timedelta

import click

from campaign.cli.demo import demo
from campaign.cli.supervising import end_with_parent, refuse_if_taken, serve_both
from campaign.cli.surroundings import Surroundings, here, now, say
from campaign.flow import confirming, ending, sending
from campaign.flow.sending import Sender, SendingRules
from campaign.postbox import postbox
from campaign.store import queue

_HOST = click.option("--host", default="127.0.0.1", show_default=True)
_PORT = click.option("--port", default=8080, show_default=True, type=click.IntRange(1, 65535))
_CHILD = click.option("--under-supervisor", is_flag=True, hidden=True)
_log = logging.getLogger("campaign")

# While nothing is due, how often the queue is asked whether something came.
_LOOK_AGAIN = timedelta(seconds=1)
_AFTER_SILENCE = timedelta(seconds=10)


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
@_CHILD
def send(once: bool, under_supervisor: bool) -> None:
    """The sender alone: takes letters that are due through the gate to the mail server.

    TERM and Ctrl-C let it finish the letter in hand. With --once it ends with 0 when nothing due is left.
    """
    surroundings, stop = here(), threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stop.set())
    if under_supervisor:
        end_with_parent()
    with contextlib.closing(_postbox(surroundings)) as box:
        sender = Sender(
            surroundings.db, box, surroundings.office.letterbook, secrets.token_hex(8), _rules(surroundings), now
        )
        with surroundings.db.locks.hold_worker(sender.worker):
            if once:
                _round(sender, surroundings, stop)
            while not once and not stop.is_set():
                stop.wait(_round(sender, surroundings, stop).total_seconds())
    sys.exit(1 if once and queue.count_due(surroundings.db, now()) else 0)


def _round(sender: Sender, surroundings: Surroundings, stop: threading.Event) -> timedelta:
    """One look at everything the sender minds; returns how long to rest after it."""
    sending.tidy(sender)
    confirming.forget_unconfirmed(sender.db, now())
    while not stop.is_set() and confirming.remind_next(sender.db, surroundings.office, now()):
        pass
    while not stop.is_set() and ending.tell_next(sender.db, surroundings.office, now()):
        pass
    tries = sending.drain(sender, lambda: not stop.is_set())
    if tries:
        _log.info("%d handed to the mail server", tries)
    silent = bool(tries and queue.count_due(sender.db, now()))
    return _AFTER_SILENCE if silent else _LOOK_AGAIN


def _postbox(surroundings: Surroundings):  # type: ignore[no-untyped-def]
    settings = surroundings.settings
    return postbox(
        settings.smtp_url,
        connect_timeout=settings.smtp_connect_timeout.total_seconds(),
        command_timeout=settings.smtp_command_timeout.total_seconds(),
        data_timeout=settings.smtp_data_timeout.total_seconds(),
        per_session=settings.smtp_per_session,
    )


def _rules(surroundings: Surroundings) -> SendingRules:
    settings = surroundings.settings
    return SendingRules(settings.sender, settings.retry_delays, settings.give_up_after, surroundings.office.return_path)


COMMANDS = (demo, run, web, send)
