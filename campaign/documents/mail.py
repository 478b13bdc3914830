"""The text of a mail: of what it says itself, what it forwards and what is attached, the first that is an output.

Runs in the limited child only.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from campaign.documents.kinds import Kind, kind_of
from campaign.documents.markup import html_text
from campaign.documents.mime import Mail, Part, mail_of
from campaign.documents.plain import cleaned, decoded
from campaign.domain import reading as reader
from campaign.domain.refusals import Unreadable
from campaign.domain.urgent_action import Reading

NOTHING = "This mail holds no text and no document that could be read."
SEVERAL = "This mail brings more than one output ({}). Please bring each of them by itself."
_ANSWER = re.compile(r"\s*(?:re|aw|antw|sv|r[eé]p|res)\s*(?:\[\d+\])?\s*:", re.IGNORECASE)
# A subject says something of its own only with a number.
_NUMBERED = re.compile(
    r"\b(?:UA|AU|EXTRA|urgent action|acci[oó]n urgente|action urgente)\b.{0,40}?\d{1,3}[/.]\d\d", re.IGNORECASE
)
_FORWARDED = re.compile(r"^(?:\s*(?:fwd?|wg|tr|rv|i)\s*:|\s*\[[^\]]{1,40}\])*\s*", re.IGNORECASE)


@dataclass(frozen=True)
class _Candidate:
    """A text in a mail that may be the output, and what is read in it; `message` is None for an attached file."""

    text: str
    reading: Reading
    message: int | None

    @property
    def is_output(self) -> bool:
        return not self.reading.refusal

    @property
    def paper(self) -> tuple[str | None, str | None]:
        ua, index = self.reading.ua, self.reading.index
        return (ua.value if ua else None), (index.value if index else None)


def mail_text(content: bytes, file_text: Callable[[Kind, bytes], str]) -> str:
    """The text of the mail's output; where it has none, what the mail says itself.

    `file_text` reads an attached file. Raises Unreadable where there is no text at all, or more than one output.
    """
    mail = mail_of(content)
    failures: list[Unreadable] = []
    candidates = list(_candidates(mail, file_text, failures))
    outputs = [candidate for candidate in candidates if candidate.is_output]
    if outputs:
        _refuse_several(outputs)
        return _with_subject(outputs[0], mail).text
    for candidate in candidates:
        if (told := _with_subject(candidate, mail)).is_output:
            return told.text
    if candidates and (candidates[0].message == 0 or not failures):
        return candidates[0].text
    raise failures[0] if failures else Unreadable(NOTHING)


def _candidates(
    mail: Mail, file_text: Callable[[Kind, bytes], str], failures: list[Unreadable]
) -> Iterator[_Candidate]:
    """The mail's own words, then what it forwards and what is attached, in their order."""
    begun: set[int] = set()
    attached: set[bytes] = set()
    for part in mail.parts:
        try:
            if part.is_attached and part.content not in attached:
                attached.add(part.content)
                yield _candidate(_attached_text(part, file_text))
            elif not part.is_attached and part.message not in begun:
                begun.add(part.message)
                if (text := _body(mail, part.message)).strip():
                    yield _candidate(text, part.message)
        except Unreadable as unreadable:
            failures.append(unreadable)
        except MemoryError:
            failures.append(Unreadable("A file attached to this mail is too large to be read."))


def _candidate(text: str, message: int | None = None) -> _Candidate:
    text = cleaned(text)
    return _Candidate(text, reader.read(text), message)


def _attached_text(part: Part, file_text: Callable[[Kind, bytes], str]) -> str:
    if not part.content.strip():
        raise Unreadable("The file attached to this mail is empty.")
    kind = kind_of(part.content)
    if kind is Kind.TEXT:
        return decoded(part.content, part.charset)
    return html_text(part.content, part.charset) if kind is Kind.HTML else file_text(kind, part.content)


def _body(mail: Mail, message: int) -> str:
    """What a message says itself: its texts one after the other, of alternatives the better one."""
    texts = [part for part in mail.parts if part.message == message and not part.is_attached]
    groups = [list(group) for _, group in groupby(texts, key=lambda part: part.alternative)]
    return "\n\n".join(text for text in map(_said, groups) if text.strip())


def _said(group: list[Part]) -> str:
    plain = "\n".join(_inline(part) for part in group if part.type == "text/plain")
    if not group[0].alternative:
        return "\n\n".join(_inline(part) for part in group if part.type in ("text/plain", "text/html"))
    pages = [part for part in group if part.type == "text/html"]
    if not pages:
        return plain
    page = "\n".join(map(_inline, pages))
    return plain if _is_enough(plain, page) else page


def _inline(part: Part) -> str:
    if part.type == "text/html":
        return html_text(part.content, part.charset)
    text = decoded(part.content, part.charset)
    # Some programs call a page plain text.
    return (
        html_text(part.content, part.charset)
        if re.match(r"\s*<(?:!doctype html|html)\b", text, re.IGNORECASE)
        else text
    )


def _is_enough(plain: str, page: str) -> bool:
    """Whether the plain words say what the page says, and not only that there is a page."""
    if not plain.strip() or len(plain.split()) * 5 < len(page.split()) * 2:
        return False
    return not reader.read(plain).refusal or bool(reader.read(page).refusal)


def _with_subject(candidate: _Candidate, mail: Mail) -> _Candidate:
    """The candidate with its message's subject above it, where the subject says what the words alone do not.

    "STOP ACTION: UA 203/09" may stand in the subject only. The subject of an answer was written for another mail.
    """
    subject = mail.subjects[candidate.message] if candidate.message is not None else ""
    if not _NUMBERED.search(subject) or _ANSWER.match(subject):
        return candidate
    told = _candidate(f"{_FORWARDED.sub('', subject)}\n\n{candidate.text}", candidate.message)
    before, after = candidate.reading, told.reading
    is_more = (
        (before.refusal and not after.refusal) or (after.ua and not before.ua) or (after.final and not before.final)
    )
    return told if is_more else candidate


def _refuse_several(outputs: list[_Candidate]) -> None:
    """Two outputs in one mail are for a person to part: one of them would be left out, and it may be the newer one."""
    numbers = list(dict.fromkeys(ua for ua, _ in (one.paper for one in outputs) if ua))
    if len(numbers) > 1:
        raise Unreadable(SEVERAL.format(", ".join(f"UA {number}" for number in numbers)))
    papers = list(dict.fromkeys(index for _, index in (one.paper for one in outputs) if index))
    # Where the mail is an output itself, what is attached is what came before it.
    if len(papers) > 1 and outputs[0].message != 0:
        raise Unreadable(SEVERAL.format(", ".join(papers)))
