"""How values look on pages."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from flask import Flask, g, request
from markupsafe import Markup, escape

from campaign import tongues
from campaign.domain.account import Permission
from campaign.domain.case import Case
from campaign.domain.countries import COUNTRIES
from campaign.domain.grammar import EnglishMention, mention
from campaign.domain.proofreading import SENTENCES, Note
from campaign.domain.refusals import N_
from campaign.domain.telling import (
    GOOD_NEWS,
    OUTCOME_LABELS,
    OUTCOME_SENTENCES,
    demands_of,
    in_public,
    known_demands,
    label,
    parts_of_source,
)
from campaign.domain.urgent_action import DemandKind, Outcome
from campaign.flow import telling_admins
from campaign.store import inbox
from campaign.web import access, effects, mailing, reopenings_told, words
from campaign.web.desk import db, now, the_desk
from campaign.web.forms import ButtonForm
from campaign.web.tongue import refused, say, tongue


def teach(app: Flask) -> None:
    """Gives the templates their filters, and what every page knows."""
    app.jinja_env.filters.update(
        day=day, iso_day=iso_day, moment=moment, number=number, paragraphs=paragraphs, linked=linked, country=country,
        languages=languages, refused=refused, source=source, note=note_sentence, spoken=spoken, clean=clean,
        effect=effects.in_one_line, label=label,
    )  # fmt: skip
    app.jinja_env.globals.update(
        GOOD_NEWS=GOOD_NEWS,
        OUTCOME_LABELS=OUTCOME_LABELS,
        Permission=Permission,
        say=say,
        became=became,
        may=access.may,
        applied_alone=applied_alone,
        seen_form=ButtonForm,
        write_for=write_for,
        is_late=is_late,
        lead_of=lead_of,
        demands=demands,
        count_waiting_documents=lambda: inbox.count_waiting_documents(db()),
        demand_words=demand_words,
        reopenings_to_tell=reopenings_told.reopenings_to_tell,
        ways_to_mail=mailing.ways,
        ways_to_share=mailing.ways_to_share,
        **{name: value for name, value in vars(words).items() if name.isupper()},
    )
    app.context_processor(_every_page)


def _every_page() -> dict[str, Any]:
    asked = request.full_path.rstrip("?") if request.method == "GET" else request.path
    return {
        "here": asked,
        "is_for_staff": request.blueprint in access.OF_THOSE_WHO_WORK_HERE,
        "campaign_title": the_desk().settings.title,
        "is_demo": the_desk().settings.demo,
        "account": g.get("account"),
    }


def day(value: date | None) -> str:
    """`9 September 2024`, in the page's language."""
    return tongues.day(tongue(), value) if value else ""


def iso_day(text: str) -> str:
    """The same for a day written `2024-09-09`."""
    return day(date.fromisoformat(text))


def moment(value: datetime | None) -> str:
    """`9 September 2024, 14:05 UTC`."""
    return tongues.moment(tongue(), value) if value else ""


def number(value: int) -> str:
    """`1,248`."""
    return tongues.number(tongue(), value)


def paragraphs(text: str) -> Markup:
    """Plain text as paragraphs; what stands in it stays text."""
    parts = [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
    lines = [Markup("<br>").join(escape(line) for line in part.split("\n")) for part in parts]
    return Markup("\n").join(Markup("<p>{}</p>").format(line) for line in lines)


def write_for(case: Case) -> str:
    """What the button says: "Write for her"; in languages where a pronoun would tell a gender, "Write a letter"."""
    return f"Write for {_spoken_of(case).object}" if tongue() == "en" else say("Write a letter")


def applied_alone() -> list[telling_admins.AppliedAlone]:
    """What took effect without an admin's word, for an admin who has not seen it yet."""
    may_see = access.may(Permission.TAKE_IN_DOCUMENTS)
    return telling_admins.applied_alone(the_desk().db, g.account.id, now()) if may_see else []


def is_late(case: Case) -> bool:
    """Whether the day until which letters are asked for has passed. That closes nothing."""
    return case.deadline_has_passed(now())


def demands(case: Case) -> list[str]:
    """What letters for the case ask for, each in words that go with the person; what we have no words for as it is printed."""
    return [say(words).format(**fitting) for words, fitting in demands_of(case)]


def demand_words(case: Case, kinds: Iterable[DemandKind]) -> list[str]:
    """Kinds of demands in words that go with the person; those that we have no words for are left out."""
    return [say(words).format(**fitting) for words, fitting in known_demands(case, kinds)]


def _spoken_of(case: Case) -> EnglishMention:
    spoken_of = mention(case.person, "en", case.language)
    assert isinstance(spoken_of, EnglishMention)
    return spoken_of


def became(outcome: Outcome | None, name: str) -> str:
    """What became of somebody, as a sentence; empty where nothing more than the end is known."""
    sentence = OUTCOME_SENTENCES.get(outcome) if outcome else None
    return say(sentence, name=name) if sentence else ""


def source(said: str) -> str:
    """Which paper or decision says so, in the page's language; who decided is told to those who work here."""
    for_staff = request.blueprint in access.OF_THOSE_WHO_WORK_HERE
    known, blanks = parts_of_source(said if for_staff else in_public(said))
    return tongues.words(tongue(), known) % blanks


def lead_of(note: Note) -> str:
    """What a note begins with: whether it is advice or holds the letter."""
    return say(N_("This holds the letter:")) if note.is_grave else say(N_("Please look:"))


def note_sentence(note: Note) -> str:
    return say(SENTENCES[note.point], words=note.words, instead=note.instead)


def spoken(language: str) -> str:
    """A language of letters, by its code, as the page's language calls it."""
    return say(words.LANGUAGE_WORDS[language]) if language in words.LANGUAGE_WORDS else language


def country(name: str | None) -> str:
    """What the page's language calls a country that documents call so in English."""
    code = _codes().get(name or "")
    return tongues.country(tongue(), code, name or "") if code and tongue() != "en" else name or ""


def languages(names: tuple[str, ...]) -> str:
    """The languages that an official reads, by their English names."""
    return say(N_(", ")).join(tongues.language(tongue(), name) for name in names)


def clean(text: str) -> str:
    """Without the signs that XML cannot hold at all."""
    return "".join(sign for sign in text if sign in "\t\n\r" or (sign >= " " and sign not in "\ufffe\uffff"))


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    return {name: code for code, name in COUNTRIES.items()}


def linked(text: str, base_url: str) -> Markup:
    """Plain text as paragraphs in which our own addresses can be followed."""
    ours = re.compile(re.escape(str(escape(base_url))) + r"/[\w/%.~-]*")
    return Markup(ours.sub(lambda found: f'<a href="{found[0]}">{found[0]}</a>', str(paragraphs(text))))  # noqa: S704
