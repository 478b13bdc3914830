"""`python -m tests.bench.mutations [N]`: N spoilt documents, each of which must end in a reading, a review or a refusal."""

import random
import resource
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from campaign.documents import Extractor
from campaign.domain.reading import as_truth, read
from campaign.domain.refusals import Unreadable
from tests.documents_formats import making

SAMPLES = sorted((Path(__file__).parent.parent / "documents").glob("*.txt"))
CHUNK = 50


@dataclass(frozen=True)
class Ended:
    """How a document ended: as what, in which time, and from which recipe it can be made again."""

    recipe: str
    outcome: str
    text_seconds: float
    reading_seconds: float
    trace: str = ""


def _nested(content: bytes, chance: random.Random) -> bytes:
    for n in range(chance.choice([1, 3, 19, 25, 300, 3000])):
        wrap = b"Content-Type: message/rfc822\r\n\r\n" + content
        content = wrap if chance.random() < 0.3 else making.multipart(content, boundary=f"b{n}")
    return making.mail(content)


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(1, len(content) + 1)]


def _flipped(content: bytes, chance: random.Random) -> bytes:
    spoilt = bytearray(content)
    for _ in range(chance.choice([1, 3, 20, 200])):
        spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
    return bytes(spoilt)


def _swapped(content: bytes, chance: random.Random) -> bytes:
    one, two, three = sorted(chance.randrange(len(content) + 1) for _ in range(3))
    return content[:one] + content[two:three] + content[one:two] + content[three:]


def _twice(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    end = chance.randrange(start, len(content)) + 1
    return content[:end] + content[start:end] * chance.choice([1, 2, 50]) + content[end:]


def _without(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    return content[:start] + content[start + chance.choice([1, 10, 100, 1000]) :]


def _wrong_letters(content: bytes, chance: random.Random) -> bytes:
    written, taken_for = chance.choice(
        [("cp1252", "utf-8"), ("utf-8", "cp1252"), ("utf-8", "cp037"), ("utf-8", "utf-16")]
    )
    return content.decode(written, "replace").encode(taken_for, "replace")


def _noise_inside(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + chance.randbytes(chance.choice([1, 30, 3000])) + content[at:]


def _many(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    piece = chance.choice(
        [b"<div>", b"<!--", b"<a ", b"(", b"\n", b" ", b"\t", b"--", b"a", b"UA 1/20 ", b"[](", b"*", b"\n> ", b"A. "]
    )
    return content[:at] + piece * chance.choice([100, 10_000, 60_000]) + content[at:]


def _attached(content: bytes, chance: random.Random) -> bytes:
    files = [making.attached(content, "a") for _ in range(chance.choice([1, 2, 5, 120]))]
    return making.mail(making.multipart(making.part(b"See below."), *files))


def _same(content: bytes, chance: random.Random) -> bytes:
    return content


SPOIL: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _cut, _flipped, _flipped, _swapped, _twice, _without, _wrong_letters, _noise_inside, _many, _nested, _attached, _same,
)  # fmt: skip
BOMBS: dict[str, Callable[[], bytes]] = {
    "PDF of 300 MB": lambda: making.pdf([[]], streams=[making.swollen(300, b"(word) Tj ")]),
    "PDF of 300 MB of noughts": lambda: making.pdf([[]], streams=[making.swollen(300)]),
    "docx of 300 MB": lambda: making.docx(members={"word/document.xml": b"<a>" + bytes(300_000_000)}),
    "docx of 45 MB of words": lambda: making.docx(
        members={"word/document.xml": b"<w:document %b><w:body>%b" % (making.W, b"<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 1_200_000)}
    ),
    "docx of 45 MB nested": lambda: making.docx(members={"word/document.xml": b"<a>" * 15_000_000}),
    "entities": lambda: making.docx(
        members={"word/document.xml": b'<!DOCTYPE a [<!ENTITY a "aaa"><!ENTITY b "&a;&a;&a;">]><a>&b;</a>'}
    ),
    "200,000 tags": lambda: making.html() + b"<div>" * 200_000,
    "10 MB of tags": lambda: making.html() + b"<b>" * 3_300_000,
    "10 MB of comments": lambda: making.html() + b"<!--" * 2_400_000 + b"-->",
    "MIME 3,000 deep": lambda: _nested(making.part(making.text()), random.Random(5)),
    "10 MB of mail fields": lambda: making.mail(b"X: " + b"a;" * 4_900_000),
    "1 MB of text": lambda: b"UA 44/21 was. No further action is requested for Ana. " * 18_000,
    "1 MB without a blank": lambda: b"a" * 999_000,
}  # fmt: skip


def spoilt(seed: int) -> tuple[str, bytes]:
    """The document of that number, and how it was made."""
    chance = random.Random(seed)
    sample = chance.choice(SAMPLES)
    kind = chance.choice(list(making.ALL))
    paragraphs = sample.read_text(encoding="utf-8").strip().split("\n\n")
    content = making.pdf([paragraphs]) if kind == "pdf" else making.ALL[kind](_as_taken(kind, paragraphs))
    steps = [chance.choice(SPOIL) for _ in range(chance.choice([1, 1, 2, 3]))]
    for step in steps:
        content = step(content, chance)[:9_999_999] or b" "
    return f"{seed}: {sample.stem}.{kind} " + " ".join(step.__name__[1:] for step in steps), content


def _as_taken(kind: str, paragraphs: list[str]) -> object:
    return making.part(making.text(paragraphs), coding="quoted-printable") if kind == "eml" else paragraphs


def try_out(seeds: list[int | str]) -> tuple[list[Ended], int]:
    """How these documents ended, and the most memory in kilobytes that a child of ours took."""
    ended = []
    with Extractor() as extractor:
        for seed in seeds:
            recipe, content = (seed, BOMBS[seed]()) if isinstance(seed, str) else spoilt(seed)
            ended.append(_tried(extractor, recipe, content))
    return ended, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


def _tried(extractor: Extractor, recipe: str, content: bytes) -> Ended:
    began = between = time.perf_counter()
    trace = ""
    try:
        text = extractor.text_of(content)
        between = time.perf_counter()
        reading = read(text)
        outcome = "refusal" if reading.refusal else "review" if as_truth(reading)["needs_review"] else "reading"
    except Unreadable as unreadable:
        between = time.perf_counter()
        outcome = "refusal" if str(unreadable).endswith(".") and "Error" not in str(unreadable) else "ODD SENTENCE"
    except Exception:
        outcome, trace = "EXCEPTION", traceback.format_exc()
    return Ended(recipe, outcome, between - began, time.perf_counter() - between, trace)


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    seeds: list[int | str] = list(range(count))
    chunks = [seeds[start : start + CHUNK] for start in range(0, count, CHUNK)]
    chunks += [[name] for name in BOMBS]
    ended: list[Ended] = []
    with ProcessPoolExecutor(2) as pool:
        results = list(pool.map(try_out, chunks))
    for some, _ in results:
        ended += some
    for outcome, number in Counter(one.outcome for one in ended).most_common():
        print(f"{number:6} {outcome}")
    for one in sorted(ended, key=lambda one: -one.text_seconds)[:6]:
        print(f"slowest text:    {one.text_seconds:6.2f} s  {one.outcome}  {one.recipe}")
    for one in sorted(ended, key=lambda one: -one.reading_seconds)[:6]:
        print(f"slowest reading: {one.reading_seconds:6.2f} s  {one.outcome}  {one.recipe}")
    print(f"largest child: {max(memory for _, memory in results) // 1024} MB")
    bad = [one for one in ended if one.outcome not in ("reading", "review", "refusal")]
    for one in bad[:10]:
        print(f"{one.outcome}: {one.recipe}\n{one.trace}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
