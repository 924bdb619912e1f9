"""Values for the pipe: plain data that says of what classes it is made.

The parent cannot know what a job returns without importing the job, and with it TensorFlow. So what crosses
the pipe names its classes; what is inside of them is `storage.codec`'s.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import numpy as np

from cacviewer.storage.codec import Arrays, CodecError, Plain, array_from_plain, decode, encode


def pack(value: object, arrays: Arrays | None = None) -> Plain:
    """Turns a value into plain data that says of what classes it is made.

    Raises:
        CodecError: Something inside has no plain form.
    """
    if isinstance(value, Enum) or (is_dataclass(value) and not isinstance(value, type)):
        kind = type(value)
        return {"class": f"{kind.__module__}:{kind.__qualname__}", "value": encode(value, arrays)}
    if isinstance(value, list):
        return [pack(item, arrays) for item in value]
    if isinstance(value, tuple):
        return {"tuple": [pack(item, arrays) for item in value]}
    if isinstance(value, Mapping):
        return {"dict": [[pack(k, arrays), pack(v, arrays)] for k, v in value.items()]}
    if isinstance(value, np.ndarray):
        return {"array": encode(value, arrays)}
    if isinstance(value, Path):
        return {"path": str(value)}
    if isinstance(value, set | frozenset | bytes):
        return {type(value).__name__: encode(value, arrays)}
    return encode(value, arrays)


def unpack(data: Plain, arrays: Arrays | None = None) -> Any:
    """Turns data of `pack` back. It imports the modules that the data name: only for our own processes.

    Raises:
        CodecError: The data are not of `pack`.
    """
    if isinstance(data, list):
        return [unpack(item, arrays) for item in data]
    if not isinstance(data, dict):
        return data
    match data:
        case {"class": str(name), "value": value}:
            return decode(_class_named(name), value, arrays)
        case {"tuple": list(items)}:
            return tuple(unpack(item, arrays) for item in items)
        case {"dict": list(pairs)}:
            return {unpack(k, arrays): unpack(v, arrays) for k, v in pairs}
        case {"array": array}:
            return array_from_plain(array, arrays)
        case {"path": str(path)}:
            return Path(path)
        case {"float": _}:
            return decode(float, data)
        case {"bytes": text}:
            return decode(bytes, text)
        case {"set": list(items)}:
            return set(items)
        case {"frozenset": list(items)}:
            return frozenset(items)
    raise CodecError(f"unpack: {str(data)[:60]} is not packed data")


def _class_named(name: str) -> type[Any]:
    module, _, path = name.partition(":")
    try:
        found: Any = importlib.import_module(module)
        for part in path.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError, ValueError):
        raise CodecError(f"unpack: {name} is not a class of this program") from None
    if not (isinstance(found, type) and (is_dataclass(found) or issubclass(found, Enum))):
        raise CodecError(f"unpack: {name} is not a dataclass or an Enum")
    return found
