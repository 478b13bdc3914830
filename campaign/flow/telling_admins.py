"""What admins have to know: what was applied without their word, and reopenings that wait.

Every admin is told on their pages; and once by mail, at the addresses that the installation has for that.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from campaign.domain.refusals import in_english
from campaign.domain.telling import OUTCOME_LABELS, label
from campaign.domain.telling_changes import listed
from campaign.flow import reopening
from campaign.flow.office import Office, send_word
from campaign.store import cases, documents, filing, queue, reopenings
from campaign.store.database import Database
from campaign.store.documents import Document
from campaign.store.reopenings import AskedReopening

# Older ones were in the list of documents for so long that nobody is told of them any more.
_FOR = timedelta(days=30)
_BY_MAIL_FOR = timedelta(days=2)
_NOBODY = 0
"""The id of no account: nobody has seen anything."""


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


def tell_by_mail(db: Database, office: Office, now: datetime) -> int:
    """Queues a mail for whatever has not been told by mail yet; how many that were."""
    if not office.told:
        return 0
    applied = [_told(db, document) for document in documents.applied_alone(db, _NOBODY, now - _BY_MAIL_FOR)]
    news = [
        *(("applied", f"{one.document.id}:{one.document.alone_at}", _facts_of_applied(office, one)) for one in applied),
        *(("asked", str(asked.id), _facts_of_asked(db, office, asked)) for asked in reopenings.all_asked(db)),
    ]
    told = 0
    for kind, about, facts in news:
        for place, address in enumerate(office.told):
            if not queue.has_notice(db, kind, f"{about}:{place}"):
                told += send_word(db, office, kind, f"{about}:{place}", to=address, now=now, tongue="en", facts=facts)
    return told


def _facts_of_applied(office: Office, one: AppliedAlone) -> dict[str, object]:
    link = office.link(f"/admin/documents/{one.document.id}")
    return {"label": one.label, "name": one.document.name, "closed": one.closed, "link": link}


def _facts_of_asked(db: Database, office: Office, asked: AskedReopening) -> dict[str, object]:
    case, at = cases.case(db, asked.case), reopening.takes_effect_at(db, asked)
    return {
        "person_name": case.person.name,
        "by": asked.by,
        "reason": asked.reason,
        "takes_effect_at": in_english(at) if at else None,
        "link": office.link(f"/admin/cases/{case.id}"),
    }


def _told(db: Database, document: Document) -> AppliedAlone:
    filed = filing.filed_output(db, document.id)
    closed = [
        f"{case.person.name} ({OUTCOME_LABELS[case.outcome].lower()})" if case.outcome else case.person.name
        for case in (cases.cases_of(db, filed[0]) if filed else ())
        if case.has_ended and case.cause.document == document.id
    ]
    what = label(document.reading) if document.reading else document.name
    return AppliedAlone(document, what, listed(closed) or None)
