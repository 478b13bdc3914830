"""Why somebody is not let in, or an account is not changed: refusals of accounts, in sentences fit to show."""

from datetime import timedelta

from campaign.domain.account import WRONG_TRIES_WITHIN
from campaign.domain.refusals import N_, NotFound, Refusal


def _minutes(time: timedelta) -> int:
    return int(time.total_seconds() // 60)


class SignInFailed(Refusal):
    """One sentence for all reasons, so that it tells nobody which names exist."""

    def __init__(self) -> None:
        super().__init__(
            "This name and password do not fit together, or there were too many tries. After too many, nothing works for "
            "%(minutes)s minutes.",
            minutes=_minutes(WRONG_TRIES_WITHIN),
        )


class CodeWrong(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "This code does not fit, or it was used already. Please wait for the next one, and see that the clock of the "
            "phone is right. After too many tries nothing works for %(minutes)s minutes.",
            minutes=_minutes(WRONG_TRIES_WITHIN),
        )


class CodeUnfit(Refusal):
    """While the app is set up: there is nothing to guess then."""

    def __init__(self) -> None:
        super().__init__(
            "This code does not fit. Please wait for the next one, and see that the clock of the phone is right."
        )


class CodeNotAwaited(Refusal):
    def __init__(self) -> None:
        super().__init__("The time for the code is over. Please sign in again, with name and password.")


class PasswordWrong(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "This is not your current password, or there were too many tries. After too many, nothing works for "
            "%(minutes)s minutes.",
            minutes=_minutes(WRONG_TRIES_WITHIN),
        )


class PasswordTooShort(Refusal):
    def __init__(self, least: int):
        super().__init__("A password needs at least %(least)s characters.", least=least)


class PasswordIsTheName(Refusal):
    def __init__(self) -> None:
        super().__init__("A password must not be made of the name. Please choose another one.")


class NameTaken(Refusal):
    def __init__(self, name: str):
        super().__init__("There is an account called %(name)s already, perhaps a closed one.", name=name)


class NoSuchAccount(NotFound):
    def __init__(self, name: str):
        super().__init__(f"There is no open account called {name}.")


class LastAdmin(Refusal):
    def __init__(self, name: str):
        super().__init__(
            "%(name)s is the only admin, and without one nobody could close a case. Please make another admin first.",
            name=name,
        )


class InvitationEnded(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "This invitation was used or taken back, or its time is over. Please ask whoever sent it for a new one."
        )


class NoSecondStep(Refusal):
    def __init__(self, name: str):
        super().__init__("%(name)s has no second step, so there is nothing to take off.", name=name)


class NameUnfit(Refusal):
    def __init__(self) -> None:
        super().__init__('A name needs letters, no line breaks, and none of these signs: @ < > " \\ /')


class FromElsewhere(Refusal):
    def __init__(self) -> None:
        super().__init__(N_("This came from a page that is not ours, so nothing was changed."))
