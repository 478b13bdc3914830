"""The ledger against the database: what happened and is not so (any more) in what we remember."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from campaign.domain.case import Case, CaseState
from campaign.domain.refusals import LedgerDamaged, NotFound
from campaign.store import cases, owed, pacing, writers
from campaign.store.database import Database, Row
from campaign.store.ledger import Kind, Line
from campaign.store.writers import Silence


@dataclass
class Unreflected:
    """Lines whose thing the database does not show, each with the case or the letter it is about.

    `reopened` are cases that are closed here and were opened again after this copy; `unknown_cases` are closed in the
    ledger and not known here, and of `unknown_letters` there are only lines.
    """

    closings: list[tuple[Case, Line]] = field(default_factory=list)
    sendings: list[tuple[Row, Line]] = field(default_factory=list)
    erasures: list[tuple[Row, Line]] = field(default_factory=list)
    told: list[tuple[Row, Line]] = field(default_factory=list)
    mailed: list[tuple[int, Line]] = field(default_factory=list)
    """Our own mails, by their ids, that wait here and went already."""
    paused: list[Line] = field(default_factory=list)
    silenced: list[Line] = field(default_factory=list)
    reopened: list[Case] = field(default_factory=list)
    unknown_cases: list[str] = field(default_factory=list)
    unknown_letters: int = 0
    last: int = 0


def unreflected(db: Database) -> Unreflected:
    """Reads the whole ledger, in its order: the last line about a case is the one that counts. Raises LedgerDamaged."""
    found, newest = Unreflected(), {}
    if db.ledger is None:
        return found
    known, seen, unknown = owed.known_letters(db), owed.seen(db), set()
    waiting, pauses = owed.waiting_notices(db), dict[str, Line]()
    for line in db.ledger.lines():
        if line.seq <= found.last:
            raise LedgerDamaged(str(db.ledger.path), None)
        found.last = line.seq
        if line.case is not None:
            newest[line.case] = line
        elif line.what is not None:
            pauses[line.what] = line
        elif line.kind is Kind.MAILED:
            if line.message in waiting:
                found.mailed.append((waiting[line.message], line))
        elif line.letter is None:
            _look_at_silence(db, line, found)
        elif line.letter in known:
            _look_at_letter(known[line.letter], line, found)
        else:
            unknown.add(line.letter)
    found.unknown_letters = len(unknown)
    going = pauses.keys() - pacing.paused(db)
    found.paused = [line for what, line in pauses.items() if what in going and line.kind is Kind.PAUSED]
    _look_at_cases(db, newest, seen, found)
    return found


def _look_at_letter(letter: Row, line: Line, found: Unreflected) -> None:
    if line.kind is Kind.SENT and letter["state"] != "sent":
        found.sendings.append((letter, line))
    elif line.kind is Kind.ERASED and letter["erased_at"] is None:
        found.erasures.append((letter, line))
    elif line.kind is Kind.TOLD and letter["told_at"] is None:
        found.told.append((letter, line))


def _look_at_silence(db: Database, line: Line, found: Unreflected) -> None:
    if line.writer and line.silence and not writers.is_silenced(db, line.writer, Silence(line.silence)):
        found.silenced.append(line)


def _look_at_cases(db: Database, newest: dict[str, Line], seen: int, found: Unreflected) -> None:
    for case, line in _newest_of_each(db, newest, found):
        if line.kind is Kind.CLOSED:
            # A closed case that a later output put in review offers no letters and waits for a person; but a copy that
            # has it in review because it was made before the closing must learn of that.
            if case.is_open or (case.state is CaseState.REVIEW and line.seq > seen):
                found.closings.append((case, line))
        elif case.has_ended and line.seq > seen:
            found.reopened.append(case)


def _newest_of_each(db: Database, newest: dict[str, Line], found: Unreflected) -> Iterator[tuple[Case, Line]]:
    """A case with its last line, also where it had another name when an earlier one was written."""
    of_case: dict[int, tuple[Case, Line]] = {}
    for path, line in sorted(newest.items(), key=lambda item: item[1].seq):
        try:
            case = cases.case_at(db, *path.split("/", 1))
        except NotFound:
            if line.kind is Kind.CLOSED:
                found.unknown_cases.append(path)
            continue
        of_case[case.id] = (case, line)
    yield from of_case.values()


def sentences(found: Unreflected) -> list[str]:
    """What `campaign check` says of it."""
    return [
        *(f"{case.path} was closed according to line {line.seq} of the ledger, but is {case.state}."
          for case, line in found.closings),
        *(f"Letter {letter['id']} was sent according to line {line.seq} of the ledger, but is {letter['state']}."
          for letter, line in found.sendings),
        *(f"Letter {letter['id']} was erased according to line {line.seq} of the ledger, but its words are still here."
          for letter, line in found.erasures),
        *(f"The writer of letter {letter['id']} was told how it ended according to line {line.seq} of the ledger."
          for letter, line in found.told),
        *(f"A mail of our own went according to line {line.seq} of the ledger, but waits to be sent."
          for _, line in found.mailed),
        *(f"{line.what} was paused according to line {line.seq} of the ledger, but letters go."
          for line in found.paused),
        *(f"Somebody wanted no more of our mail according to line {line.seq} of the ledger, but would get it."
          for line in found.silenced),
    ]  # fmt: skip
