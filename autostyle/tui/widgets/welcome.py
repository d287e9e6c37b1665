"""What an empty conversation says."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from autostyle import __version__
from autostyle.tui.theme import MUTED

TRIES = (
    "make photo.jpg look like painting.jpg",
    "… but keep the colours, I have 10 minutes",
    "photo.jpg를 painting.jpg처럼 바꿔줘",
)
KEYS = (("@", "completes a file"), ("/", "lists commands"), ("Esc", "stops"))


class Welcome(Static):
    """The name, three things to try, three keys."""

    def __init__(self) -> None:
        parts: list[str | tuple[str, str]] = [
            ("autostyle ", "$accent bold"),
            (f"{__version__}\n", MUTED),
            "Say how a picture should look; autostyle finds the settings that get it there.\n\n",
            ("Try:\n", MUTED),
        ]
        parts += [(f"  {words}\n", "$primary") for words in TRIES]
        parts.append("\n")
        for key, what in KEYS:
            parts += [(key, "bold"), (f" {what}   ", MUTED)]
        super().__init__(Content.assemble(*parts), markup=False)
