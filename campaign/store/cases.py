"""Cases: one person within one Urgent Action, with the state that outputs and decisions gave it."""

from dataclasses import asdict
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from campaign.domain.case import ENDED, Case, CaseState, Cause
from campaign.domain.refusals import NotFound, NotOneCase
from campaign.domain.urgent_action import DemandKind, Outcome, Person
from campaign.store.columns import day, folded, instant, moment, packed, unpacked
from campaign.store.database import Database, Row

_SELECT = """SELECT c.*, a.number, a.country, a.deadline_on, a.languages, a.demands, a.language AS action_language,
        a.copies, a.asked, a.past
    FROM cases c JOIN urgent_actions a ON a.id = c.urgent_action_id"""


def case(db: Database, id: int) -> Case:
    rows = db.rows(f"{_SELECT} WHERE c.id = :id", id=id)
    if not rows:
        raise NotFound("There is no such case.")
    return _case(rows[0])


def case_of_letter_in_hand(db: Database, letter: int, worker: str) -> Case | None:
    """The case of a letter that this worker has in hand; None where it was taken from it, or is paused meanwhile."""
    rows = db.rows(
        f"""{_SELECT} JOIN letters l ON l.case_id = c.id
            WHERE l.id = :letter AND l.worker = :worker AND l.state = 'sending' AND NOT EXISTS (
                SELECT 1 FROM paused p WHERE p.what = 'queue' OR p.what = 'target-' || l.target_id)""",
        letter=letter,
        worker=worker,
    )
    return _case(rows[0]) if rows else None


def case_at(db: Database, action_slug: str, slug: str) -> Case:
    """The case at an address, also by a name it had earlier."""
    rows = db.rows(f"{_SELECT} WHERE a.slug = :action AND c.slug = :slug", action=action_slug, slug=slug) or db.rows(
        f"""{_SELECT} WHERE a.slug = :action AND c.id IN (
            SELECT f.case_id FROM former_slugs f WHERE f.urgent_action_id = a.id AND f.slug = :slug)""",
        action=action_slug,
        slug=slug,
    )
    if not rows:
        raise NotFound("We know of no such person in this Urgent Action.")
    return _case(rows[0])


def case_named(db: Database, said: str) -> Case:
    """The one case that `44-22/sophia-huang-xueqin` or a part of a name means. Raises NotOneCase."""
    wanted = said.strip().strip("/").lower()
    everyone = cases(db)
    exact = [case for case in everyone if wanted in (case.path, case.slug)]
    words = folded(wanted.replace("-", " ").replace("/", " ")).split()
    partly = [case for case in everyone if words and set(words) <= _words(case)]
    fitting = exact or partly
    if len(fitting) != 1:
        raise NotOneCase(said, [case.path for case in fitting])
    return fitting[0]


def _words(case: Case) -> set[str]:
    names = " ".join((case.person.name, *case.person.aliases, case.path))
    return set(folded(names.replace("-", " ").replace("/", " ")).split())


def cases(db: Database) -> list[Case]:
    return [_case(row) for row in db.rows(f"{_SELECT} ORDER BY c.urgent_action_id, c.id")]


def cases_of(db: Database, action: int) -> list[Case]:
    return [_case(row) for row in db.rows(f"{_SELECT} WHERE c.urgent_action_id = :action ORDER BY c.id", action=action)]


def open_cases(db: Database) -> list[Case]:
    """Open and paused cases; the newest change first, those in review last."""
    rows = db.rows(
        f"""{_SELECT} WHERE c.state IN ('open', 'review')
            ORDER BY CASE c.state WHEN 'open' THEN 0 ELSE 1 END, c.since_on DESC, c.id"""
    )
    return [_case(row) for row in rows]


def ended_cases(db: Database) -> list[Case]:
    rows = db.rows(f"{_SELECT} WHERE c.state IN ('closing', 'closed') ORDER BY c.since_on DESC, c.id")
    return [_case(row) for row in rows]


def newest_changes(db: Database, most: int) -> list[tuple[Case, datetime]]:
    """The cases whose status changed last, with the moment of it, the newest first."""
    rows = db.rows(f"{_SELECT} ORDER BY c.changed_at DESC, c.id DESC LIMIT :most", most=most)
    return [(_case(row), moment(row["changed_at"])) for row in rows]


def cases_closing(db: Database) -> list[int]:
    """The ids of cases whose closing is saved, but still waits for a letter that was being handed over."""
    return [row["id"] for row in db.rows("SELECT id FROM cases WHERE state = 'closing' ORDER BY id")]


def add_case(db: Database, action: int, facts: dict[str, Any], now: datetime) -> int:
    rows = db.rows(
        """INSERT INTO cases (urgent_action_id, slug, name, folded, person, state, outcome, since_on, output_id,
               decision_id, cause, about, doubts, epoch, changed_at, ended_in)
           VALUES (:action, :slug, :name, :folded, :person, :state, :outcome, :since_on, :output_id, :decision_id,
               :cause, :about, :doubts, 1, :now, :ended_in) RETURNING id""",
        action=action,
        ended_in=1 if facts["state"] in ENDED else None,
        now=instant(now),
        **columns(facts),
    )
    return int(rows[0]["id"])


def set_case(db: Database, case: Case, facts: dict[str, Any], now: datetime) -> None:
    """Writes down what the outputs and decisions now say of a case; a former slug keeps leading to it."""
    if facts["slug"] != case.slug:
        db.run(
            """INSERT INTO former_slugs (urgent_action_id, slug, case_id) VALUES (:action, :slug, :id)
               ON CONFLICT (urgent_action_id, slug) DO UPDATE SET case_id = excluded.case_id""",
            action=case.action,
            slug=case.slug,
            id=case.id,
        )
    # Also what was closed, then in review, and is open now begins another epoch.
    reopens = facts["state"] is CaseState.OPEN and (case.has_ended or _ended_in(db, case) == case.epoch)
    db.run(
        """UPDATE cases SET slug = :slug, name = :name, folded = :folded, person = :person, state = :state,
               outcome = :outcome, since_on = :since_on, output_id = :output_id, decision_id = :decision_id,
               cause = :cause, about = :about, doubts = :doubts, epoch = :epoch, changed_at = :now,
               ended_in = CASE WHEN CAST(:ends AS text) = 'yes' THEN :epoch ELSE ended_in END WHERE id = :id""",
        id=case.id,
        ends="yes" if facts["state"] in ENDED else "no",
        epoch=case.epoch + 1 if reopens else case.epoch,
        now=instant(now),
        **columns(facts),
    )


def _ended_in(db: Database, case: Case) -> int | None:
    """The epoch in which the case last ended."""
    number: int | None = db.rows("SELECT ended_in FROM cases WHERE id = :id", id=case.id)[0]["ended_in"]
    return number


def finish_closing(db: Database, id: int) -> bool:
    """`closing` becomes `closed`; False where it was not closing any more."""
    return db.run("UPDATE cases SET state = 'closed' WHERE id = :id AND state = 'closing'", id=id) == 1


def columns(facts: dict[str, Any]) -> dict[str, Any]:
    """The columns of a case for the facts slug, person, state, outcome, since, cause, about and doubts."""
    person: Person = facts["person"]
    cause: Cause = facts["cause"]
    since: date = facts["since"]
    return {
        "slug": facts["slug"],
        "name": person.name,
        "folded": folded(" ".join((person.name, *person.aliases))),
        "person": packed({"pronouns": person.pronouns, "aliases": person.aliases, "is_group": person.is_group}),
        "state": facts["state"],
        "outcome": facts["outcome"],
        "since_on": since.isoformat(),
        "output_id": cause.output,
        "decision_id": cause.decision,
        "cause": packed(asdict(cause)),
        "about": facts["about"],
        "doubts": packed(list(facts["doubts"])),
    }


def _case(row: Row) -> Case:
    kept = _kept(
        row["name"],
        row["person"],
        row["cause"],
        row["languages"],
        row["demands"],
        row["doubts"],
        row["asked"],
        row["past"],
    )
    since = day(row["since_on"])
    assert since is not None
    return Case(
        id=row["id"],
        action=row["urgent_action_id"],
        ua=row["number"],
        slug=row["slug"],
        state=CaseState(row["state"]),
        outcome=Outcome(row["outcome"]) if row["outcome"] else None,
        since=since,
        epoch=row["epoch"],
        country=row["country"],
        about=row["about"],
        deadline=day(row["deadline_on"]),
        language=row["action_language"],
        to_embassy=row["copies"] is not None,
        **kept,
    )


@lru_cache(maxsize=2000)
def _kept(
    name: str, person: str, cause: str, languages: str, demands: str, doubts: str, asked: str | None, past: str | None
) -> dict[str, Any]:
    """What stands in columns as JSON: the same columns are read for every page, and change with an output alone."""
    said = unpacked(person)
    return {
        "person": Person(name, said["pronouns"], tuple(said["aliases"]), said["is_group"]),
        "cause": Cause(**unpacked(cause)),
        "languages": tuple(unpacked(languages)),
        "demands": tuple(DemandKind(kind) for kind in unpacked(demands)),
        "doubts": tuple(unpacked(doubts)),
        "asked": tuple((DemandKind(kind), text) for kind, text in unpacked(asked or "[]")),
        "past": frozenset(DemandKind(kind) for kind in unpacked(past or "[]")),
    }
