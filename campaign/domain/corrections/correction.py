"""A correction: one thing a document was read to say, and what a named person says that it says."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Field(StrEnum):
    """What can be corrected, and what can be answered.

    `about` names the person, addressee or demand as it was read, and is empty for what is said of the whole document.
    """

    NUMBER = "number"
    INDEX = "index"
    DATE = "date"
    COUNTRY = "country"
    LANGUAGE = "language"
    TITLE = "title"
    PLACE = "place"
    FINAL = "final"
    DEADLINE = "deadline"
    LANGUAGES = "languages"  # in which letters are read there
    COPIES = "copies"  # whether copies for embassies are asked for
    PERSON = "person"  # whether somebody is one of its people
    NAME = "name"
    PRONOUNS = "pronouns"
    ALIASES = "aliases"
    VERDICT = "verdict"
    OUTCOME = "outcome"
    ADDRESSEE = "addressee"
    DEMAND = "demand"
    MEANING = "meaning"  # whom a name as printed means
    IDENTITY = "identity"  # whether somebody listed is another name of somebody else
    DOUBT = "doubt"  # a doubt that somebody looked at and found to change nothing


class CorrectionState(StrEnum):
    """A proposed one has no effect yet; one that is `leaving` has it until its taking back is applied."""

    PROPOSED = "proposed"
    APPLIED = "applied"
    LEAVING = "leaving"
    TAKEN_BACK = "taken_back"


# Which corrections count now, and which would if all that is proposed were applied.
COUNTED = frozenset({CorrectionState.APPLIED, CorrectionState.LEAVING})
TRIED = frozenset({CorrectionState.PROPOSED, CorrectionState.APPLIED})


@dataclass(frozen=True)
class Correction:
    """What somebody says of one field, beside what was read, with a reason.

    `before` and `after` are plain values (texts, numbers, yes or no, dicts, lists, None). `question` is the doubt that it
    answers, if any. One that `reaches` an action (its number) holds for all documents of that action.
    """

    id: int
    document: int
    field: Field
    about: str
    before: Any
    after: Any
    by: str
    at: datetime
    reason: str
    question: str | None = None
    reaches: str | None = None
    state: CorrectionState = CorrectionState.PROPOSED
    ended_by: str | None = None
    ended_at: datetime | None = None
