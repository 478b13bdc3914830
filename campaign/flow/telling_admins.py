"""What was applied without an admin's word is told to every admin, until each has marked it as seen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from campaign.domain.telling import OUTCOME_LABELS, label
from campaign.domain.telling_changes import listed
from campaign.store import cases, documents, filing
from campaign.store.database import Database
from campaign.store.documents import Document

# Older ones were in the list of documents for so long that nobody is told of them any more.
_FOR = timedelta(days=30)


@dataclass(frozen=True)
class AppliedAlone:
    """A document that took effect by itself, what it is, and whom it closed."""

    document: Document
    label: str
    closed: str | None


def applied_alone(db: Database, account: int, now: datetime) -> list[AppliedAlone]:
    """What this account has not seen yet, the newest first."""
    return [_told(db, document) for document in documents.applied_alone(db, account, now - _FOR)]


def mark_seen(db: Database, account: int, ids: Iterable[int], now: datetime) -> None:
    """For this account alone; the others go on being told. Raises NotFound."""
    with db.atomic():
        for id in ids:
            documents.mark_seen(db, account, documents.document(db, id).id, now)


def _told(db: Database, document: Document) -> AppliedAlone:
    filed = filing.filed_output(db, document.id)
    closed = [
        f"{case.person.name} ({OUTCOME_LABELS[case.outcome].lower()})" if case.outcome else case.person.name
        for case in (cases.cases_of(db, filed[0]) if filed else ())
        if case.has_ended and case.cause.document == document.id
    ]
    what = label(document.reading) if document.reading else document.name
    return AppliedAlone(document, what, listed(closed) or None)
