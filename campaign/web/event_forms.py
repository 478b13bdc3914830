"""The forms for packs, reports of events and groups."""

from typing import Any

from wtforms import DateField, IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from campaign.domain.group import LONGEST_CODE, LONGEST_GROUP_NAME, Group
from campaign.domain.letter import LONGEST_NAME
from campaign.domain.pack import LARGEST_BATCH, MOST_LETTERS
from campaign.store.actions import KnownTarget
from campaign.web.forms import AtMost, GuardedForm, many_lines, one_line, says_something
from campaign.web.words import LANGUAGE_WORDS

_LONGEST_PLACE = 200
NO_GROUP = ""
_A_COUNT = NumberRange(0, LARGEST_BATCH, f"Please type a number between 0 and {LARGEST_BATCH:,}.")


def _at_least_one(form: Any, field: Any) -> None:
    if not field.data:
        raise ValidationError("Please choose at least one language.")


class PackForm(GuardedForm):
    """What a pack shall be: set up by `of` for its case."""

    letters = IntegerField(
        "How many letters?",
        validators=[
            InputRequired("Please say how many letters."),
            NumberRange(1, MOST_LETTERS, f"A pack has between 1 and {MOST_LETTERS} letters."),
        ],
    )
    languages = SelectMultipleField(
        "In which languages?",
        choices=[],
        validators=[_at_least_one],
        option_widget=CheckboxInput(),
        widget=ListWidget(),
    )
    target = SelectField("To whom?", choices=[])
    group = SelectField("For which group?", choices=[])

    def of(self, languages: list[str], targets: list[KnownTarget], groups: list[Group]) -> "PackForm":
        """The same form with what there is to choose."""
        self.languages.choices = [SelectChoice(code, LANGUAGE_WORDS.get(code, code)) for code in languages]
        all_in_turn = [SelectChoice("", "All of them, in turn")] if len(targets) > 1 else []
        self.target.choices = all_in_turn + [SelectChoice(str(known.id), known.target.title) for known in targets]
        self.group.choices = choices_of(groups)
        return self


def choices_of(groups: list[Group]) -> list[SelectChoice]:
    return [SelectChoice(NO_GROUP, "No group"), *(SelectChoice(str(one.id), one.name) for one in groups if one.is_open)]


class BatchForm(GuardedForm):
    """What an event reports."""

    n = IntegerField("How many letters were posted?", validators=[InputRequired("Please type the number."), _A_COUNT])
    held_on = DateField("Day of the event", validators=[InputRequired("Please choose the day.")])
    vouched_by = StringField(
        "Who vouches for the number?", filters=[one_line], validators=[says_something, AtMost(LONGEST_NAME)]
    )
    kept_at = StringField(
        "Where is the record kept?", filters=[one_line], validators=[says_something, AtMost(_LONGEST_PLACE)]
    )
    group = SelectField("For which group?", choices=[])
    reason = TextAreaField("Anything to explain?", filters=[many_lines], validators=[AtMost(1000)])


class CorrectForm(BatchForm):
    """What shall stand in place of a report."""

    reason = TextAreaField("Why is it corrected?", filters=[many_lines], validators=[says_something, AtMost(1000)])


class GroupForm(GuardedForm):
    name = StringField("Name", filters=[one_line], validators=[says_something, AtMost(LONGEST_GROUP_NAME)])
    code = StringField("Code", filters=[one_line], validators=[AtMost(2 * LONGEST_CODE)])
