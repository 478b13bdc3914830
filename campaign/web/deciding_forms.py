"""The forms of what admins decide by hand: whom to close and on what grounds, reopenings, addressees, deadlines, pauses."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    Field,
    Form,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError

from campaign.domain.case import Case
from campaign.domain.telling import OUTCOME_LABELS
from campaign.domain.urgent_action import Grounds, Outcome, Target
from campaign.flow.deciding import Closing
from campaign.store.documents import Document
from campaign.store.targets import KnownTarget
from campaign.web.forms import AtMost, GuardedForm, many_lines, one_address, one_line, says_something

_OUTCOMES = [
    SelectChoice("", "Not known, or none of these"),
    *(SelectChoice(outcome.value, words) for outcome, words in OUTCOME_LABELS.items()),
]
_LONGEST = 2000


def _a_link(form: Form, field: Field) -> None:
    try:
        parts = urlsplit(field.data or "")
        is_one = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_one = False
    if not is_one or " " in field.data:
        raise ValidationError("A link begins with https:// or http://.")


def _reason(label: str) -> TextAreaField:
    return TextAreaField(label, filters=[many_lines], validators=[says_something, AtMost(_LONGEST)])


def marked(form: Any, word: str) -> Any:
    """The form with ids of its own, for a page that has several with the same fields."""
    for field in form:
        field.id = field.label.field_id = f"{word}-{field.name}"
    return form


class ReasonForm(GuardedForm):
    """A step that needs nothing but a reason."""

    reason = _reason("Why?")


class GroundsForm(GuardedForm):
    """What a decision rests on: at least one of a link, a document of ours and a sentence."""

    link = StringField("A link", filters=[one_line], validators=[Optional(), _a_link, AtMost(1000)])
    document = SelectField("A document of ours", choices=[], validators=[Optional()], validate_choice=False)
    words = TextAreaField("A sentence", filters=[many_lines], validators=[AtMost(_LONGEST)])

    def offer(self, kept: Iterable[Document]) -> None:
        """The documents to choose from."""
        named = [SelectChoice(str(one.id), f"{one.id}: {one.name}") for one in kept]
        self.document.choices = [SelectChoice("", "None"), *named]

    @property
    def grounds(self) -> Grounds:
        document = self.document.data or ""
        known = {choice.value for choice in self.document.choices}
        return Grounds(
            self.link.data or None, int(document) if document and document in known else None, self.words.data or None
        )

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        fits = bool(super().validate(*args, **kwargs))
        if fits and not self.grounds.are_given:
            self.link.errors = ["Please say what it rests on: a link, a document of ours, or a sentence."]
            return False
        return fits


class ClosingForm(GroundsForm):
    """Whom to close, each with an outcome of their own; the fields for each person are added by `closing_form`."""

    reason = _reason("Why is it closed?")
    of: tuple[Case, ...] = ()

    @property
    def people(self) -> list[tuple[Case, Field, Field]]:
        """Each person who can be closed, with the box to tick and the outcome to choose."""
        return [(case, self[f"close_{case.id}"], self[f"outcome_{case.id}"]) for case in self.of]

    @property
    def chosen(self) -> list[Case]:
        return [case for case, tick, _ in self.people if tick.data]

    @property
    def closings(self) -> list[Closing]:
        return [
            Closing(case.id, Outcome(outcome.data) if outcome.data else None)
            for case, tick, outcome in self.people
            if tick.data
        ]

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        fits = super().validate(*args, **kwargs)
        if not self.chosen and (left := [tick for case, tick, _ in self.people if not case.has_ended]):
            left[0].errors = ["Please tick whom to close."]
            return False
        return fits


def closing_form(of: Iterable[Case], formdata: Any = None, *, ticked: int | None = None) -> ClosingForm:
    """The form for these cases; `ticked` is the one chosen from the start."""
    some = tuple(of)
    fields: dict[str, Any] = {"of": some}
    for case in some:
        fields[f"close_{case.id}"] = BooleanField(case.person.name, default=case.id == ticked)
        asked = f"What became of {case.person.name}?"
        fields[f"outcome_{case.id}"] = SelectField(asked, choices=_OUTCOMES, default="")
    made: ClosingForm = type("ClosingForm", (ClosingForm,), fields)(formdata)
    return made


class ReopeningForm(GroundsForm):
    reason = _reason("Why can letters go on?")


class RefusalForm(GuardedForm):
    reason = _reason("Why should it stay closed?")


class ExtensionForm(GuardedForm):
    until = DateField("Letters can go until", validators=[InputRequired("Please choose a day.")])
    reason = _reason("Why is it extended?")


class TargetForm(GuardedForm):
    """An official as letters go by them."""

    name = StringField("Name", filters=[one_line], validators=[AtMost(200)])
    role = StringField("Office", filters=[one_line], validators=[AtMost(300)])
    salutation = StringField("Salutation", filters=[one_line], validators=[AtMost(200)])
    address = TextAreaField("Address for the post", filters=[many_lines], validators=[AtMost(600)])
    email = EmailField("E-mail address", filters=[one_line], validators=[Optional(), one_address])
    fax = StringField("Fax number", filters=[one_line], validators=[AtMost(60)])
    reason = _reason("Why is it corrected?")

    @property
    def target(self) -> Target:
        return Target(
            name=self.name.data or None,
            role=self.role.data or None,
            address=tuple(line.strip() for line in (self.address.data or "").split("\n") if line.strip()),
            email=(self.email.data or "").lower() or None,
            fax=self.fax.data or None,
            salutation=self.salutation.data or None,
        )


def target_form(known: KnownTarget) -> TargetForm:
    """The form as the target stands now."""
    now = known.corrected
    return TargetForm(data={**vars(now), "address": "\n".join(now.address)})


class RouteForm(GuardedForm):
    route = RadioField(
        "How may letters travel?",
        choices=[
            SelectChoice("any", "By e-mail, or by post"),
            SelectChoice("post", "By post alone: e-mail is not offered"),
        ],
        validators=[InputRequired("Please choose one.")],
    )
    reason = _reason("Why this way?")
