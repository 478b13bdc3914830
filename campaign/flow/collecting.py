"""Documents are fetched from where they were put for us: out of a watched folder, out of a mailbox.

Whoever can write into the folder is trusted, as at the terminal. A mail is written by anybody: what it brings waits for an
admin's word, unless a trusted domain is proven to have sent it. Nothing is ever answered.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from campaign.documents import MOST_PIECES, Found, Parcel, Piece, parcel_of
from campaign.domain.refusals import Refusal, StorageFailed
from campaign.domain.urgent_action import Reading
from campaign.flow import intake
from campaign.flow.inbox import in_order
from campaign.flow.intake import Brought, TakenIn
from campaign.postbox import Proof, proof_of_sender
from campaign.store import arrivals, documents
from campaign.store.arrivals import Came
from campaign.store.database import Database
from campaign.store.documents import Document, DocumentState

FOLDER, MAIL = "folder", "mail"
MOST_BYTES_OF_MAIL = 15_000_000
_TOO_LARGE = "This mail is larger than 15 MB, so only its beginning was kept. The whole of it is still in the mailbox."
_NOT_PARTED = "This mail is built in a way that our reader cannot follow, so nothing in it was read."
_TOO_MANY = f"This mail brings more than {MOST_PIECES} things, and no more were looked at. Please bring the others by themselves."
_KEPT_OF_A_LARGE_ONE = 60_000


@dataclass(frozen=True)
class Rules:
    """Whom a mail is believed, where keys are looked up, and how long a closing waits for letters in hand."""

    domains: Collection[str]
    look_up: Callable[[str], bytes | None]
    patience: timedelta


@dataclass(frozen=True)
class Fetched:
    """One thing that was fetched, and what came of it; `trouble` says why nothing was taken in, or what is left to do."""

    name: str
    taken: TakenIn | None
    sender: str | None = None
    proof: str | None = None
    trouble: str | None = None


class Files(Protocol):
    """Where files are put for us."""

    def ready(self, at: float) -> Iterable[Found]: ...

    def put_away(self, found: Found, *, refused: str | None = None) -> bool: ...


class Mailbox(Protocol):
    """Where mails with documents are waited for."""

    def unread(self) -> Iterable[tuple[str, bytes]]: ...

    def mark_read(self, name: str, *, for_a_person: bool) -> None: ...


def empty_folder(db: Database, folder: Files, at: float, *, now: datetime, patience: timedelta) -> list[Fetched]:
    """Takes in the files that are ready, in the order of their series, and puts each away once that is written down."""
    kept: dict[int, list[Found]] = {}
    new: dict[int, bool] = {}
    fetched = []
    for found in folder.ready(at):
        if found.content is None:
            folder.put_away(found, refused=found.reason)
            fetched.append(Fetched(found.name, None, trouble=found.reason))
            continue
        try:
            document, had_it = intake.keep(
                db, found.content, name=found.name, via=FOLDER, now=now, came=Came(FOLDER, "the watched folder")
            )
        except StorageFailed:
            raise
        except Refusal as refusal:
            # The reader could not be started: the file stays for the next time.
            fetched.append(Fetched(found.name, None, trouble=str(refusal)))
            continue
        kept.setdefault(document.id, []).append(found)
        new.setdefault(document.id, not had_it)
    for taken in _apply(db, [documents.document(db, id) for id in kept], new, FOLDER, now=now, patience=patience):
        fetched += [_put_away(folder, found, taken) for found in kept[taken.document.id]]
    return fetched


def _put_away(folder: Files, found: Found, taken: TakenIn) -> Fetched:
    refused = taken.document.reason if taken.document.state is DocumentState.REFUSED else None
    is_moved = folder.put_away(found, refused=refused)
    trouble = (
        None if is_moved else "It was taken in, but cannot be moved away. It is not read again while it stays as it is."
    )
    return Fetched(found.name, taken, trouble=trouble)


def empty_mailbox(db: Database, mailbox: Mailbox, rules: Rules, *, now: datetime) -> Iterator[Fetched]:
    """Takes in what is new in a mailbox; each mail is marked as read only once it is written down.

    One of which nothing could be understood is marked for a person besides.
    """
    for name, message in mailbox.unread():
        try:
            fetched = take_in_mail(db, message, rules, now=now)
        except StorageFailed:
            raise
        except Refusal as refusal:
            yield Fetched("a mail", None, trouble=str(refusal))
            continue
        refused = [one for one in fetched if one.taken and one.taken.document.state is DocumentState.REFUSED]
        mailbox.mark_read(name, for_a_person=len(refused) == len(fetched))
        yield from fetched


def take_in_mail(db: Database, message: bytes, rules: Rules, *, now: datetime) -> list[Fetched]:
    """Keeps what the mail brings, and applies it where a trusted domain is proven to have sent it."""
    parcel, brought = _unpacked(message)
    whole = len(message) <= MOST_BYTES_OF_MAIL
    proof = proof_of_sender(message, rules.domains, rules.look_up, now) if whole else Proof(_TOO_LARGE)
    came = Came(MAIL, parcel.sender, None, parcel.message_id, proof.domain, proof.sentence)
    before = arrivals.came_by_message(db, parcel.message_id, proof.domain) if parcel.message_id else []
    if before:
        kept = [(documents.document(db, id), True) for id in before]
    else:
        kept = intake.keep_all(db, brought(), came=came, now=now)
    new = {document.id: not had_it for document, had_it in kept}
    found = [document for document, _ in kept]
    if proof.domain:
        taken = _apply(db, found, new, MAIL, now=now, patience=rules.patience)
    else:
        taken = [TakenIn(document, was_known=not new[document.id]) for document in found]
    return [Fetched(one.document.name, one, parcel.sender, proof.sentence) for one in taken]


def _apply(
    db: Database, found: list[Document], new: dict[int, bool], actor: str, *, now: datetime, patience: timedelta
) -> list[TakenIn]:
    return [
        intake.take_in_kept(db, document, not new[document.id], actor=actor, now=now, patience=patience)
        for document in in_order({document.id: document for document in found}.values())
    ]


def _unpacked(message: bytes) -> tuple[Parcel, Callable[[], list[Brought]]]:
    """What a mail says of itself, and how its documents are had: they are read only where the mail is new."""
    if len(message) > MOST_BYTES_OF_MAIL:
        return _beginning(message), lambda: [_unread("mail", message[:_KEPT_OF_A_LARGE_ONE], _TOO_LARGE)]
    try:
        parcel = parcel_of(message)
    except Exception:
        # Nothing that somebody mails us may stop the mailbox.
        return Parcel("an unknown sender", "mail", None, ()), lambda: [_unread("mail", message, _NOT_PARTED)]
    return parcel, lambda: _brought(parcel, message)


def _beginning(message: bytes) -> Parcel:
    try:
        parcel = parcel_of(message[:_KEPT_OF_A_LARGE_ONE])
    except Exception:
        return Parcel("an unknown sender", "mail", None, ())
    return Parcel(parcel.sender, parcel.subject, parcel.message_id, ())


def _brought(parcel: Parcel, message: bytes) -> list[Brought]:
    """Every attached file, and the words of messages that are outputs; where there is nothing of that, the mail unread."""
    found: list[Brought] = []
    words: Brought | None = None
    for piece in parcel.pieces[:MOST_PIECES]:
        one = _read(piece)
        if piece.is_file or not _refusal(one):
            found.append(one)
        words = words or one
    if len(parcel.pieces) > MOST_PIECES:
        found.append(_unread(parcel.subject, message, _TOO_MANY))
    return found or [_unread(parcel.subject, message, (words and _refusal(words)) or _NOT_PARTED)]


def _read(piece: Piece) -> Brought:
    return Brought(piece.name, piece.content, intake.read(piece.content))


def _refusal(one: Brought) -> str | None:
    return one.told[1].refusal if one.told else None


def _unread(name: str, content: bytes, reason: str) -> Brought:
    return Brought(name, content, (None, Reading(refusal=reason)))
