"""The forms: what may be typed, and the sentence for what does not fit. A form comes back with what was typed.

The supporter's own form is `letter_form`.
"""

import unicodedata
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask import current_app, session
from wtforms import (
    Field,
    Form,
    MultipleFileField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.csrf.session import SessionCSRF
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from campaign import tongues
from campaign.domain.countries import COUNTRIES
from campaign.domain.letter import LONGEST_BODY, LONGEST_SUBJECT
from campaign.domain.refusals import N_
from campaign.flow.offering import LONGEST_TITLE
from campaign.web.tongue import say, tongue
from campaign.web.words import LANGUAGE_WORDS

_CODES = {name.casefold(): code for code, name in COUNTRIES.items()}


NOT_A_CHOICE = N_("Not a valid choice.")


class _Spoken:
    """How the form library's own sentences are said in the page's language."""

    def gettext(self, words: str) -> str:
        return say(words)

    def ngettext(self, one: str, many: str, n: int) -> str:
        return say(one if n == 1 else many)


_SPOKEN = _Spoken()


class GuardedForm(Form):
    """A form that only this browser's session can send."""

    class Meta:
        csrf = True
        csrf_class = SessionCSRF
        csrf_field_name = "csrf_token"
        csrf_time_limit = None  # people write slowly; the session itself ends

        def get_translations(self, form: Form) -> Any:
            return _SPOKEN

        @property
        def csrf_secret(self) -> bytes:
            return str(current_app.config["SECRET_KEY"]).encode()

        @property
        def csrf_context(self) -> Any:
            return session

    @property
    def wrong(self) -> list[tuple[str, str, str]]:
        """For each field that does not fit: its id, its label and the sentence."""
        return [
            (field.id, field.label.text, str(field.errors[0]))
            for field in self
            if field.errors and field.type != "CSRFTokenField"
        ]

    @property
    def is_stale(self) -> bool:
        """Whether it was refused only because it does not belong to this session (or the session is over)."""
        return bool(self["csrf_token"].errors)


def one_line(value: str | None) -> str:
    """Text without line breaks, control and direction marks, and with single blanks."""
    if value and not value.isprintable():
        value = "".join(" " if c.isspace() else c for c in value if c.isspace() or _is_shown(c))
    return " ".join((value or "").split())


def many_lines(value: str | None) -> str:
    """Text with `\\n` line ends and no control or direction marks, without blanks around it."""
    lines = (value or "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_shown_of(line).rstrip() for line in lines).strip()


def _shown_of(line: str) -> str:
    return line if line.isprintable() else "".join(c for c in line.replace("\t", " ") if _is_shown(c))


def _is_shown(c: str) -> bool:
    # Joiners are needed in Persian and Indic scripts and in emoji; other format marks can only mislead.
    return unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn") or c in "\u200c\u200d"


def says_something(form: Form, field: Field) -> None:
    if not any(unicodedata.category(c)[0] in "LN" for c in field.data or ""):
        raise ValidationError(say(N_("Please write something here.")))


class AtMost:
    """A check that a text has no more characters than that; the field on the page takes no more either."""

    def __init__(self, most: int):
        self.most, self.field_flags = most, {"maxlength": most}

    def __call__(self, form: Form, field: Field) -> None:
        if len(field.data or "") > self.most:
            raise ValidationError(say(N_("At most %(n)s characters, please."), n=tongues.number(tongue(), self.most)))


def plain_name(form: Form, field: Field) -> None:
    if any(c in field.data for c in '@<>"\\/'):
        raise ValidationError(say(N_("A name cannot have any of these signs in it: %(signs)s"), signs='@ < > " \\ /'))


def one_address(form: Form, field: Field) -> None:
    """Keeps the address as it will be written to: normal form, the domain in ASCII. Whether it exists shows the mail."""
    try:
        found = validate_email(field.data, check_deliverability=False, allow_smtputf8=False, test_environment=True)
    except EmailNotValidError:
        raise ValidationError(say(N_("This does not look like an e-mail address."))) from None
    field.data = found.ascii_email or found.normalized


def country_code(value: str | None) -> str | None:
    """The code of a country, also where its name was sent."""
    return _CODES.get((value or "").strip().casefold(), value)


class ButtonForm(GuardedForm):
    """One button and nothing else."""


class DocumentForm(GuardedForm):
    """An output, as files or pasted as text."""

    files = MultipleFileField("Files")
    text = TextAreaField("Or paste the text of the output")


class RefuseForm(GuardedForm):
    reason = TextAreaField("Why are they refused?", filters=[many_lines], validators=[says_something, AtMost(1000)])


class ReasonForm(GuardedForm):
    """Buttons that ask for a reason."""

    reason = TextAreaField("How do you know?", filters=[many_lines], validators=[says_something, AtMost(1000)])


class GiveBackForm(GuardedForm):
    sentence = TextAreaField(
        "Why does it not go as it is?", filters=[many_lines], validators=[says_something, AtMost(1000)]
    )


class SettleForm(GuardedForm):
    reason = TextAreaField("How do you know?", filters=[many_lines], validators=[says_something, AtMost(1000)])


class ShowForm(GuardedForm):
    why = TextAreaField("Why do you have to read it?", filters=[many_lines], validators=[says_something, AtMost(1000)])


class OwnLetterForm(GuardedForm):
    """A letter that an organizer writes for an action, with blanks."""

    language = SelectField("Language", choices=[SelectChoice(code, words) for code, words in LANGUAGE_WORDS.items()])
    title = StringField(
        "What supporters choose it by", filters=[one_line], validators=[says_something, AtMost(LONGEST_TITLE)]
    )
    subject = StringField("Subject", filters=[one_line], validators=[says_something, AtMost(LONGEST_SUBJECT)])
    body = TextAreaField("The letter", filters=[many_lines], validators=[says_something, AtMost(LONGEST_BODY)])
