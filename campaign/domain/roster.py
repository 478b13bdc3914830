"""The people of a series: which names of which outputs are one person, and what that person is called."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from campaign.domain import names
from campaign.domain.urgent_action import Decision, Output, Person


@dataclass(frozen=True)
class Member:
    """Someone of a series: the person as called throughout, the slug, and in which outputs (by place) listed.

    An `is_uncertain` member has a name that could be that of several others.
    """

    person: Person
    slug: str
    outputs: frozenset[int]
    is_uncertain: bool = False

    @property
    def spellings(self) -> tuple[str, ...]:
        return (self.person.name, *self.person.aliases)


@dataclass
class _Cluster:
    entries: list[tuple[int, Person]]
    is_uncertain: bool = False

    @property
    def spellings(self) -> list[str]:
        return [spelling for _, person in self.entries for spelling in (person.name, *person.aliases)]

    @property
    def outputs(self) -> set[int]:
        return {place for place, _ in self.entries}


def roster_of(outputs: Sequence[Output]) -> list[Member]:
    """The members of a series, in the order in which its outputs bring them.

    Names are joined longest first, so what they are does not depend on which output was taken in first.
    """
    entries = [
        (place, n, person) for place, output in enumerate(outputs) for n, person in enumerate(output.reading.people)
    ]
    clusters: list[_Cluster] = []
    for place, _, person in sorted(entries, key=lambda e: (-len(names.parts(e[2].name)), e[0], e[1])):
        _join(clusters, place, person)
    first = {
        id(cluster): min((place, _rank(outputs, place, c)) for place, c in cluster.entries) for cluster in clusters
    }
    clusters.sort(key=lambda cluster: first[id(cluster)])
    members: list[Member] = []
    for cluster in clusters:
        person = _called(cluster)
        slug = _free_slug(names.slug(person.name), {member.slug for member in members})
        members.append(Member(person, slug, frozenset(cluster.outputs), cluster.is_uncertain))
    return members


def _rank(outputs: Sequence[Output], place: int, person: Person) -> int:
    return next((n for n, other in enumerate(outputs[place].reading.people) if other is person), 0)


def _join(clusters: list[_Cluster], place: int, person: Person) -> None:
    """Two people of one output are never one person, however alike their names."""
    free = [cluster for cluster in clusters if place not in cluster.outputs]
    if person.is_distinct:
        # Somebody else, says an admin: at most the same as those of exactly that name.
        free = [c for c in free if any(names.squeezed(s) == names.squeezed(person.name) for s in c.spellings)]
    fits = {n for n, cluster in enumerate(free) if any(names.is_same(person.name, s) for s in cluster.spellings)}
    if len(fits) != 1:
        # Only where the whole name does not tell: an alias may be part of several people's names.
        fits = {
            fit
            for spelling in (person.name, *person.aliases)
            for fit in names.fitting(spelling, [cluster.spellings for cluster in free])
        }
    if len(fits) == 1:
        free[fits.pop()].entries.append((place, person))
    else:
        clusters.append(_Cluster([(place, person)], is_uncertain=len(fits) > 1))


def _called(cluster: _Cluster) -> Person:
    """The person under the spelling with the most parts, at a tie the earliest in the series; capitals come last."""
    ordered = sorted(cluster.entries, key=lambda e: (-len(names.parts(e[1].name)), e[1].name.isupper(), e[0]))
    best = ordered[0][1]
    in_series = sorted(cluster.entries, key=lambda e: e[0])
    pronouns = [person.pronouns for _, person in in_series if person.pronouns]
    aliases = [
        spelling for _, person in in_series for spelling in (person.name, *person.aliases) if spelling != best.name
    ]
    return replace(
        best,
        pronouns=pronouns[-1] if pronouns else None,
        aliases=tuple(dict.fromkeys(aliases)),
        is_group=any(person.is_group for _, person in cluster.entries),
        is_distinct=any(person.is_distinct for _, person in cluster.entries),
    )


def _free_slug(slug: str, taken: set[str]) -> str:
    number = 2
    free = slug
    while free in taken:
        free, number = f"{slug}-{number}", number + 1
    return free


def meant_by(decision: Decision, members: Sequence[Member]) -> int | None:
    """The place of the member a decision is about, by slug or by a name that fits exactly one."""
    for place, member in enumerate(members):
        if decision.person == member.slug:
            return place
    fits = names.fitting(decision.person.replace("-", " "), [member.spellings for member in members])
    return fits[0] if len(fits) == 1 else None
