"""`python -m tests.bench.reading`: documents a second for each format, one process and two, and where the time goes."""

import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from campaign.documents import Extractor
from campaign.domain.reading import read
from tests.documents_formats import making

SAMPLE = (Path(__file__).parent.parent / "documents" / "three-women-and-a-man.txt").read_text(encoding="utf-8")
DOCUMENTS = 60
MORE = (
    "The court in the capital heard the case behind closed doors. Relatives waited outside for nine hours and were "
    "told nothing. A lawyer who had come with them was sent away. "
)


def of_5_kb(number: int) -> tuple[str, ...]:
    """The paragraphs of an output of about 5 KB; each number gives another document."""
    paragraphs = SAMPLE.strip().split("\n\n")
    short_of = 5000 - len(SAMPLE)
    return (*paragraphs[:4], f"Note {number}. " + MORE * max(1, short_of // len(MORE)), *paragraphs[4:])


MAKERS: dict[str, Callable[[tuple[str, ...]], bytes]] = {
    "txt": making.text,
    "html": making.html,
    "eml": lambda paragraphs: making.mail(making.part(making.text(paragraphs), coding="quoted-printable")),
    "pdf": lambda paragraphs: making.pdf([_lines(paragraphs)]),
    "docx": making.docx,
}


def _lines(paragraphs: tuple[str, ...]) -> list[str]:
    return [
        line[start : start + 110]
        for one in paragraphs
        for line in one.split("\n")
        for start in range(0, len(line), 110)
    ]


def take(documents: list[bytes]) -> tuple[float, float]:
    """Seconds for the texts of these documents, and for what they say; the child and the tables are there already."""
    with Extractor() as extractor:
        read(extractor.text_of(documents[0]))
        drawn = said = 0.0
        for document in documents:
            began = time.perf_counter()
            text = extractor.text_of(document)
            between = time.perf_counter()
            read(text)
            drawn += between - began
            said += time.perf_counter() - between
    return drawn, said


def main() -> None:
    print(f"Python {sys.version.split()[0]}, {DOCUMENTS} documents of 5 KB text each")
    print("format   1 process   2 processes   text of one   reading of one   share of text")
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(take, [[making.text()], [making.text()]]))
        for name, make in MAKERS.items():
            documents = [make(of_5_kb(number)) for number in range(DOCUMENTS)]
            drawn, said = take(documents)
            both = max(sum(one) for one in pool.map(take, [documents, documents]))
            print(
                f"{name:6} {DOCUMENTS / (drawn + said):9.0f}/s {2 * DOCUMENTS / both:11.0f}/s "
                f"{1000 * drawn / DOCUMENTS:10.2f} ms {1000 * said / DOCUMENTS:13.2f} ms {drawn / (drawn + said):14.0%}"
            )
    began = time.perf_counter()
    with Extractor() as extractor:
        extractor.text_of(making.pdf())
    print(f"a fresh child with its first PDF: {1000 * (time.perf_counter() - began):.0f} ms")
    print(f"read() of a text of 5 KB: {_reading_alone():.2f} ms (median of 100)")


def _reading_alone() -> float:
    text = "\n\n".join(of_5_kb(1))
    times = []
    for _ in range(100):
        began = time.perf_counter()
        read(text)
        times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times)


if __name__ == "__main__":
    main()
