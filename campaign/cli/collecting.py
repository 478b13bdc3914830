"""Documents fetched from the watched folder and the mailbox: once, as a command asks, or again and again beside the sender."""

import logging
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from campaign.cli.surroundings import Surroundings, now
from campaign.documents import Folder, folder_at
from campaign.domain.refusals import Refusal
from campaign.flow import collecting
from campaign.flow.collecting import MOST_BYTES_OF_MAIL, Fetched, Rules
from campaign.postbox import MailboxFailed, look_up_key, mailbox_place, opened_mailbox
from campaign.settings import SettingWrong
from campaign.store.documents import DocumentState

_LOOK_AGAIN = timedelta(seconds=2)
_ASK_AGAIN = timedelta(minutes=3)
# A file that is written on and on is not waited for longer than this by a command.
_LONGEST_WAIT = timedelta(seconds=30)
_log = logging.getLogger("campaign")

STATE_WORDS = {
    DocumentState.WAITING: "waits for an admin's word",
    DocumentState.APPLIED: "applied",
    DocumentState.REVIEW: "needs a person",
    DocumentState.REFUSED: "refused",
    DocumentState.KNOWN: "known already",
}


def watched_folder(surroundings: Surroundings, path: str = "") -> Folder:
    """The folder that the command or the settings name. Raises SettingWrong without one, FolderUnfit where it cannot be used."""
    wanted = path or surroundings.settings.folder
    if not wanted:
        raise SettingWrong("No folder is named: set CAMPAIGN_FOLDER, or write it after --folder.")
    return folder_at(Path(wanted), surroundings.settings.upload_limit)


def from_folder_once(surroundings: Surroundings, path: str) -> Iterator[Fetched]:
    """Takes in what lies in the folder, once nobody writes it any more; waits for that, but not for ever."""
    folder = watched_folder(surroundings, path)
    until = time.monotonic() + _LONGEST_WAIT.total_seconds()
    while True:
        yield from _empty_folder(surroundings, folder)
        if folder.is_empty() or time.monotonic() > until:
            return
        time.sleep(0.5)


def from_mailbox_once(surroundings: Surroundings, url: str = "") -> Iterator[Fetched]:
    """Takes in what is unread in the mailbox. Raises MailboxFailed, and SettingWrong where it is not rightly named."""
    settings = surroundings.settings
    try:
        place = mailbox_place(url or settings.inbox_mailbox)
    except ValueError as wrong:
        raise SettingWrong(f"The mailbox (CAMPAIGN_INBOX_MAILBOX) cannot be used: {wrong}.") from None
    rules = Rules(settings.inbox_domains, look_up_key, settings.close_patience)
    with opened_mailbox(place, most_bytes=MOST_BYTES_OF_MAIL) as box:
        yield from collecting.empty_mailbox(surroundings.db, box, rules, now=now())


def in_words(one: Fetched) -> str:
    """What came of one thing that was fetched, in a line."""
    sender = f", from {one.sender}" if one.sender else ""
    if one.taken is None:
        return f"{one.name}{sender}: {one.trouble}"
    document = one.taken.document
    state = "known already" if one.taken.was_known else STATE_WORDS[document.state]
    words = (document.reason, one.proof, one.trouble)
    return f"{one.name}{sender}: {state}. {' '.join(word for word in words if word)}".rstrip()


class Collector:
    """Looks into the folder every two seconds and into the mailbox every three minutes, on a thread of its own.

    Whatever goes wrong with either is said once and tried again: letters are sent all the same.
    """

    def __init__(self, surroundings: Surroundings, stop: threading.Event) -> None:
        self._surroundings, self._stop = surroundings, stop
        self._folder: Folder | None = None
        self._said: dict[str, str] = {}
        self._at_work = threading.Event()
        self._thread = threading.Thread(target=self._work, name="collector", daemon=True)

    def start(self) -> None:
        settings = self._surroundings.settings
        if settings.folder or settings.inbox_mailbox:
            self._thread.start()

    def wait(self) -> None:
        """Until what is in hand is written down."""
        if self._at_work.is_set():
            self._thread.join()

    def _work(self) -> None:
        # Where several machines watch the same places, one of them at a time does.
        with self._surroundings.db.locks.hold_worker("collector"):
            self._at_work.set()
            asked = float("-inf")
            while not self._stop.is_set():
                if self._surroundings.settings.folder:
                    self._try("folder", self._look)
                if self._surroundings.settings.inbox_mailbox and time.monotonic() - asked > _ASK_AGAIN.total_seconds():
                    self._try("mailbox", self._ask)
                    asked = time.monotonic()
                self._stop.wait(_LOOK_AGAIN.total_seconds())

    def _look(self) -> None:
        self._folder = self._folder or watched_folder(self._surroundings)
        for one in _empty_folder(self._surroundings, self._folder):
            _log.info("document: %s", in_words(one))

    def _ask(self) -> None:
        for one in from_mailbox_once(self._surroundings):
            _log.info("document: %s", in_words(one))

    def _try(self, where: str, collect) -> None:  # type: ignore[no-untyped-def]
        try:
            collect()
            self._said.pop(where, None)
        except (Refusal, MailboxFailed, SettingWrong) as trouble:
            self._say(where, str(trouble))
        except Exception as trouble:
            self._say(where, f"unforeseen: {type(trouble).__name__}")

    def _say(self, where: str, sentence: str) -> None:
        if self._said.get(where) != sentence:
            _log.error("%s: %s", where, sentence)
        self._said[where] = sentence


def _empty_folder(surroundings: Surroundings, folder: Folder) -> list[Fetched]:
    patience = surroundings.settings.close_patience
    return collecting.empty_folder(surroundings.db, folder, time.monotonic(), now=now(), patience=patience)
