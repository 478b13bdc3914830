"""Groups: people who write together and have a link of their own, so that their letters can be counted apart."""

from dataclasses import dataclass
from datetime import datetime

from campaign.domain.codes import typed_code

# What a group's code may be made of: every capital and digit that is not taken for another one.
CODE_SIGNS = frozenset("ABCDEFGHJKLMNPQRSTUVWXYZ23456789")
SHORTEST_CODE, LONGEST_CODE = 4, 12
MADE_CODE = 6
"""How long a code is that we make ourselves."""
LONGEST_GROUP_NAME = 80


@dataclass(frozen=True)
class Group:
    """People who write together. Letters written by way of `/?via=CODE` bear its mark while it is open."""

    id: int
    code: str
    name: str
    made_by: str
    made_at: datetime
    closed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


@dataclass(frozen=True)
class Sight:
    """Which groups' figures somebody sees: those named, or all where `groups` is None.

    What belongs to no group is seen by everybody who works here.
    """

    groups: frozenset[int] | None = None

    def reaches(self, group: int | None) -> bool:
        return self.groups is None or group is None or group in self.groups

    def reaches_letter(self, group: int | None) -> bool:
        """Whether a letter that bears this group's mark, or none, is theirs to work on: who has groups, works on those."""
        return self.groups is None or group in self.groups


EVERYTHING = Sight()


def group_code(text: str | None) -> str | None:
    """The code of a group that was typed or stands in a link, as it is kept; None where it can be none."""
    code = typed_code(text)
    fits = SHORTEST_CODE <= len(code) <= LONGEST_CODE and CODE_SIGNS.issuperset(code)
    return code if fits else None
