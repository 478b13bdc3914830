"""The forms in which one field of a reading is corrected: one shape for each kind of value."""

from typing import Any

from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from campaign.domain.corrections import Field
from campaign.domain.countries import COUNTRIES
from campaign.domain.telling import OUTCOME_LABELS
from campaign.web.field_words import DEMAND_WORDS, LANGUAGE_NAMES, VERDICT_WORDS
from campaign.web.forms import AtMost, GuardedForm, many_lines, one_line, says_something

_COUNTRY_NAMES = sorted(COUNTRIES.values())


class SayingForm(GuardedForm):
    """What every word on a reading needs: a reason. `value` is what the field should say."""

    reason = TextAreaField("How do you know?", filters=[many_lines], validators=[says_something, AtMost(1000)])

    def fill(self, value: Any) -> None:
        """Shows the value that counts now."""

    @property
    def value(self) -> Any:
        raise NotImplementedError

    @property
    def about(self) -> str | None:
        """What something new is known by from then on."""
        return None

    @property
    def shown(self) -> list[Any]:
        return [field for field in self if field.type != "CSRFTokenField" and field.name != "reason"]


class LineForm(SayingForm):
    line = StringField("It should say", filters=[one_line], validators=[AtMost(300)])

    def fill(self, value: Any) -> None:
        self.line.data = "" if value is None else str(value)

    @property
    def value(self) -> Any:
        return self.line.data or None


class NewPersonForm(LineForm):
    @property
    def value(self) -> Any:
        return True if self.line.data else None

    @property
    def about(self) -> str | None:
        return str(self.line.data or "")


class DayForm(SayingForm):
    day = StringField("It should be", filters=[one_line], render_kw={"type": "date"})

    def fill(self, value: Any) -> None:
        self.day.data = value or ""

    @property
    def value(self) -> Any:
        return self.day.data or None


class LinesForm(SayingForm):
    lines = TextAreaField("One on each line", filters=[many_lines], validators=[AtMost(1000)])

    def fill(self, value: Any) -> None:
        self.lines.data = "\n".join(value or ())

    @property
    def value(self) -> Any:
        return [one_line(line) for line in (self.lines.data or "").split("\n") if line.strip()]


class ChoiceForm(SayingForm):
    """One of a list of words; an empty one means none."""

    choice = SelectField("It should be", validators=[Optional()])

    @property
    def value(self) -> Any:
        return self.choice.data or None

    def fill(self, value: Any) -> None:
        self.choice.data = value or ""


class YesForm(SayingForm):
    choice = SelectField("It should be", choices=[SelectChoice("yes", "Yes"), SelectChoice("no", "No")])

    def fill(self, value: Any) -> None:
        self.choice.data = "yes" if value else "no"

    @property
    def value(self) -> Any:
        return self.choice.data == "yes"


class AddresseeForm(SayingForm):
    """An official, or that there is none such in the document."""

    role = StringField("Office", filters=[one_line], validators=[AtMost(300)])
    name = StringField("Name", filters=[one_line], validators=[AtMost(300)])
    address = TextAreaField("Postal address", filters=[many_lines], validators=[AtMost(1000)])
    email = StringField("E-mail", filters=[one_line], validators=[AtMost(300)])
    fax = StringField("Fax", filters=[one_line], validators=[AtMost(300)])
    salutation = StringField("Form of address", filters=[one_line], validators=[AtMost(300)])
    is_none = BooleanField("The document has no such addressee")

    def fill(self, value: Any) -> None:
        for name, said in (value or {}).items():
            self[name].data = "\n".join(said) if isinstance(said, list) else said

    @property
    def value(self) -> Any:
        if self.is_none.data:
            return None
        said: dict[str, Any] = {
            name: self[name].data or None for name in ("name", "role", "email", "fax", "salutation")
        }
        return said | {"address": [line for line in (self.address.data or "").split("\n") if line.strip()]}

    @property
    def about(self) -> str | None:
        return " ".join(part for part in (self.role.data, self.name.data) if part)


class DemandForm(SayingForm):
    kind = SelectField("It asks for", choices=[SelectChoice(value, words) for value, words in DEMAND_WORDS.items()])
    text = TextAreaField("In these words", filters=[one_line], validators=[AtMost(300)])
    is_none = BooleanField("The document makes no such demand")

    def fill(self, value: Any) -> None:
        if value:
            self.kind.data, self.text.data = value["kind"], value["text"]

    @property
    def value(self) -> Any:
        return None if self.is_none.data else {"kind": self.kind.data, "text": self.text.data}

    @property
    def about(self) -> str | None:
        return str(self.text.data or "")


_CHOICES: dict[Field, list[tuple[str, str]]] = {
    Field.COUNTRY: [("", "Not known"), *((name, name) for name in _COUNTRY_NAMES)],
    Field.LANGUAGE: list(LANGUAGE_NAMES.items()),
    Field.VERDICT: [("", "As the words of the document say"), *VERDICT_WORDS.items()],
    Field.OUTCOME: [("", "None is told"), *((outcome.value, words) for outcome, words in OUTCOME_LABELS.items())],
}
_SHAPES: dict[Field, type[SayingForm]] = {
    Field.DATE: DayForm,
    Field.DEADLINE: DayForm,
    Field.FINAL: YesForm,
    Field.COPIES: YesForm,
    Field.PERSON: YesForm,
    Field.ALIASES: LinesForm,
    Field.LANGUAGES: LinesForm,
    Field.ADDRESSEE: AddresseeForm,
    Field.DEMAND: DemandForm,
    **dict.fromkeys(_CHOICES, ChoiceForm),
}
CORRECTABLE = frozenset(Field) - {Field.MEANING, Field.IDENTITY, Field.DOUBT}


def correct_form(field: Field, *, is_new: bool, typed: Any = None, value: Any = None) -> SayingForm:
    """The form for a field, with what was typed or with the value that counts now."""
    shape = NewPersonForm if field is Field.PERSON and is_new else _SHAPES.get(field, LineForm)
    form = shape(typed)
    if isinstance(form, ChoiceForm):
        known = {key for key, _ in _CHOICES[field]}
        other = [SelectChoice(value, value)] if value and value not in known else []
        form.choice.choices = [*(SelectChoice(key, words) for key, words in _CHOICES[field]), *other]
    if typed is None:
        form.fill(value)
    return form
