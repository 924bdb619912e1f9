"""Our frozen values as plain JSON-able data and back: case.json, session file and pipe share this converter.

Driven by type hints: no names of modules are written, so a file can be read by anybody and never decides
what is imported. (Values on the pipe name their classes as well: `workers.packing`.)

| Python                         | data                                                              |
|---|---|
| dataclass                      | object, one key a field; "class" more where a union has several   |
| Enum                           | its value                                                         |
| tuple, list, set               | list                                                              |
| dict with str, int, Enum keys  | object                                                            |
| bytes                          | base64                                                            |
| float that is not finite       | {"float": "nan"}, because JSON has none                           |
| array                          | inline, or the name of a file where an `Arrays` is given          |
"""

from __future__ import annotations

import base64
import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar, get_args

import numpy as np

from cacviewer.storage.hints import CodecError, Plain, classes, init_hints, item_hints, only_arm
from cacviewer.storage.plain_arrays import INLINE_BYTES, Arrays, array_from_plain, array_to_plain
from cacviewer.storage.readers import reader

__all__ = ["INLINE_BYTES", "Arrays", "CodecError", "Plain", "array_from_plain", "decode", "encode"]

T = TypeVar("T")


def encode(value: object, arrays: Arrays | None = None, *, hint: Any = Any) -> Plain:
    """Turns a value into plain data.

    Args:
        value: What the table at the top of this module lists, nested at will.
        arrays: Home of large arrays; without one all arrays are inline.
        hint: Declared type of the value, needed only if that is a union of dataclasses.

    Raises:
        CodecError: Something inside has no plain form.
    """
    try:
        return _encode(value, hint, arrays)
    except CodecError as error:
        raise error.inside(type(value).__name__) from None


def decode(hint: type[T], data: Plain, arrays: Arrays | None = None) -> T:
    """Turns plain data into a value of the hinted type; everything in it is checked and read-only.

    Raises:
        CodecError: A field is missing or unknown, or has another type than its hint.
    """
    kind: Any = hint
    try:
        value: T = reader(kind)(data, arrays)
    except CodecError as error:
        raise error.inside(getattr(kind, "__name__", str(kind))) from None
    return value


def _encode(value: Any, hint: Any, arrays: Arrays | None) -> Plain:
    kind = type(value)
    if value is None or kind is str or kind is int or kind is bool:
        return value
    if isinstance(value, np.generic):
        return _encode(value.item(), Any, arrays)
    if isinstance(value, Enum):
        if not isinstance(value.value, str | int | float):
            raise CodecError(f"{value!r} has no plain form")
        return value.value
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else {"float": str(float(value))}
    if is_dataclass(value) and not isinstance(value, type):
        return _encode_dataclass(value, hint, arrays)
    if isinstance(value, tuple | list | set | frozenset):
        members = sorted(value) if isinstance(value, set | frozenset) else value
        hints = item_hints(only_arm(hint), len(members))
        return _each(members, hints, arrays, lambda i: f"[{i}]")
    if isinstance(value, Mapping):
        item = (get_args(only_arm(hint)) or (Any, Any))[1]
        plain = _each(value.values(), [item] * len(value), arrays, lambda i: f"[{list(value)[i]!r}]")
        return dict(zip(map(_key, value), plain, strict=True))
    if isinstance(value, np.ndarray):
        return array_to_plain(value, arrays)
    if isinstance(value, Path | str):
        return str(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    raise CodecError(f"{kind.__name__} has no plain form")


def _encode_dataclass(value: Any, hint: Any, arrays: Arrays | None) -> dict[str, Plain]:
    kind: Any = type(value)
    hints = init_hints(kind)
    names = list(hints)
    plain = _each([getattr(value, n) for n in names], list(hints.values()), arrays, lambda i: f".{names[i]}")
    data = dict(zip(names, plain, strict=True))
    return {"class": kind.__name__, **data} if len(classes(hint)) > 1 else data


def _each(
    values: Collection[Any], hints: Sequence[Any], arrays: Arrays | None, step: Callable[[int], str]
) -> list[Plain]:
    """Encodes members; `step` names the place of one for an error."""
    plain: list[Plain] = []
    try:
        for value, hint in zip(values, hints, strict=True):
            plain.append(_encode(value, hint, arrays))
    except CodecError as error:
        raise error.inside(step(len(plain))) from None
    return plain


def _key(key: Any) -> str:
    plain = key.value if isinstance(key, Enum) else key
    if isinstance(plain, str | int) and not isinstance(plain, bool):
        return str(plain)
    raise CodecError(f"a key of type {type(key).__name__} has no plain form")
