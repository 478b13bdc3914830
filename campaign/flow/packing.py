"""Packs for events: letters for one case, made to be printed, signed and posted together."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from campaign.domain.case import Case
from campaign.domain.letter import why_it_may_not_leave
from campaign.domain.pack import MOST_LETTERS, Pack, pack_code
from campaign.domain.refusals import AddresseeUnknown, NotFound, TargetReplaced
from campaign.flow.drafting import draft
from campaign.flow.office import Office
from campaign.flow.printing import NotPrintable
from campaign.letterbook import Draft, PackPages, Sheet, can_be_set_in_type
from campaign.store import actions, cases, groups, packs
from campaign.store.actions import KnownTarget
from campaign.store.database import Database
from campaign.store.journal import Event, record

# So often another draft is asked for before one comes twice.
_TRIES_FOR_ANOTHER = 40


@dataclass(frozen=True)
class Wanted:
    """What an organizer asks for. Without a `target` the letters go to all officials in force, in turn."""

    case: int
    letters: int
    languages: tuple[str, ...]
    target: int | None = None
    group: int | None = None


def make(db: Database, office: Office, wanted: Wanted, *, by: str, now: datetime) -> Pack:
    """Writes a pack down; its pages are made whenever they are printed. Raises a Refusal, and then nothing is made."""
    if not 1 <= wanted.letters <= MOST_LETTERS or not set(wanted.languages) <= set(languages(office)):
        raise ValueError(f"no pack can be {wanted}")
    with db.atomic():
        case = cases.case(db, wanted.case)
        if refusal := why_it_may_not_leave(case, now):
            raise refusal
        in_force = actions.targets(db, case.action)
        if not in_force:
            raise AddresseeUnknown(case.person.name)
        if wanted.target is not None and wanted.target not in {known.id for known in in_force}:
            raise NotFound("This official is not, or no longer, written to in this case.")
        if wanted.group is not None and not groups.group(db, wanted.group).is_open:
            raise NotFound("There is no such group.")
        alone = in_force[0].id if len(in_force) == 1 else None
        id = packs.add_pack(
            db, pack_code(office.token()), case=case.id, target=wanted.target or alone, group=wanted.group,
            languages=wanted.languages or ("en",), letters=wanted.letters, by=by, now=now,
        )  # fmt: skip
        pack = packs.pack(db, id)
        record(db, Event(now, by, "pack", case.id, after=f"pack {pack.shown_code}, {pack.letters} letters"))
    return pack


def languages(office: Office) -> list[str]:
    """The languages that we have letters in."""
    return list(office.letterbook.offered())


def pdf(db: Database, office: Office, pack: Pack, clock: Callable[[], datetime]) -> bytes:
    """All pages of the pack, by what is in force now.

    Asks whether letters may leave before they are made, and once more when they are: a closing that is saved meanwhile is in
    time. Raises why not, TargetReplaced where they would go to nobody in office, NotPrintable.
    """
    pages = _pages(db, office, pack, clock())
    made = office.letterbook.pack(pages)
    _open_case(db, pack, clock())
    return made


def _open_case(db: Database, pack: Pack, now: datetime) -> Case:
    case = cases.case(db, pack.case)
    if refusal := why_it_may_not_leave(case, now):
        raise refusal
    return case


def _pages(db: Database, office: Office, pack: Pack, now: datetime) -> PackPages:
    case = _open_case(db, pack, now)
    targets = _targets(db, pack, case)
    letters = tuple(_letters(db, office, pack, case, targets))
    _refuse_what_cannot_be_set(case, letters)
    return PackPages(
        code=pack.shown_code,
        case=case,
        letters=letters,
        languages=pack.languages,
        targets=tuple(known.target for known in targets),
        group=groups.group(db, pack.group).name if pack.group else None,
        made_by=pack.made_by,
        made_on=pack.made_at.date(),
        is_late=case.deadline_has_passed(now),
        link=office.link(f"/organizer/events/report?code={pack.shown_code}"),
        site=office.link(f"/ua/{case.path}"),
    )


def _targets(db: Database, pack: Pack, case: Case) -> list[KnownTarget]:
    in_force = actions.targets(db, case.action)
    if pack.target is None:
        if not in_force:
            raise AddresseeUnknown(case.person.name)
        return in_force
    known = actions.target(db, pack.target)
    if known.replaced_at is not None:
        raise TargetReplaced(known.target.title)
    return [known]


def _letters(db: Database, office: Office, pack: Pack, case: Case, targets: list[KnownTarget]) -> Iterator[Sheet]:
    """As many letters as the pack has, in its languages and to its officials in turn, no two of them alike if it can be."""
    had: set[str] = set()
    for place in range(pack.letters):
        language = pack.languages[place % len(pack.languages)]
        known = targets[place // len(pack.languages) % len(targets)]
        drafted = _another(db, office, pack, case, known, language, had, place)
        target = known.target
        yield Sheet(
            address=tuple(line for line in (target.name, target.role, *target.address) if line),
            country="",
            day=pack.made_at.date(),
            subject=drafted.subject,
            body=drafted.body,
            name="",
            language=language,
            number="",
            wanted=office.link(f"/wanted/{case.id}-{known.id}-{case.epoch}"),
        )


def _another(
    db: Database, office: Office, pack: Pack, case: Case, target: KnownTarget, language: str, had: set[str], place: int
) -> Draft:
    for tried in count():
        seed = f"{pack.code}:{place}:{tried}"
        drafted = draft(db, office, case, language=language, target=target, seed=seed)
        if drafted.body not in had or tried == _TRIES_FOR_ANOTHER:
            had.add(drafted.body)
            return drafted
    raise AssertionError


def _refuse_what_cannot_be_set(case: Case, letters: tuple[Sheet, ...]) -> None:
    said = {"\n".join((case.person.name, *letter.address, letter.subject, letter.body)) for letter in letters}
    if not all(can_be_set_in_type(text) for text in said):
        raise NotPrintable
