"""From a reading and what people say of it to the reading that counts."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from campaign.domain import names
from campaign.domain.corrections.correction import Correction, Field
from campaign.domain.corrections.sheet import DAYS, SINGLE, Sheet, evidence_of, sheet_of
from campaign.domain.urgent_action import (
    Demand,
    DemandKind,
    Evidence,
    Fact,
    Meaning,
    News,
    Outcome,
    Person,
    Reading,
    Settled,
    Target,
    Verdict,
)

# What a person says stands on no line of the document.
NOWHERE = Evidence(0, 0, "")

# The doubts that a corrected field answers, by words in them.
ANSWERED: dict[Field, tuple[str, ...]] = {
    Field.NUMBER: ("Urgent Action number",),
    Field.INDEX: ("index number",),
    Field.DATE: ("document's date can be read", "two different dates."),
    Field.PLACE: ("which output of the series",),
    Field.DEADLINE: ("date until which letters are asked for", "dates until which letters are asked for"),
    Field.LANGUAGE: ("language that the reader does not know",),
}


def corrected(reading: Reading, corrections: Sequence[Correction]) -> Reading:
    """The reading as it counts: each field with what was last said of it, and the answers beside the facts.

    What the reader refused is an output all the same once somebody says of which action.
    """
    if not corrections or (reading.refusal and not _names_its_action(corrections)):
        return reading
    reading = replace(reading, refusal=None)
    before = sheet_of(reading)
    sheet = corrected_sheet(reading, corrections)
    changed = _single(reading, before, sheet)
    changed = replace(changed, people=_people(reading, sheet), news=_news(reading, before, sheet))
    changed = replace(changed, targets=_targets(reading, sheet), demands=_demands(reading, sheet))
    if changed.targets != reading.targets:
        changed = replace(changed, targets_as_before=None)
    return _answered(changed, corrections)


def _names_its_action(corrections: Sequence[Correction]) -> bool:
    return any(said.field is Field.NUMBER and said.after for said in corrections)


def corrected_sheet(reading: Reading, corrections: Iterable[Correction]) -> Sheet:
    """The fields of a reading with what was last said of each."""
    sheet = sheet_of(reading)
    for said in corrections:
        key = (said.field, said.about)
        if said.field in _WITHIN_A_PERSON and (Field.PERSON, said.about) not in sheet:
            # A newer reader may spell the name in another way.
            spelt = [about for field, about in sheet if field is Field.PERSON]
            fits = names.fitting(said.about, [(about,) for about in spelt])
            key = (said.field, spelt[fits[0]]) if len(fits) == 1 else key
        sheet[key] = said.after
    return sheet


_WITHIN_A_PERSON = frozenset({Field.PERSON, Field.NAME, Field.PRONOUNS, Field.ALIASES, Field.OUTCOME})


def _single(reading: Reading, before: Sheet, sheet: Sheet) -> Reading:
    changes: dict[str, Any] = {}
    for field, name in SINGLE.items():
        value = sheet[field, ""]
        if value != before[field, ""]:
            evidence = evidence_of(reading, field, "") or NOWHERE
            value = date.fromisoformat(value) if field in DAYS and value else value
            changes[name] = None if value is None else Fact(value, evidence)
    if sheet[Field.FINAL, ""] != before[Field.FINAL, ""]:
        evidence = reading.final.evidence if reading.final else NOWHERE
        changes["final"] = Fact(bool(sheet[Field.FINAL, ""]), evidence)
    if (languages := sheet[Field.LANGUAGES, ""]) != before[Field.LANGUAGES, ""]:
        evidence = evidence_of(reading, Field.LANGUAGES, "") or NOWHERE
        changes["languages"] = Fact(tuple(languages), evidence) if languages else None
    if (has_copies := sheet[Field.COPIES, ""]) != before[Field.COPIES, ""]:
        changes["copies_to_embassy"] = NOWHERE if has_copies else None
    return replace(reading, language=sheet[Field.LANGUAGE, ""], **changes)


def _people(reading: Reading, sheet: Sheet) -> tuple[Person, ...]:
    read = {person.name: person for person in reading.people}
    kept = []
    for (field, about), is_one in sheet.items():
        if field is not Field.PERSON or not is_one:
            continue
        person = read.get(about, Person(about))
        name = sheet.get((Field.NAME, about)) or about
        aliases = sheet.get((Field.ALIASES, about), list(person.aliases))
        # Sentences of the document may go on using the name as it was read.
        former = [about] if names.squeezed(name) != names.squeezed(about) else []
        pronouns = sheet.get((Field.PRONOUNS, about), person.pronouns)
        kept.append(replace(person, name=name, pronouns=pronouns, aliases=tuple(dict.fromkeys((*aliases, *former)))))
    return tuple(kept)


def _news(reading: Reading, before: Sheet, sheet: Sheet) -> tuple[News, ...]:
    told = list(reading.news)
    for (field, about), outcome in sheet.items():
        if field is not Field.OUTCOME or outcome == before.get((Field.OUTCOME, about)):
            continue
        told = [news for news in told if news.name != about]
        if outcome:
            evidence = evidence_of(reading, field, about) or evidence_of(reading, Field.PERSON, about) or NOWHERE
            told.append(News(about, Outcome(outcome), evidence))
    return tuple(told)


def _targets(reading: Reading, sheet: Sheet) -> tuple[Target, ...]:
    read = {target.title: target for target in reading.targets}
    return tuple(
        replace(read.get(about, Target()), **said | {"address": tuple(said["address"])})
        for (field, about), said in sheet.items()
        if field is Field.ADDRESSEE and said
    )


def _demands(reading: Reading, sheet: Sheet) -> tuple[Demand, ...]:
    return tuple(
        Demand(DemandKind(said["kind"]), said["text"], evidence_of(reading, field, about) or NOWHERE)
        for (field, about), said in sheet.items()
        if field is Field.DEMAND and said
    )


def _answered(reading: Reading, corrections: Sequence[Correction]) -> Reading:
    """With what was said of names, of people and of doubts, each as it was said last."""
    last = {(said.field, names.squeezed(said.about)): said for said in corrections}
    looked_at = {said.about for said in last.values() if said.field is Field.DOUBT and said.after}
    for said in last.values():
        if said.field in (Field.VERDICT, Field.MEANING) and said.question:
            looked_at.update(said.question.split("\n"))
    words = [words for field, _ in last for words in ANSWERED.get(field, ())]
    doubts = tuple(
        doubt
        for doubt in reading.doubts
        if doubt.sentence not in looked_at and not any(part in doubt.sentence for part in words)
    )
    means = tuple(Meaning(said.about, said.after) for said in last.values() if said.field is Field.MEANING)
    settled = tuple(
        Settled(said.about, Verdict(said.after), said.by, said.reason)
        for said in last.values()
        if said.field is Field.VERDICT and said.after
    )
    people = reading.people
    for said in last.values():
        if said.field is Field.IDENTITY:
            people = _identified(people, said.about, said.after)
    return replace(reading, doubts=doubts, means=means, settled=settled, people=people)


def _identified(people: tuple[Person, ...], name: str, other: str | None) -> tuple[Person, ...]:
    """The people once it is said whose other name a name is; None says that it is nobody else's."""
    one = next((person for person in people if names.squeezed(person.name) == names.squeezed(name)), None)
    if one is None:
        return people
    if other is None:
        return tuple(replace(person, is_distinct=True) if person is one else person for person in people)
    rest = [person for person in people if person is not one]
    fits = names.fitting(other, [(person.name, *person.aliases) for person in rest])
    if len(fits) != 1:
        renamed = replace(one, name=other, aliases=tuple(dict.fromkeys((one.name, *one.aliases))))
        return tuple(renamed if person is one else person for person in people)
    twin = rest[fits[0]]
    joined = replace(
        twin,
        pronouns=twin.pronouns or one.pronouns,
        aliases=tuple(dict.fromkeys((*twin.aliases, one.name, *one.aliases))),
    )
    return tuple(joined if person is twin else person for person in rest)
