"""Organizers add letters of their own for an action: looked over and shown for each of its people before they are offered."""

from dataclasses import dataclass
from datetime import datetime

from campaign.domain.asking import demands_said
from campaign.domain.case import Case
from campaign.domain.letter import LONGEST_BODY, LONGEST_SUBJECT
from campaign.domain.proofreading import Note, sentence
from campaign.domain.refusals import LetterUnfit
from campaign.domain.urgent_action import DemandKind
from campaign.flow.office import Office
from campaign.flow.proofreading import notes_for
from campaign.letterbook import BLANKS as BLANKS
from campaign.letterbook import Draft, unknown_blanks
from campaign.store import actions, cases, own_letters
from campaign.store.database import Database
from campaign.store.journal import Event, record
from campaign.store.own_letters import OwnLetter

LONGEST_TITLE = 60


@dataclass(frozen=True)
class OwnText:
    """What an organizer typed: the letter has blanks such as `{name}`, `title` is what supporters choose it by."""

    language: str
    title: str
    subject: str
    body: str


@dataclass(frozen=True)
class Preview:
    """The letter as it would be offered for one person: what there is to point out, and which demands it says and leaves unsaid.

    `own_words` are demands that only the documents' own words tell: whether the letter says them, a person has to see.
    """

    case: Case
    draft: Draft
    notes: tuple[Note, ...]
    said: tuple[DemandKind, ...]
    unsaid: tuple[DemandKind, ...]
    own_words: tuple[str, ...]


def previews(db: Database, office: Office, action: int, text: OwnText) -> tuple[Preview, ...]:
    """One for each person of the action for whom letters can be written."""
    target = next(iter(actions.targets(db, action)), None)
    found = []
    for case in cases.cases_of(db, action):
        if not case.is_open:
            continue
        draft = office.letterbook.draft_own(
            "", text.language, text.subject, text.body, person=case.person, target=target.target if target else None,
            country=case.country, written_in=case.language,
        )  # fmt: skip
        notes = notes_for(db, case, language=text.language, subject=draft.subject, body=draft.body)
        found.append(Preview(case, draft, notes, *_demands(case, draft)))
    return tuple(found)


def _demands(case: Case, draft: Draft) -> tuple[tuple[DemandKind, ...], tuple[DemandKind, ...], tuple[str, ...]]:
    told = demands_said(draft.body)
    known = [kind for kind in case.demands if kind is not DemandKind.OTHER]
    own_words = tuple(text for kind, text in case.asked if kind is DemandKind.OTHER)
    return tuple(kind for kind in known if kind in told), tuple(kind for kind in known if kind not in told), own_words


def why_unfit(db: Database, office: Office, action: int, text: OwnText) -> tuple[str, ...]:
    """Full sentences for an organizer; none where the letter can be offered."""
    if text.language not in office.letterbook.offered():
        return (f"We have no letters in the language “{text.language}”.",)
    whole = f"{text.subject}\n{text.body}"
    reasons = [
        f"“{blank}” is not one of our blanks; these are: {', '.join(f'{{{name}}}' for name in BLANKS)}."
        for blank in unknown_blanks(whole, text.language)
    ]
    if "{name}" not in text.body:
        reasons.append("The letter has no {name} in it, so it would not say for whom it is.")
    if not 0 < len(text.title.strip()) <= LONGEST_TITLE:
        reasons.append(f"The title needs between one and {LONGEST_TITLE} characters.")
    for preview in previews(db, office, action, text):
        if len(preview.draft.body) > LONGEST_BODY or len(preview.draft.subject) > LONGEST_SUBJECT:
            reasons.append(f"For {preview.case.person.name} it becomes longer than a letter may be.")
        reasons += [sentence(note) for note in preview.notes if note.is_grave]
        if preview.unsaid and not preview.said:
            reasons.append(f"It asks for nothing of what the documents ask for {preview.case.person.name}.")
    return tuple(dict.fromkeys(reasons))


def offer(db: Database, office: Office, action: int, text: OwnText, *, by: str, now: datetime) -> int:
    """Offers the letter to supporters from now on. Raises LetterUnfit with the reasons, and then nothing is offered."""
    if reasons := why_unfit(db, office, action, text):
        raise LetterUnfit(reasons)
    with db.atomic():
        id = own_letters.add_own_letter(db, action, **vars(text), by=by, now=now)
        record(db, Event(now, by, "own letter", after="offered", reason=f"{text.title} ({text.language})"))
    return id


def withdraw(db: Database, id: int, *, by: str, now: datetime) -> OwnLetter:
    """Offers it no more. What supporters have made of it stays theirs. Raises NotFound."""
    with db.atomic():
        letter = own_letters.own_letter(db, id)
        if own_letters.withdraw_own_letter(db, id, now):
            event = Event(now, by, "own letter", before="offered", after="withdrawn", reason=letter.title)
            record(db, event)
    return letter
