"""Words about another Urgent Action, closings in rarer wordings, and doubts that name the people."""

import pytest

from campaign.domain.reading import as_truth, read
from tests.domain import reading_given as given

NOTE = """As to UA 61/21: no further action is requested there.

Please stop sending appeals to the old address.

---------- Forwarded message ---------
From: UA Office <ua@network.example>

"""


def verdicts(text):
    return "".join(person["action"][0] for person in as_truth(read(text))["people"])


@pytest.mark.parametrize(
    "words",
    [
        "See also: UA 61/21 - Lawyer freed. No further action is requested.",
        "Voir aussi : AU 340/12, Tunisie : un rappeur libéré. Aucune action complémentaire n’est requise.",
        "Lo más leído: AU 12/14 - Sobreseído un sindicalista. No se requiere ninguna otra acción.",
        "As to UA 61/21, no further action is requested.",
    ],
)
def test_the_status_of_another_action_says_nothing_here(words):
    assert verdicts(given.a_document(2, says=words, asks=True)) == "ooo"


@pytest.mark.parametrize(
    "words",
    [
        "Ana and her colleagues (see UA 61/21) were released. No further action is requested.",
        "Related: their cases are linked. No further action is requested.",
    ],
)
def test_an_own_closing_counts_beside_the_mention_of_another_action(words):
    assert verdicts(given.a_document(3, says=words)) == "ccc"
    assert verdicts(given.a_document(3, says=words, asks=True)) == "rrr"


def test_a_note_above_a_forwarded_output_that_names_another_action_says_nothing():
    note = "As to UA 61/21: no further action is requested there.\n\n---------- Forwarded message ----------\n\n"

    assert verdicts(note + given.a_document(2, asks=True)) == "ooo"


def test_a_note_above_a_forwarded_output_that_may_mean_this_action_waits_for_a_person():
    assert verdicts(NOTE + given.a_document(2, asks=True)) == "rrr"


def test_words_above_the_output_that_a_mail_answers_do_count():
    text = given.a_document(3, says="No further action is requested.") + "\n---- Forwarded message ----\n\n"

    assert "o" not in verdicts(text + given.a_document(2, asks=True))


def test_a_number_in_a_teaser_above_the_head_is_not_the_documents():
    teaser = "UA 15/21: Lawyer set free in Harare. No further action is requested.\n\n"
    reading = read(teaser + given.a_document(2, asks=True))

    assert reading.ua is not None
    assert reading.ua.value == "44/21"
    assert verdicts(teaser + given.a_document(2, asks=True)) == "ooo"


@pytest.mark.parametrize(
    "words",
    [
        "Amnesty groups in Norway have taken up the case.",
        "Their cases have been handed over to groups in Japan, Ireland and Mexico.",
        "For a year their case has been handed over to groups in Japan.",
        "Her file has been passed on to long-term casework groups.",
        "Pedimos a la red que no envíe más llamamientos.",
        "Nous demandons au réseau de ne plus envoyer d’appels.",
        "No further appeals, please.",
        "You need not write any longer.",
    ],
)
def test_rarer_closings_close_and_never_stay_open_beside_a_request(words):
    assert verdicts(given.a_document(3, says=words)) == "ccc"
    assert verdicts(given.a_document(3, says=words, asks=True)) == "rrr"


def test_being_handed_over_to_an_armed_group_closes_nothing():
    says = "They were handed over to armed groups. Bo Chen has been handed over to groups of militiamen."

    assert verdicts(given.a_document(2, says=says, asks=True)) == "ooo"


def test_spanish_sigan_escribiendo_keeps_open():
    says = "Ya no es necesario enviar llamamientos por Ana Maria Ruiz; sigan escribiendo por Bo Chen y Carla Diaz."

    assert verdicts(given.a_document(2, says=says)) == "coo"


@pytest.mark.parametrize(
    ("who", "doubt"),
    [
        ("Ruiz", "“Ruiz” could mean Ana Ruiz or Eva Ruiz."),
        ("both", "“both” could mean any two of Ana Ruiz, Eva Ruiz and Bo Chen."),
        ("Xavier Morel", "“Xavier Morel” fits nobody known in this action (Ana Ruiz, Eva Ruiz, Bo Chen)."),
    ],
)
def test_a_doubt_names_the_people(who, doubt):
    text = given.a_document(1, says=f"No further action is requested for {who}.", names="Ana Ruiz, Eva Ruiz, Bo Chen")

    assert doubt in as_truth(read(text))["doubts"]


@pytest.mark.parametrize("line", ["0 days left to take action", "Quedan 3 días", "Il reste 4 jours"])
def test_a_page_counter_is_no_title(line):
    text = f"{line}\n\nLorry driver hanged at dawn\n\n" + given.a_document(2, asks=True).replace(
        "URGENT ACTION\n\n", ""
    )
    title = read(text).title

    assert title is None or title.value != line


@pytest.mark.parametrize("line", ["London, 2 October 1997", "ÉFAI - 2 octobre 1997", "Londres, le 2 octobre 1997"])
def test_a_date_behind_a_place_or_an_office_stands_alone(line):
    text = f"{line}\n\nFurther information on UA 44/21 (AMR 28/4001/2021) - Fear of torture\n\nECUADOR   Ana RUIZ (f)\n"
    issued = read(text + "\nPlease continue to send appeals. They had marched for clean water.\n").issued_on

    assert issued is not None
    assert issued.value.isoformat() == "1997-10-02"


def test_one_of_the_two_in_a_headline_frees_nobody_in_particular():
    text = given.a_document(2, names="Ana Ruiz, Bo Chen", asks=True, news="")
    reading = read(text.replace("Three held after a march", "One of the two released"))

    assert not reading.news
