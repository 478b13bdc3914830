"""Why a document, a correction, an answer or an undoing is not applied, in sentences fit to show."""

from campaign.domain.refusals import Refusal


class RehearsalChanged(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "Something else changed in the meantime, so this would no longer do what you saw. Nothing was changed: please "
            "look at it once more."
        )


class WouldReopen(Refusal):
    def __init__(self, people: str):
        super().__init__(
            "This would open a closed case again (%(people)s), and no document or correction does that by itself. Please open "
            "it by hand first, with a reason.",
            people=people,
        )


class NothingToCorrect(Refusal):
    def __init__(self, why: str = "It says so already, so nothing was changed."):
        super().__init__(why)


class DoesNotFit(Refusal):
    """What was typed into a field cannot stand there."""


class TooLateToUndo(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "It was applied more than an hour ago, so it can no longer be undone in one step. A case can still be opened again "
            "by hand, and what was read can be corrected."
        )


class ThanksHaveGone(Refusal):
    def __init__(self, people: str):
        super().__init__(
            "The people who wrote for %(people)s have been told already, so this can no longer be undone in one step.",
            people=people,
        )


class LaterStandsOnIt(Refusal):
    def __init__(self, later: str):
        super().__init__(
            "Something later stands on it (%(later)s), so it cannot be undone. Please undo that first, if it is wrong too.",
            later=later,
        )
