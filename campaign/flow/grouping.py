"""Groups are made, given organizers, and closed."""

from datetime import datetime

from campaign.domain.codes import code_of
from campaign.domain.event_refusals import CodeTaken, GroupClosed, NoGroupCode
from campaign.domain.group import LONGEST_CODE, MADE_CODE, SHORTEST_CODE, Group, group_code
from campaign.domain.refusals import NotFound
from campaign.flow.office import Office
from campaign.letterbook import Poster
from campaign.store import accounts, groups
from campaign.store.database import Database
from campaign.store.journal import Event, record


def make(db: Database, office: Office, name: str, wanted: str, *, by: str, now: datetime) -> int:
    """A new group's id. Without a code that is `wanted` it gets one of ours. Raises NoGroupCode, CodeTaken."""
    code = group_code(wanted) if wanted.strip() else code_of(f"group:{office.token()}", MADE_CODE)
    if code is None:
        raise NoGroupCode(SHORTEST_CODE, LONGEST_CODE)
    with db.atomic():
        id = groups.add_group(db, code, name, by=by, now=now)
        if id is None:
            raise CodeTaken(code)
        record(db, Event(now, by, "group", after=f"group {name} made, code {code}"))
    return id


def close(db: Database, id: int, *, by: str, now: datetime) -> None:
    """Its link marks no letter any more; what was counted stays. A repeat changes nothing."""
    with db.atomic():
        group = groups.group(db, id)
        if groups.close_group(db, id, now):
            record(db, Event(now, by, "group", before=f"group {group.name} open", after="closed"))


def assign(db: Database, id: int, account: int, *, by: str, now: datetime) -> None:
    """Makes somebody an organizer of the group, who from then on sees their groups' figures alone. Raises NotFound."""
    with db.atomic():
        group = groups.group(db, id)
        name = _name_of(db, account)
        if groups.assign(db, id, account):
            record(db, Event(now, by, "group", after=f"{name} organizes {group.name}"))


def release(db: Database, id: int, account: int, *, by: str, now: datetime) -> None:
    """Somebody organizes the group no more. Raises NotFound."""
    with db.atomic():
        group = groups.group(db, id)
        if groups.release(db, id, account):
            record(db, Event(now, by, "group", before=f"{_name_of(db, account)} organizes {group.name}", after="ended"))


def link(office: Office, group: Group) -> str:
    """The group's own address."""
    return office.link(f"/?via={group.code}")


def code(office: Office, group: Group) -> str:
    """The same as a small code to scan, SVG."""
    return office.letterbook.code(link(office, group))


def poster(office: Office, group: Group) -> bytes:
    """One page of PDF with the group's address and code. Raises GroupClosed."""
    if not group.is_open:
        raise GroupClosed(group.name)
    return office.letterbook.poster(Poster(office.title, group.name, link(office, group)))


def _name_of(db: Database, account: int) -> str:
    for known in accounts.accounts(db):
        if known.id == account:
            return known.name
    raise NotFound("There is no such account.")
