"""The catalogues: everything that is said is there in every language, and nothing else."""

import re
from datetime import UTC, date, datetime

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from campaign import tongues
from campaign.domain.telling import OUTCOME_SENTENCES
from campaign.tongues import CATALOGUES, TONGUES
from tests.sayings import all_sayings

OTHERS = [tongue for tongue in TONGUES if tongue != "en"]
_BLANK = re.compile(r"%\(\w+\)s|\{n\}")


def catalogue(tongue: str) -> Catalog:
    with (CATALOGUES / f"{tongue}.po").open("rb") as source:
        return read_po(source, locale=tongue)


def forms_of(message) -> list[str]:
    return list(message.string) if isinstance(message.string, tuple) else [message.string]


def test_there_is_a_catalogue_for_every_language_and_none_besides():
    assert {file.stem for file in CATALOGUES.glob("*")} == set(OTHERS)


@pytest.mark.parametrize("tongue", OTHERS)
def test_every_sentence_is_there_and_none_that_is_no_longer_said(tongue):
    known, said = catalogue(tongue), all_sayings()

    assert {message.id for message in known if message.id} == {message.id for message in said if message.id}
    assert not known.obsolete
    for message in known:
        assert not message.fuzzy, message.id
        assert all(forms_of(message)) or not message.id, message.id


@pytest.mark.parametrize("tongue", OTHERS)
def test_every_blank_stands_in_the_translation_too_and_no_other(tongue):
    for message in catalogue(tongue):
        if not message.id:
            continue
        english = message.id if isinstance(message.id, str) else message.id[1]
        for form in forms_of(message):
            found = set(_BLANK.findall(form))
            one_or_two = isinstance(message.id, tuple) and not found
            assert found == set(_BLANK.findall(english)) or one_or_two, (message.id, form)
            assert "%" not in _BLANK.sub("", form), form
            assert not re.search(r"\{(?!n\})", form), form


@pytest.mark.parametrize("tongue", OTHERS)
def test_a_translation_is_no_copy_of_the_english(tongue):
    long = [message for message in catalogue(tongue) if isinstance(message.id, str) and message.id.count(" ") > 2]

    assert not [message.id for message in long if message.string == message.id]


@pytest.mark.parametrize("tongue", OTHERS)
def test_every_number_of_things_has_its_words(tongue):
    for message in catalogue(tongue):
        if isinstance(message.id, tuple):
            for n in (0, 1, 2, 3, 10, 11, 25, 100, 102, 1000):
                assert tongues.counted(tongue, *message.id, n) not in message.id


@pytest.mark.parametrize("tongue", TONGUES)
def test_what_became_of_a_person_names_them(tongue):
    for sentence in OUTCOME_SENTENCES.values():
        assert "Ana Ruiz" in tongues.words(tongue, sentence) % {"name": "Ana Ruiz"}


def test_days_numbers_and_countries_are_said_as_each_language_does():
    day = date(2024, 9, 9)

    assert [tongues.day(tongue, day) for tongue in TONGUES] == [
        "9 September 2024", "9 septembre 2024", "9 de septiembre de 2024", "9 سبتمبر 2024",
    ]  # fmt: skip
    assert tongues.moment("fr", datetime(2024, 9, 9, 14, 5, tzinfo=UTC)) == "9 septembre 2024, 14:05 UTC"
    assert [tongues.number(tongue, 1312) for tongue in TONGUES] == ["1,312", "1\u202f312", "1.312", "1,312"]
    assert [tongues.country(tongue, "TG", "Togo") for tongue in ("es", "ar")] == ["Togo", "توغو"]
    assert tongues.country("fr", "ZZ9", "Nowhere") == "Nowhere"
    assert tongues.language("es", "French") == "francés" and tongues.language("es", "Elvish") == "Elvish"


def test_what_a_catalogue_does_not_have_is_said_in_english():
    assert tongues.words("fr", "A sentence that nobody says.") == "A sentence that nobody says."
    assert tongues.words("tlh", "Closed") == "Closed"
    assert tongues.words("fr", "") == ""
