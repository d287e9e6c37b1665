"""The keys of a screen and what they do, in one line at its foot."""

from __future__ import annotations

from collections.abc import Callable, Collection

from textual import events
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from autostyle.tui.leaving import drawing

KeyPlace = tuple[int, int, str]
"""First column, the column behind the last, and the key."""


class KeyLine(Static):
    """The keys that a screen shows; a click on one presses it.

    One widget for all of them: Textual's own footer mounts one a key, and again whenever a screen comes up, which keeps
    the next key waiting for longer than all else that is drawn.

    Args:
        told: what is said here, in the person's language.
        without: actions that are left out, where there is no room for them.
    """

    ALLOW_SELECT = False

    def __init__(self, told: Callable[[str], str], without: Collection[str] = ()) -> None:
        super().__init__("", markup=False)
        self._told = told
        self._without = without
        self._places: list[KeyPlace] = []

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def on_unmount(self) -> None:
        self.screen.bindings_updated_signal.unsubscribe(self)

    def _changed(self, screen: Screen[object]) -> None:
        if screen.app.app_focus and self.is_attached and screen is self.screen:
            self.call_after_refresh(self.say_again)

    @drawing
    def say_again(self) -> None:
        """Draw it, in the language that the person speaks now."""
        shown = {
            active.binding.action: active.binding
            for active in reversed(self.screen.active_bindings.values())
            if active.binding.show and active.binding.action not in self._without
        }
        parts: list[tuple[str, str]] = []
        self._places, at = [], 0
        for binding in reversed(shown.values()):
            key, does = self.app.get_key_display(binding), f" {self._told(binding.description)} "
            parts += [(key, "$footer-key-foreground bold"), (does, "$footer-description-foreground")]
            end = at + Content(key + does).cell_length
            self._places.append((at, end, binding.key))
            at = end
        self.update(Content.assemble(*parts))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Press the key."""
        pressed = next((key for first, end, key in self._places if first <= event.x < end - 1), None)
        if pressed is not None:
            event.stop()
            self.app.simulate_key(pressed)
