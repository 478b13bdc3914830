"""Events: every change with who, when and why. They are added, never changed; names of writers never stand in them."""

from dataclasses import dataclass
from datetime import datetime

from campaign.domain.case import ENDED
from campaign.store.columns import instant, moment
from campaign.store.database import Database, Row


@dataclass(frozen=True)
class Event:
    """One change. `actor` is an account's name, `a supporter`, `the sender` or the way a document came in.

    `subject` is what changed where that is neither a case nor a letter: a kind and a name or number, such as
    `account:olu`, `target:12`, `action:44-22`. `document` and `line` are where it stands why. `published` is what the
    public record tells of it, as JSON; without it the event is not public.
    """

    at: datetime
    actor: str
    kind: str
    case: int | None = None
    letter: int | None = None
    output: int | None = None
    decision: int | None = None
    before: str | None = None
    after: str | None = None
    reason: str | None = None
    subject: str | None = None
    document: int | None = None
    line: int | None = None
    published: str | None = None
    account: int | None = None


_INSERT = """INSERT INTO events (at, actor, kind, case_id, letter_id, output_id, decision_id, before_state, after_state,
        reason, subject, document_id, line, published, account_id)
    VALUES (:at, :actor, :kind, :case_id, :letter_id, :output_id, :decision_id, :before_state, :after_state, :reason,
        :subject, :document_id, :line, :published, :account_id)"""


def record(db: Database, *events: Event) -> None:
    """Adds the events in their order, within the caller's transaction."""
    if len(events) == 1:
        db.run(_INSERT, **_row(events[0]))
    elif events:
        db.run_many(_INSERT, [_row(event) for event in events])


def events_of_case(db: Database, case: int) -> list[Event]:
    """What happened to the case itself, the newest first; its letters' changes are not among it."""
    return [
        event_of(row)
        for row in db.rows(
            "SELECT * FROM events WHERE case_id = :case AND letter_id IS NULL ORDER BY id DESC", case=case
        )
    ]


def was_closed(db: Database, case: int) -> bool:
    """Whether a case was closed and no decision or document has opened it since, whatever state it is in now."""
    rows = db.rows(
        """SELECT after_state FROM events WHERE case_id = :case AND letter_id IS NULL AND kind = 'case'
               AND after_state IN ('open', 'closing', 'closed') ORDER BY id DESC LIMIT 1""",
        case=case,
    )
    return bool(rows) and rows[0]["after_state"] != "open"


def ended_at(db: Database, case: int) -> datetime | None:
    """When we learnt that a case, which has ended, had ended; None where it is open."""
    rows = db.rows(
        """SELECT at, after_state FROM events WHERE case_id = :case AND letter_id IS NULL AND kind = 'case'
           ORDER BY id DESC""",
        case=case,
    )
    ended = None
    for row in rows:
        if row["after_state"] not in ENDED:
            break
        ended = moment(row["at"])
    return ended


def events_of_letter(db: Database, letter: int) -> list[Event]:
    return [
        event_of(row) for row in db.rows("SELECT * FROM events WHERE letter_id = :letter ORDER BY id", letter=letter)
    ]


def events_of_account(db: Database, account: int) -> list[Event]:
    """What was changed of an account, the newest first."""
    return [
        event_of(row)
        for row in db.rows("SELECT * FROM events WHERE account_id = :account ORDER BY id DESC", account=account)
    ]


def events(db: Database) -> list[Row]:
    """Every event as a row, the oldest first. Of a big database `store.record` gives them piece by piece."""
    return db.rows(
        """SELECT e.id, e.at, e.actor, e.kind, a.number AS ua, c.slug AS person, e.letter_id AS letter,
               e.output_id AS output, e.decision_id AS decision, e.before_state AS before, e.after_state AS after,
               e.reason
           FROM events e LEFT JOIN cases c ON c.id = e.case_id LEFT JOIN urgent_actions a ON a.id = c.urgent_action_id
           ORDER BY e.id"""
    )


def _row(event: Event) -> Row:
    return {
        "at": instant(event.at),
        "actor": event.actor,
        "kind": event.kind,
        "case_id": event.case,
        "letter_id": event.letter,
        "output_id": event.output,
        "decision_id": event.decision,
        "before_state": event.before,
        "after_state": event.after,
        "reason": event.reason,
        "subject": event.subject,
        "document_id": event.document,
        "line": event.line,
        "published": event.published,
        "account_id": event.account,
    }


def event_of(row: Row) -> Event:
    """The event that a whole row of the table is."""
    return Event(
        at=moment(row["at"]),
        actor=row["actor"],
        kind=row["kind"],
        case=row["case_id"],
        letter=row["letter_id"],
        output=row["output_id"],
        decision=row["decision_id"],
        before=row["before_state"],
        after=row["after_state"],
        reason=row["reason"],
        subject=row["subject"],
        document=row["document_id"],
        line=row["line"],
        published=row["published"],
        account=row["account_id"],
    )
