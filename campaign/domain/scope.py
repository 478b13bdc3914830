"""Whom a statement speaks of, among the people of a series known by then."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from campaign.domain import names
from campaign.domain.folding import fold
from campaign.domain.urgent_action import Doubt, Meaning, Scope, Statement

SHE_WORDS = r"\b(?:women|woman|sisters?|girls?|mothers?|daughters?|wife|wives|her|she|mujer(?:es)?|hermanas?|ella|ellas|ambas|femmes?|soeurs?|elle|elles|toutes)\b"
HE_WORDS = r"\b(?:men|man|brothers?|boys?|fathers?|sons?|him|his|he|hombres?|hommes?|freres?|lui)\b"
_MOST_NAMED = 6
_NUMBERS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten"}  # fmt: skip


@dataclass(frozen=True)
class Known:
    """The people of a series, by their place in it, as a statement finds them.

    `spellings` are all names of each; `present` those known by now, `closed` those closed before this output,
    `listed` those whom this output itself lists, `pronouns` what is known of them, `means` whom names as printed mean.
    """

    spellings: Sequence[Sequence[str]]
    present: frozenset[int]
    closed: frozenset[int]
    listed: frozenset[int]
    pronouns: dict[int, str]
    means: tuple[Meaning, ...] = ()


@dataclass(frozen=True)
class Meant:
    """The people a statement means, those it may mean, and what is doubtful about it."""

    people: frozenset[int] = frozenset()
    perhaps: frozenset[int] = frozenset()
    doubts: tuple[Doubt, ...] = ()


def meant_by(statements: Sequence[Statement], known: Known) -> list[Meant]:
    """Whom each of an output's statements means: names first, then the words that depend on whom the names leave."""
    found: dict[int, Meant] = {}
    for n, statement in enumerate(statements):
        if statement.scope is Scope.NAMED:
            found[n] = _named(statement, known)
    found = _with_misprints(found, known)
    covered = frozenset().union(*(m.people | m.perhaps for m in found.values())) if found else frozenset()
    for n, statement in enumerate(statements):
        if statement.scope is Scope.COUNTED:
            found[n] = _counted(statement, known, covered)
    doubtful = any(m.perhaps or m.doubts for m in found.values())
    sure = frozenset().union(*(m.people for m in found.values()))
    covered |= sure
    for n, statement in enumerate(statements):
        if statement.scope is Scope.OTHERS:
            found[n] = _others(statement, known, covered, sure, doubtful)
        elif statement.scope is Scope.EVERYONE:
            found[n] = Meant(known.present)
    return [found[n] for n in range(len(statements))]


def _with_misprints(found: dict[int, Meant], known: Known) -> dict[int, Meant]:
    """A name that fits nobody may be a misprint of anybody whom no other name covers."""
    sure = frozenset().union(*(meant.people for meant in found.values())) if found else frozenset()
    return {
        n: replace(meant, perhaps=meant.perhaps | (known.present - sure))
        if any(not d.people for d in meant.doubts)
        else meant
        for n, meant in found.items()
    }


def _listed(places: Iterable[int], known: Known, joint: str) -> str:
    """Names for a sentence: "A, B and C"; of many only the first, and how many more there are."""
    called = [known.spellings[place][0] for place in sorted(places)]
    if len(called) > _MOST_NAMED:
        return f"{', '.join(called[:_MOST_NAMED])} {joint.replace(',', 'and')} {len(called) - _MOST_NAMED} more"
    if joint == ",":
        return ", ".join(called)
    return f" {joint} ".join([", ".join(called[:-1]), called[-1]]) if len(called) > 1 else "".join(called)


def _unclear(words: str, count: int | None, maybe: frozenset[int], known: Known) -> str:
    """Why words that point at people leave it open whom: "“both men” could mean any two of A, B and C."."""
    number = _NUMBERS.get(count or 0)
    if len(maybe) == 1:
        return f"“{words}” could mean {_listed(maybe, known, 'or')}, but does not fit with certainty."
    if number and count and count < len(maybe):
        return f"“{words}” could mean any {number} of {_listed(maybe, known, 'and')}."
    if count and count != len(maybe):
        return f"“{words}” does not fit the number of people it could mean: {_listed(maybe, known, 'and')}."
    return (
        f"“{words}” could mean some or all of {_listed(maybe, known, 'and')}."
        if maybe
        else f"It is not clear whom “{words}” means."
    )


def _doubt(sentence: str, statement: Statement, people: frozenset[int], known: Known) -> Doubt:
    return Doubt(sentence, statement.evidence, tuple(known.spellings[place][0] for place in sorted(people)))


def _named(statement: Statement, known: Known) -> Meant:
    roster = [spellings if place in known.present else () for place, spellings in enumerate(known.spellings)]
    sure: set[int] = set()
    perhaps: set[int] = set()
    doubts = []
    for printed in statement.names:
        matches, leftover = names.resolve(printed, roster)
        for match in matches:
            told = _told(match.printed, known, roster)
            alike = frozenset() if told is not None else _run_into(match.printed, match.fits, roster)
            if told is not None:
                sure.update(told)
            elif not alike and len(match.fits) == 1:
                sure.update(match.fits)
            else:
                alike = alike or frozenset(match.fits)
                perhaps.update(alike)
                sentence = f"“{match.printed}” could mean {_listed(alike, known, 'or')}."
                doubts.append(replace(_doubt(sentence, statement, alike, known), printed=match.printed))
        for piece in leftover:
            told = _told(piece, known, roster)
            if told is not None:
                sure.update(told)
                continue
            there = f" ({_listed(known.present, known, ',')})" if known.present else ""
            sentence = f"“{piece}” fits nobody known in this action{there}."
            doubts.append(Doubt(sentence, statement.evidence, printed=piece))
    return Meant(frozenset(sure), frozenset(perhaps - sure), tuple(doubts))


def _told(printed: str, known: Known, roster: Sequence[Sequence[str]]) -> tuple[int, ...] | None:
    """Whom an admin said a name as printed means, nobody included; None where nobody has said."""
    meaning = next((m for m in reversed(known.means) if names.squeezed(m.printed) == names.squeezed(printed)), None)
    if meaning is None:
        return None
    fits = names.fitting(meaning.person, roster) if meaning.person else ()
    return fits if meaning.person is None or len(fits) == 1 else None


def _run_into(printed: str, fits: Sequence[int], roster: Sequence[Sequence[str]]) -> frozenset[int]:
    """The people whom a single name may mean where another's name lost its blanks: "José" beside "JoséAntonio"."""
    short = names.parts(printed)
    if len(short) != 1 or len(short[0]) < 4 or len(fits) != 1:
        return frozenset()
    others = {
        place
        for place, spellings in enumerate(roster)
        if place not in fits
        for spelling in spellings
        for part in names.parts(spelling)
        if len(part) >= len(short[0]) + 4 and (part.startswith(short[0]) or part.endswith(short[0]))
    }
    return frozenset(others | set(fits)) if others else frozenset()


def _of_gender(statement: Statement, people: frozenset[int], known: Known) -> frozenset[int]:
    words = fold(" ".join(statement.names))
    she, he = bool(re.search(SHE_WORDS, words)), bool(re.search(HE_WORDS, words))
    if she == he:
        return people
    wanted = {"she", "ella", "elle"} if she else {"he", "el", "il"}
    unknown = [p for p in people if not known.pronouns.get(p)]
    if len(unknown) == len(people):
        return people
    # somebody without a pronoun may be meant too: only a number that fits in spite of that is certain
    return frozenset(p for p in people if p in unknown or fold(known.pronouns[p]).split("/")[0] in wanted)


def _counted(statement: Statement, known: Known, covered: frozenset[int]) -> Meant:
    """The people that a number fits: it must fit one way only."""
    listed = known.listed & known.present
    if (named := _named_alike(statement, known)) is not None and len(named) == (statement.count or len(named)) > 1:
        return Meant(named)
    ways = {
        _of_gender(statement, group, known)
        for group in (known.present, known.present - known.closed, listed, known.present - covered, listed - covered)
    }
    if statement.count is None:
        # "the women": all of that gender, where everybody's is known and some are of the other
        known_all = all(known.pronouns.get(place) for place in known.present)
        fitting = {way for way in ways if known_all and 1 < len(way) < len(known.present)}
    else:
        fitting = {way for way in ways if len(way) == statement.count}
    if len(fitting) == 1:
        return Meant(next(iter(fitting)))
    words = " ".join(statement.names) or "the number"
    maybe = known.present - covered if known.present - covered else known.present
    return Meant(
        perhaps=maybe, doubts=(_doubt(_unclear(words, statement.count, maybe, known), statement, maybe, known),)
    )


def _named_alike(statement: Statement, known: Known) -> frozenset[int] | None:
    """Of "the two men named Huaman" everybody of that name; None where no name is said."""
    found = re.search(
        r"\b(?:named|called|llamad[oa]s|apellidad[oa]s|nomme(?:e)?s|appele(?:e)?s) (.+)$", " ".join(statement.names)
    )
    if found is None:
        return None
    wanted = names.parts(found[1])
    return frozenset(
        place
        for place in known.present
        if any(set(wanted) <= set(names.parts(spelling)) for spelling in known.spellings[place])
    )


def _others(statement: Statement, known: Known, covered: frozenset[int], sure: frozenset[int], doubtful: bool) -> Meant:
    """Everybody whom the other statements leave, if their number is the one said; never those whom one surely means."""
    rest = known.present - covered
    living = _of_gender(statement, rest - known.closed, known)
    if statement.count is None:
        chosen = living or rest
    else:
        chosen = living if len(living) == statement.count else rest if len(rest) == statement.count else frozenset()
    if chosen and covered and not doubtful:
        return Meant(chosen)
    words = " ".join(statement.names) or "the others"
    maybe = rest or known.present - sure or known.present
    return Meant(
        perhaps=maybe, doubts=(_doubt(_unclear(words, statement.count, maybe, known), statement, maybe, known),)
    )
