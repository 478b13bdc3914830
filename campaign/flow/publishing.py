"""The public record: written down with every change of an action, given out whole, and compared with what is so."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from campaign.domain import public_record
from campaign.domain.case import Case, CaseState, action_slug
from campaign.domain.public_record import FORMAT, Entry, canonical, head_of
from campaign.domain.recomputing import verify
from campaign.domain.telling import label
from campaign.store import actions, cases, documents
from campaign.store import record as store
from campaign.store.actions import Action
from campaign.store.database import Database
from campaign.store.journal import Event, record
from campaign.store.record import Published

WRITTEN_LATER = "the record"
"""Who writes down what happened before there was a record."""
_CORRECTED = "It is read otherwise now than before."


@dataclass(frozen=True)
class Places:
    """The places in an action's public record of its papers and decisions, by the ids of outputs and decisions."""

    papers: dict[int, int]
    decisions: dict[int, int]


def write_down(db: Database, action: int, number: str, *, actor: str, now: datetime) -> Places:
    """Writes down whatever the public record does not know yet of the action's papers and decisions.

    To be called while the action's row is held. A paper or decision that says something else than before is written
    once more, at the place it had; the entry before stays.
    """
    known = store.published(db, action_slug(number))
    places = _places(known)
    subject = store.of_action(action_slug(number))
    for event, entry in _missing(db, action, known, places, now):
        by = event.actor if event.kind == "decision" else actor
        record(db, replace(event, at=now, actor=by, subject=subject, published=canonical(entry)))
    return places


def told(event: Event, number: str, facts: dict[str, Any], places: Places) -> Event:
    """The event of a case's change with what the public record tells of it."""
    source = public_record.source(facts["cause"], places.papers, places.decisions)
    before = CaseState(event.before) if event.before else None
    entry = public_record.change(
        facts["person"].name, before, facts["state"], facts["outcome"], event.at.date(), source
    )
    return replace(event, subject=store.of_action(action_slug(number)), published=canonical(entry))


def begin(db: Database, now: datetime) -> None:
    """Writes down what all actions have had so far, for a database that had no public record."""
    for action in actions.actions(db):
        with db.atomic():
            actions.add_action(db, action.number)
            write_down(db, action.id, action.number, actor=WRITTEN_LATER, now=now)


def whole(db: Database, title: str) -> dict[str, Any]:
    """The public record of every action."""
    found = list(_each(db))
    return {"format": FORMAT, "record": title, "actions": found, "head": head_of(_heads(found))}


def pieces(db: Database, title: str) -> Iterator[str]:
    """The same as the text of a JSON object, an action at a time."""
    heads: dict[str, str] = {}
    yield f'{{"format":{FORMAT},"record":{canonical(title)},"actions":['
    for place, found in enumerate(_each(db)):
        heads |= _heads([found])
        yield f"{',' if place else ''}\n{canonical(found)}"
    yield f'\n],"head":{canonical(head_of(heads))}}}\n'


def of_action(db: Database, action: Action) -> dict[str, Any]:
    """One action of the public record: its entries, chained, and where its cases stand."""
    known, standing = _at_one_moment(db, action)
    places = _places(known)
    links = public_record.chained([one.entry for one in known])
    return {
        "action": action.number,
        "slug": action.slug,
        "head": links[-1]["hash"] if links else "",
        "cases": [public_record.status(case, places.papers, places.decisions) for case in standing],
        "entries": links,
    }


def _at_one_moment(db: Database, action: Action) -> tuple[list[Published], list[Case]]:
    """Entries and cases that fit each other: a change in between shows itself by its entry, and both are read again."""
    known = store.published(db, action.slug)
    while True:
        standing = cases.cases_of(db, action.id)
        again = store.published(db, action.slug)
        if len(again) == len(known):
            return known, standing
        known = again


def differences(db: Database) -> list[str]:
    """A sentence for each thing in which the record is not as it should be."""
    verified = verify(whole(db, ""))
    found = [f"An event of the record can be {done}, which nothing may." for done in store.can_be_changed(db)]
    found += verified.broken
    found += [f"{case.case}, by the public record: {words}" for case in verified.cases for words in case.differences]
    for action in actions.actions(db):
        known = store.published(db, action.slug)
        missing = list(_missing(db, action.id, known, _places(known), datetime.min))
        found += [
            f"{action.slug}: the public record does not know of {event.after or event.kind}." for event, _ in missing
        ]
    return found


def _each(db: Database) -> Iterator[dict[str, Any]]:
    for action in actions.actions(db):
        yield of_action(db, action)


def _heads(found: list[dict[str, Any]]) -> dict[str, str]:
    return {action["action"]: action["head"] for action in found}


def _places(known: list[Published]) -> Places:
    return Places(
        {one.output: one.entry["paper"] for one in known if one.kind == "paper" and one.output is not None},
        {one.decision: one.entry["decision"] for one in known if one.kind == "decision" and one.decision is not None},
    )


def _missing(
    db: Database, action: int, known: list[Published], places: Places, now: datetime
) -> Iterator[tuple[Event, Entry]]:
    """Each paper and decision that is not written down as it is now; `places` learns the places of new ones."""
    papers = {one.output: one.entry for one in known if one.kind == "paper"}
    taken = {one.decision: one.entry for one in known if one.kind == "decision"}
    hashes = documents.hashes_of_outputs(db, action)
    for filed in actions.outputs(db, action):
        output = filed.output
        place = places.papers.setdefault(output.id, len(places.papers) + 1)
        entry = public_record.paper(output, hashes[output.id], place)
        if entry != papers.get(output.id):
            reason = _CORRECTED if output.id in papers else None
            event = Event(
                output.taken_in_at, WRITTEN_LATER, "paper", output=output.id, document=filed.document,
                after=label(output.reading), reason=reason,
            )  # fmt: skip
            yield event, entry
        papers.pop(output.id, None)
    for id, entry in papers.items():
        if id is not None and not entry.get("withdrawn"):
            event = Event(now, WRITTEN_LATER, "paper", output=id, after="taken back")
            yield event, public_record.withdrawn(now.date(), entry["paper"], entry["sha256"])
    for one in actions.decisions(db, action):
        place = places.decisions.setdefault(one.id, len(places.decisions) + 1)
        entry = public_record.decision(one, place, places.papers.get(one.after_output or 0))
        if entry != taken.get(one.id):
            yield (
                Event(one.decided_at, one.by, "decision", decision=one.id, after=one.verdict, reason=one.reason),
                entry,
            )
