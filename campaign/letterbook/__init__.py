"""The letters in `letters/` and our own mails in `templates/mail/`, filled with facts. Nothing else renders them."""

from campaign.letterbook.blanks import BLANKS, unknown_blanks
from campaign.letterbook.book import Draft, Letterbook, Notice
from campaign.letterbook.deliveries import Counted, DeliveryPages
from campaign.letterbook.own_words import LONGEST_ANSWER, NO_WORDS, Chance, OwnWords
from campaign.letterbook.packs import PackPages, Poster
from campaign.letterbook.sheet import Sheet, can_be_set_in_type

__all__ = [
    "BLANKS",
    "LONGEST_ANSWER",
    "NO_WORDS",
    "Chance",
    "Counted",
    "DeliveryPages",
    "Draft",
    "Letterbook",
    "Notice",
    "OwnWords",
    "PackPages",
    "Poster",
    "Sheet",
    "can_be_set_in_type",
    "unknown_blanks",
]
