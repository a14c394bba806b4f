"""How the shape of a content file is written, once: as a class with typed fields. ``misfits.py`` says what does not fit one."""

from __future__ import annotations

from types import GenericAlias
from typing import Annotated, Any, Generic, TypeVar, get_args, get_origin

import msgspec
from msgspec import Meta

T = TypeVar("T")
Names = TypeVar("Names")

Text = Annotated[str, Meta(min_length=1, description="a text")]
Texts = tuple[Text, ...]
SomeTexts = Annotated[Texts, Meta(min_length=1, description="a list of one text or more")]
Question = Annotated[str, Meta(pattern=r"\?$", description="a question that ends in a question mark")]
ButtonText = Annotated[str, Meta(min_length=1, max_length=40, description="a text of at most 40 characters")]
WebAddress = Annotated[str, Meta(pattern="^https://", description="an address that begins with https://")]
Id = Annotated[str, Meta(pattern="^[a-z][a-z0-9_]*$", description="an id of small letters, digits and _")]


class Shape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing of the content: its fields are the keys it may have, ``__post_init__`` holds the rules between them."""


class ById(dict[str, T], Generic[T]):
    """Things that a file lists, each with an ``id``; here by that id."""


class Exactly(dict[str, T], Generic[Names, T]):
    """By name, with every name of the literal ``Names`` and no other."""


def fitted(data: Any, shape: Any) -> Any:
    """``data``, as YAML gives it, in its ``shape``; raises msgspec.ValidationError at the first misfit."""
    return msgspec.convert(data, shape, strict=True, dec_hook=_read_ours)


def _read_ours(shape: Any, data: Any) -> Any:
    """Reads the mappings above, which msgspec does not know; a ValueError is a misfit to it."""
    if get_origin(shape) is ById:
        things = fitted(data, GenericAlias(tuple, (*get_args(shape), ...)))
        by_id = ById((thing.id, thing) for thing in things)
        if len(by_id) < len(things):
            raise ValueError("two of them have the same id.")
        return by_id
    names, kind = get_args(shape)
    by_name = Exactly(fitted(data, GenericAlias(dict, (str, kind))))
    if set(by_name) != set(get_args(names)):
        raise ValueError("these are not the names that are needed.")
    return by_name
