"""The decoding half of `codec`: a type hint becomes a function once, for a case may hold hundreds of lesions."""

from __future__ import annotations

import base64
import types
import typing
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

import numpy as np

from cacviewer.storage.hints import CodecError, Plain, classes, init_hints, item_hints
from cacviewer.storage.plain_arrays import Arrays, array_from_plain

_Reader = Callable[[Plain, Arrays | None], Any]


@cache
def reader(hint: Hashable) -> _Reader:
    """The function that turns data into a value of the hinted type; it raises CodecError."""
    return _made_reader(hint)


def _made_reader(hint: Any) -> _Reader:
    if hint is Any or hint is object:
        return lambda data, arrays: data
    kind = get_origin(hint) or hint
    if kind is Union or kind is types.UnionType:
        return _union_reader(hint)
    if kind is Literal:
        return _literal_reader(hint)
    if kind is np.ndarray:
        return _array_reader(hint)
    if is_dataclass(kind):
        return _dataclass_reader(kind)
    if kind in (tuple, list, set, frozenset, Sequence, Iterable):
        return _sequence_reader(kind, hint)
    if isinstance(kind, type) and issubclass(kind, Mapping):
        return _mapping_reader(hint)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _enum_reader(kind)
    return _SCALAR_READERS.get(kind) or _plain_reader(kind)


def _plain_reader(kind: Any) -> _Reader:
    name = getattr(kind, "__name__", str(kind))

    def read(data: Plain, arrays: Arrays | None) -> Any:
        return data if type(data) is kind else _refuse(data, name)

    return read


def _read_float(data: Plain, arrays: Arrays | None) -> float:
    if type(data) is float or type(data) is int:
        return float(data)
    if isinstance(data, dict) and data.get("float") in ("nan", "inf", "-inf"):
        return float(data["float"])
    return _refuse(data, "float")


def _read_bytes(data: Plain, arrays: Arrays | None) -> bytes:
    try:
        return base64.b64decode(data, validate=True)
    except (TypeError, ValueError):
        return _refuse(data, "base64")


def _read_path(data: Plain, arrays: Arrays | None) -> Path:
    return Path(data) if isinstance(data, str) else _refuse(data, "Path")


_SCALAR_READERS: dict[Any, _Reader] = {float: _read_float, bytes: _read_bytes, Path: _read_path}


def _enum_reader(kind: type[Enum]) -> _Reader:
    members: dict[Any, Enum] = {member.value: member for member in kind}

    def read(data: Plain, arrays: Arrays | None) -> Any:
        known = isinstance(data, str | int | float) and data in members
        return members[data] if known else _refuse(data, f"a {kind.__name__}")

    return read


def _literal_reader(hint: Any) -> _Reader:
    allowed = get_args(hint)

    def read(data: Plain, arrays: Arrays | None) -> Any:
        return data if data in allowed else _refuse(data, f"one of {allowed}")

    return read


def _union_reader(hint: Any) -> _Reader:
    arms = get_args(hint)
    named = {kind.__name__: kind for kind in classes(hint)}

    def read(data: Plain, arrays: Arrays | None) -> Any:
        if type(data) in arms:
            return data
        if len(named) > 1 and isinstance(data, dict) and "class" in data:
            if data["class"] not in named:
                _refuse(data["class"], f"one of {', '.join(named)}")
            rest = {k: v for k, v in data.items() if k != "class"}
            return reader(named[data["class"]])(rest, arrays)
        reasons = []
        for arm in arms:
            try:
                return reader(arm)(data, arrays)
            except CodecError as error:
                reasons.append(error)
        raise reasons[0]

    return read


def _dataclass_reader(kind: Any) -> _Reader:
    hints = init_hints(kind)
    required = {
        f.name for f in fields(kind) if f.init and f.default is MISSING and f.default_factory is MISSING
    }

    def read(data: Plain, arrays: Arrays | None) -> Any:
        if not isinstance(data, dict):
            _refuse(data, f"an object of {kind.__name__}")
        if unknown := data.keys() - hints.keys():
            raise CodecError(f"{kind.__name__} has no field {', '.join(map(repr, sorted(unknown)))}")
        if missing := required - data.keys():
            raise CodecError(f"{kind.__name__} lacks {', '.join(map(repr, sorted(missing)))}")
        values, name = {}, ""
        try:
            for name, item in data.items():
                values[name] = reader(hints[name])(item, arrays)
        except CodecError as error:
            raise error.inside(f".{name}") from None
        return kind(**values)

    return read


def _sequence_reader(kind: Any, hint: Any) -> _Reader:
    make = kind if kind in (list, set, frozenset) else tuple

    def read(data: Plain, arrays: Arrays | None) -> Any:
        if not isinstance(data, list):
            _refuse(data, "a list")
        hints = item_hints(hint, len(data))
        items: list[Any] = []
        try:
            for item, item_hint in zip(data, hints, strict=True):
                items.append(reader(item_hint)(item, arrays))
        except CodecError as error:
            raise error.inside(f"[{len(items)}]") from None
        return make(items)

    return read


def _mapping_reader(hint: Any) -> _Reader:
    key_hint, item_hint = get_args(hint) or (str, Any)
    # a key of JSON is text; keys that were numbers are compared as text
    members = (
        {str(m.value): m for m in key_hint}
        if isinstance(key_hint, type) and issubclass(key_hint, Enum)
        else None
    )

    def read_key(key: str) -> Any:
        if members is not None:
            return members[key] if key in members else _refuse(key, f"a {key_hint.__name__}")
        if key_hint is int:
            return int(key) if key.lstrip("-").isdecimal() else _refuse(key, "a whole number")
        return key

    def read(data: Plain, arrays: Arrays | None) -> Any:
        if not isinstance(data, dict):
            _refuse(data, "an object")
        values: dict[Any, Any] = {}
        key = ""
        try:
            for key, item in data.items():
                values.setdefault(read_key(key), reader(item_hint)(item, arrays))
        except CodecError as error:
            raise error.inside(f"[{key!r}]") from None
        return values

    return read


def _refuse(data: Plain, wanted: str) -> typing.NoReturn:
    seen = repr(data)
    raise CodecError(f"{seen[:60]}{'...' if len(seen) > 60 else ''} is not {wanted}")


def _array_reader(hint: Any) -> _Reader:
    wanted = [t for d in get_args(hint)[1:] for t in get_args(d) if isinstance(t, type)]

    def read(data: Plain, arrays: Arrays | None) -> Any:
        array = array_from_plain(data, arrays)
        if wanted and not np.issubdtype(array.dtype, wanted[0]):
            _refuse(str(array.dtype), f"an array of {wanted[0].__name__}")
        return array

    return read
