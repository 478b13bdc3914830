"""The record: every change with who, when and why, looked through by what it is about, page by page and as a stream.

Ids rise with time, so a page begins below the last id of the one before it. Most events are letters' own and are left out
unless they are asked for. Each part of a question is put so that one index answers it, and only its newest are joined.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from campaign.domain.case import action_slug
from campaign.domain.refusals import NotFound
from campaign.domain.urgent_action import Target
from campaign.store.columns import instant, unpacked
from campaign.store.database import Database, Row
from campaign.store.journal import Event, event_of

A_PAGE = 50
A_PIECE = 500
"""Rows that a stream asks for at once."""

# Clocks are set right, and events that are written at once can get their ids in another order than their moments.
_SLACK = timedelta(hours=1)
# An event that was replayed from the ledger bears the moment at which it happened first: one old moment misleads nobody.
_LOOKED_AT = 500
_ORDINARY = ("a supporter", "the sender")
_MOST_PARTS = 200

_COLUMNS = """e.*, c.name AS person, c.slug, COALESCE(a.number, b.number) AS ua, COALESCE(e.document_id, o.document_id) AS paper,
    d.sha256, d.name AS file, t.role, t.name AS target"""
_FROM = """FROM events e LEFT JOIN cases c ON c.id = e.case_id LEFT JOIN urgent_actions a ON a.id = c.urgent_action_id
    LEFT JOIN urgent_actions b ON e.subject = 'action:' || b.slug
    LEFT JOIN outputs o ON o.id = e.output_id LEFT JOIN documents d ON d.id = COALESCE(e.document_id, o.document_id)
    LEFT JOIN targets t ON e.subject = 'target:' || t.id"""


@dataclass(frozen=True)
class RecordChoice:
    """Which entries are shown: None stands for all. Days are in UTC; letters' own events only where they are asked for."""

    action: int | None = None
    case: int | None = None
    kind: str | None = None
    actor: str | None = None
    first: date | None = None
    last: date | None = None
    with_letters: bool = False


@dataclass(frozen=True)
class Entry:
    """One event with what it is about: person, action, and the document that says why."""

    id: int
    event: Event
    person: str | None
    slug: str | None
    ua: str | None
    target: str | None
    document: int | None
    sha256: str | None
    file: str | None


@dataclass(frozen=True)
class Published:
    """One entry of the public record, and the output or decision it is about."""

    id: int
    entry: dict[str, Any]
    kind: str
    output: int | None
    decision: int | None


def entries(db: Database, choice: RecordChoice, below: int | None = None, most: int = A_PAGE) -> list[Entry]:
    """The newest entries of the choice, those with an id below the given one; at most so many."""
    return _found(db, choice, most, below=below)


def each_entry(db: Database, choice: RecordChoice) -> Iterator[Entry]:
    """All entries of the choice that there are now, the oldest first, a piece at a time."""
    newest, above = _newest(db), 0
    while True:
        piece = _found(db, choice, A_PIECE, above=above, below=newest + 1)
        yield from piece
        if len(piece) < A_PIECE:
            return
        above = piece[-1].id


FIELDS = (
    "id", "at", "actor", "kind", "ua", "case", "letter", "output", "decision", "subject", "before", "after", "reason",
    "document", "sha256", "line",
)  # fmt: skip
"""What an exported entry has, in this order."""


def exported(db: Database, choice: RecordChoice) -> Iterator[Row]:
    """The entries of the choice as rows for other programs, the oldest first."""
    for one in each_entry(db, choice):
        event = one.event
        yield {
            "id": one.id,
            "at": instant(event.at),
            "actor": event.actor,
            "kind": event.kind,
            "ua": one.ua,
            "case": f"{action_slug(one.ua)}/{one.slug}" if one.ua and one.slug else None,
            "letter": event.letter,
            "output": event.output,
            "decision": event.decision,
            "subject": event.subject,
            "before": event.before,
            "after": event.after,
            "reason": event.reason,
            "document": one.document,
            "sha256": one.sha256,
            "line": event.line,
        }


def entry(db: Database, id: int) -> Entry:
    rows = db.rows(f"SELECT {_COLUMNS} {_FROM} WHERE e.id = :id", id=id)
    if not rows:
        raise NotFound("There is no such entry.")
    return _entry(rows[0])


def kinds(db: Database) -> list[str]:
    """The kinds of changes that are on record, letters' own among them."""
    rows = db.rows("SELECT DISTINCT kind FROM events WHERE letter_id IS NULL")
    return sorted({row["kind"] for row in rows} | {"letter", "erased", "bounce"})


def actors(db: Database) -> list[str]:
    """Whoever changed anything but a letter, and those who have an account."""
    rows = db.rows("SELECT DISTINCT actor FROM events WHERE letter_id IS NULL UNION SELECT name FROM accounts")
    return sorted({row["actor"] for row in rows} | set(_ORDINARY))


def published(db: Database, action_slug: str) -> list[Published]:
    """What the public record holds of an action, in the order in which it happened there.

    Whoever changes an action holds its row until the end, so nothing comes in between afterwards.
    """
    rows = db.rows(
        """SELECT id, published, kind, output_id, decision_id FROM events
           WHERE subject = :subject AND published IS NOT NULL ORDER BY id""",
        subject=of_action(action_slug),
    )
    return [
        Published(row["id"], unpacked(row["published"]), row["kind"], row["output_id"], row["decision_id"])
        for row in rows
    ]


def newest_published(db: Database) -> int:
    """The id of the newest event that is public: while it is the same, so is the public record."""
    rows = db.rows("SELECT id FROM events WHERE letter_id IS NULL AND published IS NOT NULL ORDER BY id DESC LIMIT 1")
    return int(rows[0]["id"]) if rows else 0


def of_action(slug: str) -> str:
    """The subject of events about an action."""
    return f"action:{slug}"


def can_be_changed(db: Database) -> list[str]:
    """What could be done to events although nothing may, of `UPDATE` and `DELETE`: tried out, and taken back."""
    newest = _newest(db)
    tries = {
        "changed": "UPDATE events SET reason = reason WHERE id = :id",
        "removed": "DELETE FROM events WHERE id = :id",
    }
    return [done for done, sql in tries.items() if newest and _works(db, sql, newest)]


class _TakenBackError(Exception):
    pass


def _works(db: Database, sql: str, id: int) -> bool:
    try:
        with db.atomic():
            db.run(sql, id=id)
            raise _TakenBackError
    except _TakenBackError:
        return True
    except Exception as refused:
        # Each engine has an exception of its own for what a trigger says; the words are ours.
        if "an event is never" not in str(refused):
            raise
        return False


def _found(
    db: Database, choice: RecordChoice, most: int, *, below: int | None = None, above: int | None = None
) -> list[Entry]:
    values: dict[str, Any] = {"most": most}
    where = [*_conditions(db, choice, values)]
    if below is not None:
        where.append("e.id < :below")
        values["below"] = below
    if above is not None:
        where.append("e.id > :above")
        values["above"] = above
    order = "ASC" if above is not None else "DESC"
    parts = " UNION ALL ".join(
        f"SELECT id FROM (SELECT e.id FROM events e {_where([*part, *whose, *where])} ORDER BY e.id {order} LIMIT :most) part"
        for part in _parts(db, choice, values)
        for whose in _whose(choice)
    )
    rows = db.rows(f"SELECT {_COLUMNS} {_FROM} WHERE e.id IN ({parts}) ORDER BY e.id {order} LIMIT :most", **values)
    return [_entry(row) for row in rows]


def _parts(db: Database, choice: RecordChoice, values: dict[str, Any]) -> list[list[str]]:
    """What each part of the question asks for beside what all ask for: an action's cases one by one, and its other things."""
    if choice.action is None:
        if choice.case is None:
            return [[]]
        values["case"] = choice.case
        return [["e.case_id = :case"]]
    values["action"] = choice.action
    within = [row["id"] for row in db.rows("SELECT id FROM cases WHERE urgent_action_id = :id", id=choice.action)]
    if choice.case is not None:
        values["case"] = choice.case if choice.case in within else 0
        return [["e.case_id = :case"]]
    if len(within) > _MOST_PARTS:
        by_case = [["e.case_id IN (SELECT k.id FROM cases k WHERE k.urgent_action_id = :action)"]]
    else:
        values |= {f"case{place}": id for place, id in enumerate(within)}
        by_case = [[f"e.case_id = :case{place}"] for place in range(len(within))]
    own = """e.subject IN (SELECT 'action:' || u.slug FROM urgent_actions u WHERE u.id = :action
        UNION ALL SELECT 'target:' || g.id FROM targets g WHERE g.urgent_action_id = :action)"""
    return [*by_case, ["e.subject IS NOT NULL", "e.case_id IS NULL", own]]


def _whose(choice: RecordChoice) -> list[list[str]]:
    """Events that are not letters' own, and those that are: each has its indexes, whose conditions stand here in full."""
    own = ["e.letter_id IS NOT NULL"]
    if choice.actor is not None and choice.actor not in _ORDINARY:
        own += [f"e.actor <> '{actor}'" for actor in _ORDINARY]
    if choice.kind is not None and choice.kind != "letter":
        own.append("e.kind <> 'letter'")
    return [["e.letter_id IS NULL"], own] if choice.with_letters else [["e.letter_id IS NULL"]]


def _conditions(db: Database, choice: RecordChoice, values: dict[str, Any]) -> Iterator[str]:
    """What an entry must be; `values` gets the values."""
    if choice.kind is not None:
        values["kind"] = choice.kind
        yield "e.kind = :kind"
    if choice.actor is not None:
        values["actor"] = choice.actor
        yield "e.actor = :actor"
    if choice.first is not None:
        values["from_at"] = instant(_begin(choice.first))
        yield "e.at >= :from_at"
    if choice.last is not None and choice.last < date.max:
        values["to_at"] = instant(_begin(choice.last + timedelta(days=1)))
        yield "e.at < :to_at"
    if choice.with_letters:
        yield from _bounds(db, choice, values)


def _bounds(db: Database, choice: RecordChoice, values: dict[str, Any]) -> Iterator[str]:
    """Between which ids the days lie: the moments of letters' events have no index."""
    if choice.first is not None:
        values["from_id"] = _id_at(db, _begin(choice.first) - _SLACK)
        yield "e.id >= :from_id"
    if choice.last is not None and choice.last < date.max:
        values["to_id"] = _id_at(db, _begin(choice.last + timedelta(days=1)) + _SLACK)
        yield "e.id < :to_id"


def _where(conditions: list[str]) -> str:
    return f"WHERE {' AND '.join(conditions)}" if conditions else ""


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(0), UTC)


def _newest(db: Database) -> int:
    return int(db.rows("SELECT COALESCE(max(id), 0) AS newest FROM events")[0]["newest"])


def _id_at(db: Database, at: datetime) -> int:
    """The id at which the events of that moment or later begin, found by halving: ids rise with time."""
    low, high = 0, _newest(db) + 1
    while low < high:
        middle = (low + high) // 2
        row = db.rows(
            """SELECT max(at) AS at, max(id) AS id FROM (SELECT at, id FROM events WHERE id >= :middle
                ORDER BY id LIMIT :most) piece""",
            middle=middle,
            most=_LOOKED_AT,
        )[0]
        if row["at"] and row["at"] < instant(at):
            low = int(row["id"]) + 1
        else:
            high = middle
    return low


def _entry(row: Row) -> Entry:
    return Entry(
        id=row["id"],
        event=event_of(row),
        person=row["person"],
        slug=row["slug"],
        ua=row["ua"],
        target=Target(name=row["target"], role=row["role"]).title or None,
        document=row["paper"],
        sha256=row["sha256"],
        file=row["file"],
    )
