"""What a supporter's form starts from, and what else it could start from."""

import secrets
from typing import Any

from flask import session
from wtforms.fields.choices import SelectChoice

from campaign.domain.case import Case
from campaign.domain.urgent_action import DemandKind
from campaign.flow import drafting
from campaign.flow.drafting import Draft, OwnWords
from campaign.store import letters, own_letters
from campaign.store.actions import KnownTarget
from campaign.web.desk import db, office
from campaign.web.letter_form import LetterForm
from campaign.web.tongue import say, tongue
from campaign.web.words import LANGUAGE_WORDS, TEMPLATE_WORDS

_SEED = "seed"
# Where these are demanded, whoever writes should think first of their own safety.
_CAREFUL = frozenset({DemandKind.NO_TORTURE, DemandKind.DISAPPEARANCE, DemandKind.PROTECTION})


def seed(case: Case) -> str:
    """What makes drafts for the case this browser's own."""
    if _SEED not in session:
        session[_SEED] = secrets.token_hex(8)
    return f"{session[_SEED]}:{case.id}"


def draft_of(
    case: Case, target: KnownTarget | None, *, language: str | None = None, template: str | None = None
) -> Draft:
    """The draft that this browser gets. Raises NoSuchLetter."""
    return drafting.draft(
        db(), office(), case, language=language, template=template, target=target, seed=seed(case), tongue=tongue()
    )


def another(case: Case, target: KnownTarget, chosen: str) -> Draft:
    """The draft chosen in the form, `fr/release`. Raises NoSuchLetter."""
    language, _, template = chosen.partition("/")
    return draft_of(case, target, language=language or None, template=template or None)


def own_words(form: LetterForm) -> OwnWords:
    return OwnWords(form.moved.data or "", form.matters.data or "")


def offered_for(case: Case) -> list[tuple[str, str, str]]:
    """What a letter for the case can start from: language, name and words for each, those of our organizers first."""
    own = [(one.language, one.name, one.title) for one in own_letters.own_letters(db(), case.action)]
    fitting = office().letterbook.fitting(case.demands)
    return own + [
        (language, name, say(TEMPLATE_WORDS[name]) if name in TEMPLATE_WORDS else name)
        for language, names in office().letterbook.offered().items()
        for name in fitting
        if name in names
    ]


def choices_for(case: Case, language: str | None, template: str | None) -> list[SelectChoice]:
    """The same for the form's list; the one in use stands first."""
    found = [
        SelectChoice(f"{code}/{name}", f"{words} · {say(LANGUAGE_WORDS[code]) if code in LANGUAGE_WORDS else code}")
        for code, name, words in offered_for(case)
    ]
    return sorted(found, key=lambda choice: choice.value != f"{language}/{template}")


def joining(case: Case, receipt: str | None, draft: Draft) -> dict[str, Any]:
    """What a form that adds a letter to a receipt starts with: the first letter's words, greeting the new addressee."""
    if not receipt:
        return {}
    first = letters.letters_of_receipt(db(), receipt)[0]
    if first.case != case.id or not first.body:
        return {}
    greeting = draft.body.split("\n\n")[0]
    rest = first.body.split("\n\n")[1:]
    given = {"name": first.name, "email": first.email, "country": first.country, "subject": first.subject}
    return given | {
        "body": "\n\n".join([greeting, *rest]),
        "language": first.language,
        "joined": receipt,
        "consent": True,
    }


def is_careful(case: Case) -> bool:
    """Whether the advice on the writer's own safety stands open from the start."""
    return bool(_CAREFUL & set(case.demands))
