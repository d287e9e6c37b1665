"""Telling a person who looks elsewhere that something is over: bell, desktop notice, a command of their own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from autostyle.report.text import one_line
from autostyle.sentences import Sentence, reason

LONGEST = 200
"""Characters of a notice."""
MUTE = frozenset({"", "dumb", "linux"})
"""Values of TERM of terminals that show no notices, and may show what asks for one."""
BELL = "\a"


def desktop_notice(message: str, environment: Mapping[str, str] = os.environ) -> str:
    """What makes a terminal show ``message`` on the desktop: OSC 9 (iTerm2, kitty, WezTerm, Windows Terminal, foot) and
    OSC 777 (urxvt, Ghostty, VTE); a terminal that knows neither passes over both. Through tmux, which must let it pass
    (``allow-passthrough on``)."""
    if environment.get("TERM", "") in MUTE:
        return ""
    said = one_line(message, LONGEST).replace(";", ",")
    asked: tuple[str, ...] = f"\x1b]9;{said}\a", f"\x1b]777;notify;autostyle;{said}\a"
    if environment.get("TMUX"):
        asked = tuple("\x1bPtmux;" + one.replace("\x1b", "\x1b\x1b") + "\x1b\\" for one in asked)
    return "".join(asked)


def run_command(command: Sequence[str], message: str, **about: object) -> str:
    """Start the person's own command with ``message`` behind its arguments and in its environment AUTOSTYLE_MESSAGE and
    what else it is told ``about``; no shell reads it, nobody waits for it. Why it cannot be started, empty where it
    can."""
    if not command:
        return ""
    told = {f"AUTOSTYLE_{name.upper()}": str(value) for name, value in {"message": message, **about}.items()}
    nothing = subprocess.DEVNULL
    try:
        # From the person's own folder: a name in it must not mean a program of the folder that they are in.
        subprocess.Popen(
            [*command, one_line(message, LONGEST)],
            stdin=nothing,
            stdout=nothing,
            stderr=nothing,
            cwd=Path.home(),
            env={**os.environ, **told},
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else str(error)
        return Sentence("notify_command cannot be run: {why} ({command})", command=command[0], why=why)
    return ""


def queue_ended(done: int, failed: int) -> Sentence:
    """The message of a queue's end."""
    if failed:
        return Sentence("the queue is through: {done} done, {failed} failed", done=done, failed=failed)
    return Sentence("the queue is through: {done} done", done=done)
