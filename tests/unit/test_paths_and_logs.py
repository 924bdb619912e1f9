"""Where things are, and what the log says and hides."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cacviewer import logs, paths

ROOT = Path(__file__).parents[2]


@pytest.fixture
def home(tmp_path, monkeypatch):
    for name in ("CONFIG", "CACHE", "STATE", "DATA"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    return tmp_path


def test_folders_are_made_below_the_users_home(home):
    folders = [paths.settings_folder(), paths.cache_folder(), paths.state_folder(), paths.log_folder()]
    assert len(set(folders)) == 4
    assert all(folder.is_dir() and home in folder.parents for folder in folders)


def test_resources_in_a_wheel_a_checkout_and_a_bundle(tmp_path, monkeypatch):
    package = tmp_path / "site" / "cacviewer"
    monkeypatch.setattr(paths, "__file__", str(package / "paths.py"))
    with pytest.raises(FileNotFoundError, match="lacks the resource icons/a.svg"):
        paths.resource("icons/a.svg")
    for home in (tmp_path / "site" / "resources", package / "resources", tmp_path / "bundle" / "resources"):
        (home / "icons").mkdir(parents=True)
        (home / "icons" / "a.svg").touch()
        if "bundle" in str(home):
            monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "bundle"), raising=False)
        assert paths.resource("icons/a.svg") == home / "icons" / "a.svg"


def test_resources_of_this_installation():
    assert paths.resource(".").is_dir()


def test_the_command_of_a_child(monkeypatch):
    assert paths.worker_command() == [sys.executable, "-m", "cacviewer", "--worker"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert paths.worker_command() == [sys.executable, "--worker"]


@pytest.fixture
def clean_root():
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield
    for handler in [h for h in root.handlers if h not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    logs._hidden.clear()


def test_the_log_hides_what_it_is_told_to(tmp_path, clean_root, capsys):
    file = logs.set_up(to_stderr=True, folder=tmp_path)
    logs.hide("DOE^JANE", "DOE", "/scans/DOE^JANE", "F", "")
    logging.getLogger("x").info("only in the file")
    try:
        raise ValueError("cannot read /scans/DOE^JANE/1.dcm")
    except ValueError:
        logging.getLogger("x").exception("reading of %s failed for F", "DOE^JANE")
    text = file.read_text()
    assert "DOE" not in text
    assert "cannot read [hidden]/1.dcm" in text
    assert "failed for F" in text
    shown = capsys.readouterr().err
    assert "only in the file" not in shown
    assert "ERROR: reading of [hidden] failed" in shown


def test_setting_up_twice_writes_once(tmp_path, clean_root):
    logs.set_up(to_stderr=False, folder=tmp_path / "a")
    file = logs.set_up(to_stderr=False, folder=tmp_path / "b")
    logging.getLogger("x").warning("once")
    assert file.read_text().count("once") == 1
    assert (tmp_path / "a" / "cacviewer.log").read_text() == ""


def test_no_place_for_a_log_is_no_reason_to_stop(tmp_path, clean_root):
    (tmp_path / "file").touch()
    assert logs.set_up(to_stderr=False, folder=tmp_path / "file" / "logs") is None


def test_a_crash_leaves_a_trace(tmp_path):
    code = "import sys, os, signal; from pathlib import Path; from cacviewer import logs\n"
    code += "logs.set_up(to_stderr=False, folder=Path(sys.argv[1])); os.kill(os.getpid(), signal.SIGSEGV)"
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, check=False)
    assert "Segmentation fault" in (tmp_path / "crash.log").read_text()
    assert os.path.exists(tmp_path / "cacviewer.log")


@pytest.mark.parametrize(
    ("line", "noise"),
    [
        ("I tensorflow/core/util/port.cc:153] oneDNN custom operations are on. You may see ...", True),
        ("WARNING: All log messages before absl::InitializeLog() is called are written to STDERR", True),
        (
            "To enable the following instructions: AVX2, in other operations, rebuild TensorFlow with ...",
            True,
        ),
        ("Traceback (most recent call last):", False),
        ("", False),
    ],
)
def test_noise(line, noise):
    assert logs.is_noise(line) is noise
