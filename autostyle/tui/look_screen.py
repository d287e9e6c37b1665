"""The pictures of a study as large as the terminal allows: what was found beside what it was made from."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widgets import Static

from autostyle.errors import AutostyleError
from autostyle.mediums.files import behind, to_open
from autostyle.report.text import one_line
from autostyle.sentences import Sentence
from autostyle.tui import walk
from autostyle.tui.captions import in_words, score
from autostyle.tui.looking import STEP, Viewpoint
from autostyle.tui.picture_cache import PictureCache
from autostyle.tui.study_state import StudyState
from autostyle.tui.theme import MUTED
from autostyle.tui.walk import Station
from autostyle.tui.widgets.comparison import LINE_STEP, Comparison, Mode
from autostyle.tui.widgets.curve_line import CurveLine
from autostyle.tui.widgets.key_line import KeyLine
from autostyle.tui.widgets.messages import Listing

if TYPE_CHECKING:
    from PIL.Image import Image

EVERY = 1.0
"""Seconds after which is asked what a running study has found since."""
KEYS = (
    ("← →", Sentence("walk from content to style; move the line or the place")),
    ("↑ ↓", Sentence("the front of all runs, bolder or plainer")),
    ("n p", Sentence("walk while the arrows do something else")),
    ("r", Sentence("the recommended one")),
    (Sentence("space"), Sentence("the content instead, and back")),
    ("w, s", Sentence("content | result by a line; side by side")),
    ("+ - 0", Sentence("nearer, farther, all of it")),
    ("f", Sentence("a face or what stands out; again, the next")),
    ("k, o, c", Sentence("save it; open it in your viewer; copy the path")),
    (Sentence("mouse"), Sentence("wheel zooms, dragging moves, a click turns over")),
    ("Esc", Sentence("back")),
)
LEAVES = ("escape", "q", "f3")
LONGEST = 4096
"""Characters of a path that are shown: all of them."""


@dataclass(frozen=True)
class LookedAt:
    """What there is to look at now.

    Args:
        study: as far as it is known; its name is empty where there is none.
        content: the picture that it is made from, or that stands for it.
        language: of the person.
    """

    study: StudyState
    content: Path | None
    language: str


@dataclass(frozen=True)
class LookedThrough:
    """Which trial was looked at last, None where that was none, and whether it is to be saved."""

    number: int | None
    save: bool = False


async def find_sights(path: Path) -> tuple[Viewpoint, ...]:
    """What one would look at more closely in a picture; nothing where that cannot be told.

    A process of its own looks: what it imports would keep keys waiting for half a second.
    """
    found = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "autostyle.tui.sights", str(path)),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        told, _ = await found.communicate()
    except asyncio.CancelledError:
        found.kill()
        raise
    return tuple(Viewpoint(*view) for view in json.loads(told or "[]"))


class LookScreen(Screen[LookedThrough]):
    """One picture at a time, from the content along the style.

    Args:
        source: asked time and again, as a study may be running.
        number: the trial to begin with; None is the recommended one.
        path: a picture that is none of the study's, instead.
    """

    CSS_PATH = "look.tcss"
    BINDINGS = [
        Binding("right", "to(1)", Sentence("Walk"), key_display="←→"),
        Binding("left", "to(-1)", Sentence("Walk"), show=False),
        Binding("up", "across(1)", Sentence("Front"), show=False),
        Binding("down", "across(-1)", Sentence("Front"), show=False),
        Binding("n,full_stop", "walk(1)", Sentence("Walk"), show=False),
        Binding("p,comma", "walk(-1)", Sentence("Walk"), show=False),
        Binding("r", "recommended", Sentence("Best"), show=False),
        Binding("space", "turn", Sentence("A/B")),
        Binding("w", "mode('wipe')", Sentence("Wipe")),
        Binding("s", "mode('beside')", Sentence("Side by side"), show=False),
        Binding("plus,equals_sign", "zoom(1)", Sentence("Zoom"), key_display="+-"),
        Binding("minus", "zoom(-1)", Sentence("Zoom"), show=False),
        Binding("0", "whole", Sentence("Whole"), show=False),
        Binding("f,z", "sight", Sentence("Face")),
        Binding("o", "open", Sentence("Open")),
        Binding("c", "copy", Sentence("Copy path")),
        Binding("k,ctrl+s", "save", Sentence("Save"), show=False),
        Binding("f1,question_mark", "keys", Sentence("Keys")),
        Binding(",".join(LEAVES), "leave", Sentence("Back")),
    ]

    def __init__(self, source: Callable[[], LookedAt], number: int | None = None, path: Path | None = None) -> None:
        super().__init__()
        self._source = source
        self._at = source()
        known = number if path is None else walk.number_of(self._at.study, path)
        self._alone = path if known is None and path != self._at.content else None
        self._number = self._at.study.best if known is None and path is None else known
        self._run = self._number
        "The trial whose run is walked along."
        self._stations: list[Station] = []
        self._pictures = PictureCache()
        self._sights: tuple[Viewpoint, ...] | None = None
        self._sight = -1
        self._comparison = Comparison(self._in_words, id="comparison")

    def compose(self) -> ComposeResult:
        yield Static("", id="title", markup=False)
        yield self._comparison
        keys = Listing([(self._told(key), self._told(meaning)) for key, meaning in KEYS])
        keys.display = False
        yield keys
        yield CurveLine()
        yield Static("", id="path", markup=False)
        yield KeyLine(self._told, without=("quit", "command_palette"))

    def on_mount(self) -> None:
        self.set_interval(EVERY, self._ask_again)
        self._arrive()

    # What is looked at

    @property
    def station(self) -> Station | None:
        """The picture that is looked at."""
        if self._alone is not None:
            return Station(self._alone)
        return self._stations[self._place] if self._stations else None

    @property
    def _place(self) -> int:
        return walk.nearest(self._stations, self._at.study, self._number)

    def _ask_again(self) -> None:
        """See what has been found meanwhile; the picture that is looked at stays."""
        self._at = self._source()
        before, shown = self._stations, self.station
        self._find_stations()
        if self._stations != before:
            self._tell()
            if self.station != shown:
                self._load()

    def _find_stations(self) -> None:
        if self._run is None:
            self._run = self._at.study.best
        self._stations = walk.curve(self._at.study, self._run, self._at.content)

    def _arrive(self) -> None:
        self._find_stations()
        self._tell()
        self._load()

    def _load(self) -> None:
        self.run_worker(self._load_pictures(), group="look", exclusive=True)

    async def _load_pictures(self) -> None:
        station = self.station
        if station is None:
            return
        content = self._at.content if station.number is not None else None
        first = None if content is None else await self._pictures.get(content)
        second = await self._pictures.get(station.path)
        if second is None and station.path != self._at.content:
            self.notify(self._told(Sentence("{path} cannot be shown", path=station.path)), severity="warning")
        self._comparison.show(first, second)
        place = self._place
        for near in (place + 1, place - 1):  # so that the next step shows at once
            if self._alone is None and 0 <= near < len(self._stations):
                await self._pictures.get(self._stations[near].path)

    # What is told of it

    def _tell(self) -> None:
        station = self.station
        if station is None:
            nothing = Sentence("There is no picture to look at yet.")
            self.query_one("#title", Static).update(Content.styled(self._told(nothing), MUTED))
            return
        self.query_one("#title", Static).update(self._title(station))
        where = station.path.absolute()
        link = Style(link=where.as_uri())
        self.query_one("#path", Static).update(Content.styled(one_line(str(where), LONGEST), link))
        way = self.query_one(CurveLine)
        way.display = self._alone is None and len(self._stations) > 1
        way.show(self._stations, self._place, *self._ends)

    @property
    def _ends(self) -> tuple[str, str]:
        """What is at both ends of the way."""
        language = self._at.language
        return score(language, "content"), score(language, "style")

    def _title(self, station: Station) -> Content:
        comparison = self._comparison
        told = self._told
        shows_first = comparison.mode == "first" and comparison.compares
        parts: list[str | tuple[str, str]] = []
        if station.number is None or shows_first:
            path = self._at.content if shows_first and self._at.content is not None else station.path
            parts.append((self._ends[0] if path == self._at.content else one_line(path.name), "bold"))
        else:
            parts.append((told(Sentence("trial {number}", number=station.number)), "bold"))
            if station.best:
                parts.append((f" ◆ {told(Sentence('recommended'))}", "$success"))
            values = [f"{station.ratio[0]} {station.ratio[1]:.3g}"] if station.ratio else []
            values += [f"{score(self._at.language, name)} {value:.2f}" for name, value in station.scores.items()]
            parts.append(("  " + " · ".join(values), MUTED))
        if doing := self._doing():
            parts.append((f"  {doing}", "$accent"))
        return Content.assemble(*parts)

    def _doing(self) -> str:
        """How it is looked at, and which arrows do something else than walk."""
        comparison = self._comparison
        if comparison.mode == "wipe" and comparison.compares:
            return self._told(Sentence("line ←→"))
        if not comparison.view.whole:
            return f"{comparison.view.zoom:.1f}× ←→↑↓"
        return ""

    def _in_words(self, picture: Image) -> str:
        return in_words(picture, self._at.language)

    def _told(self, sentence: str) -> str:
        from autostyle.agent.brains.replies import translate

        return translate(self._at.language, sentence)

    # Keys

    def action_to(self, step: int) -> None:
        """Left or right: the line, the place that is zoomed to, or along the way."""
        comparison = self._comparison
        if comparison.mode == "wipe" and comparison.compares:
            comparison.look(line=comparison.line + step * LINE_STEP)
        elif not comparison.view.whole:
            comparison.move(step, 0)
        else:
            self.action_walk(step)

    def action_across(self, step: int) -> None:
        """Up or down: the place that is zoomed to, or the next one of the front."""
        if not self._comparison.view.whole:
            self._comparison.move(0, -step)
            return
        front = walk.front(self._at.study)
        if front and self._alone is None:
            at = walk.nearest(front, self._at.study, self._number)
            self._go(front[min(max(at + step, 0), len(front) - 1)].number, anew=True)

    def action_walk(self, step: int) -> None:
        """Along the way, towards the content or the style."""
        if self._stations and self._alone is None:
            place = min(max(self._place + step, 0), len(self._stations) - 1)
            self._go(self._stations[place].number)

    def action_recommended(self) -> None:
        """To the recommended trial."""
        self._alone = None
        self._go(self._at.study.best, anew=True)

    @on(CurveLine.Picked)
    def _picked(self, message: CurveLine.Picked) -> None:
        self._go(self._stations[message.place].number)

    def _go(self, number: int | None, *, anew: bool = False) -> None:
        self._number = number
        if anew:
            self._run = number
        if self._comparison.mode == "first":
            self._comparison.mode = "second"
        self._arrive()

    def action_turn(self) -> None:
        """The content instead of the result, and back."""
        self._comparison.look("second" if self._comparison.mode == "first" else "first")
        self._tell()

    def action_mode(self, mode: str) -> None:
        """In this way, or if it is so already, one alone."""
        wanted: Mode = "beside" if mode == "beside" else "wipe"
        self._comparison.look("second" if self._comparison.mode == wanted else wanted)
        self._tell()

    def action_zoom(self, steps: int) -> None:
        comparison = self._comparison
        comparison.look(view=comparison.view.enlarged(STEP**steps))
        self._tell()

    def action_whole(self) -> None:
        self._sight = -1
        self._comparison.look(view=Viewpoint())
        self._tell()

    @on(Comparison.Changed)
    def _changed(self) -> None:
        self._tell()

    async def action_sight(self) -> None:
        """To a face, or whatever stands out; after the last one all of the picture."""
        self.run_worker(self._look_closer(), group="sight", exclusive=True)

    async def _look_closer(self) -> None:
        station = self.station
        if station is None:
            return
        if self._sights is None:
            self._sights = await find_sights(
                self._at.content if self._alone is None and self._at.content else station.path
            )
        self._sight = self._sight + 1 if self._sight + 1 < len(self._sights) else -1
        self._comparison.look(view=Viewpoint() if self._sight < 0 else self._sights[self._sight])
        self._tell()

    async def action_open(self) -> None:
        """In the viewer of the person's desktop."""
        if self.station is not None:
            self.run_worker(self._open(to_open(behind(self.station.path))), group="open")

    async def _open(self, path: Path) -> None:
        from autostyle.processes.viewer import open_file

        try:
            await asyncio.to_thread(open_file, path)
        except AutostyleError as error:
            self.notify(self._told(error.hint), title=self._told(error.message), severity="warning", timeout=8)
        else:
            self.notify(self._told(Sentence("opened in your viewer")))

    def action_copy(self) -> None:
        """The path, into the clipboard of the terminal."""
        if self.station is not None:
            self.app.copy_to_clipboard(str(self.station.path.absolute()))
            self.notify(self._told(Sentence("the path is in the clipboard, if the terminal allows it")))

    def action_keys(self) -> None:
        """What each key does; the same key again puts it away."""
        keys = self.query_one(Listing)
        keys.display = not keys.display

    def on_key(self, event: events.Key) -> None:
        """Leave at once, not after what was typed next: that is for the screen below."""
        if self.is_current and event.key in LEAVES:
            event.stop()
            self.action_leave()
        elif not self.is_current:
            event.stop()
            self.app.post_message(events.Key(event.key, event.character))

    def action_save(self) -> None:
        """Save the trial that is looked at: where and how large is asked where one leaves to."""
        if (number := self._looked_at) is not None:
            self.dismiss(LookedThrough(number, save=True))

    def action_leave(self) -> None:
        self.dismiss(LookedThrough(self._looked_at))

    @property
    def _looked_at(self) -> int | None:
        return None if self.station is None else self.station.number
