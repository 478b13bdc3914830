"""The code of a group's link, `?via=CODE`: pages hand it on in their links, so that it needs no cookie."""

from typing import Any

from flask import Flask, has_request_context, request

from campaign.domain.group import group_code

# The pages on a supporter's way to a letter.
_ON_THE_WAY = frozenset(
    {
        "cases.index",
        "cases.results",
        "cases.action",
        "cases.case",
        "cases.how_it_works",
        "writing.write",
        "writing.send",
    }
)


def code_in_link() -> str | None:
    """The code by which somebody came; whether there is such a group is asked only when a letter is made.

    Whatever can be no code is as if it were not there.
    """
    return group_code(request.args.get("via")) if has_request_context() else None


def carry(app: Flask) -> None:
    """Makes links to the pages on the way bear the code too."""
    app.url_defaults(_handed_on)
    app.jinja_env.globals["via"] = code_in_link


def _handed_on(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint in _ON_THE_WAY and (code := code_in_link()):
        values.setdefault("via", code)
