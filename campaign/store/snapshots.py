"""What was counted when a case closed: frozen, whatever is reported later. Closed again after a reopening, it gets another."""

from dataclasses import dataclass
from datetime import date, datetime

from campaign.domain.case import Case
from campaign.domain.counting import WENT
from campaign.domain.letter import Number
from campaign.store import figures
from campaign.store.columns import day, instant, iso, moment
from campaign.store.database import Database, Row

_NUMBERS = {
    Number.SENT_BY_US: "sent_by_us",
    Number.OPENED_ELSEWHERE: "opened_elsewhere",
    Number.REPORTED_SENT: "reported_sent",
    Number.REPORTED_BY_EVENTS: "reported_by_events",
}


@dataclass(frozen=True)
class Snapshot:
    """The honest numbers of a case at its closing, from how many countries, and the first and last day on which one went."""

    case: int
    closed_at: datetime
    numbers: dict[Number, int]
    embassy_copies: int
    countries: int
    first: date | None
    last: date | None

    @property
    def went(self) -> int:
        return sum(self.numbers[number] for number in WENT)


def freeze(db: Database, case: Case, now: datetime) -> None:
    """Counts the case's letters and keeps the answer, within the transaction that closes the case."""
    counted = figures.of_case(db, case.id)
    countries, first, last = figures.countries_and_days(db, case.id)
    db.run(
        f"""INSERT INTO snapshots (case_id, epoch, closed_at, {", ".join(_NUMBERS.values())}, embassy_copies, countries,
               first_on, last_on)
            VALUES (:case, :epoch, :now, {", ".join(f":{column}" for column in _NUMBERS.values())}, :copies, :countries,
               :first, :last)""",
        case=case.id,
        epoch=case.epoch,
        now=instant(now),
        copies=counted.embassy_copies,
        countries=countries,
        first=iso(first),
        last=iso(last),
        **{column: counted.numbers[number] for number, column in _NUMBERS.items()},
    )


def snapshots_of(db: Database, case: int) -> list[Snapshot]:
    """What was counted at each closing of the case, the newest first."""
    return [
        _snapshot(row) for row in db.rows("SELECT * FROM snapshots WHERE case_id = :case ORDER BY id DESC", case=case)
    ]


def newest_snapshots(db: Database) -> dict[int, Snapshot]:
    """For each case that has closed, what was counted at its last closing."""
    rows = db.rows("SELECT * FROM snapshots WHERE id IN (SELECT max(id) FROM snapshots GROUP BY case_id)")
    return {row["case_id"]: _snapshot(row) for row in rows}


def _snapshot(row: Row) -> Snapshot:
    return Snapshot(
        case=row["case_id"],
        closed_at=moment(row["closed_at"]),
        numbers={number: row[column] for number, column in _NUMBERS.items()},
        embassy_copies=row["embassy_copies"],
        countries=row["countries"],
        first=day(row["first_on"]),
        last=day(row["last_on"]),
    )
