"""What a command works with: the settings, the database, the office, the time; and how rows are printed."""

import json
import secrets
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from campaign.domain.refusals import NotMigrated, StorageFailed
from campaign.domain.spreadsheet import as_csv
from campaign.settings import Settings, from_environment, shipped
from campaign.store.database import Database, connect
from campaign.store.disk import drop_ballast
from campaign.store.migrations import pending

if TYPE_CHECKING:
    from campaign.flow.office import Office


@dataclass(frozen=True)
class Surroundings:
    """Made once for each command."""

    settings: Settings

    @cached_property
    def unmigrated(self) -> Database:
        """The database, whether or not it is up to date."""
        settings = self.settings
        return connect(settings.database_url, pool=2 * settings.smtp_connections + 6, ledger=settings.ledger)

    @cached_property
    def db(self) -> Database:
        """The database. Raises NotMigrated when it is behind."""
        if pending(self.unmigrated):
            raise NotMigrated
        return self.unmigrated

    @cached_property
    def db_for_a_closing(self) -> Database:
        """The same; on a disk so full that SQLite cannot even open its files, room is made first."""
        try:
            return self.db
        except StorageFailed:
            if not drop_ballast(self.settings.data):
                raise
            return self.db

    @cached_property
    def office(self) -> "Office":
        # With it come Flask and all that writes and prints letters; a closing needs none of that, and is in a hurry.
        from campaign.flow.office import Office
        from campaign.letterbook import Letterbook

        book = Letterbook(shipped("letters"), shipped("templates") / "mail")
        return Office(letterbook=book, token=lambda: secrets.token_urlsafe(16), **self.settings.for_office)


def here() -> Surroundings:
    """The surroundings that the environment describes."""
    return Surroundings(from_environment())


def now() -> datetime:
    return datetime.now(UTC)


def say(words: str) -> None:
    """Words about what is done: they go to stderr, so that stdout holds only what was asked for."""
    print(words, file=sys.stderr, flush=True)


def print_json(rows: Iterable[dict[str, Any]]) -> None:
    """One object a line."""
    for row in rows:
        print(json.dumps(row, ensure_ascii=False, default=str))


def print_csv(columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> None:
    """A header and a line for each row; cells that a spreadsheet would run are quoted."""
    sys.stdout.write(as_csv(columns, rows))


def print_table(columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> None:
    """Columns side by side, for people."""
    cells = [[str(row.get(column) if row.get(column) is not None else "-") for column in columns] for row in rows]
    widths = [max(len(line[place]) for line in [list(columns), *cells]) for place in range(len(columns))]
    for line in [list(columns), *cells]:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
