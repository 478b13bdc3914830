"""Status is computed: what outputs say in their order in the series, and what named persons decided."""

from datetime import date, timedelta
from itertools import permutations

import pytest

from campaign.domain import status
from campaign.domain.reading import read
from tests.domain import reading_given as given
from tests.domain.reading_given import CLOSED, OPEN, REVIEW

FIRST = given.a_document(1, asks=True)
ANA, BO, CARLA = "ana-maria-ruiz", "bo-chen", "carla-diaz"


def after(*texts, decisions=()):
    return status.of([given.an_output(text, id) for id, text in enumerate(texts, 1)], decisions)


def verdicts(*texts, decisions=()):
    return "".join(case.verdict.value[0] for case in after(*texts, decisions=decisions).values())


def the_sample():
    return [
        (given.SAMPLES / f"ua-44-22-{word}.txt").read_text(encoding="utf-8") for word in ("first", "second", "third")
    ]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_sample_series_ends_the_same_in_every_order_of_arrival(order):
    outputs = [given.an_output(text, id) for id, text in enumerate((the_sample()[n] for n in order), 1)]

    cases, force = status.of(outputs), status.in_force(outputs)

    assert list(cases) == ["sophia-huang-xueqin", "wang-jianbing"]
    assert (cases["wang-jianbing"].verdict, cases["wang-jianbing"].outcome) == (CLOSED, "released")
    assert (cases["sophia-huang-xueqin"].verdict, cases["sophia-huang-xueqin"].person.pronouns) == (OPEN, "she/her")
    assert force.deadline is None
    assert [target.name for target in force.targets] == ["Zhang Rui", "Zhang Jian"]
    assert {demand.kind for demand in force.demands} == {"release", "health", "family", "lawyer", "no_torture"}


def test_the_evidence_of_a_closed_case_is_its_status_sentence():
    case = after(*the_sample())["wang-jianbing"]

    assert case.output == 3
    assert case.evidence.text == "NO FURTHER ACTION IS REQUESTED FOR WANG JIANBING"


def test_an_everyone_closing_covers_people_named_only_earlier():
    assert (
        verdicts(FIRST, given.a_document(2, says="No further action is requested.", names="Bo Chen (he, him)")) == "ccc"
    )


def test_silence_changes_nothing():
    assert (
        verdicts(FIRST, given.a_document(2, says="NO FURTHER ACTION IS REQUESTED FOR ANA.", names="Ana Maria Ruiz"))
        == "coo"
    )


def test_a_final_output_without_a_status_sentence_closes_everybody():
    assert verdicts(FIRST, given.a_document(2, final=True)) == "ccc"


def test_whom_a_final_output_does_not_cover_goes_to_review():
    assert verdicts(FIRST, given.a_document(2, says="NO FURTHER ACTION IS REQUESTED FOR ANA.", final=True)) == "crr"


def test_a_final_output_may_keep_somebody_open():
    says = "NO FURTHER ACTION IS REQUESTED FOR ANA MARIA RUIZ; ACTIONS CAN CONTINUE FOR BO CHEN AND CARLA DIAZ."
    assert verdicts(FIRST, given.a_document(2, says=says, final=True)) == "coo"


def test_nothing_reopens_by_itself():
    closing = given.a_document(2, says="NO FURTHER ACTION IS REQUESTED FOR ANA.")
    opening = given.a_document(3, says="ACTIONS CAN CONTINUE FOR ANA.")

    case = after(FIRST, closing, opening)[ANA]

    assert case.verdict is REVIEW
    shown = " ".join(doubt.evidence.text for doubt in case.doubts if doubt.evidence)
    assert "NO FURTHER ACTION IS REQUESTED FOR ANA" in shown and "ACTIONS CAN CONTINUE FOR ANA" in shown


def test_asking_again_and_again_does_not_reopen_either():
    closing = given.a_document(2, says="NO FURTHER ACTION IS REQUESTED FOR ANA.")
    assert (
        verdicts(
            FIRST,
            closing,
            given.a_document(3, asks=True),
            given.a_document(4, asks=True),
            given.a_document(5, says="ACTIONS CAN CONTINUE FOR ANA."),
        )[0]
        == "r"
    )


def test_an_older_output_filed_late_undoes_nothing():
    second = given.a_document(2, asks=True)
    third = given.a_document(3, says="No further action is requested.")
    assert verdicts(FIRST, third, second) == verdicts(FIRST, second, third) == "ccc"


def test_a_closing_and_a_live_request_for_the_same_people_go_to_review():
    assert verdicts(given.a_document(2, says="No further action is requested.", asks=True)) == "rrr"


def test_a_request_that_is_left_for_somebody_else_lets_a_closing_stand():
    assert verdicts(given.a_document(2, says="No further action is requested for Ana Maria Ruiz.", asks=True)) == "coo"


def test_news_of_release_without_a_sentence_goes_to_review_while_letters_go_on_for_others():
    news = "Ana Maria Ruiz was released on 1 May. The remaining two are still in prison."
    assert verdicts(FIRST, given.a_document(2, news=news, asks=True)) == "roo"


def test_unconfirmed_news_goes_to_review():
    assert verdicts(FIRST, given.a_document(2, news="Bo Chen was reportedly executed.", asks=True)) == "oro"


def test_somebody_who_died_is_never_offered_letters_for():
    assert (
        verdicts(FIRST, given.a_document(2, news="Bo Chen died on 2 May.", says="ACTIONS CAN CONTINUE FOR BO CHEN."))
        == "oro"
    )


def test_a_case_in_review_is_opened_by_a_later_sentence_that_is_clear():
    unclear = given.a_document(2, says="ACTIONS CAN CONTINUE FOR BOTH.")
    assert verdicts(FIRST, unclear) == "rrr"
    assert verdicts(FIRST, unclear, given.a_document(3, says="ACTIONS CAN CONTINUE FOR ANA, BO AND CARLA.")) == "ooo"


def test_two_papers_that_claim_the_same_place_go_to_review():
    one = given.a_document(2, says="No further action is requested.")
    other = given.a_document(2, says="No further action is requested.", index="Index: AMR 28/9999/2021")
    assert verdicts(FIRST, one, other) == verdicts(FIRST, other, one) == "rrr"


def test_the_same_paper_in_another_copy_changes_nothing():
    one = given.a_document(2, says="No further action is requested for Ana.")
    copy = one.replace("AMR 28/4002/2021", "AMR 28/04002/21").upper()
    assert status.same_paper(read(one), read(copy))
    assert verdicts(FIRST, one, copy) == verdicts(FIRST, one) == "coo"


def test_other_papers_of_the_action_are_not_the_same_paper():
    assert not status.same_paper(read(FIRST), read(given.a_document(2, asks=True)))
    assert not status.same_paper(read(FIRST), read(FIRST.replace("44/21", "45/21")))


def test_an_own_closing_stands_until_a_newer_output():
    decision = given.a_decision(ANA, CLOSED, after=1)
    assert verdicts(FIRST, decisions=[decision]) == "coo"
    assert verdicts(FIRST, given.a_document(2, asks=True), decisions=[decision]) == "roo"


def test_a_late_filed_older_output_leaves_a_decision_standing():
    second, third = given.a_document(2, asks=True), given.a_document(3, asks=True)
    decision = given.a_decision("Bo Chen", CLOSED, after=2)
    assert verdicts(FIRST, third, decisions=[decision]) == verdicts(FIRST, third, second, decisions=[decision]) == "oco"


def test_an_own_reopening_counts_and_a_newer_closing_follows_it():
    closing = given.a_document(2, says="No further action is requested.")
    reopened = given.a_decision(CARLA, OPEN, after=2)
    assert verdicts(FIRST, closing, decisions=[reopened]) == "cco"
    assert (
        verdicts(FIRST, closing, given.a_document(3, says="No further action is requested."), decisions=[reopened])
        == "ccc"
    )


def test_a_decision_settles_a_doubt():
    closing = given.a_document(2, says="NO FURTHER ACTION IS REQUESTED FOR BOTH.")
    decisions = [given.a_decision(ANA, CLOSED, 2, 1), given.a_decision(BO, OPEN, 2, 2)]
    assert verdicts(FIRST, closing, decisions=decisions) == "cor"


def test_since_is_the_day_of_the_output_that_changed_the_status():
    closing = given.a_document(3, says="NO FURTHER ACTION IS REQUESTED FOR ANA.")
    cases = after(
        FIRST,
        given.a_document(2, asks=True),
        closing,
        given.a_document(4, says="NO FURTHER ACTION IS REQUESTED FOR ANA."),
    )
    assert (cases[ANA].since, cases[BO].since) == (date(2021, 5, 3), date(2021, 5, 1))


def test_the_name_of_a_person_does_not_depend_on_the_order_of_arrival():
    short = given.a_document(1, asks=True, names="Ana Ruiz (she, her)")
    long = given.a_document(2, asks=True, names="Ruiz Ana Maria")
    for texts in ((short, long), (long, short)):
        cases = after(*texts)
        assert list(cases) == ["ruiz-ana-maria"]
        assert cases["ruiz-ana-maria"].person.aliases == ("Ana Ruiz",)
        assert cases["ruiz-ana-maria"].person.pronouns == "she/her"


def test_everything_stays_the_same_in_any_order_of_arrival():
    texts = [
        FIRST,
        given.a_document(2, asks=True),
        given.a_document(3, says="NO FURTHER ACTION IS REQUESTED FOR ANA AND BO."),
        given.a_document(4, final=True, says="ACTIONS CAN CONTINUE FOR CARLA."),
    ]
    found = set()
    for order in permutations(texts):
        outputs = [
            given.an_output(text, texts.index(text) + 1, taken_in_at=given.NOON + timedelta(hours=n))
            for n, text in enumerate(order)
        ]
        found.add(tuple((slug, case.verdict, case.since, case.output) for slug, case in status.of(outputs).items()))
    assert len(found) == 1


def test_deadline_and_addressees_in_force_come_from_the_newest_that_have_them():
    keeps = given.a_document(3, says="ACTIONS CAN CONTINUE FOR ANA.")
    outputs = [given.an_output(text, id) for id, text in enumerate((FIRST, keeps), 1)]

    force = status.in_force(outputs)

    assert status.in_force(outputs[:1]).deadline == date(2021, 12, 1)
    assert (force.deadline, force.targets_from, force.demands_from) == (None, 1, 1)
