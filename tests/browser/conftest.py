"""A real Chromium in front of the running application. Without one these tests are skipped loudly; CI must not skip."""

import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from campaign.domain.account import Role
from campaign.flow import joining, sending
from campaign.postbox import postbox
from campaign.settings import Settings
from campaign.store.database import connect
from campaign.store.migrations import migrate
from campaign.web.app import create_app
from tests import given

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
SWITCHES = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-sync",
]
PASSWORD = "correct horse battery"


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    if CHROMIUM is None:
        assert not os.environ.get("CI"), "CI must run the browser tests: install chromium"
        pytest.skip("!! NO CHROMIUM ON THIS MACHINE: the pages were not looked at in a browser !!")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[SimpleNamespace]:
    """The application on a port of its own, with the sample series read and staff who can sign in."""
    from waitress import wasyncore
    from waitress.server import create_server

    db = connect(f"sqlite:{tmp_path / 'campaign.db'}")
    migrate(db)
    for paper in sorted(given.SAMPLES.glob("ua-*.txt")):
        given.take_in(db, paper.read_bytes(), name=paper.name)
    for name, role in (("Olu", Role.ORGANIZER), ("Ada", Role.ADMIN)):
        joining.add_account(db, name, role, PASSWORD, given.NOON)
    settings = Settings(data=tmp_path, secret_key="only for tests, and long enough to be one", demo=True)
    app = create_app(settings, db)
    server = create_server(app, listen="127.0.0.1:0", threads=4)
    address = f"http://127.0.0.1:{server.effective_port}"
    desk = app.extensions["desk"]
    desk.office = replace(desk.office, base_url=address)
    desk.settings = replace(settings, base_url=address)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()

    def send() -> None:
        sending.drain(replace(given.a_sender(db, postbox(settings.smtp_url)), clock=desk.clock))

    def ask_for_second_step(of_whom: str) -> None:
        desk.settings = replace(desk.settings, second_step=of_whom)

    yield SimpleNamespace(address=address, db=db, send=send, ask_for_second_step=ask_for_second_step)
    # The server closes its sockets in its own loop: closed from here, it would still be waiting on them.
    server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map, ignore_all=True))
    thread.join(5)
    assert not thread.is_alive()
    server.task_dispatcher.shutdown()
    db.close()
