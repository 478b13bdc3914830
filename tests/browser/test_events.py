"""An event's whole circle in a real browser, by keyboard: pack, PDF, report, number, correction."""

import pypdfium2
import pytest

from campaign.flow import grouping, packing
from campaign.store import batches, cases, packs
from tests import given
from tests.browser.test_pages import Visit

pytestmark = pytest.mark.browser


def to(page, name: str, *, tag: str = "") -> None:
    """Tabs on until that is in focus, by its name, or by its words if it is a link or button of that kind."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("[document.activeElement.name, document.activeElement.textContent.trim()]")[bool(tag)] == name:
            return
    raise AssertionError(f"{name} cannot be reached by keyboard")


def test_a_pack_goes_the_whole_circle_by_keyboard(chromium, house):
    with Visit(chromium, house.address, viewport={"width": 1280, "height": 900}) as visit:
        page = visit.page
        visit.sign_in("Olu")
        to(page, "Events", tag="a")
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Make a pack").wait_for()
        to(page, "Make a pack for Sophia Huang Xueqin", tag="a")
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="A pack for Sophia Huang Xueqin").wait_for()
        to(page, "letters")
        page.keyboard.press("Control+A")
        page.keyboard.type("12")
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Pack ").wait_for()
        code = page.get_by_role("heading", level=1).inner_text().removeprefix("Pack ")

        to(page, "The pack to print (PDF)", tag="a")
        address = page.evaluate("document.activeElement.href")
        answer = page.request.get(address)
        pdf = pypdfium2.PdfDocument(answer.body())
        assert answer.headers["content-type"] == "application/pdf" and len(pdf) == 1 + 12 + 2 + 1
        assert code in pdf[len(pdf) - 1].get_textpage().get_text_range()

        visit.go("/organizer/events/report")
        to(page, "code")
        page.keyboard.type(code.lower().replace("-", ""))
        page.keyboard.press("Enter")
        page.get_by_role("heading", name=f"Report on pack {code}").wait_for()
        to(page, "n")
        page.keyboard.type("9")
        to(page, "kept_at")
        page.keyboard.type("Folder 7, office")
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="9 letters for Sophia Huang Xueqin").wait_for()

        to(page, "Correct it: 9 letters for Sophia Huang Xueqin, " + _day(house), tag="a")
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Correct a report").wait_for()
        to(page, "n")
        page.keyboard.press("Control+A")
        page.keyboard.type("11")
        to(page, "reason")
        page.keyboard.type("Two lay under the table.")
        to(page, "Correct it", tag="button")
        page.keyboard.press("Enter")
        page.get_by_text("11 letters reported by events, in 1 report.").wait_for()
        page.get_by_text("What stood there before (1)").click()
        page.get_by_text("9 letters on").wait_for()


def _day(house) -> str:
    held_on = batches.batches(house.db)[0].held_on
    return f"{held_on.day} {held_on:%B %Y}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_of_events_are_accessible_and_never_scroll_sideways(chromium, house, scheme, width):
    db, office = house.db, given.an_office()
    case = next(case for case in cases.cases(db) if case.is_open)
    group = grouping.make(db, office, "Letters by lamplight, Dunedin", "LAMP", by="Ada", now=given.NOON)
    wanted = packing.Wanted(case.id, 46, ("en", "fr"), group=group)
    pack, other = (packing.make(db, office, wanted, by="Olu", now=given.NOON) for _ in range(2))
    with Visit(chromium, house.address, color_scheme=scheme, viewport={"width": width, "height": 800}) as visit:
        visit.go("/?via=LAMP")
        visit.check("/?via=LAMP")
        visit.sign_in("Ada")
        visit.go(f"/organizer/events/report?code={pack.code}")
        for field, words in (("How many", "46"), ("Where is the record", "Folder 7")):
            visit.page.get_by_label(field).fill(words)
        visit.page.get_by_label("Day of the event").fill(given.NOON.date().isoformat())
        visit.page.get_by_role("button", name="Report it").click()
        visit.page.get_by_text("Saved. Thank you.").wait_for()
        for path in (
            "/organizer/events/", f"/organizer/events/cases/{case.id}/pack", f"/organizer/events/packs/{pack.id}",
            "/organizer/events/report", "/organizer/events/report?code=NONSENSE", f"/organizer/events/report?code={pack.code}",
            f"/organizer/events/report?code={other.code}", f"/organizer/events/report?case={case.id}",
            "/organizer/events/batches", "/organizer/events/batches/1/correct", "/organizer/groups/",
            f"/organizer/groups/{group}", "/organizer/targets/", "/organizer/targets/1/delivery",
        ):  # fmt: skip
            visit.go(path)
            visit.check(path)
    assert len(packs.packs(db)) == 2
