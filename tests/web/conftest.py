"""The application, and a browser client that holds every page it sees to the house rules."""

from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from campaign.domain.account import Role
from campaign.flow import joining
from campaign.settings import Settings
from campaign.store.database import Database
from campaign.web.app import create_app
from tests import given

PASSWORD = "correct horse battery"
VOID = {"input", "br", "hr", "img", "meta", "link"}


class Page(HTMLParser):
    """What a test asks of a page: its text, headings, links, fields and forms."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.headings, self.ids, self.labelled = "", [], [], set()
        self.fields: list[dict] = []
        self.forms: list[dict] = []
        self.links: dict[str, str] = {}
        self.title = ""
        self._open: list[tuple[str, dict]] = []
        self._area = self._select = None
        self.feed(html)
        self.text = " ".join(self.text.split())

    def handle_starttag(self, tag, attrs):
        found = {name: value or "" for name, value in attrs}
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "form":
            self.forms.append(
                {"action": found.get("action", ""), "method": found.get("method", "get"), "values": {}, "choices": {}}
            )
        if tag in ("input", "textarea", "select"):
            self._field(tag, found)
        if tag == "option" and self._select is not None:
            self._option(found)
        if tag == "label" and "for" in found:
            self.labelled.add(found["for"])
        if tag not in VOID:
            self._open.append((tag, found))

    def _field(self, tag, found):
        self.fields.append({"tag": tag, **found, "in_label": any(name == "label" for name, _ in self._open)})
        form = self.forms[-1] if self.forms else None
        if tag == "textarea":
            self._area = found["name"]
            if form:
                form["values"][found["name"]] = ""
        if form is None or "name" not in found:
            return
        if tag == "select":
            self._select = found["name"]
            form["choices"].setdefault(found["name"], [])
        elif found.get("type") in ("radio", "checkbox"):
            form["choices"].setdefault(found["name"], []).append(found.get("value", "y"))
            if "checked" in found:
                form["values"][found["name"]] = found.get("value", "y")
        elif tag == "input" and found.get("type") != "file":
            form["values"][found["name"]] = found.get("value", "")

    def _option(self, found):
        self.forms[-1]["choices"][self._select].append(found["value"])
        if "selected" in found:
            self.forms[-1]["values"][self._select] = found["value"]

    def handle_endtag(self, tag):
        while self._open and self._open[-1][0] != tag:
            self._open.pop()
        if self._open:
            self._open.pop()
        if tag == "textarea":
            self._area = None
        if tag == "select":
            self._select = None

    def handle_data(self, text):
        names = [name for name, _ in self._open]
        if "title" in names and "svg" not in names:
            self.title += text
        if self._area and self.forms:
            self.forms[-1]["values"][self._area] += text
        if "h1" in names:
            self.headings.append(text)
        for name, found in self._open:
            if name == "a" and "href" in found:
                self.links[text.strip()] = found["href"]
        if "style" not in names and "title" not in names:
            self.text += f" {text}"

    def form(self, part: str) -> dict:
        return next(form for form in self.forms if part in form["action"])


def assert_house_rules(html: str) -> None:
    page = Page(html)
    heading = " ".join("".join(page.headings).split())
    assert html.count("<h1") == 1, "a page has one h1"
    assert page.title.startswith(heading), (page.title, heading)
    assert len(page.ids) == len(set(page.ids)), "no id stands twice"
    for field in page.fields:
        named = field["in_label"] or field.get("id") in page.labelled or "aria-label" in field
        assert field.get("type") in ("hidden", "submit") or named, f"no label for {field}"
    for form in page.forms:
        assert form["action"], "every form says where it goes"
        assert form["method"] == "get" or "csrf_token" in form["values"], "every form has its token"


class House(FlaskClient):
    def open(self, *args, **kwargs):
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and response.status_code != 303 and response.data:
            assert_house_rules(response.text)
        if not kwargs.get("buffered") and "Content-Security-Policy" not in response.headers:
            raise AssertionError("no Content-Security-Policy")
        return response

    def page(self, path: str, status: int = 200) -> Page:
        response = self.get(path)
        assert response.status_code == status, (response.status_code, path, response.text[:2000])
        return Page(response.text)

    def send(self, path: str, part: str = "", status: int = 303, **values):
        """Opens a page, fills in its form and sends it; returns the answer."""
        form = self.page(path).form(part or urlsplit(path).path)
        filled = {**form["values"], **{name: value for name, value in values.items() if value is not None}}
        for name in [name for name, value in values.items() if value is None]:
            filled.pop(name, None)
        answer = self.post(form["action"], data=filled)
        assert answer.status_code == status, (answer.status_code, Page(answer.text).text[:3000])
        return answer

    def sign_in(self, name: str) -> None:
        self.send("/sign-in", name=name, password=PASSWORD)


@pytest.fixture
def settings() -> Settings:
    return Settings(secret_key="only for tests, and long enough to be one")


@pytest.fixture
def app(db: Database, settings: Settings):
    made = create_app(settings, db)
    made.config["TESTING"] = True
    made.test_client_class = House
    desk = made.extensions["desk"]
    desk.clock = lambda: given.NOON
    desk.office = replace(desk.office, token=given.a_token)
    return made


@pytest.fixture
def client(app) -> House:
    return app.test_client()


@pytest.fixture
def staff(db: Database) -> Iterator[None]:
    for name, role in (("Olu", Role.ORGANIZER), ("Ada", Role.ADMIN)):
        joining.add_account(db, name, role, PASSWORD, given.NOON)
    yield


@pytest.fixture
def olu(app, staff) -> House:
    client = app.test_client()
    client.sign_in("Olu")
    return client


@pytest.fixture
def ada(app, staff) -> House:
    client = app.test_client()
    client.sign_in("Ada")
    return client
