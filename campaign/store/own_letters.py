"""Letters that organizers wrote for an action, beside the templates that come with the house."""

from dataclasses import dataclass
from datetime import datetime

from campaign.domain.refusals import NotFound
from campaign.store.columns import instant, moment
from campaign.store.database import Database, Row

PREFIX = "own-"
"""With this begins the name by which a form calls such a letter."""


@dataclass(frozen=True)
class OwnLetter:
    """A letter with blanks for one action, in one language. `title` is what supporters choose it by."""

    id: int
    action: int
    language: str
    title: str
    subject: str
    body: str
    by: str
    added_at: datetime

    @property
    def name(self) -> str:
        return f"{PREFIX}{self.id}"


def add_own_letter(
    db: Database, action: int, *, language: str, title: str, subject: str, body: str, by: str, now: datetime
) -> int:
    rows = db.rows(
        """INSERT INTO own_letters (urgent_action_id, language, title, subject, body, written_by, added_at)
           VALUES (:action, :language, :title, :subject, :body, :by, :now) RETURNING id""",
        action=action,
        language=language,
        title=title,
        subject=subject,
        body=body,
        by=by,
        now=instant(now),
    )
    return int(rows[0]["id"])


def own_letters(db: Database, action: int) -> list[OwnLetter]:
    """Those that are offered for the action, the oldest first."""
    rows = db.rows(
        "SELECT * FROM own_letters WHERE urgent_action_id = :action AND withdrawn_at IS NULL ORDER BY id", action=action
    )
    return [_own_letter(row) for row in rows]


def own_letter(db: Database, id: int) -> OwnLetter:
    rows = db.rows("SELECT * FROM own_letters WHERE id = :id AND withdrawn_at IS NULL", id=id)
    if not rows:
        raise NotFound("There is no such letter.")
    return _own_letter(rows[0])


def withdraw_own_letter(db: Database, id: int, now: datetime) -> bool:
    """Takes a letter out of what is offered; letters that were made of it stay. False when it was out already."""
    changed = db.run(
        "UPDATE own_letters SET withdrawn_at = :now WHERE id = :id AND withdrawn_at IS NULL", id=id, now=instant(now)
    )
    return changed == 1


def _own_letter(row: Row) -> OwnLetter:
    return OwnLetter(
        row["id"], row["urgent_action_id"], row["language"], row["title"], row["subject"], row["body"],
        row["written_by"], moment(row["added_at"]),
    )  # fmt: skip
