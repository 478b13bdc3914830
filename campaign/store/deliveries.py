"""What there is to hand over to an official: the letters that went to them, by number, country and day. Nobody's name."""

from dataclasses import dataclass

from campaign.domain.letter import Number
from campaign.store.counts import COUNTED, HAS_GONE, RULES, counted_in, with_events
from campaign.store.database import Database


@dataclass(frozen=True)
class Delivery:
    """The letters to one official. `first` and `last` are days, ISO; None where nothing went yet.

    `elsewhere` are letters that events report for the same cases without saying to which official they went: they are in
    none of `numbers`. `countries` has small figures too.
    """

    numbers: dict[Number, int]
    by_case: dict[int, dict[Number, int]]
    countries: tuple[tuple[str, int], ...]
    first: str | None
    last: str | None
    elsewhere: int


def delivery(db: Database, target: int) -> Delivery:
    """What was written to the official, at this moment."""
    rows = db.rows(
        f"SELECT l.case_id AS of_case, {COUNTED} FROM letters l WHERE l.target_id = :target GROUP BY l.case_id ORDER BY 1",
        target=target,
    )
    by_case = with_events({row["of_case"]: counted_in(row) for row in rows}, _reported(db, target))
    first, last = _days(db, target)
    return Delivery(
        numbers={
            number: sum(counted[number] for counted in by_case.values())
            for number in (*RULES, Number.REPORTED_BY_EVENTS)
        },
        by_case=by_case,
        countries=_countries(db, target),
        first=first,
        last=last,
        elsewhere=_reported_to_nobody_in_particular(db, target),
    )


def _reported(db: Database, target: int) -> dict[int, int]:
    """What events reported whose pack was for this official alone."""
    rows = db.rows(
        """SELECT b.case_id, sum(b.n) AS n FROM batches b JOIN packs p ON p.id = b.pack_id
           WHERE p.target_id = :target AND b.replaced_at IS NULL GROUP BY b.case_id""",
        target=target,
    )
    return {row["case_id"]: int(row["n"]) for row in rows}


def _reported_to_nobody_in_particular(db: Database, target: int) -> int:
    rows = db.rows(
        """SELECT COALESCE(sum(b.n), 0) AS n FROM batches b JOIN cases c ON c.id = b.case_id
               JOIN targets t ON t.urgent_action_id = c.urgent_action_id LEFT JOIN packs p ON p.id = b.pack_id
           WHERE t.id = :target AND b.replaced_at IS NULL AND p.target_id IS NULL""",
        target=target,
    )
    return int(rows[0]["n"])


def _countries(db: Database, target: int) -> tuple[tuple[str, int], ...]:
    rows = db.rows(
        f"""SELECT l.country, count(*) AS n FROM letters l WHERE l.target_id = :target AND l.country IS NOT NULL
               AND ({HAS_GONE}) GROUP BY l.country ORDER BY 2 DESC, 1""",
        target=target,
    )
    return tuple((row["country"], int(row["n"])) for row in rows)


def _days(db: Database, target: int) -> tuple[str | None, str | None]:
    """The first and the last day on which a letter to the official went, those of events among them."""
    row = db.rows(
        f"""SELECT min(went.day) AS first, max(went.day) AS last FROM (
                SELECT COALESCE(l.sent_on, substr(l.sent_at, 1, 10)) AS day FROM letters l
                WHERE l.target_id = :target AND ({HAS_GONE})
                UNION ALL
                SELECT b.held_on AS day FROM batches b JOIN packs p ON p.id = b.pack_id
                WHERE p.target_id = :target AND b.replaced_at IS NULL AND b.n > 0) went""",
        target=target,
    )[0]
    return row["first"], row["last"]
