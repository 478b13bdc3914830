"""What everybody may know of the letters for a case: asked of the letters, and shown as far as it says nothing of anyone."""

from dataclasses import dataclass
from datetime import date

from campaign.domain.letter import Number
from campaign.domain.publishing import SHOWN_FROM, ByCountry, by_country
from campaign.store import counts
from campaign.store.columns import day
from campaign.store.counts import ARRIVED, RULES
from campaign.store.database import Database

_WENT = " OR ".join(f"({RULES[number]})" for number in ARRIVED)
_DAY = "COALESCE(l.sent_on, substr(l.sent_at, 1, 10), substr(l.created_at, 1, 10))"


@dataclass(frozen=True)
class Published:
    """The honest numbers (none while too few letters went), from how many countries, and the first and the last day.

    Countries and days are those of letters sent by us or reported sent.
    """

    numbers: dict[Number, int]
    countries: ByCountry
    first: date | None = None
    last: date | None = None

    @property
    def went(self) -> int:
        """How many were sent by us or reported sent."""
        return sum(self.numbers.get(number, 0) for number in ARRIVED)


def published(db: Database, case: int | None = None) -> Published:
    """Of one case, or of all."""
    numbers = counts.numbers(db, case)
    if sum(numbers[number] for number in ARRIVED) < SHOWN_FROM:
        return Published({}, ByCountry(()))
    where = "AND l.case_id = :case" if case is not None else ""
    given = {"case": case} if case is not None else {}
    rows = db.rows(
        f"""SELECT l.country, count(*) AS n, min({_DAY}) AS first, max({_DAY}) AS last FROM letters l
            WHERE ({_WENT}) {where} GROUP BY l.country""",
        **given,
    )
    first, last = min(row["first"] for row in rows), max(row["last"] for row in rows)
    return Published(numbers, by_country({row["country"] or "": int(row["n"]) for row in rows}), day(first), day(last))
