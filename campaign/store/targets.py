"""The officials to whom letters go: what outputs say of them, what people corrected, and where no e-mail goes any more."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from campaign.domain.refusals import NotFound
from campaign.domain.urgent_action import Target
from campaign.store.columns import folded, instant, moment, moment_or_none, packed, unpacked
from campaign.store.database import Database, Row


@dataclass(frozen=True)
class KnownTarget:
    """A target of an action. `replaced_at` is set once a newer output named others in its place.

    `target` is what letters go by: it has no e-mail address where none may be used, because the address fails (`fails`
    says why) or because letters go by post alone. `email` is the address all the same, `said` what the output says.
    """

    id: int
    action: int
    target: Target
    replaced_at: datetime | None
    email: str | None
    said: Target
    fails: str | None
    by_post: bool

    @property
    def corrected(self) -> Target:
        """The target with its address, whether or not it may be used."""
        return replace(self.target, email=self.email)

    @property
    def is_corrected(self) -> bool:
        return self.said != self.corrected


@dataclass(frozen=True)
class Correction:
    """What somebody put in the place of what an output says of a target. It stands as long as the outputs say the same."""

    said: Target
    instead: Target
    reason: str
    by: str
    at: datetime


_SELECT = "SELECT t.*, f.reason AS fails FROM targets t LEFT JOIN failing_addresses f ON f.email = t.email"


def set_targets(db: Database, action: int, targets: tuple[Target, ...], output: int | None, now: datetime) -> None:
    """Makes these the addressees in force, each with the correction that fits it; the others are marked as replaced, and kept."""
    keys = [_key(target) for target in targets]
    known = {row["target_key"]: row for row in db.rows(f"{_SELECT} WHERE t.urgent_action_id = :id", id=action)}
    for place, (key, said) in enumerate(zip(keys, targets, strict=True)):
        if key not in known:
            _rename(db, key, [row for other, row in known.items() if other not in keys])
        plain = _plain(said)
        _set(db, action, key, _corrected(db, action, key, plain), place=place, output=output, said=_packed(plain))
    for row in db.rows(
        "SELECT id, target_key FROM targets WHERE urgent_action_id = :action AND replaced_at IS NULL", action=action
    ):
        if row["target_key"] not in keys:
            db.run("UPDATE targets SET replaced_at = :now WHERE id = :id", now=instant(now), id=row["id"])


def corrected_targets(db: Database, action: int, targets: tuple[Target, ...]) -> list[Target]:
    """What letters go by where outputs say these addressees: each with the correction that fits it."""
    meant = {_key(target): _corrected(db, action, _key(target), _plain(target)) for target in targets}
    return list(meant.values())


def _rename(db: Database, key: str, others: list[Row]) -> None:
    """An official who was corrected by hand, and whom an output now calls by the right name, is no other official."""
    for row in others:
        if row["replaced_at"] is None and _key(_target(row).target) == key:
            db.run("UPDATE targets SET target_key = :key WHERE id = :id", key=key, id=row["id"])
            return


def _corrected(db: Database, action: int, key: str, said: Target) -> Target:
    rows = db.rows(
        """SELECT k.* FROM target_corrections k JOIN targets t ON t.id = k.target_id
           WHERE t.urgent_action_id = :action AND t.target_key = :key ORDER BY k.id DESC LIMIT 1""",
        action=action,
        key=key,
    )
    newest = _correction(rows[0]) if rows else None
    return newest.instead if newest and newest.said == said else said


def _set(db: Database, action: int, key: str, target: Target, *, place: int, output: int | None, said: str) -> None:
    db.run(
        """INSERT INTO targets (urgent_action_id, target_key, name, role, address, email, fax, salutation, place,
               output_id, said)
           VALUES (:action, :key, :name, :role, :address, :email, :fax, :salutation, :place, :output, :said)
           ON CONFLICT (urgent_action_id, target_key) DO UPDATE SET name = excluded.name, role = excluded.role,
               address = excluded.address, email = excluded.email, fax = excluded.fax,
               salutation = excluded.salutation, place = excluded.place, output_id = excluded.output_id,
               said = excluded.said, replaced_at = NULL""",
        action=action,
        key=key,
        place=place,
        output=output,
        said=said,
        **_columns(target),
    )


def targets(db: Database, action: int) -> list[KnownTarget]:
    """The addressees in force, in the order of the document."""
    rows = db.rows(
        f"{_SELECT} WHERE t.urgent_action_id = :action AND t.replaced_at IS NULL ORDER BY t.place, t.id",
        action=action,
    )
    return [_target(row) for row in rows]


def all_targets(db: Database, action: int) -> list[KnownTarget]:
    """Every addressee that the action ever had, those in force first."""
    rows = db.rows(
        f"""{_SELECT} WHERE t.urgent_action_id = :action
           ORDER BY CASE WHEN t.replaced_at IS NULL THEN 0 ELSE 1 END, t.place, t.id""",
        action=action,
    )
    return [_target(row) for row in rows]


def everybodys_targets(db: Database) -> list[KnownTarget]:
    """The targets of every action, in force or not, in the order of the actions."""
    return [_target(row) for row in db.rows(f"{_SELECT} ORDER BY t.urgent_action_id, t.place, t.id")]


def is_an_addressee(db: Database, email: str) -> bool:
    """Whether any official of any action is written to at that address."""
    return bool(db.rows("SELECT id FROM targets WHERE email = :email LIMIT 1", email=email.lower()))


def target(db: Database, id: int) -> KnownTarget:
    rows = db.rows(f"{_SELECT} WHERE t.id = :id", id=id)
    if not rows:
        raise NotFound("There is no such addressee.")
    return _target(rows[0])


def add_correction(db: Database, target: KnownTarget, instead: Target, *, reason: str, by: str, now: datetime) -> None:
    """Letters go by the corrected target from now on; what the output says stays beside it."""
    db.run(
        """INSERT INTO target_corrections (target_id, said, instead, reason, corrected_by, corrected_at)
           VALUES (:id, :said, :instead, :reason, :by, :at)""",
        id=target.id,
        said=_packed(target.said),
        instead=_packed(instead),
        reason=reason,
        by=by,
        at=instant(now),
    )
    db.run(
        """UPDATE targets SET name = :name, role = :role, address = :address, email = :email, fax = :fax,
               salutation = :salutation, said = :said WHERE id = :id""",
        id=target.id,
        said=_packed(target.said),
        **_columns(instead),
    )


def corrections(db: Database, target: int) -> list[Correction]:
    """The newest first."""
    rows = db.rows("SELECT * FROM target_corrections WHERE target_id = :id ORDER BY id DESC", id=target)
    return [_correction(row) for row in rows]


def set_route(db: Database, target: int, *, by_post: bool) -> bool:
    """Whether letters to that target go by post alone; False if that was so already."""
    changed = db.run(
        """UPDATE targets SET route = CASE WHEN CAST(:post AS text) = 'yes' THEN 'post' ELSE NULL END
           WHERE id = :id AND COALESCE(route, 'any') <> CASE WHEN CAST(:post AS text) = 'yes' THEN 'post' ELSE 'any' END""",
        id=target,
        post="yes" if by_post else "no",
    )
    return changed == 1


def _key(target: Target) -> str:
    return folded(target.name or target.role or "")


def _plain(target: Target) -> Target:
    """A target as columns keep it: papers print addresses in capitals too; no mailbox tells them apart, and we must know ours."""
    email = target.email.lower() if target.email else None
    return replace(target, email=email, address=tuple(line for line in target.address if line), evidence=None)


def _columns(target: Target) -> Row:
    said = vars(_plain(target))
    return {
        **{name: said[name] for name in ("name", "role", "email", "fax", "salutation")},
        "address": "\n".join(target.address),
    }


def _packed(target: Target) -> str:
    return packed({name: value for name, value in vars(_plain(target)).items() if name != "evidence"})


def _unpacked(text: str) -> Target:
    said = unpacked(text)
    return Target(**{**said, "address": tuple(said["address"])})


def _correction(row: Row) -> Correction:
    return Correction(
        _unpacked(row["said"]),
        _unpacked(row["instead"]),
        row["reason"],
        row["corrected_by"],
        moment(row["corrected_at"]),
    )


def _target(row: Row) -> KnownTarget:
    return _known(*(row[name] for name in _COLUMNS_OF_ONE))


_COLUMNS_OF_ONE = (
    "id", "urgent_action_id", "name", "role", "address", "email", "fax", "salutation", "replaced_at", "said", "route", "fails",
)  # fmt: skip


@lru_cache(maxsize=2000)
def _known(
    id: int, action: int, name: str | None, role: str | None, address: str, email: str | None, fax: str | None,
    salutation: str | None, replaced_at: str | None, said: str | None, route: str | None, fails: str | None,
) -> KnownTarget:  # fmt: skip
    """The same columns are read for every page, and change with an output or a person's word alone."""
    lines = tuple(line for line in address.split("\n") if line)
    plain = Target(name=name, role=role, address=lines, email=email, fax=fax, salutation=salutation)
    by_post = route == "post"
    return KnownTarget(
        id=id,
        action=action,
        target=replace(plain, email=None) if by_post or fails else plain,
        replaced_at=moment_or_none(replaced_at),
        email=email,
        said=_unpacked(said) if said else plain,
        fails=fails,
        by_post=by_post,
    )
