"""What a document is called. A name is only shown: no file is ever opened or made by it."""

import re
import unicodedata

_LONGEST = 120


def plain_name(name: str, otherwise: str = "document") -> str:
    """The last part of a path on one line, without marks that could mislead; `otherwise` where nothing is left."""
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in last)
    flat = " ".join(shown.split())[:_LONGEST].strip()
    return flat if flat.strip(".") else otherwise
