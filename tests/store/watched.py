"""A database that tells how it finds what it is asked for."""

from typing import Any

from campaign.store.database import Database, Row


class Watched:
    """A SQLite database that keeps how each asking statement is carried out."""

    engine = "sqlite"

    def __init__(self, db: Database):
        self._db, self.plans = db, list[str]()

    def rows(self, sql: str, **values: Any) -> list[Row]:
        self.plans += [row["detail"] for row in self._db.rows(f"EXPLAIN QUERY PLAN {sql}", **values)]
        return self._db.rows(sql, **values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._db, name)
