"""From the text of a document to what it says."""

from campaign.domain.reading.reader import read
from campaign.domain.reading.record import as_record, from_record
from campaign.domain.reading.truth import as_truth

__all__ = ["as_record", "as_truth", "from_record", "read"]
