"""From the text of a document to what it says."""

from campaign.domain.reading.facts import Told, facts_in_order
from campaign.domain.reading.reader import read
from campaign.domain.reading.record import as_record, from_record
from campaign.domain.reading.truth import as_truth, doubts_of, standing

__all__ = ["Told", "as_record", "as_truth", "doubts_of", "facts_in_order", "from_record", "read", "standing"]
