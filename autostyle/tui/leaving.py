"""Drawing while the app is leaving: there is nothing to draw on any more, so nothing is drawn and nothing fails."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator
from inspect import iscoroutinefunction
from typing import Any, TypeVar, cast

from textual.widget import Widget

Draw = TypeVar("Draw", bound=Callable[..., Any])


def drawing(draw: Draw) -> Draw:
    """A method by which something outside of a widget has it draw: the agent, a command, a study.

    Those go on for a moment after the app has begun to leave. What they draw then is None and does nothing; what they
    have begun to draw just ends. Anything that goes wrong earlier is raised.
    """
    if iscoroutinefunction(draw):

        @functools.wraps(draw)
        async def drawn_in_time(self: Widget, *args: Any, **kwargs: Any) -> Any:
            with _harmless_when_leaving(self):
                return await draw(self, *args, **kwargs) if self.is_attached else None

        return cast(Draw, drawn_in_time)

    @functools.wraps(draw)
    def drawn(self: Widget, *args: Any, **kwargs: Any) -> Any:
        with _harmless_when_leaving(self):
            return draw(self, *args, **kwargs) if self.is_attached else None

    return cast(Draw, drawn)


@contextlib.contextmanager
def _harmless_when_leaving(widget: Widget) -> Iterator[None]:
    try:
        yield
    except Exception:
        if widget.is_attached:  # to an app that stays
            raise
