"""What an empty conversation says."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content
from textual.widgets import Static

from autostyle import __version__
from autostyle.sentences import Sentence
from autostyle.tui.leaving import drawing
from autostyle.tui.theme import MUTED

SAYS = Sentence("Say how a picture or a sound should be; autostyle finds the settings for it.")
TRIES = (
    Sentence("make photo.jpg look like painting.jpg"),
    Sentence("… but keep the colours, I have 10 minutes"),
    "photo.jpg를 painting.jpg처럼 바꿔줘",  # in English, too, for those who would not have thought of it
)
KEYS = (("@", Sentence("completes a file")), ("/", Sentence("lists commands")), ("Esc", Sentence("stops")))


class Welcome(Static):
    """The name, three things to try, three keys.

    Args:
        told: what is said here, in the person's language.
    """

    def __init__(self, told: Callable[[str], str]) -> None:
        self._told = told
        self._short = False
        super().__init__(self._content(), markup=False)

    @drawing
    def say_again(self) -> None:
        """Go on in the language that the person speaks now."""
        self.update(self._content())

    @drawing
    def be_short(self, short: bool) -> None:
        """Leave out what to try, where there is something to choose below."""
        if short != self._short:
            self._short = short
            self.update(self._content())

    def _content(self) -> Content:
        parts: list[str | tuple[str, str]] = [
            ("autostyle ", "$accent bold"),
            (f"{__version__}\n", MUTED),
            self._told(SAYS),
        ]
        if self._short:
            return Content.assemble(*parts)
        parts += ["\n\n", (f"{self._told(Sentence('Try:'))}\n", MUTED)]
        parts += [(f"  {words}\n", "$primary") for words in dict.fromkeys(map(self._told, TRIES))]
        parts.append("\n")
        for key, what in KEYS:
            parts += [(key, "bold"), (f" {self._told(what)}   ", MUTED)]
        return Content.assemble(*parts)
