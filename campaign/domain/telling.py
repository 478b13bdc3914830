"""How outputs, outcomes and people are spoken of on pages and in mails."""

import re
from collections.abc import Iterable

from campaign.domain.case import Case
from campaign.domain.grammar import EnglishMention, mention
from campaign.domain.refusals import N_
from campaign.domain.urgent_action import DemandKind, Outcome, Output, Person, Reading

# What an output is called by its place in the series, and whether it is the final one; None where the paper does not tell.
LABELS: dict[tuple[int | None, bool], str] = {
    (None, False): N_("Output of %(action)s"),
    (None, True): N_("Final output of %(action)s"),
    (1, False): N_("First output of %(action)s"),
    (1, True): N_("First and final output of %(action)s"),
    (2, False): N_("Second output of %(action)s"),
    (2, True): N_("Second and final output of %(action)s"),
    (3, False): N_("Third output of %(action)s"),
    (3, True): N_("Third and final output of %(action)s"),
    (4, False): N_("Fourth output of %(action)s"),
    (4, True): N_("Fourth and final output of %(action)s"),
    (5, False): N_("Fifth output of %(action)s"),
    (5, True): N_("Fifth and final output of %(action)s"),
    (6, False): N_("Sixth output of %(action)s"),
    (6, True): N_("Sixth and final output of %(action)s"),
    (7, False): N_("Seventh output of %(action)s"),
    (7, True): N_("Seventh and final output of %(action)s"),
    (8, False): N_("Eighth output of %(action)s"),
    (8, True): N_("Eighth and final output of %(action)s"),
    (9, False): N_("Ninth output of %(action)s"),
    (9, True): N_("Ninth and final output of %(action)s"),
    (10, False): N_("Tenth output of %(action)s"),
    (10, True): N_("Tenth and final output of %(action)s"),
    (11, False): N_("Eleventh output of %(action)s"),
    (11, True): N_("Eleventh and final output of %(action)s"),
    (12, False): N_("Twelfth output of %(action)s"),
    (12, True): N_("Twelfth and final output of %(action)s"),
}
LATER = {False: N_("%(place)sth output of %(action)s"), True: N_("%(place)sth and final output of %(action)s")}
DECISION = N_("Decision of %(name)s")
DECISION_IN_PUBLIC = N_("Decision of an admin")

# What became of somebody, as a sentence that other languages can say in their own order.
OUTCOME_SENTENCES: dict[Outcome, str] = {
    Outcome.DIED: N_("%(name)s has died."),
    Outcome.EXECUTED: N_("%(name)s was executed."),
    Outcome.DEPORTED: N_("%(name)s was deported."),
    Outcome.DEPORTATION_HALTED: N_("%(name)s will not be deported for now."),
    Outcome.ACQUITTED: N_("%(name)s was acquitted."),
    Outcome.CHARGES_DROPPED: N_("%(name)s is no longer charged."),
    Outcome.RELEASED_ON_BAIL: N_("%(name)s was released on bail."),
    Outcome.RELEASED: N_("%(name)s was released."),
    Outcome.WHEREABOUTS_ESTABLISHED: N_("It is known where %(name)s is."),
    Outcome.SENTENCE_COMMUTED: N_("%(name)s had the sentence commuted."),
    Outcome.STAY_OF_EXECUTION: N_("%(name)s was granted a stay of execution."),
    Outcome.SENTENCE_UPHELD: N_("%(name)s had the sentence upheld."),
    Outcome.SENTENCED: N_("%(name)s was sentenced."),
    Outcome.TRANSFERRED_TO_OTHER_WORK: N_("%(name)s is now cared for by long-term work."),
}

OUTCOME_LABELS: dict[Outcome, str] = {
    Outcome.DIED: N_("Died"),
    Outcome.EXECUTED: N_("Executed"),
    Outcome.DEPORTED: N_("Deported"),
    Outcome.DEPORTATION_HALTED: N_("Deportation halted"),
    Outcome.ACQUITTED: N_("Acquitted"),
    Outcome.CHARGES_DROPPED: N_("Charges dropped"),
    Outcome.RELEASED_ON_BAIL: N_("Released on bail"),
    Outcome.RELEASED: N_("Released"),
    Outcome.WHEREABOUTS_ESTABLISHED: N_("Whereabouts known"),
    Outcome.SENTENCE_COMMUTED: N_("Sentence commuted"),
    Outcome.STAY_OF_EXECUTION: N_("Execution stayed"),
    Outcome.SENTENCE_UPHELD: N_("Sentence upheld"),
    Outcome.SENTENCED: N_("Sentenced"),
    Outcome.TRANSFERRED_TO_OTHER_WORK: N_("Taken over by long-term work"),
    Outcome.OTHER: N_("Ended"),
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

# The words in braces are there for English alone: other languages say it without anybody's gender.
DEMAND_WORDS = {
    DemandKind.RELEASE: N_("{their} immediate and unconditional release"),
    DemandKind.HEALTH: N_("the medical care {they} {need}"),
    DemandKind.FAMILY: N_("regular contact with {their} family"),
    DemandKind.LAWYER: N_("access to lawyers of {their} own choice"),
    DemandKind.NO_TORTURE: N_("{their} protection from torture and other ill-treatment"),
    DemandKind.FAIR_TRIAL: N_("a fair trial for {them}"),
    DemandKind.CHARGES: N_("that the charges against {them} are dropped"),
    DemandKind.INVESTIGATION: N_("an independent investigation"),
    DemandKind.PROTECTION: N_("{their} protection from attack and threats"),
    DemandKind.DISAPPEARANCE: N_("that {their} fate and whereabouts are made known"),
    DemandKind.DEATH_PENALTY: N_("that no death sentence is imposed or carried out"),
}

_BLANK = re.compile(r"%\\\((\w+)\\\)s")
_FILLED = {"place": "[0-9]+", "action": ".+", "name": ".+"}
# Each source with what finds it again in what it says; made once, for every page asks.
_SOURCES = tuple(
    (words, re.compile(_BLANK.sub(lambda blank: f"(?P<{blank[1]}>{_FILLED[blank[1]]})", re.escape(words))))
    for words in (*LABELS.values(), *LATER.values(), DECISION_IN_PUBLIC, DECISION)
)

_SENTENCE_END = re.compile(r"(?<=[.!?…])[”\"’)]?\s+(?=[“\"‘(]?\w)")
_ABBREVIATION = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|St|No|Gen|Col|Sr|Sra|M|Mme)\.$")
_LONGEST_ABOUT = 320


def label(reading: Reading) -> str:
    """`Third and final output of UA 44/22`, as far as the document tells."""
    number = reading.ua.value if reading.ua else "an unknown number"
    action = number if number.startswith("EXTRA") else f"UA {number}"
    ordinal = reading.ordinal.value if reading.ordinal else None
    words = LABELS.get((ordinal, reading.is_final), LATER[reading.is_final])
    return words % {"place": ordinal, "action": action}


def in_public(source: str) -> str:
    """A cause's source for those who do not work here: which admin decided is nobody's business."""
    return DECISION_IN_PUBLIC if is_decision(source) else source


def is_decision(source: str) -> bool:
    """Whether a cause's source is a person's decision, rather than a paper."""
    return parts_of_source(source)[0] == DECISION


def demands_of(case: Case) -> list[tuple[str, dict[str, str]]]:
    """What letters for the case ask for: words that can be translated, and what goes into their braces.

    What we have no words for is said as it is printed.
    """
    known = known_demands(case, case.demands)
    return known + [("{text}", {"text": text}) for kind, text in case.asked if kind not in DEMAND_WORDS]


def known_demands(case: Case, kinds: Iterable[DemandKind]) -> list[tuple[str, dict[str, str]]]:
    """The same for some kinds of demands; those that we have no words for are left out."""
    said = mention(case.person, "en", case.language)
    assert isinstance(said, EnglishMention)
    fitting = {"their": said.possessive, "them": said.object, "they": said.subject, "need": said.verb("needs", "need")}
    return [(DEMAND_WORDS[kind], fitting) for kind in kinds if kind in DEMAND_WORDS]


def parts_of_source(said: str) -> tuple[str, dict[str, str]]:
    """The words of a label or of a decision's source, and what stands in their blanks, so that they can be translated."""
    for words, pattern in _SOURCES:
        if found := pattern.fullmatch(said):
            return words, found.groupdict()
    return "%(said)s", {"said": said}


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


def _ways_to_name(person: Person) -> set[str]:
    return {name.casefold() for name in (person.name, *person.aliases) if len(name) > 2}
