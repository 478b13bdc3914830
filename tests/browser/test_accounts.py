"""From the invitation to the password to the second step to signing in with a code: in a real browser, by keyboard."""

from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

import pytest

from campaign import second_step
from tests.browser.test_pages import Visit

pytestmark = pytest.mark.browser
PASSWORD = "several words in a row"


def typed(visit: Visit, *words: str) -> None:
    """Types into one field after the other, and presses Enter in the last."""
    for place, word in enumerate(words):
        if place:
            visit.page.keyboard.press("Tab")
        visit.page.keyboard.type(word)
    with visit.page.expect_navigation():
        visit.page.keyboard.press("Enter")


def checked(visit: Visit, heading: str) -> None:
    assert visit.page.get_by_role("heading", level=1).inner_text() == heading
    visit.check(heading)


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_from_an_invitation_to_signing_in_with_a_code(chromium, house, width, scheme):
    look = {"color_scheme": scheme, "viewport": {"width": width, "height": 800}}
    with Visit(chromium, house.address, **look) as ada:
        ada.sign_in("Ada")
        ada.go("/admin/accounts/")
        checked(ada, "Accounts")
        ada.page.get_by_label("Name").fill("Bea Okafor")
        ada.page.get_by_label("Role").select_option("admin")
        ada.page.get_by_role("button", name="Make the link").click()
        checked(ada, "The link for Bea Okafor")
        link = ada.page.locator("code").inner_text()
        assert link in unquote(ada.page.get_by_role("link", name="Write a mail").get_attribute("href"))
        ada.go("/admin/accounts/")
        checked(ada, "Accounts")
    house.ask_for_second_step("admins")
    secret, codes = joins(chromium, house, link, look)
    signs_in(chromium, house, look, [second_step.code_at(secret, datetime.now(UTC) + timedelta(seconds=30)), codes[0]])


def joins(chromium, house, link: str, look: dict) -> tuple[str, list[str]]:
    """Bea chooses a password and sets up the app; the secret in it and the recovery codes."""
    with Visit(chromium, house.address, **look) as bea:
        bea.page.goto(link)
        checked(bea, "Welcome, Bea Okafor")
        bea.page.get_by_label("New password").focus()
        typed(bea, "short", "other")
        checked(bea, "Welcome, Bea Okafor")
        bea.page.get_by_label("New password").focus()
        typed(bea, PASSWORD, PASSWORD)
        checked(bea, "Set up the second step")
        bea.go("/admin/cases")
        checked(bea, "Set up the second step")
        assert bea.page.get_by_role("img").evaluate("image => image.complete && image.naturalWidth > 0")
        secret = bea.page.locator("code").inner_text().replace(" ", "")
        bea.page.get_by_label("The six digits").focus()
        typed(bea, second_step.code_at(secret, datetime.now(UTC)))
        checked(bea, "Your recovery codes")
        codes = bea.page.locator("code").all_inner_texts()
        bea.page.get_by_role("link", name="I have kept them").click()
        checked(bea, "Your account")
        bea.go("/account/second-step")
        checked(bea, "Set up the second step")
        bea.go("/account")
        bea.page.get_by_role("button", name="Sign out").click()
        bea.page.goto(link)
        checked(bea, "Nothing here")
    return secret, codes


def signs_in(chromium, house, look: dict, codes: list[str]) -> None:
    """Bea signs in at two places, with the app and with a recovery code, and ends the first from the second."""
    with Visit(chromium, house.address, **look) as one, Visit(chromium, house.address, **look) as other:
        for visit, code in zip((one, other), codes, strict=True):
            visit.go("/account")
            visit.page.get_by_label("Name").focus()
            typed(visit, "Bea Okafor", PASSWORD)
            checked(visit, "The second step")
            visit.page.get_by_label("Code").focus()
            typed(visit, code)
            checked(visit, "Your account")
        other.page.get_by_role("button", name="End it").click()
        assert "this one" in other.page.get_by_role("main").inner_text()
        one.go("/account")
        checked(one, "Sign in")
