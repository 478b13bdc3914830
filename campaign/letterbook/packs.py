"""What is printed for events: a pack of letters with all that goes with it, and a group's poster."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from campaign import tongues
from campaign.domain.case import Case
from campaign.domain.countries import COUNTRIES
from campaign.domain.refusals import N_
from campaign.domain.telling import demands_of, parts_of_source
from campaign.domain.urgent_action import Target
from campaign.letterbook.sheet import Sheet, code, facts_of, in_type

_CODES = {name: code for code, name in COUNTRIES.items()}
_SAFETY = (
    N_(
        "Do you have family or friends in the country you write to, or a passport of it, or plan to travel there? Then sign "
        "with initials only, or leave this letter to others."
    ),
    N_("Leave out your home address and telephone number. The letter does not need them."),
    N_("Be polite, and write only what you would say to the official’s face. An insult harms the one you write for."),
    N_("Ask for what the document asks for. Promise and threaten nothing."),
)
_LATE = N_(
    "Letters were asked for until %(day)s. Nothing newer is known, so please ask your Amnesty office whether they still help."
)
# A sheet of labels that shops sell: three beside each other, seven below.
_LABELS_ON_A_PAGE = 21


@dataclass(frozen=True)
class PackPages:
    """What a pack is printed from. `link` is where its code is typed, `site` where the case can be read."""

    code: str
    case: Case
    letters: tuple[Sheet, ...]
    languages: tuple[str, ...]
    targets: tuple[Target, ...]
    group: str | None
    made_by: str
    made_on: date
    is_late: bool
    link: str
    site: str


@dataclass(frozen=True)
class Poster:
    """A group's own link, to be hung up."""

    title: str
    group: str
    link: str


def pack_facts(pages: PackPages) -> dict[str, Any]:
    """All that the pages of a pack say."""
    addresses = [[in_type(line, 18) for line in _address(target)] for target in pages.targets]
    return {
        "title": f"Pack {pages.code}: letters for {pages.case.person.name}",
        "pack": pages.code,
        "person": in_type(pages.case.person.name),
        "ua": _ua(pages.case.ua),
        "cards": [_card(pages, language) for language in pages.languages],
        "letters": [facts_of(letter) for letter in pages.letters],
        "labels": [lines for lines in addresses for _ in range(_LABELS_ON_A_PAGE)],
        "addresses": addresses,
        "n": len(pages.letters),
        "in_turn": len(addresses) > 1,
        "group": in_type(pages.group or ""),
        "made": f"{tongues.day('en', pages.made_on)} by {in_type(pages.made_by)}",
        "link": pages.link,
        "plain_link": in_type(pages.link.partition("?")[0], 50),
        "site": in_type(pages.site, 50),
        "code": code(pages.link),
    }


def poster_facts(poster: Poster) -> dict[str, Any]:
    return {
        "title": in_type(poster.title),
        "group": in_type(poster.group, 12),
        "link": poster.link,
        "shown_link": in_type(poster.link, 45),
        "code": code(poster.link),
    }


def _card(pages: PackPages, language: str) -> dict[str, Any]:
    """Who the letters are for and why they are still asked for, in one of the languages of the letters."""
    case = pages.case

    def said(words: str, **blanks: Any) -> str:
        return tongues.words(language, words) % blanks if blanks else tongues.words(language, words)

    deadline = tongues.day(language, case.deadline) if case.deadline else ""
    status = N_("Open: letters were asked for until %(day)s") if pages.is_late else N_(
        "Open: letters are asked for until %(day)s"
    )  # fmt: skip
    source, blanks = parts_of_source(case.cause.source)
    country = tongues.country(language, _CODES.get(case.country or "", ""), case.country or "")
    return {
        "lang": language,
        "where": " · ".join(part for part in (country, _ua(case.ua)) if part),
        "person": in_type(case.person.name),
        "status": said(status, day=deadline) if deadline else said(N_("Open: letters can go on")),
        "late": said(_LATE, day=deadline) if pages.is_late else "",
        "evidence": in_type(case.cause.text),
        "source": f"{said(source, **blanks)} · {said(N_('since %(day)s'), day=tongues.day(language, case.since))}",
        "doc_lang": case.language,
        "about": in_type(case.about or ""),
        "asks": said(N_("What your letter asks for")),
        "demands": [
            in_type(tongues.words(language, words).format(**fitting)) for words, fitting in demands_of(case)
        ],
        "to": said(N_("To whom it goes")),
        "officials": [in_type(target.title) for target in pages.targets],
        "safety": said(N_("Before you write: your own safety")),
        "advice": [said(one) for one in _SAFETY],
    }  # fmt: skip


def _address(target: Target) -> tuple[str, ...]:
    return tuple(line for line in (target.name, target.role, *target.address) if line)


def _ua(number: str) -> str:
    return number if number.startswith("EXTRA") else f"UA {number}"
