"""A reading as plain values that can be stored as JSON, and back, without loss."""

from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from campaign.domain.urgent_action import Fact, Reading

Record = dict[str, Any]


def as_record(reading: Reading) -> Record:
    """The reading as dicts, lists, texts, numbers and None."""
    plain = _plain(reading)
    assert isinstance(plain, dict)
    return plain


def from_record(record: Record) -> Reading:
    """The reading that `as_record` made the record of; what the record does not know keeps its default."""
    reading = _made(Reading, record)
    assert isinstance(reading, Reading)
    return reading


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return value


def _made(kind: Any, value: Any) -> Any:
    """`value` as what the type `kind` asks for."""
    if value is None or isinstance(kind, TypeVar):
        return value
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _made(next(a for a in arguments if a is not type(None)), value)
    if origin is tuple:
        return tuple(_made(arguments[0], item) for item in value)
    if origin is Fact:
        return Fact(_made(arguments[0], value["value"]), _made(_hints(Fact)["evidence"], value["evidence"]))
    if kind is date:
        return date.fromisoformat(value)
    if isinstance(kind, type) and is_dataclass(kind):
        return kind(**{name: _made(hint, value[name]) for name, hint in _hints(kind).items() if name in value})
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(value)
    return value


@lru_cache(maxsize=64)
def _hints(kind: type[Any]) -> dict[str, Any]:
    """The fields of a kind of record and what each is; to ask Python for it takes longer than all the rest."""
    hints = get_type_hints(kind)
    return {f.name: hints[f.name] for f in fields(kind)}
