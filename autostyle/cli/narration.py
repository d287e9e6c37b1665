"""What is said aloud while a request is carried out: the answer's words to stdout, what is done to stderr.

Both may be one terminal, so a line that was begun on the one is ended before the other speaks.
"""

from __future__ import annotations

import sys

from autostyle.cli.console import Console


class Voice:
    """The words of an answer, as they come.

    Args:
        console: takes the notes.
        aloud: False keeps the words back; they are still known as :attr:`said`.
    """

    def __init__(self, console: Console, *, aloud: bool) -> None:
        self.said = ""
        "Everything said since :meth:`begin`."
        self._console = console
        self._aloud = aloud
        self._paragraph = True
        self._midline = False

    def begin(self) -> None:
        """A new answer begins."""
        self.said = ""

    def speak(self, text: str) -> None:
        """The next piece; after a pause it begins a paragraph."""
        if not self._paragraph and self.said:
            self.said += "\n\n"
            self._write("\n\n" if self._midline else "\n")
        self._paragraph = True
        self.said += text
        self._write(text)

    def pause(self) -> None:
        """Something else happens before the next piece."""
        self._paragraph = False

    def end_line(self) -> None:
        """End a line that was begun."""
        if self._midline:
            self._write("\n")

    def note(self, text: str, limit: int = 400) -> None:
        """A line about what is done, of at most ``limit`` characters."""
        self.end_line()
        self._console.say(text, limit)

    def end(self) -> None:
        """The answer is complete."""
        self.end_line()
        if self.said:
            self._write("\n")

    def _write(self, text: str) -> None:
        if self._aloud:
            sys.stdout.write(text)
            sys.stdout.flush()
            self._midline = not text.endswith("\n")
