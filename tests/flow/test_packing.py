"""Packs: what is printed is always what may be posted."""

from datetime import timedelta

import pypdfium2
import pytest

from campaign.domain.event_refusals import NotPrinted
from campaign.domain.refusals import AddresseeUnknown, CaseClosed, CaseInReview, NotFound
from campaign.flow import packing
from campaign.flow.packing import Wanted
from campaign.flow.printing import NotPrintable
from campaign.letterbook.packs import Poster, poster_facts
from campaign.letterbook.printer import Printer
from campaign.store import actions, cases, packs
from tests import given
from tests.given import CLOSED


def make(db, case, letters=4, languages=("en",), **other):
    return packing.make(db, given.an_office(), Wanted(case.id, letters, languages, **other), by="Olu", now=given.NOON)


def texts(pdf):
    return [" ".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(pdf)]


def test_a_pack_for_a_case_that_is_not_open_is_not_made(db):
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen")
    given.take_in(db, given.an_output("Ana Ruiz", ordinal=2, final=True, says={"Ana Ruiz": CLOSED}))

    with pytest.raises(CaseClosed):
        make(db, ana)
    with pytest.raises(CaseInReview):
        make(db, bo)
    assert packs.packs(db) == []


def test_a_closing_that_is_saved_while_the_pages_are_made_is_in_time(db):
    """The clock is asked before the pages are made and after: the case is closed in between."""
    ana = given.an_open_case(db)
    pack = make(db, ana)
    asked = []

    def clock():
        asked.append(given.NOON)
        if len(asked) == 2:
            given.close(db, ana)
        return given.NOON + timedelta(minutes=len(asked))

    with pytest.raises(CaseClosed):
        packing.pdf(db, given.an_office(), pack, clock)
    assert len(asked) == 2 and cases.case(db, ana.id).has_ended


def test_a_pack_without_an_addressee_or_to_somebody_else_is_not_made(db):
    ana = given.an_open_case(db)
    with pytest.raises(NotFound):
        make(db, ana, target=99)
    with pytest.raises(NotFound):
        make(db, ana, group=99)
    bo = given.an_open_case(db, "Bo Chen", ua="72/26", addressee=None)
    with pytest.raises(AddresseeUnknown):
        make(db, bo)
    with pytest.raises(ValueError):
        make(db, ana, letters=301)
    with pytest.raises(ValueError):
        make(db, ana, languages=("xx",))


def test_to_several_officials_the_letters_go_in_turn_and_each_has_a_page_of_labels(db):
    ana = given.an_open_case(db)
    first = actions.targets(db, ana.action)[0].target
    other = type(first)(
        name="Ada Brandt", role="Minister", address=("2 Old Street", "Borograd"), salutation="Dear Minister"
    )
    actions.set_targets(db, ana.action, (first, other), 1, given.NOON)

    pages = texts(packing.pdf(db, given.an_office(), make(db, ana, letters=5), lambda: given.NOON))

    letters = pages[1:6]
    assert [("1 Square of the Law" in page, "2 Old Street" in page) for page in letters] == [
        (True, False), (False, True), (True, False), (False, True), (True, False),
    ]  # fmt: skip
    assert [page.count("2 Old Street") for page in pages[6:]] == [0, 21, 1]
    assert "each to the official whose address it bears" in pages[-1]


def test_drafts_do_not_come_twice_and_are_the_same_when_the_pack_is_printed_again(db):
    ana = given.an_open_case(db)
    pack = make(db, ana, letters=300, languages=("en", "fr", "es"))

    first, again = (packing._pages(db, given.an_office(), pack, given.NOON) for _ in range(2))

    assert len({sheet.body for sheet in first.letters}) == 300
    assert first == again
    assert {sheet.language for sheet in first.letters} == {"en", "fr", "es"}


def test_a_name_that_we_have_no_type_for_is_refused_in_a_sentence(db):
    ana = given.an_open_case(db)
    pack = make(db, ana)
    db.run("UPDATE targets SET name = '張瑞'")

    with pytest.raises(NotPrintable):
        packing.pdf(db, given.an_office(), pack, lambda: given.NOON)


def test_after_the_deadline_the_card_says_so(db):
    ana = given.an_open_case(db, deadline="20 November 2026")

    card = texts(packing.pdf(db, given.an_office(), make(db, ana), lambda: given.NOON))[0]

    assert "Open: letters were asked for until 20 November 2026" in card and "please ask your Amnesty office" in card


def test_what_the_printer_cannot_set_is_a_refusal_and_it_goes_on_afterwards():
    printer = Printer()
    with pytest.raises(NotPrinted):
        printer.printed("poster.typ", {"nonsense": 1})
    facts = poster_facts(Poster("Letters", "#panic() <b> $x$", "http://letters.example/?via=BERN"))
    pdf = printer.printed("poster.typ", facts)
    assert "#panic() <b> $x$" in texts(pdf)[0]
