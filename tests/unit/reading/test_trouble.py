"""Sources that fail while they are read: one sentence each, nothing half-shown, nothing left behind."""

import errno
import os
from pathlib import Path

import pytest

from cacviewer.core.errors import CacError, UnreadableInput
from cacviewer.core.findings import Severity
from cacviewer.pipeline.inspect import inspect_input
from cacviewer.reading import sources
from cacviewer.reading.load import load
from cacviewer.reading.scan import inspect
from tests.builders.dicom import series
from tests.unit.reading.reading import chosen, codes


def refusing(monkeypatch: pytest.MonkeyPatch, names: set[str], number: int) -> None:
    """Files of these names cannot be opened; a test runs as root as well, for whom no file is closed."""
    real = sources.OpenFile.__init__

    def opened(self: sources.OpenFile, path: str) -> None:
        if os.path.basename(path) in names:
            raise OSError(number, os.strerror(number), path)
        real(self, path)

    monkeypatch.setattr(sources.OpenFile, "__init__", opened)


def test_some_files_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    series(tmp_path)
    refusing(monkeypatch, {"IM0004"}, errno.EACCES)
    inspection = inspect([tmp_path])
    found = next(f for f in inspection.findings if f.code == "no_permission")
    assert found.severity is Severity.WARNING
    assert found.message == "1 file could not be opened (no permission)."
    assert found.files == (str(tmp_path / "IM0004"),)
    assert "missing_slices" in codes(chosen(inspection).findings)


def test_no_file_with_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    series(tmp_path)
    refusing(monkeypatch, {f"IM{k:04d}" for k in range(10)}, errno.EACCES)
    answer = inspect_input([str(tmp_path)])
    assert answer["error"]["code"] == "no_permission"
    assert "10 files could not be opened" in answer["error"]["message"]
    assert answer["error"]["remedy"] == "Ask for the right to read them."


@pytest.mark.parametrize("number", [errno.EIO, errno.ENODEV, errno.ESTALE])
def test_a_disk_that_is_pulled_out_between_headers_and_pixels(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    series(tmp_path)
    inspection = inspect([tmp_path])
    refusing(monkeypatch, {"IM0007"}, number)
    with pytest.raises(UnreadableInput) as caught:
        load(inspection, 0)
    assert caught.value.code == "source_vanished"
    assert "went away" in caught.value.message
    assert "Put the disk back" in caught.value.remedy
    again = inspect([tmp_path])
    assert "source_vanished" in codes(again.findings, "refusal")


def test_a_folder_that_is_removed_while_it_is_read(tmp_path: Path) -> None:
    series(tmp_path)
    inspection = inspect([tmp_path])

    def pull(step: str, fraction: float) -> None:
        for path in tmp_path.iterdir():
            path.unlink()

    for path in sorted(tmp_path.iterdir())[5:]:
        path.unlink()
    with pytest.raises(UnreadableInput, match="went away"):
        load(inspection, 0, pull)


def test_a_full_scratch_disk_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    from cacviewer.workers import arrays

    series(tmp_path / "s")
    inspection = inspect([tmp_path / "s"])
    volume = load(inspection, 0)
    folder = arrays.ArrayFolder(tmp_path)
    monkeypatch.setattr(arrays.np, "save", lambda file, *args, **kwargs: full.write_bytes(b"x" * 9000))
    with pytest.raises(CacError) as caught:
        folder.put(volume.hu)
    assert "the disk is full" in str(caught.value)
    assert str(tmp_path) in str(caught.value)
