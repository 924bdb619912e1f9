"""The table of jobs as both ends of the pipe see it.

The rows are in `cacviewer.pipeline.jobs`, which is named here and not imported: a parent needs nothing of it
but the role of a job, and importing it loads no library (its rows name their functions as text).
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from cacviewer.core.errors import UsageError

TABLE = "cacviewer.pipeline.jobs"


class JobRow(Protocol):
    """A row: where the function is ("package.module:function") and which child runs it."""

    @property
    def target(self) -> str:
        """Import string."""

    @property
    def role(self) -> str:
        """A member of `protocol.ROLES`."""


JobTable = Mapping[str, JobRow]


def job_table() -> JobTable:
    """The jobs of the program."""
    table: JobTable = importlib.import_module(TABLE).JOBS
    return table


def role_of(name: str, table: JobTable) -> str:
    """The role that runs a job.

    Raises:
        UsageError: There is no such job.
    """
    if name not in table:
        raise UsageError(f"There is no job named {name!r}.")
    return table[name].role


def function_of(name: str, table: JobTable) -> Callable[..., Any]:
    """Imports the function of a job.

    Raises:
        UsageError: There is no such job.
    """
    role_of(name, table)
    module, _, attribute = table[name].target.partition(":")
    function: Callable[..., Any] = getattr(importlib.import_module(module), attribute)
    return function


def program_warm(role: str) -> Mapping[str, str]:
    """Gets a child of the role ready for its first job; names of its networks and their SHA-256."""
    models: Mapping[str, str] = importlib.import_module(TABLE).warm(role)
    return models
