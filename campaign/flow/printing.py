"""A letter as a page to print and post."""

from datetime import datetime

from campaign.domain.case import Case
from campaign.domain.countries import COUNTRIES
from campaign.domain.letter import Letter
from campaign.domain.refusals import N_, Refusal
from campaign.domain.urgent_action import Target
from campaign.flow.office import Office
from campaign.flow.writing import signed
from campaign.letterbook import Sheet, can_be_set_in_type
from campaign.store import actions, cases
from campaign.store.database import Database


class Held(Refusal):
    def __init__(self) -> None:
        super().__init__(N_("This letter is held back until one of our organizers has looked at it."))


class NotPrintable(Refusal):
    def __init__(self) -> None:
        super().__init__(
            N_("Some of the signs in this letter cannot be set in our PDF. Please use the plain page to print instead.")
        )


def can_be_set(letter: Letter, target: Target) -> bool:
    """Whether we have type for every sign of the letter and of the address over it."""
    return can_be_set_in_type(
        "\n".join([letter.subject or "", letter.body or "", letter.name or "", *_address(target)])
    )


def _address(target: Target) -> tuple[str, ...]:
    return tuple(line for line in (target.name, target.role, *target.address) if line)


def embassy(case: Case, letter: Letter) -> Target:
    """To whom the copy for an embassy goes: the case's country, in the country of the writer."""
    where = COUNTRIES.get(letter.country or "", "")
    address = tuple(line for line in (f"Embassy of {case.country or '…'}", where) if line)
    return Target(name=None, role=f"Ambassador of {case.country or '…'}", address=address)


def sheet(db: Database, office: Office, letter: Letter, now: datetime) -> bytes:
    """The letter as a PDF of one page: address in the window, date, place to sign, and a code that leads to its status.

    Raises NotPrintable where we have no type for its signs.
    """
    case = cases.case(db, letter.case)
    target = actions.target(db, letter.target).target if letter.target else embassy(case, letter)
    if not can_be_set(letter, target):
        raise NotPrintable
    wanted = office.link(f"/wanted/{case.id}-{letter.target or 0}-{letter.epoch}")
    return office.letterbook.sheet(
        Sheet(
            address=_address(target),
            country=letter.country or "",
            day=now.date(),
            subject=letter.subject or "",
            body=signed(letter.body or "", letter.name or ""),
            name=letter.name or "",
            language=letter.language,
            number=letter.number,
            wanted=wanted,
        )
    )
