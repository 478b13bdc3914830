"""What a supporter starts from: the letter that fits the case, in the right language, with words of their own."""

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from campaign.domain.case import Case
from campaign.domain.refusals import NoSuchLetter
from campaign.domain.salutations import greeting
from campaign.flow.office import Office
from campaign.letterbook import LONGEST_ANSWER as LONGEST_ANSWER
from campaign.letterbook import NO_WORDS
from campaign.letterbook import Draft as Draft
from campaign.letterbook import OwnWords as OwnWords
from campaign.store import own_letters
from campaign.store.actions import KnownTarget
from campaign.store.database import Database
from campaign.store.own_letters import OwnLetter

if TYPE_CHECKING:
    from campaign.flow.writing import Written

# The languages that we have letters in, as documents call them.
SPOKEN = {"english": "en", "french": "fr", "spanish": "es"}


def draft(
    db: Database, office: Office, case: Case, *, language: str | None = None, template: str | None = None,
    target: KnownTarget | None = None, seed: str = "", own: OwnWords = NO_WORDS, tongue: str = "en",
) -> Draft:  # fmt: skip
    """The letter a supporter starts from. Raises NoSuchLetter where no such template is there.

    `seed` makes its words the supporter's own, `tongue` is the language in which they read our pages.
    """
    book = office.letterbook
    if template and (own_letter := _own_letter(db, case, template)):
        return book.draft_own(
            own_letter.name, own_letter.language, own_letter.subject, own_letter.body,
            person=case.person, target=target.target if target else None, country=case.country,
            written_in=case.language, seed=seed, own=own,
        )  # fmt: skip
    return book.draft(
        template or book.suggest(case.demands),
        language or first_language(office, case, tongue),
        person=case.person,
        target=target.target if target else None,
        country=case.country,
        demands=case.demands,
        written_in=case.language,
        seed=seed,
        own=own,
    )


def _own_letter(db: Database, case: Case, template: str) -> OwnLetter | None:
    if not template.startswith(own_letters.PREFIX):
        return None
    found = next((one for one in own_letters.own_letters(db, case.action) if one.name == template), None)
    if found is None:
        raise NoSuchLetter(template, case.language)
    return found


def first_language(office: Office, case: Case, tongue: str = "en") -> str:
    """The supporter's own language where the target reads it, else the first that it prefers and we have letters in.

    Where the outputs name none that we have, the supporter's own, else English.
    """
    offered = office.letterbook.offered()
    wanted = [SPOKEN[said.casefold()] for said in case.languages if said.casefold() in SPOKEN]
    read = [language for language in wanted if language in offered]
    if tongue in read or (not read and tongue in offered):
        return tongue
    return read[0] if read else "en"


def woven(
    db: Database, office: Office, case: Case, written: "Written", target: KnownTarget, in_force: Sequence[KnownTarget]
) -> tuple[str, bool]:
    """The letter's text with the supporter's answers worked in, and whether it says more than the draft.

    Where the draft was left as it was, it is drafted again with the answers; a text that was changed gets them as
    paragraphs of their own, unless they stand in it already.
    """
    untouched = _is_untouched(db, office, case, written, [target, *(one for one in in_force if one.id != target.id)])
    said = _words(written.body)
    missing = OwnWords(*(words if words and _words(words) not in said else "" for words in vars(written.own).values()))
    body = _readdressed(case, written, target, in_force)
    if untouched and (missing != NO_WORDS or body != written.body):
        drafted = _as_drafted(db, office, case, written, target, missing)
        if drafted is not None:
            return drafted, missing != NO_WORDS
    if missing == NO_WORDS:
        return body, not untouched
    moved, matters = office.letterbook.own_paragraphs(written.language, written.seed, missing)
    parts = body.split("\n\n")
    if matters:
        parts.insert(max(1, len(parts) - 2), matters)
    if moved:
        parts.insert(min(2, len(parts)), moved)
    return "\n\n".join(parts), True


def mark_of(body: str) -> str:
    """What a form bears to tell later whether its text is still the draft: the words alone count, not their spacing."""
    return hashlib.sha256(_words(body).encode()).hexdigest()[:24]


def _is_untouched(
    db: Database, office: Office, case: Case, written: "Written", in_force: Sequence[KnownTarget]
) -> bool:
    """Whether the text is a draft as we gave it, be it to this official or to another one of the case."""
    if written.drafted:
        return written.drafted == mark_of(written.body)
    drafts = (_as_drafted(db, office, case, written, one, NO_WORDS) for one in in_force)
    return any(plain is not None and _words(plain) == _words(written.body) for plain in drafts)


def _readdressed(case: Case, written: "Written", target: KnownTarget, in_force: Sequence[KnownTarget]) -> str:
    """The text as it greets `target`, where it still greets another official of the case: their page had that draft."""
    greeted = written.body.partition("\n")[0].strip(" ,:")
    ours = _greeting(target, written.language, case)
    if greeted != ours:
        for other in in_force:
            if greeted == _greeting(other, written.language, case):
                return written.body.replace(greeted, ours)
    return written.body


def _greeting(target: KnownTarget, language: str, case: Case) -> str:
    return greeting(target.target.salutation, language, case.language)


def _as_drafted(
    db: Database, office: Office, case: Case, written: "Written", target: KnownTarget, own: OwnWords
) -> str | None:
    try:
        return draft(
            db, office, case, language=written.language, template=written.template or None, target=target,
            seed=written.seed, own=own,
        ).body  # fmt: skip
    except NoSuchLetter:
        return None


def _words(text: str) -> str:
    return " ".join(text.split())
