"""The table of commands and what becomes of errors."""

import argparse
import socket
import sys
from types import SimpleNamespace

import pytest

from cacviewer import __main__ as program
from cacviewer.cli import main, screen
from cacviewer.core.errors import CannotWrite, NotScorable


@pytest.mark.parametrize(
    ("words", "command"),
    [([], False), (["score", "x"], True), (["--help"], True), (["/some/folder"], False), (["demo"], True)],
)
def test_what_is_a_command(words, command):
    assert main.is_command_line(words) is command


@pytest.mark.parametrize("name", main.COMMANDS)
def test_every_command_has_help(name, capsys):
    with pytest.raises(SystemExit) as end:
        main.run([name, "--help"])
    assert end.value.code == 0
    assert name in capsys.readouterr().out


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NotScorable("Not this one.", path="/x"), 2),
        (CannotWrite("No."), 2),
        (KeyboardInterrupt(), 1),
        (ValueError("?"), 1),
    ],
)
def test_errors_become_a_sentence_and_a_code(error, code, capsys):

    def run(args):
        raise error

    assert main._guarded(SimpleNamespace(run=run), argparse.Namespace()) == code
    said = capsys.readouterr().err
    assert said.startswith("cacviewer: ")
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            ["scroe", "x"],
            "scroe is no command and no file or folder. Did you mean score? See cacviewer --help.",
        ),
        (["/no/such/folder"], "/no/such/folder is no command and no file or folder. See"),
        (["--bogus"], "There is no option --bogus."),
        ([".", "-x"], "There is no option -x."),
    ],
)
def test_wrong_words_end_with_a_sentence(words, says, capsys, monkeypatch):
    monkeypatch.setattr(program, "window", lambda argv=None: pytest.fail("a window was opened"))
    assert program.main(words) == 2
    assert says in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["."], ["-psn_0_1"]])
def test_the_window_gets_its_words(words, monkeypatch):
    got = []
    monkeypatch.setattr(program, "window", lambda argv=None: got.append(argv) or 0)
    assert program.main(words) == 0
    assert got == [words]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
def test_without_a_screen_there_is_a_sentence(capsys, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert program.window([]) == 2
    assert "no screen" in capsys.readouterr().err
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert screen.can_open_window()
    assert not screen.has_display()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert screen.has_display()


def test_no_path_of_a_scan_stands_in_the_log(tmp_path, monkeypatch):
    folder = str(tmp_path / "Ziegler^Xenia")

    def fails(args):
        raise RuntimeError(f"something about {args.input[0]} went wrong")

    command = SimpleNamespace(
        __doc__="A command.", run=fails, add_arguments=lambda parser: parser.add_argument("input", nargs="+")
    )
    monkeypatch.setattr(main, "import_module", lambda name: command)
    monkeypatch.setattr(main.logs.paths, "log_folder", lambda: tmp_path / "log")
    assert main.run(["inspect", folder])[0] == 1
    log = (tmp_path / "log" / "cacviewer.log").read_text()
    assert "went wrong" in log
    assert "Ziegler" not in log


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
@pytest.mark.parametrize("display", [":93712", "127.0.0.1:9371", "nonsense"])
def test_a_screen_that_nobody_serves_gets_a_sentence(capsys, monkeypatch, display):
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", display)
    assert program.window([]) == 1
    assert f"The screen {display} cannot be reached" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
def test_a_screen_that_is_served_is_not_complained_of(monkeypatch, tmp_path):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setenv("DISPLAY", ":93712")
    assert screen.unreachable() == ""
    monkeypatch.delenv("QT_QPA_PLATFORM")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
    assert screen.unreachable() == ":93712"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-7"))
        server.listen()
        assert screen.unreachable() == ""
