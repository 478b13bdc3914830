"""Script, blanks of templates and line ends, typed into every field that there is: only text comes back, on pages and in mails."""

from html.parser import HTMLParser

import pytest

from campaign.domain.letter import LetterState
from tests import given
from tests.web.conftest import Page
from tests.web.given_forms import mails
from tests.web.given_places import a_whole_world
from tests.web.given_typed import the_same, undone, who_sends

SCRIPT = """"'><script>alert(1)</script><img src=x onerror=alert(2)><a href="javascript:alert(3)">x</a>"""
TEMPLATE = "{{77777*99991}} ${77777*99991} #{77777*99991} <%= 77777*99991 %> {% if 1 %}{{ config }}"
GENTLE = "{{77777*99991}} ${77777*99991} {% raw %}"  # without the signs that a name may not have
HEADER = "Sol\r\nBcc: everybody@evil.example\r\nX-Injected: yes\r\n\r\nand a body"
PAYLOADS = (SCRIPT, TEMPLATE, GENTLE, HEADER)
# Where what was typed may show, beside the page that the form leads to.
SHOWN_AT = (
    "/", "/ua/71-26/ana-ruiz", "/ua/71-26/ana-ruiz/write", "/organizer/",
    "/organizer/held/", "/organizer/sent/", "/organizer/letters/",
    "/admin/documents", "/admin/cases/1", "/admin/accounts/", "/account",
)  # fmt: skip


@pytest.fixture
def url(sqlite_url):
    """What a page makes of a text has nothing to do with the engine; and this takes long."""
    return sqlite_url


OUR_PICTURES = ("data:image/svg+xml", "/counter/", "/organizer/groups/")


class Live(HTMLParser):
    """What a browser would run or follow in a page that is not ours."""

    def __init__(self, html: str):
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given_to_it = dict(attrs)
        if tag == "script" and not str(given_to_it.get("src")).startswith("/static/"):
            self.found.append("a script")
        if tag == "img" and not str(given_to_it.get("src")).startswith(OUR_PICTURES):
            self.found.append("a picture")
        self.found += [name for name in given_to_it if name.startswith("on")]
        self.found += [
            value for value in given_to_it.values() if str(value).strip().casefold().startswith("javascript:")
        ]


def assert_text_alone(answer) -> str:
    """The text of an answer, in which nothing typed has become anything but text."""
    assert answer.status_code < 500
    assert "X-Injected" not in str(answer.headers) and "everybody@evil" not in str(answer.headers)
    if answer.mimetype != "text/html":
        return ""
    assert not Live(answer.text).found, Live(answer.text).found
    assert "7777000007" not in answer.text and "SECRET_KEY" not in answer.text
    return answer.text


def assert_plain_mails(db) -> None:
    for mail in mails(db):
        assert mail["X-Injected"] is None and mail["Bcc"] is None and len(mail.get_all("To")) == 1
        assert "evil" not in f"{mail['From']} {mail['To']} {mail['Reply-To']}"
        body = mail.get_body(("plain",)).get_content()
        assert "7777000007" not in f"{mail['Subject']} {body}"
        assert not [part for part in mail.walk() if part.get_content_type() == "text/html"]


def forms_at(visitor, paths):
    for path in paths:
        answer = visitor.get(path)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            yield from Page(answer.text).forms


def fields_of(app, places, sender):
    """Each field of each form on any page, once: the route that takes it, its path, its form's other fields, its name."""
    known = set()
    routes = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint in (
            "static",
            "admin.original",
            "letters.sheet",
            "languages.choose",
        ):
            continue
        shown = (places.path(rule), *places.more_pages.get(rule.endpoint, ()))
        for form in forms_at(sender(rule.endpoint)[0], shown):
            path = form["action"]
            if form["method"] == "get":
                continue
            endpoint = routes.match(path.partition("?")[0], method="POST")[0]
            for name in {*form["values"], *form["choices"]} - {"csrf_token"}:
                if (endpoint, name) not in known:
                    known.add((endpoint, name))
                    yield endpoint, path, form["values"], name


def test_what_is_typed_into_any_field_comes_back_as_text_alone(app, db, client, ada):
    sender = who_sends(app, db, client, ada)
    places = a_whole_world(db, app)
    seen = dict.fromkeys(("<script>alert", "{{77777*99991}}", "Bcc: everybody"), 0)
    fields = list(fields_of(app, places, sender))
    for endpoint, path, values, name in fields:
        visitor, page, typed = sender(endpoint)
        token = {"csrf_token": visitor.page(page).forms[0]["values"]["csrf_token"]}
        for payload in PAYLOADS:
            with undone(db):
                browser = the_same(app, visitor)
                answer = browser.post(path, data=values | typed | token | {name: payload})
                told = assert_text_alone(answer)
                if answer.status_code == 303:
                    told += assert_text_alone(browser.get(answer.location))
                    told += "".join(assert_text_alone(the_same(app, ada).get(at)) for at in SHOWN_AT)
                    assert_plain_mails(db)
                shown = Page(told).text if told else ""
                shown += str([form["values"] for form in Page(told).forms]) if told else ""
                for words in seen:
                    seen[words] += words in shown
    assert {endpoint for endpoint, *_ in fields} >= {
        "writing.send",
        "staff.enter",
        "accounts.invite",
        "closing.rehearse",
        "documents.propose",
        "documents.answer",
        "events.say",
        "held.give_back",
    }
    assert len(fields) > 40
    assert min(seen.values()) > 3, seen  # they do come back


def test_what_is_in_an_address_comes_back_as_text_alone(client, ada, db):
    given.an_open_case(db)
    for path in (
        f"/{SCRIPT}",
        f"/?q={SCRIPT}",
        f"/sign-in?next={SCRIPT}",
        f"/organizer/sent/?state={SCRIPT}",
        "/in/fr?to=/%0d%0aX-Injected:yes",
    ):
        for visitor in (client, ada):
            assert_text_alone(visitor.get(path))


def test_a_letter_with_payloads_in_it_leaves_as_text_alone(app, db, client, ada):
    given.an_open_case(db)
    for letter_of in (SCRIPT, TEMPLATE, HEADER):
        with undone(db):
            letter = given.a_letter(
                db, given.an_open_case(db), name=GENTLE, subject=GENTLE, body=f"Dear Director,\n\n{letter_of}"
            )
            if letter.state is LetterState.HELD:
                assert_text_alone(the_same(app, ada).get(f"/organizer/held/{letter.id}"))
                ada_again = the_same(app, ada)
                assert_text_alone(ada_again.send(f"/organizer/held/{letter.id}", part="/read", status=200))
                ada_again.send(f"/organizer/held/{letter.id}", part="/release")
            assert_text_alone(client.get(f"/letters/{letter.receipt}"))
            assert_plain_mails(db)


def test_the_name_of_a_file_is_text_alone(ada):
    import io

    values = ada.page("/admin/documents").form("documents")["values"]
    for payload in PAYLOADS:
        files = [(io.BytesIO(given.an_output("Ana Ruiz")), payload.replace("\r\n", " "))]
        answer = ada.post("/admin/documents", data=values | {"files": files}, content_type="multipart/form-data")
        assert_text_alone(answer)
        assert_text_alone(ada.get("/admin/documents"))
        assert_text_alone(ada.get("/admin/documents/1"))
        assert_text_alone(ada.get("/admin/documents/1/original"))
