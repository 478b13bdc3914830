"""The overview and its lists by keyboard alone: everything is reached, in the order of the page, and a view is chosen."""

import pytest

from campaign.store import cases
from tests import given
from tests.browser.test_by_hand import press_through_to
from tests.browser.test_pages import Visit

pytestmark = pytest.mark.browser

VISIBLE = """() => [...document.querySelectorAll(
    'a[href], button, select, summary, textarea, input:not([type=hidden]), [tabindex="0"]')]
    .filter(one => one.tabIndex >= 0 && one.checkVisibility({ visibilityProperty: true }) && !one.disabled)"""
REACHED = f"""() => {{
    const all = ({VISIBLE})(), now = all.indexOf(document.activeElement), look = getComputedStyle(document.activeElement);
    return [now, all.length, look.outlineStyle !== 'none' || look.boxShadow !== 'none'];
}}"""


def walk(page) -> None:
    """Tabs from the top to the end: each thing that can be used is met once, in its order, and shows that it is."""
    page.evaluate("document.body.tabIndex = -1; document.body.focus()")
    place, last, many = -1, -1, 1
    while place < many - 1:
        page.keyboard.press("Tab")
        place, many, is_seen = page.evaluate(REACHED)
        # A field for a day has three stops of its own, and the browser marks the part of it.
        fits = place == last or (place == last + 1 and is_seen)
        assert fits, (last, place, page.evaluate("document.activeElement.outerHTML"))
        last = place


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_an_organizer_chooses_a_view_and_goes_to_its_letters_by_keyboard(chromium, house, width, scheme):
    sophia = cases.case_named(house.db, "sophia")
    for _ in range(3):
        given.a_letter(house.db, sophia)
    given.an_uncertain_letter(house.db, sophia)
    with Visit(chromium, house.address, color_scheme=scheme, viewport={"width": width, "height": 800}) as visit:
        visit.sign_in("Olu")
        page, keys = visit.page, visit.page.keyboard
        visit.go("/organizer/")
        walk(page)

        page.evaluate("document.body.tabIndex = -1; document.body.focus()")
        press_through_to(page, "Choose days, action, case, country, channel")
        keys.press("Enter")
        press_through_to(page, "Channel")
        keys.type("By us")
        press_through_to(page, "Show these")
        keys.press("Enter")
        page.wait_for_url("**/organizer/?**channel=email**")
        visit.check("the view")
        walk(page)

        press_through_to(page, "One letter is uncertain")
        keys.press("Enter")
        page.wait_for_url("**/organizer/sent/?state=uncertain")
        walk(page)
        press_through_to(page, "Only what came back")
        keys.press("Space")
        press_through_to(page, "Show these")
        keys.press("Enter")
        page.wait_for_url("**back=yes**")
        visit.check("the list of what came back")
        assert "No letter fits." in page.inner_text("main")
