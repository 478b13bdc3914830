"""Every page in a real browser: accessible, narrow enough for a phone, silent on the console; and the ways through them."""

import pytest

from campaign.domain.letter import LetterState
from campaign.store import letters
from tests import given
from tests.browser.conftest import PASSWORD

pytestmark = pytest.mark.browser

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
CASE = "/ua/44-22/sophia-huang-xueqin"
PUBLIC = [
    "/", "/results", "/ua/44-22", CASE, f"{CASE}/write", "/ua/44-22/wang-jianbing", "/ua/44-22/wang-jianbing/write",
    "/how-it-works", "/privacy", "/sign-in", "/outbox/", "/nothing-here",
]  # fmt: skip
STAFF = [
    "/organizer/",
    "/admin/documents",
    "/admin/documents/3",
    "/admin/cases",
    "/admin/cases/1",
    "/admin/cases/2",
    "/account",
]


class Visit:
    """One browser window; leaving it checks that no page spoke on the console."""

    def __init__(self, chromium, address: str, **look) -> None:
        self.address = address
        self.context = chromium.new_context(**look)
        self.page = self.context.new_page()
        self.said: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))

    def __enter__(self) -> "Visit":
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()
        said = [words for words in self.said if "status of 404" not in words and "status of 410" not in words]
        assert not said, said

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)

    def check(self, path: str) -> None:
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page, options=RULES).response["violations"]
        assert not found, (path, [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found])
        assert not self.page.evaluate("document.documentElement.scrollWidth > innerWidth"), f"{path} scrolls sideways"

    def sign_in(self, name: str) -> None:
        self.go("/sign-in")
        self.page.get_by_label("Name").fill(name)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_is_accessible_and_never_scrolls_sideways(chromium, house, scheme, width):
    final = given.an_output("Ana Ruiz", "Bo Chen")
    given.take_in(house.db, final)
    with Visit(chromium, house.address, color_scheme=scheme, viewport={"width": width, "height": 800}) as visit:
        for path in PUBLIC:
            visit.go(path)
            visit.check(path)
        visit.sign_in("Ada")
        for path in STAFF:
            visit.go(path)
            visit.check(path)


def fill(visit: Visit, *, how: str) -> None:
    page = visit.page
    page.get_by_label("Your name", exact=True).fill("Sol Writer")
    page.get_by_label("Your e-mail address", exact=True).fill("sol@supporter.example")
    page.get_by_label("Your country", exact=True).select_option("NZ")
    page.get_by_label(how).check()
    page.get_by_label("I agree that my name").check()
    page.get_by_role("button", name="Go on").click()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_from_the_first_page_to_a_letter_that_went_on_a_phone(chromium, house, script):
    with Visit(chromium, house.address, viewport={"width": 390, "height": 844}, java_script_enabled=script) as visit:
        page = visit.page
        visit.go("/")
        page.get_by_role("link", name="Write for her").first.click()
        page.get_by_label("Zhang Rui").check()
        fill(visit, how="By us, by e-mail")
        page.get_by_text("One step is left").wait_for()
        house.send()
        visit.go("/outbox/")
        page.get_by_role("link", name="Zhang Rui").first.click()
        page.locator("a[href*='/confirm/']").click()
        page.get_by_role("button", name="Yes, send my letter").click()
        page.get_by_text("waits in our queue").wait_for()
        house.send()
        page.reload()
        page.get_by_text("Sent: our mail server accepted it").wait_for()


def test_own_mail_and_post_lead_to_a_letter_that_can_be_reported(chromium, house):
    with Visit(chromium, house.address, viewport={"width": 390, "height": 844}) as visit:
        page = visit.page
        for how, ready in (("From your own mail program", "My mail program"), ("By post", "Page to print (PDF)")):
            visit.go(f"{CASE}/write")
            fill(visit, how=how)
            page.get_by_role("link", name=ready).wait_for()
            page.get_by_role("button", name="I have sent it").click()
            page.get_by_text("You told us that you have sent it").wait_for()
    rows = house.db.rows("SELECT id FROM letters")
    assert [letters.letter(house.db, row["id"]).state for row in rows] == [LetterState.REPORTED] * 2


def test_what_was_typed_comes_back_and_the_summary_leads_to_the_field(chromium, house):
    with Visit(chromium, house.address, viewport={"width": 390, "height": 844}) as visit:
        page = visit.page
        page.on("response", lambda _: None)
        visit.go(f"{CASE}/write")
        page.get_by_label("Your name", exact=True).fill("Sol Writer")
        page.get_by_label("Your letter", exact=True).fill("Dear Director, these are my own words.")
        page.get_by_role("button", name="Go on").click()
        page.get_by_role("alert").get_by_role("link", name="Your e-mail address").click()
        assert page.evaluate("document.activeElement.id || location.hash") in ("email", "#email")
        assert page.get_by_label("Your letter", exact=True).input_value() == "Dear Director, these are my own words."
        visit.said.clear()  # Chromium notes every 422


def test_the_whole_way_by_keyboard(chromium, house):
    with Visit(chromium, house.address, viewport={"width": 1280, "height": 900}) as visit:
        page = visit.page
        visit.go(f"{CASE}/write")
        for words, field in (("Sol Writer", "name"), ("sol@supporter.example", "email"), ("New Z", "country")):
            for _ in range(40):
                page.keyboard.press("Tab")
                if page.evaluate("document.activeElement.name") == field:
                    break
            page.keyboard.type(words)
        for _ in range(20):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.name") == "consent":
                page.keyboard.press("Space")
                break
        page.keyboard.press("Enter")
        page.get_by_text("One step is left").wait_for()


def test_an_admin_brings_a_final_output_and_applies_it(chromium, house):
    given.take_in(house.db, given.an_output("Ana Ruiz", "Bo Chen"))
    final = given.an_output(ordinal=2, final=True, says={"Ana Ruiz": given.CLOSED, "Bo Chen": given.OPEN})
    with Visit(chromium, house.address, viewport={"width": 1280, "height": 900}) as visit:
        page = visit.page
        visit.sign_in("Ada")
        page.get_by_label("Files").set_input_files({"name": "final.txt", "mimeType": "text/plain", "buffer": final})
        page.get_by_role("button", name="Show what it says").click()
        page.get_by_text("Closes").wait_for()
        page.get_by_text("Stays open").wait_for()
        assert "NO FURTHER ACTION" in page.locator("mark.closed, mark.open").first.inner_text().upper()
        page.get_by_role("button", name="Apply").click()
        page.get_by_text("Applied", exact=True).wait_for()
        visit.go("/results")
        page.get_by_role("link", name="Ana Ruiz").wait_for()
