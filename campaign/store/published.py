"""What everybody may know of the letters for a case: asked of the letters, and shown as far as it says nothing of anyone."""

from dataclasses import dataclass
from datetime import date

from campaign.domain.counting import WENT, Face, Selection
from campaign.domain.letter import Number
from campaign.domain.publishing import SHOWN_FROM, ByCountry, by_country
from campaign.store import figures
from campaign.store.columns import day
from campaign.store.database import Database


@dataclass(frozen=True)
class Published:
    """The honest numbers (none while too few letters went), from how many countries, and the first and the last day.

    Countries and days are those of letters sent by us or reported sent by their writers.
    """

    numbers: dict[Number, int]
    countries: ByCountry
    first: date | None = None
    last: date | None = None

    @property
    def went(self) -> int:
        """How many were sent by us or reported sent by their writers."""
        return sum(self.numbers.get(number, 0) for number in WENT)


NOTHING = Published({}, ByCountry(()))


def published_of_each(db: Database) -> dict[int, Published]:
    """Of every case of which anything is shown, all as of one moment: cases that are too new are asked no further."""
    with db.one_moment():
        found = figures.by_case(db).items()
        return {case: published(db, case) for case, counted in found if _is_enough(counted.numbers)}


def published(db: Database, case: int | None = None) -> Published:
    """Of one case, or of all."""
    counted = figures.counted(db, Selection(case=case))
    numbers = counted.total.numbers
    if not _is_enough(numbers):
        return NOTHING
    went = {value or "": figure.went for value, figure in counted.by[Face.COUNTRY].items() if figure.went}
    days = sorted(value for value, figure in counted.by[Face.DAY].items() if value and figure.went)
    ends = (day(days[0]), day(days[-1])) if days else (None, None)
    return Published(numbers, by_country(went), *ends)


def _is_enough(numbers: dict[Number, int]) -> bool:
    return sum(numbers[number] for number in (*WENT, Number.REPORTED_BY_EVENTS)) >= SHOWN_FROM
