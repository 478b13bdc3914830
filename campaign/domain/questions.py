"""Doubts as questions: each with the answers that there are, so that settling one is a press of a button."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from campaign.domain import names
from campaign.domain.corrections import Field
from campaign.domain.corrections.applying import ANSWERED
from campaign.domain.urgent_action import Doubt, Evidence, Reading, Verdict

_SOMEBODY_ELSE = ("", "Somebody else")
_VERDICTS = (
    (Verdict.CLOSED.value, "No: closed"),
    (Verdict.OPEN.value, "Yes: still open"),
    (Verdict.REVIEW.value, "Not known yet"),
)


@dataclass(frozen=True)
class Question:
    """A doubt as a question. Without `choices` the answer is typed into the field.

    A choice is what is kept and the words on its button. `told` are the sentences and lines that raised it; an answer may
    hold for later documents too where it `can_reach`, and always does where it `reaches`.
    """

    field: Field
    about: str
    sentence: str
    choices: tuple[tuple[str, str], ...] = ()
    told: tuple[Doubt, ...] = ()
    can_reach: bool = False
    reaches: bool = False

    @property
    def evidence(self) -> Evidence | None:
        return next((doubt.evidence for doubt in self.told if doubt.evidence), None)

    @property
    def key(self) -> str:
        return f"{self.field}:{self.about}"


@dataclass(frozen=True)
class Touched:
    """Somebody whom a document touches: where its words leave that person, and whose name is much alike."""

    name: str
    is_in_review: bool
    doubts: tuple[Doubt, ...] = ()
    resembles: str | None = None


def questions_of(reading: Reading, touched: Sequence[Touched], people: Sequence[str]) -> list[Question]:
    """What a person has to say about a document, the most basic first; `people` are all of its action."""
    asked = [*_of_number(reading), *_of_identities(touched, people), *_of_names(touched, people)]
    # Whoever may be meant is asked about once it is said who is.
    unclear = {name for question in asked for doubt in question.told for name in doubt.people}
    unclear |= {value for question in asked for value, _ in question.choices}
    asked += [_of_verdict(one) for one in touched if one.is_in_review and one.name not in unclear]
    told = {doubt.sentence for question in asked for doubt in question.told}
    asked += [_of_doubt(doubt) for doubt in _once(reading.doubts) if doubt.sentence not in told]
    return list({question.key: question for question in reversed(asked)}.values())[::-1]


def _of_number(reading: Reading) -> Iterable[Question]:
    if reading.ua is None:
        told = tuple(d for d in reading.doubts if any(words in d.sentence for words in ANSWERED[Field.NUMBER]))
        yield Question(Field.NUMBER, "", "To which Urgent Action does it belong?", told=told)


def _of_identities(touched: Sequence[Touched], people: Sequence[str]) -> Iterable[Question]:
    for one in touched:
        own = tuple(doubt for doubt in one.doubts if doubt.printed == one.name and doubt.people == (one.name,))
        if own:
            others = [name for name in people if name != one.name]
            fits = names.fitting(one.name, [(other,) for other in others])
            choices = tuple((others[n], others[n]) for n in fits) or tuple((other, other) for other in others)
            sentence = f"Which “{one.name}” is meant?"
            yield Question(Field.IDENTITY, one.name, sentence, (*choices, _SOMEBODY_ELSE), own, reaches=True)
        elif one.resembles:
            sentence = f"Is {one.name} another name of {one.resembles}?"
            choices = ((one.resembles, "Yes, the same person"), ("", "No, somebody else"))
            yield Question(Field.IDENTITY, one.name, sentence, choices, (Doubt(sentence),), reaches=True)


def _of_names(touched: Sequence[Touched], people: Sequence[str]) -> Iterable[Question]:
    for doubt in _once(doubt for one in touched for doubt in one.doubts):
        if not doubt.printed or doubt.people == (doubt.printed,):
            continue
        sentence = f"Which “{doubt.printed}” is meant?" if doubt.people else f"Who is meant by “{doubt.printed}”?"
        choices = tuple((name, name) for name in doubt.people or people)
        yield Question(Field.MEANING, doubt.printed, sentence, (*choices, _SOMEBODY_ELSE), (doubt,), can_reach=True)


def _of_verdict(one: Touched) -> Question:
    return Question(Field.VERDICT, one.name, f"Are letters still asked for {one.name}?", _VERDICTS, _once(one.doubts))


def _of_doubt(doubt: Doubt) -> Question:
    for field, words in ANSWERED.items():
        if field is not Field.NUMBER and any(part in doubt.sentence for part in words):
            return Question(field, "", doubt.sentence, told=(doubt,))
    return Question(
        Field.DOUBT, doubt.sentence, doubt.sentence, (("settled", "Looked at: it changes nothing"),), (doubt,)
    )


def _once(doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    return tuple(dict.fromkeys(doubts))
