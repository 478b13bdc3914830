"""`campaign read`: documents looked at, many of them on all cores; nothing is changed."""

import json
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import click

from campaign.domain import reading as reader
from campaign.domain.refusals import Refusal
from campaign.domain.telling import label
from campaign.domain.urgent_action import Evidence, Reading
from campaign.flow import intake

FILES = click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="FILE…"
)

# Fewer than these are read sooner by one process than others are started.
_MANY = 4


@click.command()
@FILES
@click.option("--json", "as_json", is_flag=True, help="One object a line, in the order given.")
def read(files: tuple[Path, ...], as_json: bool) -> None:
    """Shows what we would understand of each FILE; changes nothing."""
    words = {"label": "Reading", "file": sys.stderr, "hidden": not sys.stderr.isatty() or len(files) < _MANY}
    with click.progressbar(length=len(files), **words) as bar:  # type: ignore[arg-type]
        for file, reading in zip(files, _readings(files), strict=True):
            bar.update(1)
            if as_json:
                print(json.dumps(reader.as_truth(reading), ensure_ascii=False), flush=True)
            else:
                print(f"{file}\n{_in_words(reading)}", flush=True)


def content_of(file: Path) -> bytes:
    """The file's bytes. Raises a Refusal that names it when it cannot be opened."""
    try:
        return file.read_bytes()
    except OSError as missing:
        raise Refusal(f"{file} cannot be opened: {missing.strerror}.") from None


def _readings(files: tuple[Path, ...]) -> Iterator[Reading]:
    """What is understood of each file, in their order; many files are read side by side."""
    cores = os.cpu_count() or 1
    if len(files) < _MANY or cores < 2:
        yield from map(_read, files)
        return
    with ProcessPoolExecutor(min(cores, len(files))) as readers:
        yield from readers.map(_read, files)


def _read(file: Path) -> Reading:
    return intake.read(content_of(file))[1]


def _in_words(reading: Reading) -> str:
    if reading.refusal:
        return f"  refused: {reading.refusal}"
    cases = reader.standing(reading)
    lines = [label(reading)]
    lines += [f"{told.name}: {told.value}{_line(told.evidence)}" for told in reader.facts_in_order(reading)]
    lines += [f"→ {case.person.name}: {case.verdict}{_line(case.evidence)}" for case in cases]
    lines += [f"doubt: {doubt.sentence}{_line(doubt.evidence)}" for doubt in reader.doubts_of(reading, cases)]
    return "\n".join(f"  {line}" for line in lines)


def _line(evidence: Evidence | None) -> str:
    if evidence is None:
        return ""
    lines = f"line {evidence.first}" if evidence.first == evidence.last else f"lines {evidence.first}-{evidence.last}"
    return f"  [{lines}]"


COMMANDS = (read,)
