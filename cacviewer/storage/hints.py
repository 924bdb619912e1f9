"""Type hints as the codec reads them, and what it says when data do not fit."""

from __future__ import annotations

import types
import typing
from collections.abc import Hashable
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin

Plain = Any
"""None, bool, int, float, str, or lists and string-keyed dicts of them."""


class CodecError(ValueError):
    """Data that does not fit the type, or a value that has no plain form; the text says where."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
        self.place = ""

    def inside(self, step: str) -> CodecError:
        """The same error seen from one level higher up."""
        self.place = step + self.place
        return self

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


@cache
def init_hints(kind: Hashable) -> dict[str, Any]:
    """Fields that the constructor takes, and their types."""
    dataclass: Any = kind
    hints = typing.get_type_hints(dataclass)
    return {f.name: hints[f.name] for f in fields(dataclass) if f.init}


@cache
def _arms(hint: Any) -> tuple[Any, ...]:
    """The alternatives of a hint but None; one for what is no union."""
    every = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    return tuple(arm for arm in every if arm is not types.NoneType)


def only_arm(hint: Any) -> Any:
    """The one alternative beside None; Any where there are several."""
    arms = _arms(hint)
    return arms[0] if len(arms) == 1 else Any


def classes(hint: Any) -> list[Any]:
    """The dataclasses among the alternatives."""
    return [arm for arm in _arms(hint) if is_dataclass(arm)]


def item_hints(hint: Any, count: int) -> tuple[Any, ...]:
    """Hints of the members of a tuple or list of `count`."""
    args = get_args(hint)
    if get_origin(hint) is tuple and args and args[-1] is not Ellipsis:
        if len(args) != count:
            raise CodecError(f"{count} items where {len(args)} are wanted")
        return args
    return ((args[0] if args else Any),) * count
