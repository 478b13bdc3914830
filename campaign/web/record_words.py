"""How an entry of the record is said: in a plain sentence, never a code. These are pages of admins, in English."""

import json
from dataclasses import dataclass

from campaign.domain.letter import LetterState
from campaign.store.record import Entry
from campaign.web.reasons import reason_of_event
from campaign.web.words import STAFF_STATE_WORDS

# What each kind of change is called in the list of kinds.
KIND_WORDS = {
    "case": "Status of a case",
    "paper": "Paper filed",
    "decision": "Decision",
    "letter": "A letter’s life",
    "erased": "Writer forgotten",
    "bounce": "Letter came back",
    "shown": "Name, address and text shown",
    "read": "Held letter read",
    "pause": "Sending paused or resumed",
    "own letter": "Letter of our own",
    "export": "Record exported",
}
# A closing that is saved but waits for a letter in hand has no second entry when it ends: it is a closing.
_CASE_STATES = {"open": "open", "review": "in review", "closing": "closed", "closed": "closed"}
_DECIDED = {"open": "can go on", "closed": "end"}
# What a thing is called that is neither a person nor a letter.
_SUBJECTS = {"account": "the account", "target": "the addressee", "document": "document"}


@dataclass(frozen=True)
class Told:
    """What happened, in a sentence; why, and what a mail server said of it, empty where nothing is to be said."""

    what: str
    why: str
    words: str = ""


def kind_in_words(kind: str) -> str:
    return KIND_WORDS.get(kind, kind.replace("_", " ").replace("-", " ").capitalize())


def told(entry: Entry) -> Told:
    """The entry for people."""
    event = entry.event
    if event.letter is not None:
        why, words = reason_of_event(event)
        return Told(_of_letter(entry), why, words)
    return Told(_what(entry), event.reason or "")


def _what(entry: Entry) -> str:
    event, about = entry.event, _about(entry)
    if event.kind == "paper":
        return f"A paper was filed: {event.after}."
    if event.kind == "decision":
        return f"It was decided that letters for {_decided_for(entry)} {_DECIDED.get(event.after or '', event.after)}."
    if event.kind == "export":
        return f"The record was exported: {event.after}."
    if event.kind == "case":
        before, after = _CASE_STATES.get(event.before or ""), _CASE_STATES.get(event.after or "", event.after)
        return f"The status of {about} {_moved(before, after)}."
    thing = kind_in_words(event.kind)
    return f"{thing}{f' ({about})' if about else ''}{_then(event.before, event.after)}"


def _of_letter(entry: Entry) -> str:
    event, thing = entry.event, f"A letter for {_about(entry)}"
    if event.kind == "erased":
        return f"The writer of a letter for {_about(entry)} was forgotten."
    if event.kind == "bounce":
        return f"{thing} came back."
    if event.kind == "shown":
        return f"Name, address and text of a letter for {_about(entry)} were shown."
    if event.kind == "read":
        return f"The text of a held letter for {_about(entry)} was read."
    return f"{thing} {_moved(_letter_state(event.before), _letter_state(event.after))}."


def _letter_state(state: str | None) -> str | None:
    return f"“{STAFF_STATE_WORDS[LetterState(state)]}”" if state in set(LetterState) else state


def _moved(before: str | None, after: str | None) -> str:
    return f"went from {before} to {after}" if before else f"became {after}"


def _then(before: str | None, after: str | None) -> str:
    if before and after:
        return f": from {before} to {after}."
    return f": {before or after}." if before or after else "."


def _decided_for(entry: Entry) -> str:
    person = json.loads(entry.event.published or "{}").get("person") or "somebody"
    return f"{person} ({_ua(entry.ua)})" if entry.ua else str(person)


def _about(entry: Entry) -> str:
    if entry.person:
        return f"{entry.person} ({_ua(entry.ua or '')})"
    if entry.target:
        return f"the addressee {entry.target}"
    if entry.ua:
        return _ua(entry.ua)
    kind, _, name = (entry.event.subject or "").partition(":")
    return f"{_SUBJECTS.get(kind, kind)} {name}".strip()


def _ua(number: str) -> str:
    return number if number.startswith("EXTRA") else f"UA {number}"
