"""Finished days: letters counted before, so that no page has to count millions.

What is remembered can be made again from the letters at any time: it is no number that is added to, but an answer that was
given before, with all that has changed since. Whoever reads takes together the remembered cells, the changes since, and the
letters that are not remembered yet; in one statement, or in `one_moment`.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from campaign.store.columns import instant
from campaign.store.database import Database, Row

A_STRETCH = 4000
# Most of what happens to a letter happens within minutes after it was written; before that it is not worth remembering.
REST = timedelta(minutes=10)
OFTEN = timedelta(minutes=1)
MANY_CHANGES = 2000

_CELL = ("day", "case_id", "target_id", "channel", "state", "country", "language", "group_id")
_MEASURES = ("n", "copies", "own", "back")
COLUMNS = ", ".join((*_CELL, *_MEASURES))
# The sums of two sums, for engines whose sums of whole numbers have other types.
SUMS = ", ".join(f"CAST(sum({measure}) AS bigint) AS {measure}" for measure in _MEASURES)
_ADDED = ", ".join(f"{measure} = {{table}}.{measure} + excluded.{measure}" for measure in _MEASURES)

UPTO = "(SELECT COALESCE(max(upto), 0) FROM finished)"

# What is kept for each face, by which column; the case always stands beside it.
FACES = {
    "target": "CAST(target_id AS text)",
    "country": "country",
    "language": "language",
    "group": "CAST(group_id AS text)",
    "day": "day",
}

# The cell of one letter. The sum keeps an engine from looking for a case before it looks where the remembered letters end.
OF_LETTER = """substr(COALESCE(l.sent_at, l.created_at), 1, 10) AS day, l.case_id + 0 AS case_id,
    COALESCE(l.target_id, 0) AS target_id, l.channel AS channel, l.state AS state, COALESCE(l.country, '') AS country,
    l.language AS language, COALESCE(l.group_id, 0) AS group_id, 1 AS n,
    CASE WHEN l.copy_of IS NOT NULL THEN 1 ELSE 0 END AS copies,
    CASE WHEN l.own_words_at IS NOT NULL AND l.copy_of IS NULL THEN 1 ELSE 0 END AS own,
    CASE WHEN l.bounced_at IS NOT NULL THEN 1 ELSE 0 END AS back"""


def upto(db: Database) -> int:
    """The highest id of the letters that are remembered."""
    return int(db.rows(f"SELECT {UPTO} AS upto")[0]["upto"])


def is_due(db: Database, now: datetime) -> bool:
    """Whether there is something to remember: asked often, so without a transaction."""
    oldest = db.rows("SELECT created_at FROM letters WHERE id > :upto ORDER BY id LIMIT 1", upto=upto(db))
    if oldest and oldest[0]["created_at"] < instant(now - REST - OFTEN):
        return True
    return int(db.rows("SELECT count(*) AS n FROM finished_changes")[0]["n"]) > MANY_CHANGES


def remember(db: Database, now: datetime) -> int:
    """Remembers the next stretch of letters that have rested, and takes in what changed since; how many ids further it went.

    Found again from the letters if it is lost, so it need not wait for the disk.
    """
    with db.atomic(lasts=False):
        db.rows(db.counts_alone)
        before = upto(db)
        row = db.rows(
            """SELECT max(id) AS newest, min(CASE WHEN created_at >= :rested THEN id END) AS young
               FROM (SELECT id, created_at FROM letters WHERE id > :upto ORDER BY id LIMIT :most) stretch""",
            upto=before,
            rested=instant(now - REST),
            most=A_STRETCH,
        )[0]
        after = row["young"] - 1 if row["young"] else row["newest"] or before
        if after > before:
            db.run(
                f"""INSERT INTO finished_stretch ({COLUMNS}) SELECT {", ".join(_CELL)}, {SUMS}
                    FROM (SELECT {OF_LETTER} FROM letters l WHERE l.id > :before AND l.id <= :after) cells
                    GROUP BY {", ".join(_CELL)}""",
                before=before,
                after=after,
            )
            db.run(
                "INSERT INTO finished (id, upto) VALUES (1, :upto) ON CONFLICT (id) DO UPDATE SET upto = excluded.upto",
                upto=after,
            )
            _take_in(db, "finished_stretch")
        _take_in(db, "finished_changes")
    return int(after) - before


def _take_in(db: Database, table: str) -> None:
    """Adds the cells of one table to what is remembered, and empties it."""
    if not db.rows(f"SELECT n FROM {table} LIMIT 1"):
        return
    cell = ", ".join(_CELL)
    db.run(
        f"""INSERT INTO finished_days ({COLUMNS}) SELECT {cell}, {SUMS} FROM {table} WHERE n <> 0 GROUP BY {cell}
            ON CONFLICT ({cell}) DO UPDATE SET {_ADDED.format(table="finished_days")}"""
    )
    db.run("DELETE FROM finished_days WHERE n = 0")
    for face, value in FACES.items():
        db.run(
            f"""INSERT INTO finished_faces (face, case_id, value, channel, state, {", ".join(_MEASURES)})
                SELECT '{face}', case_id, {value}, channel, state, {SUMS} FROM {table} WHERE n <> 0
                GROUP BY case_id, {value}, channel, state
                ON CONFLICT (face, case_id, value, channel, state) DO UPDATE
                SET {_ADDED.format(table="finished_faces")}"""
        )
    db.run(f"DELETE FROM {table}")


def forget(db: Database) -> None:
    """Forgets all that is remembered; every count asks the letters again."""
    with db.atomic():
        db.rows(db.counts_alone)
        for table in ("finished_changes", "finished_faces", "finished_days", "finished"):
            db.run(f"DELETE FROM {table}")


def differences(db: Database) -> Iterator[tuple[str, Row]]:
    """Where what is remembered is not what the letters say now: `days` or the face, and the cell with its wrong measures.

    Counts every letter that is remembered, so it takes as long as that takes.
    """
    cell = ", ".join(_CELL)
    minus = ", ".join(f"-{measure}" for measure in _MEASURES)
    wrong = " OR ".join(f"sum({measure}) <> 0" for measure in _MEASURES)
    letters = f"SELECT {OF_LETTER} FROM letters l WHERE l.id <= {UPTO}"
    for row in db.rows(
        f"""SELECT {cell}, {SUMS} FROM (SELECT {COLUMNS} FROM finished_days
                UNION ALL SELECT {COLUMNS} FROM finished_changes
                UNION ALL SELECT {cell}, {minus} FROM ({letters}) counted) both_sides GROUP BY {cell} HAVING {wrong}"""
    ):
        yield "days", row
    for face, value in FACES.items():
        told = f"case_id, {value} AS value, channel, state"
        for row in db.rows(
            f"""SELECT case_id, value, channel, state, {SUMS} FROM (
                    SELECT case_id, value, channel, state, {", ".join(_MEASURES)} FROM finished_faces WHERE face = '{face}'
                    UNION ALL SELECT {told}, {minus} FROM finished_days) both_sides
                GROUP BY case_id, value, channel, state HAVING {wrong}"""
        ):
            yield face, row
