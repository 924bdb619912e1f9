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
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar, Union, get_args, get_origin

import numpy as np
from numpy.typing import NDArray

Plain = Any
"""None, bool, int, float, str, or lists and string-keyed dicts of them."""

INLINE_BYTES = 8192
"""Arrays up to this size travel inside the message; bool arrays are packed to bits first (64 Ki voxels)."""

_NOT_FINITE = ("nan", "inf", "-inf")

T = TypeVar("T")


class CodecError(ValueError):
    """Data that does not fit the type, or a value that has no plain form; the text says where."""


class Arrays(Protocol):
    """A home for arrays that are too large for JSON."""

    def put(self, array: NDArray[Any]) -> dict[str, Plain]:
        """Stores the array and returns a reference to it, an object with the key "npy"."""

    def get(self, reference: Mapping[str, Plain]) -> NDArray[Any]:
        """The array of a reference, read-only."""


# --- by type hints ---------------------------------------------------------------------------------------


def encode(value: object, arrays: Arrays | None = None, *, hint: Any = Any) -> Plain:
    """Turns a value into plain data.

    Args:
        value: What the table at the top of this module lists, nested at will.
        arrays: Home of large arrays; without one all arrays are inline.
        hint: Declared type of the value, needed only if that is a union of dataclasses.

    Raises:
        CodecError: Something inside has no plain form.
    """
    return _encode(value, hint, arrays, type(value).__name__)


def decode(hint: type[T], data: Plain, arrays: Arrays | None = None) -> T:
    """Turns plain data into a value of the hinted type; everything in it is checked and read-only.

    Raises:
        CodecError: A field is missing or unknown, or has another type than its hint.
    """
    value: T = _decode(hint, data, arrays, getattr(hint, "__name__", str(hint)))
    return value


def _encode(value: Any, hint: Any, arrays: Arrays | None, where: str) -> Plain:
    if isinstance(value, Enum):
        return _encode(_plain_member(value, where), Any, arrays, where)
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else {"float": str(float(value))}
    if isinstance(value, np.ndarray):
        return _array_to_plain(value, arrays, where)
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    arms = _arms(hint)
    if is_dataclass(value) and not isinstance(value, type):
        hints = _hints(type(value))
        data = {f.name: _encode(getattr(value, f.name), hints[f.name], arrays, f"{where}.{f.name}")
                for f in fields(value) if f.init}  # fmt: skip
        return {"class": type(value).__name__, **data} if len(_classes(arms)) > 1 else data
    inner = arms[0] if len(arms) == 1 else Any
    if isinstance(value, Mapping):
        item = (get_args(inner) or (Any, Any))[1]
        return {_key(k, where): _encode(v, item, arrays, f"{where}[{k!r}]") for k, v in value.items()}
    if isinstance(value, tuple | list | set | frozenset):
        members = sorted(value) if isinstance(value, set | frozenset) else value
        kinds = _item_hints(inner, len(members))
        return [
            _encode(v, h, arrays, f"{where}[{i}]")
            for i, (v, h) in enumerate(zip(members, kinds, strict=True))
        ]
    raise CodecError(f"{where}: {type(value).__name__} has no plain form")


def _decode(hint: Any, data: Plain, arrays: Arrays | None, where: str) -> Any:
    if hint is Any or hint is object:
        return data
    origin = get_origin(hint)
    if origin is Union or origin is types.UnionType:
        return _decode_union(hint, data, arrays, where)
    if origin is Literal:
        return data if data in get_args(hint) else _refuse(data, f"one of {get_args(hint)}", where)
    kind = origin or hint
    if kind is np.ndarray:
        return _array_of_hint(hint, data, arrays, where)
    if is_dataclass(kind):
        return _decode_dataclass(kind, data, arrays, where)
    if kind in (tuple, list, set, frozenset) or _is_abstract_sequence(kind):
        return _decode_sequence(kind, hint, data, arrays, where)
    if isinstance(kind, type) and issubclass(kind, Mapping):
        return _decode_mapping(hint, data, arrays, where)
    return _decode_scalar(kind, data, where)


def _decode_scalar(kind: Any, data: Plain, where: str) -> Any:
    if kind is float and isinstance(data, dict) and data.get("float") in _NOT_FINITE:
        return float(data["float"])
    if kind is float and isinstance(data, int | float) and not isinstance(data, bool):
        return float(data)
    if kind in (bool, int, str, types.NoneType):
        return data if type(data) is kind else _refuse(data, kind.__name__, where)
    if isinstance(kind, type) and issubclass(kind, Enum):
        try:
            return kind(data)
        except ValueError:
            return _refuse(data, f"a {kind.__name__}", where)
    if isinstance(kind, type) and issubclass(kind, Path) and isinstance(data, str):
        return Path(data)
    if kind is bytes and isinstance(data, str):
        try:
            return base64.b64decode(data, validate=True)
        except ValueError:
            return _refuse(data, "base64", where)
    return _refuse(data, getattr(kind, "__name__", str(kind)), where)


def _decode_union(hint: Any, data: Plain, arrays: Arrays | None, where: str) -> Any:
    every = get_args(hint)
    if type(data) in every:
        return data
    classes = _classes(every)
    if len(classes) > 1 and isinstance(data, dict) and "class" in data:
        named = [c for c in classes if c.__name__ == data["class"]]
        if not named:
            _refuse(data["class"], f"one of {', '.join(c.__name__ for c in classes)}", where)
        return _decode(named[0], {k: v for k, v in data.items() if k != "class"}, arrays, where)
    reasons = []
    for arm in every:
        try:
            return _decode(arm, data, arrays, where)
        except CodecError as error:
            reasons.append(error)
    raise reasons[0]


def _decode_dataclass(kind: Any, data: Plain, arrays: Arrays | None, where: str) -> Any:
    if not isinstance(data, dict):
        _refuse(data, f"an object of {kind.__name__}", where)
    known = {f.name: f for f in fields(kind) if f.init}
    if unknown := sorted(set(data) - set(known)):
        raise CodecError(f"{where}: {kind.__name__} has no field {', '.join(map(repr, unknown))}")
    if missing := [n for n, f in known.items() if n not in data and _is_required(f)]:
        raise CodecError(f"{where}: {kind.__name__} lacks {', '.join(map(repr, missing))}")
    hints = _hints(kind)
    return kind(
        **{name: _decode(hints[name], item, arrays, f"{where}.{name}") for name, item in data.items()}
    )


def _decode_sequence(kind: Any, hint: Any, data: Plain, arrays: Arrays | None, where: str) -> Any:
    if not isinstance(data, list):
        _refuse(data, "a list", where)
    try:
        kinds = _item_hints(hint, len(data))
    except ValueError:
        _refuse(data, f"{len(get_args(hint))} items", where)
    items = [_decode(h, v, arrays, f"{where}[{i}]") for i, (h, v) in enumerate(zip(kinds, data, strict=True))]
    return kind(items) if kind in (list, set, frozenset) else tuple(items)


def _decode_mapping(hint: Any, data: Plain, arrays: Arrays | None, where: str) -> dict[Any, Any]:
    if not isinstance(data, dict):
        _refuse(data, "an object", where)
    key, item = get_args(hint) or (str, Any)
    return {
        _decode_key(key, k, where): _decode(item, v, arrays, f"{where}[{k!r}]")
        for k, v in data.items()
    }


def _refuse(data: Plain, wanted: str, where: str) -> typing.NoReturn:
    seen = repr(data)
    raise CodecError(f"{where}: {seen[:60]}{'...' if len(seen) > 60 else ''} is not {wanted}")


def _decode_key(kind: Any, key: str, where: str) -> Any:
    """A key of JSON is text; keys that were numbers are compared as text."""
    if isinstance(kind, type) and issubclass(kind, Enum):
        found = [member for member in kind if str(member.value) == key]
        return found[0] if found else _refuse(key, f"a {kind.__name__}", where)
    if kind is int:
        return int(key) if key.lstrip("-").isdecimal() else _refuse(key, "a whole number", where)
    return key


def _plain_member(member: Enum, where: str) -> Plain:
    if isinstance(member.value, str | int | float):
        return member.value
    raise CodecError(f"{where}: {member!r} has no plain form")


def _key(key: Any, where: str) -> str:
    plain = key.value if isinstance(key, Enum) else key
    if isinstance(plain, str | int) and not isinstance(plain, bool):
        return str(plain)
    raise CodecError(f"{where}: a key of type {type(key).__name__} has no plain form")


def _arms(hint: Any) -> tuple[Any, ...]:
    """The alternatives of a hint but None; one for what is no union."""
    every = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    return tuple(arm for arm in every if arm is not types.NoneType)


def _classes(arms: tuple[Any, ...]) -> list[Any]:
    return [arm for arm in arms if is_dataclass(arm)]


def _item_hints(hint: Any, count: int) -> tuple[Any, ...]:
    """Hints of the members of a tuple or list of `count`; ValueError if the hint wants another number."""
    args = get_args(hint)
    if get_origin(hint) is tuple and args and args[-1] is not Ellipsis:
        if len(args) != count:
            raise ValueError(count)
        return args
    return ((args[0] if args else Any),) * count


def _is_abstract_sequence(kind: Any) -> bool:
    return getattr(kind, "__module__", "") == "collections.abc" and kind.__name__ in ("Sequence", "Iterable")


def _is_required(f: Field[Any]) -> bool:
    return f.default is MISSING and f.default_factory is MISSING


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind)


# --- arrays ----------------------------------------------------------------------------------------------


def _array_to_plain(array: NDArray[Any], arrays: Arrays | None, where: str) -> dict[str, Plain]:
    if array.dtype.hasobject:
        raise CodecError(f"{where}: an array of objects has no plain form")
    size = (array.size + 7) // 8 if array.dtype == np.bool_ else array.nbytes
    if arrays is not None and size > INLINE_BYTES:
        return arrays.put(array)
    raw = np.packbits(array.ravel()).tobytes() if array.dtype == np.bool_ else array.tobytes()
    return {
        "shape": list(array.shape),
        "dtype": "bool" if array.dtype == np.bool_ else array.dtype.str,
        "base64": base64.b64encode(raw).decode("ascii"),
    }


def array_from_plain(data: Plain, arrays: Arrays | None = None, where: str = "array") -> NDArray[Any]:
    """The array of an inline form or of a reference, read-only.

    Raises:
        CodecError: Neither, or the bytes do not fill the shape.
    """
    if isinstance(data, dict) and "npy" in data:
        if arrays is None:
            raise CodecError(f"{where}: the array is in a file, and no folder of arrays is given")
        return arrays.get(data)
    try:
        shape, dtype = tuple(int(n) for n in data["shape"]), np.dtype(data["dtype"])
        raw = base64.b64decode(data["base64"], validate=True)
        if dtype.hasobject or min(shape, default=0) < 0:
            raise ValueError("objects or negative sizes")
        if dtype == np.bool_:
            if len(raw) != (math.prod(shape) + 7) // 8:
                raise ValueError(f"{len(raw)} bytes for {math.prod(shape)} bits")
            array = np.unpackbits(np.frombuffer(raw, np.uint8), count=math.prod(shape)).view(np.bool_).reshape(shape)
        else:
            array = np.frombuffer(raw, dtype).reshape(shape)
    except (TypeError, ValueError, KeyError) as error:
        raise CodecError(f"{where}: not an array ({error})") from None
    array.flags.writeable = False
    return array


def _array_of_hint(hint: Any, data: Plain, arrays: Arrays | None, where: str) -> NDArray[Any]:
    array = array_from_plain(data, arrays, where)
    wanted = [t for d in get_args(hint)[1:] for t in get_args(d) if isinstance(t, type)]
    if wanted and not np.issubdtype(array.dtype, wanted[0]):
        _refuse(str(array.dtype), f"an array of {wanted[0].__name__}", where)
    return array
