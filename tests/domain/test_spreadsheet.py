"""What a spreadsheet would run as a formula stays text."""

import csv
import io

import pytest

from campaign.domain.spreadsheet import as_csv


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r", "\0"])
def test_a_cell_that_begins_like_a_formula_gets_an_apostrophe(begins):
    written = as_csv(("name", "n"), [{"name": f'{begins}HYPERLINK("https://evil.example")', "n": -5}])

    (row,) = csv.DictReader(io.StringIO(written, newline=""))
    # A lone carriage return would begin a row of its own, so it becomes the end of a line within its cell.
    kept = begins.replace("\r", "\n")
    assert row == {"name": f'\'{kept}HYPERLINK("https://evil.example")', "n": "-5"}


def test_all_else_stays_as_it_is():
    assert as_csv(("a", "b"), [{"a": "Ana, “so”", "b": None}]) == 'a,b\n"Ana, “so”",\n'
