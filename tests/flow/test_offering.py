"""Letters that organizers add for an action."""

import pytest

from campaign.domain.refusals import LetterUnfit, NotFound
from campaign.domain.urgent_action import DemandKind
from campaign.flow import offering
from campaign.flow.offering import OwnText
from campaign.store import journal, own_letters
from tests import given

GOOD = OwnText(
    "en", "The school", "For {name}",
    "{salutation},\n\nI write for {name}. Please release {them}, so that {they} can teach again.\n\nYours,",
)  # fmt: skip


def other(**words: str) -> OwnText:
    return OwnText(**{**vars(GOOD), **words})


def test_a_letter_is_shown_for_each_open_person_before_it_is_offered(db):
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    given.close(db, bo)

    shown = offering.previews(db, given.an_office(), ana.action, GOOD)

    assert [one.case.person.name for one in shown] == ["Ana Ruiz"]
    assert shown[0].draft.body.startswith("Dear Director,\n\nI write for Ana Ruiz. Please release her, so that she can")
    assert shown[0].unsaid == () and shown[0].notes == ()


def test_an_offered_letter_stands_with_who_offered_it_and_can_be_withdrawn(db):
    ana = given.an_open_case(db)

    id = offering.offer(db, given.an_office(), ana.action, GOOD, by="Olu", now=given.NOON)
    assert [(one.title, one.by) for one in own_letters.own_letters(db, ana.action)] == [("The school", "Olu")]

    offering.withdraw(db, id, by="Ada", now=given.NOON)
    assert own_letters.own_letters(db, ana.action) == []
    with pytest.raises(NotFound):
        offering.withdraw(db, id, by="Ada", now=given.NOON)
    told = [(row["actor"], row["after"]) for row in journal.events(db) if row["kind"] == "own letter"]
    assert told == [("Olu", "offered"), ("Ada", "withdrawn")]


UNFIT = {
    "a blank that is none": ({"body": GOOD.body + " {nonsense}"}, "“{nonsense}” is not one of our blanks"),
    "an English blank in French": ({"language": "fr"}, "“{them}” is not one of our blanks"),
    "nobody's name": ({"body": "{salutation},\n\nPlease release her."}, "would not say for whom it is"),
    "no title": ({"title": " "}, "The title needs between one and 60 characters."),
    "a link": ({"body": GOOD.body + " See www.evil.example"}, "It has a link in it"),
    "a threat": ({"body": GOOD.body + " We will kill you."}, "It can be read as a threat"),
    "too long": ({"body": GOOD.body + " word" * 700}, "For Ana Ruiz it becomes longer than a letter may be."),
    "nothing asked for": ({"body": "Dear {name}, hello."}, "asks for nothing of what the documents ask for Ana Ruiz"),
    "another language": ({"language": "de"}, "no letters in the language “de”"),
}


@pytest.mark.parametrize(("words", "sentence"), UNFIT.values(), ids=list(UNFIT))
def test_what_cannot_be_offered_is_refused_with_the_reason(db, words, sentence):
    ana = given.an_open_case(db)

    with pytest.raises(LetterUnfit) as refused:
        offering.offer(db, given.an_office(), ana.action, other(**words), by="Olu", now=given.NOON)

    assert sentence in str(refused.value)
    assert own_letters.own_letters(db, ana.action) == []


def test_a_demand_that_is_left_unsaid_is_pointed_out_and_refuses_nothing(db):
    two = "I call on you to release Ana Ruiz immediately and unconditionally, and to grant her medical care."
    ana = given.open_cases(db, "Ana Ruiz")[0]
    given.take_in(
        db,
        given.an_output("Ana Ruiz", ordinal=2).replace(
            b"I call on you to release Ana Ruiz immediately and unconditionally.", two.encode()
        ),
    )

    shown = offering.previews(db, given.an_office(), ana.action, GOOD)

    assert shown[0].unsaid == (DemandKind.HEALTH,)
    assert offering.why_unfit(db, given.an_office(), ana.action, GOOD) == ()
