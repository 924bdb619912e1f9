"""The table of jobs: what a child process can be asked to do. A row is a name, a function and a role.

Functions are named by a string, so that the table costs nothing to import and a reader child never loads the
networks. Arguments and results are frozen values (or plain data); `progress(step, fraction)` is passed by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Literal

Role = Literal["reader", "network"]


@dataclass(frozen=True, slots=True)
class Job:
    """A row of the table.

    Attributes:
        target: "module:function".
        role: Which child does it; only "network" loads TensorFlow.
    """

    target: str
    role: Role


JOBS: dict[str, Job] = {
    "scan": Job("cacviewer.pipeline.read:scan", "reader"),
    "load": Job("cacviewer.pipeline.read:load", "reader"),
    "thumbnail": Job("cacviewer.pipeline.read:thumbnail", "reader"),
    "select": Job("cacviewer.pipeline.read:select", "reader"),
    "inspect": Job("cacviewer.pipeline.inspect:inspect_input", "reader"),
    "anonymize": Job("cacviewer.pipeline.anonymize:anonymize", "reader"),
    "inputs": Job("cacviewer.pipeline.batch:inputs", "reader"),
    "studies": Job("cacviewer.pipeline.batch:studies", "reader"),
    "read": Job("cacviewer.pipeline.batch:read", "reader"),
    "segment": Job("cacviewer.pipeline.segment:segment", "network"),
    "find": Job("cacviewer.pipeline.find:find", "network"),
    "surfaces": Job("cacviewer.pipeline.surfaces:surfaces", "reader"),
    "export": Job("cacviewer.pipeline.export:export", "reader"),
    "report": Job("cacviewer.pipeline.report:report", "reader"),
}

_WARM_UP: dict[Role, tuple[str, ...]] = {
    # modules that the first job of a role would otherwise wait for
    "reader": ("cacviewer.pipeline.read",),
    "network": ("scipy.ndimage", "scipy.spatial", "cacviewer.pipeline.find"),
}


def warm(role: Role) -> dict[str, str]:
    """Loads what the jobs of a role need, the network's weights and first trace included.

    Returns:
        Names of the networks that are ready and their SHA-256.
    """
    for module in _WARM_UP[role]:
        import_module(module)
    if role != "network":
        return {}
    from cacviewer.pipeline.segment import heart_model

    model = heart_model()
    return {model.identity.name: model.identity.sha256}
