"""What one output says of each person: open, closed, to be reviewed, or nothing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from campaign.domain import names
from campaign.domain.folding import fold
from campaign.domain.scope import Known, Meant, meant_by
from campaign.domain.urgent_action import Doubt, Evidence, News, Outcome, Reading, Scope, Statement, Verdict

_HOLD = "The document asks to hold appeals back for now."
ENDED = frozenset({Outcome.DIED, Outcome.EXECUTED})
RESOLVED = ENDED | {
    Outcome.RELEASED,
    Outcome.RELEASED_ON_BAIL,
    Outcome.ACQUITTED,
    Outcome.CHARGES_DROPPED,
    Outcome.DEPORTED,
    Outcome.OTHER,
}


@dataclass(frozen=True)
class Said:
    """What an output says of one person, on which lines, and why that may be doubtful.

    `is_explicit` tells a status sentence from a mere request for letters; `may_close` that words of closing are in play.
    """

    verdict: Verdict
    evidence: Evidence | None = None
    doubts: tuple[Doubt, ...] = ()
    is_explicit: bool = False
    may_close: bool = False


@dataclass
class _Sheet:
    """The statements of one output sorted by person."""

    closed: dict[int, Statement] = field(default_factory=dict)
    opened: dict[int, Statement] = field(default_factory=dict)
    unsure: dict[int, list[Doubt]] = field(default_factory=dict)
    held: Statement | None = None
    doubts: list[Doubt] = field(default_factory=list)
    reasons: dict[Evidence, str] = field(default_factory=dict)
    """Why words ask to wait, where the document's own doubts tell."""


def said_by(reading: Reading, known: Known) -> dict[int, Said]:
    """What an output says of each person known by then; people of whom it says nothing are left out."""
    known = replace(known, means=reading.means)
    sheet = _sheet(reading, known)
    news = _news(reading, known)
    said: dict[int, Said] = {}
    for place in sorted(known.present):
        own = _weighed(place, reading, known, sheet, news.get(place))
        if own is not None:
            said[place] = own
    return _with_answers(reading, known, _with_request_for_nobody(reading, known, said, news))


def _with_answers(reading: Reading, known: Known, said: dict[int, Said]) -> dict[int, Said]:
    """What admins said of people outweighs what the words say; the line stays the one that raised the question."""
    roster = [spellings if place in known.present else () for place, spellings in enumerate(known.spellings)]
    found = dict(said)
    for answer in reading.settled:
        fits = names.fitting(answer.person, roster)
        if len(fits) != 1:
            continue
        own = said.get(fits[0])
        line = own.evidence if own else None
        doubts: tuple[Doubt, ...] = ()
        if answer.verdict is Verdict.REVIEW:
            name = _name(known, fits[0])
            words = f"It is not known yet whether letters for {name} can go on, says {answer.by}: {answer.reason}"
            doubts = (Doubt(words, line, (name,)),)
        found[fits[0]] = Said(answer.verdict, line, doubts, is_explicit=True, may_close=bool(doubts))
    return found


def _sheet(reading: Reading, known: Known) -> _Sheet:
    statements = reading.statements
    sheet = _Sheet(reasons={d.evidence: d.sentence for d in reading.doubts if d.evidence})
    meant = meant_by(statements, known)
    for statement, whom in zip(statements, meant, strict=True):
        for doubt in whom.doubts:
            for place in whom.perhaps:
                sheet.unsure.setdefault(place, []).append(doubt)
            sheet.doubts.append(doubt)
        if statement.scope is not Scope.EVERYONE:
            _enter(sheet, statement, whom)
    for statement in statements:
        if statement.scope is not Scope.EVERYONE:
            continue
        if statement.verdict is Verdict.REVIEW:
            sheet.held = statement
        elif statement.verdict is Verdict.CLOSED:
            _enter(sheet, statement, Meant(known.present))
        else:
            # a general "please keep writing" asks for those for whom letters are still asked
            _enter(
                sheet,
                statement,
                Meant(
                    known.present - known.closed - frozenset(sheet.closed)
                    if _names_closed(statements)
                    else known.present - known.closed
                ),
            )
    return sheet


def _names_closed(statements: Sequence[Statement]) -> bool:
    return all(s.scope is not Scope.EVERYONE for s in statements if s.verdict is Verdict.CLOSED)


def _enter(sheet: _Sheet, statement: Statement, whom: Meant) -> None:
    for place in whom.people:
        if statement.verdict is Verdict.CLOSED:
            sheet.closed.setdefault(place, statement)
        elif statement.verdict is Verdict.OPEN:
            sheet.opened.setdefault(place, statement)
        else:
            sheet.unsure.setdefault(place, []).append(
                Doubt(sheet.reasons.get(statement.evidence, _HOLD), statement.evidence)
            )


def _news(reading: Reading, known: Known) -> dict[int, News]:
    found: dict[int, News] = {}
    roster = [spellings if place in known.present else () for place, spellings in enumerate(known.spellings)]
    for news in reading.news:
        fits = names.fitting(news.name, roster)
        if len(fits) == 1:
            found.setdefault(fits[0], news)
    return found


def _weighed(place: int, reading: Reading, known: Known, sheet: _Sheet, news: News | None) -> Said | None:
    said = _stated(place, sheet)
    if said is None:
        said = _unstated(place, reading, known, sheet, news)
    if (
        place in known.closed
        and (said is None or said.verdict is Verdict.REVIEW)
        and place not in sheet.opened
        and place not in sheet.unsure
    ):
        return None
    if news and not news.is_certain and place not in known.closed:
        doubt = Doubt(f"The news of {_name(known, place)} is unconfirmed.", news.evidence, (_name(known, place),))
        return Said(Verdict.REVIEW, news.evidence, (*(said.doubts if said else ()), doubt), may_close=True)
    if said and said.verdict is Verdict.OPEN and news and news.outcome in ENDED:
        doubt = Doubt(
            f"{_name(known, place)} is told to have died, yet letters are asked for.",
            news.evidence,
            (_name(known, place),),
        )
        return Said(Verdict.REVIEW, said.evidence, (*said.doubts, doubt), may_close=True)
    return said


def _stated(place: int, sheet: _Sheet) -> Said | None:
    """What the status sentences say; None if none covers the person."""
    closed, opened = sheet.closed.get(place), sheet.opened.get(place)
    if place in sheet.unsure:
        doubts = tuple(dict.fromkeys(sheet.unsure[place]))
        return Said(Verdict.REVIEW, doubts[0].evidence, doubts, may_close=True)
    if sheet.held and any(s is not None and s.scope is Scope.EVERYONE for s in (closed, opened)):
        # words of which nobody can be sure may take back what is said of all
        sentence = "The words about further action are not clear for everybody."
        doubts = (Doubt(sentence, sheet.held.evidence),)
        return Said(Verdict.REVIEW, sheet.held.evidence, doubts, may_close=True)
    if closed and opened:
        sentence = "One sentence asks for no more letters, another says that letters can go on."
        doubts = (Doubt(sentence, closed.evidence), Doubt(sentence, opened.evidence))
        return Said(Verdict.REVIEW, closed.evidence, doubts, may_close=True)
    if closed:
        return Said(Verdict.CLOSED, closed.evidence, is_explicit=True)
    if opened:
        return Said(Verdict.OPEN, opened.evidence, is_explicit=True)
    if sheet.held:
        doubt = Doubt("The words about further action are not clear for everybody.", sheet.held.evidence)
        return Said(Verdict.REVIEW, sheet.held.evidence, (doubt,), may_close=True)
    return None


def _unstated(place: int, reading: Reading, known: Known, sheet: _Sheet, news: News | None) -> Said | None:
    """What an output says of somebody without a status sentence: by asking for letters, by being the last, or not at all."""
    name = _name(known, place)
    is_listed = place in known.listed
    has_statements = bool(reading.statements)
    resolved = news is not None and news.outcome in RESOLVED and not _is_relief_of_group(news, reading)
    if reading.is_final and not has_statements and not reading.request:
        return Said(Verdict.CLOSED, reading.final.evidence if reading.final else None, is_explicit=True)
    if reading.is_final and (is_listed or place not in known.closed):
        doubt = Doubt(
            f"The last output of the series does not say whether letters for {name} can go on.",
            reading.final.evidence if reading.final else None,
            (name,),
        )
        return Said(Verdict.REVIEW, reading.request or doubt.evidence, (doubt,), may_close=True)
    if reading.request and is_listed:
        if resolved and news and not _is_asked_for(place, reading, known, news):
            doubt = Doubt(
                f"Good or bad news is told of {name}, and no sentence says whether letters can go on.",
                news.evidence,
                (name,),
            )
            return Said(Verdict.REVIEW, news.evidence, (doubt,), may_close=True)
        if others := _asked_for_by_name(reading):
            return _passed_over(place, reading, known, others)
        return Said(Verdict.OPEN, reading.request)
    if resolved and news:
        doubt = Doubt(
            f"News is told of {name}, and no sentence says whether letters can go on.", news.evidence, (name,)
        )
        return Said(Verdict.REVIEW, news.evidence, (doubt,), may_close=True)
    return None


def _is_relief_of_group(news: News, reading: Reading) -> bool:
    """Whether things got better for a community: that alone ends no case."""
    return news.outcome is Outcome.OTHER and any(p.is_group and p.name == news.name for p in reading.people)


def _asked_for_by_name(reading: Reading) -> Statement | None:
    """The sentence that asks to go on for some people by name, where none ends the letters for others."""
    if any(statement.verdict is not Verdict.OPEN for statement in reading.statements):
        return None
    return next((s for s in reading.statements if s.scope is Scope.NAMED), None)


def _passed_over(place: int, reading: Reading, known: Known, others: Statement) -> Said:
    """Somebody whom a sentence that asks for letters by name leaves out: open only if the letter itself asks for them."""
    if _is_in_demands(place, reading, known):
        return Said(Verdict.OPEN, reading.request)
    name = _name(known, place)
    doubt = Doubt(f"Letters are asked for others by name, and nothing is said of {name}.", others.evidence, (name,))
    return Said(Verdict.REVIEW, others.evidence, (doubt,))


def nothing_said(name: str, evidence: Evidence | None) -> Said:
    """What is to be made of a new person of whom an output neither asks nor ends letters."""
    doubt = Doubt(f"The document neither asks for letters for {name} nor says that none are needed.", evidence, (name,))
    return Said(Verdict.REVIEW, evidence, (doubt,))


def _name(known: Known, place: int) -> str:
    return known.spellings[place][0]


def _is_asked_for(place: int, reading: Reading, known: Known, news: News) -> bool:
    """Whether the letter still asks for something for this very person."""
    if news.outcome in ENDED:
        return False
    if _is_in_demands(place, reading, known):
        return True
    return len(known.listed) == 1 and news.outcome is Outcome.RELEASED_ON_BAIL and bool(reading.demands)


def _is_in_demands(place: int, reading: Reading, known: Known) -> bool:
    """Whether something is asked for this person by a name that is nobody else's."""
    asked = [fold(demand.text) for demand in reading.demands]
    words = {part for spelling in known.spellings[place] for part in names.parts(spelling) if len(part) > 2}
    shared = {
        part
        for other, spellings in enumerate(known.spellings)
        if other != place
        for s in spellings
        for part in names.parts(s)
    }
    return any(re.search(rf"\b{re.escape(word)}\b", text) for word in words - shared for text in asked)


def _is_surely_out(news: News) -> bool:
    return news.is_certain and news.outcome in RESOLVED


def _with_request_for_nobody(
    reading: Reading, known: Known, said: dict[int, Said], told: dict[int, News]
) -> dict[int, Said]:
    """Letters asked for while everybody is closed: those closed here go to review."""
    closing = {place for place, own in said.items() if own.verdict is Verdict.CLOSED}
    left = known.present - known.closed - closing
    if not (reading.request and closing) or left:
        return said
    sentence = "The document ends the letters and asks for letters at the same time."
    asked = {place for place in closing if _is_in_demands(place, reading, known)}
    if asked:
        # letters for one of several: whoever is out of the case and not asked for stays closed
        closing -= {place for place, news in told.items() if place not in asked and _is_surely_out(news)}
    return {
        place: replace(
            own,
            verdict=Verdict.REVIEW,
            doubts=(*own.doubts, Doubt(sentence, own.evidence), Doubt(sentence, reading.request)),
            may_close=True,
        )
        if place in closing
        else own
        for place, own in said.items()
    }
