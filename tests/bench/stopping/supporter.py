"""A supporter at the real HTTP interface: gets the form, sends it, says yes; and notes what was answered with success."""

import http.client
import random
import re
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode, urlsplit

from campaign.flow.office import Office
from tests import given

_FIELD = re.compile(r'name="(csrf_token|form_key|opened|drafted|shown|target)"[^>]*value="([^"]*)"')


@dataclass
class Promised:
    """What the web pages answered with success: form keys of letters written, of letters confirmed, receipts forgotten."""

    written: dict[str, str] = field(default_factory=dict)
    confirmed: set[str] = field(default_factory=set)
    forgotten: set[str] = field(default_factory=set)
    answers: dict[str, int] = field(default_factory=dict)

    def note(self, answer: object) -> None:
        self.answers[str(answer)] = self.answers.get(str(answer), 0) + 1


class Supporter(threading.Thread):
    """Writes letters until `ends` is set; whatever is not answered with success is tried no more."""

    def __init__(self, port: int, cases: list[str], office: Office, promised: Promised, ends: threading.Event):
        super().__init__(daemon=True)
        self.port, self.cases, self.office, self.promised, self.ends = port, cases, office, promised, ends
        self.cookie = ""

    def run(self) -> None:
        while not self.ends.wait(0.05):
            try:
                self._write(random.choice(self.cases))
            except (OSError, http.client.HTTPException) as trouble:
                self.promised.note(type(trouble).__name__)
                self.cookie = ""
                time.sleep(0.1)

    def _write(self, case: str) -> None:
        status, page, _ = self._ask("GET", f"/ua/{case}/write")
        fields = dict(_FIELD.findall(page))
        if status != 200 or "form_key" not in fields:
            self.promised.note(status)
            time.sleep(0.1)
            return
        word = given.a_token()
        typed = fields | {
            "template": "release", "language": "en", "subject": "An appeal for Ana Ruiz", "name": "Sol Writer",
            "body": "Dear Director,\n\nI ask you to free Ana Ruiz.\n\nYours sincerely,", "email": f"{word}@sol.example",
            "country": "NZ", "channel": "email", "consent": "y", "another": "1", "joined": "",
        }  # fmt: skip
        key = unescape(fields["form_key"])
        status, page, to = self._ask("POST", f"/ua/{case}/write", typed)
        self.promised.note(status)
        if status == 303:
            self.promised.written[key] = to.rpartition("/")[2]
            self._confirm(key)

    def _confirm(self, key: str) -> None:
        address = f"/confirm/{self.office.confirmation(key)}"
        status, page, _ = self._ask("GET", address)
        if status != 200:
            self.promised.note(status)
            return
        status, _, to = self._ask("POST", address, dict(_FIELD.findall(page)))
        self.promised.note(status)
        if status == 303 and "/letters/" in to:
            self.promised.confirmed.add(key)

    def forget(self, key: str) -> bool:
        """Asks to be forgotten; whether that was answered with success."""
        with suppress(OSError, http.client.HTTPException):
            address = f"/letters/{self.promised.written[key]}"
            _, page, _ = self._ask("GET", address)
            status, page, _ = self._ask("POST", f"{address}/forget", dict(_FIELD.findall(page)))
            if status == 200 and "You are forgotten" in page:
                self.promised.forgotten.add(key)
                return True
        return False

    def _ask(self, method: str, path: str, typed: dict[str, str] | None = None) -> tuple[int, str, str]:
        http_ = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            headers = {"Cookie": self.cookie} if self.cookie else {}
            body = urlencode({name: unescape(value) for name, value in typed.items()}) if typed is not None else None
            if body is not None:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            http_.request(method, path, body, headers)
            answer = http_.getresponse()
            page = answer.read().decode()
            if cookie := answer.headers["Set-Cookie"]:
                self.cookie = cookie.partition(";")[0]
            return answer.status, page, urlsplit(answer.headers["Location"] or "").path
        finally:
            http_.close()


def is_up(port: int) -> bool:
    """Whether /health answers with success."""
    with suppress(OSError, http.client.HTTPException):
        http_ = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            http_.request("GET", "/health")
            return http_.getresponse().status == 200
        finally:
            http_.close()
    return False
