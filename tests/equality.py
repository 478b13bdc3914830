"""Letters in every state and channel through the public doors, and every number against a count of the exported letters."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import threading
import time
from collections import Counter, defaultdict
from dataclasses import replace

from click.testing import CliRunner

from campaign.cli import campaign as terminal
from campaign.domain.letter import LetterState, Number
from campaign.domain.publishing import by_country
from campaign.flow import bouncing, sending
from campaign.store import actions, cases, finished, letters, queue
from campaign.web import dashboard
from campaign.web.selecting import Choices, Chosen
from campaign.web.views.cases import SHOWN_FROM
from campaign.web.words import STAFF_STATE_WORDS
from tests import given
from tests.counting_given import ANSWERS
from tests.reports_given import postfix
from tests.web.given_forms import by_hand

WAYS = ("email", "email", "email", "email", "own_mail", "post")
FACES = ("case", "target", "country", "channel", "language", "day")


class MixedAnswers:
    """A mail server of many moods."""

    def __init__(self, seed: int):
        self.any, self.posted = random.Random(seed), []

    def post(self, wire, *, sender, recipient):
        self.posted.append(sender)
        return self.any.choice(ANSWERS)


class Load:
    """Supporters and staff at their pages; `ask` is a client of everybody's, `olu` and `ada` have signed in."""

    def __init__(self, app, db, url, folder, *, ask, olu, ada, seed=1):
        self.app, self.db, self.ask, self.olu, self.ada = app, db, ask, olu, ada
        self.environment = {"CAMPAIGN_DATABASE": url, "CAMPAIGN_DATA": str(folder)}
        self.any, self.now = random.Random(seed), given.NOON
        self.office = replace(app.extensions["desk"].office, bounces="bounces@letters.example")
        app.extensions["desk"].clock = lambda: self.now
        copies = "COPIES TO: diplomatic representatives of Togo accredited to your country"
        self.cases = [
            *given.open_cases(db, "Ana Ruiz", "Bo Chen", copies=copies),
            given.an_open_case(db, "Cy Odu", ua="72/26"),
        ]
        self.forms = {case.path: ask.page(f"/ua/{case.path}/write").form("write") for case in self.cases}

    def write(self, n: int) -> None:
        for _ in range(n):
            self.now += given.timedelta(minutes=self.any.choice([0, 0, 1, 45]))
            self._one()

    def write_to_be_held(self) -> None:
        self._one(way="post", harms=True)

    def _one(self, *, way: str = "", harms: bool = False) -> None:
        case, key = self.any.choice(self.cases), given.a_token()
        form, way = self.forms[case.path], way or self.any.choice(WAYS)
        typed = form["values"] | {
            "form_key": key, "channel": way, "name": "Sol Writer", "email": f"sol-{key}@supporter.example",
            "country": self.any.choice(["NZ", "FR", "BR"]), "consent": "y",
        }  # fmt: skip
        if way != "email" and self.any.random() < 0.3:
            typed["embassy"] = "y"
        if harms or self.any.random() < 0.1:
            typed["body"] = "Dear Director,\n\nPlease look at https://evil.example for Ana."
        answer = self.ask.post(form["action"], data=typed)
        if answer.status_code != 303:
            assert answer.status_code == 410, (answer.status_code, answer.text[:3000])
        elif way == "email" and self.any.random() < 0.8:
            yes = self.any.random() < 0.9
            path = f"/confirm/{self.office.confirmation(key)}"
            self._press(path, path if yes else f"{path}/not-me")
        elif way != "email" and self.any.random() < 0.5:
            self._press(answer.location, "/sent/", day=self.now.date().isoformat())

    def _press(self, path: str, part: str, **values) -> None:
        page = self.ask.page(path)
        fitting = [form for form in page.forms if part in form["action"] and form["method"] == "post"]
        exact = [form for form in fitting if form["action"] == part] or fitting
        if exact:
            self.ask.post(exact[0]["action"], data=exact[0]["values"] | values)

    def work(self) -> None:
        """What staff do: letters that are held, letters that are uncertain, a bounce, a closing."""
        self.olu.sign_in("Olu")
        for row in self.db.rows("SELECT id, state FROM letters WHERE state = 'held' OR state = 'uncertain'"):
            page, luck = f"/organizer/{'held' if row['state'] == 'held' else 'sent'}/{row['id']}", self.any.random()
            if row["state"] == "held" and luck < 0.4:
                self.olu.send(page, part="/release")
            elif row["state"] == "held" and luck < 0.6:
                self.olu.send(page, part="/give-back", sentence="No links, please.")
            elif row["state"] == "uncertain" and luck < 0.5:
                self.olu.send(
                    page, part="/settle", reason="The log says so.", outcome=self.any.choice(["sent", "refused"])
                )
        for row in self.db.rows("SELECT id, message_id FROM letters WHERE state = 'sent' ORDER BY id LIMIT 4"):
            report = postfix(self.office.return_path(row["id"], row["message_id"]), diagnosis="smtp; 550 nobody")
            bouncing.take_in(self.db, self.office, report, self.now)

    def send(self, wanted=lambda: True) -> None:
        box = MixedAnswers(self.any.randrange(10**6))
        sender = given.a_sender(self.db, box)
        sender = given.Sender(self.db, box, given.BOOK, sender.worker, given.RULES, lambda: self.now)
        with self.db.locks.hold_worker(sender.worker):
            while True:
                sending.drain(sender, wanted)
                if not wanted() or not queue.count_due(self.db, self.now):
                    return
                time.sleep(0.01)

    def close_one(self) -> None:
        case = self.cases.pop()
        self.ada.sign_in("Ada")
        by_hand(self.ada, case)

    def run_with_two_senders(self, n: int) -> int:
        """Writes so many letters while two senders send and days are remembered; how often all numbers were compared."""
        stop, compared = threading.Event(), 0
        trouble: list[BaseException] = []

        def hand() -> None:
            try:
                while not stop.is_set():
                    self.send(lambda: not stop.is_set())
                    finished.remember(self.db, self.now)
                    time.sleep(0.02)
            except BaseException as wrong:
                trouble.append(wrong)

        hands = [threading.Thread(target=hand) for _ in range(2)]
        for one in hands:
            one.start()
        try:
            for _ in range(10):
                self.write(n // 10)
                self.compare_in_one_moment()
                compared += 1
        finally:
            stop.set()
            for one in hands:
                one.join()
        assert not trouble, trouble
        return compared

    # Comparing

    def compare_in_one_moment(self) -> None:
        """The dashboard's rows and the exported letters as of one moment, whatever others do meanwhile."""
        with self.app.test_request_context(), self.db.one_moment():
            rows = [
                {**row, "case": f"{row['action']}/{row['person']}", "group": row["of_group"]}
                for row in letters.exported(self.db, with_names=False)
            ]
            among = Choices(actions.actions(self.db), cases.cases(self.db), [])
            told = dashboard.rows(dashboard.board(self.db, Chosen(), among, self.now))
        self._same(told, rows)

    def compare_everywhere(self) -> dict[str, Counter]:
        """Pages, exports and the terminal against `campaign export letters --json`; what was counted by each face."""
        self.olu.sign_in("Olu")  # time goes on, and sessions end
        rows = self._terminal("export", "letters", "--json")
        told = self.olu.get("/organizer/numbers.json").json["rows"]
        expected = self._same(told, rows)
        table = list(csv.DictReader(io.StringIO(self.olu.get("/organizer/numbers.csv").text)))
        assert [{key: "" if value is None else str(value) for key, value in row.items()} for row in told] == table
        whole = expected["all"][None]
        for path in ("/organizer/", "/organizer/print"):
            text = self.olu.page(path).text
            for number, words in (("sent by us", "Sent by us"), ("opened elsewhere", "Opened elsewhere"),
                                  ("reported sent", "Reported sent")):  # fmt: skip
                assert f"{words} {whole[number]:,} " in text, (path, number, whole[number])
        listed = self.olu.page("/organizer/sent/").text
        for state in LetterState:
            n = whole[f"in state {state}"]
            assert (f"{STAFF_STATE_WORDS[state]} {n:,}" in listed) == (n > 0), (state, n)
        self._case_pages(expected)
        self._world(rows)
        self._counts(rows)
        return whole

    def _case_pages(self, expected) -> None:
        for case in cases.cases(self.db):
            told, text = expected["case"][case.path], self.ask.page(f"/ua/{case.path}").text
            went = told["sent by us"] + told["reported sent"]
            assert ("Letters so far" in text) == (went >= SHOWN_FROM)
            if went >= SHOWN_FROM:
                assert f"Sent by us {told['sent by us']:,} accepted" in text
                assert f"Reported sent {told['reported sent']:,} letters" in text

    def _world(self, rows) -> None:
        """The public API and the press pages."""
        told = self.ask.get("/api/v1/counts").json
        listed = {one["case"]: one["letters"] for one in self.ask.get("/api/v1/cases").json["cases"]}
        assert listed == told["cases"] and listed.keys() == {case.path for case in cases.cases(self.db)}
        for path, figures in [(None, told["all"]), *listed.items()]:
            of_it = [row for row in rows if path in (None, row["case"])]
            went = [row for row in of_it if _number(row) in ("sent by us", "reported sent")]
            assert (figures is not None) == (len(went) >= SHOWN_FROM), path
            if figures is None:
                continue
            days, by_land = sorted(_value(row, "day") for row in went), Counter(row["country"] for row in went)
            numbers = Counter(number.replace(" ", "_") for row in of_it if (number := _number(row)))
            assert figures == {
                **dict.fromkeys([number.value.replace(" ", "_") for number in Number], 0), **numbers,
                "countries": len(by_land), "first": days[0], "last": days[-1],
            }, path  # fmt: skip
            shown = by_country(by_land)
            if path is None:
                assert told["countries"] == dict(shown.shown)
                assert told["other_countries"] == {"countries": shown.other_countries, "letters": shown.other_letters}
            else:
                text = self.ask.page(f"/ua/{path}/press").text
                assert f"{len(went):,}" in text and all(f" {n:,} " in text for _, n in shown.shown), path

    def _counts(self, rows) -> None:
        """`campaign counts` by every key alone and by number."""
        seen = {face: Counter(_value(row, face) for row in rows) for face in (*FACES, "state", "ua", "group")}
        for face, counted in seen.items():
            assert {row[face]: row["n"] for row in self._terminal("counts", "--by", face, "--json")} == counted, face
        by_number = Counter(number for row in rows if (number := _number(row)))
        told = {
            row["number"]: row["n"] for row in self._terminal("counts", "--by", "number", "--json") if row["number"]
        }
        assert told == by_number

    def _terminal(self, *words: str) -> list[dict]:
        done = CliRunner().invoke(terminal, words, env=self.environment, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return [json.loads(line) for line in done.stdout.splitlines()]

    def _same(self, told: list[dict], rows: list[dict]) -> dict[str, dict[object, Counter]]:
        expected: dict[str, dict[object, Counter]] = defaultdict(lambda: defaultdict(Counter))
        for row in rows:
            for face in ("all", *FACES):
                expected[face][_value(row, face)].update(_words(row))
        found: dict[str, dict[object, Counter]] = defaultdict(lambda: defaultdict(Counter))
        for row in told:
            if row["by"] in ("all", *FACES):
                counted = {key: n for key, n in row.items() if key not in ("by", "value", "name", "ua")}
                found[row["by"]][_target_of(row)].update(counted)
        for face in ("all", *FACES):
            kept = {value: +counted for value, counted in found[face].items() if +counted}
            assert kept == {value: +counted for value, counted in expected[face].items() if +counted}, face
        return expected


def _target_of(row: dict) -> object:
    return re.sub(r"^Director ", "", row["value"]) if row["by"] == "target" and row["value"] else row["value"]


def _value(row: dict, face: str) -> object:
    if face == "all":
        return None
    return (row["sent_at"] or row["created_at"])[:10] if face == "day" else row[face]


def _number(row: dict) -> str | None:
    if row["channel"] == "email":
        return Number.SENT_BY_US.value if row["state"] == "sent" else None
    names = {"opened": Number.OPENED_ELSEWHERE.value, "reported": Number.REPORTED_SENT.value}
    return None if row["copy_of"] is not None else names.get(row["state"])


def _words(row: dict) -> list[str]:
    number = _number(row)
    words = [f"in state {row['state']}"] + ([number] if number else [])
    if number in ("sent by us", "reported sent") and row["own_words_at"]:
        words.append("made personal")
    if number == "sent by us" and row["bounced_at"]:
        words.append("came back")
    if row["copy_of"] is not None and row["channel"] != "email" and row["state"] == "reported":
        words.append("embassy copies")
    return words
