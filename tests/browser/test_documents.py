"""A document's page in a real browser: the lines beside the facts, and the whole way by keyboard alone."""

import pytest

from campaign.store import cases
from tests import given
from tests.browser.test_pages import Visit
from tests.documents_given import TWO_RAHIMIS, ambiguous_final, correct, kept
from tests.given import CLOSED

pytestmark = pytest.mark.browser


def tab_to(page, wanted: str) -> None:
    """Presses Tab until what has the focus is called that."""
    for _ in range(150):
        page.keyboard.press("Tab")
        said = page.evaluate(
            "(e => e.id + '|' + (e.getAttribute('aria-label') || e.innerText || e.value || ''))(document.activeElement)"
        )
        if wanted in said:
            return
    raise AssertionError(f"{wanted} cannot be reached by keyboard")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_of_a_document_are_accessible_in_every_state(chromium, house, scheme, width):
    from campaign.domain.corrections import Field

    given.open_cases(house.db, *TWO_RAHIMIS)
    final = kept(house.db, ambiguous_final())
    nameless = kept(house.db, given.an_output("Ana Ruiz", ua="73/26").replace(b"73/26", b""))
    filed = cases.cases(house.db)[0].cause.document
    correct(house.db, house_document(house, filed), Field.TITLE, "", "Another headline")
    refused = kept(house.db, b"Nothing of the kind.")
    paths = [f"/admin/documents/{one}" for one in (final.id, nameless.id, filed, refused.id)]
    paths += [
        f"/admin/documents/{filed}/correct?field={asked}"
        for asked in ("title", "deadline", "final", "country", "addressee&new=yes", "demand&new=yes", "person&new=yes")
    ]
    with Visit(chromium, house.address, color_scheme=scheme, viewport={"width": width, "height": 800}) as visit:
        visit.sign_in("Ada")
        for path in paths:
            visit.go(path)
            visit.check(path)


def house_document(house, id: int):
    from campaign.store import documents

    return documents.document(house.db, id)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_fact_shows_its_line_and_a_line_its_facts_without_script(chromium, house, width):
    look = {"width": width, "height": 844}
    with Visit(chromium, house.address, viewport=look, java_script_enabled=False) as visit:
        visit.sign_in("Ada")
        visit.go("/admin/documents/3")
        page = visit.page
        page.locator("#facts a[href='#line-7']").first.click()
        line = page.locator("#line-7")
        line.scroll_into_view_if_needed(timeout=1000)
        assert page.url.endswith("#line-7")
        box = line.bounding_box()
        assert 0 <= box["y"] < look["height"]
        line.locator("a").first.click()
        fact = page.locator(f"#{page.url.split('#')[1]}")
        assert 0 <= fact.bounding_box()["y"] < look["height"]


def test_from_the_upload_to_the_undoing_by_keyboard(chromium, house):
    given.open_cases(house.db, *TWO_RAHIMIS)
    with Visit(chromium, house.address, viewport={"width": 1280, "height": 900}) as visit:
        page = visit.page
        visit.sign_in("Ada")
        visit.go("/admin/documents")
        tab_to(page, "text|")
        page.keyboard.insert_text(ambiguous_final().decode())
        tab_to(page, "Show what it says")
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="What this document would change").wait_for()
        tab_to(page, "|line ")
        page.keyboard.press("Enter")
        assert "#line-" in page.url
        tab_to(page, "why-1")
        page.keyboard.insert_text("His brother says so.")
        tab_to(page, "Ahmad Rahimi")
        page.keyboard.press("Enter")
        page.get_by_text("Closes Ahmad Rahimi, keeps").wait_for()
        tab_to(page, "why-1")
        page.keyboard.insert_text("Nothing was said of him.")
        tab_to(page, "Yes: still open")
        page.keyboard.press("Enter")
        page.get_by_text("No doubts were found.").wait_for()
        tab_to(page, "|Apply")
        page.keyboard.press("Enter")
        page.get_by_text("Applied", exact=True).wait_for()
        assert {c.person.name: str(c.state) for c in cases.cases(house.db)}["Ahmad Rahimi"] == CLOSED
        tab_to(page, "undo-reason")
        page.keyboard.insert_text("The wrong paper.")
        tab_to(page, "Undo it")
        page.keyboard.press("Enter")
        page.get_by_text("Its effect was undone").wait_for()
        assert {c.person.name: str(c.state) for c in cases.cases(house.db)}["Ahmad Rahimi"] == "open"
        visit.check("the document after undoing")
