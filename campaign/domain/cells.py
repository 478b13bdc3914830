"""Cells of comma-separated files that a spreadsheet leaves alone."""

from typing import Any

# A spreadsheet takes a cell that begins with one of these for a formula, and runs it.
_FORMULA = ("=", "+", "-", "@", "\t", "\n", "\0", "＝", "＋", "－", "＠")


def safe_cell(value: Any) -> Any:
    """The value; a text that a spreadsheet would run with an apostrophe before it."""
    if not isinstance(value, str):
        return value
    # The writer of such files leaves a lone carriage return bare, and what follows it would begin a row of its own.
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if text.startswith(_FORMULA) else text
