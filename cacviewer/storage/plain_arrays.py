"""Arrays as plain data: inside the JSON if they are small, else by the name of a file."""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from cacviewer.storage.hints import CodecError, Plain

INLINE_BYTES = 8192
"""Arrays up to this size travel inside the message; bool arrays are packed to bits first (64 Ki voxels)."""


class Arrays(Protocol):
    """A home for arrays that are too large for JSON."""

    def put(self, array: NDArray[Any]) -> dict[str, Plain]:
        """Stores the array and returns a reference to it, an object with the key "npy"."""

    def get(self, reference: Mapping[str, Plain]) -> NDArray[Any]:
        """The array of a reference, read-only."""


def array_to_plain(array: NDArray[Any], arrays: Arrays | None = None) -> dict[str, Plain]:
    """The inline form of an array, or a reference if it is large and has a home.

    Raises:
        CodecError: It is an array of objects.
    """
    if array.dtype.hasobject:
        raise CodecError("an array of objects has no plain form")
    is_mask = array.dtype == np.bool_
    size = (array.size + 7) // 8 if is_mask else array.nbytes
    if arrays is not None and size > INLINE_BYTES:
        return arrays.put(array)
    raw = np.packbits(array.ravel()).tobytes() if is_mask else array.tobytes()
    return {
        "shape": list(array.shape),
        "dtype": "bool" if is_mask else array.dtype.str,
        "base64": base64.b64encode(raw).decode("ascii"),
    }


def array_from_plain(data: Plain, arrays: Arrays | None = None) -> NDArray[Any]:
    """The array of an inline form or of a reference, read-only.

    Raises:
        CodecError: Neither, or the bytes do not fill the shape.
    """
    if isinstance(data, dict) and "npy" in data:
        if arrays is None:
            raise CodecError("the array is in a file, and no folder of arrays is given")
        return arrays.get(data)
    try:
        shape, dtype = tuple(int(n) for n in data["shape"]), np.dtype(data["dtype"])
        raw = base64.b64decode(data["base64"], validate=True)
        if dtype.hasobject or min(shape, default=0) < 0:
            raise ValueError("objects or negative sizes")
        if dtype == np.bool_:
            count = math.prod(shape)
            if len(raw) != (count + 7) // 8:
                raise ValueError(f"{len(raw)} bytes for {count} bits")
            array = np.unpackbits(np.frombuffer(raw, np.uint8), count=count).view(np.bool_).reshape(shape)
        else:
            array = np.frombuffer(raw, dtype).reshape(shape)
    except (TypeError, ValueError, KeyError) as error:
        raise CodecError(f"not an array ({error})") from None
    array.flags.writeable = False
    return array
