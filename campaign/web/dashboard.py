"""What organizers see first: figures with their names, from one moment, for whatever the address selects."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from campaign.domain.bounce import FailingAddress
from campaign.domain.case import Case, CaseState
from campaign.domain.charts import DayChart, RankChart, over_time, ranked
from campaign.domain.counting import Face, Figures
from campaign.domain.countries import COUNTRIES
from campaign.domain.letter import Channel, LetterState, Number
from campaign.domain.telling import DEMAND_WORDS, label
from campaign.domain.urgent_action import Reading
from campaign.store import actions, bounces, cases, figures, filing, pacing, snapshots
from campaign.store.actions import KnownTarget
from campaign.store.database import Database
from campaign.store.figures import Counted
from campaign.store.snapshots import Snapshot
from campaign.web.alerts import health
from campaign.web.filters import spoken
from campaign.web.selecting import Choices, Chosen
from campaign.web.tongue import say
from campaign.web.words import STAFF_CHANNEL_WORDS

NOT_KNOWN = "Not known"
_NEWEST_OUTPUTS = 8


@dataclass(frozen=True)
class Line:
    """One line of a table: what is counted by its `value` in exports and its `name` on pages."""

    value: str | None
    name: str
    figures: Figures
    case: Case | None = None
    note: str | None = None
    ua: str | None = None


@dataclass(frozen=True)
class Asked:
    """That letters to somebody ask for something, and how many went."""

    target: str
    demand: str
    figures: Figures


@dataclass(frozen=True)
class Board:
    """A whole dashboard."""

    chosen: Chosen
    counted_at: datetime
    total: Figures
    lines: dict[str, list[Line]]
    asked: list[Asked]
    chart: DayChart | None
    countries: RankChart | None
    standing: dict[CaseState, int]
    closings: dict[int, Snapshot]
    failing: list[FailingAddress]


def board(db: Database, chosen: Chosen, among: Choices, now: datetime) -> Board:
    """Asks for everything that the page, its print and its exports tell."""
    counted = figures.counted(db, chosen.selection)
    targets = {known.id: known for known in actions.everybodys_targets(db)}
    failing = bounces.failing_addresses(db, now)
    numbers = {action.id: action.number for action in among.actions}
    told = [case for case in among.cases if _is_told(case, chosen, counted)]
    lines = {
        "case": [
            Line(case.path, case.person.name, counted.by[Face.CASE].get(case.id, Figures()), case, ua=case.ua)
            for case in told
        ],
        "target": _targets(db, counted, targets, numbers, failing),
        "country": _named(counted, Face.COUNTRY, lambda code: COUNTRIES.get(code, code)),
        "channel": _named(counted, Face.CHANNEL, lambda channel: STAFF_CHANNEL_WORDS[Channel(channel)]),
        "language": _named(counted, Face.LANGUAGE, spoken),
        "group": _groups(counted, among),
        "day": _named(counted, Face.DAY, str),
    }
    return Board(
        chosen=chosen,
        counted_at=now,
        total=counted.total,
        lines=lines,
        asked=_asked(counted, told, targets),
        chart=_chart(db, counted, chosen),
        countries=ranked({line.name: line.figures.went for line in lines["country"]}),
        standing={state: sum(case.state is state for case in among.cases) for state in CaseState},
        closings=snapshots.newest_snapshots(db),
        failing=failing,
    )


def _is_told(case: Case, chosen: Chosen, counted: Counted) -> bool:
    """Whether a case has a line: where everything is shown each has one, else those of which there is something."""
    if chosen.is_everything or chosen.selection.case == case.id:
        return True
    found = counted.by[Face.CASE].get(case.id)
    return found is not None and not found.is_empty


def _named(counted: Counted, face: Face, name: Callable[[str], str]) -> list[Line]:
    """The lines of a face; most letters first, days in their order, and last what is not known."""
    lines = [
        Line(value, name(value) if value else NOT_KNOWN, found)
        for value, found in counted.by[face].items()
        if not found.is_empty
    ]
    if face is Face.DAY:
        return sorted(lines, key=lambda line: line.value or "")
    return sorted(lines, key=lambda line: (line.value is None, -line.figures.went, line.name))


def _groups(counted: Counted, among: Choices) -> list[Line]:
    """Only the groups that the reader may see, most letters first; without any there is nothing to tell apart."""
    found = counted.by[Face.GROUP]
    lines = [Line(group.code, group.name, found[group.id]) for group in among.groups if group.id in found]
    told = [line for line in lines if not line.figures.is_empty]
    return sorted(told, key=lambda line: (-line.figures.went, line.name, line.value))


def _targets(
    db: Database, counted: Counted, targets: dict[int, KnownTarget], numbers: dict[int, str],
    failing: list[FailingAddress],
) -> list[Line]:  # fmt: skip
    paused, fails = pacing.paused(db), {one.email: one.n for one in failing}
    lines = []
    for id, known in targets.items():
        found = counted.by[Face.TARGET].get(id, Figures())
        if not found.is_empty:
            note = health(
                known.target,
                replaced=known.replaced_at is not None,
                failing=fails,
                paused=paused,
                what=pacing.of_target(id),
            )
            lines.append(Line(known.target.title, known.target.title, found, note=note, ua=numbers[known.action]))
    copies = counted.by[Face.TARGET].get(None, Figures())
    if not copies.is_empty:
        lines.append(Line(None, "An embassy, an event, or not known", copies))
    return lines


def _asked(counted: Counted, told: list[Case], targets: dict[int, KnownTarget]) -> list[Asked]:
    """Which demands reached whom: every letter counts for each demand that the outputs make for its person now."""
    demands = {case.id: _demands(case) for case in told}
    found: dict[tuple[str, str], Figures] = defaultdict(Figures)
    for (case, target), counts in counted.of_target.items():
        if target in targets and (counts.went or counts.events):
            for demand in demands.get(case, ()):
                found[targets[target].target.title, demand].add_all(counts)
    asked = [Asked(title, demand, counts) for (title, demand), counts in found.items()]
    return sorted(asked, key=lambda one: (one.target, -one.figures.went, one.demand))


_OF_ANYBODY = {"their": "their", "them": "them", "they": "they", "need": "need"}


def _demands(case: Case) -> list[str]:
    known = [say(DEMAND_WORDS[kind]).format(**_OF_ANYBODY) for kind in case.demands if kind in DEMAND_WORDS]
    return known + [text for kind, text in case.asked if kind not in DEMAND_WORDS]


def _chart(db: Database, counted: Counted, chosen: Chosen) -> DayChart | None:
    sent, reported = dict[date, int](), dict[date, int]()
    for day, found in counted.by[Face.DAY].items():
        if day:
            numbers = found.numbers
            sent[date.fromisoformat(day)] = numbers[Number.SENT_BY_US]
            reported[date.fromisoformat(day)] = numbers[Number.REPORTED_SENT]
    selection = chosen.selection
    first, last = selection.first, selection.last
    if first and last and (last < first or (last - first).days > 4000):
        first = last = None
    return over_time(sent, reported, _happened(db, chosen), first=first, last=last)


def _happened(db: Database, chosen: Chosen) -> list[tuple[date, str]]:
    """The dates of the outputs: of the action that is looked at, else of those that came last."""
    selection = chosen.selection
    action = selection.action
    if selection.case is not None:
        action = cases.case(db, selection.case).action
    readings: list[Reading]
    if action is not None:
        readings = [filed.output.reading for filed in actions.outputs(db, action)]
    else:
        readings = filing.newest_outputs(db, _NEWEST_OUTPUTS)
    told = {(reading.issued_on.value, label(reading)) for reading in readings if reading.issued_on}
    return sorted(told)


def rows(told: Board) -> list[dict[str, Any]]:
    """The whole view as rows: by what, which value, its name, and every figure."""
    found = [_row("all", None, "All letters", None, told.total)]
    for by, lines in told.lines.items():
        found += [_row(by, line.value, line.name, line.ua, line.figures) for line in lines]
    found += [_row("demand", one.target, one.demand, None, one.figures) for one in told.asked]
    return found


def _row(by: str, value: str | None, name: str, ua: str | None, counted: Figures) -> dict[str, Any]:
    return {
        "by": by,
        "value": value,
        "name": name,
        "ua": ua,
        **{number.value: n for number, n in counted.numbers.items()},
        "embassy copies": counted.embassy_copies,
        "came back": counted.came_back,
        "made personal": counted.made_personal,
        **{f"in state {state}": counted.in_state(state) for state in LetterState},
    }


def share(counted: Figures) -> str:
    """How many of the letters that went were made personal, as `31 %`; empty where none went."""
    return f"{round(100 * counted.made_personal / counted.went)} %" if counted.went else ""
