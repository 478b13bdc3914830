"""Letters counted one by one, the slow and simple way, and a world in which anything may happen to any of them."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from campaign.domain.bounce import Bounce, Report
from campaign.domain.counting import Face, Selection
from campaign.domain.letter import Channel, LetterState, Number
from campaign.domain.posting import Posted, PostingResult
from campaign.domain.refusals import Refusal
from campaign.flow import confirming, holding, sending, settling
from campaign.store import bounces, figures, letters, writers
from campaign.store.database import Database
from tests import given

ANSWERS = (
    PostingResult(Posted.SENT, 250, "OK"),
    PostingResult(Posted.SENT, 250, "OK"),
    PostingResult(Posted.REFUSED, 550, "5.1.1 no such user"),
    PostingResult(Posted.LATER, 451, "busy"),
    PostingResult(Posted.UNKNOWN, None, ""),
)


def one_by_one(db: Database, selection: Selection = figures.EVERYTHING) -> dict[Face, dict[object, Counter]]:
    """For each face and value how many letters each word of `seen` counts, from the rows themselves."""
    found: dict[Face, dict[object, Counter]] = {face: defaultdict(Counter) for face in Face}
    actions = {row["id"]: row["urgent_action_id"] for row in db.rows("SELECT id, urgent_action_id FROM cases")}
    for row in db.rows("SELECT * FROM letters"):
        day = (row["sent_at"] or row["created_at"])[:10]
        if _fits(row, day, actions, selection):
            values = {
                Face.CASE: row["case_id"], Face.TARGET: row["target_id"], Face.CHANNEL: row["channel"],
                Face.COUNTRY: row["country"], Face.LANGUAGE: row["language"], Face.GROUP: row["group_id"], Face.DAY: day,
            }  # fmt: skip
            for face, value in values.items():
                found[face][value].update(_words(row))
    return found


def _fits(row: dict, day: str, actions: dict[int, int], selection: Selection) -> bool:
    asked = {
        "case_id": selection.case, "country": selection.country, "channel": selection.channel, "group_id": selection.group,
    }  # fmt: skip
    return (
        all(value is None or row[column] == value for column, value in asked.items())
        and (selection.action is None or actions[row["case_id"]] == selection.action)
        and (selection.first is None or day >= selection.first.isoformat())
        and (selection.last is None or day <= selection.last.isoformat())
    )


def _words(row: dict) -> list[str]:
    """What a letter counts for."""
    ours, copy = row["channel"] == "email", row["copy_of"] is not None
    number = None
    if ours and row["state"] == "sent":
        number = Number.SENT_BY_US
    elif not ours and not copy:
        number = {"opened": Number.OPENED_ELSEWHERE, "reported": Number.REPORTED_SENT}.get(row["state"])
    words = [row["state"]] + ([number] if number else [])
    if number in (Number.SENT_BY_US, Number.REPORTED_SENT) and row["own_words_at"] and not copy:
        words.append("own")
    if number is Number.SENT_BY_US and row["bounced_at"]:
        words.append("back")
    return words + (["copy"] if copy and not ours and row["state"] == "reported" else [])


def told(found: figures.Counted) -> dict[Face, dict[object, Counter]]:
    """The same words as the figures tell them; what is nought is left out."""
    return {
        face: {
            value: kept
            for value, one in found.by[face].items()
            if (
                kept := +Counter(
                    {
                        **one.numbers,
                        **one.by_state,
                        "own": one.made_personal,
                        "back": one.came_back,
                        "copy": one.embassy_copies,
                    }
                )
            )
        }
        for face in Face
    }


class World:
    """Two actions, three people, and one thing after another that happens to a letter, as a seed has it."""

    def __init__(self, db: Database, seed: int):
        self.db, self.any = db, random.Random(seed)
        self.now = given.NOON
        embassy = "COPIES TO: diplomatic representatives of Togo accredited to your country"
        self.cases = [
            *given.open_cases(db, "Ana Ruiz", "Bo Chen", copies=embassy),
            given.an_open_case(db, "Cy Odu", ua="72/26"),
        ]
        for group in ("Lyon", "Oslo"):
            db.run(
                "INSERT INTO groups (code, name, made_by, made_at) VALUES (:name, :name, 'Ada', '2026-01-01')",
                name=group,
            )
        self.things: list[Callable[[], object]] = [
            *[self.write] * 6, self.say_yes, self.say_yes, self.report, self.report, self.send,
            self.send, self.withdraw, self.settle, self.hold, self.come_back, self.change, self.forget, self.expire,
            self.wait, self.close, self.die,
        ]  # fmt: skip

    def happens(self) -> str:
        """One thing happens; what it was."""
        thing = self.any.choice(self.things)
        with suppress(Refusal):
            thing()
        return thing.__name__

    def letter(self, *states: LetterState) -> letters.Letter | None:
        rows = self.db.rows("SELECT id, state FROM letters ORDER BY id")
        fitting = [row["id"] for row in rows if not states or row["state"] in states]
        return letters.letter(self.db, self.any.choice(fitting)) if fitting else None

    def write(self) -> None:
        case = self.any.choice(self.cases)
        form = {
            "channel": self.any.choice(list(Channel)),
            "country": self.any.choice(["NZ", "FR", "BR"]),
            "language": self.any.choice(["en", "fr"]),
            "to_embassy": self.any.random() < 0.3,
            "body": self.any.choice([
                f"Dear Director,\n\nPlease free {case.person.name}.\n\nYours,", "Look at https://evil.example please.",
            ]),
        }  # fmt: skip
        if self.any.random() < 0.5:
            given.a_letter(self.db, case, now=self.now, **form | {"channel": Channel.EMAIL})
        else:
            given.writing.write(self.db, given.an_office(), case, given.a_form(self.db, case, **form), self.now)
        if self.any.random() < 0.3:
            self.db.run("UPDATE letters SET group_id = :group WHERE id = (SELECT max(id) FROM letters)",
                        group=self.any.choice([1, 2]))  # fmt: skip

    def say_yes(self) -> None:
        if letter := self.letter(LetterState.UNCONFIRMED):
            confirming.confirm(self.db, given.an_office(), given.an_office().confirmation(letter.form_key), self.now)

    def report(self) -> None:
        if letter := self.letter(LetterState.OPENED):
            letters.report_letter(self.db, letter, self.now)

    def send(self) -> None:
        box = given.FakePostbox([self.any.choice(ANSWERS) for _ in range(60)])
        sending.drain(given.a_sender(self.db, box, now=self.now))

    def withdraw(self) -> None:
        if letter := self.letter():
            letters.withdraw(self.db, letter, "It was not me.", self.now, actor="a supporter")

    def settle(self) -> None:
        if letter := self.letter(LetterState.UNCERTAIN):
            state = self.any.choice([LetterState.SENT, LetterState.REFUSED])
            settling.settle(self.db, letter.id, state, "The log says so.", by="Olu", now=self.now)

    def hold(self) -> None:
        if letter := self.letter(LetterState.HELD):
            if self.any.random() < 0.5:
                holding.release(self.db, letter.id, by="Olu", now=self.now)
            else:
                holding.give_back(self.db, given.an_office(), letter.id, "No links, please.", by="Olu", now=self.now)

    def come_back(self) -> None:
        if letter := self.letter(LetterState.SENT):
            bounces.add_bounce(self.db, letter, Report((), "failed", Bounce.HARD, "550 no"), self.now)

    def change(self) -> None:
        if letter := self.letter(LetterState.OPENED, LetterState.UNCONFIRMED):
            letters.change_words(self.db, letter, "Please", "In words of my own.", self.now)

    def forget(self) -> None:
        if letter := self.letter():
            given.forget(self.db, letter, now=self.now)

    def expire(self) -> None:
        writers.forget_unconfirmed(self.db, self.now - timedelta(days=7), self.now)

    def wait(self) -> None:
        self.now += timedelta(minutes=self.any.choice([1, 20, 60 * 9, 60 * 24 * 3]))

    def close(self) -> None:
        case = self.any.choice(self.cases)
        if self.any.random() < 0.15:
            given.close(self.db, case, now=self.now)
        else:
            given.deciding.reopen(
                self.db, case.id, reason="A mistake.", by="Ada", now=self.now, patience=given.PATIENCE
            )

    def die(self) -> None:
        """A sender takes a letter and is killed; another one takes it back."""
        if given.sending._claim(given.a_sender(self.db, given.FakePostbox(), now=self.now)):
            sending.tidy(self.db, lambda: self.now)
