"""Urgent Actions: the thread of outputs, the addressees in force, and the decisions people took."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from campaign.domain.case import action_slug
from campaign.domain.reading import as_record, from_record
from campaign.domain.refusals import NotFound
from campaign.domain.urgent_action import Decision, DemandKind, InForce, Outcome, Output, Reading, Target, Verdict
from campaign.store.columns import day, folded, instant, iso, moment, packed, unpacked
from campaign.store.database import Database, Row


@dataclass(frozen=True)
class Action:
    """The thread of outputs that share a number, and what letters for it go by today."""

    id: int
    number: str
    slug: str
    country: str | None
    title: str | None
    language: str
    deadline: date | None
    demands: tuple[DemandKind, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True)
class KnownTarget:
    """A target of an action. `replaced_at` is set once a newer output named others in its place."""

    id: int
    action: int
    target: Target
    replaced_at: datetime | None


@dataclass(frozen=True)
class FiledOutput:
    """An output together with the document it came in."""

    output: Output
    document: int


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


def set_in_force(db: Database, id: int, newest: Reading, country: str | None, force: InForce) -> None:
    """Writes down what letters for the action go by, as the outputs now say."""
    db.run(
        """UPDATE urgent_actions SET country = :country, title = :title, language = :language,
               deadline_on = :deadline, demands = :demands, languages = :languages, copies = :copies, asked = :asked,
               past = :past WHERE id = :id""",
        id=id,
        country=country,
        title=newest.title.value if newest.title else None,
        language=newest.language,
        deadline=iso(force.deadline),
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


def add_output(db: Database, action: int, document: int, reading: Reading, now: datetime) -> int:
    rows = db.rows(
        """INSERT INTO outputs (urgent_action_id, document_id, index_key, reading, taken_in_at)
           VALUES (:action, :document, :index_key, :reading, :now) RETURNING id""",
        action=action,
        document=document,
        index_key=folded(reading.index.value) if reading.index else None,
        reading=packed(as_record(reading)),
        now=instant(now),
    )
    return int(rows[0]["id"])


def outputs(db: Database, action: int) -> list[FiledOutput]:
    """All outputs of an action in their order of arrival; `domain.status` knows their order in the series."""
    rows = db.rows(
        "SELECT id, document_id, reading, taken_in_at FROM outputs WHERE urgent_action_id = :action ORDER BY id",
        action=action,
    )
    return [
        FiledOutput(Output(row["id"], _reading(row["reading"]), moment(row["taken_in_at"])), row["document_id"])
        for row in rows
    ]


def newest_outputs(db: Database, most: int) -> list[Reading]:
    """What the outputs that were taken in last say, of whatever action, the newest last."""
    rows = db.rows("SELECT reading FROM outputs ORDER BY id DESC LIMIT :most", most=most)
    return [_reading(row["reading"]) for row in reversed(rows)]


@lru_cache(maxsize=1000)
def _reading(record: str) -> Reading:
    """A stored reading is never changed, and every page of its case asks for it."""
    return from_record(unpacked(record))


def add_decision(db: Database, case: int, decision: Decision) -> int:
    rows = db.rows(
        """INSERT INTO decisions (case_id, verdict, outcome, reason, taken_by, decided_at, after_output_id)
           VALUES (:case, :verdict, :outcome, :reason, :taken_by, :decided_at, :after) RETURNING id""",
        case=case,
        verdict=decision.verdict,
        outcome=decision.outcome,
        reason=decision.reason,
        taken_by=decision.by,
        decided_at=instant(decision.decided_at),
        after=decision.after_output,
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
        )
        for row in rows
    ]


def set_targets(db: Database, action: int, targets: tuple[Target, ...], output: int | None, now: datetime) -> None:
    """Makes these the addressees in force; others of the action are marked as replaced, and kept."""
    keys = []
    for place, target in enumerate(targets):
        key = folded(target.name or target.role or "")
        keys.append(key)
        db.run(
            """INSERT INTO targets (urgent_action_id, target_key, name, role, address, email, fax, salutation, place,
                   output_id)
               VALUES (:action, :key, :name, :role, :address, :email, :fax, :salutation, :place, :output)
               ON CONFLICT (urgent_action_id, target_key) DO UPDATE SET name = excluded.name, role = excluded.role,
                   address = excluded.address, email = excluded.email, fax = excluded.fax,
                   salutation = excluded.salutation, place = excluded.place, output_id = excluded.output_id,
                   replaced_at = NULL""",
            action=action,
            key=key,
            name=target.name,
            role=target.role,
            address="\n".join(target.address),
            # Papers print addresses in capitals too; no mailbox tells them apart, and we must know ours again.
            email=target.email.lower() if target.email else None,
            fax=target.fax,
            salutation=target.salutation,
            place=place,
            output=output,
        )
    for row in db.rows(
        "SELECT id, target_key FROM targets WHERE urgent_action_id = :action AND replaced_at IS NULL", action=action
    ):
        if row["target_key"] not in keys:
            db.run("UPDATE targets SET replaced_at = :now WHERE id = :id", now=instant(now), id=row["id"])


def targets(db: Database, action: int) -> list[KnownTarget]:
    """The addressees in force, in the order of the document."""
    rows = db.rows(
        "SELECT * FROM targets WHERE urgent_action_id = :action AND replaced_at IS NULL ORDER BY place, id",
        action=action,
    )
    return [_target(row) for row in rows]


def all_targets(db: Database, action: int) -> list[KnownTarget]:
    """Every addressee that the action ever had, those in force first."""
    rows = db.rows(
        """SELECT * FROM targets WHERE urgent_action_id = :action
           ORDER BY CASE WHEN replaced_at IS NULL THEN 0 ELSE 1 END, place, id""",
        action=action,
    )
    return [_target(row) for row in rows]


def everybodys_targets(db: Database) -> list[KnownTarget]:
    """The targets of every action, in force or not, in the order of the actions."""
    return [_target(row) for row in db.rows("SELECT * FROM targets ORDER BY urgent_action_id, place, id")]


def is_an_addressee(db: Database, email: str) -> bool:
    """Whether any official of any action is written to at that address."""
    return bool(db.rows("SELECT id FROM targets WHERE email = :email LIMIT 1", email=email.lower()))


def target(db: Database, id: int) -> KnownTarget:
    rows = db.rows("SELECT * FROM targets WHERE id = :id", id=id)
    if not rows:
        raise NotFound("There is no such addressee.")
    return _target(rows[0])


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
    )


def _target(row: Row) -> KnownTarget:
    return KnownTarget(
        id=row["id"],
        action=row["urgent_action_id"],
        target=Target(
            name=row["name"],
            role=row["role"],
            address=tuple(line for line in row["address"].split("\n") if line),
            email=row["email"],
            fax=row["fax"],
            salutation=row["salutation"],
        ),
        replaced_at=moment(row["replaced_at"]) if row["replaced_at"] else None,
    )
