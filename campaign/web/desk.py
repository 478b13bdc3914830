"""What every view finds at hand: the database, the office, the clock, new tokens."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask, current_app

from campaign.domain.refusals import NotMigrated
from campaign.flow.office import Office
from campaign.settings import Settings
from campaign.store.database import Database

WEB = Path(__file__).resolve().parent

# A page does not wait for a mail server that stalls: the closing is saved, and finishes by itself.
PATIENCE = timedelta(seconds=10)


@dataclass
class Desk:
    """Kept with the application; tests put another clock on it."""

    settings: Settings
    db: Database
    office: Office
    clock: Callable[[], datetime]
    mails: Callable[[], list[Any]]
    """The mails in the outbox folder, newest first; none where a mail server is set."""


def open_desk(app: Flask, settings: Settings, db: Database, *, book: Any, mails: Callable[[], list[Any]]) -> None:
    office = Office(letterbook=book, token=new_token, **settings.for_office)
    app.extensions["desk"] = Desk(settings, db, office, lambda: datetime.now(UTC), mails)


def refuse_if_pending(steps: list[str]) -> None:
    if steps:
        raise NotMigrated


def the_desk() -> Desk:
    desk: Desk = current_app.extensions["desk"]
    return desk


def db() -> Database:
    return the_desk().db


def office() -> Office:
    return the_desk().office


def now() -> datetime:
    return the_desk().clock()


def new_token() -> str:
    """A word of 128 random bits, fit for an address."""
    return secrets.token_urlsafe(16)
