"""The command line: one file a command, found by this table of names."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from types import ModuleType

import cacviewer
from cacviewer import logs
from cacviewer.core.errors import CacError

COMMANDS: tuple[str, ...] = (
    "score", "batch", "inspect", "report", "anonymize", "phantom", "demo", "train", "evaluate"
)  # fmt: skip
"""Each is the module cacviewer.cli.NAME with `add_arguments(parser)` and `run(args) -> exit code`."""

OF_THE_SYSTEM = "-psn_"
"""macOS starts programs with such a word."""

_HELP = {
    "score": "score one scan and write case.json, CSV, PDF and masks",
    "batch": "score every scan below folders and archives",
    "inspect": "say what an input holds and whether it can be scored",
    "report": "write reports of a scored case",
    "anonymize": "copy images without names, dates and private elements",
    "phantom": "make a digital chest phantom with known calcium",
    "demo": "make a phantom, score it, show the scores beside the truth",
    "train": "train a network",
    "evaluate": "measure a network on cases with known masks",
}


def is_command_line(words: list[str]) -> bool:
    """Whether the words are for the command line; anything else (nothing, or paths) is for the window."""
    return bool(words) and (words[0] in COMMANDS or words[0] in {"-h", "--help", "--version"})


def complaint(words: list[str]) -> str:
    """What is wrong with words that are for the window, or "": an unknown option, or no command and no path."""
    options = [word for word in words if word.startswith("-") and not word.startswith(OF_THE_SYSTEM)]
    if options:
        return f"There is no option {options[0]}. See cacviewer --help."
    if not words or words[0].startswith("-") or os.path.lexists(words[0]):
        return ""
    near = get_close_matches(words[0], COMMANDS, n=1)
    guess = f"Did you mean {near[0]}? " if near else ""
    return f"{words[0]} is no command and no file or folder. {guess}See cacviewer --help."


def run(words: list[str]) -> tuple[int, str | None]:
    """Runs a command.

    Returns:
        Exit code (0 done, 2 input refused or wrong usage, 1 failure of our own), and the path that the window
        should show afterwards, or None.
    """
    parser = _parser()
    if words[0] in COMMANDS:
        command = import_module(f"cacviewer.cli.{words[0]}")
        sub = argparse.ArgumentParser(prog=f"cacviewer {words[0]}", description=_first_line(command))
        command.add_arguments(sub)
        args = sub.parse_args(words[1:])
        log = logs.set_up(to_stderr=False)
        logs.hide(*_paths_in(args))
        code = _guarded(command, args, log)
        show = getattr(command, "path_to_show", None)
        return code, show(args) if show and code == 0 else None
    parser.parse_args(words)
    return 0, None


def _parser() -> argparse.ArgumentParser:
    commands = "\n".join(f"  {name:<10} {_HELP[name]}" for name in COMMANDS)
    parser = argparse.ArgumentParser(
        prog="cacviewer",
        usage="cacviewer [PATH ...] | cacviewer COMMAND ... | cacviewer COMMAND --help",
        description="Coronary calcium on CT. Without a command the window opens, with the paths given.",
        epilog=f"commands:\n{commands}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"cacviewer {cacviewer.__version__}")
    return parser


def _paths_in(args: argparse.Namespace) -> list[str]:
    """The scans that the words name, as given and in full: folders are often called after patients."""
    given = getattr(args, "input", None) or []
    named = [given] if isinstance(given, str) else [str(path) for path in given]
    return named + [os.path.abspath(path) for path in named]


def _first_line(module: ModuleType) -> str:
    return (module.__doc__ or "").strip().splitlines()[0]


def _guarded(command: ModuleType, args: argparse.Namespace, log: Path | None = None) -> int:
    try:
        code: int = command.run(args)
        return code
    except CacError as error:
        print(f"cacviewer: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("cacviewer: stopped.", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of our output went away; nothing to say
        return 1
    except Exception as error:
        logging.getLogger(__name__).exception("unexpected failure")
        details = f" Details: {log}" if log else ""
        print(
            f"cacviewer: an unexpected failure ({type(error).__name__}: {error}).{details}", file=sys.stderr
        )
        return 1
