"""The templates, found and filled with facts.

Foreign text (names, salutations, what a stranger typed) goes in as values and never as template source.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from campaign.domain.grammar import LANGUAGES, country_in, listed, mention, one_line, sentence_start
from campaign.domain.refusals import NoSuchLetter
from campaign.domain.salutations import greeting
from campaign.domain.telling import OUTCOME_SENTENCES, parts_of_source
from campaign.domain.urgent_action import DemandKind, Outcome, Person, Target
from campaign.letterbook.blanks import filled
from campaign.letterbook.deliveries import DeliveryPages, delivery_facts
from campaign.letterbook.own_words import NO_WORDS, Chance, OwnWords
from campaign.letterbook.packs import PackPages, Poster, pack_facts, poster_facts
from campaign.letterbook.printer import Printer
from campaign.letterbook.sheet import Press, Sheet, code_file
from campaign.tongues import number, words

# Which template asks for what; where several fit, the first is suggested.
FOR_DEMANDS: tuple[tuple[str, frozenset[DemandKind]], ...] = (
    ("death_penalty", frozenset({DemandKind.DEATH_PENALTY})),
    ("disappearance", frozenset({DemandKind.DISAPPEARANCE})),
    ("release", frozenset({DemandKind.RELEASE})),
    ("health", frozenset({DemandKind.HEALTH})),
    ("fair_trial", frozenset({DemandKind.FAIR_TRIAL})),
    ("protection", frozenset({DemandKind.PROTECTION, DemandKind.NO_TORTURE})),
)
# A supporter's answers, as the letters of a language lead up to them.
_OWN_PARAGRAPHS = (
    '{{% from "{0}/_words.txt" import moved, matters with context %}}{{{{ moved() }}}}\x1e{{{{ matters() }}}}'
)


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
        """`letters` and `mails` have a folder for each language: templates of letters, and of our own mails."""
        self._letters, self._mails = letters, mails
        self._letter_pages, self._mail_pages = _environment(letters), _environment(mails)
        self._press = Press()
        self._printer = Printer()

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
            **_of_their_own(seed, own),
        )
        subject, body = _divided(text)
        return Draft(language, name, subject, _paragraphed(body))

    def draft_own(
        self,
        name: str,
        language: str,
        subject: str,
        body: str,
        *,
        person: Person,
        target: Target | None,
        country: str | None,
        written_in: str = "en",
        seed: str = "",
        own: OwnWords = NO_WORDS,
    ) -> Draft:
        """A letter that an organizer wrote, with its blanks filled: see `blanks.BLANKS`. It is no template source."""
        facts = {
            "person": mention(person, language, written_in),
            "salutation": greeting(target.salutation if target else None, language, written_in),
            "country": country_in(country, language) or "",
        }
        moved, matters = self.own_paragraphs(language, seed, own)
        parts = filled(body, facts).split("\n\n")
        parts[2:2] = [moved] if moved else []
        parts[-2:-2] = [matters] if matters else []
        return Draft(language, name, one_line(filled(subject, facts)), "\n\n".join(parts))

    def own_paragraphs(self, language: str, seed: str, own: OwnWords) -> tuple[str, str]:
        """A supporter's answers as the paragraphs a letter in that language has for them; empty where there is none."""
        if language not in self.offered():
            return own.as_sentences().moved, own.as_sentences().matters
        source = self._letter_pages.from_string(_OWN_PARAGRAPHS.format(language))
        moved, matters = source.render(_of_their_own(seed, own)).split("\x1e")
        return _paragraphed(moved), _paragraphed(matters)

    def sheet(self, sheet: Sheet) -> bytes:
        """A letter as a PDF of one page, to print and post."""
        return self._press.pdf(sheet)

    def pack(self, pages: PackPages) -> bytes:
        """All pages of a pack for an event, as one PDF. Raises NotPrinted."""
        return self._printer.printed("pack.typ", pack_facts(pages))

    def poster(self, poster: Poster) -> bytes:
        return self._printer.printed("poster.typ", poster_facts(poster))

    def delivery(self, pages: DeliveryPages) -> bytes:
        return self._printer.printed("delivery.typ", delivery_facts(pages))

    def code(self, address: str) -> str:
        """The small code that leads to an address, as an SVG file of its own."""
        return code_file(address)

    def notice(self, kind: str, language: str = "en", /, **facts: Any) -> Notice:
        """Our own mail `kind`, in English where it is not there in `language`. The template says which facts it needs.

        Raises NoSuchLetter.
        """
        if kind not in _templates(self._mails / language):
            language = "en"
        if kind not in _templates(self._mails / language):
            raise NoSuchLetter(kind, language)
        page = self._mail_pages.get_template(f"{language}/{kind}.txt")
        said: dict[str, Callable[..., str]] = {"became": _became, "number": number, "source": _source}
        subject, body = _divided(page.render(facts, **{name: partial(say, language) for name, say in said.items()}))
        return Notice(subject, _tidy(body))


def _became(language: str, outcome: str | None, name: str) -> str:
    """What became of somebody, as a sentence; empty where nothing more than the end is known."""
    sentence = OUTCOME_SENTENCES.get(Outcome(outcome)) if outcome else None
    return words(language, sentence) % {"name": one_line(name)} if sentence else ""


def _source(language: str, said: str) -> str:
    """Which paper or decision says so: `Third and final output of UA 44/22` in that language."""
    known, blanks = parts_of_source(one_line(said))
    return words(language, known) % blanks


def _of_their_own(seed: str, own: OwnWords) -> dict[str, Any]:
    chance = Chance(seed)
    return {"own": own.as_sentences(), "chance": chance, "either": chance.either}


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


def _templates(folder: Path) -> list[str]:
    try:
        # A file that comes or goes changes its folder's time, so the folder is read anew only then.
        return list(_names(folder, folder.stat().st_mtime_ns))
    except OSError:
        return []


@lru_cache(maxsize=64)
def _names(folder: Path, changed: int) -> tuple[str, ...]:
    return tuple(
        sorted(file.stem for file in folder.glob("*.txt") if file.is_file() and not file.name.startswith(("_", ".")))
    )


def _divided(text: str) -> tuple[str, str]:
    """Subject and body of a rendered template."""
    first, _, body = text.lstrip().partition("\n")
    word, _, subject = first.partition(":")
    if word != "Subject" or not subject.strip():
        raise ValueError(f"A template begins with a line “Subject: …”, this one with {first!r}.")
    return one_line(subject), body


def _paragraphed(text: str) -> str:
    """The text with each paragraph on one line, and one blank line between them."""
    # not str.split: it would take French no-break blanks for plain ones
    paragraphs = (re.sub(r"[ \t\r\n]+", " ", paragraph).strip(" ") for paragraph in re.split(r"\n\s*\n", text))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _tidy(text: str) -> str:
    """The text with no blanks at the ends of its lines and one blank line between paragraphs."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n")


def quoted(text: str) -> str:
    """Somebody else's text, marked off with "> " before each line."""
    lines = (one_line(line) for line in _tidy(text).splitlines())
    return "\n".join(f"> {line}".rstrip() for line in lines)
