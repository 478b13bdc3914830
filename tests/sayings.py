"""Every sentence that the pages and mails say in the reader's language, drawn from the sources as gettext would.

`python -m tests.sayings` brings the catalogues up to date: what is new stands in them without words, what is no longer
said is gone. `python -m tests.sayings de` begins one for another language.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from campaign.tongues import CATALOGUES

HOUSE = Path(__file__).resolve().parents[1]
_WORDS = {"N_": None, "say": None, "_": None, "gettext": None, "ngettext": (1, 2)}
# What the terminal says is English, and its `say` is another one.
_PYTHON, _PAGES = (
    [("cli/**.py", "ignore"), ("**.py", "python")],
    [(page, "jinja2") for page in ("**.html", "**.xml", "**.svg")],
)
# What gettext puts at the head of a file about teams and days: the repository knows it better.
_PAPERWORK = re.compile(
    r'"(?:Report-Msgid-Bugs-To|POT-Creation|PO-Revision|Last-Translator|Language-Team|Generated-By)'
    r"|# (?:FIRST|Copyright)"
)
_PAGE_OPTIONS = {page: {"trimmed": "true", "newstyle_gettext": "true"} for page, _ in _PAGES}


def sayings() -> Iterator[tuple[str | tuple[str, ...], str]]:
    """Each sentence (or its singular and plural) with the file it stands in."""
    for folder, methods in ((HOUSE / "campaign", _PYTHON), (HOUSE / "templates", _PAGES)):
        found = extract_from_dir(folder, methods, options_map=_PAGE_OPTIONS, keywords=_WORDS)
        for name, _, words, _, _ in found:
            yield words, f"{folder.name}/{name}"


def all_sayings() -> Catalog:
    """The sentences as an empty catalogue."""
    catalogue = Catalog(charset="utf-8")
    for words in sorted({words for words, _ in sayings()}, key=str):
        catalogue.add(words)
    return catalogue


def renew(tongue: str) -> Path:
    """Brings the catalogue of a language up to date, or begins it."""
    file = CATALOGUES / f"{tongue}.po"
    known = Catalog(locale=Locale.parse(tongue), project="Appeal Letters", version="1", fuzzy=False)
    if file.is_file():
        with file.open("rb") as source:
            known = read_po(source, locale=tongue)
    known.update(all_sayings(), no_fuzzy_matching=True)
    known.obsolete.clear()
    file.parent.mkdir(exist_ok=True)
    written = io.BytesIO()
    write_po(written, known, sort_output=True, width=120)
    lines = written.getvalue().decode().splitlines(keepends=True)
    file.write_text("".join(line for line in lines if not _PAPERWORK.match(line)), encoding="utf-8")
    return file


if __name__ == "__main__":
    for wanted in sys.argv[1:] or [file.stem for file in sorted(CATALOGUES.glob("*.po"))]:
        print(renew(wanted))
