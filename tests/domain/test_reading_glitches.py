"""Noise never turns open into closed or closed into open; at worst a person must decide."""

import random
import textwrap

from hypothesis import given as property_of
from hypothesis import settings
from hypothesis import strategies as st

from campaign.domain.reading import as_truth, read
from tests.domain import reading_given as given

DOCUMENTS = sorted(given.DOCUMENTS.glob("*.txt")) + sorted(given.SAMPLES.glob("*.txt"))
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in DOCUMENTS}


def lose_blanks(text, dice):
    return "".join(c for c in text if c != " " or dice.random() > 0.04)


def add_blanks(text, dice):
    return "".join(c + (" " if dice.random() < 0.02 else "") for c in text)


def add_bold(text, dice):
    return " ".join(f"**{word}**" if dice.random() < 0.1 else word for word in text.split(" "))


def add_soft_hyphens(text, dice):
    return "".join(c + ("\u00ad" if c.isalpha() and dice.random() < 0.1 else "") for c in text)


def rewrap(text, dice):
    width = dice.choice([40, 55, 72])
    return "\n".join(
        "\n".join(textwrap.wrap(line, width, break_long_words=False)) if len(line) > width else line
        for line in text.split("\n")
    )


def shout(text, dice):
    return (
        text.upper()
        if dice.random() < 0.3
        else "\n".join(line.upper() if dice.random() < 0.1 else line for line in text.split("\n"))
    )


def double_blanks(text, dice):
    return "".join(c * (2 if c == " " and dice.random() < 0.2 else 1) for c in text).replace(" ", "\u00a0", 3)


GLITCHES = [lose_blanks, add_blanks, add_bold, add_soft_hyphens, rewrap, shout, double_blanks]


def verdict_by_name(text):
    return {"".join(filter(str.isalpha, p["name"].casefold())): p["action"] for p in as_truth(read(text))["people"]}


def spoilt(name, glitches, seed):
    """A document's text with glitches, the same for the same seed."""
    dice = random.Random(seed)
    text = TEXTS[name]
    for glitch in sorted(glitches, key=lambda glitch: glitch.__name__):
        text = glitch(text, dice)
    return text


def changed_verdicts(name, text):
    """Who is open in a document and closed in its spoilt text, or the other way round; also a verdict that nobody had."""
    clean, noisy = verdict_by_name(TEXTS[name]), verdict_by_name(text)
    surely = {"open", "closed"}
    return {
        person: action
        for person, action in noisy.items()
        if {clean.get(person, action), action} == surely or action in surely - set(clean.values())
    }


# The same examples on every run; `python -m tests.bench.glitches` looks at as many others as one likes.
@settings(max_examples=400, deadline=None, derandomize=True)
@property_of(
    st.sampled_from(sorted(TEXTS)), st.sets(st.sampled_from(GLITCHES), min_size=1, max_size=2), st.integers(0, 2**32)
)
def test_noise_never_turns_open_into_closed_or_closed_into_open(name, glitches, seed):
    assert changed_verdicts(name, spoilt(name, glitches, seed)) == {}


@settings(max_examples=200, deadline=None)
@property_of(st.text(max_size=400))
def test_reading_never_fails_on_any_text(text):
    as_truth(read(text))
    as_truth(read(given.a_document(2, says=text, news=text, names=text[:60])))
