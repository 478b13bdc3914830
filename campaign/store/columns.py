"""How values stand in columns: instants and days as ISO text in UTC, lists as JSON."""

import json
import unicodedata
from datetime import UTC, date, datetime
from typing import Any


def instant(moment: datetime) -> str:
    """`2026-11-22T10:00:00.000000Z`: sorts as text in the order of time."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def moment_or_none(text: str | None) -> datetime | None:
    return moment(text) if text else None


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def iso(value: date | None) -> str | None:
    return value.isoformat() if value else None


def packed(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str) -> Any:
    return json.loads(text)


def folded(text: str) -> str:
    """Letters and digits without case and accents: how names are compared and searched on both engines."""
    flat = unicodedata.normalize("NFKD", text)
    return " ".join("".join(c for c in flat if not unicodedata.combining(c)).casefold().split())
