"""From the text of a document to what it says."""

from campaign.domain.reading.facts import Told, facts_in_order
from campaign.domain.reading.record import as_record, from_record
from campaign.domain.reading.truth import as_truth, doubts_of, standing
from campaign.domain.urgent_action import Reading

__all__ = ["Told", "as_record", "as_truth", "doubts_of", "facts_in_order", "from_record", "read", "standing"]


def read(text: str) -> Reading:
    """What we understand of a document's text. Never raises; what is no output has a `refusal` and no facts."""
    # The reader's tables take a third of a second to be made ready, which a closing need not wait for.
    from campaign.domain.reading import reader

    return reader.read(text)
