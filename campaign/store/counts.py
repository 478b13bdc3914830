"""Tallies: every number is a question asked of the letters; what pages tell is answered from what was counted before."""

from collections.abc import Iterable

from campaign.domain.counting import WAITING, WENT, Figures, Selection
from campaign.domain.letter import Number, Tally
from campaign.store import figures
from campaign.store.database import Database, Row

KEYS = {
    "case": "a.slug || '/' || c.slug",
    "ua": "a.number",
    "target": "COALESCE(t.name, t.role)",
    "channel": "l.channel",
    "state": "l.state",
    "country": "l.country",
    "language": "l.language",
    "group": "g.code",
    "day": "substr(COALESCE(l.sent_at, l.created_at), 1, 10)",
}
"""What letters can be counted by. A letter's day is the day it went, or that on which it was written if it did not go."""

# Which letters each of the honest numbers counts; what events report is no letter of ours.
RULES = {
    Number.SENT_BY_US: "l.channel = 'email' AND l.state = 'sent'",
    Number.OPENED_ELSEWHERE: "l.channel IN ('own_mail', 'post') AND l.state = 'opened' AND l.copy_of IS NULL",
    Number.REPORTED_SENT: "l.channel IN ('own_mail', 'post') AND l.state = 'reported' AND l.copy_of IS NULL",
}
KEYS["number"] = (
    f"CASE {' '.join(f'WHEN {rule} THEN {chr(39)}{number}{chr(39)}' for number, rule in RULES.items())} END"
)

COUNTED = ", ".join(f"count(CASE WHEN {rule} THEN 1 END) AS n{place}" for place, rule in enumerate(RULES.values()))
"""Columns with the honest numbers of the letters `l`; `counted_in` reads them."""

# By what events can be counted too; the rest nobody tells us of them.
_OF_EVENTS = KEYS | {
    "channel": "CAST(NULL AS text)",
    "state": "CAST(NULL AS text)",
    "country": "CAST(NULL AS text)",
    "language": "CAST(NULL AS text)",
    "day": "b.held_on",
    "number": f"'{Number.REPORTED_BY_EVENTS}'",
}

ARRIVED = WENT
"""The numbers that say a letter went; `thanks` name their sum as "sent or reported"."""
HAS_GONE = " OR ".join(f"({RULES[number]})" for number in ARRIVED)
"""Whether a letter `l` is in one of them."""

_NAMED = """JOIN urgent_actions a ON a.id = c.urgent_action_id LEFT JOIN targets t ON t.id = {target}
    LEFT JOIN groups g ON g.id = {group}"""
_LETTERS = f"FROM letters l JOIN cases c ON c.id = l.case_id {_NAMED.format(target='l.target_id', group='l.group_id')}"
_BATCHES = f"""FROM batches b LEFT JOIN packs p ON p.id = b.pack_id JOIN cases c ON c.id = b.case_id
    {_NAMED.format(target="p.target_id", group="COALESCE(b.group_id, p.group_id)")} WHERE b.replaced_at IS NULL"""


def tally(db: Database, by: tuple[str, ...]) -> list[Tally]:
    """How many letters there are, in whatever state, for each combination of the keys that occurs, in their order.

    Counted one by one. What events report is among it where it can be told from the letters: by `number`.
    """
    parts = [f"SELECT {_chosen(by, KEYS)} 1 AS n {_LETTERS}"]
    if "number" in by:
        parts.append(f"SELECT {_chosen(by, _OF_EVENTS)} b.n {_BATCHES}")
    names = ", ".join(f"by_{key}" for key in by)
    rows = db.rows(
        f"""SELECT {names}{"," if by else ""} CAST(COALESCE(sum(n), 0) AS bigint) AS n
            FROM ({" UNION ALL ".join(parts)}) counted {f"GROUP BY {names} ORDER BY {names}" if by else ""}"""
    )
    return [Tally({key: row[f"by_{key}"] for key in by}, int(row["n"])) for row in rows]


def _chosen(by: Iterable[str], keys: dict[str, str]) -> str:
    return "".join(f"{keys[key]} AS by_{key}, " for key in by)


def numbers(db: Database, case: int | None = None) -> dict[Number, int]:
    """The four honest numbers, of one case or of all."""
    return _figures(db, case).numbers


def counted_one_by_one(db: Database) -> dict[Number, int]:
    """The same of all, by looking at every letter and every batch."""
    counted = dict.fromkeys(Number, 0)
    for one in tally(db, ("number",)):
        if one.keys["number"]:
            counted[Number(one.keys["number"])] = one.n
    return counted


def embassy_copies(db: Database, case: int | None = None) -> int:
    """How many copies for embassies people say they sent; they are in none of the honest numbers."""
    return _figures(db, case).embassy_copies


def came_back(db: Database, case: int | None = None) -> int:
    """How many of the letters that we sent were sent back; they stay in the number of those sent."""
    return figures.counted(db, Selection(case=case)).total.came_back


def countries_of(db: Database, case: int) -> int:
    """From how many countries letters for the case went."""
    return figures.countries_and_days(db, case)[0]


def counted_in(row: Row) -> dict[Number, int]:
    """The honest numbers in a row with the columns of COUNTED."""
    return {number: int(row[f"n{place}"]) for place, number in enumerate(RULES)}


def with_events(letters: dict[int, dict[Number, int]], reported: dict[int, int]) -> dict[int, dict[Number, int]]:
    """By case: the numbers counted from letters, and what events reported."""
    none = dict.fromkeys(RULES, 0)
    return {
        case: {**letters.get(case, none), Number.REPORTED_BY_EVENTS: reported.get(case, 0)}
        for case in sorted({*letters, *reported})
    }


def _figures(db: Database, case: int | None) -> Figures:
    if case is not None:
        return figures.of_case(db, case)
    whole = Figures()
    for one in figures.by_case(db).values():
        whole.add_all(one)
    return whole


def waiting_by_case(db: Database) -> dict[int, dict[str, int]]:
    """For each case how many letters wait, by state: unconfirmed, queued, held, sending, uncertain."""
    return {
        case: waiting
        for case, one in figures.by_case(db).items()
        if (waiting := {state: n for state, n in one.by_state.items() if state in WAITING})
    }


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
