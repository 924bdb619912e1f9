"""Arguments of jobs against the annotations of their functions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, Protocol, TypedDict, TypeVar

import numpy as np
import pytest
from numpy.typing import NDArray

from cacviewer.core.errors import UsageError
from cacviewer.core.findings import Finding, finding
from cacviewer.workers.arguments import check, fits, takes_progress

T = TypeVar("T")


class Quiet(Protocol):
    x: int


class Form(TypedDict):
    x: int


@pytest.mark.parametrize(
    ("hint", "good", "bad"),
    [
        (Sequence[str], [["a"], ("a",), []], ["/data", b"x", 5, [1]]),
        (Iterable[str], [["a"]], ["/data"]),
        (list[str], [["a"], ("a",)], ["a", {"a"}]),
        (tuple[int, ...], [(), (1, 2)], [[1], (1.5,), 3]),
        (tuple[int, str], [(1, "a")], [(1,), (1, 2)]),
        (set[int], [{1}], [{"a"}]),
        (dict[str, int], [{"a": 1}, {}], [{"a": "b"}, {1: 1}, []]),
        (Mapping[str, int], [{"a": 1}], [5]),
        (int, [1], [True, 1.0, "1", None]),
        (float, [1, 1.5], [True, "1"]),
        (bool, [True], [1]),
        (str, ["a"], [Path("a"), 1]),
        (str | Path, ["a", Path("a")], [1, None]),
        (str | None, ["a", None], [1]),
        (None, [None], [0]),
        (Literal["a", "b"], ["a"], ["c"]),
        (Finding, [finding("single_slice")], [{}, None]),
        (NDArray[np.int16], [np.zeros(3, np.int16)], [[0], None]),
        (list, [[1], ["a"]], ["a"]),
        (Any, [1, None], []),
        (object, [1], []),
        (T, [1], []),
        (Callable[[str], None], [print], [5]),
        (Quiet, [5], []),
        (Form, [{}], []),
        ("unresolved", [1], []),
    ],
    ids=str,
)  # fmt: skip
def test_values_fit_or_do_not(hint, good, bad):
    assert [v for v in good if not fits(hint, v)] == []
    assert [v for v in bad if fits(hint, v)] == []


def job(
    paths: Sequence[str], *more: int, deep: bool = False, progress: Callable[[str, float], None], **rest: str
) -> None:
    """A job."""


def test_a_path_is_no_list_of_paths():
    check("scan", job, [["/"]], {"progress": print})
    with pytest.raises(UsageError, match="The job 'scan' wants .*Sequence.* as paths, not str"):
        check("scan", job, ["/"], {"progress": print})


@pytest.mark.parametrize(
    ("args", "kwargs", "words"),
    [([], {}, "missing a required argument: 'paths'"), ([[]], {"deep": 1}, "wants bool as deep, not int"),
     ([[], "x"], {}, "as more"), ([[]], {"other": 5}, "as rest")],
)  # fmt: skip
def test_calls_that_do_not_fit(args, kwargs, words):
    with pytest.raises(UsageError, match=words):
        check("scan", job, args, {"progress": print, **kwargs})


def test_a_short_job_need_not_report():
    assert takes_progress(job)
    assert takes_progress(lambda **rest: None)
    assert not takes_progress(lambda x: None)


def test_calls_that_fit():
    check("scan", job, [("a",), 1, 2], {"progress": print, "deep": True, "other": "x"})


def test_annotations_for_type_checkers_only_are_not_checked():
    def loose(x: NoSuchName) -> None:  # noqa: F821
        """A job."""

    check("loose", loose, [5], {})
