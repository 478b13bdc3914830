"""In which language a page speaks: the one chosen on it, else the one the browser asks for."""

from typing import Any

from flask import Flask, g, has_request_context, request, session

from campaign import tongues
from campaign.domain.refusals import Refusal, in_english

CHOSEN = "tongue"


class Said:
    """Words that are said in the page's language only when they are shown: for labels that are made before there is a page."""

    def __init__(self, english: str):
        self._english = english

    def __str__(self) -> str:
        return say(self._english)


def tongue() -> str:
    """The language of the page that is being answered; English outside of one."""
    if not has_request_context():
        return "en"
    if "tongue" not in g:
        chosen = session.get(CHOSEN)
        g.tongue = chosen if chosen in tongues.TONGUES else tongues.preferred(request.headers.get("Accept-Language"))
    spoken: str = g.tongue
    return spoken


def say(english: str, **facts: Any) -> str:
    """The words in the page's language, with the facts in their places."""
    words = tongues.words(tongue(), english)
    return words % facts if facts else words


def refused(refusal: Refusal) -> str:
    """A refusal's sentence in the page's language."""
    facts = {name: _shown(fact) for name, fact in refusal.facts.items()}
    return say(refusal.words, **facts)


def _shown(fact: Any) -> Any:
    if hasattr(fact, "hour"):
        return tongues.moment(tongue(), fact)
    if hasattr(fact, "year"):
        return tongues.day(tongue(), fact)
    return in_english(fact)


def teach_tongues(app: Flask) -> None:
    """Gives templates `_` and `trans`, and every page its language and direction."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda words: tongues.words(tongue(), words),
        lambda one, many, n: tongues.counted(tongue(), one, many, n),
        newstyle=True,
    )
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.context_processor(
        lambda: {"tongue": tongue(), "direction": tongues.direction(tongue()), "tongues": tongues.TONGUES}
    )
    app.after_request(_vary)


def _vary(response: Any) -> Any:
    if response.mimetype == "text/html" and not response.location:
        response.vary.add("Accept-Language")
        response.headers.setdefault("Content-Language", tongue())
    return response
