"""A letter of Sol's, and postboxes with little patience."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from campaign.domain.posting import PostingResult
from campaign.postbox import Postbox, postbox, sealed

NOON = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
BOUNCES = "bounces+7-mzxw6ytboi4dgnry@bounces.letters.example"
MINISTER = "minister@justice.example"


def a_letter(**changes: object) -> bytes:
    facts: dict[str, object] = {
        "sender": "letters@letters.example",
        "sender_name": "Sol Reyes",
        "via": "via Appeal Letters",
        "recipient": MINISTER,
        "subject": "Please release Ana Ruiz",
        "body": "Dear Minister,\n\nplease release Ana Ruiz.\n\nSol Reyes\n",
        "message_id": "<w4zq7.sol@letters.example>",
        "at": NOON,
    }
    return sealed(**(facts | changes))  # type: ignore[arg-type]


@contextmanager
def an_impatient_postbox(url: str, *, seconds: float = 0.3, per_session: int = 50) -> Iterator[Postbox]:
    box = postbox(url, connect_timeout=seconds, command_timeout=seconds, data_timeout=seconds, per_session=per_session)
    try:
        yield box
    finally:
        box.close()


def posted(box: Postbox, wire: bytes | None = None, *, recipient: str = MINISTER) -> PostingResult:
    return box.post(a_letter() if wire is None else wire, sender=BOUNCES, recipient=recipient)
