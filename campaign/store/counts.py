"""Tallies: every number is a question asked of the letters, none is kept beside them."""

from campaign.domain.letter import Number, Tally
from campaign.store.database import Database, Row

KEYS = {
    "case": "a.slug || '/' || c.slug",
    "ua": "a.number",
    "target": "COALESCE(t.name, t.role)",
    "channel": "l.channel",
    "state": "l.state",
    "country": "l.country",
    "day": "substr(COALESCE(l.sent_at, l.created_at), 1, 10)",
}
"""What letters can be counted by. A letter's day is the day it went, or that on which it was written if it did not go."""

# Which letters each of the honest numbers counts. Reports of events come with events; until then there are none.
RULES = {
    Number.SENT_BY_US: "l.channel = 'email' AND l.state = 'sent'",
    Number.OPENED_ELSEWHERE: "l.channel IN ('own_mail', 'post') AND l.state = 'opened' AND l.copy_of IS NULL",
    Number.REPORTED_SENT: "l.channel IN ('own_mail', 'post') AND l.state = 'reported' AND l.copy_of IS NULL",
}

ARRIVED = (Number.SENT_BY_US, Number.REPORTED_SENT)
"""The numbers that say a letter went; `thanks` name their sum as "sent or reported"."""

_COUNTED = ", ".join(f"count(CASE WHEN {rule} THEN 1 END) AS n{place}" for place, rule in enumerate(RULES.values()))
_FROM = """FROM letters l JOIN cases c ON c.id = l.case_id JOIN urgent_actions a ON a.id = c.urgent_action_id
    LEFT JOIN targets t ON t.id = l.target_id"""


def tally(db: Database, by: tuple[str, ...]) -> list[Tally]:
    """How many letters there are, in whatever state, for each combination of the keys that occurs, in their order."""
    chosen = ", ".join(f"{KEYS[key]} AS by_{key}" for key in by)
    places = ", ".join(str(place) for place in range(1, len(by) + 1))
    rows = db.rows(
        f"""SELECT {chosen}{"," if by else ""} count(*) AS n {_FROM}
            {f"GROUP BY {places} ORDER BY {places}" if by else ""}"""
    )
    return [Tally({key: row[f"by_{key}"] for key in by}, int(row["n"])) for row in rows]


def numbers(db: Database, case: int | None = None) -> dict[Number, int]:
    """The honest numbers, of one case or of all."""
    where = "WHERE l.case_id = :case" if case is not None else ""
    given = {"case": case} if case is not None else {}
    row = db.rows(f"SELECT {_COUNTED} FROM letters l {where}", **given)[0]
    return _counted(row)


def embassy_copies(db: Database, case: int | None = None) -> int:
    """How many copies for embassies people say they sent; they are in none of the honest numbers."""
    where = "AND case_id = :case" if case is not None else ""
    given = {"case": case} if case is not None else {}
    rows = db.rows(
        f"SELECT count(*) AS n FROM letters WHERE copy_of IS NOT NULL AND state = 'reported' {where}", **given
    )
    return int(rows[0]["n"])


def came_back(db: Database, case: int | None = None) -> int:
    """How many of the letters that we sent were sent back; they stay in the number of those sent."""
    return sum(n for known_case, _, n in _came_back(db) if case in (None, known_case))


def came_back_by_target(db: Database) -> dict[str | None, int]:
    """The same for each addressee who had any come back."""
    found: dict[str | None, int] = {}
    for _, target, n in _came_back(db):
        found[target] = found.get(target, 0) + n
    return found


def _came_back(db: Database) -> list[tuple[int, str | None, int]]:
    rows = db.rows(
        f"""SELECT l.case_id AS of_case, {KEYS["target"]} AS target, count(*) AS n {_FROM}
            WHERE l.bounced_at IS NOT NULL AND {RULES[Number.SENT_BY_US]} GROUP BY 1, 2"""
    )
    return [(row["of_case"], row["target"], int(row["n"])) for row in rows]


def countries_of(db: Database, case: int) -> int:
    """From how many countries letters for the case went."""
    rows = db.rows(
        f"""SELECT count(DISTINCT l.country) AS n FROM letters l WHERE l.case_id = :case AND (
                {" OR ".join(f"({RULES[number]})" for number in ARRIVED)})""",
        case=case,
    )
    return int(rows[0]["n"])


def numbers_by(db: Database, key: str) -> list[tuple[str | None, dict[Number, int]]]:
    """The honest numbers for each value of the key, in the order of the key; rows in which nothing counts are left out."""
    rows = db.rows(f"SELECT {KEYS[key]} AS by_key, {_COUNTED} {_FROM} GROUP BY 1 ORDER BY 1")
    counted_rows = [(row["by_key"], _counted(row)) for row in rows]
    return [(value, counts) for value, counts in counted_rows if any(counts.values())]


def _counted(row: Row) -> dict[Number, int]:
    return {number: int(row[f"n{place}"]) for place, number in enumerate(RULES)}


def waiting_by_case(db: Database) -> dict[int, dict[str, int]]:
    """For each case how many letters wait, by state: unconfirmed, queued, held, sending, uncertain."""
    rows = db.rows(
        """SELECT case_id, state, count(*) AS n FROM letters
           WHERE state IN ('unconfirmed', 'queued', 'held', 'sending', 'uncertain') GROUP BY case_id, state"""
    )
    waiting: dict[int, dict[str, int]] = {}
    for row in rows:
        waiting.setdefault(row["case_id"], {})[row["state"]] = int(row["n"])
    return waiting


def by_channel_and_state(db: Database, case: int) -> dict[str, dict[str, int]]:
    """The case's letters by channel and state."""
    rows = db.rows(
        """SELECT channel, state, count(*) AS n FROM letters WHERE case_id = :case
           GROUP BY channel, state ORDER BY channel, state""",
        case=case,
    )
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row["channel"], {})[row["state"]] = int(row["n"])
    return found
