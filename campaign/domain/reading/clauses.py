"""A page taken apart into clauses: stretches of squeezed text between two ends of sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from campaign.domain.reading.page import Page

_ABBREVIATION = re.compile(
    r"(?:^|[\s(,.])(?:[^\W\d_]|dr|mr|mrs|ms|st|jr|sr|sra|srta|prof|rev|fr|gen|col|capt|lt|sgt|hon|ing|lic|mme|mlle|me|mm)$",
    re.I,
)


@dataclass(frozen=True)
class Clause:
    """A stretch of squeezed text between two ends of sentence, `;` included, and the mark that ends it."""

    start: int
    end: int
    mark: str


def clauses(page: Page) -> Iterator[Clause]:
    """The clauses of a page, in its order."""
    squeezed, start = page.squeezed, 0
    letters = squeezed.letters
    for end in re.finditer(r"[.;!?\n]", letters):
        at = end.start()
        if end.group() == "." and not _ends_sentence(page, squeezed.place(at)):
            continue
        if at > start:
            yield Clause(start, at, end.group())
        start = at + 1
    if start < len(letters):
        yield Clause(start, len(letters), "")


def _ends_sentence(page: Page, place: int) -> bool:
    """Whether the full stop there ends a sentence, rather than an abbreviation, a number or a web address."""
    after = page.text[place + 1 : place + 2]
    if after and (after.isdigit() or after.islower() or after in "/@"):
        return False
    return not _ABBREVIATION.search(page.text[max(0, place - 6) : place])
