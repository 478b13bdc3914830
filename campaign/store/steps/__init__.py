"""The schema, step by step, in the words both engines share. `{pk}`, `{blob}`, `{strict}` and `{whole}` differ between them."""

from campaign.store.steps import counting, house, numbers, sending, writing
from campaign.store.steps.step import Step

LEDGER = sending.LEDGER.name

STEPS: tuple[Step, ...] = (
    house.HOUSE,
    writing.WRITING,
    writing.NOTICES,
    sending.PACE,
    sending.BOUNCES,
    sending.LISTS,
    sending.LEDGER,
    numbers.NUMBERS,
    counting.FINISHED_DAYS,
    counting.SNAPSHOTS,
)
__all__ = ["LEDGER", "STEPS", "Step"]
