"""How a letter greets an official."""

import pytest

from campaign.domain.grammar import LANGUAGES
from campaign.domain.salutations import NEUTRAL, OFFICES, Gender, greeting, understood


@pytest.mark.parametrize("printed", ["Dear Director", "Dear Warden of the North", "Excellency Bo", "Ваша честь"])
def test_a_salutation_stays_as_printed_in_its_own_language(printed):
    assert greeting(f" {printed}, ", "en", "en") == printed


@pytest.mark.parametrize(
    ("printed", "french", "spanish"),
    [
        ("Dear Director", "Madame la Directrice, Monsieur le Directeur", "Señora Directora, Señor Director"),
        (
            "Dear Chief Procurator:",
            "Madame la Procureure en chef, Monsieur le Procureur en chef",
            "Señora Fiscal Jefa, Señor Fiscal Jefe",
        ),
        ("Dear Minister", "Madame la Ministre, Monsieur le Ministre", "Señora Ministra, Señor Ministro"),
        ("Dear Minister of Justice", "Madame la Ministre, Monsieur le Ministre", "Señora Ministra, Señor Ministro"),
        ("Dear Ambassador", "Madame l’Ambassadrice, Monsieur l’Ambassadeur", "Señora Embajadora, Señor Embajador"),
        (
            "Dear President Bo Chen",
            "Madame la Présidente, Monsieur le Président",
            "Señora Presidenta, Señor Presidente",
        ),
        ("Dear Mr. President", "Monsieur le Président", "Señor Presidente"),
        ("Dear Madam President", "Madame la Présidente", "Señora Presidenta"),
        ("Your Excellency", "Excellence", "Excelencia"),
        ("Dear Your Excellency", "Excellence", "Excelencia"),
        ("Dear Sir", "Monsieur", "Estimado señor"),
        ("Dear Ms Ruiz", "Madame", "Estimada señora"),
        ("Dear Sir/Madam", "Madame, Monsieur", "Estimada señora, estimado señor"),
        ("Dear Keeper of the Seals", "Madame, Monsieur", "Estimada señora, estimado señor"),
        ("Dear Director Judge", "Madame, Monsieur", "Estimada señora, estimado señor"),
        ("Dear Dr Ruiz", "Madame, Monsieur", "Estimada señora, estimado señor"),
        ("", "Madame, Monsieur", "Estimada señora, estimado señor"),
        (None, "Madame, Monsieur", "Estimada señora, estimado señor"),
    ],
)
def test_an_english_salutation_is_translated_and_greets_both_where_the_gender_is_unknown(printed, french, spanish):
    assert greeting(printed, "fr") == french
    assert greeting(printed, "es") == spanish


@pytest.mark.parametrize(
    ("printed", "written_in", "english", "french", "spanish"),
    [
        (
            "Señor Fiscal General",
            "es",
            "Dear Prosecutor General",
            "Monsieur le Procureur général",
            "Señor Fiscal General",
        ),
        ("Sra. Presidenta", "es", "Dear President", "Madame la Présidente", "Sra. Presidenta"),
        ("Estimada Ministra:", "es", "Dear Minister", "Madame la Ministre", "Estimada Ministra"),
        ("Su Excelencia", "es", "Your Excellency", "Excellence", "Su Excelencia"),
        ("Monsieur le Ministre", "fr", "Dear Minister", "Monsieur le Ministre", "Señor Ministro"),
        (
            "Madame la Présidente de la République,",
            "fr",
            "Dear President",
            "Madame la Présidente de la République",
            "Señora Presidenta",
        ),
        ("Madame, Monsieur", "fr", "Dear Sir or Madam", "Madame, Monsieur", "Estimada señora, estimado señor"),
    ],
)
def test_a_gender_that_the_salutation_tells_is_kept(printed, written_in, english, french, spanish):
    assert [greeting(printed, language, written_in) for language in LANGUAGES] == [english, french, spanish]


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_a_salutation_in_two_languages_the_letter_takes_its_own(language):
    own = {"en": "Dear Minister", "fr": "Monsieur le Ministre", "es": "Señor Ministro"}

    assert greeting("Dear Minister / Señor Ministro", language) == own[language]


def test_a_salutation_in_the_wrong_language_is_translated_all_the_same():
    assert greeting("Señor Fiscal General", "en", "en") == "Dear Prosecutor General"


def test_both_forms_in_one_language_stay_both():
    printed = "Monsieur le Ministre / Madame la Ministre"

    assert greeting(printed, "fr", "fr") == "Madame la Ministre, Monsieur le Ministre"
    assert greeting(printed, "en", "fr") == "Dear Minister"


def test_what_is_too_long_was_no_greeting():
    assert greeting("Dear Director " + "and so on " * 20, "en") == NEUTRAL["en"]


def test_a_salutation_cannot_leave_its_line():
    assert greeting("Dear\r\nDirector\u202e,\n", "en") == "Dear Director"


@pytest.mark.parametrize("office", OFFICES, ids=lambda office: office.en)
def test_every_office_is_greeted_in_every_language_and_understood_again(office):
    printed = f"Dear {office.en}"
    french, spanish = greeting(printed, "fr"), greeting(printed, "es")

    assert french.startswith("Madame l") and ", Monsieur l" in french
    assert spanish.startswith("Señora ") and ", Señor " in spanish
    for both in (french, spanish):
        hers, his = (understood(one) for one in both.split(", "))
        assert hers and hers.office and hers.gender is Gender.WOMAN
        assert his and his.office and his.gender is Gender.MAN
