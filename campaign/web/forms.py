"""The forms: what may be typed, and the sentence for what does not fit. A form comes back with what was typed."""

import unicodedata
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask import current_app, session
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    Form,
    HiddenField,
    MultipleFileField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.csrf.session import SessionCSRF
from wtforms.validators import InputRequired, Length, StopValidation, ValidationError

from campaign.domain.countries import COUNTRIES
from campaign.domain.letter import LONGEST_BODY, LONGEST_NAME, LONGEST_SUBJECT, Channel
from campaign.domain.telling import OUTCOME_LABELS
from campaign.web.words import CHANNEL_WORDS

_CODES = {name.casefold(): code for code, name in COUNTRIES.items()}


class GuardedForm(Form):
    """A form that only this browser's session can send."""

    class Meta:
        csrf = True
        csrf_class = SessionCSRF
        csrf_field_name = "csrf_token"
        csrf_time_limit = None  # people write slowly; the session itself ends

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
    visible = "".join(" " if c.isspace() else c for c in value or "" if c.isspace() or _is_shown(c))
    return " ".join(visible.split())


def many_lines(value: str | None) -> str:
    """Text with `\\n` line ends and no control or direction marks, without blanks around it."""
    lines = (value or "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = ("".join(c for c in line.replace("\t", " ") if _is_shown(c)).rstrip() for line in lines)
    return "\n".join(kept).strip()


def _is_shown(c: str) -> bool:
    # Joiners are needed in Persian and Indic scripts and in emoji; other format marks can only mislead.
    return unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn") or c in "\u200c\u200d"


def _says_something(form: Form, field: Field) -> None:
    if not any(unicodedata.category(c)[0] in "LN" for c in field.data or ""):
        raise ValidationError("Please write something here.")


def _plain_name(form: Form, field: Field) -> None:
    if any(c in field.data for c in '@<>"\\/'):
        raise ValidationError('A name cannot have any of these signs in it: @ < > " \\ /')


def _one_address(form: Form, field: Field) -> None:
    """Keeps the address as it will be written to: normal form, the domain in ASCII. Whether it exists shows the mail."""
    try:
        found = validate_email(field.data, check_deliverability=False, allow_smtputf8=False, test_environment=True)
    except EmailNotValidError:
        raise ValidationError("This does not look like an e-mail address.") from None
    field.data = found.ascii_email or found.normalized


def _country_code(value: str | None) -> str | None:
    """The code of a country, also where its name was sent."""
    return _CODES.get((value or "").strip().casefold(), value)


class _EmailIfSentByUs:
    """An address is needed where we send the letter; elsewhere it may be left out."""

    def __call__(self, form: Form, field: Field) -> None:
        if field.data:
            return
        if form["channel"].data == Channel.EMAIL:
            raise StopValidation(
                "We need your e-mail address: the letter goes out only after you press a button in a mail."
            )
        field.errors = []
        raise StopValidation


class LetterForm(GuardedForm):
    """A supporter's letter. `target` and `template` are set up by the view."""

    form_key = HiddenField()
    template = HiddenField()
    language = HiddenField()
    target = RadioField("To whom?", choices=[], validators=[InputRequired("Please choose to whom you write.")])
    subject = StringField(
        "Subject",
        filters=[one_line],
        validators=[
            _says_something,
            Length(max=LONGEST_SUBJECT, message=f"The subject can have at most {LONGEST_SUBJECT} characters."),
        ],
    )
    body = TextAreaField(
        "Your letter",
        filters=[many_lines],
        validators=[
            _says_something,
            Length(max=LONGEST_BODY, message=f"The letter can have at most {LONGEST_BODY:,} characters."),
        ],
    )
    name = StringField(
        "Your name",
        filters=[one_line],
        validators=[
            _says_something,
            Length(max=LONGEST_NAME, message=f"The name can have at most {LONGEST_NAME} characters."),
            _plain_name,
        ],
    )
    email = EmailField(
        "Your e-mail address",
        filters=[one_line],
        validators=[
            _EmailIfSentByUs(),
            _one_address,
        ],
    )
    country = SelectField(
        "Your country",
        filters=[_country_code],
        choices={"": "Choose …"} | dict(sorted(COUNTRIES.items(), key=lambda pair: pair[1])),
        validators=[InputRequired("Please choose your country.")],
    )
    channel = RadioField(
        "How shall it travel?",
        choices={channel.value: words for channel, words in CHANNEL_WORDS.items()},
        default=Channel.EMAIL.value,
    )
    consent = BooleanField(
        "I agree that my name, address and letter are kept to send and count this letter.",
        validators=[InputRequired("Please tick this: without it we may not keep your letter.")],
    )
    news = BooleanField("Also write to me now and then about other cases.")


class ButtonForm(GuardedForm):
    """One button and nothing else."""


class SignInForm(GuardedForm):
    name = StringField("Name", filters=[one_line], validators=[InputRequired("Please type your name.")])
    password = PasswordField("Password", validators=[InputRequired("Please type your password."), Length(max=1000)])
    next = HiddenField()


class DocumentForm(GuardedForm):
    """An output, as files or pasted as text."""

    files = MultipleFileField("Files")
    text = TextAreaField("Or paste the text of the output")


class CloseForm(GuardedForm):
    reason = TextAreaField(
        "Why is it closed?",
        filters=[many_lines],
        validators=[_says_something, Length(max=2000, message="At most 2,000 characters, please.")],
    )
    outcome = SelectField(
        "What became of the person?",
        choices={"": "Not known, or none of these"} | {key.value: words for key, words in OUTCOME_LABELS.items()},
    )


class ReopenForm(GuardedForm):
    reason = TextAreaField(
        "Why is it opened again?",
        filters=[many_lines],
        validators=[_says_something, Length(max=2000, message="At most 2,000 characters, please.")],
    )
