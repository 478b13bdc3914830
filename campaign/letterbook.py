"""The letters in `letters/` and our own mails in `templates/mail/`, filled with facts. Nothing else renders them.

Foreign text (names, salutations, what a stranger typed) goes in as values and never as template source.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from campaign.domain.grammar import LANGUAGES, country_in, listed, mention, one_line, sentence_start
from campaign.domain.refusals import NoSuchLetter
from campaign.domain.salutations import greeting
from campaign.domain.urgent_action import DemandKind, Person, Target


@dataclass(frozen=True)
class Draft:
    """A template filled with facts, from the salutation to the closing formula; the supporter's name is not in it."""

    language: str
    template: str
    subject: str
    body: str


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
        """The name of the template that fits the demands."""
        asked = set(demands)
        return "health" if DemandKind.HEALTH in asked and DemandKind.RELEASE not in asked else "release"

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
    ) -> Draft:
        """The letter `name` in `language`; `written_in` is the output's language. Raises NoSuchLetter."""
        if name not in self.offered().get(language, []):
            raise NoSuchLetter(name, language)
        text = self._letter_pages.get_template(f"{language}/{name}.txt").render(
            person=mention(person, language, written_in),
            salutation=greeting(target.salutation if target else None, language, written_in),
            country=country_in(country, language),
            demands=frozenset(kind.value for kind in demands),
        )
        subject, body = _divided(text)
        paragraphs = (" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", body))
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
    pages.filters.update(line=one_line, start=sentence_start, listed=listed, quoted=quoted)
    return pages


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
