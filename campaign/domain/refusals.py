"""Every reason for which we say no, in a sentence fit to show."""

from datetime import date


class Refusal(Exception):
    """Something we will not do; its text can be shown to the person who asked."""

    @property
    def sentence(self) -> str:
        return str(self)


class NotFound(Refusal):
    def __init__(self, what: str = "There is nothing at this address."):
        super().__init__(what)


class CaseClosed(Refusal):
    def __init__(self, person: str):
        super().__init__(f"The appeal for {person} has ended, so no more letters are needed.")


class CaseInReview(Refusal):
    def __init__(self, person: str):
        super().__init__(f"The case of {person} is paused while we check what its newest document says.")


class DeadlinePassed(Refusal):
    def __init__(self, person: str, deadline: date):
        super().__init__(
            f"The letters for {person} were asked for until {deadline.isoformat()}, and this one was still waiting then."
        )


class AddresseeUnknown(Refusal):
    def __init__(self, person: str):
        super().__init__(
            f"We do not know yet to whom letters for {person} should go, so they cannot be sent from here."
        )


class NoAddressForChannel(Refusal):
    def __init__(self, target: str):
        super().__init__(f"We have no e-mail address for {target}; please send this letter by post.")


class TargetReplaced(Refusal):
    def __init__(self, target: str):
        super().__init__(f"Letters in this case no longer go to {target}. Please write to the official named now.")


class NoSuchLetter(Refusal):
    def __init__(self, name: str, language: str):
        super().__init__(f"There is no letter called “{name}” in the language “{language}”.")


class Unreadable(Refusal):
    """A document whose text could not be drawn out of it."""


class ConfirmationSpent(Refusal):
    def __init__(self) -> None:
        super().__init__("This link has been used already, or it was never ours. Nothing was changed.")


class ConfirmationExpired(Refusal):
    def __init__(self, days: int):
        super().__init__(f"This link was good for {days} days and has ended. Nothing was sent; you can write again.")


class AlreadyWritten(Refusal):
    def __init__(self, target: str):
        super().__init__(f"You have written to {target} in this case before; one letter of each person counts.")


class TooManyMails(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "This e-mail address has been sent as many of our mails as one day allows. Please try again tomorrow."
        )


class SignInFailed(Refusal):
    def __init__(self) -> None:
        super().__init__("This name and password do not fit together, or there were too many tries. Please try again.")


class NameTaken(Refusal):
    def __init__(self, name: str):
        super().__init__(f"There is an account called {name} already.")


class PasswordTooShort(Refusal):
    def __init__(self, least: int):
        super().__init__(f"A password needs at least {least} characters.")


class ReasonMissing(Refusal):
    def __init__(self) -> None:
        super().__init__("Please say why: a closing or a reopening needs a reason that others can read later.")


class NothingToChange(Refusal):
    def __init__(self, person: str, status: str):
        super().__init__(f"The case of {person} is {status} already, so nothing was changed.")


class NotOneCase(Refusal):
    def __init__(self, said: str, fitting: list[str]):
        if fitting:
            which = f"“{said}” fits more than one case: {', '.join(fitting)}."
        else:
            which = f"No case is called “{said}”."
        super().__init__(which)


class NotMigrated(Refusal):
    def __init__(self) -> None:
        super().__init__("The database is not up to date. Please run: campaign migrate")


class StorageFailed(Refusal):
    def __init__(self, words: str = ""):
        self.words = words
        super().__init__("Our storage does not answer, so nothing was saved and nothing was sent. Please try later.")
