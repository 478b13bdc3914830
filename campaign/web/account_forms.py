"""The forms of those who have an account, or are to have one."""

from wtforms import Form, HiddenField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import EqualTo, InputRequired, Length

from campaign.domain.account import LONGEST_NAME, SHORTEST_PASSWORD, Role
from campaign.web.forms import AtMost, GuardedForm, one_line, plain_name, says_something

ROLE_WORDS = {
    Role.ORGANIZER: "Organizer",
    Role.ADMIN: "Admin",
}
_LONG_ENOUGH = Length(SHORTEST_PASSWORD, 1000, f"A password needs at least {SHORTEST_PASSWORD} characters.")
_NOW = [InputRequired("Please type your current password."), Length(max=1000)]


class SignInForm(GuardedForm):
    name = StringField("Name", filters=[one_line], validators=[InputRequired("Please type your name."), AtMost(200)])
    password = PasswordField("Password", validators=[InputRequired("Please type your password."), Length(max=1000)])
    next = HiddenField()


class CodeForm(GuardedForm):
    code = StringField("Code", filters=[one_line], validators=[InputRequired("Please type the code."), AtMost(40)])
    next = HiddenField()


def _new_password() -> PasswordField:
    return PasswordField("New password", validators=[InputRequired("Please choose a password."), _LONG_ENOUGH])


def _again() -> PasswordField:
    return PasswordField("The same again", validators=[EqualTo("password", "The two passwords are not the same.")])


class NewPasswordForm(GuardedForm):
    """Whoever was invited chooses a password."""

    password, again = _new_password(), _again()


class ChangePasswordForm(GuardedForm):
    current = PasswordField("Your current password", validators=_NOW)
    password, again = _new_password(), _again()


class SecondStepForm(GuardedForm):
    """The code that shows that the app has taken the secret."""

    code = StringField(
        "The six digits that the app shows now",
        filters=[one_line],
        validators=[InputRequired("Please type the code that the app shows."), AtMost(40)],
    )


class RenewSecondStepForm(SecondStepForm):
    """The same where there is one already: it is taken off its owner only with the password."""

    current = PasswordField("Your current password", validators=_NOW)


class PasswordForm(GuardedForm):
    """Something that only the owner may do. It stands on a page with another field of that name, hence an id of its own."""

    current = PasswordField("Your current password", id="current-for-codes", validators=_NOW)


def _role() -> SelectField:
    return SelectField("Role", choices=[SelectChoice(role.value, words) for role, words in ROLE_WORDS.items()])


class InviteForm(GuardedForm):
    name = StringField("Name", filters=[one_line], validators=[says_something, plain_name, AtMost(LONGEST_NAME)])
    role = _role()


class RoleForm(GuardedForm):
    role = _role()


def say_at(form: Form, field: str, sentence: str) -> None:
    """Puts a refusal's sentence beside the field that it is about."""
    form[field].errors = [*form[field].errors, sentence]
