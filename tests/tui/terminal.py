"""The real program in a real terminal: tmux, driven by keys and read by eye."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from pathlib import Path


class Terminal:
    """One tmux of its own, with the app in it.

    Args:
        folder: its working directory, and where everything it keeps goes.
    """

    def __init__(self, folder: Path, width: int = 100, height: int = 32) -> None:
        self._tmux = ["tmux", "-f", "/dev/null", "-S", str(folder / "tmux")]
        own = {
            "XDG_DATA_HOME": folder / "data",
            "XDG_STATE_HOME": folder / "state",
            "AUTOSTYLE_CONFIG": folder / "config",
        }
        env = {**os.environ, **{name: str(path) for name, path in own.items()}}
        program = shlex.join([sys.executable, "-m", "autostyle", "--offline"])
        script = f"{program}; echo left with $?; sleep 100"
        subprocess.run(
            [*self._tmux, "new-session", "-d", "-x", str(width), "-y", str(height), script],
            cwd=folder, env=env, check=True,
        )  # fmt: skip

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        subprocess.run([*self._tmux, "kill-server"], capture_output=True)

    def type(self, text: str) -> None:
        """Type ``text`` and Enter."""
        subprocess.run([*self._tmux, "send-keys", "-l", text], check=True)
        self.press("Enter")

    def press(self, *keys: str) -> None:
        """Press keys, as tmux calls them."""
        subprocess.run([*self._tmux, "send-keys", *keys], check=True)

    @property
    def screen(self) -> str:
        return subprocess.run([*self._tmux, "capture-pane", "-p"], capture_output=True, text=True, check=True).stdout

    def sees(self, text: str, seconds: float = 60.0) -> None:
        """Wait until ``text`` is on the screen; line breaks count as spaces."""
        end = time.monotonic() + seconds
        while text not in " ".join(self.screen.split()):
            assert time.monotonic() < end, f"never saw {text!r}:\n{self.screen}"
            time.sleep(0.1)
