"""The letters in `letters/` and our own mails in `templates/mail/`, filled with facts. Nothing else renders them.

Foreign text (names, salutations, what a stranger typed) goes in as values and never as template source.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from campaign.domain.grammar import LANGUAGES, country_in, listed, mention, one_line, sentence_start
from campaign.domain.refusals import NoSuchLetter
from campaign.domain.salutations import greeting
from campaign.domain.urgent_action import DemandKind, Person, Target

# Which template asks for what; where several fit, the first is suggested.
FOR_DEMANDS: tuple[tuple[str, frozenset[DemandKind]], ...] = (
    ("death_penalty", frozenset({DemandKind.DEATH_PENALTY})),
    ("disappearance", frozenset({DemandKind.DISAPPEARANCE})),
    ("release", frozenset({DemandKind.RELEASE})),
    ("health", frozenset({DemandKind.HEALTH})),
    ("fair_trial", frozenset({DemandKind.FAIR_TRIAL})),
    ("protection", frozenset({DemandKind.PROTECTION, DemandKind.NO_TORTURE})),
)
_ENDS = frozenset(".!?…。؟。")


@dataclass(frozen=True)
class Draft:
    """A template filled with facts, from the salutation to the closing formula; the supporter's name is not in it."""

    language: str
    template: str
    subject: str
    body: str


@dataclass(frozen=True)
class OwnWords:
    """A supporter's answers to the two questions above the letter, to be worked into the draft; empty where unanswered."""

    moved: str = ""
    matters: str = ""


NO_WORDS = OwnWords()
LONGEST_ANSWER = 300


@dataclass(frozen=True)
class Chance:
    """What a supporter's draft has of its own: the same `seed` always chooses the same, and none the first of all ways."""

    seed: str

    def either(self, *ways: str) -> str:
        """One of several ways to say a thing."""
        return ways[self._number("\x1f".join(ways)) % len(ways)]

    def mixed(self, items: Iterable[str]) -> list[str]:
        """Items of equal weight in an order of their own."""
        return sorted(items, key=self._number) if self.seed else list(items)

    def _number(self, words: str) -> int:
        if not self.seed:
            return 0
        return int.from_bytes(hashlib.sha256(f"{self.seed}\x1e{words}".encode()).digest()[:8])


@dataclass(frozen=True)
class Notice:
    """A mail of our own."""

    subject: str
    body: str


class Letterbook:
    """Every letter and every mail of ours that can be written."""

    def __init__(self, letters: Path, mails: Path):
        """`letters` has a folder of templates for each language; `mails` has the templates of our own mails."""
        self._letters, self._mails = letters, mails
        self._letter_pages, self._mail_pages = _environment(letters), _environment(mails)

    def offered(self) -> dict[str, list[str]]:
        """The names of the templates in each language, sorted; those that begin with "_" are for other templates."""
        found = {language: _templates(self._letters / language) for language in LANGUAGES}
        return {language: names for language, names in sorted(found.items()) if names}

    def suggest(self, demands: Iterable[DemandKind]) -> str:
        """The name of the template that fits the demands best."""
        return self.fitting(demands)[0]

    def fitting(self, demands: Iterable[DemandKind]) -> tuple[str, ...]:
        """The names of the templates that ask for something demanded, the gravest first; at least one."""
        asked = set(demands)
        found = tuple(name for name, kinds in FOR_DEMANDS if asked & kinds)
        return found or ("release",)

    def draft(
        self,
        name: str,
        language: str,
        *,
        person: Person,
        target: Target | None,
        country: str | None,
        demands: tuple[DemandKind, ...],
        written_in: str = "en",
        seed: str = "",
        own: OwnWords = NO_WORDS,
    ) -> Draft:
        """The letter `name` in `language`; `written_in` is the output's language. Raises NoSuchLetter.

        `seed` is a supporter's own and varies words and orders; without one the first way of each is taken.
        """
        if name not in self.offered().get(language, []):
            raise NoSuchLetter(name, language)
        text = self._letter_pages.get_template(f"{language}/{name}.txt").render(
            person=mention(person, language, written_in),
            salutation=greeting(target.salutation if target else None, language, written_in),
            country=country_in(country, language),
            demands=frozenset(kind.value for kind in demands),
            own=OwnWords(_a_sentence(own.moved), _a_sentence(own.matters)),
            chance=(chance := Chance(seed)),
            either=chance.either,
        )
        subject, body = _divided(text)
        # not str.split: it would take French no-break blanks for plain ones
        paragraphs = (re.sub(r"[ \t\r\n]+", " ", paragraph).strip(" ") for paragraph in re.split(r"\n\s*\n", body))
        return Draft(language, name, subject, "\n\n".join(paragraph for paragraph in paragraphs if paragraph))

    def notice(self, name: str, /, **facts: Any) -> Notice:
        """Our own mail `name`, whose template says which facts it needs. Raises NoSuchLetter."""
        if name not in _templates(self._mails):
            raise NoSuchLetter(name, "en")
        subject, body = _divided(self._mail_pages.get_template(f"{name}.txt").render(facts))
        return Notice(subject, _tidy(body))


def _environment(folder: Path) -> ImmutableSandboxedEnvironment:
    pages = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters.update(line=one_line, start=sentence_start, listed=listed, quoted=quoted, mixed=_mixed)
    return pages


@pass_context
def _mixed(context: Context, items: Iterable[str]) -> list[str]:
    chance: Chance = context["chance"]
    return chance.mixed(items)


def _a_sentence(answer: str) -> str:
    """What somebody answered, as it can stand behind a colon: one line, with an end."""
    said = one_line(answer)[:LONGEST_ANSWER].strip()
    return said if not said or said[-1] in _ENDS else f"{said}."


def _templates(folder: Path) -> list[str]:
    if not folder.is_dir():
        return []
    return sorted(file.stem for file in folder.glob("*.txt") if file.is_file() and not file.name.startswith(("_", ".")))


def _divided(text: str) -> tuple[str, str]:
    """Subject and body of a rendered template."""
    first, _, body = text.lstrip().partition("\n")
    word, _, subject = first.partition(":")
    if word != "Subject" or not subject.strip():
        raise ValueError(f"A template begins with a line “Subject: …”, this one with {first!r}.")
    return one_line(subject), body


def _tidy(text: str) -> str:
    """The text with no blanks at the ends of its lines and one blank line between paragraphs."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n")


def quoted(text: str) -> str:
    """Somebody else's text, marked off with "> " before each line."""
    lines = (one_line(line) for line in _tidy(text).splitlines())
    return "\n".join(f"> {line}".rstrip() for line in lines)
