"""Which demands a letter speaks of."""

import pytest

from campaign.domain.asking import demands_said
from campaign.domain.urgent_action import DemandKind


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Please release her, and let her see a doctor.", {DemandKind.RELEASE, DemandKind.HEALTH}),
        ("Je demande sa libération et un procès équitable.", {DemandKind.RELEASE, DemandKind.FAIR_TRIAL}),
        ("Pido que se investigue la tortura y su paradero.",
         {DemandKind.INVESTIGATION, DemandKind.NO_TORTURE, DemandKind.DISAPPEARANCE}),
        ("The weather is fine.", set()),
        ("", set()),
    ],
)  # fmt: skip
def test_a_demand_is_known_by_the_roots_of_its_words(text, kinds):
    assert demands_said(text) == kinds


@pytest.mark.parametrize("kind", DemandKind)
@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_every_template_of_ours_says_what_it_is_asked_to(kind, language):
    from campaign.domain.urgent_action import Person
    from tests import given

    book = given.an_office().letterbook
    if kind is DemandKind.OTHER:
        return
    draft = book.draft(
        book.suggest([kind]), language, person=Person("Ana Ruiz"), target=None, country="Togo", demands=(kind,)
    )

    assert kind in demands_said(draft.body), draft.body
