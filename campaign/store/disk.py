"""What is written reaches the disk, also through a power cut."""

import os
from pathlib import Path


def onto_disk(path: Path) -> None:
    """A file's bytes, or the names in a folder: a new file's name is on the disk only once its folder is."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
