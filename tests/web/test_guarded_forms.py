"""Whatever changes something is taken from our own pages alone, with the token of this very session."""

from campaign.store.database import Database
from tests.web.given_places import a_whole_world
from tests.web.given_typed import the_same, undone, who_sends

# Routes that take a form without a token, each with its reason.
WITHOUT_TOKEN = {
    "confirming.end_news": "a mail program presses the button for its reader (RFC 8058); the word in the address is the key",
    "writing.check": "it changes nothing: it only looks over what is typed",
}


# Forms that change nothing with their token either, each with its reason.
CHANGES_NOTHING = {
    "closing.rehearse": "it shows what the closing would do",
}


def tables(db: Database) -> dict[str, list]:
    """Everything that stands in the database."""
    if db.engine == "sqlite":
        names = [row["name"] for row in db.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    else:
        names = [row["tablename"] for row in db.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    return {name: sorted(map(str, db.rows(f"SELECT * FROM {name}"))) for name in names}


def changes(db: Database, app, visitor, path: str, typed: dict, headers: dict | None = None) -> bool:
    """Whether a form changes anything. It is undone then, so that the next one finds all as it was."""
    with undone(db):
        before = tables(db)
        answer = the_same(app, visitor).post(path, data=typed, headers=headers)
        assert answer.status_code < 500, (path, answer.text)
        return tables(db) != before


def token_of(visitor, path: str) -> str:
    return visitor.page(path).forms[0]["values"]["csrf_token"]


def test_no_form_changes_anything_without_the_token_of_its_session(app, db, client, ada):
    sender = who_sends(app, db, client, ada)
    places = a_whole_world(db, app)
    stranger = token_of(app.test_client(), "/sign-in")
    routes = 0
    for rule in app.url_map.iter_rules():
        if "POST" not in rule.methods or rule.endpoint in WITHOUT_TOKEN:
            continue
        path, (visitor, page, typed) = places.path(rule), sender(rule.endpoint)
        typed.pop("csrf_token", None)
        token = {"csrf_token": token_of(visitor, page)}
        for unfit in ({}, {"csrf_token": ""}, {"csrf_token": stranger}):
            assert changes(db, app, visitor, path, typed | unfit) is False, (rule.endpoint, unfit)
        for elsewhere in (
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
            {"Referer": "https://evil.example/127.0.0.1"},
            {"Origin": "http://[half"},
        ):
            assert changes(db, app, visitor, path, typed | token, elsewhere) is False, (rule.endpoint, elsewhere)
        if rule.endpoint == "letters.forget":
            continue  # with its token it scrubs the files too, which no transaction can undo: see test_letters
        if rule.endpoint in CHANGES_NOTHING:
            assert changes(db, app, visitor, path, typed | token) is False, rule.endpoint
            continue
        ours = {"Origin": "http://localhost", "Referer": f"http://localhost{page}"}
        assert changes(db, app, visitor, path, typed | token, ours) is True, rule.endpoint
        routes += 1
    assert routes > 25


def test_looking_changes_nothing(app, db, client, ada):
    sender = who_sends(app, db, client, ada)
    places = a_whole_world(db, app)
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods:
            continue
        visitor, _, _ = sender(rule.endpoint)
        before = tables(db)
        visitor.get(places.path(rule))
        assert tables(db) == before, rule.endpoint
