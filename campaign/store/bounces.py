"""Letters that came back, and the addresses from which they do."""

from datetime import datetime

from campaign.domain.bounce import MANY, STANDS_AFTER, WITHIN, FailingAddress, Report
from campaign.domain.letter import Letter
from campaign.store.columns import instant
from campaign.store.database import Database
from campaign.store.journal import Event, record


def add_bounce(db: Database, letter: Letter, report: Report, now: datetime) -> bool:
    """Writes down that a letter came back; its state stays. False when that is known, or it never left."""
    changed = db.run(
        """UPDATE letters SET bounced_at = :now, bounce = :bounce, bounce_words = :words
           WHERE id = :id AND bounced_at IS NULL AND attempts > 0""",
        id=letter.id,
        bounce=report.bounce,
        words=report.words,
        now=instant(now),
    )
    if changed:
        reason = f"{report.bounce}: {report.words}"
        record(db, Event(now, "a delivery report", "bounce", letter.case, letter.id, reason=reason))
    return changed == 1


def failing_addresses(db: Database, now: datetime) -> list[FailingAddress]:
    """Addresses in force from which at least three letters came back for good within seven days, the most first.

    One is left out once a letter that was sent later has stood for a day.
    """
    rows = db.rows(
        """SELECT f.email, f.n, f.title, l.bounce_words AS words
           FROM (SELECT t.email AS email, min(COALESCE(t.name, t.role)) AS title, count(*) AS n, max(b.id) AS newest,
                     max(COALESCE(b.sent_at, b.bounced_at)) AS sent_at
                 FROM letters b JOIN targets t ON t.id = b.target_id
                 WHERE b.bounced_at > :since AND b.bounce = 'hard' AND t.replaced_at IS NULL
                   AND COALESCE(b.recipient, t.email) = t.email
                 GROUP BY t.email HAVING count(*) >= :many) f
           JOIN letters l ON l.id = f.newest
           WHERE NOT EXISTS (SELECT 1 FROM letters s JOIN targets o ON o.id = s.target_id
                 WHERE o.email = f.email AND COALESCE(s.recipient, o.email) = f.email AND s.state = 'sent'
                   AND s.channel = 'email' AND s.bounced_at IS NULL AND s.sent_at > f.sent_at AND s.sent_at < :stands)
           ORDER BY f.n DESC, f.email""",
        since=instant(now - WITHIN),
        stands=instant(now - STANDS_AFTER),
        many=MANY,
    )
    return [FailingAddress(row["title"], row["email"], int(row["n"]), row["words"]) for row in rows]
