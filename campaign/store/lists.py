"""The list of letters that organizers look through: which ones, page by page, and how many in each state.

Ids rise with time, so the newest letters are those with the highest ids, a page begins below the last id of the one
before it, and a day is found by looking where it begins. Each state is looked for by itself, because each has an index of
its own kind to be found by. Nothing of who wrote and what is read here.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from campaign.domain.bounce import Bounce
from campaign.domain.group import EVERYTHING, Sight
from campaign.domain.letter import Channel, LetterState, number_of
from campaign.domain.urgent_action import Target
from campaign.store import figures
from campaign.store.columns import instant, moment, moment_or_none
from campaign.store.database import Database, Row

A_PAGE = 50

# Letters that are written at once can get their ids in another order than their moments, and clocks are set right.
_SLACK = timedelta(hours=1)

# The states that have an index by id.
_LISTED_BY_ID = frozenset(
    {
        LetterState.UNCERTAIN,
        LetterState.REFUSED,
        LetterState.STOPPED,
        LetterState.WITHDRAWN,
        LetterState.REPORTED,
        LetterState.HELD,
    }
)


@dataclass(frozen=True)
class Choice:
    """Which letters a list shows: no state, case, target or channel stands for all. Days are those of writing, in UTC.

    `came_back` leaves only those that came back; of the groups only those in `sight` are shown, and then no others.
    """

    states: tuple[LetterState, ...] = ()
    case: int | None = None
    target: int | None = None
    channel: Channel | None = None
    first: date | None = None
    last: date | None = None
    came_back: bool = False
    sight: Sight = EVERYTHING


@dataclass(frozen=True)
class Listed:
    """One line of the list; `since` is when the letter came into its state, `bounced_at` when it came back."""

    id: int
    number: str
    case: int
    person: str
    ua: str
    target: str | None
    channel: Channel
    state: LetterState
    since: datetime
    attempts: int
    reason: str | None
    bounced_at: datetime | None = None
    bounce: Bounce | None = None


def listed(db: Database, choice: Choice, below: int | None = None, most: int = A_PAGE) -> list[Listed]:
    """The newest letters of the choice, those with an id below the given one; at most so many."""
    values: dict[str, Any] = {"most": most}
    where, bounds = _conditions(db, choice, values)
    if below is not None:
        bounds.append("x.id < :below")
        values["below"] = below
    found = " UNION ALL ".join(
        f"""SELECT id FROM (SELECT x.id FROM letters x {_where([*_is(state), *where, *bounds])}
            ORDER BY {_place(choice, state)} DESC LIMIT :most) part"""
        for state in _states(choice, apart=choice.case is not None)
    )
    rows = db.rows(
        f"""SELECT l.id, l.receipt, l.case_id, c.name AS person, a.number AS ua, t.role, t.name, l.channel, l.state,
               l.attempts, l.reason, l.created_at, l.bounced_at, l.bounce, (SELECT e.at FROM events e WHERE e.letter_id = l.id
                   AND COALESCE(e.before_state, '') <> e.after_state ORDER BY e.id DESC LIMIT 1) AS since
           FROM letters l JOIN cases c ON c.id = l.case_id JOIN urgent_actions a ON a.id = c.urgent_action_id
               LEFT JOIN targets t ON t.id = l.target_id
           WHERE l.id IN ({found}) ORDER BY l.id DESC LIMIT :most""",
        **values,
    )
    return [_listed(row) for row in rows]


def count_by_state(db: Database, choice: Choice) -> dict[LetterState, int]:
    """How many letters of the choice are in each state; states in which there is none are left out."""
    if _is_remembered(choice):
        by_state = _remembered(db, choice)
        return {state: by_state[state] for state in LetterState if by_state[state] and _wanted(choice, state)}
    values: dict[str, Any] = {}
    where, bounds = _conditions(db, choice, values)
    counted = " UNION ALL ".join(
        f"SELECT x.state, count(*) AS n FROM letters x {_where([*_is(state), *where, *bounds])} GROUP BY x.state"
        for state in _states(choice, apart=False)
    )
    found = {row["state"]: int(row["n"]) for row in db.rows(counted, **values)}
    return {state: found[state] for state in LetterState if state in found}


def count_uncertain(db: Database, sight: Sight) -> int:
    """How many letters in sight wait for a person to settle whether they went."""
    where, _ = _conditions(db, Choice(sight=sight), {})
    rows = db.rows(f"SELECT count(*) AS n FROM letters x {_where([*_is(LetterState.UNCERTAIN), *where])}")
    return int(rows[0]["n"])


def addressees(db: Database) -> list[tuple[int, str, str]]:
    """Every official who is or was written to: id, title and the number of the Urgent Action."""
    rows = db.rows(
        """SELECT t.id, t.role, t.name, a.number FROM targets t JOIN urgent_actions a ON a.id = t.urgent_action_id
           ORDER BY a.id, t.place, t.id"""
    )
    return [(row["id"], _title(row) or "", row["number"]) for row in rows]


def _is_remembered(choice: Choice) -> bool:
    """Whether the days that are over need not be counted again. Days are those of writing here, and of going there."""
    has_days = choice.first is not None or choice.last is not None
    return not (has_days or choice.target is not None or choice.came_back or choice.sight.groups is not None)


def _remembered(db: Database, choice: Choice) -> Counter[str]:
    found: Counter[str] = Counter()
    for case, counted in figures.by_case(db).items():
        for (channel, state), (n, *_) in counted.letters.items():
            if choice.case in (None, case) and choice.channel in (None, channel):
                found[state] += n
    return found


def _wanted(choice: Choice, state: LetterState) -> bool:
    return not choice.states or state in choice.states


def _states(choice: Choice, *, apart: bool) -> list[LetterState | None]:
    """The states to be looked for one by one; None for all of them together, where they need not be told apart."""
    return list(dict.fromkeys(choice.states)) or (list(LetterState) if apart else [None])


def _is(state: LetterState | None) -> list[str]:
    return [f"x.state = '{state}'"] if state else []


def _place(choice: Choice, state: LetterState | None) -> str:
    """The id, as a word by which the engine walks along ids, or as a sum, by which it looks for all that fit and sorts them.

    Walking from the newest is at once at its end where an index has just these letters, or most letters fit. Where few may
    fit it would walk through the whole table, while looking needs no more than a narrow index.
    """
    if choice.came_back or choice.sight.groups is not None:
        return "x.id + 0"
    is_common = state is LetterState.SENT or (state is None and choice.channel is None)
    has_index = choice.case is not None or state in _LISTED_BY_ID
    return "x.id" if is_common or has_index else "x.id + 0"


def _conditions(db: Database, choice: Choice, values: dict[str, Any]) -> tuple[list[str], list[str]]:
    """What a letter must be, and between which ids it can lie; `values` gets the values."""
    where, bounds = [], []
    for column, value in (("case_id", choice.case), ("target_id", choice.target), ("channel", choice.channel)):
        if value is not None:
            where.append(f"x.{column} = :{column}")
            values[column] = value
    if choice.came_back:
        where.append("x.bounced_at IS NOT NULL")
    if choice.sight.groups is not None:
        where.append(f"x.group_id IN ({', '.join(str(int(one)) for one in sorted(choice.sight.groups)) or 'NULL'})")
    if choice.target is not None and choice.case is None:
        # A target is written to in the cases of its action alone, and letters are found by their case.
        where.append(
            """x.case_id IN (SELECT k.id FROM cases k JOIN targets g ON g.urgent_action_id = k.urgent_action_id
                WHERE g.id = :target_id)"""
        )
    if choice.first is not None:
        values["from_at"], values["from_id"] = instant(_begin(choice.first)), _id_at(db, _begin(choice.first) - _SLACK)
        bounds.append("x.id >= :from_id AND x.created_at >= :from_at")
    if choice.last is not None and choice.last < date.max:
        end = _begin(choice.last + timedelta(days=1))
        values["to_at"], values["to_id"] = instant(end), _id_at(db, end + _SLACK)
        bounds.append("x.id < :to_id AND x.created_at < :to_at")
    return where, bounds


def _where(conditions: list[str]) -> str:
    return f"WHERE {' AND '.join(conditions)}" if conditions else ""


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(0), UTC)


def _id_at(db: Database, at: datetime) -> int:
    """The id at which the letters written at that moment or later begin, found by halving: ids rise with time."""
    low, high = 0, int(db.rows("SELECT COALESCE(max(id), 0) AS newest FROM letters")[0]["newest"]) + 1
    while low < high:
        middle = (low + high) // 2
        rows = db.rows("SELECT id, created_at FROM letters WHERE id >= :middle ORDER BY id LIMIT 1", middle=middle)
        if rows and rows[0]["created_at"] < instant(at):
            low = rows[0]["id"] + 1
        else:
            high = middle
    return low


def _listed(row: Row) -> Listed:
    return Listed(
        id=row["id"],
        number=number_of(row["receipt"]),
        case=row["case_id"],
        person=row["person"],
        ua=row["ua"],
        target=_title(row),
        channel=Channel(row["channel"]),
        state=LetterState(row["state"]),
        since=moment(row["since"] or row["created_at"]),
        attempts=row["attempts"],
        reason=row["reason"],
        bounced_at=moment_or_none(row["bounced_at"]),
        bounce=Bounce(row["bounce"]) if row["bounce"] else None,
    )


def _title(row: Row) -> str | None:
    return Target(name=row["name"], role=row["role"]).title or None
