"""What a document does, or would do, in one line."""

from collections.abc import Iterable

from campaign.domain.case import CaseState
from campaign.domain.telling import OUTCOME_LABELS
from campaign.domain.urgent_action import Outcome
from campaign.flow.inbox import KNOWN_PAPER, Effect, Outlook

_MOST_NAMES = 4


def in_one_line(outlook: Outlook) -> str:
    """`Closes Ana Ruiz (released), keeps Bo Chen open, stops 3 letters.`"""
    if outlook.is_copy:
        return f"Nothing: {KNOWN_PAPER[0].lower()}{KNOWN_PAPER[1:]}"
    said = _said(outlook.effects)
    stops = sum(effect.stops for effect in outlook.effects)
    if stops:
        said.append(f"stops {stops} {'letter' if stops == 1 else 'letters'}")
    return _sentence(said) if said else "Nothing: it names nobody."


def done_in_one_line(changes: Iterable[tuple[str, str]]) -> str:
    """What a document has done: by each person's name, the state that the case came into."""
    after = dict(changes)
    verbs = (("closed", "", ("closing", "closed")), ("opened", "", ("open",)), ("sent", " to review", ("review",)))
    return _sentence(
        _group(verb, [name for name, state in after.items() if state in states], ending)
        for verb, ending, states in verbs
    )


def _said(effects: Iterable[Effect]) -> list[str]:
    told = list(effects)
    changing = [one for one in told if one.after is not one.before and not (one.ends and one.has_ended)]
    closing = [_with_outcome(one.name, one.outcome) for one in changing if one.ends]
    opening = [one.name for one in changing if one.after is CaseState.OPEN]
    reviewed = [one.name for one in changing if one.after is CaseState.REVIEW]
    kept = [one.name for one in told if one.before is CaseState.OPEN and one.after is CaseState.OPEN]
    groups = (
        _group("closes", closing), _group("opens", opening), _group("sends", reviewed, " to review"),
        _group("keeps", kept, " open"),
    )  # fmt: skip
    said = [group for group in groups if group]
    return said or (["changes nothing"] if told else [])


def _with_outcome(name: str, outcome: Outcome | None) -> str:
    is_told = outcome and outcome is not Outcome.OTHER
    return f"{name} ({OUTCOME_LABELS[outcome].lower()})" if outcome and is_told else name


def _group(verb: str, names: list[str], ending: str = "") -> str:
    if not names:
        return ""
    shown = (
        names if len(names) <= _MOST_NAMES else [*names[: _MOST_NAMES - 1], f"{len(names) - _MOST_NAMES + 1} others"]
    )
    listed = shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
    return f"{verb} {listed}{ending}"


def _sentence(groups: Iterable[str]) -> str:
    said = ", ".join(group for group in groups if group)
    return f"{said[0].upper()}{said[1:]}." if said else ""
