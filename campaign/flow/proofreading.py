"""A supporter's letter is held against what is true today: while it is edited, when it is sent, when it is confirmed."""

from campaign.domain.case import Case
from campaign.domain.letter import Letter
from campaign.domain.proofreading import Facts, Note, grave, notes_on, sentence
from campaign.store import actions, cases
from campaign.store.database import Database


def notes_for(
    db: Database, case: Case, *, language: str, subject: str, body: str, email: str | None = None
) -> tuple[Note, ...]:
    """What there is to point out in a letter for the case, the grave first."""
    kin = [other for other in cases.cases_of(db, case.action) if other.id != case.id]
    known = actions.all_targets(db, case.action)
    facts = Facts(
        person=case.person,
        language=language,
        written_in=case.language,
        open_kin=tuple(other.person for other in kin if not other.has_ended),
        ended_kin=tuple(other.person for other in kin if other.has_ended),
        officials=tuple(one.target.title for one in known if one.replaced_at is None),
        former_officials=tuple(one.target.name for one in known if one.replaced_at and one.target.name),
        demands=frozenset(case.demands),
        past=case.past,
        own_email=email,
    )
    return notes_on(subject, body, facts)


def notes_on_letter(db: Database, case: Case, letter: Letter) -> tuple[Note, ...]:
    """The same for a letter that was written; none for one that was erased."""
    if not letter.body:
        return ()
    return notes_for(
        db, case, language=letter.language, subject=letter.subject or "", body=letter.body, email=letter.email
    )


def why_held(notes: tuple[Note, ...]) -> str | None:
    """The reason for which a letter with these notes is held for an organizer; None where it need not be."""
    return " ".join(sentence(note) for note in grave(notes)) or None
