"""Fixtures for all tests."""

import os
from pathlib import Path

import pytest

# The private development data and reference vectors live outside the repository.
SHARED = Path(os.environ["CACVIEWER_DATA"]) if os.environ.get("CACVIEWER_DATA") else None


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder of the private development data; the test is skipped where it is missing."""
    if SHARED is None or not SHARED.is_dir():
        pytest.skip("private development data not here (set CACVIEWER_DATA)")
    return SHARED
