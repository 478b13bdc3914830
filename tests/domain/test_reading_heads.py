"""Numbers, dates, countries and places in the series, as heads and closing lines print them."""

import pytest

from campaign.domain.reading import as_truth, read

BODY = (
    "\n\nURGENT ACTION\n\nA headline\n\nAna Ruiz is held.\n\nNo further action is requested.\n\n"
    "NAME AND PREFERRED PRONOUN: Ana Ruiz (she, her)\n"
)


def facts(text, *keys):
    found = as_truth(read(text))
    return tuple(found[key] for key in keys)


@pytest.mark.parametrize(
    ("head", "ua"),
    [
        ("First UA: 44/22 Index: ASA 17/5500/2022 China Date: 1 April 2022", "44/22"),
        ("Second UA 044/22 China", "44/22"),
        ("UA: China Second 44.22", "44/22"),
        ("UA-038/2017", "38/17"),
        ("UA 219 /06 China", "219/06"),
        ("Primera AU 105/25: 105/25 | Índice: AMR 23/0577/2025 | Fecha: | Colombia", "105/25"),
        ("Further information on EXTRA 61/05 (AMR 51/102/2005, 11 July 2005) - Death penalty", "EXTRA 61/05"),
        ("EX 68/02 Death penalty", "EXTRA 68/02"),
        ("FI 104/19-5 | Égypte", "104/19"),
        ("Stop Action on UA 44/22", "44/22"),
        ("Follow-up on UA 52/10 (10 March 2010) - Fear for safety", "52/10"),
    ],
)
def test_the_number_is_read_in_every_form(head, ua):
    assert facts(head + BODY, "ua") == (ua,)


@pytest.mark.parametrize(
    ("head", "closing", "ordinal"),
    [
        ("First UA: 44/22 Index: ASA 17/5500/2022 China", "", 1),
        ("Second UA: 44/22 Index: ASA 17/5500/2022 China", "", 2),
        ("UA: China Third 44.22", "", 3),
        ("Further information on UA: 44/22 Index: ASA 17/5500/2022 China", "This is the first update of UA 44/22.", 2),
        ("", "This is the 1st and final update for UA 44/22", 2),
        ("", "THIS IS THE **THIRD** **AND FINAL OUTPUT FOR UA 44/22**", 3),
        ("", "THISIS THE THIRDAND FINAL OUTPUTFOR UA44/22", 3),
        ("UA 044/22-1 I Mitmachen bis 18. März 2025", "", 2),
        (
            "Further information on UA 366/92 (ASA 21/17/92, 23 November "
            "and follow-ups ASA 21/18/92, ASA 21/19/92 and ASA 21/22/92)",
            "",
            5,
        ),
        ("Further information on UA: 44/22 Index: ASA 17/5500/2022 China", "", None),
        ("Second UA: 44/22 China", "THIS IS THE THIRD OUTPUT FOR UA 44/22", None),
        ("Segunda AU: 44/22 Índice: ASA 17/5500/2022 China", "ESTA ES LA SEGUNDA ACTUALIZACIÓN DE LA AU 44/22", None),
        ("", "Ceci est la deuxième mise à jour de l’AU 44/22.", 3),
    ],
)
def test_the_place_in_the_series_is_what_head_and_closing_line_say(head, closing, ordinal):
    assert facts(f"{head}{BODY}\n{closing}\n", "ordinal") == (ordinal,)


@pytest.mark.parametrize(
    "closing",
    [
        "THIS IS THE SECOND AND FINAL OUTPUT FOR UA 44/22",
        "THIS IS THE LAST OUTPUT FOR UA 44/22",
        "ESTA ES LA SEGUNDA Y ÚLTIMA ACTUALIZACIÓN DE LA AU 44/22",
        "CECI EST LA DERNIÈRE MISE À JOUR DE L’AU 44/22",
        "This Urgent Action is now closed.",
    ],
)
def test_a_document_that_calls_itself_the_last_is_final(closing):
    assert facts(f"UA 44/22 China{BODY}\n{closing}\n", "final") == (True,)


def test_final_in_the_letter_or_the_title_makes_no_output_final():
    assert facts("Second UA: 44/22 China" + BODY.replace("A headline", "Final verdict expected"), "final") == (False,)


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("Date: 9 September 2024", "2024-09-09"),
        ("Date: 09.09.2024", "2024-09-09"),
        ("Fecha: 20 de octubre de 2023", "2023-10-20"),
        ("Date: March 18, 2025", "2025-03-18"),
        ("Date : 1er mars 2012", "2012-03-01"),
        ("Date: 27/06/2022", "2022-06-27"),
        ("Date: 04/05/2019", None),
        ("Date: 12 Novmeber 1991", "1991-11-12"),
        ("Date:", None),
    ],
)
def test_dates_are_read_as_printed_and_never_guessed(printed, day):
    assert facts(f"Second UA: 44/22 Index: ASA 17/5500/2022 China {printed}{BODY}", "date", "needs_review") == (
        day,
        "04/05" in printed,
    )


@pytest.mark.parametrize(
    ("index", "expected"),
    [
        ("Index: ASA 17/8502/2024", "ASA 17/8502/2024"),
        ("AI Index: AMR 51/24/92", "AMR 51/24/92"),
        ("Índice: AMR 23/0577/2025", "AMR 23/0577/2025"),
        ("Index:ASA17/8502/2024", "ASA 17/8502/2024"),
        ("", None),
    ],
)
def test_the_index_is_the_one_labelled_as_the_documents_own(index, expected):
    earlier = "\n\nLINK TO PREVIOUS UA: https://www.example.org (ASA 17/5500/2022)\n"
    assert facts(f"Second UA: 44/22 {index} China{BODY}{earlier}", "index") == (expected,)


@pytest.mark.parametrize(
    ("head", "country"),
    [
        ("Second UA: 44/22 Index: ASA 17/5500/2022 Türkiye Date: 1 May 2022", "Turkey"),
        ("Segunda AU: 44/22 Índice: AMR 51/1/2022 Estados Unidos Fecha: 1 de mayo de 2022", "USA"),
        (
            "Troisième AU : 44/22 Index : AFR 62/1/2022 République démocratique du Congo",
            "Democratic Republic of the Congo",
        ),
        ("UA: South Sudan Second 44.22", "South Sudan"),
    ],
)
def test_the_country_is_given_by_its_english_short_name(head, country):
    assert facts(head + BODY, "country") == (country,)


def test_a_deadline_without_a_year_is_the_first_such_day_after_the_issue_date():
    text = "AU 46/11, EUR 49/006/2011, 25 février 2011\n\nENVOYEZ VOS APPELS AVANT LE 6 AVRIL.\n" + BODY
    assert facts(text, "deadline") == ("2011-04-06",)


@pytest.mark.parametrize("counter", ["This action has no end date.", "0 days left to take action", "Frist abgelaufen"])
def test_a_pages_counter_is_no_deadline(counter):
    assert facts(f"Second UA: 44/22 China{BODY}\n{counter}\n", "deadline") == (None,)
