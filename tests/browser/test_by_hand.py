"""Closing, confirming and correcting by hand in a real browser, with the keyboard alone."""

import pytest

from campaign.domain.account import Role
from campaign.domain.case import CaseState
from campaign.domain.letter import LetterState
from campaign.flow import addressing, joining
from campaign.store import actions, cases, letters, reopenings
from tests import given
from tests.browser.conftest import PASSWORD
from tests.browser.test_pages import Visit
from tests.given import CLOSED, OPEN

pytestmark = pytest.mark.browser


def press_through_to(page, name: str) -> None:
    """Tabs on until what has the focus is called so."""
    for _ in range(80):
        page.keyboard.press("Tab")
        called = page.evaluate(
            "() => { const e = document.activeElement; const l = e.labels && e.labels[0];"
            " return (l || e).innerText.split('\\n')[0].trim() }"
        )
        if called == name:
            return
    raise AssertionError(f"nothing called {name!r} can be reached by keyboard")


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_a_case_is_closed_by_keyboard_after_a_rehearsal_and_opened_by_a_second_admin(chromium, house, width, scheme):
    joining.add_account(house.db, "Bea", Role.ADMIN, PASSWORD, given.NOON)
    sophia = cases.case_named(house.db, "sophia")
    letter = given.a_letter(house.db, sophia)
    with Visit(chromium, house.address, color_scheme=scheme, viewport={"width": width, "height": 800}) as visit:
        visit.sign_in("Ada")
        page, keys = visit.page, visit.page.keyboard
        visit.go(f"/admin/cases/{sophia.id}")
        visit.check("the case")
        press_through_to(page, "Close Sophia Huang Xueqin’s case …")
        keys.press("Enter")
        page.wait_for_url("**/close?case=*")
        visit.check("the form")
        press_through_to(page, "Show what it would do")
        keys.press("Enter")
        page.get_by_text("One thing to look at").wait_for()
        visit.check("the form once more")
        press_through_to(page, "What became of Sophia Huang Xueqin?")
        keys.type("Acq")
        press_through_to(page, "Why is it closed?")
        keys.type("The court let her go.")
        press_through_to(page, "A sentence")
        keys.type("Her lawyer called us today.")
        press_through_to(page, "Show what it would do")
        keys.press("Enter")
        page.get_by_role("heading", name="This is what it would do").wait_for()
        visit.check("the rehearsal")
        told = page.inner_text("main")
        assert "Closes: acquitted" in told and "One letter that waits stops at once" in told
        assert cases.case(house.db, sophia.id).is_open

        press_through_to(page, "Close now")
        keys.press("Enter")
        page.wait_for_url(f"**/admin/cases/{sophia.id}")
        visit.check("the closed case")
        assert cases.case(house.db, sophia.id).state is CaseState.CLOSED
        assert letters.letter(house.db, letter.id).state is LetterState.STOPPED

        press_through_to(page, "Why can letters go on?")
        keys.type("It was somebody of the same name.")
        press_through_to(page, "A sentence")
        keys.type("Her lawyer rang Ada.")
        press_through_to(page, "Ask to open it again")
        keys.press("Enter")
        page.get_by_role("heading", name="Ada asks to open this case again").wait_for()
        visit.check("asked, as who asked sees it")
        assert not cases.case(house.db, sophia.id).is_open

    with Visit(chromium, house.address, color_scheme=scheme, viewport={"width": width, "height": 800}) as visit:
        visit.sign_in("Bea")
        visit.go("/admin/documents")
        visit.check("the notice")
        visit.page.get_by_role("note").get_by_role("link", name="Sophia Huang Xueqin").click()
        visit.check("asked, as the second sees it")
        press_through_to(visit.page, "Confirm: letters can go on")
        visit.page.keyboard.press("Enter")
        visit.page.get_by_text("Confirmed by Bea").wait_for()
    assert cases.case(house.db, sophia.id).is_open and not reopenings.all_asked(house.db)
    assert letters.letter(house.db, letter.id).state is LetterState.STOPPED


@pytest.mark.parametrize("width", [320, 1280])
def test_conflicts_corrections_and_failing_addresses_are_accessible(chromium, house, width):
    ana = given.open_cases(house.db, "Ana Ruiz", "Bo Chen", deadline="1 December 2026")[0]
    given.take_in(house.db, given.an_output(ordinal=2, says={"Ana Ruiz": CLOSED, "Bo Chen": OPEN}))
    given.take_in(house.db, given.an_output("Ana Ruiz", ordinal=3, deadline="1 December 2036"))
    target = actions.targets(house.db, ana.action)[0]
    with Visit(chromium, house.address, viewport={"width": width, "height": 800}) as visit:
        visit.sign_in("Ada")
        page = visit.page
        visit.go(f"/admin/cases/{ana.id}")
        visit.check("both sides")
        page.get_by_role("link", name="See it in the document").first.click()
        assert "NO FURTHER ACTION" in page.locator("mark.closed").first.inner_text().upper()
        visit.go(f"/admin/targets/{target.id}")
        form = page.locator("form[action$='/correct']")
        form.get_by_label("E-mail address").fill("new@justice.example")
        form.get_by_label("Why is it corrected?").fill("Their page says so.")
        form.get_by_role("button").click()
        page.get_by_role("heading", name="What the output says").wait_for()
        addressing.mark_failing(house.db, target.id, reason="It came back.", by="Ada", now=given.NOON)
        for path in (f"/admin/targets/{target.id}", f"/admin/actions/{ana.action}", "/admin/actions"):
            visit.go(path)
            visit.check(path)
        page.goto(f"{house.address}/admin/actions/{ana.action}")
        page.get_by_label("Letters can go until").fill("2036-12-24")
        page.get_by_label("Why is it extended?").fill("The trial was moved.")
        page.get_by_role("button", name="Extend it").click()
        page.get_by_role("button", name="Back to what the outputs say").wait_for()
        visit.check("an extended deadline")
