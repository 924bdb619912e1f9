"""The one entry point: the window, a command, or `--worker`; imports only what that needs."""

from __future__ import annotations

import sys


def main(argv: list[str] | None = None) -> int:
    """Runs cacviewer.

    Without words, or with paths only, the window opens; the first word may be a command (`score`, `inspect`,
    ...); `--worker` is how a child process is started.

    Returns:
        The exit code.
    """
    words = sys.argv[1:] if argv is None else argv
    if words[:1] == ["--worker"]:
        from cacviewer.workers.child import main as child

        return child(words[1:])
    from cacviewer.cli import main as commands

    if commands.is_command_line(words):
        code, show = commands.run(words)
        return code if show is None else window([show])
    return window(words)


def window(argv: list[str] | None = None) -> int:
    """Opens the window, with the paths given."""
    from cacviewer.app import main as app

    return app(sys.argv[1:] if argv is None else argv)


if __name__ == "__main__":
    sys.exit(main())
