"""A step of the schema."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Step:
    """One change of the schema; `only_on` holds what has to be said to one engine alone."""

    name: str
    statements: tuple[str, ...]
    only_on: dict[str, tuple[str, ...]] = field(default_factory=dict)
