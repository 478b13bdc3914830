"""The way in: the bytes of a document as text, or a sentence that says why not; what a mail brings; a folder's files."""

from campaign.documents.extractor import LARGEST, Extractor
from campaign.documents.folder import Folder, Found, folder_at
from campaign.documents.kept import text_of
from campaign.documents.naming import plain_name
from campaign.documents.parcel import MOST_PIECES, Parcel, Piece, parcel_of

__all__ = [
    "LARGEST",
    "MOST_PIECES",
    "Extractor",
    "Folder",
    "Found",
    "Parcel",
    "Piece",
    "folder_at",
    "parcel_of",
    "plain_name",
    "text_of",
]
