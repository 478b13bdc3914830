"""How values look on pages."""

import re
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from flask import Flask, g
from markupsafe import Markup, escape

from campaign.domain.account import Permission
from campaign.domain.case import Case
from campaign.domain.grammar import EnglishMention, mention
from campaign.domain.telling import GOOD_NEWS, OUTCOME_LABELS, outcome_words
from campaign.web import access
from campaign.web.desk import the_desk
from campaign.web.words import CHANNEL_WORDS, DEMAND_WORDS, LANGUAGE_WORDS, RULE_WORDS, STATE_WORDS

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def teach(app: Flask) -> None:
    """Gives the templates their filters, and what every page knows."""
    app.jinja_env.filters.update(
        day=day, moment=moment, number=number, mailto=mailto, paragraphs=paragraphs, linked=linked
    )
    app.jinja_env.globals.update(
        OUTCOME_LABELS=OUTCOME_LABELS,
        GOOD_NEWS=GOOD_NEWS,
        Permission=Permission,
        STATE_WORDS=STATE_WORDS,
        CHANNEL_WORDS=CHANNEL_WORDS,
        RULE_WORDS=RULE_WORDS,
        LANGUAGE_WORDS=LANGUAGE_WORDS,
        outcome_words=outcome_words,
        may=access.may,
        pronoun=pronoun,
        demands=demands,
    )
    app.context_processor(_every_page)


def _every_page() -> dict[str, Any]:
    return {
        "campaign_title": the_desk().settings.title,
        "is_demo": the_desk().settings.demo,
        "account": g.get("account"),
    }


def day(value: date | None) -> str:
    """`9 September 2024`."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}" if value else ""


def moment(value: datetime | None) -> str:
    """`9 September 2024, 14:05 UTC`."""
    return f"{day(value.date())}, {value:%H:%M} UTC" if value else ""


def number(value: int) -> str:
    """`1,248`."""
    return f"{value:,}"


def mailto(address: str, subject: str, body: str) -> str:
    """A link that opens the supporter's own mail program with the letter in it."""
    text = body.replace("\r\n", "\n").replace("\n", "\r\n")
    return f"mailto:{quote(address, safe='@.+-_')}?subject={quote(subject, safe='')}&body={quote(text, safe='')}"


def paragraphs(text: str) -> Markup:
    """Plain text as paragraphs; what stands in it stays text."""
    parts = [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
    lines = [Markup("<br>").join(escape(line) for line in part.split("\n")) for part in parts]
    return Markup("\n").join(Markup("<p>{}</p>").format(line) for line in lines)


def pronoun(case: Case) -> str:
    """`her`, `him` or `them`: how a page speaks of the person of a case."""
    return _spoken_of(case).object


def demands(case: Case) -> list[str]:
    """What letters for the case ask for, each in words that go with the person."""
    said = _spoken_of(case)
    fitting = {"their": said.possessive, "them": said.object, "they": said.subject, "need": said.verb("needs", "need")}
    return [DEMAND_WORDS[kind].format(**fitting) for kind in case.demands if kind in DEMAND_WORDS]


def _spoken_of(case: Case) -> EnglishMention:
    spoken = mention(case.person, "en", case.language)
    assert isinstance(spoken, EnglishMention)
    return spoken


def linked(text: str, base_url: str) -> Markup:
    """Plain text as paragraphs in which our own addresses can be followed."""
    ours = re.compile(re.escape(str(escape(base_url))) + r"/[\w/%.~-]*")
    return Markup(ours.sub(lambda found: f'<a href="{found[0]}">{found[0]}</a>', str(paragraphs(text))))  # noqa: S704
