"""The one entry point: the window, a command, or `--worker`; imports only what that needs."""

from __future__ import annotations

import sys
from importlib import import_module

CHILDREN = {"--worker": "cacviewer.workers.child", "--decode": "cacviewer.reading.decode_child"}
"""First word to the module of a child process; a frozen program starts itself with it."""


def main(argv: list[str] | None = None) -> int:
    """Runs cacviewer.

    Without words, or with paths only, the window opens; the first word may be a command (`score`, `inspect`,
    ...); `--worker` and `--decode` start child processes.

    Returns:
        The exit code.
    """
    words = sys.argv[1:] if argv is None else argv
    if words and words[0] in CHILDREN:
        return _child(words)
    from cacviewer.cli import main as commands

    if commands.is_command_line(words):
        code, show = commands.run(words)
        return code if show is None else window([show])
    if complaint := commands.complaint(words):
        return _refused(complaint)
    return window(words)


def _child(words: list[str]) -> int:
    module = import_module(CHILDREN[words[0]])
    code: int = module.main(words[1:]) if words[0] == "--worker" else module.main()
    return code


def _refused(sentence: str) -> int:
    print(f"cacviewer: {sentence}", file=sys.stderr)
    return 2


def window(argv: list[str] | None = None) -> int:
    """Opens the window, with the paths given; without a screen it says so and returns 2, or 1 if it is dead."""
    from cacviewer.cli.screen import can_open_window, unreachable

    if not can_open_window():  # Qt would end the process with a signal
        return _refused(
            "There is no screen for the window (DISPLAY and WAYLAND_DISPLAY are not set). "
            "Commands need none: see cacviewer --help."
        )
    if screen := unreachable():
        sentence = (
            f"The screen {screen} cannot be reached. Check DISPLAY, or the connection it goes through. "
            "Commands need no screen: see cacviewer --help."
        )
        print(f"cacviewer: {sentence}", file=sys.stderr)
        return 1
    from cacviewer.app import main as app

    return app(sys.argv[1:] if argv is None else argv)


if __name__ == "__main__":
    sys.exit(main())
