"""The reasons for which we say no to packs, batches and groups, in sentences fit to show. Staff pages speak English."""

from datetime import date

from campaign.domain.refusals import Refusal


class NoSuchPack(Refusal):
    def __init__(self, code: str):
        super().__init__(
            "We know of no pack with the code “%(code)s”. Please look at the return sheet again.", code=code
        )


class NotYetHeld(Refusal):
    def __init__(self) -> None:
        super().__init__("Please give the day of the event: not before its pack was made, and not after today.")


class EventAfterClosing(Refusal):
    def __init__(self, person: str, ended_on: date):
        super().__init__(
            "The appeal for %(person)s ended on %(ended_on)s, so letters of an event after that day are not counted. "
            "Please do not post them.",
            person=person,
            ended_on=f"{ended_on.day} {ended_on:%B %Y}",
        )


class MoreThanPrinted(Refusal):
    def __init__(self, n: int, letters: int):
        super().__init__(
            "That is more than was printed: %(n)s letters of a pack of %(letters)s. If it is right, please say how it came.",
            n=n,
            letters=letters,
        )


class SameReportStands(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "The very same report stands already: same case, day and number, and the same name. If this is another event, "
            "please say so as the reason."
        )


class ReportedAlready(Refusal):
    def __init__(self) -> None:
        super().__init__("This pack has been reported already. What stands there can be corrected, with a reason.")


class CorrectedAlready(Refusal):
    def __init__(self) -> None:
        super().__init__("Somebody corrected this before you. Please look at what stands there now.")


class NothingCorrected(Refusal):
    def __init__(self) -> None:
        super().__init__("This is what stands there already, so nothing was changed.")


class NoGroupCode(Refusal):
    def __init__(self, shortest: int, longest: int):
        super().__init__(
            "A code has %(shortest)s to %(longest)s capital letters and digits, and none of 0, O, 1 and I.",
            shortest=shortest,
            longest=longest,
        )


class CodeTaken(Refusal):
    def __init__(self, code: str):
        super().__init__("Another group has, or had, the code %(code)s. Please choose another one.", code=code)


class GroupClosed(Refusal):
    def __init__(self, name: str):
        super().__init__("The group %(name)s is closed.", name=name)


class NotPrinted(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "The pages could not be made just now. Please try again in a minute, or ask for fewer letters."
        )
