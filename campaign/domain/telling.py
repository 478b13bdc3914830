"""How outputs, outcomes and people are spoken of on pages and in mails."""

import re
from collections.abc import Iterable

from campaign.domain.urgent_action import Outcome, Output, Person, Reading

_ORDINALS = (
    "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth", "Eleventh", "Twelfth",
)  # fmt: skip

OUTCOME_WORDS: dict[Outcome, str] = {
    Outcome.DIED: "has died",
    Outcome.EXECUTED: "was executed",
    Outcome.DEPORTED: "was deported",
    Outcome.DEPORTATION_HALTED: "will not be deported for now",
    Outcome.ACQUITTED: "was acquitted",
    Outcome.CHARGES_DROPPED: "is no longer charged",
    Outcome.RELEASED_ON_BAIL: "was released on bail",
    Outcome.RELEASED: "was released",
    Outcome.WHEREABOUTS_ESTABLISHED: "has been found",
    Outcome.SENTENCE_COMMUTED: "had the sentence commuted",
    Outcome.STAY_OF_EXECUTION: "was granted a stay of execution",
    Outcome.SENTENCE_UPHELD: "had the sentence upheld",
    Outcome.SENTENCED: "was sentenced",
    Outcome.TRANSFERRED_TO_OTHER_WORK: "is now cared for by long-term work",
}

OUTCOME_LABELS: dict[Outcome, str] = {
    Outcome.DIED: "Died",
    Outcome.EXECUTED: "Executed",
    Outcome.DEPORTED: "Deported",
    Outcome.DEPORTATION_HALTED: "Deportation halted",
    Outcome.ACQUITTED: "Acquitted",
    Outcome.CHARGES_DROPPED: "Charges dropped",
    Outcome.RELEASED_ON_BAIL: "Released on bail",
    Outcome.RELEASED: "Released",
    Outcome.WHEREABOUTS_ESTABLISHED: "Found",
    Outcome.SENTENCE_COMMUTED: "Sentence commuted",
    Outcome.STAY_OF_EXECUTION: "Execution stayed",
    Outcome.SENTENCE_UPHELD: "Sentence upheld",
    Outcome.SENTENCED: "Sentenced",
    Outcome.TRANSFERRED_TO_OTHER_WORK: "Taken over by long-term work",
    Outcome.OTHER: "Ended",
}

GOOD_NEWS = frozenset(
    {
        Outcome.ACQUITTED,
        Outcome.CHARGES_DROPPED,
        Outcome.RELEASED_ON_BAIL,
        Outcome.RELEASED,
        Outcome.WHEREABOUTS_ESTABLISHED,
        Outcome.SENTENCE_COMMUTED,
        Outcome.STAY_OF_EXECUTION,
        Outcome.DEPORTATION_HALTED,
    }
)

_SENTENCE_END = re.compile(r"(?<=[.!?…])[”\"’)]?\s+(?=[“\"‘(]?\w)")
_ABBREVIATION = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|St|No|Gen|Col|Sr|Sra|M|Mme)\.$")
_LONGEST_ABOUT = 320


def label(reading: Reading) -> str:
    """`Third and final output of UA 44/22`, as far as the document tells."""
    number = reading.ua.value if reading.ua else "an unknown number"
    action = number if number.startswith("EXTRA") else f"UA {number}"
    ordinal = reading.ordinal.value if reading.ordinal else None
    if ordinal is None:
        return f"{'Final output' if reading.is_final else 'Output'} of {action}"
    place = _ORDINALS[ordinal - 1] if ordinal <= len(_ORDINALS) else f"{ordinal}th"
    return f"{place}{' and final' if reading.is_final else ''} output of {action}"


def about(person: Person, newest_first: Iterable[Output], others: Iterable[Person] = ()) -> str | None:
    """The newest sentence of a headline's summary that names the person, best one that names none of the others.

    None if no summary names the person.
    """
    names = _ways_to_name(person)
    foreign = set().union(*(_ways_to_name(other) for other in others)) - names
    shared = None
    for output in newest_first:
        for sentence in sentences(output.reading.summary.value) if output.reading.summary else []:
            said = sentence.casefold()
            if len(sentence) > _LONGEST_ABOUT or not any(name in said for name in names):
                continue
            if not any(name in said for name in foreign):
                return sentence
            shared = shared or sentence
    return shared


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph, abbreviations such as `Dr.` left whole."""
    found: list[str] = []
    for piece in _SENTENCE_END.split(text.strip()):
        if found and _ABBREVIATION.search(found[-1]):
            found[-1] += f" {piece}"
        elif piece:
            found.append(piece)
    return found


def outcome_words(outcome: Outcome | None) -> str | None:
    """`was released`: what follows a name; None where nothing more than the end is known."""
    return OUTCOME_WORDS.get(outcome) if outcome else None


def _ways_to_name(person: Person) -> set[str]:
    return {name.casefold() for name in (person.name, *person.aliases) if len(name) > 2}
