"""Our own mails (to confirm, to tell of a stopped letter, to thank), and the folders the letterbook reads."""

import re
import shutil
from pathlib import Path

import pytest
from jinja2.exceptions import SecurityError, UndefinedError

from campaign.domain.refusals import NoSuchLetter
from campaign.domain.telling import OUTCOME_SENTENCES
from campaign.domain.urgent_action import Outcome, Person, Target
from campaign.letterbook import Letterbook
from campaign.tongues import TONGUES

ROOT = Path(__file__).parents[2]
BOOK = Letterbook(ROOT / "letters", ROOT / "templates" / "mail")

TO_CONFIRM = {
    "person_name": "Ana Ruiz",
    "target_title": "Director Zhang Wei",
    "letter_subject": "Appeal for Ana Ruiz (China)",
    "letter_body": "Dear Director,\n\nplease let her go.\n\n\n\nYours sincerely,\n\nSol",
    "name": "Sol",
    "link": "https://letters.example/confirm/abc",
    "days": 7,
}
ENDED = {
    "person_name": "Bo Chen",
    "outcome": Outcome.RELEASED,
    "evidence_text": "No further action is asked for Bo Chen.",
    "evidence_source": "Third and final output of UA 71/26",
    "results_link": "https://letters.example/results",
    "open_case": {"name": "Ana Ruiz", "link": "https://letters.example/ua/1-22/ana-ruiz"},
    "unsubscribe_link": "https://letters.example/unsubscribe/abc",
}
THANKED = {**ENDED, "letters": 1312, "countries": 37}
RETURNED = {
    **{name: TO_CONFIRM[name] for name in ("person_name", "target_title", "letter_subject", "letter_body", "link")},
    "sentence": "Please leave out the link.",
}
# Every kind of mail with all that it needs.
MAILS = {
    "confirm": TO_CONFIRM,
    "remind": TO_CONFIRM,
    "stopped": ENDED,
    "thanks": THANKED,
    "returned": RETURNED,
    "copy": {**TO_CONFIRM, "number_of_letter": "7Q2-K4M"},
}
FOR_ADMINS = {
    "applied": {
        "label": "Third and final output of UA 71/26", "name": "final.txt", "closed": "Ana Ruiz (released)",
        "link": "https://letters.example/admin/documents/3",
    },
    "asked": {
        "person_name": "Ana Ruiz", "by": "Ada", "reason": "She was arrested again.", "takes_effect_at": "23 November 2026",
        "link": "https://letters.example/admin/cases/1",
    },
}  # fmt: skip


def test_the_confirmation_mail_shows_the_letter_marked_off_and_one_link():
    mail = BOOK.notice("confirm", **TO_CONFIRM)

    assert mail.subject == "Your letter to Director Zhang Wei: one button is needed"
    assert mail.body.count("https://") == 1
    assert "\n\nhttps://letters.example/confirm/abc\n\n" in mail.body
    assert (
        "> Subject: Appeal for Ana Ruiz (China)\n>\n> Dear Director,\n>\n> please let her go.\n>\n"
        "> Yours sincerely,\n>\n> Sol\n\n"
    ) in mail.body
    assert "If you did not write this" in mail.body and "after 7 days" in mail.body


def test_the_confirmation_mail_signs_a_letter_that_is_not_signed():
    mail = BOOK.notice("confirm", **{**TO_CONFIRM, "letter_body": "Dear Director,"})

    assert "> Dear Director,\n>\n> Sol\n\n" in mail.body


@pytest.mark.parametrize("language", TONGUES)
@pytest.mark.parametrize("kind", ["confirm", "returned", "copy"])
def test_what_a_stranger_typed_cannot_leave_its_marks(kind, language):
    typed = "Hello\r\n\r\n\x0bWin a prize\x85now\u2028here\r\ryes"
    told = {"letter_body": typed, "name": "Sol\nMallory", "letter_subject": "a\nb", "sentence": typed}
    mail = BOOK.notice(kind, language, **{**MAILS[kind], **told})
    ours = [line for line in mail.body.splitlines() if not line.startswith(">")]

    assert not re.search(r"\b(prize|Mallory)\b", "\n".join(ours))
    assert not {"\x0b", "\x85", "\u2028", "\r"} & set(mail.body)


def test_a_stopped_letter_is_told_of_with_the_outcome_the_evidence_and_an_open_case():
    mail = BOOK.notice("stopped", **ENDED)

    assert mail.subject == "Your letter for Bo Chen was not sent"
    for fact in ("The appeal for Bo Chen has ended.", "Bo Chen was released.", "(Third and final output of UA 71/26):"):
        assert fact in mail.body
    assert "> No further action is asked for Bo Chen." in mail.body
    assert "https://letters.example/ua/1-22/ana-ruiz" in mail.body


def test_thanks_name_the_number_of_letters_only_when_it_is_a_number_to_be_proud_of():
    def body(**counted):
        return BOOK.notice("thanks", **{**THANKED, **counted}).body

    assert "one of 1,312 letters from 37 countries sent or reported for Bo Chen" in body()
    assert "one of 25 letters sent" in body(letters=25, countries=1)
    assert "one of the letters written" in body(letters=24)


@pytest.mark.parametrize("language", TONGUES)
@pytest.mark.parametrize("kind", ["stopped", "thanks"])
@pytest.mark.parametrize("outcome", [Outcome.DIED, Outcome.EXECUTED, Outcome.RELEASED, Outcome.OTHER, None])
@pytest.mark.parametrize(
    "left_out", [(), ("evidence_text",), ("evidence_source",), ("open_case",), ("evidence_text", "evidence_source")]
)
def test_our_mails_are_whole_whatever_is_known(kind, outcome, left_out, language):
    mail = BOOK.notice(kind, language, **{**THANKED, "outcome": outcome, **dict.fromkeys(left_out)})

    assert not re.search(r"None|\{|\}|  |\n\n\n| [,.]|\bglad\b|\bhappy\b|good news", mail.body)
    assert mail.body == mail.body.strip()
    assert ("https://letters.example/ua/1-22/ana-ruiz" in mail.body) == ("open_case" not in left_out)
    assert "https://letters.example/unsubscribe/abc" in mail.body
    if language == "en":
        known = outcome in OUTCOME_SENTENCES
        assert ("we would rather not guess" in mail.body) != known
        assert not known or OUTCOME_SENTENCES[outcome] % {"name": "Bo Chen"} in mail.body


@pytest.mark.parametrize("kind", MAILS)
def test_every_mail_is_there_in_every_language_of_the_pages(kind):
    said = {language: BOOK.notice(kind, language, **MAILS[kind]) for language in TONGUES}

    assert len({mail.subject for mail in said.values()}) == len(TONGUES)
    for language, mail in said.items():
        assert ("\u0627" in mail.body) == (language == "ar"), language
        for link in ("link", "results_link", "unsubscribe_link"):
            if link in MAILS[kind]:
                assert f"\n\n{MAILS[kind][link]}" in f"\n\n{mail.body}", (language, link)


def test_a_language_that_has_no_such_mail_gets_the_english_one():
    assert BOOK.notice("confirm", "tlh", **TO_CONFIRM) == BOOK.notice("confirm", **TO_CONFIRM)


def test_a_mail_without_its_facts_is_a_mistake_and_not_a_mail():
    with pytest.raises(UndefinedError):
        BOOK.notice("confirm", person_name="Ana Ruiz")


def test_a_mail_that_is_not_there_is_refused():
    with pytest.raises(NoSuchLetter):
        BOOK.notice("../letters/en/release")


@pytest.mark.parametrize("language", TONGUES)
@pytest.mark.parametrize("kind", MAILS)
def test_a_mail_s_subject_is_one_line(kind, language):
    names = {"person_name": "Bo\r\nBcc: x", "target_title": "A\nB", "number_of_letter": "1\n2"}

    assert "\n" not in BOOK.notice(kind, language, **{**MAILS[kind], **names}).subject


# The folder -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def own_book(tmp_path):
    shutil.copytree(ROOT / "letters", tmp_path / "letters")
    shutil.copytree(ROOT / "templates" / "mail", tmp_path / "mail")
    return tmp_path, Letterbook(tmp_path / "letters", tmp_path / "mail")


def test_every_language_offers_the_same_letters():
    names = ["death_penalty", "disappearance", "fair_trial", "health", "protection", "release"]

    assert BOOK.offered() == dict.fromkeys(("en", "es", "fr"), names)


def test_a_file_in_the_folder_is_a_letter_at_once(own_book):
    folder, book = own_book
    (folder / "letters" / "en" / "brief.txt").write_text(
        "Subject: For {{ person.name }}\n\n{{ salutation }},\n\nplease.\n"
    )

    assert book.offered()["en"] == ["brief", *sorted(BOOK.offered()["en"])]
    director = Target(salutation="Dear Director")
    letter = book.draft("brief", "en", person=Person("Ana Ruiz"), target=director, country=None, demands=())
    assert (letter.subject, letter.body) == ("For Ana Ruiz", "Dear Director,\n\nplease.")


def test_a_template_may_not_reach_behind_the_facts(own_book):
    folder, book = own_book
    (folder / "mail" / "en" / "sly.txt").write_text("Subject: x\n\n{{ ''.__class__.__mro__ }}\n")

    with pytest.raises(SecurityError):
        book.notice("sly")


def test_a_template_without_a_subject_is_a_mistake(own_book):
    folder, book = own_book
    (folder / "mail" / "en" / "bare.txt").write_text("Good day\n")

    with pytest.raises(ValueError, match="Subject"):
        book.notice("bare")


@pytest.mark.parametrize("kind", FOR_ADMINS)
def test_admins_are_told_in_english_whatever_was_typed(kind):
    mail = BOOK.notice(kind, **FOR_ADMINS[kind])
    assert FOR_ADMINS[kind]["link"] in mail.body and "\n\n\n" not in mail.body

    hostile = {**FOR_ADMINS[kind], "reason": "x\nSubject: y", "name": "a\nb", "by": "A\nB", "label": "L\nM"}
    shown = BOOK.notice(kind, **hostile)
    assert "\n" not in shown.subject and "\nSubject: y" not in shown.body
    without = BOOK.notice(kind, **{**FOR_ADMINS[kind], "closed": None, "takes_effect_at": None})
    assert "None" not in without.body
