"""What in a file does not fit its shape: every misfit at once, each with its place and a plain sentence."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

import msgspec
from ruamel.yaml import YAML

from trialog.content.shape import ById, Exactly, fitted

# The keys and places in lists that lead to a part of a file.
Place = tuple[str | int, ...]

UNKNOWN_KEY = "this key is not known."

_IN_WORDS = {str: "a text", bool: "true or false", int: "a whole number", date: "a day written like 2024-09-16"}


class Misfit(NamedTuple):
    """What does not fit, and where."""

    place: Place
    sentence: str

    def __str__(self) -> str:
        where = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in self.place).lstrip(".")
        return f"at '{where}': {self.sentence}" if where else self.sentence


def misfits(data: Any, shape: Any, place: Place = ()) -> Iterator[Misfit]:
    """Every misfit of ``data`` and of its parts."""
    try:
        fitted(data, shape)
    except msgspec.ValidationError as error:
        found = list(_wrong_keys(data, shape, place))
        found += [misfit for key, part, its in _parts(data, shape) for misfit in misfits(part, its, (*place, key))]
        yield from found or [Misfit(place, _sentence(data, shape, error))]


def texts_in(data: Any, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Every text in ``data``, with its place."""
    if isinstance(data, str):
        yield place, data
    elif isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from texts_in(value, (*place, key))


def line_of(place: Place, text: str) -> int:
    """The line of the YAML ``text`` where ``place`` begins; 0 for the whole."""
    node: Any = _composed(text) if place else None
    line: int = 0
    for key in place:
        if isinstance(key, int):
            node = node.value[key]
            line = node.start_mark.line + 1
        else:
            name, node = next((name, value) for name, value in node.value if name.value == key)
            line = name.start_mark.line + 1
    return line


@lru_cache(maxsize=4)
def _composed(text: str) -> Any:
    """Kept, because a draft has many misfits."""
    return YAML(typ="safe", pure=True).compose(text)


def _wrong_keys(data: Any, shape: Any, place: Place) -> Iterator[Misfit]:
    for kind, arguments in _kinds(shape) if isinstance(data, dict) else ():
        if issubclass(kind, msgspec.Struct):
            fields = msgspec.structs.fields(kind)
            known, needed = {field.name for field in fields}, {field.name for field in fields if field.required}
        elif kind is Exactly:
            known = needed = set(get_args(arguments[0]))
        else:
            continue
        yield from (Misfit(place, f"a key is missing: '{name}'.") for name in sorted(needed - set(data)))
        yield from (Misfit((*place, name), UNKNOWN_KEY) for name in data if name not in known)


def _parts(data: Any, shape: Any) -> Iterator[tuple[str | int, Any, Any]]:
    """The parts that ``shape`` says anything about: the key of each, the part, and its shape."""
    for kind, arguments in _kinds(shape):
        if isinstance(data, list) and kind in (tuple, ById):
            yield from ((place, part, arguments[0]) for place, part in enumerate(data))
        elif isinstance(data, dict) and issubclass(kind, msgspec.Struct):
            yield from ((field.name, data[field.name], field.type) for field in msgspec.structs.fields(kind) if field.name in data)
        elif isinstance(data, dict) and issubclass(kind, Mapping) and kind is not ById:
            yield from ((name, name, arguments[0]) for name in data if kind is not Exactly)
            yield from ((name, part, arguments[1]) for name, part in data.items())


def _kinds(shape: Any) -> list[tuple[type, tuple[Any, ...]]]:
    """The classes that ``shape`` allows, each with its arguments."""
    kind, arguments = get_origin(shape), get_args(shape)
    if kind is Annotated:
        return _kinds(arguments[0])
    if kind in (Union, UnionType):
        return [allowed for option in arguments for allowed in _kinds(option)]
    return [(str, ())] if kind is Literal else [(kind or shape, arguments)]


def _sentence(data: Any, shape: Any, error: msgspec.ValidationError) -> str:
    """The sentence of the rule that was broken; else what ``shape`` expects."""
    if error.__cause__:
        return str(error.__cause__)
    return f"'{textwrap.shorten(str(data), 60, placeholder=' …')}' is not {_described(shape)}."


def _described(shape: Any) -> str:
    kind, arguments = get_origin(shape), get_args(shape)
    if kind is Annotated:
        return next((note.description for note in shape.__metadata__ if note.description), None) or _described(arguments[0])
    if kind in (Union, UnionType):
        return " or ".join(_described(option) for option in arguments if option is not NoneType)
    if kind is Literal or (isinstance(shape, type) and issubclass(shape, Enum)):
        return "one of: " + ", ".join(arguments or list(shape))
    return _IN_WORDS.get(shape) or ("a list" if kind in (tuple, ById) else "a group of keys")
