"""A copy of the database is put back, and learns from the ledger what happened after it was made."""

from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from campaign.domain.refusals import LedgerLost, NotABackup, in_english
from campaign.domain.series import in_series_order
from campaign.domain.urgent_action import Decision, Outcome, Verdict
from campaign.flow import comparing, confirming, gate, publishing, remembering, reopening
from campaign.flow.comparing import Unreflected
from campaign.flow.refolding import carry_out, plan, renew
from campaign.store import actions, backups, cases, dumps, owed, pacing, writers
from campaign.store.backups import Contents
from campaign.store.columns import moment
from campaign.store.database import Database, connect
from campaign.store.ledger import Line
from campaign.store.migrations import migrate
from campaign.store.owed import ACTOR
from campaign.store.writers import Silence

_NOT_FILED = -1


@dataclass(frozen=True)
class Replayed:
    """What the ledger taught the database, and how many letters were still being handed over when patience ran out."""

    learnt: Unreflected
    in_hand: int = 0


def replay(db: Database, *, patience: timedelta, now: datetime) -> Replayed:
    """Closes, erases, silences and marks as sent what the ledger says and the database does not know.

    It never opens a case, never sends and never brings back a word. A repeat changes nothing. Raises LedgerLost,
    LedgerDamaged, LedgerUnusable.
    """
    if db.ledger is None:
        return Replayed(Unreflected())
    while True:
        if owed.seen(db) > db.ledger.last():
            raise LedgerLost(str(db.ledger.path), owed.seen(db), db.ledger.last())
        found = comparing.unreflected(db)
        in_hand = _learn(db, found, patience, now)
        with db.ledger.alone():
            if db.ledger.last() == found.last:
                owed.set_seen(db, found.last)
                break
        # Somebody closed a case meanwhile: once more, with that line.
    reopening.overtake_all(db, now)
    owed.write_down(db)
    db.scrub()
    return Replayed(found, in_hand)


@dataclass(frozen=True)
class Restored:
    """What was put back and what it learnt; `aside` is where the database that was there is kept."""

    contents: Contents
    replayed: Replayed
    aside: str | None


def restore(
    url: str, file: Path, ledger: Path, *, ledger_is_lost: bool, patience: timedelta, now: datetime
) -> Restored:
    """Puts a copy in the place of the database, brought up to date and with the ledger replayed; what fails changes nothing.

    Raises NotABackup, DatabaseInUse, and what `replay` raises.
    """
    if not file.is_file():
        raise NotABackup(str(file), "there is no such file.")

    if not ledger_is_lost:
        _write_down_what_is_owed(url, ledger)

    def learn(place: str) -> Replayed:
        with closing(connect(place, ledger=ledger)) as db:
            if migrate(db):
                renew(db)
                publishing.begin(db, now)
            if ledger_is_lost:
                remembering.begin_anew(db, now)
            return replay(db, patience=patience, now=now)

    if url.startswith("sqlite:"):
        return _exchange_file(Path(url.removeprefix("sqlite:")), file, learn, now)
    aside = f"replaced_{now:%Y%m%d_%H%M%S}"
    with dumps.put_in_place(url, file, aside):
        return Restored(Contents(file.stat().st_size), learn(url), f"the schema {aside}")


def _write_down_what_is_owed(url: str, ledger: Path) -> None:
    """A sender that was killed leaves lines of its last second with the database that is to be replaced: they come first."""
    if url.startswith("sqlite:") and not Path(url.removeprefix("sqlite:")).is_file():
        return
    # A database that cannot be read any more is what restoring is for.
    with suppress(Exception), closing(connect(url, ledger=ledger)) as db:
        owed.write_down(db)


def _exchange_file(path: Path, file: Path, learn: Callable[[str], Replayed], now: datetime) -> Restored:
    with backups.standing_still(path):
        fresh = path.with_name(f"{path.name}.restoring")
        backups.duplicate(file, fresh)
        try:
            found = backups.contents(fresh)
            if found.letters is None:
                raise NotABackup(str(file), "it is no copy of a SQLite database.")
            replayed = learn(f"sqlite:{fresh}")
            aside = path.with_name(f"{path.stem}-replaced-{now:%Y%m%d-%H%M%S}{path.suffix}")
            had_one = backups.exchange(path, fresh, aside)
        finally:
            backups.discard(fresh)
    return Restored(found, replayed, str(aside) if had_one else None)


def _learn(db: Database, found: Unreflected, patience: timedelta, now: datetime) -> int:
    """Pauses and closings first: they are what must not wait."""
    for line in found.paused:
        pacing.add_pause(db, line.what or "", by=ACTOR, reason="Replayed from the ledger.", now=moment(line.at))
    in_hand = sum(_close(db, case.id, line, patience, now) for case, line in found.closings)
    with db.atomic():
        for letter, line in found.sendings:
            owed.mark_as_sent(db, letter, line, now)
        for letter, line in found.told:
            owed.mark_as_told(db, letter["id"], line)
        for notice, line in found.mailed:
            owed.mark_as_mailed(db, notice, line)
        for letter, line in found.erasures:
            writers.erase_letter(db, letter["id"], moment(line.at))
        for line in found.silenced:
            writers.silence(db, line.writer or "", Silence(line.silence or ""), moment(line.at))
    confirming.forget_unconfirmed(db, now)
    return in_hand


def _close(db: Database, id: int, line: Line, patience: timedelta, now: datetime) -> int:
    at, clock = moment(line.at), gate.ticking(now)
    with db.atomic():
        case = cases.case(db, id)
        if case.has_ended:
            return 0
        actions.add_action(db, case.ua)
        series = in_series_order([one.output for one in actions.outputs(db, case.action)])
        decision = Decision(
            id=_NOT_FILED,
            person=case.person.name,
            verdict=Verdict.CLOSED,
            reason=f"Replayed from the ledger: this case was closed at {in_english(at)}.",
            by=ACTOR,
            decided_at=at,
            outcome=Outcome(line.outcome) if line.outcome else None,
            after_output=series[-1].id if series else None,
        )
        actions.add_decision(db, id, decision)
        shut = carry_out(db, case.action, plan(db, case.action), actor=ACTOR, now=now)
    return gate.shut(db, shut, patience=patience, actor=ACTOR, clock=clock)
