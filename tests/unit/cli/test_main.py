"""The table of commands and what becomes of errors."""

import argparse
from types import SimpleNamespace

import pytest

from cacviewer.cli import main
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
