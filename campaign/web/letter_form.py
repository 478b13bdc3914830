"""The supporter's form: a letter, who writes it, and how it shall travel."""

import hashlib
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from itsdangerous import BadSignature, Signer
from markupsafe import Markup
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    Field,
    Form,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import Choice, SelectChoice
from wtforms.validators import InputRequired, Optional, StopValidation, ValidationError
from wtforms.widgets import Select, html_params

from campaign import tongues
from campaign.domain.countries import COUNTRIES
from campaign.domain.folding import fold
from campaign.domain.letter import LONGEST_BODY, LONGEST_NAME, LONGEST_SUBJECT, Channel
from campaign.domain.refusals import N_
from campaign.flow.drafting import LONGEST_ANSWER
from campaign.web.desk import now, the_desk
from campaign.web.forms import (
    NOT_A_CHOICE,
    AtMost,
    GuardedForm,
    country_code,
    many_lines,
    one_address,
    one_line,
    plain_name,
    says_something,
)
from campaign.web.tongue import Said, say, tongue
from campaign.web.words import CHANNEL_WORDS

_CONSENT = N_(
    "I agree that my name, e-mail address, country and letter are kept to send and count this letter and to tell me how it ends."
)
# Nobody reads a letter and fills in a form in less; what is quicker weighs more where letters are limited.
_QUICKEST = timedelta(seconds=3)
_WEIGHT_OF_HASTE = 5


class _EmailIfSentByUs:
    """An address is needed where we send the letter; elsewhere it may be left out."""

    def __call__(self, form: Form, field: Field) -> None:
        if field.data:
            return
        if form["channel"].data == Channel.EMAIL:
            raise StopValidation(
                say(
                    N_(
                        "We need your e-mail address: the letter goes out only after your yes, and we ask for it by mail."
                    )
                )
            )
        field.errors = []
        raise StopValidation


def _stays_empty(form: Form, field: Field) -> None:
    """A trap for programs that fill in whatever they find. Whoever reads the page leaves it empty."""
    if field.data:
        field.data = ""
        raise ValidationError(
            say(
                N_(
                    "A program seems to have filled in a field that nobody sees. It is empty again: please send once more."
                )
            )
        )


@lru_cache(maxsize=len(tongues.TONGUES))
def countries(spoken: str) -> tuple[SelectChoice, ...]:
    """The countries to choose from, as a language calls them and in its order."""
    named = {code: tongues.country(spoken, code, name) if spoken != "en" else name for code, name in COUNTRIES.items()}
    in_order = sorted(named.items(), key=lambda pair: fold(pair[1]))
    first = SelectChoice("", tongues.words(spoken, N_("Choose …")))
    return (first, *(SelectChoice(code, name) for code, name in in_order))


@lru_cache(maxsize=300)
def _options(spoken: str, chosen: str) -> Markup:
    return Markup("").join(
        Select.render_option(Choice(one.value, one.label, one.value == chosen, {})) for one in countries(spoken)
    )


class _Countries:
    """The list of two hundred countries, drawn once for each language and country that is chosen."""

    def __call__(self, field: Field, **kwargs: Any) -> Markup:
        chosen = field.data if field.data in COUNTRIES else ""
        attributes = html_params(name=field.name, id=field.id, required=True, **kwargs)
        return Markup("<select {}>{}</select>").format(Markup(attributes), _options(tongue(), chosen))  # noqa: S704


def _a_country(form: Form, field: Field) -> None:
    if field.data not in COUNTRIES:
        raise ValidationError(say(NOT_A_CHOICE))


def _needed(words: str) -> InputRequired:
    return InputRequired(Said(words))


class WordsForm(GuardedForm):
    """The words of a letter."""

    subject = StringField(Said(N_("Subject")), filters=[one_line], validators=[says_something, AtMost(LONGEST_SUBJECT)])
    body = TextAreaField(
        Said(N_("Your letter")), filters=[many_lines], validators=[says_something, AtMost(LONGEST_BODY)]
    )


class LetterForm(WordsForm):
    """A supporter's letter. Targets and drafts to choose from are set up by the view.

    `website` is a trap for programs, `opened` says when the form was shown and `drafted` is the mark of its draft;
    `joined` is a receipt that the letter joins.
    """

    form_key = HiddenField()
    template = HiddenField()
    language = HiddenField()
    opened = HiddenField()
    drafted = HiddenField()
    joined = HiddenField()
    target = RadioField(Said(N_("To whom?")), choices=[], validators=[_needed(N_("Please choose to whom you write."))])
    moved = StringField(Said(N_("What moved you?")), filters=[one_line], validators=[AtMost(LONGEST_ANSWER)])
    matters = StringField(
        Said(N_("Why does it matter to you?")), filters=[one_line], validators=[AtMost(LONGEST_ANSWER)]
    )
    another = SelectField(Said(N_("Another draft")), choices=[], validate_choice=False)
    name = StringField(
        Said(N_("Your name")), filters=[one_line], validators=[says_something, AtMost(LONGEST_NAME), plain_name]
    )
    initials = BooleanField(Said(N_("Sign with my initials only")))
    email = EmailField(
        Said(N_("Your e-mail address")), filters=[one_line], validators=[_EmailIfSentByUs(), one_address]
    )
    country = SelectField(
        Said(N_("Your country")),
        filters=[country_code],
        validators=[_needed(N_("Please choose your country.")), _a_country],
        choices=[],
        validate_choice=False,  # looked up by _a_country
        widget=_Countries(),
    )
    channel = RadioField(
        Said(N_("How shall it travel?")),
        choices=[SelectChoice(channel.value, Said(words)) for channel, words in CHANNEL_WORDS.items()],
        default=Channel.EMAIL.value,
    )
    answers = BooleanField(Said(N_("The official may answer me directly")))
    embassy = BooleanField(Said(N_("Also a copy for that country’s embassy in my country, for me to post")))
    consent = BooleanField(
        Said(_CONSENT),
        validators=[_needed(N_("Please tick this: without it we may not keep your letter."))],
    )
    news = BooleanField(Said(N_("Also write to me now and then about other cases.")))
    website = StringField(Said(N_("Please leave this field empty")), validators=[_stays_empty])

    @property
    def signature(self) -> str:
        """The name that stands under the letter."""
        name: str = self.name.data
        return initials_of(name) if self.initials.data else name

    @property
    def weight(self) -> int:
        """For how many letters this one counts where they are limited: more than one if nobody can have read it."""
        try:
            shown_at = datetime.fromtimestamp(
                float(_clock(the_desk().settings.secret_key).unsign(self.opened.data or "")), UTC
            )
        except (BadSignature, ValueError):
            return _WEIGHT_OF_HASTE
        return _WEIGHT_OF_HASTE if now() - shown_at < _QUICKEST else 1


class ReportForm(GuardedForm):
    """The day on which a letter went."""

    day = DateField(Said(N_("Day of sending")), validators=[Optional()])


def initials_of(name: str) -> str:
    """`Sol Writer` as `S. W.`"""
    return " ".join(f"{part[0].upper()}." for part in name.split() if part[0].isalnum()) or name


def opened_now() -> str:
    """What a form bears to tell when it was shown, signed."""
    return _clock(the_desk().settings.secret_key).sign(str(now().timestamp())).decode()


@lru_cache(maxsize=8)
def _clock(secret_key: str) -> Signer:
    return Signer(secret_key, salt="form", digest_method=hashlib.sha256, key_derivation="hmac")
