"""Why something that admins do by hand is not done: closing, reopening, correcting, extending."""

from datetime import date, datetime

from campaign.domain.refusals import Refusal


class NothingAsked(Refusal):
    def __init__(self, person: str):
        super().__init__("No reopening of the case of %(person)s waits for a second word.", person=person)


class AskedAlready(Refusal):
    def __init__(self, person: str, by: str):
        super().__init__(
            "%(by)s has asked already to open the case of %(person)s again; it waits for a second admin’s word.",
            person=person,
            by=by,
        )


class SecondWordNeeded(Refusal):
    def __init__(self, by: str):
        super().__init__(
            "%(by)s asked for this reopening, so somebody else has to confirm or refuse it. Who asked can withdraw it.",
            by=by,
        )


class WaitsForSecondWord(Refusal):
    """Not an error: what was asked for is written down, and has no effect yet."""

    def __init__(self, person: str, path: str, at: datetime | None):
        waits = f"The case of %(person)s stays closed until a second admin confirms it: on the page of the case, or by campaign reopen {path} --confirm --by NAME."
        alone = " There is no second admin yet, so it also takes effect by itself at %(at)s, unless it is withdrawn."
        super().__init__(waits + alone if at else waits, person=person, **({"at": at} if at else {}))


class NotTheirsToWithdraw(Refusal):
    def __init__(self, by: str):
        super().__init__("Only %(by)s, who asked for it, can withdraw it; you can refuse it.", by=by)


class TargetUnnamed(Refusal):
    def __init__(self) -> None:
        super().__init__("An official needs a name or an office.")


class NothingCorrected(Refusal):
    def __init__(self, target: str):
        super().__init__("That is what letters to %(target)s go by already, so nothing was changed.", target=target)


class AddressUnusable(Refusal):
    def __init__(self, email: str):
        super().__init__("No mail can be sent to “%(email)s”.", email=email)


class NoAddressToMark(Refusal):
    def __init__(self, target: str):
        super().__init__("We have no e-mail address for %(target)s.", target=target)


class NoDeadlineToExtend(Refusal):
    def __init__(self, action: str):
        super().__init__("The outputs of %(action)s name no day, so there is nothing to extend.", action=action)


class NotLater(Refusal):
    def __init__(self, deadline: date):
        super().__init__(
            "An extended deadline has to be later than %(deadline)s, which the outputs say, and not in the past.",
            deadline=deadline,
        )


class TooLate(Refusal):
    def __init__(self, latest: date):
        super().__init__("A deadline can be extended to %(latest)s at most.", latest=latest)


class NotExtended(Refusal):
    def __init__(self) -> None:
        super().__init__("Nobody has extended this deadline, so nothing was changed.")
