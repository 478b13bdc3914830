"""A mail server reports what became of a letter. Such a report is believed only where it names the letter by our own word."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from campaign.domain.bounce import NotAReport, Report
from campaign.domain.letter import Letter
from campaign.domain.refusals import NotFound
from campaign.flow.office import Office
from campaign.postbox import read_report
from campaign.store import bounces, letters
from campaign.store.database import Database


@dataclass(frozen=True)
class TakenIn:
    """What came of one message, in a sentence; `letter` is None where it says nothing of a letter of ours."""

    sentence: str
    letter: int | None = None
    is_new: bool = False


class Mailbox(Protocol):
    """Where reports are waited for."""

    def unread(self) -> Iterable[tuple[str, bytes]]:
        """What nobody has looked at: by which name the mailbox knows each message, and the message itself."""
        ...

    def mark_read(self, name: str, *, for_a_person: bool) -> None: ...


def take_in(db: Database, office: Office, message: bytes, now: datetime, to: str = "") -> TakenIn:
    """Reads one message; where it reports that a letter of ours came back, that is written down. A repeat changes nothing.

    `to` is the address it came to, as the mail server says; without it the message's own fields are asked.
    """
    try:
        report = read_report(message, to)
    except NotAReport as what:
        return TakenIn(str(what))
    letter = _find_letter(db, office, report)
    if letter is None:
        return TakenIn(
            "The report bears a word that we did not give: it is forged, or meant for somebody else."
            if report.words_of_ours
            else "The report did not come to an address that we gave for a letter."
        )
    if not report.has_failed:
        return TakenIn(f"Letter {letter.id}: {report.action}, so it has not come back. {report.words}", letter.id)
    with db.atomic():
        is_new = bounces.add_bounce(db, letter, report, now)
    known = "" if is_new else " That was known already."
    return TakenIn(f"Letter {letter.id} came back ({report.bounce}). {report.words}{known}", letter.id, is_new)


def empty(db: Database, office: Office, mailbox: Mailbox, now: datetime) -> list[TakenIn]:
    """Reads what is new in a mailbox. Each message is marked as read only once what it says is written down.

    What is no report on a letter of ours is marked for a person besides.
    """
    found = []
    for name, message in mailbox.unread():
        taken = take_in(db, office, message, now)
        mailbox.mark_read(name, for_a_person=taken.letter is None)
        found.append(taken)
    return found


def _find_letter(db: Database, office: Office, report: Report) -> Letter | None:
    for word in report.words_of_ours:
        try:
            letter = letters.letter(db, int(word.partition("-")[0]))
        except NotFound:
            continue
        if letter.message_id and hmac.compare_digest(word, office.bounce_word(letter.id, letter.message_id)):
            return letter
    return None
