"""The schema, step by step, in the words both engines share. `{pk}`, `{blob}`, `{strict}` and `{whole}` differ between them."""

from campaign.store.steps import (
    accounts,
    corrections,
    counting,
    decisions,
    house,
    inbox,
    numbers,
    record,
    sending,
    writing,
)
from campaign.store.steps.step import Step

LEDGER = sending.LEDGER.name
INBOX = inbox.INBOX.name

STEPS: tuple[Step, ...] = (
    house.HOUSE,
    writing.WRITING,
    writing.NOTICES,
    sending.PACE,
    sending.BOUNCES,
    sending.LISTS,
    sending.LEDGER,
    accounts.ACCOUNTS,
    decisions.DECISIONS,
    corrections.CORRECTIONS,
    inbox.INBOX,
    record.RECORD,
    numbers.NUMBERS,
    counting.FINISHED_DAYS,
    counting.SNAPSHOTS,
    counting.FINISHED_DAYS_BY_COUNTRY,
)
__all__ = ["INBOX", "LEDGER", "STEPS", "Step"]
