"""To begin without knowing anything: the pictures of this folder by number, the styles at hand by number, and go."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from pathlib import Path

from autostyle.named_styles import NAMED_STYLES, NamedStyle
from autostyle.sentences import Sentence
from autostyle.tui.completion import quoted, shown
from autostyle.tui.widgets.chat import Chat
from autostyle.tui.widgets.offers import MOST, Offer, Offers

DRAFT_TRIALS = 6
"""Trials of a first look: seconds, so that nothing need be asked."""
LOOKED_AT = 2000
"""Files of a folder that are looked at for pictures; in a larger one nobody waits for the rest."""


class Beginning:
    """Offers pictures, then styles, and says the request that follows from both, as the person could have written it.

    Args:
        chat: where they are shown.
        told: what is said of its own accord, in the person's language; ``language`` is that now.
        say: puts words to the agent.
        folder: where the person is.
    """

    def __init__(
        self,
        chat: Chat,
        told: Callable[[str], str],
        language: Callable[[], str],
        say: Callable[[str], None],
        folder: Callable[[], Path] = Path.cwd,
    ) -> None:
        self._chat = chat
        self._told, self._language, self._say = told, language, say
        self._folder = folder
        self._content: Path | None = None

    @property
    def offering(self) -> bool:
        """Whether something is offered."""
        return self._chat.offers is not None

    async def offer_pictures(self) -> bool:
        """Offer the pictures of this folder; says whether there are any."""
        self._content = None
        found, more = await asyncio.to_thread(pictures, self._folder())
        if not found:
            return False
        offers = [Offer(path, shown(path.name)) for path in found]
        help = self._told(Sentence("{n} more: @ completes a name", n=more)) if more else ""
        title = self._told(Sentence("Pictures here: press a number, or click one."))
        await self._chat.offer(Offers(title, offers, help))
        return True

    async def offer_styles(self, content: Path | None = None) -> None:
        """Offer the styles at hand, for a picture where one is known."""
        self._content = content
        if content is None:
            title = Sentence("Styles at hand: press a number, or click one.")
        else:
            title = Sentence("Which style should {name} get?", name=shown(content.name))
        help = self._told(Sentence("Esc goes back")) if content else ""
        offers = [Offer(style.path, self._told(style.title)) for style in NAMED_STYLES]
        await self._chat.offer(Offers(self._told(title), offers, help))

    async def pick(self, offer: Offer) -> None:
        """Go on from what was chosen: to the styles, to a request, or to words that lack a picture."""
        style = next((style for style in NAMED_STYLES if style.path == offer.path), None)
        if style is None:
            await self.offer_styles(offer.path)
            return
        content = self._content
        await self.end()
        if content is None:
            self._chat.prompt.write(self.request(self._told(Sentence("photo.jpg")), style))
        else:
            self._say(self.request(quoted(shown(self._named(content))), style))

    def _named(self, content: Path) -> str:
        """What a picture is called here."""
        return content.name if content.parent in (Path(), self._folder()) else str(content)

    async def back(self) -> None:
        """From the styles to the pictures, from the pictures to an empty conversation."""
        if self._content is None or not await self.offer_pictures():
            await self.end()

    async def end(self) -> None:
        """Offer nothing any more: the person has something else to say."""
        self._content = None
        await self._chat.offer(None)

    def request(self, content: str, style: NamedStyle) -> str:
        """The words for a first look."""
        from autostyle.agent.brains.replies import say

        title = self._told(style.title)
        return say(self._language(), "begin:request", content=content, style=title, n=DRAFT_TRIALS)


def pictures(folder: Path) -> tuple[list[Path], int]:
    """The pictures of a folder that can be offered, the newest first, and how many more there are; none where it
    cannot be read."""
    from autostyle.mediums import registry

    endings = set(registry.find("image").readable)
    try:
        found = [path for path in _few(folder.iterdir()) if path.suffix.lower() in endings and path.name[0] != "."]
        dated = sorted(found, key=lambda path: (-path.stat().st_mtime, path.name))
    except OSError:
        return [], 0
    return dated[:MOST], max(0, len(dated) - MOST)


def _few(paths: Iterable[Path]) -> Iterable[Path]:
    for n, path in enumerate(paths):
        if n >= LOOKED_AT:
            return
        yield path
