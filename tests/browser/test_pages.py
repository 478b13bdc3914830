"""Every page in a real browser: accessible, narrow enough for a phone, silent on the console; and the ways through them."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from campaign.domain.letter import Channel, LetterState
from campaign.flow import writing
from campaign.store import cases, letters
from tests import given
from tests.browser.conftest import PASSWORD

pytestmark = pytest.mark.browser

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
CASE = "/ua/44-22/sophia-huang-xueqin"
PUBLIC = [
    "/", "/results", "/ua/44-22", CASE, f"{CASE}/write", "/ua/44-22/wang-jianbing", "/ua/44-22/wang-jianbing/write",
    "/how-it-works", "/privacy", "/record", "/record/44-22", "/sign-in", "/outbox/", "/nothing-here",
]  # fmt: skip
STAFF = [
    "/organizer/",
    "/organizer/?action=44-22&from=2026-01-01&group=nobody",
    "/organizer/print?channel=email",
    "/organizer/held/",
    "/organizer/held/5",
    "/organizer/sent/",
    "/organizer/sent/?state=held&state=uncertain&from=2026-01-01",
    "/organizer/sent/1",
    "/organizer/letters/",
    "/organizer/letters/44-22/new",
    "/admin/documents",
    "/admin/documents/3",
    "/admin/cases",
    "/admin/cases/1",
    "/admin/cases/2",
    "/admin/record",
    "/admin/record?letters=y&who=nobody&from=2026-01-01",
    "/admin/record?from=never",
    "/admin/record/1",
    "/admin/actions",
    "/admin/actions/1",
    "/admin/actions/1/close?case=1",
    "/admin/targets/1",
    "/account",
    "/account/second-step",
    "/admin/accounts/",
    "/admin/accounts/1",
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
        # Chromium notes every answer that is a refusal; that the page is one is looked at elsewhere.
        said = [words for words in self.said if "responded with a status of 4" not in words]
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
    paths = [*PUBLIC, *a_letter_in_every_state(house.db)]
    held = next(iter(letters.held_letters(house.db)))
    uncertain = given.an_uncertain_letter(house.db, next(case for case in cases.cases(house.db) if case.ua == given.UA))
    with Visit(chromium, house.address, color_scheme=scheme, viewport={"width": width, "height": 800}) as visit:
        for path in paths:
            visit.go(path)
            visit.check(path)
        visit.go("/in/ar")
        for path in paths:
            visit.go(path)
            visit.check(path)
        visit.sign_in("Ada")
        for path in [*STAFF, f"/organizer/sent/{uncertain.id}"]:
            visit.go(path)
            visit.check(path)
        visit.go(f"/organizer/held/{held.id}")
        visit.page.get_by_role("button", name="Read it").click()
        visit.page.get_by_text("That you have read it is on record.").wait_for()
        visit.check("a held letter that is read")


def a_letter_in_every_state(db) -> list[str]:
    """The pages of letters: receipts, confirming, changing, printing, the code's page, the end of news."""
    case = next(case for case in cases.cases(db) if case.person.name == "Sophia Huang Xueqin")
    office = replace(given.an_office(), secret_key="only for tests, and long enough to be one")
    receipts, now = [], datetime.now(UTC)
    for channel, body in (
        (Channel.EMAIL, "Dear Director,\n\nPlease free her."),
        (Channel.OWN_MAIL, "Dear Director,\n\nPlease free her."),
        (Channel.POST, "Dear Director,\n\nPlease free her."),
        (Channel.POST, "Please free Wang Jianbing. See www.evil.example"),
    ):
        form = given.a_form(db, case, channel=channel, body=body, to_embassy=channel is Channel.POST)
        receipts.append(writing.write(db, office, case, form, now))
        if channel is Channel.EMAIL:
            token = office.confirmation(form.form_key)
    waiting, own, post, held = (letters.letters_of_receipt(db, receipt)[0] for receipt in receipts)
    return [
        *(f"/letters/{receipt}" for receipt in receipts), f"/confirm/{token}", f"/letters/{own.receipt}/change/{own.id}",
        f"/letters/{post.receipt}/print/{post.id}", f"/wanted/{case.id}-1-{case.epoch}",
        f"/unsubscribe/{office.unsubscription(office.writer(str(waiting.email)))}", f"/letters/{held.receipt}/print/{held.id}",
    ]  # fmt: skip


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


@pytest.mark.parametrize("tongue", ["en", "fr", "es", "ar"])
@pytest.mark.parametrize("channel", ["email", "own_mail", "post"])
def test_from_the_first_page_to_the_receipt_are_three_screens_in_every_language(chromium, house, channel, tongue):
    locale = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES", "ar": "ar-EG"}[tongue]
    with Visit(chromium, house.address, viewport={"width": 390, "height": 844}, locale=locale) as visit:
        page, screens = visit.page, []
        page.on("framenavigated", lambda frame: screens.append(frame.url))
        visit.go("/")
        assert page.locator("html").get_attribute("lang") == tongue
        page.locator("a[href$='/sophia-huang-xueqin/write']").first.click()
        page.locator("[name=name]").fill("Sol Writer")
        page.locator("[name=email]").fill("sol@supporter.example")
        page.locator("[name=country]").select_option("NZ")
        page.locator(f"[name=channel][value={channel}]").check()
        page.locator("[name=consent]").check()
        page.locator("form[data-check] > p:last-child button").click()
        page.wait_for_url("**/letters/*")
        assert len(screens) == 3, screens
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")

        if channel == "email":
            house.send()
            visit.go("/outbox/")
            page.locator("main table a").first.click()
            page.locator("a[href*='/confirm/']").first.click()
            page.locator("main form button").first.click()
            page.wait_for_url("**/letters/*")
            house.send()
        else:
            if channel == "own_mail":
                assert page.locator("a[href^='mailto:director@']").count() == 1
                assert page.locator("a[href^='https://mail.google.com/']").count() == 1
                assert page.locator("button[data-copy]").first.is_visible()
            else:
                assert page.request.get(page.locator("a[href*='.pdf']").first.evaluate("link => link.href")).ok
            page.locator("form.went button").first.click()
            page.wait_for_load_state()
    letter = letters.letter(house.db, 1)
    assert letter.state is (LetterState.SENT if channel == "email" else LetterState.REPORTED)
    assert letter.tongue == tongue


def test_the_copy_button_copies_the_letter_and_says_so(chromium, house):
    with Visit(chromium, house.address, permissions=["clipboard-read", "clipboard-write"]) as visit:
        page = visit.page
        visit.go(f"{CASE}/write")
        fill(visit, how="From your own mail program")
        page.get_by_role("button", name="Copy the text").click()
        page.get_by_role("button", name="Copied").wait_for()
        said = page.evaluate("navigator.clipboard.readText()").replace("\r\n", "\n")
        assert said.startswith("Dear Director,\n\n") and said.endswith("\n\nSol Writer")


def test_while_typing_the_characters_are_counted_and_the_letter_is_looked_over(chromium, house):
    with Visit(chromium, house.address, viewport={"width": 390, "height": 844}) as visit:
        page = visit.page
        visit.go(f"{CASE}/write")
        page.get_by_label("Your letter", exact=True).fill("Please free Wang Jianbing. See www.evil.example")
        page.get_by_text("2,953 characters left").wait_for()
        page.get_by_text("Wang Jianbing, whose appeal has ended").wait_for()
        page.get_by_text("one of our organizers looks at it first").wait_for()
        page.get_by_label("Your letter", exact=True).fill("Please free Sophia Huang Xueqin.")
        page.get_by_text("whose appeal has ended").wait_for(state="detached")


def test_by_post_alone_is_offered_for_an_official_without_an_e_mail_address(chromium, house):
    with Visit(chromium, house.address, viewport={"width": 390, "height": 844}) as visit:
        page = visit.page
        house.db.run("UPDATE targets SET email = NULL WHERE name = 'Zhang Jian'")
        visit.go(f"{CASE}/write")
        page.get_by_label("Zhang Jian").check()
        assert page.get_by_label("By post", exact=False).first.is_checked()
        assert page.locator("[name=channel][value=email]").is_disabled()
        page.get_by_label("Zhang Rui").check()
        assert page.locator("[name=channel][value=email]").is_enabled()


def test_what_was_typed_comes_back_and_the_summary_leads_to_the_field(chromium, house):
    with Visit(chromium, house.address, viewport={"width": 390, "height": 844}) as visit:
        page = visit.page
        visit.go(f"{CASE}/write")
        page.get_by_label("Your name", exact=True).fill("Sol Writer")
        page.get_by_label("Your letter", exact=True).fill("Dear Director, these are my own words.")
        page.get_by_role("button", name="Go on").click()
        page.get_by_role("alert").get_by_role("link", name="Your e-mail address").click()
        assert page.evaluate("document.activeElement.id || location.hash") in ("email", "#email")
        assert page.get_by_label("Your letter", exact=True).input_value() == "Dear Director, these are my own words."


def test_the_whole_way_by_keyboard(chromium, house):
    with Visit(chromium, house.address, viewport={"width": 1280, "height": 900}) as visit:
        page = visit.page
        visit.go("/")
        for _ in range(20):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.pathname") == f"{CASE}/write":
                break
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Your letter for Sophia Huang Xueqin").wait_for()
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
        page.get_by_text("Closes", exact=True).wait_for()
        page.get_by_text("Stays open").wait_for()
        assert "NO FURTHER ACTION" in page.locator("mark.closed, mark.open").first.inner_text().upper()
        page.get_by_role("button", name="Apply").click()
        page.get_by_text("Applied", exact=True).wait_for()
        visit.go("/results")
        page.get_by_role("link", name="Ana Ruiz").wait_for()
