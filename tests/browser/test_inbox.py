"""The inbox in a real browser: several files at once, by keyboard and by dropping them."""

import pytest

from campaign.domain.case import CaseState
from campaign.flow import collecting
from campaign.flow.collecting import Rules
from campaign.store import cases
from tests import given
from tests.browser.test_pages import Visit
from tests.given import CLOSED, OPEN
from tests.mails_given import NOW, Names, a_mail

pytestmark = pytest.mark.browser

FINAL = given.an_output(ordinal=2, final=True, says={"Ana Ruiz": CLOSED, "Bo Chen": OPEN})
FILES = [
    {"name": "final.txt", "mimeType": "text/plain", "buffer": FINAL},
    {"name": "recipe.txt", "mimeType": "text/plain", "buffer": b"Two eggs and some flour."},
    {"name": f"{'long-' * 20}.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 broken"},
]
DROP = """([form, files]) => {
    const carried = new DataTransfer();
    for (const [name, text] of files) carried.items.add(new File([text], name, {type: "text/plain"}));
    for (const kind of ["dragenter", "dragover", "drop"])
        form.dispatchEvent(new DragEvent(kind, {dataTransfer: carried, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def waiting(house):
    """Ana and Bo have open cases, a mail brought somebody else's paper, and one paper is doubtful."""
    given.take_in(house.db, given.an_output("Ana Ruiz", "Bo Chen"))
    papers = [
        ("other.txt", given.an_output("Eno Adeyo", ua="72/26")),
        ("odd.txt", given.an_output("Fay Oz", ordinal=2, ua="73/26", says={"Carla Stone": CLOSED}, addressee=None)),
    ]
    mail = a_mail(*papers, sender=f"{'desk-' * 12}@evil.example")
    collecting.take_in_mail(house.db, mail, Rules((), Names(), given.PATIENCE), now=NOW)
    return house


def press(page, name: str) -> None:
    """Goes to a button or link with the Tab key alone, and presses it."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText || ''").strip() == name:
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"the keyboard does not lead to {name}")


def test_several_files_are_brought_looked_at_and_applied_by_keyboard(chromium, waiting):
    with Visit(chromium, waiting.address, viewport={"width": 390, "height": 800}) as visit:
        page = visit.page
        visit.sign_in("Ada")
        page.get_by_label("Files").set_input_files(FILES)
        page.get_by_label("Files").focus()
        press(page, "Show what it says")
        page.get_by_role("heading", name="What you have brought").wait_for()
        assert page.get_by_text("Closes Ana Ruiz, keeps Bo Chen open.").count() == 1
        assert page.get_by_text("Refused", exact=True).count() == 2
        press(page, "Apply what has no doubts")
        page.get_by_role("heading", name="What waits for your word").wait_for()
        press(page, "Apply these")
        page.get_by_text("Closed Ana Ruiz.").wait_for()
        page.get_by_role("link", name="Documents 2 waiting").wait_for()

    found = {case.person.name: case.state for case in cases.cases(waiting.db) if case.ua == given.UA}
    assert found == {"Ana Ruiz": CaseState.CLOSED, "Bo Chen": CaseState.OPEN}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_of_the_inbox_are_accessible_and_never_scroll_sideways(chromium, waiting, scheme, width):
    with Visit(chromium, waiting.address, color_scheme=scheme, viewport={"width": width, "height": 800}) as visit:
        visit.sign_in("Ada")
        visit.check("form")
        visit.page.get_by_label("Files").set_input_files(FILES)
        visit.check("form with files")
        visit.page.get_by_role("button", name="Show what it says").click()
        visit.page.get_by_role("heading", name="What you have brought").wait_for()
        visit.check("brought")
        for path in (
            "/admin/documents?words=ruiz&state=waiting",
            "/admin/documents/waiting",
            "/admin/documents/several",
        ):
            visit.go(path)
            visit.check(path)
        visit.page.goto(f"{waiting.address}/admin/documents/waiting")
        visit.page.get_by_role("button", name="Refuse these").click()
        visit.page.get_by_text("Please write something here").first.wait_for()
        visit.check("refused without a reason")


def test_files_are_dropped_beside_those_that_were_chosen(chromium, waiting):
    with Visit(chromium, waiting.address, viewport={"width": 1280, "height": 900}) as visit:
        page = visit.page
        visit.sign_in("Ada")
        page.get_by_label("Files").set_input_files(FILES[:1])
        form = page.locator("form[data-drop]").element_handle()
        page.evaluate(DROP, [form, [["a.txt", "Two eggs."], ["b.txt", "Some flour."]]])
        assert page.locator(".dropped li").all_inner_texts() == ["final.txt", "a.txt", "b.txt"]
        page.get_by_role("button", name="Show what it says").click()
        page.get_by_text("3 documents.").wait_for()


def test_without_javascript_the_same_works(chromium, waiting):
    with Visit(chromium, waiting.address, java_script_enabled=False) as visit:
        visit.sign_in("Ada")
        assert not visit.page.get_by_text("They can be dropped here").is_visible()
        visit.page.get_by_label("Files").set_input_files(FILES)
        visit.page.get_by_role("button", name="Show what it says").click()
        visit.page.get_by_text("3 documents.").wait_for()
