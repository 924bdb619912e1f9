"""The codec: every value of core there and back, and data that do not fit."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from enum import Enum, IntEnum, StrEnum
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.typing import NDArray

from cacviewer.core.anatomy import Anatomy
from cacviewer.core.case import Case
from cacviewer.core.findings import Finding
from cacviewer.core.lesions import Lesion
from cacviewer.core.study import Inspection, Series
from cacviewer.core.volume import Volume
from cacviewer.storage.codec import INLINE_BYTES, CodecError, array_from_plain, decode, encode
from cacviewer.workers.arrays import ArrayFolder
from cacviewer.workers.packing import pack, unpack

masks = arrays(np.bool_, array_shapes(min_dims=3, max_dims=3, min_side=0, max_side=9))
lesions = st.builds(Lesion, voxels=masks)
VALUES = {
    Finding: st.builds(Finding),
    Series: st.builds(Series),
    Inspection: st.builds(Inspection),
    Lesion: lesions,
    Volume: st.builds(Volume, hu=arrays(np.int16, array_shapes(min_dims=3, max_dims=3))),
    Anatomy: st.builds(Anatomy, heart=masks, aorta=masks),
    Case: st.builds(Case, lesions=st.lists(lesions, max_size=2).map(tuple)),
}


def same(a: Any, b: Any) -> bool:
    """Equal in type and value; arrays voxel by voxel, not-a-number equals itself."""
    if type(a) is not type(b):
        return False
    if isinstance(a, np.ndarray):
        return a.dtype == b.dtype and a.shape == b.shape and bool(np.array_equal(a, b))
    if is_dataclass(a):
        return all(same(getattr(a, f.name), getattr(b, f.name)) for f in fields(a))
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[k], b[k]) for k in a)
    if isinstance(a, tuple | list):
        return len(a) == len(b) and all(map(same, a, b))
    return a == b or (isinstance(a, float) and math.isnan(a) and math.isnan(b))


def through_json(plain: Any) -> Any:
    return json.loads(json.dumps(plain, allow_nan=False))


@pytest.mark.parametrize("kind", VALUES, ids=lambda k: k.__name__)
def test_core_values_there_and_back(kind):
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(VALUES[kind])
    def check(value):
        assert same(decode(kind, through_json(encode(value))), value)
        assert same(unpack(through_json(pack([(value, None)])))[0][0], value)

    check()


class Colour(StrEnum):
    RED = "red"


class Rank(IntEnum):
    FIRST = 1


class Odd(Enum):
    PAIR = (1, 2)


@dataclass(frozen=True)
class Circle:
    radius: float


@dataclass(frozen=True)
class Square:
    side: float


Shape = Circle | Square


@dataclass(frozen=True)
class Everything:
    shapes: tuple[Shape, ...] = ()
    one: Shape | None = None
    named: dict[Colour, Shape] = field(default_factory=dict)
    ranked: dict[Rank, int] = field(default_factory=dict)
    counted: dict[int, str] = field(default_factory=dict)
    pair: tuple[int, float] = (1, 2.0)
    many: list[str | int | float | None] = field(default_factory=list)
    tags: frozenset[str] = frozenset()
    path: Path = Path()
    data: bytes = b""
    kind: Literal["a", "b"] = "a"
    row: Sequence[int] = ()
    loose: Any = None
    array: NDArray[np.floating] | None = None
    secret: int = field(default=3, init=False)


FULL = Everything(
    shapes=(Circle(1.0), Square(2.0)),
    one=Square(math.inf),
    named={Colour.RED: Circle(-math.inf)},
    ranked={Rank.FIRST: 5},
    counted={7: "seven"},
    pair=(2, 3.5),
    many=["x", 1, 1.5, None, "1"],
    tags=frozenset({"b", "a"}),
    path=Path("/a/b"),
    data=b"\0\xff",
    kind="b",
    row=(1, 2),
    loose={"any": [1]},
    array=np.arange(3, dtype=np.float32),
)


def test_unions_enums_and_the_rest():
    plain = through_json(encode(FULL))
    assert plain["shapes"] == [{"class": "Circle", "radius": 1.0}, {"class": "Square", "side": 2.0}]
    assert plain["one"] == {"class": "Square", "side": {"float": "inf"}}
    assert plain["ranked"] == {"1": 5}
    assert plain["tags"] == ["a", "b"]
    assert "secret" not in plain
    assert same(decode(Everything, plain), FULL)
    assert same(unpack(through_json(pack(FULL))), FULL)


def test_a_union_at_the_top_needs_its_hint():
    plain = encode(Square(1.0), hint=Shape)
    assert decode(Shape, plain) == Square(1.0)
    assert encode([Square(1.0)], hint=list[Shape]) == [plain]
    assert encode({"a": Square(1.0)}, hint=dict[str, Shape]) == {"a": plain}


def test_what_is_missing_takes_its_default_and_else_is_an_error():
    assert decode(Everything, {}) == Everything()
    with pytest.raises(CodecError, match=r"^Circle: Circle lacks 'radius'$"):
        decode(Circle, {})


@pytest.mark.parametrize(
    ("hint", "plain", "words"),
    [
        (Circle, {"radius": 1.0, "colour": "red"}, "Circle has no field 'colour'"),
        (Circle, [1.0], "is not an object of Circle"),
        (Circle, {"radius": "1"}, r"Circle\.radius: '1' is not float"),
        (Circle, {"radius": True}, r"Circle\.radius: True is not float"),
        (Circle, {"radius": None}, r"Circle\.radius: None is not float"),
        (Everything, {"pair": [1]}, r"Everything\.pair: 1 items where 2 are wanted"),
        (Everything, {"pair": 1}, "is not a list"),
        (Everything, {"pair": [1.5, 2]}, r"Everything\.pair\[0\]: 1.5 is not int"),
        (Everything, {"named": []}, "is not an object"),
        (Everything, {"named": {"blue": {}}}, "'blue' is not a Colour"),
        (Everything, {"one": {"class": "Star"}}, "'Star' is not one of Circle, Square"),
        (Everything, {"one": {"class": "Circle"}}, r"Everything\.one: Circle lacks 'radius'"),
        (Everything, {"one": 5}, "is not an object of Circle"),
        (Everything, {"kind": "c"}, "is not one of"),
        (Everything, {"kind": []}, "is not one of"),
        (Everything, {"counted": {"x": "y"}}, "'x' is not a whole number"),
        (Finding, {"code": "x", "severity": "fatal"}, r"Finding\.severity: 'fatal' is not a Severity"),
        (Everything, {"data": "%"}, r"Everything\.data: '%' is not base64"),
        (float, {"float": "much"}, "is not float"),
        (Everything, {"path": 5}, "is not Path"),
        (Everything, {"many": [[]]}, r"many\[0\]"),
        (Everything, {"array": {"shape": [1], "dtype": "<i2", "base64": "AAA="}}, "is not an array of floating"),
        (Everything, {"array": {"npy": "/x"}}, "no folder of arrays"),
    ],
)  # fmt: skip
def test_data_that_do_not_fit_are_refused_with_their_place(hint, plain, words):
    with pytest.raises(CodecError, match=words):
        decode(hint, plain)


@pytest.mark.parametrize(
    "value", [object(), 1j, Circle, Odd.PAIR, {(1, 2): 3}, {True: 1}, np.array([object()])], ids=repr
)
def test_values_without_a_plain_form(value):
    with pytest.raises(CodecError):
        encode(value)


def test_a_value_without_a_plain_form_is_named_with_its_place():
    with pytest.raises(CodecError, match=r"^Everything\.loose\['a'\]\[1\]: object has no plain form$"):
        encode(Everything(loose={"a": [1, object()]}))


def test_numpy_scalars_and_other_whole_numbers():
    assert encode([np.int16(3), np.float32(0.5), np.bool_(True), Rank.FIRST]) == [3, 0.5, True, 1]
    assert type(decode(float, 3)) is float


def test_a_loose_field_is_left_as_it_is():
    assert decode(object, {"a": 1}) == {"a": 1}
    assert decode(dict, {"a": 1}) == {"a": 1}
    assert decode(tuple, [1, "a"]) == (1, "a")


@given(
    arrays(
        st.sampled_from([np.bool_, np.int16, np.float32, np.uint8, ">i4", np.complex64]),
        array_shapes(min_side=0),
    )
)
def test_arrays_inline(array):
    back = array_from_plain(through_json(encode(array)))
    assert back.dtype == array.dtype
    assert back.shape == array.shape
    assert back.tobytes() == array.tobytes()
    assert not back.flags.writeable


@pytest.mark.parametrize(
    "plain",
    [5, {}, {"shape": [2], "dtype": "<i2", "base64": "AA=="}, {"shape": [-1], "dtype": "<i2", "base64": "AAA="},
     {"shape": [1], "dtype": "O", "base64": "AAAAAAAAAAA="}, {"shape": [9], "dtype": "bool", "base64": "AA=="},
     {"shape": [1], "dtype": "no", "base64": ""}, {"shape": [1], "dtype": "<i2", "base64": "%%"}],
)  # fmt: skip
def test_arrays_that_are_none(plain):
    with pytest.raises(CodecError, match="not an array"):
        array_from_plain(plain)


def test_large_arrays_go_to_the_folder_and_come_back_mapped(tmp_path):
    folder = ArrayFolder(tmp_path)
    small, large = np.ones(INLINE_BYTES * 8, bool), np.ones(INLINE_BYTES * 8 + 1, bool)
    assert "base64" in encode(small, folder)
    plain = encode(large, folder)
    assert set(plain) == {"npy", "shape", "dtype"}
    assert np.array_equal(array_from_plain(through_json(plain), folder), large)
    assert "npy" in encode(np.zeros(INLINE_BYTES // 2 + 1, np.int16), folder)


@pytest.mark.parametrize("value", [None, True, 3, "text", [1, [2]], (1, (2,)), {1: "a", "b": (2,)}, Path("/x"), b"b",
                                   {1, 2}, frozenset({3}), -math.inf, Colour.RED, Rank.FIRST, {"class": 1}], ids=repr)  # fmt: skip
def test_packed_values_keep_their_types(value):
    assert same(unpack(through_json(pack(value))), value)


@pytest.mark.parametrize(
    "plain",
    [{}, {"tuple": 5}, {"class": "no.such.module:X", "value": 1}, {"class": "os:nothing", "value": 1},
     {"class": "", "value": 1}, {"class": "os:system", "value": "true"}, {"class": "builtins:int", "value": 1}],
)  # fmt: skip
def test_what_is_not_packed_is_refused(plain):
    with pytest.raises(CodecError):
        unpack(plain)
