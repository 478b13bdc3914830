"""A small invented world: Sol writes, Olu counts, Ada decides, Max must see nothing. People at risk are invented too."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from campaign.domain.case import Case
from campaign.domain.letter import Channel, Letter
from campaign.domain.posting import Posted, PostingResult
from campaign.domain.urgent_action import Outcome
from campaign.flow import confirming, deciding, forgetting, intake, sending, writing
from campaign.flow.intake import TakenIn
from campaign.flow.office import Office
from campaign.flow.sending import Sender, SendingRules
from campaign.letterbook import Letterbook
from campaign.settings import shipped
from campaign.store import actions, cases, letters
from campaign.store.database import Database

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PATIENCE = timedelta(seconds=5)
UA = "71/26"
OPEN, CLOSED = "open", "closed"
SAMPLES = Path(shipped("samples"))

_ORDINALS = ("FIRST", "SECOND", "THIRD", "FOURTH", "FIFTH", "SIXTH", "SEVENTH")
_tokens = count(1)
BOOK = Letterbook(shipped("letters"), shipped("templates") / "mail")

ADDRESSEE = """Director Pavel Testov
Ministry of Justice
1 Square of the Law
Borograd, Togo
Email: director@justice.example

Dear Director,"""


def a_token() -> str:
    """Looks like a random word of the tests' own, and never comes twice."""
    return f"token{next(_tokens):012d}"


def an_office(**other: object) -> Office:
    return Office(
        **{
            "letterbook": BOOK,
            "sender": "letters@campaign.example",
            "title": "Appeal Letters",
            "base_url": "http://127.0.0.1:8080",
            "secret_key": "only for tests, and long enough",
            "token": a_token,
        }
        | other
    )


def an_output(
    *names: str, ua: str = UA, ordinal: int = 1, final: bool = False, says: dict[str, str] | None = None,
    deadline: str | None = None, addressee: str | None = ADDRESSEE, summary: str | None = None, title: str | None = None,
    country: str = "Togo", languages: str = "English", copies: str | None = None,
) -> bytes:  # fmt: skip
    """A document in the layout since 2019. `says` closes or keeps open by name; without it letters are asked for all."""
    people = list(names) or list(says or {})
    lines = [
        f"{_ORDINALS[ordinal - 1].capitalize()} UA: {ua} Index: EUR 99/{4000 + ordinal}/2026 {country} Date: {ordinal} March 2026",
        "",
    ]
    lines += ["URGENT ACTION", "", title or f"Teachers in danger, part {ordinal}", ""]
    lines += [summary or f"{' and '.join(people)} taught at a village school in {country}.", ""]
    if says:
        lines += [status_sentence(says), ""]
    if not says or (addressee and OPEN in says.values() and not final):
        lines += ["TAKE ACTION: WRITE AN APPEAL IN YOUR OWN WORDS OR USE THIS MODEL LETTER", "", addressee or "", ""]
        asked = [name for name in people if not says or says.get(name) == OPEN]
        lines += [f"I call on you to release {' and '.join(asked)} immediately and unconditionally.", ""]
        lines += ["Yours sincerely,", ""]
    if copies:
        lines += [copies, ""]
    lines += ["ADDITIONAL INFORMATION", "", "The school has two rooms.", ""]
    lines += [f"PREFERRED LANGUAGE TO ADDRESS TARGET: {languages}", ""]
    if deadline:
        lines += [f"PLEASE TAKE ACTION AS SOON AS POSSIBLE UNTIL: {deadline}", ""]
    lines += [f"NAME AND PREFERRED PRONOUN: {', '.join(f'{name} (she, her)' for name in people)}", ""]
    if ordinal > 1 or final:
        lines += [f"THIS IS THE {_ORDINALS[ordinal - 1]}{' AND FINAL' if final else ''} OUTPUT FOR UA {ua}", ""]
    return "\n".join(lines).encode()


def status_sentence(says: dict[str, str]) -> str:
    closed = [name.upper() for name, verdict in says.items() if verdict == CLOSED]
    kept = [name.upper() for name, verdict in says.items() if verdict == OPEN]
    parts = [f"NO FURTHER ACTION IS REQUESTED FOR {' AND '.join(closed)}"] if closed else []
    parts += [f"ACTIONS CAN CONTINUE FOR {' AND '.join(kept)}"] if kept else []
    return "; ".join(parts) + ". MANY THANKS TO ALL WHO SENT APPEALS."


def take_in(
    db: Database, content: bytes, *, now: datetime = NOON, name: str = "output.txt", patience: timedelta = PATIENCE
) -> TakenIn:
    return intake.take_in(db, content, name=name, via="test", actor="Ada", now=now, patience=patience)


def open_cases(db: Database, *names: str, ua: str = UA, now: datetime = NOON, **output: object) -> list[Case]:
    """Cases for whom a first output asks for letters, in the order of the names."""
    take_in(db, an_output(*names, ua=ua, **output), now=now)
    found = {case.person.name: case for case in cases.cases(db) if case.ua == ua}
    return [found[name] for name in names]


def an_open_case(db: Database, name: str = "Ana Ruiz", **output: object) -> Case:
    return open_cases(db, name, **output)[0]


def a_form(db: Database, case: Case, **other: object) -> writing.Written:
    """What Sol's form says."""
    target = actions.targets(db, case.action)[0]
    return writing.Written(
        **{
            "form_key": a_token(),
            "target": target.id,
            "channel": Channel.EMAIL,
            "template": "release",
            "language": "en",
            "subject": f"Appeal for {case.person.name}",
            "body": f"Dear Director,\n\nI ask you to free {case.person.name}.\n\nYours sincerely,",
            "name": "Sol Writer",
            "email": f"sol-{a_token()}@supporter.example",
            "country": "NZ",
            "wants_news": False,
        }
        | other
    )


def an_unconfirmed_letter(db: Database, case: Case, *, now: datetime = NOON, **other: object) -> tuple[Letter, str]:
    """A letter of Sol's that waits for the yes, and the token of its confirmation link."""
    office, form = an_office(), a_form(db, case, **other)
    receipt = writing.write(db, office, case, form, now)
    letter = next(one for one in letters.letters_of_receipt(db, receipt) if one.form_key == form.form_key)
    return letter, office.confirmation(form.form_key)


def a_letter(db: Database, case: Case, *, now: datetime = NOON, **other: object) -> Letter:
    """A letter of Sol's that is confirmed and waits in the queue."""
    _, token = an_unconfirmed_letter(db, case, now=now, **other)
    return confirming.confirm(db, an_office(), token, now)


def an_opened_letter(
    db: Database, case: Case, channel: Channel = Channel.OWN_MAIL, *, now: datetime = NOON, **other: object
) -> Letter:
    receipt = writing.write(db, an_office(), case, a_form(db, case, channel=channel, **other), now)
    return letters.letters_of_receipt(db, receipt)[0]


def mails_of(db: Database, *kinds: str) -> list[tuple[str, str, str]]:
    """Our own mails that wait: kind, address and text as it will be written."""
    rows = db.rows("SELECT kind, email, facts, tongue FROM notices WHERE facts IS NOT NULL ORDER BY id")
    return [
        (row["kind"], row["email"], BOOK.notice(row["kind"], row["tongue"], **json.loads(row["facts"])).body)
        for row in rows
        if not kinds or row["kind"] in kinds
    ]


def close(db: Database, case: Case, *, now: datetime = NOON, outcome: Outcome | None = None) -> Case:
    return deciding.close(
        db, case.id, reason="Her lawyer wrote to us.", by="Ada", now=now, patience=PATIENCE, outcome=outcome
    ).case


@dataclass
class FakePostbox:
    """Keeps what it was given, and answers what it was told to: by recipient, else in turn, else with 250."""

    answers: list[PostingResult] = field(default_factory=list)
    posted: list[tuple[bytes, str, str]] = field(default_factory=list)
    while_posting: object = None

    def post(self, wire: bytes, *, sender: str, recipient: str) -> PostingResult:
        self.posted.append((wire, sender, recipient))
        if callable(self.while_posting):
            self.while_posting()
        return self.answers.pop(0) if self.answers else PostingResult(Posted.SENT, 250, "OK")

    def close(self) -> None:
        pass

    def to(self, recipient: str) -> list[bytes]:
        return [wire for wire, _, to in self.posted if to == recipient]


RULES = SendingRules(
    sender="letters@campaign.example",
    retry_delays=(timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2)),
    give_up_after=timedelta(days=3),
)


def a_sender(db: Database, postbox: object, *, now: datetime = NOON, worker: str | None = None) -> Sender:
    return Sender(db, postbox, BOOK, worker or a_token(), RULES, lambda: now)


def an_uncertain_letter(db: Database, case: Case, *, now: datetime = NOON, **other: object) -> Letter:
    """A letter of Sol's of which three tries ended unknown; the mails of our own that waited are gone."""
    letter = a_letter(db, case, now=now, **other)
    db.run("DELETE FROM notices")
    for hours in range(3):
        box = FakePostbox([PostingResult(Posted.UNKNOWN, None, "")])
        sending.drain(a_sender(db, box, now=now + timedelta(hours=hours)))
    return letters.letter(db, letter.id)


def forget(db: Database, letter: Letter, *, now: datetime = NOON) -> None:
    forgetting.forget(db, letter.receipt, patience=PATIENCE, now=now)


def cut_sessions(db: Database) -> None:
    """What happens to all others when the database server is killed: PostgreSQL's lose their sessions, SQLite's nothing."""
    if db.engine == "postgresql":
        db.rows(
            """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"""
        )
        time.sleep(0.1)
