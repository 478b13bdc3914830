"""The way in: the bytes of a document as text, or a sentence that says why not."""

from campaign.documents.extractor import LARGEST, Extractor
from campaign.documents.kept import text_of

__all__ = ["LARGEST", "Extractor", "text_of"]
