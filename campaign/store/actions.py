"""Urgent Actions: the thread of outputs, the addressees in force, and the decisions people took."""

from dataclasses import dataclass
from datetime import date

from campaign.domain.case import action_slug
from campaign.domain.refusals import NotFound
from campaign.domain.urgent_action import Decision, DemandKind, Grounds, InForce, Outcome, Reading, Verdict
from campaign.store.columns import day, instant, iso, moment, packed, unpacked
from campaign.store.database import Database, Row
from campaign.store.filing import FiledOutput as FiledOutput
from campaign.store.filing import outputs as outputs
from campaign.store.targets import KnownTarget as KnownTarget
from campaign.store.targets import all_targets as all_targets
from campaign.store.targets import corrected_targets as corrected_targets
from campaign.store.targets import everybodys_targets as everybodys_targets
from campaign.store.targets import is_an_addressee as is_an_addressee
from campaign.store.targets import set_targets as set_targets
from campaign.store.targets import target as target
from campaign.store.targets import targets as targets


@dataclass(frozen=True)
class Action:
    """The thread of outputs that share a number, and what letters for it go by today.

    `said_deadline` is what the outputs say where somebody has extended the deadline by hand.
    """

    id: int
    number: str
    slug: str
    country: str | None
    title: str | None
    language: str
    deadline: date | None
    demands: tuple[DemandKind, ...]
    languages: tuple[str, ...]
    said_deadline: date | None = None


def add_action(db: Database, number: str) -> int:
    """The id of the action with this number, made if need be; holds its row until the transaction ends."""
    rows = db.rows(
        """INSERT INTO urgent_actions (number, slug, language, demands, languages)
           VALUES (:number, :slug, 'en', '[]', '[]')
           ON CONFLICT (number) DO UPDATE SET slug = excluded.slug RETURNING id""",
        number=number,
        slug=action_slug(number),
    )
    return int(rows[0]["id"])


def hold_action(db: Database, id: int) -> None:
    """Holds the action's row until the transaction ends, as `add_action` does."""
    db.run("UPDATE urgent_actions SET slug = slug WHERE id = :id", id=id)


def set_in_force(
    db: Database, id: int, newest: Reading, force: InForce, *, country: str | None, deadline: date | None
) -> None:
    """Writes down what letters for the action go by, as the outputs now say; `deadline` may have been extended by hand."""
    db.run(
        """UPDATE urgent_actions SET country = :country, title = :title, language = :language,
               deadline_on = :deadline, said_deadline_on = :said, demands = :demands, languages = :languages,
               copies = :copies, asked = :asked, past = :past WHERE id = :id""",
        id=id,
        country=country,
        title=newest.title.value if newest.title else None,
        language=newest.language,
        deadline=iso(deadline),
        said=iso(force.deadline),
        demands=packed(list(dict.fromkeys(demand.kind.value for demand in force.demands))),
        languages=packed(list(force.languages)),
        copies="embassy" if force.copies_to_embassy else None,
        asked=packed([[demand.kind.value, demand.text] for demand in force.demands]),
        past=packed([kind.value for kind in force.past]),
    )


def action(db: Database, slug: str) -> Action:
    rows = db.rows("SELECT * FROM urgent_actions WHERE slug = :slug", slug=slug)
    if not rows:
        raise NotFound("We know of no Urgent Action with this number.")
    return _action(rows[0])


def actions(db: Database) -> list[Action]:
    return [_action(row) for row in db.rows("SELECT * FROM urgent_actions ORDER BY id")]


def find_action(db: Database, number: str) -> Action | None:
    rows = db.rows("SELECT * FROM urgent_actions WHERE number = :number", number=number)
    return _action(rows[0]) if rows else None


def number_of(db: Database, id: int) -> str:
    """The number of an action by its id."""
    return action_of(db, id).number


def action_of(db: Database, id: int) -> Action:
    rows = db.rows("SELECT * FROM urgent_actions WHERE id = :id", id=id)
    if not rows:
        raise NotFound("We know of no such Urgent Action.")
    return _action(rows[0])


def add_decision(db: Database, case: int, decision: Decision) -> int:
    rows = db.rows(
        """INSERT INTO decisions (case_id, verdict, outcome, reason, taken_by, decided_at, after_output_id,
               evidence_link, evidence_document_id, evidence_words, confirmed_by)
           VALUES (:case, :verdict, :outcome, :reason, :taken_by, :decided_at, :after, :link, :document, :words,
               :confirmed_by) RETURNING id""",
        case=case,
        verdict=decision.verdict,
        outcome=decision.outcome,
        reason=decision.reason,
        taken_by=decision.by,
        decided_at=instant(decision.decided_at),
        after=decision.after_output,
        confirmed_by=decision.confirmed_by,
        **vars(decision.grounds),
    )
    return int(rows[0]["id"])


def decisions(db: Database, action: int) -> list[Decision]:
    """Every decision on the action's cases, the oldest first."""
    rows = db.rows(
        """SELECT d.*, c.name AS person FROM decisions d JOIN cases c ON c.id = d.case_id
           WHERE c.urgent_action_id = :action ORDER BY d.id""",
        action=action,
    )
    return [
        Decision(
            id=row["id"],
            person=row["person"],
            verdict=Verdict(row["verdict"]),
            outcome=Outcome(row["outcome"]) if row["outcome"] else None,
            reason=row["reason"],
            by=row["taken_by"],
            decided_at=moment(row["decided_at"]),
            after_output=row["after_output_id"],
            grounds=Grounds(row["evidence_link"], row["evidence_document_id"], row["evidence_words"]),
            confirmed_by=row["confirmed_by"],
        )
        for row in rows
    ]


def _action(row: Row) -> Action:
    return Action(
        id=row["id"],
        number=row["number"],
        slug=row["slug"],
        country=row["country"],
        title=row["title"],
        language=row["language"],
        deadline=day(row["deadline_on"]),
        demands=tuple(DemandKind(kind) for kind in unpacked(row["demands"])),
        languages=tuple(unpacked(row["languages"])),
        said_deadline=day(row["said_deadline_on"]),
    )
