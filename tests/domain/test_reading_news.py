"""What becomes of people: told in many wordings, of whom, and what only looks like news."""

import json

import pytest

from campaign.domain.reading import as_truth, read
from tests.domain import reading_given as given

# of Ana Maria Ruiz, Bo Chen and Carla Diaz
NEWS = [
    ((None, "released", None), "A judge let Bo Chen wait. On 1 May he was re-\nleased from prison."),
    (("acquitted", None, None), "Ana Maria Ruiz walked out of court. The judges acquitted her of all charges."),
    (("acquitted", "acquitted", None), "A magistrate in Quito acquitted the nurses Ana Maria Ruiz and Bo Chen."),
    ((None, None, None), "His son Chen, 24, was released without charge on 1 May."),
    ((None, None, None), "Bo Chen's brother was released on 1 May."),
    ((None, None, None), "Bo Chen faces three years in prison if he is convicted."),
    (("charges_dropped", None, None), "Ana Maria Ruiz was released after all charges against her had been dropped."),
    (
        ("stay_of_execution", None, None),
        "The hanging of Ana Maria Ruiz (UA 44/21), put down for 3 May, was stopped by a court.",
    ),
    (
        ("released_on_bail", None, None),
        "Ana Maria Ruiz gave herself up. She was charged with theft and released on bail the same day.",
    ),
    (("deportation_halted", None, None), "Ana Maria Ruiz will not be sent to Turkey."),
    (
        ("sentence_upheld", None, None),
        "A court upheld the sentence of three years in a penal colony passed on Ana Maria Ruiz.",
    ),
    ((None, None, None), "Ana Maria Ruiz was released on 1 May. On 3 May she was arrested again."),
    (("released", None, "released"), "The two women were released on 1 May."),
]


@pytest.mark.parametrize(("expected", "news"), NEWS)
def test_an_outcome_is_told_of_whom_it_is_meant(expected, news):
    text = given.a_document(3, news=news, says="Please continue to write.")

    assert tuple(person["outcome"] for person in as_truth(read(text))["people"]) == expected


@pytest.mark.parametrize(
    "news",
    [
        "Bo Chen, who was taken from a café on 1 May, is feared dead.",
        "A body was found in a ravine. It is thought to be that of the surveyor Bo Chen.",
        "Bo Chen may have died in custody.",
        "Human remains were found. Relatives said that they could be those of Bo Chen.",
    ],
)
def test_a_death_that_is_only_feared_is_no_outcome_but_needs_a_person(news):
    people = as_truth(read(given.a_document(3, news=news, asks=True)))["people"]

    assert [(person["action"], person["outcome"]) for person in people] == [
        ("open", None),
        ("review", None),
        ("open", None),
    ]


@pytest.mark.parametrize(
    "news", ["Two of the three were released on 1 May.", "One of the nurses was released on 1 May."]
)
def test_a_release_of_some_without_names_leaves_everybody_in_doubt(news):
    assert given.actions(given.a_document(3, news=news, asks=True)) == "rrr"


def test_a_first_output_tells_no_news_but_the_case_itself():
    text = given.a_document(1, news="Ana Maria Ruiz was sentenced to three years on 1 May.", asks=True)

    assert {person["outcome"] for person in as_truth(read(text))["people"]} == {None}


def test_on_her_behalf_means_who_was_named_just_before():
    says = "Carla Diaz was pardoned. No further action is required on her behalf. Please keep writing for Ana Ruiz and Bo Chen."

    assert given.actions(given.a_document(3, says=says)) == "ooc"


CLOSINGS = {
    "en": ("URGENT ACTION", "NO FURTHER ACTION IS REQUESTED. MANY THANKS TO ALL WHO SENT APPEALS.", "NAME AND PRONOUN"),
    "es": ("ACCIÓN URGENTE", "NO SE REQUIERE NINGUNA OTRA ACCIÓN. MUCHAS GRACIAS.", "NOMBRE Y PRONOMBRE"),
    "fr": ("ACTION URGENTE", "AUCUNE AUTRE ACTION N'EST REQUISE. UN GRAND MERCI.", "NOM ET PRONOM"),
    "de": ("URGENT ACTION", "Diese Urgent Action ist beendet. Vielen Dank allen, die geschrieben haben.", "NAME"),
}
OUTCOMES = [json.loads(row) for row in (given.DOCUMENTS / "outcomes.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("told", OUTCOMES, ids=lambda told: told["news"][:40])
def test_an_outcome_is_told_in_many_words(told):
    banner, closing, label = CLOSINGS[told["language"]]
    head = "Second UA: 51/24 Index: AFR 28/8123/2024 Ghana Date: 9 May 2024"
    paper = "\n\n".join([head, banner, "NEWS FROM THE COURT", told["news"], closing, f"{label}: {told['person']}"])

    people = as_truth(read(paper))["people"]

    assert [(p["name"], p["action"], p["outcome"]) for p in people] == [(told["person"], "closed", told["outcome"])]


def test_a_release_into_house_arrest_sets_nobody_free():
    news = "Bo Chen left prison no. 13 on 2 November and has since been under house arrest."
    people = as_truth(read(given.a_document(3, news=news, says="No further action is requested for Bo Chen.")))[
        "people"
    ]

    assert people[1]["outcome"] == "other"


@pytest.mark.parametrize("after", ["We were mistaken.", "That is no longer so."])
def test_what_an_earlier_paper_told_and_this_one_takes_back_is_no_news(after):
    news = f"Our second output said that Bo Chen had been released. {after}"
    people = as_truth(read(given.a_document(3, news=news, says="Please continue to write.")))["people"]

    assert people[1]["outcome"] is None


def test_who_is_out_and_not_asked_for_stays_closed_beside_a_live_request():
    news = "All charges against Bo Chen were dropped on 1 May."
    paper = given.a_document(3, news=news, says="No further action is requested.", asks=True)
    asked = paper.replace("release all of them", "release Ana Maria Ruiz and Carla Diaz")

    assert given.actions(asked) == "rcr"
    assert given.actions(paper) == "rrr"
