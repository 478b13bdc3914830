"""What the fields of a reading are called on pages, and how their values look there."""

from datetime import date
from typing import Any

from campaign import tongues
from campaign.domain.corrections import Field
from campaign.domain.telling import OUTCOME_LABELS
from campaign.domain.urgent_action import DemandKind, Outcome, Verdict

FIELD_WORDS: dict[Field, str] = {
    Field.NUMBER: "Urgent Action",
    Field.INDEX: "Index number",
    Field.DATE: "Date",
    Field.COUNTRY: "Country",
    Field.LANGUAGE: "Language of the document",
    Field.TITLE: "Headline",
    Field.PLACE: "Place in the series",
    Field.FINAL: "Final output",
    Field.DEADLINE: "Letters until",
    Field.LANGUAGES: "Languages read there",
    Field.COPIES: "Copies for embassies",
    Field.PERSON: "One of its people",
    Field.NAME: "Name",
    Field.PRONOUNS: "Pronouns",
    Field.ALIASES: "Other names",
    Field.VERDICT: "Letters",
    Field.OUTCOME: "What became of them",
    Field.ADDRESSEE: "Addressee",
    Field.DEMAND: "Demand",
    Field.MEANING: "Who is meant by",
    Field.IDENTITY: "Another name of",
    Field.DOUBT: "Looked at",
}
VERDICT_WORDS = {
    Verdict.OPEN.value: "can go on (open)",
    Verdict.CLOSED.value: "are no longer asked for (closed)",
    Verdict.REVIEW.value: "it is not known yet (review)",
}
DEMAND_WORDS = {kind.value: kind.value.replace("_", " ") for kind in DemandKind}
LANGUAGE_NAMES = {
    "en": "English", "es": "Spanish", "fr": "French", "de": "German", "pt": "Portuguese", "it": "Italian", "ar": "Arabic",
    "nl": "Dutch",
}  # fmt: skip
NOTHING = "none"


def in_words(field: Field, value: Any) -> str:
    """A field's value as a page shows it."""
    if field in (Field.IDENTITY, Field.MEANING):
        return str(value) if value else "somebody else"
    if value is None or value in ("", []):
        return "as the words say" if field is Field.VERDICT else NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return _of_several(value)
    if isinstance(value, list):
        return ", ".join(value)
    if field in (Field.DATE, Field.DEADLINE):
        return tongues.day("en", date.fromisoformat(value))
    return _word(field, str(value))


def _word(field: Field, value: str) -> str:
    if field is Field.VERDICT:
        return VERDICT_WORDS[value]
    if field is Field.OUTCOME:
        return OUTCOME_LABELS[Outcome(value)].lower()
    if field is Field.LANGUAGE:
        return LANGUAGE_NAMES.get(value, value)
    return value


def _of_several(value: dict[str, Any]) -> str:
    if "text" in value:
        return f"{value['text']} ({DEMAND_WORDS[value['kind']]})"
    title = " ".join(value[part] for part in ("role", "name") if value.get(part))
    parts = [title, *value.get("address", ()), value.get("email"), value.get("fax"), value.get("salutation")]
    return ", ".join(str(part) for part in parts if part)
