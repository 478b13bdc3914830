"""Who the people of an action are, and what newly became of them."""

import pytest

from campaign.domain.reading import as_truth, read
from tests.domain import reading_given as given


def people(text):
    return [(p["name"], p["pronouns"]) for p in as_truth(read(text))["people"]]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("Ana Ruiz (she, her) and Bo Chen (he, him)", [("Ana Ruiz", "she/her"), ("Bo Chen", "he/him")]),
        ("Ana Ruiz (she/her/hers); Bo Chen (they, them)", [("Ana Ruiz", "she/her"), ("Bo Chen", "they/them")]),
        ("Ana Ruiz, Bo Chen (both he, him)", [("Ana Ruiz", "he/him"), ("Bo Chen", "he/him")]),
        ("Ana Maria\nRuiz (she,\nher), Bo Chen (he, him)", [("Ana Maria Ruiz", "she/her"), ("Bo Chen", "he/him")]),
        ("Afi Mensah-\nDovi (she, her)", [("Afi Mensah-Dovi", "she/her")]),
        ("Mostafa el-Banna (he, him)", [("Mostafa el-Banna", "he/him")]),
        ("Community of San Lorenzo and Río Viejo", [("Community of San Lorenzo and Río Viejo", None)]),
        ("Lin Yuehua (林月华) (she, her)", [("Lin Yuehua", "she/her")]),
    ],
)
def test_the_name_field_gives_names_and_pronouns(field, expected):
    assert people(given.a_document(2, says="No further action is requested.", names=field)) == expected


def test_a_person_whom_only_the_status_sentence_names_is_spelt_as_in_the_running_text():
    news = "Bo Chen was released on 1 May. Sophia Carla Diaz stays in prison."
    text = given.a_document(
        3,
        says="NO FURTHER ACTION IS REQUESTED FOR BO CHEN; ACTIONS CAN CONTINUE FOR SOPHIACARLA DIAZ.",
        names="Bo Chen (he, him)",
        news=news,
    )

    assert people(text) == [("Bo Chen", "he/him"), ("Sophia Carla Diaz", None)]
    assert given.actions(text) == "co"


def test_a_family_name_in_the_status_sentence_is_no_new_person():
    text = given.a_document(2, says="NO FURTHER ACTION IS REQUESTED FOR RUIZ, CHEN AND DIAZ.")

    assert len(people(text)) == 3
    assert given.actions(text) == "ccc"


@pytest.mark.parametrize(
    ("news", "outcome"),
    [
        ("Bo Chen was released on 1 May 2021.", "released"),
        ("Bo Chen was not released on 1 May 2021.", None),
        ("Bo Chen must be released.", None),
        ("Bo Chen, who is ill, walked free on Monday.", "released"),
        ("Bo Chen was executed at dawn. He had been sentenced in 2011.", "executed"),
        ("On 1 May a court sentenced Bo Chen to four years.", "sentenced"),
        ("All charges against Bo Chen were dropped.", "charges_dropped"),
        ("A judge acquitted Bo Chen on Friday.", "acquitted"),
        ("Bo Chen was released on bail.", "released_on_bail"),
        ("Bo Chen is well. His brother was released.", None),
        ("Bo Chen was found. He was released to his family.", "released"),
        ("Bo Chen was granted a stay of execution.", "stay_of_execution"),
        ("Bo Chen died in a prison hospital.", "died"),
        ("Bo Chen is held with a man who died later.", None),
        ("Bo Chen was deported to Laos.", "deported"),
        ("Bo Chen’s sentence was upheld on appeal.", "sentence_upheld"),
    ],
)
def test_news_is_told_of_the_person_it_is_about(news, outcome):
    text = given.a_document(2, says="No further action is requested.", names="Bo Chen (he, him)", news=news)

    assert as_truth(read(text))["people"][0]["outcome"] == outcome


def test_news_counts_for_each_of_several_people():
    news = "Ana Maria Ruiz and Bo Chen were released on 1 May. Carla Diaz was sentenced to two years."
    found = as_truth(read(given.a_document(2, says="No further action is requested.", news=news)))

    assert [person["outcome"] for person in found["people"]] == ["released", "released", "sentenced"]
