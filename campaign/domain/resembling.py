"""People of one action whose names are so much alike that somebody should say whether they are one."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from campaign.domain.names import squeezed
from campaign.domain.roster import Member, roster_of
from campaign.domain.urgent_action import Output

_ALIKE = 0.86
_SHORTEST = 6


def resembling(outputs: Sequence[Output]) -> dict[str, str]:
    """Of each person whom an output brings later and whose name is a letter or two from another's: that other's name.

    Two people of one output are never one person, and whoever was said to be nobody else is not asked about again.
    """
    members = roster_of(outputs)
    found: dict[str, str] = {}
    for place, member in enumerate(members):
        if member.person.is_distinct or member.is_uncertain:
            continue
        other = next((m for m in members[:place] if _may_be_one(member, m)), None)
        if other:
            found[member.person.name] = other.person.name
    return found


def _may_be_one(one: Member, other: Member) -> bool:
    if not one.outputs.isdisjoint(other.outputs):
        return False
    return any(_are_alike(squeezed(a), squeezed(b)) for a in one.spellings for b in other.spellings)


def _are_alike(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _SHORTEST or (one[:1] != other[:1] and one[-1:] != other[-1:]):
        return False
    match = SequenceMatcher(None, one, other)
    return match.quick_ratio() >= _ALIKE and match.ratio() >= _ALIKE
