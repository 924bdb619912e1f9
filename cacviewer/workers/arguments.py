"""Whether the arguments of a job are what its function is annotated with.

A text is a sequence of texts, so a path given where a list of paths is wanted would be taken apart into its
letters, and "/" is one of them: a job must not start on that.
"""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

from cacviewer.core.errors import UsageError


def check(name: str, function: Callable[..., Any], args: Sequence[Any], kwargs: Mapping[str, Any]) -> None:
    """Compares arguments with the signature of a job.

    Raises:
        UsageError: One is missing, too many or of another type.
    """
    try:
        bound = inspect.signature(function).bind(*args, **kwargs)
    except TypeError as error:
        raise UsageError(f"The job '{name}' cannot be called like this: {error}.") from None
    try:
        hints = typing.get_type_hints(function)
    except NameError:  # annotations that only type checkers can resolve
        return
    for parameter, value in bound.arguments.items():
        hint = hints.get(parameter, Any)
        kind = bound.signature.parameters[parameter].kind
        values: Sequence[Any] = (value,)
        if kind is inspect.Parameter.VAR_POSITIONAL:
            values = value
        elif kind is inspect.Parameter.VAR_KEYWORD:
            values = tuple(value.values())
        if wrong := [v for v in values if not fits(hint, v)]:
            wanted = hint.__name__ if type(hint) is type else str(hint)
            raise UsageError(
                f"The job '{name}' wants {wanted} as {parameter}, not {type(wrong[0]).__name__}."
            )


def takes_progress(function: Callable[..., Any]) -> bool:
    """Whether a job reports its progress; a short one need not."""
    parameters = inspect.signature(function).parameters
    return "progress" in parameters or any(p.kind is p.VAR_KEYWORD for p in parameters.values())


def fits(hint: Any, value: Any) -> bool:
    """Whether a value is of the hinted type, members of collections included."""
    if hint is Any or hint is object or isinstance(hint, TypeVar):
        return True
    kind, inner = get_origin(hint) or hint, get_args(hint)
    if kind is Union or kind is types.UnionType:
        return any(fits(arm, value) for arm in inner)
    if kind is Literal:
        return value in inner
    if hint is None or kind is types.NoneType:
        return value is None
    if kind in (int, float):
        return isinstance(value, int if kind is int else int | float) and not isinstance(value, bool)
    if not isinstance(kind, type) or typing.is_typeddict(kind):
        return True
    if kind in (Sequence, Iterable, Collection) and isinstance(value, str | bytes):
        return False
    # nobody minds a tuple where a list is wanted; both are lists once they have been written down
    is_one = isinstance(value, list | tuple) if kind is list else _is_instance(value, kind)
    return is_one and _members_fit(kind, inner, value)


def _is_instance(value: Any, kind: type) -> bool:
    try:
        return isinstance(value, kind)
    except TypeError:  # a protocol that cannot be asked at run time
        return True


def _members_fit(kind: type, inner: tuple[Any, ...], value: Any) -> bool:
    if isinstance(value, Mapping) and len(inner) == 2:
        return all(fits(inner[0], k) and fits(inner[1], v) for k, v in value.items())
    if not isinstance(value, list | tuple | set | frozenset) or not inner:
        return True
    if kind is tuple and inner[-1] is not Ellipsis:
        return len(inner) == len(value) and all(map(fits, inner, value))
    return all(fits(inner[0], v) for v in value)
