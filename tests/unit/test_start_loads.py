"""What a start loads: a new heavy import fails here, with the name of the culprit."""

import subprocess
import sys

import pytest

QT = {"PySide6", "shiboken6", "shibokensupport", "signature_bootstrap"}
ALLOWED = {
    "cacviewer.app": {"cacviewer", "numpy", "platformdirs", *QT},
    "cacviewer.cli": {"cacviewer"},
    "cacviewer.cli.main": {"cacviewer", "numpy", "platformdirs"},
    "cacviewer.core.case": {"cacviewer", "numpy"},
}
PROGRAM = """
import sys
before = set(sys.modules)
import {name}
new = {{m.split(".")[0] for m in set(sys.modules) - before}} - set(sys.stdlib_module_names)
print("\\n".join(sorted(m for m in new if not m.startswith("_"))))
"""


@pytest.mark.parametrize("name", ALLOWED)
def test_a_start_loads_nothing_heavy(name):
    words = [sys.executable, "-c", PROGRAM.format(name=name)]
    loaded = set(subprocess.run(words, capture_output=True, text=True, check=True).stdout.split())
    assert loaded <= ALLOWED[name]


def test_the_window_of_a_start_has_no_jobs_of_its_own():
    """Readers, networks and reports stay in the children."""
    rooms = ("pipeline", "reading", "models", "phantom", "training", "evaluation")
    program = "import sys, cacviewer.app; print([m for m in sys.modules if m.startswith('cacviewer.')])"
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert [room for room in rooms if f"'cacviewer.{room}." in out] == []
