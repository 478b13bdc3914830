"""Groups: their codes, who organizes them, and the numbers of their letters."""

from datetime import datetime

from campaign.domain.account import Account, Role
from campaign.domain.group import EVERYTHING, Group, Sight
from campaign.domain.letter import Number
from campaign.domain.refusals import NotFound
from campaign.store.columns import instant, moment, moment_or_none
from campaign.store.counts import COUNTED, HAS_GONE, counted_in, with_events
from campaign.store.database import Database, Row


def add_group(db: Database, code: str, name: str, *, by: str, now: datetime) -> int | None:
    """The new group's id, or None when the code is taken, be it by a closed one."""
    rows = db.rows(
        """INSERT INTO groups (code, name, made_by, made_at) VALUES (:code, :name, :by, :now)
           ON CONFLICT (code) DO NOTHING RETURNING id""",
        code=code,
        name=name,
        by=by,
        now=instant(now),
    )
    return int(rows[0]["id"]) if rows else None


def close_group(db: Database, id: int, now: datetime) -> bool:
    """Its link leads to the same pages from now on, but marks no letter any more. False when it was closed already."""
    return (
        db.run("UPDATE groups SET closed_at = :now WHERE id = :id AND closed_at IS NULL", id=id, now=instant(now)) == 1
    )


def group(db: Database, id: int) -> Group:
    rows = db.rows("SELECT * FROM groups WHERE id = :id", id=id)
    if not rows:
        raise NotFound("There is no such group.")
    return _group(rows[0])


def groups(db: Database) -> list[Group]:
    """Every group, the open ones first."""
    rows = db.rows("SELECT * FROM groups ORDER BY CASE WHEN closed_at IS NULL THEN 0 ELSE 1 END, name, id")
    return [_group(row) for row in rows]


def find_open_group(db: Database, code: str) -> int | None:
    """The id of the open group with this code."""
    rows = db.rows("SELECT id FROM groups WHERE code = :code AND closed_at IS NULL", code=code)
    return int(rows[0]["id"]) if rows else None


def group_of_receipt(db: Database, receipt: str) -> int | None:
    """The group by whose link the first letter of a receipt was written."""
    rows = db.rows("SELECT group_id FROM letters WHERE receipt = :receipt ORDER BY id LIMIT 1", receipt=receipt)
    return rows[0]["group_id"] if rows else None


def assign(db: Database, group: int, account: int) -> bool:
    """Makes somebody an organizer of the group; False when they are already."""
    changed = db.run(
        """INSERT INTO organizers_of_groups (group_id, account_id) VALUES (:group, :account)
           ON CONFLICT (group_id, account_id) DO NOTHING""",
        group=group,
        account=account,
    )
    return changed == 1


def release(db: Database, group: int, account: int) -> bool:
    changed = db.run(
        "DELETE FROM organizers_of_groups WHERE group_id = :group AND account_id = :account",
        group=group,
        account=account,
    )
    return changed == 1


def organizers(db: Database, group: int) -> list[tuple[int, str]]:
    """The accounts that organize the group: id and name."""
    rows = db.rows(
        """SELECT a.id, a.name FROM organizers_of_groups o JOIN accounts a ON a.id = o.account_id
           WHERE o.group_id = :group AND a.closed_at IS NULL ORDER BY a.folded""",
        group=group,
    )
    return [(row["id"], row["name"]) for row in rows]


def sight_of(db: Database, account: Account) -> Sight:
    """Which groups somebody sees: an organizer of groups those alone; whoever has none, and admins, all."""
    if account.role is Role.ADMIN:
        return EVERYTHING
    rows = db.rows("SELECT group_id FROM organizers_of_groups WHERE account_id = :account", account=account.id)
    return Sight(frozenset(row["group_id"] for row in rows) if rows else None)


def numbers(db: Database, group: int) -> dict[Number, int]:
    """The honest numbers of a group's letters, and what its events reported."""
    row = db.rows(f"SELECT {COUNTED} FROM letters l WHERE l.group_id = :group", group=group)[0]
    return {**counted_in(row), Number.REPORTED_BY_EVENTS: sum(_reported(db, group).values())}


def numbers_by_case(db: Database, group: int) -> dict[int, dict[Number, int]]:
    """The same for each case for which there is anything."""
    rows = db.rows(
        f"SELECT l.case_id AS of_case, {COUNTED} FROM letters l WHERE l.group_id = :group GROUP BY l.case_id",
        group=group,
    )
    return with_events({row["of_case"]: counted_in(row) for row in rows}, _reported(db, group))


def countries(db: Database, group: int) -> list[tuple[str, int]]:
    """From where the group's letters went, and how many; the most first. Small figures are in it."""
    rows = db.rows(
        f"""SELECT l.country, count(*) AS n FROM letters l WHERE l.group_id = :group AND l.country IS NOT NULL
               AND ({HAS_GONE}) GROUP BY l.country ORDER BY 2 DESC, 1""",
        group=group,
    )
    return [(row["country"], int(row["n"])) for row in rows]


def _reported(db: Database, group: int) -> dict[int, int]:
    rows = db.rows(
        """SELECT case_id, sum(n) AS n FROM batches WHERE group_id = :group AND replaced_at IS NULL
           GROUP BY case_id""",
        group=group,
    )
    return {row["case_id"]: int(row["n"]) for row in rows}


def _group(row: Row) -> Group:
    return Group(
        row["id"], row["code"], row["name"], row["made_by"], moment(row["made_at"]), moment_or_none(row["closed_at"])
    )
