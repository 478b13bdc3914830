"""Status is computed: outputs and decisions of an action, folded in the order of the series, against what is written down."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from campaign.domain import status
from campaign.domain.case import Case, CaseState, Cause
from campaign.domain.names import squeezed
from campaign.domain.resembling import resembling
from campaign.domain.series import in_series_order
from campaign.domain.settling import settled_in
from campaign.domain.telling import DECISION, about, label
from campaign.domain.urgent_action import (
    CaseStatus,
    Decision,
    Doubt,
    InForce,
    Output,
    Person,
    Side,
    Verdict,
)
from campaign.flow import enacting, publishing
from campaign.store import actions, cases, letters, reopenings, telling
from campaign.store.actions import FiledOutput
from campaign.store.columns import instant
from campaign.store.database import Database
from campaign.store.documents import Document
from campaign.store.journal import Event, record
from campaign.store.ledger import Kind, Line
from campaign.store.owed import owe


@dataclass(frozen=True)
class Change:
    """What taking in a document, or a decision, does to one case. `case` is None for a person new to the action.

    `doubts` are those of the facts, as the fold has them; `resembles` is somebody of the action whose name is much alike.
    """

    case: Case | None
    facts: dict[str, Any]
    stops: int = 0
    thanks: int = 0
    doubts: tuple[Doubt, ...] = ()
    resembles: str | None = None

    @property
    def name(self) -> str:
        return str(self.facts["person"].name)

    @property
    def before(self) -> CaseState | None:
        return self.case.state if self.case else None

    @property
    def after(self) -> CaseState:
        state: CaseState = self.facts["state"]
        return state

    @property
    def alters(self) -> bool:
        """Whether the state itself changes (a new case counts)."""
        return self.before is not self.after

    @property
    def shuts(self) -> bool:
        """Whether letters that could leave before no longer can."""
        return self.before is CaseState.OPEN and self.after is not CaseState.OPEN

    @property
    def ends(self) -> bool:
        return self.after in (CaseState.CLOSING, CaseState.CLOSED)


@dataclass(frozen=True)
class Plan:
    """Where an action's cases stand once everything known about it is folded."""

    changes: tuple[Change, ...]
    in_force: InForce
    outputs: tuple[Output, ...]
    filed: tuple[tuple[int, Output], ...] = ()
    """Each output with the document it came in."""


def plan(db: Database, action: int, trying: Sequence[Document] = (), decided: Sequence[Decision] = ()) -> Plan:
    """What the action’s outputs and decisions say now; of documents that are being tried out, with all that is proposed."""
    filed = actions.outputs(db, action, trying)
    outputs = in_series_order([one.output for one in filed])
    decisions = [*actions.decisions(db, action), *decided]
    standing = status.of(outputs, decisions)
    existing = cases.cases_of(db, action)
    series = _Series(
        {one.output.id: one for one in filed},
        {decision.id: decision for decision in decisions},
        outputs,
        [stand.person for stand in standing.values()],
    )
    changes: list[Change] = []
    matched: set[int] = set()
    alike = resembling(outputs)
    for stand in standing.values():
        case = _fitting(existing, stand, matched)
        if case:
            matched.add(case.id)
        change = _change(db, case, _facts(stand, case, series))
        changes.append(replace(change, doubts=stand.doubts, resembles=alike.get(stand.person.name)))
    changes += [_orphaned(case) for case in existing if case.id not in matched]
    papers = tuple((one.document, one.output) for one in filed)
    return Plan(tuple(changes), status.in_force(outputs), tuple(outputs), papers)


def carry_out(db: Database, action: int, planned: Plan, *, actor: str, now: datetime) -> list[int]:
    """Writes the plan down, with an event for each change, and stops the letters of whoever is no longer open.

    Returns the ids of the cases that are no longer open: for these the gate has to be shut after the commit.
    """
    shut = []
    number = actions.number_of(db, action)
    places = publishing.write_down(db, action, number, actor=actor, now=now)
    for change in planned.changes:
        id = _write(db, action, change, now)
        _overtake(db, change, actor, now)
        if change.alters:
            record(db, publishing.told(_event(change, id, actor, now), number, change.facts, places))
            _tell_ledger(db, change, id, now)
        if change.ends and change.before is not CaseState.CLOSED:
            letters.stop_waiting_letters(db, id, change.facts["cause"].text, actor, now)
        if change.shuts or change.after is CaseState.CLOSING:
            shut.append(id)
    if any(change.case and change.case.person.name != change.name for change in planned.changes):
        # decisions name their people as they are called now
        publishing.write_down(db, action, number, actor=actor, now=now)
    if planned.outputs:
        enacting.put_in_force(db, action, planned.outputs, planned.in_force, actor=actor, now=now)
    return shut


def _overtake(db: Database, change: Change, actor: str, now: datetime) -> None:
    """A reopening that waits was asked for on another footing, once something newer is said of the case."""
    if change.case is None or (change.facts["cause"] == change.case.cause and not change.alters):
        return
    asked = reopenings.find_asked(db, change.case.id)
    if asked and reopenings.settle_asked(db, asked.id, "overtaken", by=actor, now=now):
        cause: Cause = change.facts["cause"]
        record(db, Event(now, actor, "reopening", change.case.id, output=cause.output, decision=cause.decision,
                         before="asked", after="overtaken", reason=f"{cause.source}: {cause.text}"[:1000]))  # fmt: skip


def _tell_ledger(db: Database, change: Change, id: int, now: datetime) -> None:
    """Whoever puts back an older copy of the database has to know who is closed, and who was opened again."""
    case = cases.case(db, id)
    if change.ends and not (change.case and change.case.has_ended):
        owe(db, line_of_closing(case, instant(now)))
    elif change.after is CaseState.OPEN and change.before is not None:
        owe(db, Line(Kind.REOPENED, instant(now), case=case.path, epoch=case.epoch))


def line_of_closing(case: Case, at: str) -> Line:
    return Line(Kind.CLOSED, at, case=case.path, epoch=case.epoch, outcome=case.outcome)


def renew(db: Database) -> None:
    """Writes down again what letters go by in every action: after a step that gave that new columns."""
    for action in actions.actions(db):
        with db.atomic():
            planned = plan(db, action.id)
            if planned.outputs:
                enacting.set_in_force(db, action.id, planned.outputs, planned.in_force)


def _write(db: Database, action: int, change: Change, now: datetime) -> int:
    if change.case is None:
        return cases.add_case(db, action, change.facts, now)
    if cases.columns(change.facts) != cases.columns(facts_of(change.case)):
        cases.set_case(db, change.case, change.facts, now)
    return change.case.id


def facts_of(case: Case) -> dict[str, Any]:
    """The facts of a case as they are written down now."""
    return {
        "slug": case.slug,
        "person": case.person,
        "state": case.state,
        "outcome": case.outcome,
        "since": case.since,
        "cause": case.cause,
        "about": case.about,
        "doubts": case.doubts,
    }


def _fitting(existing: list[Case], stand: CaseStatus, matched: set[int]) -> Case | None:
    names = {squeezed(name) for name in (stand.person.name, *stand.person.aliases)}
    free = [case for case in existing if case.id not in matched]
    by_slug = [case for case in free if case.slug == stand.slug]
    return next(iter(by_slug or [case for case in free if squeezed(case.person.name) in names]), None)


def _facts(stand: CaseStatus, case: Case | None, series: "_Series") -> dict[str, Any]:
    cause, undated = series.cause_of(stand)
    return {
        "slug": stand.slug,
        "person": stand.person,
        "state": _state(stand.verdict, case),
        "outcome": stand.outcome,
        "since": stand.since or undated,
        "cause": cause,
        "about": series.about(stand),
        "doubts": tuple(_in_words(doubt) for doubt in stand.doubts),
        "closed_by": series.words_of(stand.closed_by) if stand.closed_by else None,
        "opened_by": series.words_of(stand.opened_by) if stand.opened_by else None,
    }


def _state(verdict: Verdict, case: Case | None) -> CaseState:
    if verdict is not Verdict.CLOSED:
        return CaseState(verdict.value)
    # A new case has no letters, so there is nothing to wait for.
    return CaseState.CLOSED if case is None or case.state is CaseState.CLOSED else CaseState.CLOSING


@dataclass(frozen=True)
class _Series:
    """All that is known of one action: its papers, its decisions, its outputs in their order, its people."""

    papers: dict[int, FiledOutput]
    decisions: dict[int, Decision]
    outputs: Sequence[Output]
    people: Sequence[Person]

    def about(self, stand: CaseStatus) -> str | None:
        others = [person for person in self.people if person is not stand.person]
        return about(stand.person, reversed(self.outputs), others)

    def cause_of(self, stand: CaseStatus) -> tuple[Cause, date]:
        """The cause of a status, and the day that counts where the output has no date: that of its arrival."""
        if stand.decision is not None:
            return self.words_of(Side(decision=stand.decision)), self.decisions[stand.decision].decided_at.date()
        assert stand.output is not None, "a status comes from an output or a decision"
        cause = self.words_of(Side(stand.output, None, stand.evidence))
        paper = self.papers[stand.output]
        if settled := settled_in(paper.output.reading, stand):
            cause = replace(cause, source=DECISION % {"name": settled.by}, text=settled.reason)
        return cause, paper.output.taken_in_at.date()

    def words_of(self, side: Side) -> Cause:
        """What an output or a decision says, and where it says so."""
        if side.decision is not None:
            taken = self.decisions[side.decision]
            return Cause(DECISION % {"name": taken.by}, taken.reason, decision=taken.id)
        assert side.output is not None, "a side is an output or a decision"
        paper, evidence = self.papers[side.output], side.evidence
        return Cause(
            source=label(paper.output.reading),
            text=evidence.text if evidence else "",
            first=evidence.first if evidence else None,
            last=evidence.last if evidence else None,
            output=side.output,
            document=paper.document,
        )


def _in_words(doubt: Doubt) -> str:
    """The question together with the line it is about."""
    return f"{doubt.sentence} “{doubt.evidence.text}”" if doubt.evidence else doubt.sentence


def _orphaned(case: Case) -> Change:
    """A case that no document speaks of any more: two names turned out to be one person's, or a document was taken back."""
    facts = facts_of(case)
    if not case.is_open:
        return Change(case, facts)
    sentence = f"No document speaks of {case.person.name} any more: is it another name of someone else in this action?"
    facts |= {"state": CaseState.REVIEW, "doubts": (sentence,)}
    return Change(case, facts, doubts=(Doubt(sentence, None, (case.person.name,)),))


def _change(db: Database, case: Case | None, facts: dict[str, Any]) -> Change:
    if case is None or facts["state"] not in (CaseState.CLOSING, CaseState.CLOSED) or case.has_ended:
        return Change(case, facts)
    return Change(case, facts, letters.count_waiting_letters(db, case.id), telling.count_writers(db, case.id))


def _event(change: Change, id: int, actor: str, now: datetime) -> Event:
    cause: Cause = change.facts["cause"]
    return Event(
        now,
        actor,
        "case",
        case=id,
        output=cause.output,
        document=cause.document,
        line=cause.first,
        decision=cause.decision,
        before=change.before,
        after=change.after,
        reason=f"{cause.source}: {cause.text}"[:1000],
    )
