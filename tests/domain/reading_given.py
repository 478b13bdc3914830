"""A small invented action, and documents about it, for the tests of reading and status."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from campaign.domain.reading import as_truth, read
from campaign.domain.urgent_action import Decision, Output, Verdict

DOCUMENTS = Path(__file__).parent.parent / "documents"
SAMPLES = Path(__file__).parent.parent.parent / "campaign" / "samples"
NOON = datetime(2025, 6, 1, 12, tzinfo=UTC)
NAMES = "Ana Maria Ruiz (she, her), Bo Chen (he, him), Carla Diaz (she, her)"
ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth")
ASKING = """TAKE ACTION: WRITE AN APPEAL IN YOUR OWN WORDS OR USE THIS MODEL LETTER

Minister of Justice
Eno Adeyo
Ministry of Justice
1 Long Street
Quito, Ecuador
Email: minister@justice-ec.example

Dear Minister,

I urge you to release all of them at once.

Yours sincerely,

PLEASE TAKE ACTION AS SOON AS POSSIBLE UNTIL: 1 December 2021"""


def a_document(
    number=2, *, says="", names=NAMES, asks=False, final=False, news="There is some news.", index="", day=None
):
    """The text of an output in the layout since 2019."""
    word = ORDINALS[number - 1]
    head = (
        f"{word} UA: 44/21 {index or f'Index: AMR 28/{4000 + number}/2021'} Ecuador Date: {day or f'{number} May 2021'}"
    )
    closing = f"THIS IS THE {word.upper()}{' AND FINAL' if final else ''} OUTPUT FOR UA 44/21" if number > 1 else ""
    field = f"NAME AND PREFERRED PRONOUN: {names}" if names else ""
    paragraphs = [
        head,
        "URGENT ACTION",
        "Three held after a march",
        news,
        says,
        "They had marched for clean water.",
        ASKING if asks else "",
        field,
        closing,
    ]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph) + "\n"


def an_output(text, id=1, *, taken_in_at=None):
    """The output that a text is, taken in some minutes after noon."""
    return Output(id, read(text), taken_in_at or NOON + timedelta(minutes=id))


def a_decision(person, verdict, after, id=1):
    return Decision(id, person, verdict, "Word from the family", "Ada", NOON + timedelta(days=1), after_output=after)


def actions(text):
    """What a text says of each person, one letter each: o for open, c for closed, r for review."""
    return "".join(person["action"][0] for person in as_truth(read(text))["people"])


OPEN, CLOSED, REVIEW = Verdict.OPEN, Verdict.CLOSED, Verdict.REVIEW
