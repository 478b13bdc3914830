"""Accounts in the browser: invited, signed in to in two steps, minded by admins and by their owners."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from campaign import second_step
from campaign.domain.account import Role
from campaign.store import accounts, invitations
from campaign.web.app import create_app
from tests import given
from tests.accounts_given import an_account, code
from tests.accounts_given import with_second_step as set_up
from tests.web.conftest import PASSWORD, House, Page

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0"
OTHER = "another long password"


def thief_with(app, cookie: str) -> House:
    """Somebody who copied a cookie."""
    client = app.test_client()
    client.set_cookie("campaign", cookie)
    return client


def kept_of(client) -> str:
    return client.get_cookie("campaign").value


def later(app, **time) -> None:
    clock = app.extensions["desk"].clock
    app.extensions["desk"].clock = lambda: clock() + timedelta(**time)


def link_for(ada, name: str, role: str = "organizer") -> str:
    shown = ada.send("/admin/accounts/", part="invite", status=200, name=name, role=role)
    return re.search(r"http://127\.0\.0\.1:8080(/invitation/[\w-]+)", shown.text)[1]


@pytest.fixture
def demanding(app, staff):
    """An installation that asks admins for a second step."""
    desk = app.extensions["desk"]
    desk.settings = replace(desk.settings, second_step="admins")
    return app


def test_signing_in_leads_to_where_one_wanted_to_go_but_never_away(client, staff):
    assert (
        client.send("/sign-in?next=/organizer/", part="sign-in", name="Olu", password=PASSWORD).location
        == "/organizer/"
    )
    for evil in ("//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"):
        answer = client.send(f"/sign-in?next={evil}", part="sign-in", name="Olu", password=PASSWORD)
        assert answer.location == "/organizer/"


def test_a_wrong_password_is_told_and_the_name_comes_back(client, staff):
    answer = client.send("/sign-in", status=422, name="Olu", password="nonsense")

    assert "do not fit together" in answer.text and 'value="Olu"' in answer.text and "nonsense" not in answer.text


def test_sixty_wrong_passwords_stop_at_ten_and_harm_no_other(app, client, staff, db):
    said = set()
    for n in range(60):
        said.add(Page(client.send("/sign-in", status=422, name="Ada", password=f"guess {n}").text).text)
    for n in range(12):
        said.add(Page(client.send("/sign-in", status=422, name="Eva", password=f"guess {n}").text).text)
    assert len(said) == 1
    assert sum(row["n"] for row in db.rows("SELECT n FROM tries")) == 20
    client.send("/sign-in", status=422, name="Ada", password=PASSWORD)

    app.test_client().sign_in("Olu")
    later(app, minutes=16)
    client.sign_in("Ada")


def test_whoever_signed_in_in_this_browser_is_not_locked_out_by_strangers(app, client, ada):
    ada.send("/account", part="sign-out")
    for n in range(12):
        client.send("/sign-in", status=422, name="Ada", password=f"guess {n}")

    client.send("/sign-in", status=422, name="Ada", password=PASSWORD)
    ada.sign_in("Ada")
    assert ada.get_cookie("campaign-known").http_only


def test_a_network_is_counted_by_its_prefix_and_no_address_is_kept(app, staff, db):
    for n in range(30):
        client = app.test_client()
        token = client.page("/sign-in").form("sign-in")["values"]
        client.post(
            "/sign-in",
            data=token | {"name": f"guess {n}", "password": "nonsense"},
            environ_base={"REMOTE_ADDR": f"203.0.113.{n}"},
        )
    answers = {}
    for address in ("203.0.113.77", "198.51.100.1"):
        client = app.test_client()
        values = client.page("/sign-in").form("sign-in")["values"] | {"name": "Olu", "password": PASSWORD}
        answers[address] = client.post("/sign-in", data=values, environ_base={"REMOTE_ADDR": address}).status_code
    assert answers == {"203.0.113.77": 422, "198.51.100.1": 303}
    assert "203.0.113" not in str(db.rows("SELECT * FROM tries"))


def sign_out(ada, db):
    ada.send("/account", part="sign-out")


def new_password(ada, db):
    ada.send("/account", part="password", current=PASSWORD, password=OTHER, again=OTHER)


def new_role(ada, db):
    bea = accounts.find_account(db, "Bea")[0]
    assert bea.role is Role.ADMIN
    own = accounts.find_account(db, "Ada")[0].id
    ada.send(f"/admin/accounts/{own}", part="role", role="organizer")


def end_the_others(ada, db):
    another = ada.application.test_client()
    another.sign_in("Ada")
    another.send("/account", part="end-others")


@pytest.mark.parametrize("ending", [sign_out, new_password, new_role, end_the_others])
def test_a_stolen_cookie_opens_nothing_after(app, ada, db, ending):
    an_account(db, "Bea")
    kept = kept_of(ada)
    assert thief_with(app, kept).get("/admin/cases").status_code == 200

    ending(ada, db)

    for path in ("/admin/cases", "/organizer/", "/account"):
        assert thief_with(app, kept).get(path).location.startswith("/sign-in?next="), path


def test_signing_in_takes_a_new_session_and_ends_the_one_before(app, ada):
    before = kept_of(ada)
    ada.sign_in("Ada")

    assert kept_of(ada) != before
    assert thief_with(app, before).get("/admin/cases").status_code == 303


def test_a_new_password_leaves_the_owner_in(ada):
    shown = ada.send("/account", part="password", status=422, current="guess", password=OTHER, again=OTHER)
    assert "This is not your current password" in shown.text
    assert (
        "not the same"
        in ada.send("/account", part="password", status=422, current=PASSWORD, password=OTHER, again="x" * 12).text
    )

    answer = ada.send("/account", part="password", current=PASSWORD, password=OTHER, again=OTHER)

    assert "Your password is changed" in ada.page(answer.location).text
    assert ada.get("/admin/cases").status_code == 200


def test_from_the_invitation_to_a_password_to_the_organizers_page(app, client, ada, db):
    link = link_for(ada, "Bea")
    assert "Bea" in ada.page("/admin/accounts/").text
    assert "needs at least 10" in client.send(link, status=422, password="short", again="short").text
    assert client.send(link, password=OTHER, again=OTHER).location == "/account"

    assert "organizer" in client.page("/account").text and client.get("/organizer/").status_code == 200
    assert client.get("/admin/cases").status_code == 404
    assert app.test_client().get(link).status_code == 404
    text = ada.page("/admin/accounts/").text
    assert "Bea organizer no" in text and "Ada" in text and "not used yet" not in text


def test_an_invitation_is_taken_back(client, ada, db):
    link = link_for(ada, "Bea", "admin")
    ada.send("/admin/accounts/", part="/revoke")

    assert "taken back" in client.page(link, status=404).text
    assert invitations.unused_invitations(db) == []


def test_an_admin_invites_no_name_that_is_taken_and_none_that_is_no_name(ada, staff):
    for name, sentence in (("olu", "already"), ("<b>", "cannot have any of these"), ("", "write something")):
        answer = ada.send("/admin/accounts/", part="invite", status=422, name=name, role="admin")
        assert sentence in answer.text
    ada.send("/admin/accounts/", part="invite", status=422, name="Bea", role="queen")


def test_an_admin_changes_a_role_and_closes_an_account_and_it_stands_on_record(app, ada, olu, db):
    page = f"/admin/accounts/{accounts.find_account(db, 'Olu')[0].id}"
    ada.send(page, part="role", role="admin")
    assert olu.get("/organizer/").status_code == 303
    assert "organizer → admin" in ada.page(page).text

    ada.send(page, part="close")
    text = ada.page(page).text
    assert "admin → closed" in text and "Ada" in text and "Close the account" not in text
    app.test_client().send("/sign-in", status=422, name="Olu", password=PASSWORD)


def test_the_last_admin_stays(ada, db):
    page = f"/admin/accounts/{accounts.find_account(db, 'Ada')[0].id}"
    for part, typed in (("role", {"role": "organizer"}), ("close", {})):
        assert "the only admin" in ada.send(page, part=part, status=409, **typed).text
    assert ada.get("/admin/cases").status_code == 200
    ada.page("/admin/accounts/77", status=404)


def test_own_sessions_are_told_by_a_plain_word_and_ended_one_by_one(app, ada, db):
    phone = app.test_client()
    values = phone.page("/sign-in").form("sign-in")["values"] | {"name": "Ada", "password": PASSWORD}
    phone.post("/sign-in", data=values, headers={"User-Agent": FIREFOX})
    text = ada.page("/account").text
    assert "Firefox on Linux" in text and "this one" in text
    assert "Gecko" not in str(db.rows("SELECT * FROM sessions"))

    ada.send("/account", part="/end")

    assert phone.get("/account").status_code == 303 and "Firefox" not in ada.page("/account").text


def test_an_admin_without_a_second_step_reaches_only_the_page_to_set_it_up(demanding, db):
    ada, olu = demanding.test_client(), demanding.test_client()
    ada.sign_in("Ada")
    olu.sign_in("Olu")
    assert olu.get("/organizer/").status_code == 200
    for path in ("/admin/cases", "/organizer/", "/account", "/admin/accounts/"):
        assert ada.get(path).location == "/account/second-step", path
    token = ada.page("/account/second-step").forms[0]["values"]
    assert ada.post("/admin/documents", data=token | {"text": "x"}).status_code == 404
    assert ada.post("/account/sessions/end-others", data=token).status_code == 404

    secret = ada.page("/account/second-step").text.partition("letters: ")[2][:39].replace(" ", "")
    assert "does not fit" in ada.send("/account/second-step", status=422, code="000000").text
    shown = ada.send("/account/second-step", status=200, code=second_step.code_at(secret, given.NOON))

    assert len(re.findall(r"<code>[a-z2-7]{4}-[a-z2-7]{4}-[a-z2-7]{4}</code>", shown.text)) == 10
    assert ada.get("/admin/cases").status_code == 200
    ada.send("/account", part="sign-out")


def test_signing_in_with_a_second_step_and_on_to_where_one_wanted(app, client, staff, db):
    office = app.extensions["desk"].office
    codes = set_up(db, office=office)
    answer = client.send("/sign-in?next=/admin/cases", part="sign-in", name="Ada", password=PASSWORD)
    assert client.get("/admin/cases").status_code == 303
    assert "does not fit" in client.send(answer.location, part="code", status=422, code="123456").text

    later(app, minutes=1)
    right = code(db, "Ada", now=given.NOON + timedelta(minutes=1), office=office)
    assert client.send(answer.location, part="code", code=right).location == "/admin/cases"
    assert client.get("/admin/cases").status_code == 200

    again = app.test_client()
    again.sign_in("Ada")
    again.send("/sign-in/code", status=422, code=right)
    assert again.send("/sign-in/code", code=codes[0]).location == "/admin/documents"
    assert "are 9 left" not in again.page("/account").text and "9 are left" in again.page("/account").text
    assert app.test_client().get("/sign-in/code").location == "/sign-in"


def test_whoever_takes_too_long_for_the_code_begins_again(app, client, staff, db):
    set_up(db, office=app.extensions["desk"].office)
    client.sign_in("Ada")
    form = client.page("/sign-in/code").form("code")["values"]
    later(app, minutes=11)

    answer = client.post("/sign-in/code", data=form | {"code": "123456"})

    assert answer.status_code == 410 and "sign in again" in answer.text
    assert client.get("/sign-in/code").location == "/sign-in"


def test_new_recovery_codes_and_another_phone_ask_for_the_password(app, client, staff, db):
    office = app.extensions["desk"].office
    set_up(db, office=office)
    client.sign_in("Ada")
    later(app, minutes=1)
    now = given.NOON + timedelta(minutes=1)
    client.send("/sign-in/code", code=code(db, "Ada", now=now, office=office))

    client.send("/account", part="recovery-codes", status=422, current="guess")
    assert (
        "The old ones work no more" in client.send("/account", part="recovery-codes", status=200, current=PASSWORD).text
    )
    secret = client.page("/account/second-step").text.partition("letters: ")[2][:39].replace(" ", "")
    right = second_step.code_at(secret, now)
    client.send("/account/second-step", status=422, code=right, current="guess")
    client.send("/account/second-step", status=200, code=right, current=PASSWORD)


def test_the_cookies_of_an_https_site_are_for_it_alone(db, settings):
    app = create_app(replace(settings, base_url="https://letters.example.org"), db)
    app.test_client_class = House
    an_account(db)
    client = app.test_client()
    https = {"base_url": "https://letters.example.org"}
    values = Page(client.get("/sign-in", **https).text).form("sign-in")["values"]
    answer = client.post("/sign-in", data=values | {"name": "Ada", "password": PASSWORD}, **https)

    kept = answer.headers.getlist("Set-Cookie")
    assert {one.partition("=")[0] for one in kept} == {"__Host-campaign", "__Host-campaign-known"}
    for one in kept:
        assert (
            "Secure" in one and "HttpOnly" in one and "SameSite=Lax" in one and "Path=/" in one and "Domain" not in one
        )
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert client.get("/admin/cases", **https).location == "/account/second-step"
