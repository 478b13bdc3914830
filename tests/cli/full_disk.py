"""`python -m tests.cli.full_disk FOLDER`: the house in a small folder that is filled to the last byte, told as JSON.

The folder is a file system of its own, so that nothing else suffers.
"""

import json
import os
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from campaign.domain.account import Role
from campaign.flow import joining
from campaign.settings import Settings
from campaign.store.database import connect
from campaign.store.migrations import migrate
from campaign.web.app import create_app
from tests import given
from tests.smtp_server import Server, smtp_server
from tests.web.conftest import PASSWORD, House, Page
from tests.web.given_forms import SOL, WRITE

SECRET = "only for tests, and long enough to be one"


def fill(folder: Path) -> None:
    with suppress(OSError), (folder / "filler").open("wb", buffering=0) as file:
        while True:
            file.write(bytes(65_536))
    with suppress(OSError), (folder / "filler2").open("wb", buffering=0) as file:
        while file.write(bytes(512)):
            pass


def told_of(folder: Path, server: Server) -> dict[str, Any]:
    environment = os.environ | {
        "CAMPAIGN_DATA": str(folder), "CAMPAIGN_SMTP": server.url, "CAMPAIGN_SECRET_KEY": SECRET,
        "CAMPAIGN_DEMO": "yes",
    }  # fmt: skip

    def campaign(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "campaign", *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    now, told = datetime.now(UTC), dict[str, Any]()
    db = connect(f"sqlite:{folder}/campaign.db", ledger=folder / "ledger.jsonl")
    migrate(db)
    joining.add_account(db, "Ada", Role.ADMIN, PASSWORD, now)
    ana, bo = given.open_cases(db, "Ana Ruiz", "Bo Chen", now=now)
    app = create_app(Settings(data=folder, secret_key=SECRET), db)
    app.test_client_class = House
    sol, ada = app.test_client(), app.test_client()
    ada.sign_in("Ada")
    assert campaign("send", "--once").returncode == 0
    told["ballast with room"] = (folder / "ballast").exists()
    for case in (ana, bo):
        for _ in range(3):
            given.a_letter(db, case, now=now)
    db.run("DELETE FROM notices")

    fill(folder)
    told["letter"] = Page(sol.send(WRITE, status=503, body="Words that took an hour.", **SOL).text).text
    told["page of the case"] = ada.get(f"/admin/cases/{ana.id}").status_code
    told["send"] = campaign("send", "--once").returncode, len(server.letters)
    db.close()  # so that the closing has to open the files on the full disk
    done = campaign("close", ana.path, "--reason", "She is free.")
    told["close"] = done.returncode, done.stderr.strip()
    told["ballast after closing"] = (folder / "ballast").exists()

    for name in ("filler", "filler2"):
        (folder / name).unlink(missing_ok=True)
    told["send afterwards"] = campaign("send", "--once").returncode, len(server.letters)
    (folder / "machine").unlink()  # a minute later
    assert campaign("send", "--once").returncode == 0
    told["ballast again"] = (folder / "ballast").exists()
    again = connect(f"sqlite:{folder}/campaign.db")
    told["states"] = {
        name: sorted(row["state"] for row in again.rows("SELECT state FROM letters WHERE case_id = :id", id=case.id))
        for name, case in (("ana", ana), ("bo", bo))
    }
    told["check"] = campaign("check").returncode
    return told


if __name__ == "__main__":
    with smtp_server() as at:
        print(json.dumps(told_of(Path(sys.argv[1]), at)))
