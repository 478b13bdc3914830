"""`python -m tests.bench.stopping [closings] [kills]`: real processes, a real mail server, closings and kills at any moment.

Each closing: two senders with several connections drain a queue against a server that takes 5 ms for every answer; in the
middle of it one case is closed from the terminal (every other time by ingesting a final output). Counted are letters
whose DATA came after the closing had returned, and letters of the other case that went on. Each kill: a sender is killed
by signal 9 at a random moment under a server that says yes, later, no, hangs up and loses answers. At the end every letter
must be in exactly one settled state, none counted twice, copies only with the same Message-ID, and `campaign check` clean.
"""

import asyncio
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from email import message_from_bytes
from pathlib import Path

from aiosmtpd.smtp import SMTP

from campaign.store.database import Database, connect
from campaign.store.migrations import migrate
from tests import given

LETTERS = 60
CAMPAIGN = [sys.executable, "-m", "campaign"]


class Server:
    """A mail server that notes when each letter's text began to come, and answers as its mood is."""

    def __init__(self, *, is_moody: bool):
        self.is_moody, self.data, self.taken = is_moody, [], Counter[str]()
        self._chance = random.Random(7)
        self._ready = threading.Event()
        threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True).start()
        self._ready.wait()

    async def _serve(self) -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: SMTP(self, hostname="sink"), "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await server.serve_forever()

    async def handle_MAIL(self, server, session, envelope, address, options):  # type: ignore[no-untyped-def]
        await asyncio.sleep(0.005)
        envelope.mail_from = address
        return "250 yes"

    async def handle_RCPT(self, server, session, envelope, address, options):  # type: ignore[no-untyped-def]
        await asyncio.sleep(0.005)
        if self.is_moody and self._chance.random() < 0.1:
            return self._chance.choice(["451 4.7.1 later", "550 5.1.1 no such user"])
        envelope.rcpt_tos.append(address)
        return "250 yes"

    async def handle_DATA(self, server, session, envelope):  # type: ignore[no-untyped-def]
        mail = message_from_bytes(envelope.content)
        self.data.append((time.time(), mail["To"], mail["Message-ID"]))
        await asyncio.sleep(0.005)
        mood = self._chance.random() if self.is_moody else 1.0
        if mood < 0.05:
            return "452 4.2.2 later"
        self.taken[str(mail["Message-ID"])] += 1
        if mood < 0.1:  # taken, and the answer is lost
            server.transport.abort()
        return "250 taken"


def the_house(folder: str, port: int) -> tuple[Database, dict[str, str]]:
    environment = {
        **os.environ,
        "CAMPAIGN_DATA": folder,
        "CAMPAIGN_SMTP": f"smtp://127.0.0.1:{port}?tls=none",
        "CAMPAIGN_SECRET_KEY": "only for this bench, and long enough",
        "CAMPAIGN_RETRY_DELAYS": "0.2,0.5",
    }
    db = connect(f"sqlite:{folder}/campaign.db")
    migrate(db)
    return db, environment


def two_cases(db: Database, turn: int) -> tuple[str, str]:
    """Two people of two actions with letters that wait; their names on the terminal."""
    names = []
    for place, ua in enumerate((f"{10 + turn % 80}/{10 + turn // 80}", f"{10 + turn % 80}/{50 + turn // 80}")):
        addressee = given.ADDRESSEE.replace("director@", f"{'stop' if place == 0 else 'go'}{turn}@")
        case = given.an_open_case(db, "Ana Ruiz", ua=ua, addressee=addressee, now=_now())
        for _ in range(LETTERS):
            given.a_letter(db, case, now=_now())
        names.append(case.path)
    db.run("DELETE FROM notices")
    return names[0], names[1]


def _now():  # type: ignore[no-untyped-def]
    from datetime import UTC, datetime

    return datetime.now(UTC)


def closings(rounds: int) -> bool:
    server = Server(is_moody=False)
    late, went_on, took = 0, 0, []
    with tempfile.TemporaryDirectory() as folder:
        db, environment = the_house(folder, server.port)
        for turn in range(rounds):
            to_close, _ = two_cases(db, turn)
            before = len(server.data)
            send = [*CAMPAIGN, "send", "--once"]
            senders = [subprocess.Popen(send, env=environment, stderr=subprocess.DEVNULL) for _ in range(2)]
            while len(server.data) < before + LETTERS // 3:
                time.sleep(0.005)
            began = time.time()
            _close(to_close, turn, folder, environment)
            returned = time.time()
            took.append(returned - began)
            for sender in senders:
                sender.wait(60)
            stopped = [at for at, to, _ in server.data if to == f"stop{turn}@justice.example"]
            late += sum(at > returned for at in stopped)
            went_on += sum(to == f"go{turn}@justice.example" for _, to, _ in server.data)
        db.close()
    print(
        f"{rounds} closings: {late} letters after one had returned (wanted 0); {went_on} of {rounds * LETTERS} others went"
    )
    print(f"a closing took {sorted(took)[len(took) // 2]:.2f} s, at worst {max(took):.2f} s, with the start of Python")
    return late == 0 and went_on == rounds * LETTERS


def _close(case: str, turn: int, folder: str, environment: dict[str, str]) -> None:
    if turn % 2 == 0:
        done = subprocess.run(
            [*CAMPAIGN, "close", case, "--reason", "Free."], env=environment, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return
    ua = case.split("/")[0].replace("-", "/")
    paper = Path(folder) / f"final-{turn}.txt"
    paper.write_bytes(given.an_output(ua=ua, ordinal=2, final=True, says={"Ana Ruiz": given.CLOSED}))
    done = subprocess.run([*CAMPAIGN, "ingest", str(paper)], env=environment, capture_output=True, check=False)
    assert done.returncode == 0, (done.stdout, done.stderr)


def kills(times: int) -> bool:
    server = Server(is_moody=True)
    with tempfile.TemporaryDirectory() as folder:
        db, environment = the_house(folder, server.port)
        for turn in range(3):
            two_cases(db, turn)
        chance = random.Random(11)
        for _ in range(times):
            sender = subprocess.Popen([*CAMPAIGN, "send"], env=environment, stderr=subprocess.DEVNULL)
            time.sleep(0.6 + chance.random())
            sender.kill()
            sender.wait()
        for _ in range(40):
            subprocess.run([*CAMPAIGN, "send", "--once"], env=environment, stderr=subprocess.DEVNULL, check=False)
            if not db.rows("SELECT id FROM letters WHERE state IN ('queued', 'sending')"):
                break
            time.sleep(0.5)
        states = Counter(row["state"] for row in db.rows("SELECT state FROM letters"))
        known = {row["message_id"]: row["state"] for row in db.rows("SELECT message_id, state FROM letters")}
        checked = subprocess.run([*CAMPAIGN, "check"], env=environment, capture_output=True, text=True, check=False)
        foreign = [id for id in server.taken if id not in known]
        lost = [id for id, state in known.items() if state == "sent" and not server.taken[id]]
        untold = [id for id in server.taken if known.get(id) not in ("sent", "uncertain")]
        db.close()
    copies = sum(n - 1 for n in server.taken.values())
    print(f"{times} kills: {dict(states)}; {copies} copies, all with the Message-ID of their letter")
    print(
        f"called sent and never taken: {len(lost)}; taken and not so called: {len(untold)}; of nobody: {len(foreign)}"
    )
    print(f"check: {checked.stdout.strip() or checked.stderr.strip().splitlines()[-1]}")
    return (
        not (lost or untold or foreign) and checked.returncode == 0 and set(states) <= {"sent", "refused", "uncertain"}
    )


def main() -> int:
    asked = [int(word) for word in sys.argv[1:]] + [20, 20]
    fine = [closings(asked[0]), kills(asked[1])]
    return 0 if all(fine) else 1


if __name__ == "__main__":
    sys.exit(main())
