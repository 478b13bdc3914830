"""Groups: a link of one's own that needs no cookie, and figures for those who organize them."""

import re

import pypdfium2

from campaign.domain.letter import Number
from campaign.flow import sending
from campaign.store import accounts, groups, letters
from tests import given


def a_group(ada, name="Bern", code="BERN", status=303):
    return ada.send("/organizer/groups/", part="make", status=status, name=name, code=code).location


def written_via(client, path, **typed):
    page = client.page(path)
    form = page.form("/write")
    typed = {
        "name": "Sol Writer", "email": f"sol-{given.a_token()}@supporter.example", "country": "NZ", "consent": "y",
        "channel": "post", **typed,
    }  # fmt: skip
    return client.post(form["action"], data={**form["values"], **typed})


def test_the_code_goes_along_in_links_without_a_cookie_and_marks_the_letter(app, client, ada, db):
    given.an_open_case(db)
    id = int(a_group(ada).rpartition("/")[2])
    visitor = app.test_client(use_cookies=False)
    text = visitor.get("/?via=bern").text
    to_case = re.search(r'href="(/ua/71-26/ana-ruiz\?via=BERN)"', text)[1]
    to_form = re.search(r'href="(/ua/71-26/ana-ruiz/write\?via=BERN)"', visitor.get(to_case).text)[1]

    wrong = written_via(client, to_form, name="")
    assert wrong.status_code == 422 and 'action="/ua/71-26/ana-ruiz/write?via=BERN"' in wrong.text
    receipt = written_via(client, to_form).location

    assert groups.group_of_receipt(db, receipt.rpartition("/")[2]) == id
    assert "Bern" not in client.get(receipt).text
    assert groups.numbers(db, id)[Number.OPENED_ELSEWHERE] == 1


def test_a_wrong_or_closed_code_is_passed_over_in_silence(client, ada, db):
    given.an_open_case(db)
    a_group(ada)
    ada.send("/organizer/groups/1", part="close")
    for code in ("BERN", "NONE", "x", "A" * 500, "<b>", "O0I1", "%00"):
        answer = client.get("/ua/71-26/ana-ruiz/write", query_string={"via": code})
        assert answer.status_code == 200 and "<b>" not in answer.text
    assert written_via(client, "/ua/71-26/ana-ruiz/write?via=BERN").status_code == 303
    assert written_via(client, "/ua/71-26/ana-ruiz/write?via=NONE").status_code == 303
    assert written_via(client, "/ua/71-26/ana-ruiz/write?via=<b>").status_code == 303
    assert [row["group_id"] for row in db.rows("SELECT group_id FROM letters")] == [None, None, None]


def test_a_letter_that_joins_a_receipt_and_its_copy_belong_to_the_same_group(ada, db):
    ana = given.an_open_case(db, copies="Please also send copies to the embassies of Togo in your country.")
    a_group(ada)
    first = given.an_opened_letter(db, ana, via="BERN")
    given.an_opened_letter(db, ana, receipt=first.receipt, to_embassy=True)

    assert {row["group_id"] for row in db.rows("SELECT group_id FROM letters")} == {1}


def test_a_group_shows_its_numbers_and_hides_small_countries(ada, db):
    ana = given.an_open_case(db)
    a_group(ada)
    for country in ("NZ",) * 5 + ("FR",) * 4 + ("CH",):
        given.a_letter(db, ana, via="BERN", country=country)
    given.a_letter(db, ana)
    sending.drain(given.a_sender(db, given.FakePostbox()))

    text = ada.page("/organizer/groups/1").text
    assert "Sent by us 10" in text and "New Zealand: 5" in text
    assert "France" not in text and "Other countries (2): 5" in text
    assert "Sol" not in text


def test_organizers_of_a_group_see_it_alone_and_all_others_see_all(olu, ada, db):
    given.an_open_case(db)
    a_group(ada)
    a_group(ada, "Jena", "JENA")
    assert "Jena" in olu.page("/organizer/groups/").text

    ours = next(one for one in accounts.accounts(db) if one.name == "Olu")
    ada.send("/organizer/groups/1", part="assign", account=str(ours.id))

    assert "Jena" not in olu.page("/organizer/groups/").text and "Bern" in olu.page("/organizer/groups/").text
    for path in ("2", "2/code.svg", "2/poster.pdf"):
        assert olu.get(f"/organizer/groups/{path}").status_code == 404
        assert ada.get(f"/organizer/groups/{path}").status_code == 200
    path = "/organizer/events/cases/1/pack"
    assert olu.page(path).form("pack")["choices"]["group"] == ["", "1"]
    theirs = ada.send(path, part="pack", letters="2", languages="en", group="2").location
    code = ada.page(theirs).headings[0].removeprefix("Pack ")
    told = {"n": "2", "held_on": "2026-11-22", "vouched_by": "Ada", "kept_at": "Folder 1"}
    ada.send(f"/organizer/events/report?code={code}", part="report", **told)
    for hidden in (
        theirs,
        f"{theirs}.pdf",
        f"/organizer/events/report?code={code}",
        "/organizer/events/batches/1/correct",
    ):
        assert olu.get(hidden).status_code == 404
    assert (
        code not in olu.page("/organizer/events/").text
        and "2 letters" not in olu.page("/organizer/events/batches").text
    )
    assert "Reported by events 2" in ada.page("/organizer/groups/2").text

    ada.send("/organizer/groups/1", part="release", account=str(ours.id))
    assert "Jena" in olu.page("/organizer/groups/").text


def test_organizers_of_a_group_work_on_its_letters_alone(olu, ada, db):
    ana = given.an_open_case(db)
    a_group(ada)
    a_group(ada, "Jena", "JENA")
    harm = "Please free Ana Ruiz. See https://evil.example"
    ours, theirs, nobodys = (given.a_letter(db, ana, via=via, body=harm) for via in ("BERN", "JENA", None))
    lists = ("/organizer/sent/", "/organizer/held/")
    assert all(olu.page(path).text.count("Ana Ruiz (UA 71/26)") >= 3 for path in lists)

    account = next(one for one in accounts.accounts(db) if one.name == "Olu")
    ada.send("/organizer/groups/1", part="assign", account=str(account.id))

    sent, held = (olu.page(path) for path in lists)
    assert ours.number in sent.text and "Held for an organizer 1" in sent.text
    assert f"/organizer/held/{ours.id}" in held.links.values()
    assert "One letter is held" in olu.page("/organizer/").text
    token = olu.page(f"/organizer/held/{ours.id}").form("release")["values"]["csrf_token"]
    for other in (theirs, nobodys):
        assert other.number not in sent.text and f"/organizer/held/{other.id}" not in held.links.values()
        for path in (f"sent/{other.id}", f"held/{other.id}"):
            assert olu.get(f"/organizer/{path}").status_code == 404
            assert ada.get(f"/organizer/{path}").status_code == 200
        for act in (f"sent/{other.id}/settle", f"held/{other.id}/release", f"held/{other.id}/give-back"):
            assert olu.post(f"/organizer/{act}", data={"csrf_token": token}).status_code == 404
    assert "3 letters are held" in ada.page("/organizer/").text


def test_codes_are_short_readable_and_given_once(ada, db):
    assert a_group(ada, code="")
    made = groups.groups(db)[0].code
    assert len(made) == 6 and not set(made) & set("01OI")
    for wrong in ("BO", "BIO1", "A" * 13, "ÄÖÜß"):
        assert (
            "none of 0, O, 1 and I"
            in ada.send("/organizer/groups/", part="make", status=422, name="x", code=wrong).text
        )
    a_group(ada)
    ada.send("/organizer/groups/2", part="close")
    assert (
        "has, or had, the code BERN"
        in ada.send("/organizer/groups/", part="make", status=409, name="x", code="bern").text
    )
    assert len(groups.groups(db)) == 2


def test_the_poster_has_the_link_and_ends_with_the_group(ada, db):
    a_group(ada, "Friends of <b> Bern & #1", "BERN")
    pdf = pypdfium2.PdfDocument(ada.get("/organizer/groups/1/poster.pdf").data)
    text = pdf[0].get_textpage().get_text_range()
    assert len(pdf) == 1 and "?via=BERN" in text and "<b> Bern & #1" in text

    ada.send("/organizer/groups/1", part="close")
    assert ada.get("/organizer/groups/1/poster.pdf").status_code == 410


def test_the_mark_of_a_group_stays_when_its_writer_is_forgotten(ada, db):
    ana = given.an_open_case(db)
    a_group(ada)
    letter = given.a_letter(db, ana, via="BERN")
    sending.drain(given.a_sender(db, given.FakePostbox()))

    given.forget(db, letter)

    assert letters.letter(db, letter.id).is_erased
    assert groups.numbers(db, 1)[Number.SENT_BY_US] == 1
