"""Letters counted by whatever pages tell, as of one moment: from what is remembered, what changed since, and the newest.

Without a choice of days, country or group the answer stands in the faces, which are few rows; else it is added up from the
cells of the finished days.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from campaign.domain.counting import Face, Figures, Selection
from campaign.domain.letter import Channel, LetterState, Number
from campaign.store import finished
from campaign.store.columns import iso
from campaign.store.database import Database, Row

EVERYTHING = Selection()
_KEPT = ("target", "country", "language", "group", "day")


@dataclass
class Counted:
    """All figures of one selection, by each face; a value that nobody knows is None. Cases, targets and groups are ids."""

    by: dict[Face, dict[Any, Figures]] = field(default_factory=lambda: {face: defaultdict(Figures) for face in Face})
    of_target: dict[tuple[int, int | None], Figures] = field(default_factory=lambda: defaultdict(Figures))
    """By case and target together."""

    @property
    def total(self) -> Figures:
        whole = Figures()
        for figures in self.by[Face.CASE].values():
            whole.add_all(figures)
        return whole


def counted(db: Database, selection: Selection = EVERYTHING) -> Counted:
    """Everything that the selection's letters are counted by, as of one moment."""
    found = Counted()
    with db.one_moment():
        for face in _KEPT:
            for row in _remembered(db, selection, face):
                _add(found, face, row)
        for row in _recent(db, selection):
            _add(found, "target", row | {"value": str(row["target_id"])})
            for face, column in (("country", "country"), ("language", "language"), ("day", "day")):
                _add(found, face, row | {"value": row[column]})
            _add(found, "group", row | {"value": str(row["group_id"])})
        for row in _batches(db, selection):
            _add_batch(found, row)
    return found


def by_case(db: Database) -> dict[int, Figures]:
    """The figures of every case."""
    found: dict[int, Figures] = defaultdict(Figures)
    with db.one_moment():
        for row in (*_remembered(db, EVERYTHING, "target"), *_recent(db, EVERYTHING)):
            found[row["case_id"]].add(row["channel"], row["state"], _measures(row))
        for row in _batches(db, EVERYTHING):
            found[row["case_id"]].events += int(row["n"])
    return found


# The states that the honest numbers ask for: within a case each is found by itself in an index.
_NUMBERED = (LetterState.SENT, LetterState.OPENED, LetterState.REPORTED)


def of_case(db: Database, case: int) -> Figures:
    """What the honest numbers and the number of embassy copies of one case ask for, in one statement."""
    newest = " UNION ALL ".join(
        f"""SELECT l.channel, l.state, 1, CASE WHEN l.copy_of IS NOT NULL THEN 1 ELSE 0 END, 0 FROM letters l
            WHERE l.case_id = :case AND l.state = '{state}' AND l.id > {finished.UPTO}"""
        for state in _NUMBERED
    )
    rows = db.rows(
        f"""SELECT channel, state, CAST(sum(n) AS bigint) AS n, CAST(sum(copies) AS bigint) AS copies,
                CAST(sum(events) AS bigint) AS events FROM (
            SELECT channel, state, n, copies, 0 AS events FROM finished_faces WHERE face = 'language' AND case_id = :case
            UNION ALL SELECT channel, state, n, copies, 0 FROM finished_changes WHERE case_id = :case
            UNION ALL {newest}
            UNION ALL SELECT '', '', 0, 0, n FROM batches WHERE case_id = :case AND replaced_at IS NULL) counted
            GROUP BY channel, state""",
        case=case,
    )
    figures = Figures(events=sum(int(row["events"]) for row in rows))
    for row in rows:
        figures.add(row["channel"], row["state"], (int(row["n"]), int(row["copies"]), 0, 0))
    return figures


def countries_and_days(db: Database, case: int) -> tuple[int, date | None, date | None]:
    """From how many countries letters of the case went, and the first and the last day on which one did."""
    found = counted(db, Selection(case=case))
    went = {
        face: [value for value, figures in found.by[face].items() if value and _arrived(figures)]
        for face in (Face.COUNTRY, Face.DAY)
    }
    days = sorted(date.fromisoformat(day) for day in went[Face.DAY])
    return len(went[Face.COUNTRY]), days[0] if days else None, days[-1] if days else None


def unconfirmed_since(db: Database, day: date) -> tuple[int, int]:
    """Of the letters to be sent by us that went, or were written, since that day: how many wait for a yes, and how many all are."""
    with db.one_moment():
        rows = db.rows(
            """SELECT state, n FROM finished_faces WHERE face = 'day' AND value >= :day AND channel = 'email'""",
            day=iso(day),
        )
        rows += _recent(db, Selection(first=day, channel=Channel.EMAIL))
    waiting = sum(int(row["n"]) for row in rows if row["state"] == LetterState.UNCONFIRMED)
    return waiting, sum(int(row["n"]) for row in rows)


def _arrived(figures: Figures) -> bool:
    return figures.went > 0 or figures.numbers[Number.REPORTED_BY_EVENTS] > 0


def _remembered(db: Database, selection: Selection, face: str) -> list[Row]:
    """The remembered cells of a face; of targets by case, of all else for all cases together."""
    values: dict[str, Any] = {}
    where = _conditions(selection, values)
    keys = "case_id, value" if face == "target" else "value"
    if selection.first or selection.last or selection.country is not None or selection.group is not None:
        source = f"""(SELECT case_id, {finished.FACES[face]} AS value, channel, state, n, copies, own, back
            FROM finished_days cell {_where(where)}) cells"""
        where = []
    else:
        source = "finished_faces cell"
        where.append(f"cell.face = '{face}'")
    return db.rows(
        f"SELECT {keys}, channel, state, {finished.SUMS} FROM {source} {_where(where)} GROUP BY {keys}, channel, state",
        **values,
    )


def _recent(db: Database, selection: Selection) -> list[Row]:
    """What changed since, and the letters that are not remembered yet, by everything that letters are counted by."""
    values: dict[str, Any] = {"upto": finished.upto(db)}
    where = _where(_conditions(selection, values))
    cell = "day, case_id, target_id, channel, state, country, language, group_id"
    return db.rows(
        f"""SELECT {cell}, {finished.SUMS} FROM (SELECT {finished.COLUMNS} FROM finished_changes
                UNION ALL SELECT {finished.OF_LETTER} FROM letters l WHERE l.id > :upto) cell {where} GROUP BY {cell}""",
        **values,
    )


def _batches(db: Database, selection: Selection) -> list[Row]:
    """What events report now, by day, case, target and group; nothing where the selection asks what events do not tell."""
    if selection.leaves_out_events:
        return []
    values: dict[str, Any] = {}
    where = _conditions(selection, values)
    return db.rows(
        f"""SELECT cell.day, cell.case_id, cell.target_id, cell.group_id, CAST(sum(cell.n) AS bigint) AS n FROM (
                SELECT b.held_on AS day, b.case_id, COALESCE(p.target_id, 0) AS target_id,
                    COALESCE(b.group_id, p.group_id, 0) AS group_id, b.n
                FROM batches b LEFT JOIN packs p ON p.id = b.pack_id WHERE b.replaced_at IS NULL) cell
            {_where(where)} GROUP BY cell.day, cell.case_id, cell.target_id, cell.group_id""",
        **values,
    )


def _conditions(selection: Selection, values: dict[str, Any]) -> list[str]:
    """What a cell must be; `values` gets the values."""
    asked = {
        "cell.day >= :first": iso(selection.first),
        "cell.day <= :last": iso(selection.last),
        "cell.case_id = :case": selection.case,
        "cell.case_id IN (SELECT id FROM cases WHERE urgent_action_id = :action)": selection.action,
        "cell.country = :country": selection.country,
        "cell.channel = :channel": selection.channel,
        "cell.group_id = :group": selection.group,
    }
    where = []
    for condition, value in asked.items():
        if value is not None:
            where.append(condition)
            values[condition.split(":")[1].strip(")")] = value
    return where


def _where(conditions: list[str]) -> str:
    return f"WHERE {' AND '.join(conditions)}" if conditions else ""


def _add(found: Counted, face: str, row: Row) -> None:
    channel, state, measures = row["channel"], row["state"], _measures(row)
    if face == "target":
        target = int(row["value"]) or None
        found.of_target[row["case_id"], target].add(channel, state, measures)
        found.by[Face.CASE][row["case_id"]].add(channel, state, measures)
        found.by[Face.TARGET][target].add(channel, state, measures)
        found.by[Face.CHANNEL][channel].add(channel, state, measures)
    elif face == "group":
        found.by[Face.GROUP][int(row["value"]) or None].add(channel, state, measures)
    else:
        found.by[Face(face)][row["value"] or None].add(channel, state, measures)


def _add_batch(found: Counted, row: Row) -> None:
    n, target = int(row["n"]), row["target_id"] or None
    found.by[Face.CASE][row["case_id"]].events += n
    found.of_target[row["case_id"], target].events += n
    found.by[Face.TARGET][target].events += n
    found.by[Face.GROUP][row["group_id"] or None].events += n
    found.by[Face.DAY][row["day"]].events += n
    # By channel, country and language events tell nothing.
    for face in (Face.CHANNEL, Face.COUNTRY, Face.LANGUAGE):
        found.by[face][None].events += n


def _measures(row: Row) -> tuple[int, int, int, int]:
    return int(row["n"]), int(row["copies"]), int(row["own"]), int(row["back"])
