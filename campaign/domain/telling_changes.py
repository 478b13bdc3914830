"""What a change of an action's papers does, in plain sentences."""

from collections.abc import Iterable, Sequence
from datetime import date

from campaign.domain.urgent_action import InForce, Target


def listed(words: Sequence[str]) -> str:
    """`A, B and C`."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def counted(n: int, one: str) -> str:
    """`1 letter`, `1,103 writers`."""
    return f"{n:,} {one}{'' if n == 1 else 's'}"


def differences(before: InForce, after: InForce) -> list[str]:
    """What else letters go by from then on: addressees, deadline, demands, languages, copies to embassies."""
    return [
        *_addressees(before.targets, after.targets),
        *_deadline(before.deadline, after.deadline),
        *_demands(before, after),
        *_languages(before.languages, after.languages),
        *_copies(before.copies_to_embassy, after.copies_to_embassy),
    ]


def _addressees(before: tuple[Target, ...], after: tuple[Target, ...]) -> Iterable[str]:
    left = [target.title for target in before if target.title not in {one.title for one in after}]
    come = [target.title for target in after if target.title not in {one.title for one in before}]
    if left and come:
        yield f"Letters go to {listed(come)} instead of {listed(left)}."
    elif come:
        yield f"Letters also go to {listed(come)}."
    elif left:
        yield f"Letters no longer go to {listed(left)}."
    was = {target.title: target for target in before}
    for target in after:
        old = was.get(target.title)
        if old and old.email != target.email:
            yield f"The e-mail address of {target.title} changes from {old.email or 'none'} to {target.email or 'none'}."
        if old and old.address != target.address:
            yield f"The address of {target.title} changes from “{', '.join(old.address)}” to “{', '.join(target.address)}”."


def _deadline(before: date | None, after: date | None) -> Iterable[str]:
    if before == after:
        return
    if before and after:
        yield f"The deadline moves from {_day(before)} to {_day(after)}."
    elif after:
        yield f"Letters are asked for until {_day(after)}; no deadline was known before."
    elif before:
        yield f"The deadline of {_day(before)} no longer applies."


def _demands(before: InForce, after: InForce) -> Iterable[str]:
    had = {demand.kind: demand.text for demand in before.demands}
    has = {demand.kind: demand.text for demand in after.demands}
    for kind, text in had.items():
        if kind not in has:
            yield f"A demand is dropped: “{text}”"
    for kind, text in has.items():
        if kind not in had:
            yield f"A demand is added: “{text}”"


def _languages(before: tuple[str, ...], after: tuple[str, ...]) -> Iterable[str]:
    if before != after and after:
        yield f"The official reads {listed(after)}{f', not {listed(before)}' if before else ''}."


def _copies(before: bool, after: bool) -> Iterable[str]:
    if after and not before:
        yield "Copies are asked for to the embassies."
    elif before and not after:
        yield "Copies to the embassies are no longer asked for."


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
