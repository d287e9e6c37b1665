"""A few numbered pictures to choose from, by key or by mouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Grid, Vertical
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widgets import Static

from autostyle.report.text import one_line
from autostyle.tui.theme import MUTED
from autostyle.tui.widgets.picture import CaptionedPicture

MOST = 10
"""Pictures that single keys can choose from: 1 to 9, and 0 for the tenth."""


@dataclass(frozen=True)
class Offer:
    """One picture to choose: its file, and what it is called."""

    path: Path
    title: str


class Offers(Vertical):
    """Numbered pictures under a line that says what they are for.

    Args:
        title: the line; ``help``: a quiet word behind it.
        offers: at most :data:`MOST`.
    """

    @dataclass
    class Picked(Message):
        """A picture was clicked."""

        offer: Offer

    def __init__(self, title: str, offers: Sequence[Offer], help: str = "") -> None:
        super().__init__()
        self.offers = tuple(offers[:MOST])
        self._title, self._help = one_line(title), one_line(help, 200)

    def compose(self) -> ComposeResult:
        yield Static(Content.assemble((self._title, "bold"), ("  " + self._help, MUTED)), markup=False)
        with Grid():
            for place, offer in enumerate(self.offers):
                yield NumberedPicture(f"{(place + 1) % 10} {offer.title}", offer)

    def chosen_by(self, digit: str) -> Offer | None:
        """The picture that a key stands for."""
        place = (int(digit) - 1) % 10
        return self.offers[place] if place < len(self.offers) else None


class NumberedPicture(CaptionedPicture):
    """One of them."""

    def __init__(self, caption: str, offer: Offer) -> None:
        super().__init__(caption, offer.path)
        self._offer = offer

    def on_click(self, event: Click) -> None:
        event.stop()
        event.prevent_default()  # another click shows a picture larger; this one chooses it
        self.post_message(Offers.Picked(self._offer))
