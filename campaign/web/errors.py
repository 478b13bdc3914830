"""Refusals as pages: each says its own sentence, with the status that fits it."""

import logging
import traceback
from typing import Any

from flask import Flask, render_template
from werkzeug.exceptions import HTTPException, SecurityError

from campaign.domain import admission, event_refusals, refusals
from campaign.domain.case import Case
from campaign.domain.refusals import N_
from campaign.store import cases
from campaign.store.database import Database
from campaign.web.desk import db
from campaign.web.tongue import refused, say

STATUS: dict[type[refusals.Refusal], int] = {
    refusals.NotFound: 404,
    refusals.NotOneCase: 404,
    refusals.NoSuchLetter: 404,
    refusals.CaseClosed: 410,
    refusals.ConfirmationExpired: 410,
    refusals.ConfirmationSpent: 404,
    refusals.TooManyMails: 429,
    refusals.TooManyLetters: 429,
    refusals.NotTheSender: 422,
    refusals.NotYetGone: 422,
    refusals.LetterUnfit: 422,
    refusals.StorageFailed: 503,
    admission.InvitationEnded: 404,
    admission.FromElsewhere: 403,
    event_refusals.NoSuchPack: 404,
    event_refusals.NotYetHeld: 422,
    event_refusals.MoreThanPrinted: 422,
    event_refusals.NoGroupCode: 422,
    event_refusals.EventAfterClosing: 410,
    event_refusals.GroupClosed: 410,
    event_refusals.NotPrinted: 503,
}

_SENTENCES = {
    400: (N_("Something was missing in what arrived"), N_("Please go back and try again; nothing was changed.")),
    404: (N_("Nothing here"), N_("There is nothing at this address.")),
    405: (N_("Not this way"), N_("This address only takes what a form sends. Please go back to the page before it.")),
    413: (N_("Too large"), N_("What was sent is larger than we take in: at most 10 MB. Nothing was changed.")),
    429: (N_("Please wait"), N_("That was tried too often. Please try again later.")),
}
_TITLES = {
    404: N_("Nothing here"),
    410: N_("No longer possible"),
    429: N_("Please wait"),
    503: N_("Not now"),
}

_log = logging.getLogger("campaign")


def status_of(refusal: refusals.Refusal) -> int:
    """The HTTP status of a refusal; 409 where no other fits better."""
    return next((STATUS[kind] for kind in type(refusal).__mro__ if kind in STATUS), 409)


def answer(app: Flask) -> None:
    """Teaches the application to answer refusals and errors with a page."""
    app.register_error_handler(refusals.Refusal, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unforeseen)


def refusal_page(title: str, sentence: str, status: int, **facts: Any) -> tuple[str, int]:
    return render_template("refused.html", title=title, sentence=sentence, **facts), status


def ended_page(case: Case, refusal: refusals.Refusal, text: str | None = None) -> tuple[str, int]:
    """The reason, the day and the line that says so; what was typed is given back, and an open case offered."""
    instead = an_open_case(but=case.id) if not case.is_open else case
    title = say(N_("No letter can go"))
    return refusal_page(title, refused(refusal), status_of(refusal), case=case, text=text, instead=instead)


def _refused(refusal: refusals.Refusal) -> tuple[str, int]:
    status = status_of(refusal)
    if isinstance(refusal, refusals.StorageFailed):
        _log.error("storage failed: %s", refusal.trouble)
    return refusal_page(say(_TITLES.get(status, N_("This cannot be done"))), refused(refusal), status)


def _http(error: HTTPException) -> Any:
    if error.response is not None or error.code is None or error.code < 400:
        return error
    if isinstance(error, SecurityError):
        # Asked for by a name that is not ours: no link can be made for it, so the page has none.
        return render_template("not_our_name.html"), 400
    unknown = (N_("This cannot be done"), N_("Please go back and try again."))
    title, sentence = _SENTENCES.get(error.code, unknown)
    return refusal_page(say(title), say(sentence), error.code)


def _unforeseen(error: Exception) -> tuple[str, int]:
    # Only where and what kind: an exception's words can hold what somebody typed.
    where = "".join(traceback.format_tb(error.__traceback__)[-6:])
    _log.error("unforeseen %s\n%s", type(error).__name__, where)
    sentence = say(N_("This was our mistake. Nothing was sent; please try again later."))
    return refusal_page(say(N_("Something broke")), sentence, 500)


def an_open_case(database: Database | None = None, *, but: int | None = None) -> Any:
    """A case that letters are asked for, to offer in place of one that has ended; None if there is none."""
    open_ones = [case for case in cases.open_cases(database or db()) if case.is_open and case.id != but]
    return open_ones[0] if open_ones else None
