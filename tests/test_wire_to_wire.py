"""From the browser's form to a real SMTP server, and back to the organizer's number."""

import re

from campaign.flow import sending
from campaign.postbox import postbox
from campaign.store import counts, letters
from tests import given
from tests.smtp_server import smtp_server
from tests.web.conftest import app, client, settings  # noqa: F401 - fixtures


def test_a_letter_written_in_the_browser_arrives_as_it_was_shown(client, db):  # noqa: F811
    given.an_open_case(db)
    write = "/ua/71-26/ana-ruiz/write"
    typed = "Dear Director,\n\n. A line that begins with a dot, and Ñandú, and “quotes”.\n\nYours sincerely,"
    receipt = client.send(
        write, name="Jane Doe, Esq.", email="jane@supporter.example", country="NZ", consent="y", body=typed
    ).location

    with smtp_server() as server:
        box = postbox(server.url, connect_timeout=5, command_timeout=5, data_timeout=5)
        sending.drain(given.a_sender(db, box))
        asked = server.letters[0].mail
        link = re.search(r"http://127\.0\.0\.1:8080(/confirm/\S+)", asked.get_content())[1]
        shown = client.page(link)
        assert "A line that begins with a dot" in shown.text
        client.send(link)
        sending.drain(given.a_sender(db, box))
        box.close()
        mail = server.letters[1].mail

    sent = letters.letters_of_receipt(db, receipt.rpartition("/")[2])[0]
    assert mail["Message-ID"] == sent.message_id
    assert mail["From"].addresses[0].addr_spec == "letters@campaign.example"
    assert "Jane Doe, Esq." in mail["From"].addresses[0].display_name
    assert mail.get_content().replace("\r\n", "\n").strip() == f"{typed}\n\nJane Doe, Esq."
    assert "jane@supporter.example" not in mail.as_string()
    assert dict(counts.numbers(db))["sent by us"] == 1
