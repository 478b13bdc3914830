"""Every reason for which we say no, in a sentence fit to show."""

from datetime import date, datetime
from typing import Any


def N_(words: str) -> str:  # noqa: N802 - the name by which catalogues know what is to be translated
    """Marks English words that pages say in the reader's language."""
    return words


class Refusal(Exception):
    """Something we will not do; its text can be shown to the person who asked.

    `words` are English with a place for each of `facts`, so that pages can say it in other languages.
    """

    def __init__(self, words: str = "", **facts: Any):
        self.words, self.facts = words, facts
        super().__init__(words % {name: in_english(fact) for name, fact in facts.items()} if facts else words)

    @property
    def sentence(self) -> str:
        return str(self)


def in_english(fact: Any) -> Any:
    """Days and instants as an English sentence has them."""
    if isinstance(fact, datetime):
        return f"{fact:%H:%M} UTC on {fact.day} {fact:%B %Y}"
    return fact.isoformat() if isinstance(fact, date) else fact


class NotFound(Refusal):
    def __init__(self, what: str = N_("There is nothing at this address.")):
        super().__init__(what)


class CaseClosed(Refusal):
    def __init__(self, person: str):
        super().__init__(N_("The appeal for %(person)s has ended, so no more letters are needed."), person=person)


class CaseInReview(Refusal):
    def __init__(self, person: str):
        super().__init__(
            N_("The appeal for %(person)s is paused while we check what the newest document says."), person=person
        )


class DeadlinePassed(Refusal):
    def __init__(self, person: str, deadline: date):
        super().__init__(
            N_("The letters for %(person)s were asked for until %(deadline)s, and this one was still waiting then."),
            person=person,
            deadline=deadline,
        )


class AddresseeUnknown(Refusal):
    def __init__(self, person: str):
        super().__init__(
            N_("We do not know yet to whom letters for %(person)s should go, so they cannot be sent from here."),
            person=person,
        )


class NoAddressForChannel(Refusal):
    def __init__(self, target: str):
        super().__init__(
            N_("We have no e-mail address for %(target)s; please send this letter by post."), target=target
        )


class TargetReplaced(Refusal):
    def __init__(self, target: str):
        super().__init__(
            N_("Letters in this case no longer go to %(target)s. Please write to the official named now."),
            target=target,
        )


class NoSuchLetter(Refusal):
    def __init__(self, name: str, language: str):
        super().__init__(
            N_("There is no letter called “%(name)s” in the language “%(language)s”."), name=name, language=language
        )


class Unreadable(Refusal):
    """A document whose text could not be drawn out of it."""


class ConfirmationSpent(Refusal):
    def __init__(self) -> None:
        super().__init__(N_("This link has been used already, or it was never ours. Nothing was changed."))


class ConfirmationExpired(Refusal):
    def __init__(self, days: int):
        super().__init__(
            N_("This link was good for %(days)s days and has ended. Nothing was sent; you can write again."), days=days
        )


class AlreadyWritten(Refusal):
    def __init__(self, target: str):
        super().__init__(
            N_("You have written to %(target)s in this case before; one letter of each person counts."), target=target
        )


class WordsChanged(Refusal):
    def __init__(self) -> None:
        super().__init__(
            N_(
                "The letter was changed after this page was opened. Please read it once more and press the button again."
            )
        )


class TooLateToChange(Refusal):
    def __init__(self) -> None:
        super().__init__(N_("This letter can no longer be changed: it has gone, or it will not go any more."))


class NotTheSender(Refusal):
    def __init__(self) -> None:
        super().__init__(
            N_("This is the address of an official, or one of ours. Please give the address at which we can reach you.")
        )


class TooManyMails(Refusal):
    def __init__(self, again: datetime):
        super().__init__(
            N_(
                "This e-mail address has been sent as many of our mails as it may get. Please try again after %(again)s."
            ),
            again=again,
        )


class TooManyLetters(Refusal):
    def __init__(self, again: datetime):
        super().__init__(
            N_(
                "Very many letters have come from your network. Please try again after %(again)s; what you typed is still "
                "here."
            ),
            again=again,
        )


class NotYetGone(Refusal):
    def __init__(self) -> None:
        super().__init__(
            N_("Please choose the day on which the letter went: not before it was written, and not after today.")
        )


class SignInFailed(Refusal):
    def __init__(self) -> None:
        super().__init__("This name and password do not fit together, or there were too many tries. Please try again.")


class NameTaken(Refusal):
    def __init__(self, name: str):
        super().__init__("There is an account called %(name)s already.", name=name)


class PasswordTooShort(Refusal):
    def __init__(self, least: int):
        super().__init__("A password needs at least %(least)s characters.", least=least)


class ReasonMissing(Refusal):
    def __init__(self) -> None:
        super().__init__("Please say why: such a step needs a reason that others can read later.")


class NothingToChange(Refusal):
    def __init__(self, person: str, status: str):
        super().__init__(
            "The case of %(person)s is %(status)s already, so nothing was changed.", person=person, status=status
        )


class NotUncertain(Refusal):
    def __init__(self, state: str):
        super().__init__(
            "This letter is %(state)s, so there is nothing to settle: that is only for letters of which nobody knows whether "
            "they arrived.",
            state=state,
        )


class NotOneCase(Refusal):
    def __init__(self, said: str, fitting: list[str]):
        if fitting:
            which = "“%(said)s” fits more than one case: %(fitting)s."
        else:
            which = "No case is called “%(said)s”."
        super().__init__(which, said=said, fitting=", ".join(fitting))


class LetterUnfit(Refusal):
    """A letter of an organizer's own that cannot be offered; `reasons` are full sentences."""

    def __init__(self, reasons: tuple[str, ...]):
        self.reasons = reasons
        super().__init__(" ".join(reasons))


class NotMigrated(Refusal):
    def __init__(self) -> None:
        super().__init__("The database is not up to date. Please run: campaign migrate")


class StorageFailed(Refusal):
    def __init__(self, words: str = ""):
        super().__init__(
            N_("Our storage does not answer, so nothing was saved and nothing was sent. Please try later.")
        )
        self.trouble = words


class DatabaseIsOlder(Refusal):
    def __init__(self, seen: int, last: int):
        super().__init__(
            "The database is older than its ledger: it knows %(seen)s of its %(last)s lines. Nothing is sent until they "
            "have been replayed. Please run: campaign restore --replay",
            seen=seen,
            last=last,
        )


class LedgerLost(Refusal):
    def __init__(self, file: str, seen: int, last: int):
        super().__init__(
            "The ledger %(file)s is missing or has lost lines: the database knows %(seen)s of them, the file has "
            "%(last)s. Nothing is sent. Please put the file back; if it is lost for good, run: "
            "campaign restore --replay --ledger-is-lost",
            file=file,
            seen=seen,
            last=last,
        )


class LedgerDamaged(Refusal):
    def __init__(self, file: str, line: int | None):
        where = "Line %(line)s of the ledger %(file)s" if line else "One of the last lines of the ledger %(file)s"
        super().__init__(
            f"{where} cannot be read, so nothing is sent. Please put the file back as it was.", file=file, line=line
        )


class LedgerUnusable(Refusal):
    def __init__(self, file: str, why: str):
        super().__init__(
            "The ledger %(file)s cannot be read and written (%(why)s). What was closed is closed, but nothing is sent until it "
            "can be; what it has to say waits in the database.",
            file=file,
            why=why,
        )


class FileInTheWay(Refusal):
    def __init__(self, file: str):
        super().__init__("%(file)s is there already, and a backup overwrites nothing.", file=file)


class NoBackup(Refusal):
    def __init__(self, why: str):
        super().__init__("No backup was made: %(why)s", why=why)


class NotABackup(Refusal):
    def __init__(self, file: str, why: str):
        super().__init__("%(file)s cannot be restored: %(why)s Nothing was changed.", file=file, why=why)


class DatabaseInUse(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "The database is in use. Please end the web pages, the sender and other commands first; nothing was changed."
        )
