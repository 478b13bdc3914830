"""`python -m tests.bench.pages`: the case page, the letter form and the POST of a letter beside a bare Flask page.

The floor is what any Flask application pays: a page of the same size from a Jinja template, a WTForms form with the
same fields and the session's CSRF token, two reads by key; for the POST the form's checks and one durable transaction
with one insert. Both run on waitress in a process each, and are asked in turn, so that whatever else the machine does
touches both alike.
"""

import http.client
import logging
import multiprocessing
import re
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask, current_app, redirect, render_template_string, request, session
from wtforms import BooleanField, EmailField, Form, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.csrf.session import SessionCSRF
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, InputRequired, Length

from campaign.domain.countries import COUNTRIES
from campaign.settings import Settings
from campaign.store.database import connect
from campaign.store.migrations import migrate
from campaign.web.app import create_app
from tests import given

CASE = "/ua/44-22/sophia-huang-xueqin"
CLIENTS, ROUNDS, SECONDS = 4, 5, 3.0
WANTED = {"case page": 0.7, "letter form": 0.7, "POST of a letter": 0.6}


class FloorForm(Form):
    class Meta:
        csrf = True
        csrf_class = SessionCSRF
        csrf_time_limit = None

        @property
        def csrf_secret(self) -> bytes:
            return str(current_app.config["SECRET_KEY"]).encode()

        @property
        def csrf_context(self) -> object:
            return session

    form_key = HiddenField()
    template = HiddenField()
    language = HiddenField()
    opened = HiddenField()
    drafted = HiddenField()
    joined = HiddenField()
    target = RadioField("To whom?", choices=[SelectChoice("1", "Director"), SelectChoice("2", "Prosecutor")])
    moved = StringField("What moved you?", [Length(max=300)])
    matters = StringField("Why does it matter to you?", [Length(max=300)])
    another = SelectField("Another draft", choices=[SelectChoice(str(n), f"Draft {n}") for n in range(9)], default="1")
    subject = StringField("Subject", [InputRequired(), Length(max=150)])
    body = TextAreaField("Your letter", [InputRequired(), Length(max=3000)])
    name = StringField("Your name", [InputRequired(), Length(max=100)])
    initials = BooleanField("Initials only")
    email = EmailField("Your e-mail address", [Email()])
    country = SelectField("Country", choices=[SelectChoice(code, name) for code, name in COUNTRIES.items()])
    channel = RadioField("Channel", choices=[SelectChoice(way, way) for way in ("email", "own_mail", "post")])
    answers = BooleanField("May answer me")
    embassy = BooleanField("A copy for the embassy")
    consent = BooleanField("I agree", [InputRequired()])
    news = BooleanField("News")
    website = StringField("Leave empty")


def floor(folder: Path, pages: dict[str, str]) -> Flask:
    """A bare application whose pages are as large as ours."""
    app = Flask("floor")
    app.config.update(SECRET_KEY="only for the benchmark", SESSION_COOKIE_SAMESITE="Lax")
    file = folder / "floor.db"
    with sqlite3.connect(file) as db:
        db.executescript(
            "PRAGMA journal_mode=WAL; CREATE TABLE cases (id INTEGER PRIMARY KEY, name TEXT); "
            "CREATE TABLE letters (id INTEGER PRIMARY KEY, subject TEXT, body TEXT, name TEXT, email TEXT);"
        )
        db.executemany("INSERT INTO cases VALUES (?, ?)", [(n, f"Person {n}") for n in range(1000)])
    own = threading.local()

    def connection() -> sqlite3.Connection:
        if not hasattr(own, "db"):
            own.db = sqlite3.connect(file, isolation_level=None, timeout=30)
            own.db.execute("PRAGMA synchronous=FULL")
        return own.db

    def two_reads() -> list[str]:
        return [connection().execute("SELECT name FROM cases WHERE id = ?", (n,)).fetchone()[0] for n in (7, 700)]

    @app.get("/case")
    def case() -> str:
        form = FloorForm()
        return render_template_string(_CASE, names=two_reads(), form=form, rest=pages["case"])

    @app.get("/write")
    def write() -> str:
        form = FloorForm(data={"subject": "An appeal", "body": "Dear Director, " * 50})
        return render_template_string(_FORM, names=two_reads(), form=form, rest=pages["write"])

    @app.post("/write")
    def send() -> object:
        form, names = FloorForm(request.form), two_reads()
        if not form.validate():
            return str(form.errors), 422
        db = connection()
        db.execute("BEGIN IMMEDIATE")
        db.execute(
            "INSERT INTO letters (subject, body, name, email) VALUES (?, ?, ?, ?)",
            (form.subject.data, form.body.data, names[0], form.email.data),
        )
        db.execute("COMMIT")
        return redirect("/case", 303)

    return app


_CASE = "<!doctype html><title>{{ names[0] }}</title>{{ form.csrf_token }}{{ names[1] }}<p>{{ rest }}</p>"
_FORM = (
    "<!doctype html><title>{{ names[0] }}</title><form method=post>{% for field in form %}{{ field.label }}{{ field }}"
    "{% endfor %}</form><p>{{ rest }}</p>"
)


def serve(kind: str, folder: str, pages: dict[str, str], port: "multiprocessing.Queue[int]") -> None:
    from waitress.server import create_server

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    where = Path(folder)
    settings = Settings(data=where, secret_key="only for the benchmark, and long enough", letters_per_network=10**9)
    app = floor(where, pages) if kind == "floor" else create_app(settings, connect(settings.database_url, pool=10))
    server = create_server(app, listen="127.0.0.1:0", threads=CLIENTS)
    port.put(server.effective_port)
    server.run()


class Browser:
    """One client with a connection that is kept, its cookie, and the form it was given."""

    def __init__(self, port: int, form: str, who: str):
        self.http = http.client.HTTPConnection("127.0.0.1", port)
        self.form, self.who, self.sent = form, who, 0
        page, cookie = self._ask("GET", form)
        self.headers = {"Cookie": cookie.partition(";")[0], "Content-Type": "application/x-www-form-urlencoded"}
        self.token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
        self.kept = {
            name: (re.search(rf'name="{name}"[^>]*value="([^"]+)"', page) or ["", ""])[1]
            for name in ("opened", "drafted")
        }
        self.size = len(page)

    def get(self, path: str) -> None:
        self.http.request("GET", path, headers={"Cookie": self.headers["Cookie"]})
        answer = self.http.getresponse()
        assert answer.status == 200 and answer.read(), (path, answer.status)

    def post(self) -> None:
        self.sent += 1
        typed = {
            "csrf_token": self.token, "form_key": f"{self.who}-{self.sent}", **self.kept, "target": "1",
            "template": "release", "language": "en", "subject": "An appeal", "body": "Dear Director,\n\n" + "My words. " * 80,
            "name": "Sol Writer", "email": f"sol-{self.who}-{self.sent}@supporter.example", "country": "NZ",
            "channel": "email", "consent": "y", "another": "1", "joined": "",
        }  # fmt: skip
        self.http.request("POST", self.form, urlencode(typed), self.headers)
        answer = self.http.getresponse()
        said = answer.read()
        assert answer.status == 303, (answer.status, said[:2000])

    def _ask(self, method: str, path: str) -> tuple[str, str]:
        self.http.request(method, path)
        answer = self.http.getresponse()
        return answer.read().decode(), answer.headers["Set-Cookie"] or ""


def rate(browsers: list[Browser], ask: Callable[[Browser], None]) -> float:
    """Answers a second, all clients together."""
    done, ends = [0] * len(browsers), time.perf_counter() + SECONDS

    def work(place: int) -> None:
        while time.perf_counter() < ends:
            ask(browsers[place])
            done[place] += 1

    began = time.perf_counter()
    threads = [threading.Thread(target=work, args=(place,)) for place in range(len(browsers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / (time.perf_counter() - began)


def _as_large_as_ours(folder: str) -> dict[str, str]:
    """Text that brings the floor's pages to the size of ours."""
    settings = Settings(data=Path(folder), secret_key="only for the benchmark, and long enough")
    ours = create_app(settings, connect(settings.database_url)).test_client()
    bare = floor(Path(tempfile.mkdtemp()), {"case": "", "write": ""}).test_client()
    pairs = {"case": (CASE, "/case"), "write": (f"{CASE}/write", "/write")}
    return {
        name: ("text " * 10_000)[: max(0, len(ours.get(mine).data) - len(bare.get(theirs).data))]
        for name, (mine, theirs) in pairs.items()
    }


def main() -> int:
    folder = tempfile.mkdtemp()
    db = connect(f"sqlite:{folder}/campaign.db")
    migrate(db)
    for paper in sorted(given.SAMPLES.glob("ua-*.txt")):
        given.take_in(db, paper.read_bytes(), name=paper.name)
    db.close()
    pages, context = _as_large_as_ours(folder), multiprocessing.get_context("spawn")
    ports: dict[str, int] = {}
    servers = []
    for kind in ("floor", "ours"):
        said: multiprocessing.Queue[int] = context.Queue()
        servers.append(context.Process(target=serve, args=(kind, folder, pages, said), daemon=True))
        servers[-1].start()
        ports[kind] = said.get()
    forms = {"floor": "/write", "ours": f"{CASE}/write"}
    browsers = {kind: [Browser(ports[kind], forms[kind], f"{kind}{n}") for n in range(CLIENTS)] for kind in ports}
    asked: dict[str, dict[str, Callable[[Browser], None]]] = {
        "case page": {"floor": lambda one: one.get("/case"), "ours": lambda one: one.get(CASE)},
        "letter form": {kind: lambda one: one.get(one.form) for kind in ports},
        "POST of a letter": {kind: lambda one: one.post() for kind in ports},
    }
    print(f"{CLIENTS} clients, {ROUNDS} rounds of {SECONDS:g} s each in turn, medians; waitress, one process each")
    short = 0
    for what, ways in asked.items():
        rates = {kind: [0.0] * ROUNDS for kind in ways}
        for turn in range(ROUNDS):
            for kind, ask in ways.items():
                rates[kind][turn] = rate(browsers[kind], ask)
        bare, ours = (statistics.median(rates[kind]) for kind in ("floor", "ours"))
        ratio = statistics.median(mine / theirs for mine, theirs in zip(rates["ours"], rates["floor"], strict=True))
        short += ratio < WANTED[what]
        print(f"{what:18} floor {bare:6.0f}/s   ours {ours:6.0f}/s   ratio {ratio:.2f} (wanted {WANTED[what]})")
    for server in servers:
        server.terminate()
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
