"""Each person's status, computed from what the outputs say in their order in the series, and from decisions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from campaign.domain import names
from campaign.domain.order import Group, have_same_index, in_series
from campaign.domain.roster import Member, meant_by, roster_of
from campaign.domain.scope import Known
from campaign.domain.urgent_action import (
    CaseStatus,
    Decision,
    DemandKind,
    Doubt,
    Evidence,
    InForce,
    Outcome,
    Output,
    Reading,
    Side,
    Verdict,
)
from campaign.domain.verdicts import Said, nothing_said, said_by


@dataclass(frozen=True)
class _State:
    """Where one person stands while the series is read."""

    verdict: Verdict
    since: date | None = None
    output: int | None = None
    decision: int | None = None
    evidence: Evidence | None = None
    doubts: tuple[Doubt, ...] = ()
    was_closed: bool = False
    may_be_closed: bool = False
    closed_by: Side | None = None
    opened_by: Side | None = None


def of(outputs: Iterable[Output], decisions: Iterable[Decision] = ()) -> dict[str, CaseStatus]:
    """Each person's status by slug, after the outputs in their order in the series and the decisions among them.

    What an output says of a person stands until a later one says otherwise; silence changes nothing. Only a final
    output may not be silent. Nothing reopens by itself.
    """
    groups = in_series([output for output in outputs if output.reading.refusal is None], _are_copies)
    flat = [output for group in groups for output in group]
    members = roster_of(flat)
    waiting = _by_group(decisions, groups)
    states: dict[int, _State] = {}
    told: dict[int, tuple[Outcome, Evidence | None]] = {}
    present: frozenset[int] = frozenset()
    place = 0
    for decision in waiting.get(-1, ()):
        _decide(decision, members, states, told)
    for number, group in enumerate(groups):
        places = range(place, place + len(group))
        place += len(group)
        present |= frozenset(n for n, member in enumerate(members) if not member.outputs.isdisjoint(places))
        _follow(group, places, members, present, states)
        _tell(group, members, present, told)
        for decision in waiting.get(number, ()):
            _decide(decision, members, states, told)
    return {member.slug: _case(member, states.get(n), told.get(n)) for n, member in enumerate(members)}


def _by_group(decisions: Iterable[Decision], groups: Sequence[Group]) -> dict[int, list[Decision]]:
    """The decisions by the group after which they stand; -1 is before all."""
    home = {output.id: number for number, group in enumerate(groups) for output in group}
    found: dict[int, list[Decision]] = {}
    for decision in sorted(decisions, key=lambda d: (d.decided_at, d.id)):
        if decision.after_output is None:
            number = -1
        elif decision.after_output in home:
            number = home[decision.after_output]
        else:
            # its output is gone: behind all that had been taken in by then
            number = max(
                (n for n, group in enumerate(groups) if any(o.taken_in_at <= decision.decided_at for o in group)),
                default=-1,
            )
        found.setdefault(number, []).append(decision)
    return found


def _decide(
    decision: Decision,
    members: Sequence[Member],
    states: dict[int, _State],
    told: dict[int, tuple[Outcome, Evidence | None]],
) -> None:
    person = meant_by(decision, members)
    if person is None:
        return
    day = decision.decided_at.date()
    before = states.get(person)
    since = before.since if before and before.verdict is decision.verdict else day
    closed = decision.verdict is Verdict.CLOSED
    side = Side(decision=decision.id) if closed else None
    states[person] = _State(decision.verdict, since, None, decision.id, None, (), closed, False, side)
    if decision.outcome:
        told[person] = (decision.outcome, None)


def _follow(
    group: Group, places: range, members: Sequence[Member], present: frozenset[int], states: dict[int, _State]
) -> None:
    """Moves everybody's state on by one paper; copies and rivals for its place are read side by side."""
    each = [_after(output, place, members, present, states) for output, place in zip(group, places, strict=True)]
    rivals = any(have_same_index(a.reading, b.reading) is False for a in group for b in group)
    for person in sorted(present):
        changes = [(output, changed[person]) for output, changed in zip(group, each, strict=True) if person in changed]
        if not changes:
            continue
        verdicts = {state.verdict for _, state in changes}
        state = changes[0][1]
        if len(verdicts) > 1 or (rivals and len(group) > 1):
            state = _disputed(state, changes, states.get(person))
        states[person] = state


def _disputed(state: _State, changes: list[tuple[Output, _State]], before: _State | None) -> _State:
    sentence = "Two outputs claim the same place in the series."
    doubts = tuple(dict.fromkeys(Doubt(sentence, own.evidence) for _, own in changes))
    was_closed = bool(before and before.was_closed)
    closings = [own.closed_by for _, own in changes if own.closed_by]
    openings = [
        Side(output.id, None, own.evidence) if own.verdict is Verdict.OPEN else own.opened_by for output, own in changes
    ]
    return replace(
        state,
        closed_by=next(iter(closings), before.closed_by if before else None),
        opened_by=next((side for side in openings if side), None),
        verdict=Verdict.REVIEW,
        doubts=doubts,
        was_closed=was_closed,
        may_be_closed=True,
        since=changes[0][0].issued_on,
    )


def _after(
    output: Output, place: int, members: Sequence[Member], present: frozenset[int], states: dict[int, _State]
) -> dict[int, _State]:
    """The states of those whom one output touches, each as it would be after it."""
    listed = frozenset(n for n, member in enumerate(members) if place in member.outputs)
    known = Known(
        [member.spellings for member in members],
        present,
        frozenset(n for n, state in states.items() if state.was_closed and state.verdict is Verdict.CLOSED),
        listed,
        {n: member.person.pronouns for n, member in enumerate(members) if member.person.pronouns},
    )
    said = said_by(output.reading, known)
    for person in listed - said.keys():
        if person not in states:
            said[person] = nothing_said(members[person].person.name, members[person].person.evidence)
    changed = {person: _moved(states.get(person), own, output) for person, own in said.items()}
    for person in listed:
        if members[person].is_uncertain and person in changed:
            name = members[person].person.name
            doubt = Doubt(
                f"“{name}” could be more than one person of this action.",
                members[person].person.evidence,
                (name,),
                name,
            )
            changed[person] = replace(changed[person], verdict=Verdict.REVIEW, doubts=(doubt,))
    return changed


def _moved(before: _State | None, said: Said, output: Output) -> _State:
    """The state after an output that says something. Nothing reopens by itself."""
    verdict, doubts = said.verdict, said.doubts
    was_closed = bool(before and before.was_closed)
    closed_by, opened_by = (before.closed_by, before.opened_by) if before else (None, None)
    if before and was_closed and verdict is Verdict.OPEN:
        verdict, opened_by = Verdict.REVIEW, Side(output.id, None, said.evidence)
        sentence = "This output asks for letters, but the case had been closed."
        doubts = (*doubts, *before.doubts, Doubt(sentence, before.evidence), Doubt(sentence, said.evidence))
    elif (
        before
        and before.verdict is Verdict.REVIEW
        and before.may_be_closed
        and verdict is Verdict.OPEN
        and not said.is_explicit
    ):
        verdict, doubts = Verdict.REVIEW, before.doubts
    since = before.since if before and before.verdict is verdict else output.issued_on
    if verdict is not Verdict.REVIEW:
        closed_by, opened_by = Side(output.id, None, said.evidence) if verdict is Verdict.CLOSED else None, None
    return _State(
        verdict,
        since,
        output.id,
        None,
        said.evidence,
        tuple(dict.fromkeys(doubts)) if verdict is Verdict.REVIEW else (),
        was_closed or verdict is Verdict.CLOSED,
        verdict is Verdict.REVIEW and (said.may_close or bool(before and before.may_be_closed)),
        closed_by,
        opened_by,
    )


def _tell(
    group: Group, members: Sequence[Member], present: frozenset[int], told: dict[int, tuple[Outcome, Evidence | None]]
) -> None:
    """Notes the newest outcome of each; where copies differ, the one that counts more."""
    order = list(Outcome)
    newest: dict[int, tuple[Outcome, Evidence | None]] = {}
    for output in group:
        for news in output.reading.news:
            fits = names.fitting(news.name, [m.spellings if n in present else () for n, m in enumerate(members)])
            if (
                len(fits) == 1
                and not news.is_guess
                and (fits[0] not in newest or order.index(news.outcome) < order.index(newest[fits[0]][0]))
            ):
                newest[fits[0]] = (news.outcome, news.evidence)
    told.update(newest)


def _case(member: Member, state: _State | None, told: tuple[Outcome, Evidence | None] | None) -> CaseStatus:
    if state is None:
        state = _State(Verdict.REVIEW)
    outcome, news = told or (None, None)
    return CaseStatus(
        member.slug,
        member.person,
        state.verdict,
        outcome,
        state.since,
        state.output,
        state.decision,
        state.evidence,
        news,
        state.doubts,
        state.closed_by,
        state.opened_by,
    )


def _are_copies(one: Reading, other: Reading) -> bool:
    """Like `same_paper`, among outputs of one action."""
    same_index = have_same_index(one, other)
    if same_index is not None:
        return same_index
    if not (
        one.ordinal and other.ordinal and one.ordinal.value == other.ordinal.value and one.is_final == other.is_final
    ):
        return False
    return _verdicts(one, other)


def _verdicts(one: Reading, other: Reading) -> bool:
    """Whether two readings give the same people the same verdicts."""
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    first = list(of([Output(0, one, epoch)]).values())
    second = list(of([Output(0, other, epoch)]).values())
    if len(first) != len(second):
        return False
    roster = [(case.person.name, *case.person.aliases) for case in second]
    for case in first:
        fits = names.fitting(case.person.name, roster)
        if len(fits) != 1 or second[fits[0]].verdict is not case.verdict:
            return False
    return True


def same_paper(one: Reading, other: Reading) -> bool:
    """Whether two readings are of the same output in another copy, format or language.

    The index number decides where both have one (zeros, century and the letter of a language do not count); else
    place in the series, finality, and the verdict for every person must be the same.
    """
    if not (one.ua and other.ua and one.ua.value == other.ua.value):
        return False
    return _are_copies(one, other)


def in_force(outputs: Iterable[Output]) -> InForce:
    """What a letter for the action goes by after these outputs."""
    groups = in_series([output for output in outputs if output.reading.refusal is None], _are_copies)
    newest = [output for group in reversed(groups) for output in group]
    targets = next((o for o in newest if o.reading.targets and not o.reading.targets_as_before), None)
    targets = targets or next((o for o in newest if o.reading.targets), None)
    demands = next((o for o in newest if o.reading.demands), None)
    asking = next((o for o in newest if _asks(o.reading)), None)
    languages = next((o.reading.languages for o in newest if o.reading.languages), None)
    copies = targets.reading.copies_to_embassy is not None if targets else False
    return InForce(
        targets.reading.targets if targets else (),
        targets.id if targets else None,
        demands.reading.demands if demands else (),
        demands.id if demands else None,
        asking.reading.deadline.value if asking and asking.reading.deadline else None,
        languages.value if languages else (),
        copies,
        _past(newest, demands),
    )


def _past(newest_first: list[Output], standing: Output | None) -> tuple[DemandKind, ...]:
    """The kinds of demands that are made no more, in the order of DemandKind."""
    made = {demand.kind for output in newest_first for demand in output.reading.demands}
    still = {demand.kind for demand in standing.reading.demands} if standing else set()
    return tuple(kind for kind in DemandKind if kind in made - still)


def _asks(reading: Reading) -> bool:
    return reading.request is not None or any(statement.verdict is Verdict.OPEN for statement in reading.statements)
