"""What a supporter starts from."""

import pytest

from campaign.domain.letter import Channel
from campaign.domain.refusals import NoSuchLetter
from campaign.flow import drafting, writing
from campaign.letterbook import OwnWords
from campaign.store import actions, letters, own_letters
from tests import given


def test_the_draft_follows_what_the_target_reads(db):
    ana = given.an_open_case(db)
    draft = drafting.draft(db, given.an_office(), ana)

    assert (draft.language, draft.template) == ("en", "release")
    assert "Ana Ruiz" in draft.subject and "Ana Ruiz" in draft.body


@pytest.mark.parametrize(
    ("languages", "tongue", "language"),
    [
        ("English", "en", "en"),
        ("English", "fr", "en"),
        ("French, English", "en", "en"),
        ("French, English", "es", "fr"),
        ("Chinese, Spanish", "en", "es"),
        ("Chinese", "fr", "fr"),
        ("Chinese", "ar", "en"),
    ],
)
def test_the_language_is_the_supporter_s_if_the_target_reads_it_else_the_first_it_prefers(
    db, languages, tongue, language
):
    ana = given.an_open_case(db, languages=languages)

    assert drafting.draft(db, given.an_office(), ana, tongue=tongue).language == language


def test_two_supporters_get_two_drafts_and_each_the_same_again(db):
    ana = given.an_open_case(db)
    sol, max_, again = (drafting.draft(db, given.an_office(), ana, seed=seed).body for seed in ("sol", "max", "sol"))

    assert sol == again != max_


# What moved the supporter


def a_written(db, case, **other):
    target = actions.targets(db, case.action)[0]
    draft = drafting.draft(db, given.an_office(), case, target=target, seed="sol")
    form = given.a_form(db, case, body=draft.body, seed="sol", channel=Channel.POST, **other)
    receipt = writing.write(db, given.an_office(), case, form, given.NOON)
    return letters.letters_of_receipt(db, receipt)[0], draft


def test_an_answer_is_worked_into_a_draft_that_was_left_as_it_was(db):
    ana = given.an_open_case(db)

    letter, draft = a_written(db, ana, own=OwnWords("her courage", "I taught there once"))

    assert ": her courage." in letter.body and ": I taught there once." in letter.body
    assert letter.body.split("\n\n")[0] == draft.body.split("\n\n")[0]
    assert letter.body.split("\n\n")[-1] == draft.body.split("\n\n")[-1]
    assert letter.has_own_words


def test_a_draft_that_nobody_touched_is_known_as_such(db):
    letter, draft = a_written(db, given.an_open_case(db))

    assert letter.body == draft.body
    assert not letter.has_own_words


def test_an_answer_becomes_a_paragraph_of_a_text_that_was_changed_unless_it_stands_there(db):
    ana = given.an_open_case(db)
    text = "Dear Director,\n\nI write to you.\n\nPlease free Ana.\n\nThank you.\n\nYours,"
    form = given.a_form(db, ana, body=text, own=OwnWords("her courage", "I taught there"), channel=Channel.POST)
    told = given.a_form(db, ana, body=text + " her courage", own=OwnWords("her courage"), channel=Channel.POST)

    first, second = (
        letters.letters_of_receipt(db, writing.write(db, given.an_office(), ana, one, given.NOON))[0]
        for one in (form, told)
    )

    parts = first.body.split("\n\n")
    assert parts[2].endswith("her courage.") and parts[4].endswith("I taught there.")
    assert [part for place, part in enumerate(parts) if place not in (2, 4)] == text.split("\n\n")
    assert second.body == told.body


# Letters that organizers write


def test_a_letter_of_an_organizer_s_own_is_filled_and_offered_for_its_action_alone(db):
    ana, other = given.an_open_case(db), given.an_open_case(db, "Bo Chen", ua="72/26")
    id = own_letters.add_own_letter(
        db, ana.action, language="en", title="The school", subject="For {name}",
        body="{salutation},\n\nI write for {name}. Please let {them} go to {their} family. {{ 7*7 }} {nothing}\n\nYours,",
        by="Olu", now=given.NOON,
    )  # fmt: skip
    name = own_letters.own_letter(db, id).name

    draft = drafting.draft(
        db, given.an_office(), ana, template=name, target=actions.targets(db, ana.action)[0], own=OwnWords("her smile")
    )

    assert draft.subject == "For Ana Ruiz"
    assert draft.body.startswith(
        "Dear Director,\n\nI write for Ana Ruiz. Please let her go to her family. {{ 7*7 }} {nothing}"
    )
    assert "her smile." in draft.body and draft.body.endswith("\n\nYours,")
    with pytest.raises(NoSuchLetter):
        drafting.draft(db, given.an_office(), other, template=name)
    assert own_letters.withdraw_own_letter(db, id, given.NOON)
    with pytest.raises(NoSuchLetter):
        drafting.draft(db, given.an_office(), ana, template=name)


def test_a_draft_made_for_another_official_greets_the_one_it_goes_to(db):
    two = given.ADDRESSEE.replace(
        "Dear Director,", "Prosecutor Nina Newova\nEmail: nina@justice.example\n\nDear Prosecutor,"
    )
    ana = given.an_open_case(db, addressee=two)
    director, prosecutor = in_force = actions.targets(db, ana.action)
    office = given.an_office()
    for language in ("en", "fr"):
        draft = drafting.draft(db, office, ana, target=director, language=language, seed="sol")
        form = given.a_form(
            db, ana, target=prosecutor.id, body=draft.body, seed="sol", language=language, template=draft.template
        )
        expected = drafting.draft(db, office, ana, target=prosecutor, language=language, seed="sol").body

        assert drafting.woven(db, office, ana, form, prosecutor, in_force) == (expected, False)
        changed = given.a_form(db, ana, body=draft.body.split("\n\n")[0] + "\n\nMine.", language=language)
        assert (
            drafting.woven(db, office, ana, changed, prosecutor, in_force)[0] == expected.split("\n\n")[0] + "\n\nMine."
        )
